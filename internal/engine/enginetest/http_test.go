package enginetest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/devserver"
	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/engine/enginetest"
	"github.com/fns-dev/fns/internal/engine/nodeengine"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/redact"
	"github.com/fns-dev/fns/internal/worker"
)

// call is a request.
type call struct {
	name, method, path, body string
}

func designManager() (map[string]string, []call) {
	files := map[string]string{
		"a.functions/.env":          "KEY=s3cret\n",
		"a.functions/lib/deep.js":   "exports.fail = (what) => {\n  throw new RangeError(`no ${what}`);\n};\n",
		"a.functions/lib/typed.ts":  "export const twice = (n: number): number => n * 2;\n\nexport function broken(): never {\n  const list: { id: number }[] = [];\n  return list[0].id as never;\n}\n",
		"a.functions/package.json":  `{"dependencies": {}}`,
		"a.functions/data/one.json": `{"one": 1}`,
	}
	codes := map[string]string{
		"text":      `exports.main = (c, send) => send({ statusCode: 200, body: 'plain' });`,
		"object":    `exports.main = (c, send) => send({ statusCode: 201, body: { a: [1, null, 'ü🎉'], b: undefined, d: new Date(0) } });`,
		"headers":   `exports.main = (c, send) => send({ statusCode: 200, headers: { 'X-One': '1', 'content-type': 'text/html' }, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] }, body: '<p>' });`,
		"nobody":    `exports.main = (c, send) => send({ statusCode: 204 });`,
		"returned":  `exports.main = async () => ({ statusCode: 202, body: 'returned' });`,
		"redirect":  `exports.main = (c, send) => send({ statusCode: 302, headers: { Location: '/x' } });`,
		"handled":   `exports.main = (c, send) => { console.error('down'); send({ statusCode: 503, body: { why: 'down' } }); };`,
		"context":   `exports.main = (c, send) => { const { headers, limits, ...rest } = c; send({ body: { ...rest, ua: headers['user-agent'], key: process.env.KEY, tz: process.env.TZ } }); };`,
		"logs":      "exports.main = (c, send) => {\n  console.log('one', { two: [2] });\n  console.warn('%s is %d', 'three', 3);\n  console.error(new Error('shown').message);\n  console.debug(new Map([[1, { a: 1 }]]));\n  console.info('key', process.env.KEY);\n  send({ body: 'logged' });\n};",
		"throws":    "const { fail } = require('./lib/deep');\nexports.main = (c) => {\n  fail('luck');\n};",
		"rejects":   "const { fail } = require('./lib/deep');\nconst inner = async () => {\n  await null;\n  fail('promise');\n};\nexports.main = async () => {\n  await inner();\n};",
		"late":      "exports.main = () => {\n  setTimeout(() => {\n    throw new TypeError('late');\n  }, 1);\n};",
		"unhandled": "exports.main = () => {\n  Promise.reject(new Error('lost'));\n  setTimeout(() => {}, 1e5);\n};",
		"undefined": "exports.main = (c, send) => {\n  const x = c.nothing;\n  send({ body: x.deep });\n};",
		"string":    `exports.main = () => { throw 'just text'; };`,
		"cause":     "exports.main = () => {\n  throw new Error('outer', { cause: new Error('inner') });\n};",
		"silent":    `exports.main = () => {};`,
		"exits":     `exports.main = () => process.exit(4);`,
		"nomain":    `exports.other = 1;`,
		"noload":    "const a = null;\nconst b = a.b;\nexports.main = () => {};",
		"missing":   `require('left-pad-4'); exports.main = () => {};`,
		"typed":     "",
		"module":    "",
		"state":     `let n = 0; exports.main = (c, send) => send({ body: String(++n) });`,
		"cyclic":    `exports.main = (c, send) => { const a = {}; a.a = a; send({ body: a }); };`,
		"file":      `exports.main = (c, send) => send({ body: require('./data/one.json') });`,
		"reads":     `const fs = require('fs'); const path = require('path'); exports.main = (c, send) => send({ body: fs.readFileSync(path.join(__dirname, 'data/one.json'), 'utf8') });`,
	}
	endpoints := map[string]any{}
	var calls []call
	for name, code := range codes {
		file := name + ".js"
		switch name {
		case "typed":
			file = "typed.ts"
			code = "import { twice, broken } from './lib/typed';\n\nexports.main = (c: { body: { n: number } }) => {\n  console.log(twice(c.body.n));\n  broken();\n};"
		case "module":
			file = "module.mjs"
			code = "import path, { join } from 'node:path';\nimport data from './data/one.json';\nexport const main = async (c) => ({ statusCode: 200, body: [join('a', 'b'), path.sep, data.one] });"
		}
		files["a.functions/"+file] = code
		endpoints[name] = map[string]any{"file": file, "method": "POST"}
		calls = append(calls, call{name, "POST", "/_hcms/api/" + name + "?q=1&q=2", `{"n": 4}`})
	}
	calls = append(calls, call{"state again", "POST", "/_hcms/api/state", ``}, call{"not there", "GET", "/_hcms/api/nothing", ``}, call{"wrong method", "GET", "/_hcms/api/text", ``})
	files["a.functions/serverless.json"] = string(mustJSON(map[string]any{"runtime": "nodejs20.x", "version": "1.0", "secrets": []string{"KEY"}, "endpoints": endpoints}))
	return files, calls
}

func platform() (map[string]string, []call) {
	files := map[string]string{
		"hsproject.json":               `{"name": "p", "srcDir": "src", "platformVersion": "2026.03"}`,
		"src/app/app-hsmeta.json":      `{"uid": "app", "type": "app", "config": {"name": "App", "distribution": "private", "auth": {"type": "static"}}}`,
		"src/app/functions/lib/sum.js": "export const sum = (list) => {\n  if (!Array.isArray(list)) throw new TypeError('list expected');\n  return list.reduce((a, b) => a + b, 0);\n};\n",
	}
	var calls []call
	for name, code := range map[string]string{
		"value":    `exports.main = async () => ({ statusCode: 200, body: { fine: true }, headers: { 'x-a': 'b' } });`,
		"bare":     `exports.main = async () => 'bare text';`,
		"number":   `exports.main = () => 7;`,
		"nothing":  `exports.main = async () => {};`,
		"async":    `exports.main = () => new Promise((resolve) => setTimeout(resolve, 5, { statusCode: 418, body: 'tea' }));`,
		"imported": "import { sum } from './lib/sum';\n\nexport const main = async (c) => {\n  console.log('sum');\n  return { body: sum(c.body.list) };\n};",
	} {
		files["src/app/functions/"+name+".js"] = code
		files["src/app/functions/"+name+"-hsmeta.json"] = string(mustJSON(map[string]any{
			"uid": name, "type": "app-function", "config": map[string]any{"entrypoint": "/app/functions/" + name + ".js", "secretKeys": []string{}, "endpoint": map[string]any{"path": name, "method": "POST"}},
		}))
		calls = append(calls, call{name, "POST", "/hs/serverless/" + name, `{"n": 4}`})
	}
	return files, calls
}

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // maps of strings only
	}
	return b
}

// answer is all that a call shows.
type answer struct {
	Status  int
	Headers http.Header
	Body    string
	Logs    []string
	End     event.Status
	Refused string
	Cause   string
	Type    string
	Message string
	Places  []string
	Hint    string
}

// recorder is the sink of a server.
type recorder struct {
	mu   sync.Mutex
	list []event.Event
}

// Emit keeps e.
func (r *recorder) Emit(e event.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.list = append(r.list, e)
}

func (r *recorder) take() []event.Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := r.list
	r.list = nil
	return list
}

// volatile is what differs from call to call: ids and times.
var volatile = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[0-9:.]+Z`)

// answers makes all calls in one engine, nil for the embedded one.
func answers(t *testing.T, dir string, calls []call, node *nodeengine.Engine) map[string]answer {
	t.Helper()
	pool, err := worker.New(worker.Options{Node: node})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
	}()
	rec := &recorder{}
	loaded, list, err := devserver.Load(t.Context(), devserver.Options{Start: dir, Limits: limits.All(), Sink: rec, Pool: cold{pool}, Redactor: redact.New(nil)})
	if err != nil {
		t.Fatal(err, list)
	}
	defer func() { _ = loaded.Close() }()
	all := map[string]answer{}
	for _, c := range calls {
		req := httptest.NewRequestWithContext(context.Background(), c.method, "http://localhost"+c.path, strings.NewReader(c.body))
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("User-Agent", "test")
		rec.take()
		res := httptest.NewRecorder()
		loaded.ServeHTTP(res, req)
		all[c.name] = seen(t, dir, res.Result(), rec.take())
	}
	return all
}

func seen(t *testing.T, dir string, res *http.Response, events []event.Event) answer {
	t.Helper()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	clean := func(s string) string { return volatile.ReplaceAllString(s, "…") }
	a := answer{Status: res.StatusCode, Headers: res.Header, Body: clean(string(body))}
	if a.Status >= 500 {
		// The stack is compared below.
		a.Body = regexp.MustCompile(`"trace":\[("[^"]*",?)*\]`).ReplaceAllString(a.Body, `"trace":[]`)
	}
	for name, values := range a.Headers {
		for i := range values {
			values[i] = clean(values[i])
		}
		if name == "X-Fns-Duration" || name == "Date" || name == "Content-Length" {
			delete(a.Headers, name)
		}
	}
	for _, e := range events {
		switch e := e.(type) {
		case event.Log:
			a.Logs = append(a.Logs, string(e.Level)+" "+clean(e.Message))
		case event.Refused:
			a.Refused = e.Reason
		case event.Invocation:
			a.End = e.Status
			if e.Error != nil {
				a.Cause, a.Type, a.Message, a.Hint = string(e.Error.Cause), e.Error.Type, clean(e.Error.Message), e.Error.Hint
				if e.Error.Cause != engine.CauseExit { // goja does not know where it was
					a.Places = enginetest.Places(e.Error.Stack, dir)
				}
			}
		}
	}
	return a
}

// cold is a pool that warms nothing: many functions would load at once.
type cold struct{ *worker.Pool }

// Warm does nothing.
func (cold) Warm(*engine.Function) {}

// TestFunctionsAnswerAlikeOverHTTP compares what a client and a reader of the log
// get on the embedded engine and on Node.
func TestFunctionsAnswerAlikeOverHTTP(t *testing.T) {
	t.Parallel()
	for name, project := range map[string]func() (map[string]string, []call){"design manager": designManager, "platform": platform} {
		t.Run(name, func(t *testing.T) {
			files, calls := project()
			dir, err := filepath.EvalSymlinks(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			for name, text := range files {
				path := filepath.Join(dir, filepath.FromSlash(name))
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			got := answers(t, dir, calls, nil)
			for _, node := range enginetest.Nodes(t) {
				want := answers(t, dir, calls, &nodeengine.Engine{Node: node})
				for _, c := range calls {
					t.Run(fmt.Sprintf("%s, Node %d", c.name, node.Major), func(t *testing.T) {
						want, got := want[c.name], got[c.name]
						enginetest.Trim(&want.Places, &got.Places)
						if d := cmp.Diff(want, got); d != "" {
							t.Errorf("-node +goja:\n%s", d)
						}
					})
				}
			}
		})
	}
}
