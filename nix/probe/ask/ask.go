// Package ask is the health check of every image.
//
// It speaks just enough HTTP itself: net/http would make it three times as large, and it starts several times a second.
package ask

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// Longer than any sensible health path takes; the engine's own time limit is usually shorter.
const limit = 10 * time.Second

// others stands in a URL for the addresses at which others reach this container.
const others = "0.0.0.0"

// Health returns what is wrong with what answers at the URL, in one line, or nothing.
func Health(url string) string {
	rest, found := strings.CutPrefix(url, "http://")
	if !found {
		return "not an http URL: " + url
	}
	address, path, _ := strings.Cut(rest, "/")
	path = "/" + path
	connection, wrong := dial(address)
	if wrong != "" {
		return wrong
	}
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(limit))
	host := strings.Replace(address, others, "127.0.0.1", 1)
	request := "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: berth-probe\r\nAccept: */*\r\nConnection: close\r\n\r\n"
	if _, err := io.WriteString(connection, request); err != nil {
		return path + " took no request: " + cause(err)
	}
	line, err := bufio.NewReader(io.LimitReader(connection, 4096)).ReadString('\n')
	if err != nil && line == "" {
		return path + " gave no answer: " + cause(err)
	}
	line = strings.TrimSpace(line)
	// "HTTP/1.1 200 OK"
	version, status, _ := strings.Cut(line, " ")
	if !strings.HasPrefix(version, "HTTP/1.") {
		return path + " did not answer in HTTP: " + fmt.Sprintf("%.60q", line)
	}
	if status == "" || status[0] != '2' && status[0] != '3' {
		return path + " answered " + status
	}
	return ""
}

// dial connects, or says what listens instead. An app that only its own container can reach is not reached by visitors
// either, so the container's addresses are tried and loopback is not.
func dial(address string) (net.Conn, string) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, "not a host with a port: " + address
	}
	hosts := []string{host}
	if host == others {
		hosts = own()
	}
	wrong := ""
	for _, host := range hosts {
		target := net.JoinHostPort(host, port)
		connection, err := net.DialTimeout("tcp", target, limit)
		if err == nil {
			return connection, ""
		}
		if wrong == "" {
			wrong = "nothing listens on " + target + ": " + cause(err)
		}
	}
	return nil, wrong + "; " + listening()
}

// own returns this container's addresses, or loopback where it has no other.
func own() []string {
	var found []string
	addresses, _ := net.InterfaceAddrs()
	for _, each := range addresses {
		address, ok := each.(*net.IPNet)
		if ok && address.IP.To4() != nil && !address.IP.IsLoopback() {
			found = append(found, address.IP.String())
		}
	}
	if found == nil {
		return []string{"127.0.0.1"}
	}
	return found
}

// cause leaves out the addresses that a network error repeats.
func cause(err error) string {
	if failure, ok := err.(*net.OpError); ok {
		err = failure.Err
	}
	return err.Error()
}
