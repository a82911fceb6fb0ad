package worker_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/engine/nodeengine"
	"github.com/fns-dev/fns/internal/worker"
)

// inNode gives the options of a pool whose functions run in Node.
func inNode(t *testing.T) worker.Options {
	t.Helper()
	node, err := nodeengine.Find(t.Context(), "", os.Getenv("PATH"))
	if err != nil {
		t.Fatal(err)
	}
	return worker.Options{Node: &nodeengine.Engine{Node: node}}
}

// nodeFunction is a function in a folder that exists: Node works in it.
func nodeFunction(t *testing.T, name, code string) *engine.Function {
	t.Helper()
	fn := function(name, code)
	fn.Dir = t.TempDir()
	fn.Entry = filepath.Join(fn.Dir, name+".js")
	fn.Vars = map[string]string{"TZ": ":UTC", "AWS_REGION": "us-east-1"}
	return fn
}

func TestRunawaysEndUnderNodeToo(t *testing.T) {
	t.Parallel()
	const limit = time.Second
	for name, tc := range runaways() {
		t.Run(name, func(t *testing.T) { endsAlone(t, inNode(t), tc, limit) })
	}
}

func TestFailuresReadTheSameOnBothEngines(t *testing.T) {
	t.Parallel()
	node, embedded := newPool(t, inNode(t)), newPool(t, worker.Options{})
	for name, code := range map[string]string{
		"an error":                `exports.main = () => { throw new TypeError('no') }`,
		"a rejection":             `exports.main = async () => { throw new RangeError('no') }`,
		"a thrown string":         `exports.main = () => { throw 'no' }`,
		"a thrown undefined":      `exports.main = () => { throw undefined }`,
		"an unhandled rejection":  `exports.main = () => { Promise.reject(new Error('lost')); return new Promise(() => setTimeout(() => {}, 1e6)) }`,
		"an unhandled string":     `exports.main = () => { Promise.reject('lost'); return new Promise(() => setTimeout(() => {}, 1e6)) }`,
		"a throw in a timer":      `exports.main = () => new Promise(() => setTimeout(() => { throw new Error('late') }, 1))`,
		"no main":                 `exports.other = 1`,
		"main is no function":     `exports.main = {}`,
		"exports nothing":         `module.exports = undefined`,
		"no answer":               `exports.main = () => new Promise(() => {})`,
		"process.exit":            `exports.main = () => process.exit(3)`,
		"process.exit, no code":   `exports.main = () => process.exit()`,
		"process.abort":           `exports.main = () => process.abort()`,
		"an answer of 7 MB":       `exports.main = () => 'x'.repeat(7e6)`,
		"an answer with a cycle":  `exports.main = () => { const a = {}; a.a = a; return a }`,
		"an answer with a BigInt": `exports.main = () => 1n`,
		"a function as an answer": `exports.main = () => () => 1`,
		"a throw while loading":   `throw new Error('load')`,
		"exit while loading":      `process.exit(2)`,
		"a rejection at load":     `Promise.reject(new Error('load')); exports.main = () => 1`,
		"an endless loop":         `exports.main = () => { for (;;) {} }`,
		"an endless wait":         `exports.main = () => new Promise(() => setInterval(() => {}, 1000))`,
		"a listener that helps":   `process.on('unhandledRejection', () => {}); exports.main = async () => { Promise.reject(1); await null; return 'fine' }`,
		"undefined":               `exports.main = () => {}`,
		"text of all kinds":       `exports.main = () => '\u2028"\\ \ud800 é 🎉'`,
		"a date and a toJSON":     `exports.main = () => ({ d: new Date(0), j: { toJSON: () => 7 }, u: undefined, f() {} })`,
		"a missing package":       `require('left-pad-4'); exports.main = () => 1`,
	} {
		t.Run(name, func(t *testing.T) {
			fn := nodeFunction(t, "f", code)
			want, _ := invoke(embedded, fn, 500*time.Millisecond)
			got, _ := invoke(node, fn, 500*time.Millisecond)
			if want.Error != nil {
				want.Error.Stack = nil
				if want.Error.Cause == engine.CauseTimeout {
					want.Error.Hint = "" // it points to the other engine
				}
			}
			if got.Error != nil {
				got.Error.Stack = nil
			}
			if d := cmp.Diff(want.Error, got.Error); d != "" {
				t.Errorf("-goja +node:\n%s", d)
			}
			if d := cmp.Diff(string(want.Payload), string(got.Payload)); d != "" {
				t.Errorf("-goja +node:\n%s", d)
			}
			if got.Stats.Engine != nodeengine.Name {
				t.Errorf("the engine is called %q", got.Stats.Engine)
			}
		})
	}
}

func TestMemoryOfNodeIsThatOfTheProcess(t *testing.T) {
	t.Parallel()
	p := newPool(t, inNode(t))
	res, _ := invoke(p, nodeFunction(t, "f", `exports.main = () => new Uint8Array(30 << 20).fill(1).length`), 10*time.Second)
	if mb := res.Stats.MaxMemory >> 20; res.Error != nil || mb < 60 || mb > 128 {
		t.Errorf("%d MB, %v", mb, res.Error)
	}
}

func TestARunawayUnderNodeTellsWhereItWas(t *testing.T) {
	t.Parallel()
	p := newPool(t, inNode(t))
	for name, code := range map[string]string{
		"time":   "function spin() { for (;;) {} }\nexports.main = () => { spin() }",
		"memory": "function spin() { const a = []; for (;;) a.push({ a: [1] }) }\nexports.main = () => { spin() }",
	} {
		t.Run(name, func(t *testing.T) {
			// It takes a moment that a busy machine may not have in time.
			for range 5 {
				res, _ := invoke(p, nodeFunction(t, "f", code), 2*time.Second)
				if res.Error == nil {
					t.Fatalf("answered %s", res.Payload)
				}
				if strings.Contains(strings.Join(res.Error.Stack, "\n"), "spin (") {
					return
				}
			}
			t.Error("it never did")
		})
	}
}

func TestNodeKeepsModuleStateAndLosesItWithTheSandbox(t *testing.T) {
	t.Parallel()
	p := newPool(t, inNode(t))
	fn := nodeFunction(t, "count", `let n = 0; exports.main = (c) => { n++; if (n === 3) setTimeout(() => { throw new Error('end') }, 0); return n === 3 ? new Promise(() => {}) : n }`)
	for i, want := range []string{"1", "2", "", "1"} {
		res, _ := invoke(p, fn, 5*time.Second)
		if string(res.Payload) != want {
			t.Errorf("call %d: %s %v, want %q", i, res.Payload, res.Error, want)
		}
		if cold := i == 0 || i == 3; res.Stats.Cold != cold {
			t.Errorf("call %d: cold is %v", i, res.Stats.Cold)
		}
	}
}

func TestANewBuildUnderNodeStartsAfresh(t *testing.T) {
	t.Parallel()
	p := newPool(t, inNode(t))
	for v := range 3 {
		fn := nodeFunction(t, "f", `globalThis.n = (globalThis.n || 0) + 1; exports.main = () => globalThis.n + 10 * `+string(rune('0'+v)))
		p.Retire([]*engine.Function{fn})
		p.Warm(fn)
		if res, _ := invoke(p, fn, 5*time.Second); string(res.Payload) != string(rune('1'))+"" && v == 0 || res.Error != nil {
			t.Errorf("build %d answered %s %v", v, res.Payload, res.Error)
		}
	}
}

func TestNodeSeesNothingOfTheHost(t *testing.T) {
	t.Setenv("FNS_TEST_OF_HOST", "seen")
	t.Setenv("NODE_OPTIONS", "--no-such-option")
	p := newPool(t, inNode(t))
	fn := nodeFunction(t, "f", `exports.main = () => ({ env: process.env, cwd: process.cwd(), argv: process.argv, execArgv: process.execArgv })`)
	res, _ := invoke(p, fn, 5*time.Second)
	var got struct {
		Env      map[string]string `json:"env"`
		Cwd      string            `json:"cwd"`
		Argv     []string          `json:"argv"`
		ExecArgv []string          `json:"execArgv"`
	}
	if err := json.Unmarshal(res.Payload, &got); err != nil {
		t.Fatal(err, res.Error)
	}
	if d := cmp.Diff(fn.Vars, got.Env); d != "" {
		t.Errorf("process.env -want +got:\n%s", d)
	}
	if len(got.ExecArgv) > 0 || strings.Contains(strings.Join(got.Argv, " "), "main.js") {
		t.Errorf("argv %q, execArgv %q", got.Argv, got.ExecArgv)
	}
	if want, err := filepath.EvalSymlinks(fn.Dir); err != nil || got.Cwd != want {
		t.Errorf("works in %s", got.Cwd)
	}
}

func TestEveryWayOfWritingIsALogRecord(t *testing.T) {
	t.Parallel()
	code := `console.log('early');
exports.main = () => {
  console.info('a %d', 1); console.warn('b'); console.error('c'); console.debug('d'); console.assert(false, 'e');
  console.group('g'); console.log('in\nside'); console.groupEnd();
  process.stdout.write('out\n'); process.stderr.write('err');
  require('fs').writeSync(1, 'raw\n');
  console.log({ a: [1, { b: 2 }] });
}`
	fn := nodeFunction(t, "f", code)
	type line struct {
		Level engine.Level
		Text  string
	}
	logs := func(p *worker.Pool) (list []line) {
		p.Invoke(t.Context(), fn, engine.Invocation{ID: "id", Time: 5 * time.Second, Context: []byte(`{}`)}, func(r engine.LogRecord) {
			list = append(list, line{r.Level, r.Message})
		})
		return list
	}
	want := []line{
		{engine.Info, "early"}, {engine.Info, "a 1"}, {engine.Warn, "b"}, {engine.Err, "c"}, {engine.Debug, "d"}, {engine.Warn, "Assertion failed: e"},
		{engine.Info, "g"}, {engine.Info, "  in\n  side"}, {engine.Info, "out"}, {engine.Err, "err"}, {engine.Info, "raw"}, {engine.Info, "{ a: [ 1, { b: 2 } ] }"},
	}
	if d := cmp.Diff(want, logs(newPool(t, inNode(t)))); d != "" {
		t.Errorf("-want +node:\n%s", d)
	}
}
