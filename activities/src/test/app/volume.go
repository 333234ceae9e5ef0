package main

import (
	"fmt"
	"net/http"
	"os"
)

const kept = "/data/lines"

// keepsLines adds a line to a file in the service's volume, and says what stands there and who has the folder.
func keepsLines() {
	http.HandleFunc("/keep", func(w http.ResponseWriter, r *http.Request) {
		file, err := os.OpenFile(kept, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err == nil {
			_, err = fmt.Fprintln(file, r.URL.Query().Get("line"))
		}
		if err == nil {
			err = file.Close()
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInsufficientStorage)
		}
	})
	http.HandleFunc("/kept", func(w http.ResponseWriter, r *http.Request) {
		lines, err := os.ReadFile(kept)
		if err != nil {
			http.Error(w, err.Error(), http.StatusNotFound)
			return
		}
		w.Write(lines)
	})
}
