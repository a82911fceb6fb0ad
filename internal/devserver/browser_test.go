package devserver

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/fns-dev/fns/internal/event"
)

// visited is a web site that a browser visits: its pages tell the test what they
// see by asking for /saw?….
type visited struct {
	*httptest.Server
	saw chan url.Values
}

// visit opens page, the HTML of a site on another port than fns, in a real
// browser until the test ends. The site's name is host, which is this machine.
func visit(t *testing.T, host, page string) *visited {
	t.Helper()
	browser := findBrowser(t)
	v := &visited{saw: make(chan url.Values, 64)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, page)
	})
	mux.HandleFunc("GET /saw", func(_ http.ResponseWriter, req *http.Request) { v.saw <- req.URL.Query() })
	v.Server = httptest.NewServer(mux)
	t.Cleanup(v.Close)
	_, port, _ := strings.Cut(strings.TrimPrefix(v.URL, "http://"), ":")

	profile := browserFolder(t)
	var said bytes.Buffer
	cmd := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-proxy-server",
		"--user-data-dir="+profile, "--remote-debugging-port=0", "--host-resolver-rules=MAP * 127.0.0.1, EXCLUDE localhost",
		"http://"+host+":"+port+"/")
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
	return v
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

// next waits for what the page tells next.
func (v *visited) next(t *testing.T) url.Values {
	t.Helper()
	select {
	case q := <-v.saw:
		return q
	case <-time.After(2 * time.Minute): // a first start of Chromium on a busy machine is slow
		t.Fatal("the page told nothing")
		return nil
	}
}

func TestAPageInABrowserReloadsAfterASave(t *testing.T) {
	t.Parallel()
	r := start(t, twoFunctions())
	v := visit(t, "localhost", fmt.Sprintf(`<script src="%[1]s/_fns/reload.js"></script><script>
fetch('%[1]s/_hcms/api/a').then((r) => r.text()).then((text) => new EventSource('%[1]s/_fns/reload')
  .addEventListener('hello', () => fetch('/saw?' + new URLSearchParams({ text }))));
</script>`, r.url))
	if got := v.next(t).Get("text"); got != "a1" {
		t.Fatalf("the page shows %q", got)
	}
	r.write("my.functions/a.js", answering("a2"))
	if got := v.next(t).Get("text"); got != "a2" {
		t.Errorf("after the reload the page shows %q", got)
	}
}

func TestAForeignPageInABrowserCannotDriveFunctions(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{
		"my.functions/serverless.json": `{"endpoints": {"a": {"file": "a.js", "method": ["GET", "POST"]}}}`,
		"my.functions/a.js":            `let posts = 0; exports.main = (c, send) => { if (c.method === "POST") posts++; send({ body: { posts } }); };`,
	})
	port := r.url[strings.LastIndex(r.url, ":")+1:]
	v := visit(t, "foreign.example", fmt.Sprintf(`<body><script>
const tell = (what, outcome) => fetch('/saw?' + new URLSearchParams({ what, outcome }));
const attempt = (what, url, options) => fetch(url, options)
  .then(async (r) => tell(what, r.type + ' ' + r.status + ' ' + await r.text()), (e) => tell(what, e.name));
(async () => {
  await attempt('simple post', '%[1]s/_hcms/api/a', { method: 'POST', mode: 'no-cors', body: '{}' });
  await attempt('JSON post', '%[1]s/_hcms/api/a', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  await attempt('private call', '%[1]s/api/crm-extensibility/execution/internal/v3/action/function/1', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  await attempt('own name', 'http://rebound.example:%[2]s/_hcms/api/a');
  await attempt('get', '%[1]s/_hcms/api/a');
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-scripts'; // its origin is null
  frame.srcdoc = '<script>(' + ((call, saw) => fetch(call, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    .then((r) => r.status, (e) => e.name)
    .then((outcome) => fetch(saw + '?' + new URLSearchParams({ what: 'sandboxed frame', outcome }), { mode: 'no-cors' }))) +
    ')(' + JSON.stringify('%[1]s/api/crm-extensibility/execution/internal/v3/action/function/1') + ',' + JSON.stringify(location.origin + '/saw') + ')<' + '/script>';
  document.body.append(frame);
})();
</script>`, r.url, port))
	for _, want := range []struct{ what, outcome string }{
		{"simple post", "opaque 0 "}, // sent, and refused
		{"JSON post", "TypeError"},
		{"private call", "TypeError"},
		{"own name", "TypeError"}, // a name that leads here does not make it this machine's
		{"get", `cors 200 {"posts":0}`},
		{"sandboxed frame", "TypeError"},
	} {
		got := v.next(t)
		if got.Get("what") != want.what || got.Get("outcome") != want.outcome {
			t.Errorf("got %v, want %s: %s", got, want.what, want.outcome)
		}
	}
	for _, reason := range []string{"may not send POST", `"rebound.example:` + port + `" does not name this machine`} {
		next(t, r.events, 0, func(e event.Refused) bool { return strings.Contains(e.Reason, reason) })
	}
}
