package devserver

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/redact"
	"github.com/fns-dev/fns/internal/worker"
)

func TestMain(m *testing.M) {
	worker.MaybeMain()
	goleak.VerifyTestMain(m)
}

// events keeps what a server emits.
type events struct {
	mu   sync.Mutex
	list []event.Event
	more chan struct{}
}

func newEvents() *events { return &events{more: make(chan struct{}, 1)} }

// Emit keeps e.
func (s *events) Emit(e event.Event) {
	s.mu.Lock()
	s.list = append(s.list, e)
	s.mu.Unlock()
	select {
	case s.more <- struct{}{}:
	default:
	}
}

func (s *events) all() []event.Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]event.Event{}, s.list...)
}

const patient = 20 * time.Second

// next waits for an event of type E from number from on that fits.
func next[E event.Event](t *testing.T, s *events, from int, fits func(E) bool) (E, int) {
	t.Helper()
	deadline := time.After(patient)
	for {
		for i, e := range s.all()[from:] {
			if e, ok := e.(E); ok && (fits == nil || fits(e)) {
				return e, from + i + 1
			}
		}
		select {
		case <-s.more:
		case <-time.After(20 * time.Millisecond):
		case <-deadline:
			var none E
			t.Fatalf("no %s event came; there were %+v", none.Kind(), s.all()[from:])
			return none, 0
		}
	}
}

// running is a server under test.
type running struct {
	t      *testing.T
	dir    string
	url    string
	events *events
	pool   *worker.Pool
	opts   Options
	stop   func() error
}

// project finds again what the server has found.
func (r *running) project() *project.Project {
	r.t.Helper()
	p, list := project.Discover(r.dir)
	if list.HasErrors() {
		r.t.Fatal(list.Err())
	}
	return p
}

func asError[E error](err error, target *E) bool { return errors.As(err, target) }

// start serves files until the test ends.
func start(t *testing.T, files map[string]string, change ...func(*Options)) *running {
	t.Helper()
	r, err := tryStart(t, files, change...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func tryStart(t *testing.T, files map[string]string, change ...func(*Options)) (*running, error) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	r := &running{t: t, dir: dir, events: newEvents()}
	for name, text := range files {
		r.write(name, text)
	}
	pool, err := worker.New(worker.Options{})
	if err != nil {
		t.Fatal(err)
	}
	opts := Options{Start: dir, Limits: limits.All(), Sink: r.events, Pool: pool, Redactor: redact.New(nil)}
	for _, c := range change {
		c(&opts)
	}
	r.pool, r.opts = pool, opts
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- New(opts).Run(ctx) }()
	r.stop = sync.OnceValue(func() error {
		cancel()
		err := <-ended
		if cerr := pool.Close(); cerr != nil {
			t.Error(cerr)
		}
		return err
	})
	t.Cleanup(func() { _ = r.stop() })
	for {
		select {
		case err := <-ended:
			ended <- err
			return nil, r.stop()
		case <-r.events.more:
		case <-time.After(patient):
			t.Fatal("the server does not start")
		}
		for _, e := range r.events.all() {
			if e, ok := e.(event.Started); ok {
				r.url = fmt.Sprintf("http://127.0.0.1:%d", e.Port)
				return r, nil
			}
		}
	}
}

func (r *running) write(name, text string) {
	r.t.Helper()
	path := filepath.Join(r.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		r.t.Fatal(err)
	}
}

// reply is an answer that has been read.
type reply struct {
	status int
	header http.Header
	body   string
}

func (r *running) call(method, path, body string, headers ...string) reply {
	r.t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	req, err := http.NewRequestWithContext(r.t.Context(), method, r.url+path, reader)
	if err != nil {
		r.t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return reply{res.StatusCode, res.Header, string(text)}
}

func (r *running) get(path string) reply { r.t.Helper(); return r.call("GET", path, "") }

// awaitBody asks until path answers body.
func (r *running) awaitBody(path, body string) {
	r.t.Helper()
	deadline := time.Now().Add(patient)
	for {
		got := r.get(path)
		if got.body == body {
			return
		}
		if time.Now().After(deadline) {
			r.t.Fatalf("%s still answers %d %s, want %s\nevents: %s", path, got.status, got.body, body, r.dump())
		}
		time.Sleep(2 * time.Millisecond)
	}
}

func (r *running) dump() string {
	var b bytes.Buffer // the last ones
	all := r.events.all()
	for _, e := range all[max(0, len(all)-10):] {
		text, _ := json.Marshal(e)
		fmt.Fprintf(&b, "%s %s\n", e.Kind(), text)
	}
	return b.String()
}

// manifest is a serverless.json with one GET and POST endpoint for each file.
func manifest(files ...string) string {
	var parts []string
	for _, f := range files {
		parts = append(parts, fmt.Sprintf("%q: {\"method\": [\"GET\", \"POST\"], \"file\": %q}", strings.TrimSuffix(f, ".js"), f))
	}
	return `{"runtime": "nodejs20.x", "version": "1.0", "endpoints": {` + strings.Join(parts, ",") + `}}`
}

func answering(text string) string {
	return `exports.main = (context, sendResponse) => sendResponse({statusCode: 200, body: ` + fmt.Sprintf("%q", text) + `});`
}

func TestTheLastEventIsTheEndOfTheServer(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{
		"my.functions/serverless.json": manifest("f.js"),
		"my.functions/f.js":            `exports.main = () => { console.log("begun"); for (;;) {} };`,
	}, func(o *Options) { o.Limits = o.Limits.Without(limits.Log) }) // or the line comes last
	answered := make(chan error, 1)
	go func() {
		transport := &http.Transport{DisableKeepAlives: true}
		res, err := (&http.Client{Transport: transport}).Get(r.url + "/_hcms/api/f") //nolint:noctx // ends with the server
		if err == nil {
			err = res.Body.Close()
		}
		answered <- err
	}()
	next[event.Log](t, r.events, 0, nil)
	if err := r.stop(); err != nil {
		t.Fatal(err)
	}
	<-answered
	list := r.events.all()
	if inv, _ := next[event.Invocation](t, r.events, 0, nil); inv.Error == nil || inv.Error.Cause != engine.CauseCanceled {
		t.Errorf("the call ended with %+v", inv)
	}
	if last := list[len(list)-1]; last.Kind() != "stopped" {
		t.Errorf("the last event is %s", last.Kind())
	}
}

func TestAFunctionIsServed(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{
		"my.functions/serverless.json": manifest("hello.js"),
		"my.functions/hello.js":        `exports.main = (c, send) => { console.log("hi", c.params.name[0]); send({body: {hello: c.params.name[0], by: c.endpoint}}) };`,
	})
	got := r.get("/_hcms/api/hello?name=Ada")
	if got.status != 200 || got.body != `{"hello":"Ada","by":"hello"}` {
		t.Fatalf("got %d %s", got.status, got.body)
	}
	l, at := next(t, r.events, 0, func(event.Log) bool { return true })
	if l.Message != "hi Ada" {
		t.Errorf("logged %q", l.Message)
	}
	inv, _ := next(t, r.events, at, func(event.Invocation) bool { return true })
	if inv.Status != event.Success || inv.HTTPStatus != 200 || inv.Path != "/_hcms/api/hello?name=Ada" || inv.ID != l.ID {
		t.Errorf("invocation %+v", inv)
	}
	if err := r.stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := http.Get(r.url); err == nil { //nolint:noctx,bodyclose // it must fail
		t.Error("the server still answers")
	}
	if last := r.events.all(); last[len(last)-1].Kind() != "stopped" {
		t.Errorf("the last event is %s", last[len(last)-1].Kind())
	}
}
