// Command berth-probe asks an app over HTTP whether it is healthy: exit code 0 for an answer 2xx or 3xx, else 1 and one line
// that says what it saw. It is in every image, so an app of any language can be asked from inside its own network.
//
// It speaks just enough HTTP itself: net/http would make it three times as large, and it starts several times a second.
package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"
)

// Longer than any sensible health path takes; the engine's own time limit is usually shorter.
const limit = 10 * time.Second

func main() {
	if len(os.Args) != 2 {
		fmt.Println("usage: berth-probe http://HOST:PORT/PATH")
		os.Exit(2)
	}
	if sentence := probe(os.Args[1]); sentence != "" {
		fmt.Println(sentence)
		os.Exit(1)
	}
}

// probe returns what is wrong, or nothing.
func probe(url string) string {
	rest, found := strings.CutPrefix(url, "http://")
	if !found {
		return "not an http URL: " + url
	}
	address, path, _ := strings.Cut(rest, "/")
	path = "/" + path
	connection, err := net.DialTimeout("tcp", address, limit)
	if err != nil {
		return "nothing listens on " + address + ": " + cause(err)
	}
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(limit))
	request := "GET " + path + " HTTP/1.1\r\nHost: " + address + "\r\nUser-Agent: berth-probe\r\nAccept: */*\r\nConnection: close\r\n\r\n"
	if _, err := io.WriteString(connection, request); err != nil {
		return path + " took no request: " + cause(err)
	}
	line, err := bufio.NewReader(io.LimitReader(connection, 4096)).ReadString('\n')
	if err != nil {
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

// cause leaves out the addresses that a network error repeats.
func cause(err error) string {
	if failure, ok := err.(*net.OpError); ok {
		err = failure.Err
	}
	return err.Error()
}
