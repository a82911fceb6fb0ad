package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/portal/store"
)

// loadClients are as many as the portal must stand.
const loadClients = 50

// TestFiftyClientsLoseNothing keeps clients of the portal busy, for a second or as
// long as FNS_LOAD says (make load), and looks for everything that was answered.
func TestFiftyClientsLoseNothing(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a server can't be sent an interrupt from here")
	}
	length := time.Second
	if text := os.Getenv("FNS_LOAD"); text != "" {
		var err error
		if length, err = time.ParseDuration(text); err != nil {
			t.Fatal(err)
		}
	} else if testing.Short() {
		t.Skip()
	}
	files := localShop()
	files["src/app/functions/hello.js"] = "exports.main = async (context) => {\n  console.log('n', context.params.n);\n  return { statusCode: 200, body: context.params.n };\n};\n"
	l := newLocal(t, files)
	l.fns("project", "upload")

	transport := &http.Transport{MaxIdleConnsPerHost: 2 * loadClients}
	defer transport.CloseIdleConnections()
	shared := &pressure{t: t, api: l.client(), http: &http.Client{Transport: transport, Timeout: patience}, url: l.http, end: time.Now().Add(length)}
	var wg sync.WaitGroup
	clients := make([]*loadClient, loadClients)
	for i := range clients {
		clients[i] = &loadClient{pressure: shared, name: fmt.Sprintf("C%d", i)}
		wg.Go(func() { clients[i].run(t.Context()) })
	}
	begun := time.Now()
	wg.Wait()
	took := time.Since(begun)
	l.stop()

	s := l.state()
	defer s.Close()
	secrets, err := s.Secrets(t.Context(), store.AccountScope)
	if err != nil {
		t.Fatal(err)
	}
	runs, err := s.Runs(t.Context(), store.RunQuery{Route: "hello"})
	if err != nil {
		t.Fatal(err)
	}
	logged := map[string]int{}
	for _, r := range runs {
		_, n, _ := strings.Cut(r.Path, "n=")
		logged[n]++
		if want := "n [ '" + n + "' ]"; !strings.Contains(r.Log, want) && !strings.Contains(r.Log, n) {
			t.Errorf("the run %s has the log %q: %+v", n, r.Log, r)
		}
	}
	for _, c := range clients {
		for i := range c.calls {
			if n := fmt.Sprintf("%s-%d", c.name, i); logged[n] != 1 {
				t.Errorf("the run %s is in the log %d times", n, logged[n])
			}
		}
		if c.secret != "" && secrets[c.name] != c.secret {
			t.Errorf("the secret %s is %q, and %q was acknowledged", c.name, secrets[c.name], c.secret)
		}
		if c.file == "" {
			continue
		}
		if f, err := s.File(t.Context(), "load/"+c.name+".css", false); err != nil || string(f.Data) != c.file {
			t.Errorf("the file of %s is %q (%v), and %q was acknowledged", c.name, f.Data, err, c.file)
		}
	}
	if len(runs) == 0 || shared.writes.Load() == 0 {
		t.Error("nothing was done")
	}
	t.Logf("%d clients in %.1f s: %d calls of functions, %d writes, %d reads, the slowest in %d ms; nothing lost", loadClients, took.Seconds(), len(runs), shared.writes.Load(), shared.reads.Load(), shared.slowest.Load())
}

// state opens the state beside the server that uses it.
func (l *local) state() *store.Store {
	l.t.Helper()
	s, err := store.Open(l.t.Context(), store.Options{
		Dir: filepath.Join(l.dir, ".fns"), Keys: store.Keys{Dir: filepath.Join(l.home, "data", "keys")},
	})
	if err != nil {
		l.t.Fatal(err)
	}
	return s
}

// pressure is what the clients share.
type pressure struct {
	t             *testing.T
	api           *hubapi.Client
	http          *http.Client
	url           string
	end           time.Time
	writes, reads atomic.Int64
	slowest       atomic.Int64 // ms
}

// loadClient calls functions, writes and reads, and remembers what was answered.
type loadClient struct {
	*pressure
	name   string
	calls  int    // that were answered
	secret string // value that was acknowledged
	file   string
}

func (c *loadClient) run(ctx context.Context) {
	if err := c.api.AddSecret(ctx, c.name, "first"); err != nil {
		c.t.Errorf("%s: %v", c.name, err)
		return
	}
	c.secret = "first"
	const round = 10
	for i := 0; i < round || time.Now().Before(c.end); i++ { // a slow machine takes longer for the first round
		begun := time.Now()
		var err error
		switch i % round {
		case 3:
			value := fmt.Sprintf("value %d", i)
			if err = c.api.UpdateSecret(ctx, c.name, value); err == nil {
				c.secret = value
			}
			c.writes.Add(1)
		case 6:
			text := fmt.Sprintf("/* %s %d */", c.name, i)
			if err = c.api.UploadFile(ctx, "load/"+c.name+".css", hubapi.BytesContent("x.css", []byte(text)), hubapi.FileOptions{}); err == nil {
				c.file = text
			}
			c.writes.Add(1)
		case 9:
			_, err = c.api.FunctionLogs(ctx, "hello", hubapi.LogPageOptions{Limit: 3})
			if hubapi.IsNotFound(err) {
				err = nil // nothing has run yet
			}
			c.reads.Add(1)
		default:
			err = c.call(ctx)
		}
		if err != nil {
			c.t.Errorf("%s: %v", c.name, err)
			return
		}
		took := time.Since(begun).Milliseconds()
		for old := c.slowest.Load(); took > old && !c.slowest.CompareAndSwap(old, took); old = c.slowest.Load() {
		}
	}
}

// call calls the function.
func (c *loadClient) call(ctx context.Context) error {
	n := fmt.Sprintf("%s-%d", c.name, c.calls)
	req, err := http.NewRequestWithContext(ctx, "GET", c.url+"/hs/serverless/hello?n="+n, nil)
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && (resp.StatusCode != 200 || !strings.Contains(string(body), n)) {
		err = fmt.Errorf("the call %s was answered with %s %s", n, resp.Status, body)
	}
	if err == nil {
		c.calls++
	}
	return err
}
