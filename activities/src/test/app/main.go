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
	"syscall"
	"time"
)

func main() {
	if filepath.Base(os.Args[0]) == "berth-probe" {
		os.Exit(probe(os.Args[1]))
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
	if os.Getenv("NO_PORT") == "" {
		serve()
	}
	fmt.Println("listening on nothing")
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	<-stop
}

func serve() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if wait, err := time.ParseDuration(r.URL.Query().Get("sleep")); err == nil {
			time.Sleep(wait)
		}
		fmt.Fprint(w, os.Getenv("SAYS"))
	})
	http.HandleFunc("/headers", func(w http.ResponseWriter, r *http.Request) { r.Header.Write(w) })
	http.HandleFunc("/sick", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	server := &http.Server{Addr: ":" + os.Getenv("PORT")}
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

// probe says in one line what it saw, as the probe in nix/probe does.
func probe(url string) int {
	client := http.Client{Timeout: 5 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	answer, err := client.Get(url)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	answer.Body.Close()
	if answer.StatusCode >= 200 && answer.StatusCode < 400 {
		return 0
	}
	fmt.Printf("GET %s answered %s\n", url, answer.Status)
	return 1
}
