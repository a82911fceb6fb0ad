package host

import (
	"context"
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/portal"
	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/worker"
)

func TestMain(m *testing.M) {
	worker.MaybeMain()
	os.Exit(m.Run())
}

type nobody struct{}

func (nobody) Emit(event.Event) {}

// newHost makes a host of a state with one folder of functions.
func newHost(t *testing.T, code string) (*Host, *store.Store) {
	t.Helper()
	dir := t.TempDir()
	s, err := store.Open(t.Context(), store.Options{Dir: filepath.Join(dir, ".fns"), Keys: store.Keys{Dir: filepath.Join(dir, "keys")}})
	if err != nil {
		t.Fatal(err)
	}
	p := portal.New(portal.Options{Store: s, WorkDir: filepath.Join(dir, "work")})
	h, err := New(Options{
		Portal: p, Store: s, Sink: nobody{}, WorkDir: filepath.Join(dir, "work"), Report: func(err error) { t.Error(err) },
		NewPool: func() (Pool, error) { return worker.New(worker.Options{}) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
		p.Close()
		_ = s.Close()
		if left, err := os.ReadDir(filepath.Join(dir, "work")); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v %v", left, err)
		}
	})
	put(t, s, code)
	if err := s.AddSecret(t.Context(), store.AccountScope, "WORD", "first", 50); err != nil {
		t.Fatal(err)
	}
	return h, s
}

func put(t *testing.T, s *store.Store, code string) {
	t.Helper()
	manifest := `{"runtime":"nodejs20.x","version":"1.0","secrets":["WORD"],"endpoints":{"say":{"method":"GET","file":"say.js"}}}`
	for name, text := range map[string]string{"f.functions/serverless.json": manifest, "f.functions/say.js": code} {
		if err := s.PutFile(t.Context(), store.File{Path: name, Data: []byte(text)}, func([]store.File, int) ([]store.Route, error) { return nil, nil }); err != nil {
			t.Fatal(err)
		}
	}
}

func get(t *testing.T, h *Host, path string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost:4500"+path, nil))
	return w.Code, w.Body.String()
}

const says = `exports.main = (context, sendResponse) => setTimeout(() => sendResponse({ statusCode: 200, body: process.env.WORD }), Number(context.params.wait || 0));`

func TestWhatIsDeployedIsServedAsSoonAsItIsThere(t *testing.T) {
	t.Parallel()
	h, s := newHost(t, says)
	if code, body := get(t, h, "/_hcms/api/say"); code != 200 || !strings.Contains(body, "first") {
		t.Fatalf("%d %s", code, body)
	}
	if err := s.SetSecret(t.Context(), store.AccountScope, "WORD", "second"); err != nil {
		t.Fatal(err)
	}
	if code, body := get(t, h, "/_hcms/api/say"); code != 200 || !strings.Contains(body, "second") {
		t.Errorf("after a change of the secret: %d %s", code, body)
	}
	before := h.sites[""]
	if err := s.AddSecret(t.Context(), store.AccountScope, "OTHER", "x", 50); err != nil {
		t.Fatal(err)
	}
	get(t, h, "/_hcms/api/say")
	if h.sites[""] != before {
		t.Error("a secret that no function uses has loaded all anew")
	}
	put(t, s, strings.Replace(says, "process.env.WORD", "'new code'", 1))
	if code, body := get(t, h, "/_hcms/api/say"); code != 200 || !strings.Contains(body, "new code") {
		t.Errorf("after an upload: %d %s", code, body)
	}
	if code, body := get(t, h, "/_hcms/api/none"); code != 404 {
		t.Errorf("nothing there: %d %s", code, body)
	}
	if code, body := get(t, h, "/cms/v3/functions/secrets"); code != http.StatusUnauthorized {
		t.Errorf("the portal itself: %d %s", code, body)
	}
	req := httptest.NewRequest("GET", "http://evil.test/_hcms/api/say", nil)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	if w.Code == 200 {
		t.Errorf("another host name: %d %s", w.Code, w.Body)
	}
}

// TestWhatIsMadeReadyHoldsUpNobodyElse has packages that take long to install.
func TestWhatIsMadeReadyHoldsUpNobodyElse(t *testing.T) {
	t.Parallel()
	h, _ := newHost(t, says)
	installing, installed := make(chan struct{}), make(chan struct{})
	put := sync.OnceFunc(func() { close(installing) })
	h.opts.Packages = func(ctx context.Context, _, _, _ string) error {
		put()
		select {
		case <-installed:
		case <-ctx.Done():
		}
		return ctx.Err()
	}
	if err := h.opts.Store.PutFile(t.Context(), store.File{Path: "f.functions/package.json", Data: []byte("{}")}, func([]store.File, int) ([]store.Route, error) { return nil, nil }); err != nil {
		t.Fatal(err)
	}
	ctx, hangUp := context.WithCancel(t.Context())
	given := make(chan int)
	go func() {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost:4500/_hcms/api/say", nil).WithContext(ctx))
		given <- w.Code
	}()
	<-installing
	if code, body := get(t, h, "/hs/serverless/none"); code != 404 {
		t.Errorf("another project: %d %s", code, body)
	}
	hangUp() // which ends the wait, and not the installation
	<-given
	close(installed)
	if code, body := get(t, h, "/_hcms/api/say"); code != 200 || !strings.Contains(body, "first") {
		t.Errorf("afterwards: %d %s", code, body)
	}
}

func TestWhatIsLeftOfAKilledServerIsRemoved(t *testing.T) {
	t.Parallel()
	h, _ := newHost(t, says)
	stale := filepath.Join(h.opts.WorkDir, "served-1234")
	if err := os.MkdirAll(filepath.Join(stale, "site-1"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(stale+".lock", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	other, err := New(h.opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{stale, stale + ".lock"} {
		if _, err := os.Stat(path); !os.IsNotExist(err) {
			t.Errorf("%s is still there: %v", path, err)
		}
	}
	if code, body := get(t, h, "/_hcms/api/say"); code != 200 {
		t.Errorf("the server that runs: %d %s", code, body)
	}
	if err := other.Close(); err != nil {
		t.Error(err)
	}
}

func TestRequestsOutliveWhatTheyRunIn(t *testing.T) {
	t.Parallel()
	h, s := newHost(t, says)
	if code, body := get(t, h, "/_hcms/api/say"); code != 200 {
		t.Fatalf("%d %s", code, body)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 5 {
				if code, body := get(t, h, "/_hcms/api/say?wait=30"); code != 200 {
					t.Errorf("call %d: %d %s", i, code, body)
				}
			}
		})
	}
	for _, word := range []string{"second", "third", "fourth"} {
		if err := s.SetSecret(t.Context(), store.AccountScope, "WORD", word); err != nil {
			t.Fatal(err)
		}
		if code, body := get(t, h, "/_hcms/api/say"); code != 200 || !strings.Contains(body, word) {
			t.Errorf("%s: %d %s", word, code, body)
		}
	}
	wg.Wait()
}

func TestOneAuthorityIsMadeForAUser(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "ca")
	now := time.Now()
	all := make([]*authority, 8)
	var wg sync.WaitGroup
	for i := range all {
		wg.Go(func() {
			var err error
			if all[i], err = loadAuthority(dir, now); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if t.Failed() {
		return
	}
	for _, a := range all {
		if !a.cert.Equal(all[0].cert) {
			t.Fatal("two authorities were made at the same time")
		}
	}
	if info, err := os.Stat(filepath.Join(dir, authorityFile)); err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
		t.Errorf("%v %v", left, err)
	}

	later, err := loadAuthority(dir, now.Add(authorityTime-renewBefore/2))
	if err != nil || later.cert.Equal(all[0].cert) {
		t.Errorf("one that ends soon was not renewed: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, authorityFile), []byte("broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	if a, err := loadAuthority(dir, now); err != nil || a.cert.Equal(later.cert) {
		t.Errorf("a broken one was not replaced: %v", err)
	}
}

func TestTheAuthoritySignsForThisMachineOnly(t *testing.T) {
	t.Parallel()
	a, err := loadAuthority(t.TempDir(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	pair, err := a.leaf(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(pair.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(a.cert)
	for name, want := range map[string]bool{"127.0.0.1": true, "localhost": true, "::1": true, "api.hubapi.com": false, "10.0.0.1": false} {
		_, err := leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: name})
		if (err == nil) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(a.cert.PermittedDNSDomains) != 1 || !a.cert.PermittedDNSDomainsCritical || len(a.cert.PermittedIPRanges) != 2 {
		t.Errorf("the authority may sign for %v %v", a.cert.PermittedDNSDomains, a.cert.PermittedIPRanges)
	}
}

func TestPackagesComeFromTheProjectOnThisMachine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(path, text string) {
		path = filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("here/hsproject.json", `{"name":"shop","srcDir":"src"}`)
	write("here/src/app/functions/node_modules/left-pad/package.json", `{}`)
	for name, want := range map[string]bool{"shop": true, "another": false} {
		write(name+"/src/app/functions/package.json", `{"dependencies":{"left-pad":"1"}}`)
		folder := filepath.Join(dir, name, "src", "app", "functions")
		err := Linker{Project: filepath.Join(dir, "here")}.Packages(t.Context(), name, "src/app/functions", folder)
		_, there := os.Stat(filepath.Join(folder, "node_modules", "left-pad", "package.json"))
		if (err == nil) != want || (there == nil) != want {
			t.Errorf("%s: %v, %v", name, err, there)
		}
	}
	write("plain/package.json", `{"name":"x"}`)
	if err := (Linker{}).Packages(t.Context(), "plain", ".", filepath.Join(dir, "plain")); err != nil {
		t.Errorf("nothing is needed: %v", err)
	}
}
