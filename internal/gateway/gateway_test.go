package gateway

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/env"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/project"
)

// fakePool answers every invocation with one payload or error.
type fakePool struct {
	payload string
	err     *engine.FunctionError
	took    time.Duration
	log     string

	mu       sync.Mutex
	contexts []string
	times    []time.Duration
}

// Invoke answers.
func (p *fakePool) Invoke(_ context.Context, _ *engine.Function, inv engine.Invocation, logs func(engine.LogRecord)) engine.Result {
	p.mu.Lock()
	p.contexts = append(p.contexts, string(inv.Context))
	p.times = append(p.times, inv.Time)
	p.mu.Unlock()
	if p.log != "" {
		logs(engine.LogRecord{Level: engine.Info, Message: p.log})
	}
	return engine.Result{Payload: json.RawMessage(p.payload), Error: p.err, Stats: engine.Stats{Duration: p.took, Engine: "fake"}}
}

func (p *fakePool) last(t *testing.T) map[string]any {
	t.Helper()
	if len(p.contexts) == 0 {
		t.Fatal("no function ran")
	}
	var v map[string]any
	text := p.contexts[len(p.contexts)-1]
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("the context is no JSON: %v\n%s", err, text)
	}
	return v
}

type sink struct {
	mu   sync.Mutex
	list []event.Event
}

// Emit keeps e.
func (s *sink) Emit(e event.Event) { s.mu.Lock(); defer s.mu.Unlock(); s.list = append(s.list, e) }

type hide string

// Redact hides one value.
func (h hide) Redact(s string) string { return strings.ReplaceAll(s, string(h), "[KEY]") }

func mock() env.Mock {
	return env.Mock{AccountID: 77, TimeRemaining: limits.All().Max(limits.Budget, nil, false), ExecutionsRemaining: 60,
		Contact: &env.Contact{VID: 5, IsLoggedIn: true, ListMemberships: []int64{1, 2}}}
}

func route1(gen project.Generation, name, path string, methods ...string) Route {
	fn := &project.Function{Name: name, Generation: gen, Private: gen != project.DesignManager, UsesCallback: gen == project.DesignManager}
	if path != "" {
		fn.Endpoint = &project.Endpoint{Path: path, Methods: methods}
	}
	return Route{Function: fn, Engine: &engine.Function{Name: name},
		Env: env.Resolved{Mock: mock(), Values: map[string]string{"KEY": "s3cret", project.TokenVariable: "pat"}}}
}

func routes() []Route {
	return []Route{
		route1(project.DesignManager, "dm", "events/update", "GET", "POST"),
		route1(project.Platform, "app", "shop", "GET", "POST"),
		route1(project.Platform, "card", ""),
	}
}

type fixture struct {
	pool *fakePool
	sink *sink
	*Handler
}

func newFixture(set limits.Set, change ...func(*Options)) *fixture {
	f := &fixture{pool: &fakePool{payload: `{"body":"x"}`}, sink: &sink{}}
	opts := Options{Pool: f.pool, Sink: f.sink, Redactor: hide("s3cret"), Limits: set}
	for _, c := range change {
		c(&opts)
	}
	f.Handler = New(opts)
	f.Swap(NewGeneration(routes(), set, 0, false))
	return f
}

const (
	dmURL  = "http://localhost:3000/_hcms/api/events/update"
	appURL = "http://localhost:3000/hs/serverless/shop"
)

func request(method, url, body string, headers ...string) *http.Request {
	var r io.Reader
	if body != "" {
		r = strings.NewReader(body)
	}
	req := httptest.NewRequest(method, url, r)
	req.RemoteAddr = "127.0.0.1:5555"
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Add(headers[i], headers[i+1])
	}
	return req
}

func (f *fixture) do(req *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	f.ServeHTTP(w, req)
	return w
}

const isJSON = "application/json"

func TestContexts(t *testing.T) {
	t.Parallel()
	headers := map[string]any{"host": "localhost:3000", "true-client-ip": "127.0.0.1", "x-forwarded-for": "127.0.0.1"}
	with := func(more ...string) map[string]any {
		m := map[string]any{}
		for k, v := range headers {
			m[k] = v
		}
		for i := 0; i < len(more); i += 2 {
			m[more[i]] = more[i+1]
		}
		return m
	}
	contact := map[string]any{"vid": 5.0, "isLoggedIn": true, "listMemberships": []any{1.0, 2.0}}
	fresh := map[string]any{"executionsRemaining": 60.0, "timeRemaining": 600000.0}
	secrets := map[string]any{"KEY": "s3cret", "PRIVATE_APP_ACCESS_TOKEN": "pat"}
	for _, tt := range []struct {
		name string
		req  *http.Request
		want map[string]any
	}{
		{"a GET of the design manager", request("GET", dmURL+"?q=1&q=2&z=%C3%A4+b&bad=%zz", "", "Accept", "*/*", "Authorization", "no", "Cookie", "a=1", "Cookie", "b=2"), map[string]any{
			"accountId": 77.0, "body": map[string]any{}, "contact": contact, "endpoint": "events/update", "secrets": secrets,
			"headers": with("accept", "*/*", "cookie", "a=1; b=2"), "limits": fresh, "method": "GET",
			"params": map[string]any{"q": []any{"1", "2"}, "z": []any{"ä b"}, "bad": []any{"%zz"}},
		}},
		{"a POST of the design manager", request("POST", dmURL, `{"a": [1, null, "ü"]}`, "Content-Type", "application/json; charset=utf-8"), map[string]any{
			"accountId": 77.0, "body": map[string]any{"a": []any{1.0, nil, "ü"}}, "contact": contact, "endpoint": "events/update", "secrets": secrets,
			"headers": with("content-type", "application/json; charset=utf-8"), "limits": fresh, "method": "POST", "params": map[string]any{},
		}},
		{"a posted form", request("POST", dmURL+"?a=0", "a=1&b=x%26y", "Content-Type", "application/x-www-form-urlencoded"), map[string]any{
			"accountId": 77.0, "body": map[string]any{}, "contact": contact, "endpoint": "events/update", "secrets": secrets,
			"headers": with("content-type", "application/x-www-form-urlencoded"), "limits": fresh, "method": "POST",
			"params": map[string]any{"a": []any{"0", "1"}, "b": []any{"x&y"}},
		}},
		{"a project's endpoint", request("POST", appURL+"?a=1", `"text"`, "Content-Type", isJSON, "X-Forwarded-For", "1.2.3.4", "X-HubSpot-Signature-V3", "sig"), map[string]any{
			"HS_FUNCTION_NAME": "app", "accountId": 77.0, "body": "text", "method": "POST", "params": map[string]any{"a": []any{"1"}},
			"headers": with("content-type", isJSON, "x-forwarded-for", "1.2.3.4", "x-hubspot-signature-v3", "sig"),
		}},
		{"a UI extension's call", request("POST", "http://localhost"+PrivatePath+"99", `{"serverlessFunction": "card", "parameters": {"p": 1}, "event": {"type": "T"}}`, "Content-Type", isJSON), map[string]any{
			"accountId": 77.0, "parameters": map[string]any{"p": 1.0}, "propertiesToSend": map[string]any{}, "event": map[string]any{"type": "T"},
			"secrets": map[string]any{"PRIVATE_APP_ACCESS_TOKEN": "pat"},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(limits.All())
			if w := f.do(tt.req); w.Code != 200 {
				t.Fatalf("answer %d %s", w.Code, w.Body)
			}
			if d := cmp.Diff(tt.want, f.pool.last(t)); d != "" {
				t.Errorf("context (-want +got):\n%s", d)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	big := `"` + strings.Repeat("x", int(limits.All().Max(limits.Request, nil, false))) + `"`
	chunked := request("POST", dmURL, "", "Content-Type", isJSON)
	chunked.Body, chunked.ContentLength = io.NopCloser(strings.NewReader(big)), -1
	foreign := request("GET", dmURL, "")
	foreign.Host = "attacker.example:3000"
	for _, tt := range []struct {
		name    string
		req     *http.Request
		off     limits.ID // the switch that lets it pass
		status  int
		message string
	}{
		{"a body that is too large", request("POST", dmURL, big, "Content-Type", isJSON), limits.Request, 413, "6 MB"},
		{"one whose length is not announced", chunked, "", 413, "6 MB"},
		{"a body that is no JSON by its type", request("POST", appURL, "x=1", "Content-Type", "text/plain"), limits.ContentType, 415, "text/plain"},
		{"a body without a type", request("POST", appURL, "{}"), limits.ContentType, 415, "no Content-Type"},
		{"a form for a project", request("POST", appURL, "x=1", "Content-Type", "application/x-www-form-urlencoded"), limits.ContentType, 415, "application/json"},
		{"malformed JSON", request("POST", appURL, "{\n \"ä\": x}", "Content-Type", isJSON), "", 400, "line 2, column 7"},
		{"JSON with something after it", request("POST", appURL, "{} {}", "Content-Type", isJSON), "", 400, "line 1, column 4"},
		{"an unknown path", request("GET", "http://localhost/update", ""), "", 404, "did you mean /_hcms/api/events/update?"},
		{"a typing error", request("GET", "http://localhost/hs/serverless/shp", ""), "", 404, "did you mean /hs/serverless/shop?"},
		{"a method that is not declared", request("PUT", appURL, ""), "", 405, "does not take PUT, but GET, POST"},
		{"a host that is not this machine", foreign, "", 403, "attacker.example"},
		{"a POST by a foreign page", request("POST", appURL, "{}", "Content-Type", isJSON, "Origin", "https://attacker.example"), "", 403, "attacker.example"},
		{"a private call by a foreign page", request("POST", "http://localhost"+PrivatePath+"1", "{}", "Origin", "https://hubspot.com.attacker.example"), "", 403, "may not"},
		{"a private call without a name", request("POST", "http://localhost"+PrivatePath+"1", "{}", "Content-Type", isJSON), "", 400, "serverlessFunction"},
		{"a private call with GET", request("GET", "http://localhost"+PrivatePath+"1", ""), "", 405, "POST"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(limits.All())
			text, _ := io.ReadAll(tt.req.Body)
			again := func() *http.Request {
				r := tt.req.Clone(t.Context())
				r.Body = io.NopCloser(strings.NewReader(string(text)))
				return r
			}
			w := f.do(again())
			var body errorBody
			if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil || body.Status != "error" || body.CorrelationID == "" || body.Category == "" {
				t.Errorf("not HubSpot's error shape: %s", w.Body)
			}
			if w.Code != tt.status || !strings.Contains(body.Message, tt.message) {
				t.Errorf("got %d %s, want %d with %q", w.Code, body.Message, tt.status, tt.message)
			}
			if len(f.pool.contexts) > 0 {
				t.Error("the function ran")
			}
			if len(f.sink.list) != 1 || f.sink.list[0].(event.Refused).HTTPStatus != tt.status {
				t.Errorf("events %+v", f.sink.list)
			}
			if tt.off != "" {
				if w := newFixture(limits.All().Without(tt.off)).do(again()); w.Code != 200 {
					t.Errorf("without the limit: %d %s", w.Code, w.Body)
				}
			}
		})
	}
}

func TestAnUnknownPrivateFunctionGetsHubSpotsAnswer(t *testing.T) {
	t.Parallel()
	f := newFixture(limits.All())
	w := f.do(request("POST", "http://localhost"+PrivatePath+"99", `{"serverlessFunction":"nope"}`, "Content-Type", isJSON, "Origin", "https://app.hubspot.com"))
	var body errorBody
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
		t.Fatal(err)
	}
	if w.Code != 400 || body.CorrelationID != "n/a" || body.SubCategory != "GenXExecutionErrorType.APP_ERROR" ||
		len(body.Errors) != 1 || !strings.Contains(body.Errors[0].Message, "SERVERLESS_FUNCTION_NOT_FOUND") ||
		!cmp.Equal(body.Errors[0].Context["serverlessFunction"], []string{"nope"}) {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	if got := w.Header().Get("Access-Control-Allow-Origin"); got != "https://app.hubspot.com" {
		t.Errorf("allowed origin %q", got)
	}
}

func TestPrivateAnswers(t *testing.T) {
	t.Parallel()
	call := func() *http.Request {
		return request("POST", "http://localhost"+PrivatePath+"99", `{"serverlessFunction":"card","objectQuery":{"objectPropertyNames":["email"]}}`, "Content-Type", isJSON)
	}
	for _, tt := range []struct {
		name    string
		payload string
		err     *engine.FunctionError
		status  int
		want    string // body, or with err the exception
	}{
		{"a value as it is", `{"statusCode":500,"body":null}`, nil, 200, `{"logId":"n/a","response":{"statusCode":500,"body":null}}`},
		{"undefined", `null`, nil, 200, `{"logId":"n/a","response":null}`},
		{"an error", "", &engine.FunctionError{Cause: engine.CauseThrown, Type: "TypeError", Message: "s3cret boom"}, 400, "TypeError: [KEY] boom"},
		{"no main", "", &engine.FunctionError{Cause: engine.CauseNoMain, Message: "x"}, 400, "customerPayload.main is not a function"},
		{"an answer that is no JSON", "", &engine.FunctionError{Cause: engine.CauseResponse, Message: "x"}, 400, "Wrong arguments"},
		{"a timeout", "", &engine.FunctionError{Cause: engine.CauseTimeout, Message: "x"}, 400, "Task timed out after 15.00 seconds"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(limits.All())
			f.pool.payload, f.pool.err = tt.payload, tt.err
			w := f.do(call())
			if w.Code != tt.status {
				t.Errorf("status %d", w.Code)
			}
			if f.pool.times[0] != 15*time.Second {
				t.Errorf("it may run for %s", f.pool.times[0])
			}
			if tt.err == nil {
				if w.Body.String() != tt.want {
					t.Errorf("got %s, want %s", w.Body, tt.want)
				}
			} else {
				var body errorBody
				if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
					t.Fatal(err)
				}
				if e := body.Errors[0]; !strings.Contains(e.Context["exception"][0], tt.want) || !strings.HasPrefix(e.Message, "The serverless function 'card' failed to execute: ") {
					t.Errorf("got %s", w.Body)
				}
			}
			ev := f.sink.list[0].(event.Invocation)
			if want := tt.err == nil; want != (ev.Status == event.Success) || len(ev.Warnings) != 1 {
				t.Errorf("event %+v", ev)
			}
		})
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	type want struct {
		status   int
		mime     string
		body     string
		header   map[string][]string
		warnings int
	}
	for _, tt := range []struct {
		name    string
		url     string
		payload string
		want    want
	}{
		{"an object", dmURL, `{"statusCode":404,"body":{"a":null}}`, want{404, jsonType, `{"a":null}`, nil, 0}},
		{"status 500 keeps its body", dmURL, `{"statusCode":500,"body":{"a":1}}`, want{500, jsonType, `{"a":1}`, nil, 0}},
		{"a status in a text", dmURL, `{"statusCode":"201","body":"a\"b\n"}`, want{201, htmlType, "a\"b\n", nil, 0}},
		{"a text of the design manager is HTML", dmURL, `{"body":"<b>"}`, want{200, htmlType, "<b>", nil, 0}},
		{"a text of a project is plain", appURL, `{"body":"challenge"}`, want{200, textType, "challenge", nil, 0}},
		{"a text of a project that is JSON", appURL, `{"body":"{\"a\":null}"}`, want{200, jsonType, `{"a":null}`, nil, 0}},
		{"a number", dmURL, `{"body":404}`, want{200, jsonType, `404`, nil, 0}},
		{"no body", dmURL, `{"statusCode":202}`, want{202, "", "", nil, 0}},
		{"a null body", appURL, `{"statusCode":200,"body":null}`, want{200, "", "", nil, 0}},
		{"204 has no body", dmURL, `{"statusCode":204,"body":"x"}`, want{204, "", "", nil, 0}},
		{"headers", dmURL, `{"statusCode":301,"headers":{"Location":"/x","X-Num":7,"content-type":"text/css","X-List":["a","b"],"X-Null":null},"body":"x"}`,
			want{301, "text/css", "x", map[string][]string{"Location": {"/x"}, "X-Num": {"7"}, "X-List": {"a", "b"}, "X-Null": nil}, 0}},
		{"multiValueHeaders and Set-Cookie", dmURL, `{"multiValueHeaders":{"Set-Cookie":["a=1","b=2"]},"Set-Cookie":"c=3","body":""}`,
			want{200, htmlType, "", map[string][]string{"Set-Cookie": {"a=1", "b=2", "c=3"}}, 0}},
		{"headers of the connection are the server's", dmURL, `{"headers":{"Content-Length":"99","Connection":"close","Transfer-Encoding":"chunked"},"body":"x"}`,
			want{200, htmlType, "x", map[string][]string{"Connection": nil, "Transfer-Encoding": nil, "Content-Length": {"1"}}, 0}},
		{"headers that can't be sent", dmURL, `{"headers":{"X\n":"1","X-A":"a\r\nb","X-B":{}},"body":"x"}`, want{200, htmlType, "x", map[string][]string{"X-A": nil}, 3}},
		{"null properties of the platform", appURL, `{"body":{"a":null,"b":[null,{"c":null,"d":"null"}],"e":1}}`, want{200, jsonType, `{"b":[null,{"d":"null"}],"e":1}`, nil, 1}},
		{"a bare text of a project", appURL, `"hello"`, want{200, textType, "hello", nil, 0}},
		{"a bare object of a project", appURL, `{"message":"hi"}`, want{200, jsonType, `{"message":"hi"}`, nil, 0}},
		{"a bare object of the design manager", dmURL, `{"message":"hi"}`, want{200, "", "", nil, 1}},
		{"undefined", appURL, `null`, want{200, "", "", nil, 1}},
		{"a status that is none", dmURL, `{"statusCode":"ok","body":"x"}`, want{500, jsonType, "", nil, 0}},
		{"an informational status", dmURL, `{"statusCode":100,"body":"x"}`, want{500, jsonType, "", nil, 0}},
		{"a status beyond all", dmURL, `{"statusCode":600,"body":"x"}`, want{500, jsonType, "", nil, 0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(limits.All())
			f.pool.payload = tt.payload
			w := f.do(request("GET", tt.url, ""))
			got := want{w.Code, w.Header().Get("Content-Type"), w.Body.String(), tt.want.header, 0}
			ev := f.sink.list[0].(event.Invocation)
			got.warnings = len(ev.Warnings)
			if tt.want.status == 500 && ev.Error != nil {
				got.body = ""
				if ev.Status != event.UnhandledError || ev.Error.Cause != engine.CauseResponse {
					t.Errorf("event %+v", ev)
				}
			}
			if d := cmp.Diff(tt.want, got, cmp.AllowUnexported(want{})); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			for name, values := range tt.want.header {
				if d := cmp.Diff(values, w.Header()[name]); d != "" {
					t.Errorf("%s (-want +got):\n%s", name, d)
				}
			}
		})
	}
}

func TestFailuresOfEndpoints(t *testing.T) {
	t.Parallel()
	f := newFixture(limits.All())
	f.pool.log = "it is s3cret"
	f.pool.err = &engine.FunctionError{Cause: engine.CauseTimeout, Type: "Sandbox.Timedout", Message: "goja stopped s3cret", Stack: []string{"    at f (s3cret.js:1:1)"}}
	w := f.do(request("GET", dmURL, ""))
	if w.Code != 500 || !strings.Contains(w.Body.String(), "Task timed out after 10.00 seconds") || strings.Contains(w.Body.String(), "s3cret") {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	if l := f.sink.list[0].(event.Log); l.Message != "it is [KEY]" {
		t.Errorf("log %q", l.Message)
	}
	ev := f.sink.list[1].(event.Invocation)
	if ev.Status != event.UnhandledError || ev.HTTPStatus != 500 || ev.Error.Stack[0] != "    at f ([KEY].js:1:1)" {
		t.Errorf("event %+v", ev)
	}
	if w.Header().Get("X-Fns-Request-Id") != ev.ID {
		t.Error("the answer does not name the invocation")
	}
}

func TestAFunctionThatWasNeverBuiltFailsAlone(t *testing.T) {
	t.Parallel()
	f := newFixture(limits.All())
	list := routes()
	list[0].Engine = nil
	list[0].Problems = diag.List{{Severity: diag.Error, Summary: "unexpected end", Range: diag.Range{File: "/p/f.js", Start: diag.Position{Line: 3, Column: 4}}}}
	f.Swap(NewGeneration(list, limits.All(), 0, true))
	if w := f.do(request("GET", dmURL, "")); w.Code != 500 || !strings.Contains(w.Body.String(), "/p/f.js:3:4") {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	if w := f.do(request("GET", appURL, "")); w.Code != 200 || w.Header().Get("X-Fns-Stale") != "1" {
		t.Errorf("the other one got %d", w.Code)
	}
}

func TestTheBudgetOfTheAccount(t *testing.T) {
	t.Parallel()
	f := newFixture(limits.All())
	f.pool.took = 200 * time.Second
	for i, left := range []float64{600_000.0, 400_000, 200_000} {
		if w := f.do(request("GET", dmURL, "")); w.Code != 200 {
			t.Fatalf("call %d: %d", i, w.Code)
		}
		got := f.pool.last(t)["limits"].(map[string]any)
		// What runs at the same moment may take a millisecond off.
		if ms := got["timeRemaining"].(float64); ms > left || ms < left-1000 {
			t.Errorf("call %d: timeRemaining %v, want %v", i, ms, left)
		}
	}
	w := f.do(request("GET", appURL, ""))
	if w.Code != 429 || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "allows 600") {
		t.Errorf("got %d %v %s", w.Code, w.Header(), w.Body)
	}
	if w := f.do(request("POST", "http://localhost"+PrivatePath+"1", `{"serverlessFunction":"card"}`, "Content-Type", isJSON)); w.Code != 429 {
		t.Errorf("a private call got %d", w.Code)
	}
	off := limits.All().Without(limits.Budget)
	f.Swap(NewGeneration(routes(), off, 0, false))
	if w := f.do(request("GET", appURL, "")); w.Code != 200 {
		t.Errorf("without the limit: %d", w.Code)
	}
}

func TestTheBudgetSlides(t *testing.T) {
	t.Parallel()
	b := newBudget()
	at := func(s int) time.Time { return b.origin.Add(time.Duration(s) * time.Second) }
	most := 600 * time.Second
	_, token, ok := b.begin(at(0), most)
	if !ok {
		t.Fatal("refused at first")
	}
	if used, other, ok := b.begin(at(10), most); !ok || used != 10*time.Second {
		t.Errorf("used %s while one runs for 10 s", used)
	} else {
		b.end(other, at(10), 0)
	}
	b.end(token, at(10), most)
	if _, _, ok := b.begin(at(30), most); ok {
		t.Error("allowed with all used up")
	}
	if retry := b.retryAfter(at(30), most); retry < 39*time.Second || retry > 41*time.Second {
		t.Errorf("retry after %s, want 40 s", retry)
	}
	if used, _, ok := b.begin(at(71), most); !ok || used != 0 {
		t.Errorf("after a minute %s are still used", used)
	}
}

func TestHEADAndOPTIONS(t *testing.T) {
	t.Parallel()
	f := newFixture(limits.All())
	w := f.do(request("HEAD", dmURL, ""))
	if w.Code != 200 || w.Body.Len() != 0 || w.Header().Get("Content-Length") != "1" {
		t.Errorf("HEAD got %d %v %q", w.Code, w.Header(), w.Body)
	}
	for _, tt := range []struct{ name, url, origin, method, allowed string }{
		{"a page of this machine may POST", appURL, "http://localhost:5173", "POST", "http://localhost:5173"},
		{"a foreign page may not", appURL, "https://a.example", "POST", ""},
		{"but may GET", appURL, "https://a.example", "GET", "*"},
		{"HubSpot's pages may call private functions", "http://localhost" + PrivatePath + "1", "https://app-eu1.hubspot.com", "POST", "https://app-eu1.hubspot.com"},
		{"opaque origins may not", "http://localhost" + PrivatePath + "1", "null", "POST", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := f.do(request("OPTIONS", tt.url, "", "Origin", tt.origin, "Access-Control-Request-Method", tt.method, "Access-Control-Request-Headers", "content-type"))
			if got := w.Header().Get("Access-Control-Allow-Origin"); got != tt.allowed {
				t.Errorf("allowed origin %q, want %q (%d)", got, tt.allowed, w.Code)
			}
			if tt.allowed != "" && w.Header().Get("Access-Control-Allow-Headers") != "content-type" {
				t.Errorf("headers %v", w.Header())
			}
		})
	}
}

func TestHosts(t *testing.T) {
	t.Parallel()
	f := newFixture(limits.All(), func(o *Options) { o.Hosts = []string{"my.tunnel.example"} })
	for host, want := range map[string]int{
		"localhost:3000": 200, "127.0.0.1:1": 200, "[::1]:3000": 200, "::1": 200, "LOCALHOST": 200, "my.localhost:3000": 200,
		"hslocal.net:3000": 200, "my.tunnel.example": 200, "evil.example": 403, "127.0.0.1.evil.example": 403, "localhost.evil.example": 403, "": 403,
	} {
		req := request("GET", dmURL, "")
		req.Host = host
		if w := f.do(req); w.Code != want {
			t.Errorf("Host %q got %d, want %d", host, w.Code, want)
		}
	}
}

func TestWhichPagesMayCallFunctions(t *testing.T) {
	t.Parallel()
	private := "http://localhost" + PrivatePath + "1"
	for origin, want := range map[string]struct{ private, endpoint, get int }{
		"http://localhost:5173":         {200, 200, 200}, // the extension's dev server
		"https://hslocal.net:5173":      {200, 200, 200},
		"https://app.hubspot.com":       {200, 403, 200},
		"https://app-eu1.hubspot.com":   {200, 403, 200},
		"https://app.hubspotqa.com":     {200, 403, 200},
		"http://app.hubspot.com":        {403, 403, 200}, // anybody on the network may be that
		"https://app.hubspot.com.a.bad": {403, 403, 200},
		"https://hubspot.com@a.bad":     {403, 403, 200},
		"https://nothubspot.com":        {403, 403, 200},
		"null":                          {403, 403, 200}, // any page can make a sandboxed frame
		"file://":                       {403, 403, 200},
		"chrome-extension://localhost":  {403, 403, 200},
		"https://my.test":               {403, 403, 200},
	} {
		for name, tt := range map[string]struct {
			req  *http.Request
			want int
		}{
			"private call": {request("POST", private, `{"serverlessFunction": "card"}`, "Content-Type", isJSON, "Origin", origin), want.private},
			"POST":         {request("POST", appURL, `{}`, "Content-Type", isJSON, "Origin", origin), want.endpoint},
			"GET":          {request("GET", appURL, "", "Origin", origin), want.get},
		} {
			f := newFixture(limits.All())
			w := f.do(tt.req)
			if w.Code != tt.want {
				t.Errorf("%s from %s: got %d %s, want %d", name, origin, w.Code, w.Body, tt.want)
			}
			allowed := w.Header().Get("Access-Control-Allow-Origin")
			if readable := allowed == origin || allowed == "*"; readable != (tt.want == 200) {
				t.Errorf("%s from %s: %d, but Access-Control-Allow-Origin is %q", name, origin, w.Code, allowed)
			}
		}
	}
	f := newFixture(limits.All(), func(o *Options) { o.Origins = []string{"https://my.test", "null"} })
	for _, origin := range f.origins {
		for _, url := range []string{private, appURL} {
			w := f.do(request("POST", url, `{"serverlessFunction": "card"}`, "Content-Type", isJSON, "Origin", origin))
			if w.Code != 200 || w.Header().Get("Access-Control-Allow-Origin") != origin {
				t.Errorf("%s, which is allowed: got %d %v", origin, w.Code, w.Header())
			}
		}
	}
	if w := f.do(request("POST", private, `{}`, "Content-Type", isJSON, "Origin", "https://your.test")); w.Code != 403 {
		t.Errorf("one that is not allowed got %d", w.Code)
	}
}

func TestHeadersThatAreNotPassedOnAreWarnedOf(t *testing.T) {
	t.Parallel()
	req := func() *http.Request {
		return request("GET", appURL, "", "X-Hook-Secret", "1", "Sec-Fetch-Mode", "cors")
	}
	f := newFixture(limits.All())
	f.do(req())
	if ev := f.sink.list[0].(event.Invocation); len(ev.Warnings) != 1 || !strings.Contains(ev.Warnings[0], "x-hook-secret") {
		t.Errorf("warnings %v", ev.Warnings)
	}
	all := newFixture(limits.All(), func(o *Options) { o.AllHeaders = true })
	all.do(req())
	if h := all.pool.last(t)["headers"].(map[string]any); h["x-hook-secret"] != "1" {
		t.Errorf("headers %v", h)
	}
}

func TestRequestsKeepTheGenerationTheyBeganWith(t *testing.T) {
	t.Parallel()
	f := newFixture(limits.All())
	old := f.current.Load()
	f.Swap(NewGeneration(nil, limits.All(), 0, false))
	if old.lookup("/hs/serverless/shop") == nil || old.lookup("/hs/serverless/shop/") == nil {
		t.Error("the old generation lost its route")
	}
	if w := f.do(request("GET", appURL, "")); w.Code != 404 {
		t.Errorf("a new request got %d", w.Code)
	}
}

func BenchmarkRequest(b *testing.B) {
	for _, bb := range []struct{ name, method, body string }{{"GET", "GET", ""}, {"POST", "POST", `{"email":"a@b.c","n":[1,2,3]}`}} {
		b.Run(bb.name, func(b *testing.B) {
			f := &fixture{pool: nil, sink: nil}
			f.Handler = New(Options{Pool: quick{}, Sink: nowhere{}, Limits: limits.All()})
			f.Swap(NewGeneration(routes(), limits.All(), 0, false))
			req := request(bb.method, dmURL+"?a=1", "", "Content-Type", isJSON, "User-Agent", "bench", "Accept", "*/*")
			w := &discard{header: http.Header{}}
			b.ReportAllocs()
			for b.Loop() {
				if bb.body != "" {
					req.Body, req.ContentLength = io.NopCloser(strings.NewReader(bb.body)), int64(len(bb.body))
				}
				clear(w.header)
				f.ServeHTTP(w, req)
			}
		})
	}
}

type quick struct{}

// Invoke answers at once.
func (quick) Invoke(context.Context, *engine.Function, engine.Invocation, func(engine.LogRecord)) engine.Result {
	return engine.Result{Payload: json.RawMessage(`{"statusCode":200,"body":{"hello":"world"}}`)}
}

type nowhere struct{}

// Emit drops the event.
func (nowhere) Emit(event.Event) {}

type discard struct{ header http.Header }

// Header gives the headers.
func (d *discard) Header() http.Header { return d.header }

// WriteHeader does nothing.
func (d *discard) WriteHeader(int) {}

// Write drops p.
func (d *discard) Write(p []byte) (int, error) { return len(p), nil }
