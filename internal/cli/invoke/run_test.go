package invoke

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/sysx"
	"github.com/fns-dev/fns/internal/ui"
)

// echo is a server that answers with what it was asked.
type echo struct {
	sink   event.Sink
	status event.Status
	code   int
	edits  chan string // each one is a reload
}

func (e *echo) Project() *project.Project { return &project.Project{Functions: functions()} }

func (e *echo) Watch(ctx context.Context) error {
	for {
		select {
		case file := <-e.edits:
			e.sink.Emit(event.Reloaded{Changed: []string{file}})
		case <-ctx.Done():
			return nil
		}
	}
}

func (e *echo) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if e.status == "" {
		e.sink.Emit(event.Refused{Reason: "not today"})
		http.Error(w, "refused", http.StatusTooManyRequests)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(err)
	}
	e.sink.Emit(event.Log{ID: "1", Level: engine.Info, Message: "working"})
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(e.code)
	answer := map[string]any{"call": r.Method + " " + r.RequestURI, "body": string(body), "type": r.Header.Get("Content-Type")}
	if strings.HasPrefix(r.URL.Path, "/api/crm") {
		answer = map[string]any{"logId": "n/a", "response": json.RawMessage(body)}
	}
	text, err := json.Marshal(answer)
	if err != nil {
		panic(err)
	}
	fmt.Fprint(w, string(text))
	e.sink.Emit(event.Invocation{ID: "1", Status: e.status, HTTPStatus: e.code, Function: "f"})
}

func start(opts *Options, status event.Status, code int) (srv *echo, rec *recorder, stdout, stderr *bytes.Buffer) {
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	opts.IO = ui.New(&sysx.System{Stdout: stdout, Stderr: stderr})
	rec = newRecorder("/", opts)
	return &echo{sink: rec, status: status, code: code, edits: make(chan string)}, rec, stdout, stderr
}

func TestRunPrintsTheBodyOnStdoutAndTheLogOnStderr(t *testing.T) {
	t.Parallel()
	opts := &Options{Target: "hello?a=1"}
	srv, rec, stdout, stderr := start(opts, event.Success, 200)
	ev := Event{Body: []byte(`{"n":1}`), JSON: true, Query: map[string][]string{"b": {"x y"}}}
	if err := run(t.Context(), opts, srv, rec, "/", ev); err != nil {
		t.Fatal(err)
	}
	want := `{"body":"{\"n\":1}","call":"POST /_hcms/api/hello?a=1\u0026b=x+y","type":"application/json"}` + "\n"
	if stdout.String() != want {
		t.Errorf("stdout: %s\nwant:   %s", stdout, want)
	}
	if !strings.Contains(stderr.String(), "INFO\tworking\n") || !strings.Contains(stderr.String(), "SUCCESS") {
		t.Errorf("stderr: %s", stderr)
	}
}

func TestRunOfAPrivateCallPrintsTheValue(t *testing.T) {
	t.Parallel()
	opts := &Options{Target: "card"}
	srv, rec, stdout, _ := start(opts, event.Success, 200)
	if err := run(t.Context(), opts, srv, rec, "/", Event{Body: []byte(`{"n":1}`), JSON: true}); err != nil {
		t.Fatal(err)
	}
	if want := `{"serverlessFunction":"card","parameters":{"n":1}}` + "\n"; stdout.String() != want {
		t.Errorf("stdout: %s\nwant:   %s", stdout, want)
	}
}

func TestRunFailsWhereTheFunctionFails(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		status event.Status
		code   int
		fails  bool
	}{
		{"a good answer", event.Success, 200, false},
		{"an answer that says not found is an answer", event.Success, 404, false},
		{"an answer of 500", event.HandledError, 500, true},
		{"a throw", event.UnhandledError, 500, true},
		{"a refused request", "", 0, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			opts := &Options{Target: "hello"}
			srv, rec, _, _ := start(opts, tt.status, tt.code)
			err := run(t.Context(), opts, srv, rec, "/", Event{})
			if tt.fails != (err != nil) || tt.fails && !errors.Is(err, cmdutil.ErrSilent) {
				t.Errorf("error = %v", err)
			}
		})
	}
}

func TestRunWithIncludePrintsTheHead(t *testing.T) {
	t.Parallel()
	opts := &Options{Target: "hello", Include: true}
	srv, rec, stdout, _ := start(opts, event.Success, 404)
	if err := run(t.Context(), opts, srv, rec, "/", Event{}); err != nil {
		t.Fatal(err)
	}
	if want := "HTTP/1.1 404 Not Found\nContent-Type: application/json\n\n{"; !strings.HasPrefix(stdout.String(), want) {
		t.Errorf("stdout: %s", stdout)
	}
}

func TestRunAsJSONPrintsOneObject(t *testing.T) {
	t.Parallel()
	opts := &Options{Target: "hello", JSON: true}
	srv, rec, stdout, stderr := start(opts, event.Success, 200)
	if err := run(t.Context(), opts, srv, rec, "/", Event{}); err != nil {
		t.Fatal(err)
	}
	var got struct {
		StatusCode int
		Body       map[string]any
		Logs       []event.Log
		Invocation *event.Invocation
	}
	if err := json.Unmarshal(stdout.Bytes(), &got); err != nil {
		t.Fatalf("%v in %s", err, stdout)
	}
	if got.StatusCode != 200 || got.Body["call"] != "GET /_hcms/api/hello" || len(got.Logs) != 1 || got.Invocation == nil {
		t.Errorf("got %+v", got)
	}
	if stderr.Len() > 0 {
		t.Errorf("stderr: %s", stderr)
	}
}

func TestRunWithWatchCallsAgainAfterASave(t *testing.T) {
	t.Parallel()
	opts := &Options{Target: "hello", Watch: true, JSON: true}
	srv, rec, _, _ := start(opts, event.HandledError, 500)
	lines := make(chan struct{}, 10)
	opts.IO.Out.Writer = writerFunc(func(p []byte) (int, error) { lines <- struct{}{}; return len(p), nil })
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- run(ctx, opts, srv, rec, "/", Event{}) }()
	wait := func(what string, c <-chan struct{}) {
		t.Helper()
		select {
		case <-c:
		case <-time.After(20 * time.Second):
			t.Fatalf("no %s", what)
		}
	}
	wait("first answer", lines)
	srv.edits <- "hello.js"
	wait("second answer", lines)
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("error = %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("run did not end")
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
