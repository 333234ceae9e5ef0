// An app that misbehaves on request, and the probe that Berth puts into every image: one static binary under two names, so
// that a test image is two files and nothing else.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	"berth/probe/ask"
)

func main() {
	if filepath.Base(os.Args[0]) == "berth-probe" {
		probe(os.Args[1])
		return
	}
	if len(os.Args) > 1 {
		tell(misbehave(os.Args[1], os.Args[2:]))
		return
	}
	if bytes, err := strconv.Atoi(os.Getenv("FLOOD")); err == nil {
		go flood(bytes)
	}
	if code, err := strconv.Atoi(os.Getenv("CRASH")); err == nil {
		fmt.Println("reading configuration")
		fmt.Fprintln(os.Stderr, "panic: DATABASE_URL is not set")
		os.Exit(code)
	}
	if after, err := time.ParseDuration(os.Getenv("CRASH_AFTER")); err == nil {
		time.AfterFunc(after, func() {
			fmt.Fprintln(os.Stderr, "panic: index out of range")
			os.Exit(7)
		})
	}
	if megabytes := os.Getenv("ALLOCATE"); megabytes != "" {
		fmt.Println("reading everything into memory")
		time.AfterFunc(delay("ALLOCATE_AFTER"), func() { allocate(megabytes) })
	}
	if os.Getenv("NO_PORT") == "" {
		serve()
	}
	fmt.Println("listening on nothing")
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	<-stop
}

func serve() {
	var asked atomic.Int64
	every, _ := strconv.ParseInt(os.Getenv("FAIL_EVERY"), 10, 64)
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if every > 0 && asked.Add(1)%every == 0 {
			w.WriteHeader(http.StatusInternalServerError)
		}
		if wait, err := time.ParseDuration(r.URL.Query().Get("sleep")); err == nil {
			time.Sleep(wait)
		}
		fmt.Fprint(w, os.Getenv("SAYS"))
	})
	keepsLines()
	http.HandleFunc("/headers", func(w http.ResponseWriter, r *http.Request) { r.Header.Write(w) })
	http.HandleFunc("/sick", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	begun := time.Now()
	http.HandleFunc("/fades", func(w http.ResponseWriter, r *http.Request) {
		if time.Since(begun) > delay("FADE_AFTER") {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	})
	http.HandleFunc("/missing", http.NotFound)
	http.HandleFunc("/private", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusUnauthorized) })
	http.HandleFunc("/stuck", func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	http.HandleFunc("/babble", func(w http.ResponseWriter, r *http.Request) {
		connection, _, _ := w.(http.Hijacker).Hijack()
		connection.Write([]byte("SSH-2.0-babble\r\n"))
		connection.Close()
	})
	server := &http.Server{Addr: address()}
	go func() {
		if err := server.ListenAndServe(); err != http.ErrServerClosed {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	<-stop
	patience, cancel := context.WithTimeout(context.Background(), 8*time.Second)
	defer cancel()
	server.Shutdown(patience)
	os.Exit(0)
}

// address is where it listens: LISTEN, or every address and the port that PORT names.
func address() string {
	if listen := os.Getenv("LISTEN"); listen != "" {
		return listen
	}
	return ":" + os.Getenv("PORT")
}

func delay(name string) time.Duration {
	after, _ := time.ParseDuration(os.Getenv(name))
	return after
}

// probe is what Berth puts into every image.
func probe(url string) {
	if sentence := ask.Health(url); sentence != "" {
		fmt.Println(sentence)
		os.Exit(1)
	}
}
