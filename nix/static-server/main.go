// Command static-server serves the folder it is started in over HTTP on PORT (8080).
//
// It exists because every file in a Nix store has the same modification time: a server that makes validators from it answers
// "not modified" after a change. Here an ETag is the content's hash, computed once at start, since the folder never changes.
package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"log"
	"mime"
	"net/http"
	"os"
	"os/signal"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// What Go's own table lacks where the machine has no /etc/mime.types.
var contentTypes = map[string]string{
	".ico": "image/x-icon", ".map": "application/json", ".md": "text/markdown; charset=utf-8", ".mp4": "video/mp4",
	".txt": "text/plain; charset=utf-8", ".webmanifest": "application/manifest+json", ".woff": "font/woff", ".woff2": "font/woff2",
}

// Names with a hash of their content in them, as bundlers write them, live here and may be kept for a year.
const immutablePrefix = "/assets/"

// Behind the edge a connection stays open between requests; less than a minute would make the edge meet closed ones.
const idleTimeout = 75 * time.Second

// How long requests in flight may take once the platform has asked the server to stop.
const shutdownLimit = 8 * time.Second

type file struct {
	path, contentType, etag string
	// Empty where compressing is not worth it.
	gzipped []byte
}

// site maps a URL path to a file.
type site map[string]*file

func main() {
	for extension, contentType := range contentTypes {
		mime.AddExtensionType(extension, contentType)
	}
	served, err := load(".")
	if err != nil {
		log.Fatal(err)
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	server := &http.Server{Addr: ":" + port, Handler: served, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: idleTimeout}
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer cancel()
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		<-stop.Done()
		limited, cancel := context.WithTimeout(context.Background(), shutdownLimit)
		defer cancel()
		server.Shutdown(limited)
	}()
	log.Printf("serving %d files on port %s", len(served), port)
	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		log.Fatal(err)
	}
	<-finished
}

func load(root string) (site, error) {
	served := site{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		// A checkout's .env and the like are nobody's business; .well-known is made to be asked for.
		if strings.HasPrefix(entry.Name(), ".") && name != root && entry.Name() != ".well-known" {
			if entry.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		// Links are not followed: they could lead out of the site.
		if !entry.Type().IsRegular() {
			return nil
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		served["/"+filepath.ToSlash(name)] = describe(name, content)
		return nil
	})
	return served, err
}

func describe(name string, content []byte) *file {
	contentType := mime.TypeByExtension(filepath.Ext(name))
	if contentType == "" {
		contentType = http.DetectContentType(content)
	}
	hash := sha256.Sum256(content)
	described := &file{path: name, contentType: contentType, etag: `"` + hex.EncodeToString(hash[:12]) + `"`}
	if len(content) > 1024 && isText(contentType) {
		var compressed bytes.Buffer
		writer, _ := gzip.NewWriterLevel(&compressed, gzip.BestCompression)
		writer.Write(content)
		writer.Close()
		described.gzipped = compressed.Bytes()
	}
	return described
}

func isText(contentType string) bool {
	return strings.HasPrefix(contentType, "text/") || strings.Contains(contentType, "javascript") ||
		strings.Contains(contentType, "json") || strings.Contains(contentType, "svg") || strings.Contains(contentType, "wasm")
}

func (s site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	asked := path.Clean("/" + r.URL.Path)
	if found := s[asked]; found != nil {
		found.serve(w, r)
		return
	}
	if found := s[path.Join(asked, "index.html")]; found != nil {
		// Relative links in a folder's page need the slash.
		if asked != "/" && !strings.HasSuffix(r.URL.Path, "/") {
			http.Redirect(w, r, path.Base(asked)+"/", http.StatusMovedPermanently)
			return
		}
		found.serve(w, r)
		return
	}
	if found := s[asked+".html"]; found != nil {
		found.serve(w, r)
		return
	}
	s.notFound(w, r)
}

func (s site) notFound(w http.ResponseWriter, r *http.Request) {
	page := s["/404.html"]
	if page == nil {
		http.Error(w, "404 page not found", http.StatusNotFound)
		return
	}
	content, _ := os.ReadFile(page.path)
	w.Header().Set("Content-Type", page.contentType)
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		w.Write(content)
	}
}

func (f *file) serve(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Content-Type", f.contentType)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("ETag", f.etag)
	header.Set("Cache-Control", "no-cache")
	if strings.HasPrefix(r.URL.Path, immutablePrefix) {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if f.gzipped != nil {
		header.Set("Vary", "Accept-Encoding")
		if r.Header.Get("Range") == "" && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			header.Set("Content-Encoding", "gzip")
			header.Set("ETag", "W/"+f.etag)
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.gzipped))
			return
		}
	}
	content, err := os.Open(f.path)
	if err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	defer content.Close()
	http.ServeContent(w, r, "", time.Time{}, content)
}
