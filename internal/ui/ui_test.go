package ui

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/sysx"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares got with testdata/<name>.golden.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.ReplaceAll(string(want), "\r\n", "\n"), got); diff != "" {
		t.Errorf("%s: -want +got (rewrite with -update):\n%s", file, diff)
	}
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 200e6, time.UTC)

const root = "/work/shop"

// session is one run of a dev server with everything that can happen in it.
func session() []event.Event {
	at := func(ms int) time.Time { return noon.Add(time.Duration(ms) * time.Millisecond) }
	hello := event.Endpoint{
		Methods: []string{"GET", "POST"}, URL: "http://localhost:3001/_hcms/api/hello", Function: "hello", File: "api.functions/hello.ts",
		Secrets: []event.Secret{{Name: "API_KEY", Present: true}, {Name: "TOKEN"}},
		EnvFile: "api.functions/.env", WantedEnvFile: "api.functions/.env",
	}
	other := hello
	other.Methods, other.URL, other.Function = []string{"DELETE"}, "http://localhost:3001/_hcms/api/contact/remove", "contact/remove"
	private := event.Endpoint{
		Methods: []string{"POST"}, URL: "http://localhost:3001/api/crm-extensibility/execution/internal/v3/action/function/1",
		Function: "card", File: "src/app/functions/card.js", Private: true,
	}
	return []event.Event{
		event.Started{
			URL: "http://localhost:3001", Port: 3001, RequestedPort: 3000, Root: root, Project: "shop", Platform: "2026.03", Engine: "goja",
			Endpoints: []event.Endpoint{hello, other, private},
			Limits: []event.Limit{
				{ID: "time", Value: "10 s (15 s private)"}, {ID: "memory", Value: "128 MB"}, {ID: "request", Value: "6 MB"},
				{ID: "response", Value: "6 MB"}, {ID: "content-type", Value: "application/json"}, {ID: "log", Value: "off"},
			},
			Elapsed: 41.3,
		},
		event.Log{ID: "aaaaaaaa-1", Function: "hello", Time: at(1), Level: engine.Info, Message: "one line"},
		event.Log{ID: "aaaaaaaa-1", Function: "hello", Time: at(2), Level: engine.Warn, Message: "{\n  a: 1\n}"},
		event.Invocation{
			ID: "aaaaaaaa-1", Time: at(3), Status: event.Success, Function: "hello", Method: "GET", Path: "/_hcms/api/hello?q=1",
			HTTPStatus: 200, Duration: 278.2, Init: 12, Cold: true, MemoryMB: 34, MemoryMax: 128, Engine: "goja",
		},
		// Two at the same time.
		event.Log{ID: "bbbbbbbb-2", Function: "hello", Time: at(4), Level: engine.Info, Message: "alone"},
		event.Log{ID: "cccccccc-3", Function: "hello", Time: at(5), Level: engine.Err, Message: "beside\nit"},
		event.Log{ID: "bbbbbbbb-2", Function: "hello", Time: at(6), Level: engine.Debug, Message: "not alone"},
		event.Invocation{
			ID: "cccccccc-3", Time: at(7), Status: event.HandledError, Function: "hello", Method: "POST", Path: "/_hcms/api/hello",
			HTTPStatus: 500, Duration: 0.2, MemoryMB: 35, Engine: "goja",
		},
		event.Invocation{
			ID: "bbbbbbbb-2", Time: at(8), Status: event.UnhandledError, Function: "hello", Method: "POST", Path: "/_hcms/api/hello",
			HTTPStatus: 500, Duration: 3, MemoryMB: 35, MemoryMax: 128, Engine: "goja",
			Error: &engine.FunctionError{
				Cause: engine.CauseThrown, Type: "TypeError", Message: "x is not a function",
				Stack: []string{"    at main (" + root + "/api.functions/hello.ts:3:7)"}, Hint: "export main",
			},
		},
		event.Log{ID: "dddddddd-4", Function: "card", Time: at(9), Level: engine.Info, Message: "\x1b[2Jgone\rfake"},
		event.Invocation{
			ID: "dddddddd-4", Time: at(10), Status: event.UnhandledError, Function: "card", Method: "POST", Path: "/api/x/function/1",
			HTTPStatus: 400, Duration: 15000, MemoryMB: 20, MemoryMax: 128, Engine: "goja",
			Error:   &engine.FunctionError{Cause: engine.CauseTimeout, Message: "Task timed out after 15.00 seconds"},
			LogLost: 12, Warnings: []string{"null properties are dropped"},
		},
		event.Refused{Time: at(11), Method: "POST", Path: "/_hcms/api/hello", HTTPStatus: 415, Reason: "content type text/plain is not application/json"},
		event.Reloaded{Time: at(12), Changed: []string{"api.functions/hello.ts", "lib/a.ts"}, Functions: []string{"hello"}, Elapsed: 33.1},
		event.Reloaded{Time: at(13), Changed: []string{"api.functions/serverless.json"}, Elapsed: 8, Endpoints: []event.Endpoint{hello}},
		event.Diagnostics{Time: at(14), Stale: true, List: diag.List{{
			Code: "FNS3001", Severity: diag.Error, Summary: "expected \")\" but found \"}\"", Hint: "close the call",
			Range: diag.Range{
				File: filepath.FromSlash(root + "/api.functions/hello.ts"), Start: diag.Position{Line: 3, Column: 9},
				End: diag.Position{Line: 3, Column: 10}, LineText: "  call(1}",
			},
		}}},
		event.Diagnostics{Time: at(15)},
		event.Stopped{Time: at(16), Reason: "interrupt"},
	}
}

func stream(w *bytes.Buffer, color bool) *Stream {
	s := &Stream{Writer: w, Width: 80}
	s.Theme = newTheme(s, color)
	return s
}

func TestEventPrinterPlain(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	p := NewEventPrinter(stream(&b, false), root)
	for _, e := range session() {
		p.Emit(e)
	}
	if i := strings.IndexByte(b.String(), 0x1b); i >= 0 {
		t.Errorf("escape sequence at byte %d of plain output", i)
	}
	golden(t, "session", b.String())
}

func TestEventPrinterColored(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	p := NewEventPrinter(stream(&b, true), root)
	for _, e := range session() {
		p.Emit(e)
	}
	golden(t, "session-color", b.String())
}

func TestColoursOnlyAddEscapeSequences(t *testing.T) {
	t.Parallel()
	var plain, colored bytes.Buffer
	p, c := NewEventPrinter(stream(&plain, false), root), NewEventPrinter(stream(&colored, true), root)
	for _, e := range session() {
		p.Emit(e)
		c.Emit(e)
	}
	var stripped strings.Builder
	for rest := colored.String(); rest != ""; {
		before, after, found := strings.Cut(rest, "\x1b[")
		stripped.WriteString(before)
		if !found {
			break
		}
		_, rest, _ = strings.Cut(after, "m")
	}
	if diff := cmp.Diff(plain.String(), stripped.String()); diff != "" {
		t.Errorf("-plain +coloured:\n%s", diff)
	}
}

func TestJSONPrinterWritesOneObjectALine(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	p := NewJSONPrinter(&b, filepath.FromSlash(root))
	p.now = func() time.Time { return noon }
	events := session()
	for _, e := range events {
		p.Emit(e)
	}
	golden(t, "session-json", b.String())

	lines := bufio.NewScanner(&b)
	for i := 0; lines.Scan(); i++ {
		var got struct {
			Event string
			Time  time.Time
		}
		if err := json.Unmarshal(lines.Bytes(), &got); err != nil {
			t.Fatalf("line %d: %v", i+1, err)
		}
		if got.Event != events[i].Kind() || got.Time.IsZero() {
			t.Errorf("line %d: event %q at %v, want %q", i+1, got.Event, got.Time, events[i].Kind())
		}
		if bytes.Contains(lines.Bytes(), []byte(":null")) {
			t.Errorf("line %d has a null: %s", i+1, lines.Bytes())
		}
	}
}

func TestPrintersTakeEventsFromManyGoroutines(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	p := NewJSONPrinter(&b, root)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				p.Emit(event.Log{ID: "x", Message: strings.Repeat("y", 100)})
			}
		})
	}
	wg.Wait()
	for line := range strings.Lines(b.String()) {
		if !json.Valid([]byte(line)) {
			t.Fatalf("mixed line: %s", line)
		}
	}
}

func TestColoursFollowFlagThenEnvironmentThenTerminal(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		mode ColorMode
		env  string
		tty  bool
		want bool
	}{
		{"a terminal", ColorAuto, "", true, true},
		{"a file", ColorAuto, "", false, false},
		{"the flag beats NO_COLOR", ColorAlways, "NO_COLOR=1", false, true},
		{"the flag beats FORCE_COLOR", ColorNever, "FORCE_COLOR=1", true, false},
		{"NO_COLOR", ColorAuto, "NO_COLOR=1", true, false},
		{"an empty NO_COLOR does not count", ColorAuto, "NO_COLOR=", true, true},
		{"NO_COLOR beats FORCE_COLOR", ColorAuto, "NO_COLOR=1 FORCE_COLOR=1", true, false},
		{"CLICOLOR_FORCE", ColorAuto, "CLICOLOR_FORCE=1", false, true},
		{"CLICOLOR_FORCE=0", ColorAuto, "CLICOLOR_FORCE=0", false, false},
		{"FORCE_COLOR beats a dumb terminal", ColorAuto, "FORCE_COLOR=1 TERM=dumb", true, true},
		{"a dumb terminal", ColorAuto, "TERM=dumb", true, false},
		{"CLICOLOR=0", ColorAuto, "CLICOLOR=0", true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sys := &sysx.System{Environ: strings.Fields(tt.env)}
			if got := colored(tt.mode, sys.LookupEnv, tt.tty); got != tt.want {
				t.Errorf("colored = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestStreamsOfAPipe(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	sys := &sysx.System{Stdout: &out, Stderr: &out, Environ: []string{"COLUMNS=120"}}
	s := New(sys)
	if s.Out.TTY || s.Out.Width != 120 {
		t.Errorf("TTY = %v, width = %d", s.Out.TTY, s.Out.Width)
	}
	if got := s.Out.Theme.Bad("x"); got != "x" {
		t.Errorf("plain stream paints %q", got)
	}
	s.SetColor(ColorAlways)
	if got := s.Out.Theme.Bad("x"); got != "\x1b[31mx\x1b[0m" {
		t.Errorf("coloured stream paints %q", got)
	}
}
