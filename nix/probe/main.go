// Command berth-probe asks an app over HTTP whether it is healthy: exit code 0 for an answer 2xx or 3xx, else 1 and one line
// that says what it saw. It is in every image, so an app of any language can be asked from inside its own network.
package main

import (
	"fmt"
	"os"

	"berth/probe/ask"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Println("usage: berth-probe http://HOST:PORT/PATH")
		os.Exit(2)
	}
	if sentence := ask.Health(os.Args[1]); sentence != "" {
		fmt.Println(sentence)
		os.Exit(1)
	}
}
