package ask

import (
	"encoding/hex"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Docker's name server, in every container.
const resolver = "127.0.0.11"

// The state of a socket that listens. Source: Linux, include/net/tcp_states.h.
const listen = "0A"

const mostListed = 5

// listening says on which addresses of this network something listens, which nobody outside of the container can see.
func listening() string {
	found := append(listeners("/proc/net/tcp"), listeners("/proc/net/tcp6")...)
	if len(found) == 0 {
		return "nothing listens anywhere"
	}
	slices.Sort(found)
	found = slices.Compact(found)
	return "listening are " + strings.Join(found[:min(len(found), mostListed)], ", ")
}

// listeners reads a table of the kernel: a heading, then "sl local_address rem_address st …" with addresses in hexadecimal.
func listeners(table string) []string {
	text, _ := os.ReadFile(table)
	var found []string
	for _, line := range strings.Split(string(text), "\n") {
		columns := strings.Fields(line)
		if len(columns) < 4 || columns[3] != listen {
			continue
		}
		address, port, _ := strings.Cut(columns[1], ":")
		number, err := strconv.ParseUint(port, 16, 16)
		if host := ip(address); err == nil && host != resolver {
			found = append(found, net.JoinHostPort(host, strconv.FormatUint(number, 10)))
		}
	}
	return found
}

// ip reads an address that the kernel printed as words of four bytes, each in the processor's order: little-endian here.
func ip(text string) string {
	bytes, _ := hex.DecodeString(text)
	for i := 0; i+4 <= len(bytes); i += 4 {
		slices.Reverse(bytes[i : i+4])
	}
	return net.IP(bytes).String()
}
