package devserver

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/limits"
)

// TestTheDefectsOfTheOfficialServerAreAbsent sends the probes under which
// HubSpot's own local server was seen to misbehave. The number is that of the
// probe; 6, 7 and 17 to 23 are about starts, reloads, ports, the network and exits and
// have tests of their own below, in reload_test.go and in offline_linux_test.go.
func TestTheDefectsOfTheOfficialServerAreAbsent(t *testing.T) {
	t.Parallel()
	one := func(code string) map[string]string {
		return map[string]string{"my.functions/serverless.json": manifest("f.js", "ok.js"), "my.functions/f.js": code, "my.functions/ok.js": answering("ok")}
	}
	for _, tt := range []struct {
		name  string
		files map[string]string
		check func(t *testing.T, r *running)
	}{
		{"1: statusCode 500 arrives with its body",
			one(`exports.main = (c, send) => send({statusCode: 500, body: {why: "down"}});`),
			func(t *testing.T, r *running) {
				if got := r.get("/_hcms/api/f"); got.status != 500 || got.body != `{"why":"down"}` {
					t.Errorf("got %d %s", got.status, got.body)
				}
				if inv, _ := next[event.Invocation](t, r.events, 0, nil); inv.Status != event.HandledError {
					t.Errorf("status %s", inv.Status)
				}
			}},
		{"2: a returned answer is used",
			one(`exports.main = async c => ({statusCode: 201, body: "made"});`),
			func(t *testing.T, r *running) {
				if got := r.get("/_hcms/api/f"); got.status != 201 || got.body != "made" {
					t.Errorf("got %d %s", got.status, got.body)
				}
			}},
		{"3: a function is cut at ten seconds",
			one(`exports.main = (c, send) => { setTimeout(() => send({body: "late"}), 13000); };`),
			func(t *testing.T, r *running) { timesOut(t, r) }},
		{"4: an endless loop ends, and other routes answer meanwhile",
			one(`exports.main = () => { while (true) {} };`),
			func(t *testing.T, r *running) {
				done := make(chan bool)
				go func() { defer close(done); timesOut(t, r) }()
				for i := range 5 {
					if got := r.get("/_hcms/api/ok"); got.body != "ok" {
						t.Errorf("call %d of the other route: %d %s", i, got.status, got.body)
					}
				}
				<-done
			}},
		{"5: an error is told with message and original position",
			one("\n\nconst fail = () => { throw new TypeError('boom') };\nexports.main = async () => fail();"),
			func(t *testing.T, r *running) {
				got := r.get("/_hcms/api/f")
				var body struct {
					Status, Message, CorrelationID, ErrorType string
					Errors                                    []struct{ Context map[string][]string }
				}
				if err := json.Unmarshal([]byte(got.body), &body); err != nil || got.status != 500 {
					t.Fatalf("got %d %s", got.status, got.body)
				}
				if body.ErrorType != "TypeError" || !strings.Contains(body.Message, "boom") || len(body.Errors) != 1 {
					t.Fatalf("got %s", got.body)
				}
				if trace := strings.Join(body.Errors[0].Context["trace"], "\n"); !strings.Contains(trace, "f.js:3:") {
					t.Errorf("trace %s does not name line 3", trace)
				}
				inv, _ := next[event.Invocation](t, r.events, 0, nil)
				if inv.Status != event.UnhandledError || inv.Error == nil || inv.Error.Message != "boom" || inv.ID != body.CorrelationID {
					t.Errorf("invocation %+v", inv)
				}
			}},
		{"8: a missing main is named",
			one(`exports.handler = () => {};`),
			func(t *testing.T, r *running) {
				got := r.get("/_hcms/api/f")
				inv, _ := next[event.Invocation](t, r.events, 0, nil)
				if got.status != 500 || !strings.Contains(got.body, "main") || inv.Error.Cause != engine.CauseNoMain {
					t.Errorf("got %d %s, cause %s", got.status, got.body, inv.Error.Cause)
				}
			}},
		{"9: a wrong method gets a JSON error",
			one(answering("x")),
			func(t *testing.T, r *running) {
				got := r.call("DELETE", "/_hcms/api/f", "")
				if got.status != 405 || got.header.Get("Allow") != "GET, POST, HEAD, OPTIONS" || !json.Valid([]byte(got.body)) {
					t.Errorf("got %d, Allow %q, %s", got.status, got.header.Get("Allow"), got.body)
				}
				if got := r.get("/_hcms/api/g"); got.status != 404 || !json.Valid([]byte(got.body)) || !strings.Contains(got.body, "did you mean /_hcms/api/f") {
					t.Errorf("got %d %s", got.status, got.body)
				}
			}},
		{"10: 9 MB are refused",
			one(answering("x")),
			func(t *testing.T, r *running) {
				got := r.call("POST", "/_hcms/api/f", `"`+strings.Repeat("x", 9<<20)+`"`)
				if got.status != 413 || !strings.Contains(got.body, "6 MB") {
					t.Errorf("got %d %s", got.status, got.body)
				}
				if no, _ := next[event.Refused](t, r.events, 0, nil); no.HTTPStatus != 413 {
					t.Errorf("refused %+v", no)
				}
			}},
		{"11: an endpoint's environment is its own",
			map[string]string{
				"my.functions/serverless.json": `{"runtime": "nodejs20.x", "version": "1.0", "endpoints": {
					"a": {"method": "GET", "file": "f.js", "environment": {"ONLY_A": "yes"}},
					"b": {"method": "GET", "file": "f.js"}}}`,
				"my.functions/f.js": `exports.main = (c, send) => send({body: {seen: String(process.env.ONLY_A)}});`,
			},
			func(t *testing.T, r *running) {
				if got := r.get("/_hcms/api/a"); got.body != `{"seen":"yes"}` {
					t.Errorf("a got %s", got.body)
				}
				if got := r.get("/_hcms/api/b"); got.body != `{"seen":"undefined"}` {
					t.Errorf("b got %s", got.body)
				}
			}},
		{"12: the host's environment is hidden",
			one(`exports.main = (c, send) => send({body: Object.keys(process.env)});`),
			func(t *testing.T, r *running) {
				got := r.get("/_hcms/api/f")
				var names []string
				if err := json.Unmarshal([]byte(got.body), &names); err != nil {
					t.Fatal(err)
				}
				for _, name := range names {
					if name == "HOME" || name == "GOPATH" || strings.HasPrefix(name, "FNS_") {
						t.Errorf("the function sees %s", name)
					}
				}
			}},
		{"13: an endpoint's secrets are delivered",
			map[string]string{
				"my.functions/serverless.json": `{"runtime": "nodejs20.x", "version": "1.0", "endpoints": {
					"f": {"method": "GET", "file": "f.js", "secrets": ["MY_KEY"]}}}`,
				"my.functions/.env": "MY_KEY=top$ecret\nOTHER=x\n",
				"my.functions/f.js": `exports.main = (c, send) => { console.log(process.env.MY_KEY); send({body: {key: process.env.MY_KEY, other: String(process.env.OTHER)}}) };`,
			},
			func(t *testing.T, r *running) {
				if got := r.get("/_hcms/api/f"); got.body != `{"key":"top$ecret","other":"undefined"}` {
					t.Errorf("got %s", got.body)
				}
				if l, _ := next[event.Log](t, r.events, 0, nil); l.Message != "[MY_KEY]" {
					t.Errorf("the log shows %q", l.Message)
				}
			}},
		{"14: isLoggedIn is a boolean",
			map[string]string{
				"my.functions/serverless.json": manifest("f.js"),
				"my.functions/.env":            "HUBSPOT_CONTACT_IS_LOGGED_IN=false\n",
				"my.functions/f.js":            `exports.main = (c, send) => send({body: c.contact});`,
			},
			func(t *testing.T, r *running) {
				if got := r.get("/_hcms/api/f"); got.body != `{"vid":12345,"isLoggedIn":false,"listMemberships":[]}` {
					t.Errorf("got %s", got.body)
				}
			}},
		{"15: endpoint is without the query",
			one(`exports.main = (c, send) => send({body: c.endpoint});`),
			func(t *testing.T, r *running) {
				if got := r.get("/_hcms/api/f?a=1"); got.body != "f" {
					t.Errorf("got %s", got.body)
				}
			}},
		{"16: console lines keep order and level",
			one(`exports.main = (c, send) => { console.log("a"); console.error("b"); console.info("c"); console.warn("d"); send({}) };`),
			func(t *testing.T, r *running) {
				r.get("/_hcms/api/f")
				next[event.Invocation](t, r.events, 0, nil)
				var got string
				for _, e := range r.events.all() {
					if l, ok := e.(event.Log); ok {
						got += fmt.Sprintf("%s %s,", l.Level, l.Message)
					}
				}
				if got != "INFO a,ERROR b,INFO c,WARN d," {
					t.Errorf("logged %s", got)
				}
			}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.check(t, start(t, tt.files))
		})
	}
}

// timesOut calls f, which must end with Lambda's answer to a timeout.
func timesOut(t *testing.T, r *running) {
	t.Helper()
	begun := time.Now()
	got := r.get("/_hcms/api/f")
	took := time.Since(begun)
	most := limits.All().TimeFor(r.project().Functions[0], false)
	if got.status != 500 || !strings.Contains(got.body, fmt.Sprintf("Task timed out after %.2f seconds", most.Seconds())) {
		t.Errorf("got %d %s", got.status, got.body)
	}
	if took < most || took > most+10*time.Second {
		t.Errorf("it took %s, the limit is %s", took, most)
	}
}

func TestProjectsThatAreWrongAreRefusedAtStart(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		files map[string]string
		file  string // that the first error is in
	}{
		{"6: a syntax error", map[string]string{"my.functions/serverless.json": manifest("f.js"), "my.functions/f.js": "exports.main = ("}, "my.functions/f.js"},
		{"7: a file that is missing", map[string]string{"my.functions/serverless.json": manifest("f.js")}, "my.functions/serverless.json"},
		{"21: a folder without functions", map[string]string{"readme.txt": "x"}, ""},
		{"21: a broken manifest", map[string]string{"my.functions/serverless.json": `{"endpoints": `, "my.functions/f.js": ""}, "my.functions/serverless.json"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := tryStart(t, tt.files)
			var list *diag.ListError
			if !asError(err, &list) || !list.List.HasErrors() {
				t.Fatalf("got %v, want diagnostics", err)
			}
			if d := list.List[0]; tt.file != "" && (!strings.HasSuffix(filepath.ToSlash(d.Range.File), tt.file) || d.Range.Start.Line == 0) {
				t.Errorf("the error is %s, want a place in %s", d, tt.file)
			}
		})
	}
}

func TestAMissingMethodIsGET(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{
		"my.functions/serverless.json": `{"runtime": "nodejs20.x", "version": "1.0", "endpoints": {"f": {"file": "f.js"}}}`,
		"my.functions/f.js":            answering("x"),
	})
	if got := r.get("/_hcms/api/f"); got.status != 200 {
		t.Errorf("got %d", got.status)
	}
}

func TestAPortThatIsTaken(t *testing.T) {
	t.Parallel()
	taken, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	port := taken.Addr().(*net.TCPAddr).Port
	files := map[string]string{"my.functions/serverless.json": manifest("f.js"), "my.functions/f.js": answering("x")}

	t.Run("20: gives an error that names it where it was asked for", func(t *testing.T) {
		t.Parallel()
		_, err := tryStart(t, files, func(o *Options) { o.Port, o.PortGiven = port, true })
		var taken *PortError
		if !asError(err, &taken) || taken.Port != port || !strings.Contains(err.Error(), fmt.Sprint(port)) {
			t.Fatalf("got %v", err)
		}
		if _, err := os.Stat("/proc/net/tcp"); err == nil && !strings.Contains(taken.Holder, fmt.Sprint(os.Getpid())) {
			t.Errorf("holder %q, want this process %d", taken.Holder, os.Getpid())
		}
	})
	t.Run("leads to the next free one where it was not", func(t *testing.T) {
		t.Parallel()
		r := start(t, files, func(o *Options) { o.Port = port })
		e, _ := next[event.Started](t, r.events, 0, nil)
		if e.RequestedPort != port || e.Port <= port || r.get("/_hcms/api/f").body != "x" {
			t.Errorf("started on %d, requested %d", e.Port, e.RequestedPort)
		}
	})
}
