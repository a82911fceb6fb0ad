// Package browsertest shows pages to a real browser, for tests of what pages on the
// web may do with servers on this machine.
package browsertest

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// Visited is a web site that a browser visits: its page tells the test what it sees
// by asking for /saw?….
type Visited struct {
	*httptest.Server
	saw chan url.Values
}

// Visit opens page, the HTML of a site on another port than fns, in Chromium until
// the test ends. The site's name is host, which is this machine.
func Visit(t *testing.T, host, page string) *Visited {
	t.Helper()
	v := newVisited()
	v.Server = httptest.NewServer(v.site(page))
	t.Cleanup(v.Close)
	_, port, _ := strings.Cut(strings.TrimPrefix(v.URL, "http://"), ":")
	open(t, "http://"+host+":"+port+"/", "MAP * 127.0.0.1, EXCLUDE localhost")
	return v
}

// VisitSecure opens page as a site on the web: https://host/path, without a port,
// which Chromium finds on this machine.
func VisitSecure(t *testing.T, host, path, page string) *Visited {
	t.Helper()
	v := newVisited()
	v.Server = httptest.NewTLSServer(v.site(page))
	t.Cleanup(v.Close)
	open(t, "https://"+host+path, "MAP "+host+" "+strings.TrimPrefix(v.URL, "https://")+", EXCLUDE localhost", "--ignore-certificate-errors")
	return v
}

func newVisited() *Visited { return &Visited{saw: make(chan url.Values, 64)} }

func (v *Visited) site(page string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, page)
	})
	mux.HandleFunc("GET /saw", func(_ http.ResponseWriter, req *http.Request) { v.saw <- req.URL.Query() })
	return mux
}

// Next waits for what the page tells next.
func (v *Visited) Next(t *testing.T) url.Values {
	t.Helper()
	select {
	case q := <-v.saw:
		return q
	case <-time.After(2 * time.Minute): // a first start of Chromium on a busy machine is slow
		t.Fatal("the page told nothing")
		return nil
	}
}

// open starts Chromium on an address.
func open(t *testing.T, address, resolving string, flags ...string) {
	t.Helper()
	browser, profile := findBrowser(t), browserFolder(t)
	var said bytes.Buffer
	flags = append([]string{
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-proxy-server",
		"--user-data-dir=" + profile, "--remote-debugging-port=0", "--host-resolver-rules=" + resolving,
	}, flags...)
	cmd := exec.Command(browser, append(flags, address)...)
	cmd.Env = append(os.Environ(), "HOME="+profile, "TMPDIR="+profile)
	cmd.Stderr, cmd.WaitDelay = &said, 10*time.Second
	endGroup(cmd)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		killGroup(cmd)
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("Chromium said: %s", said.Bytes())
		}
		// Its children may still be writing.
		for range 100 {
			if os.RemoveAll(profile) == nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		t.Errorf("%s can't be removed", profile)
	})
}

// browserFolder makes a folder for Chromium's files. Its name must be short, for
// Chromium puts a socket below it: t.TempDir's has the test's name in it, and a
// socket's path may have about a hundred bytes.
func browserFolder(t *testing.T) string {
	t.Helper()
	const below = "/org.chromium.Chromium.123456/SingletonSocket"
	for _, dir := range []string{os.TempDir(), "/tmp"} {
		folder, err := os.MkdirTemp(dir, "fns-page-")
		if err != nil {
			t.Fatal(err)
		}
		if len(folder)+len(below) < 100 {
			return folder
		}
		_ = os.Remove(folder)
	}
	t.Fatalf("no folder for temporary files has a short name: %s", os.TempDir())
	return ""
}

// findBrowser gives a Chromium. Without one a developer's test is skipped, the
// CI's fails.
func findBrowser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatal("needs Chromium: apt-get install chromium")
	}
	t.Skip("needs Chromium: apt-get install chromium")
	return ""
}
