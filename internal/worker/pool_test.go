package worker_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/worker"
)

func TestMain(m *testing.M) {
	worker.MaybeMain()
	goleak.VerifyTestMain(m)
}

func newPool(t *testing.T, opts worker.Options) *worker.Pool {
	t.Helper()
	p, err := worker.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func function(name, code string) *engine.Function {
	return &engine.Function{Name: name, Entry: "/p/" + name + ".js", Dir: "/p", Code: []byte(code), Contract: engine.Return,
		Limits: engine.Limits{Memory: 128 << 20, Response: 6 << 20}}
}

func invoke(p *worker.Pool, fn *engine.Function, limit time.Duration) (engine.Result, []string) {
	var logs []string
	res := p.Invoke(context.Background(), fn, engine.Invocation{ID: "id", Time: limit, Context: []byte(`{}`)}, func(r engine.LogRecord) {
		logs = append(logs, r.Message)
	})
	return res, logs
}

// runaway is a function that must be stopped.
type runaway struct {
	code  string
	cause engine.Cause
	says  string
}

func runaways() map[string]runaway {
	return map[string]runaway{
		"an endless loop":             {`exports.main = () => { for (;;) {} }`, engine.CauseTimeout, "Task timed out after 1.00 seconds"},
		"an endless loop of awaits":   {`exports.main = async () => { for (;;) await null }`, engine.CauseTimeout, "timed out"},
		"an endless loop of ticks":    {`exports.main = async () => { const f = () => process.nextTick(f); f(); await new Promise(() => {}) }`, engine.CauseTimeout, "timed out"},
		"an endless timer":            {`exports.main = () => new Promise(() => setInterval(() => {}, 10))`, engine.CauseTimeout, "timed out"},
		"a backtracking pattern":      {`exports.main = () => /^(a+)+\1b$/.test('a'.repeat(40))`, engine.CauseTimeout, "timed out"},
		"a loop in a catch":           {`exports.main = () => { for (;;) { try { for (;;) {} } catch {} finally { continue } } }`, engine.CauseTimeout, "timed out"},
		"a loop while loading":        {`setTimeout(() => {}, 1); exports.main = () => { while (true); }`, engine.CauseTimeout, "timed out"},
		"a promise never settled":     {`exports.main = () => new Promise(() => {})`, engine.CauseNoResponse, "has not answered"},
		"endless recursion":           {`exports.main = function f() { return f() + 1 }`, engine.CauseThrown, "Maximum call stack size exceeded"},
		"objects without end":         {`exports.main = () => { const a = []; for (;;) a.push({ a: 1, b: [2] }) }`, engine.CauseMemory, "signal: killed"},
		"strings without end":         {`exports.main = () => { const a = []; for (let i = 0; ; i++) a.push('x'.repeat(1e6) + i) }`, engine.CauseMemory, "signal: killed"},
		"one large buffer":            {`exports.main = () => new Uint8Array(2 ** 29).fill(1).length`, engine.CauseMemory, "signal: killed"},
		"one allocation of terabytes": {`exports.main = () => { new Uint8Array(2 ** 45).fill(1) }`, "", ""},
		"process.exit":                {`exports.main = () => process.exit(1)`, engine.CauseExit, "exit status 1"},
		"a throw in a timer":          {`exports.main = () => new Promise(() => setTimeout(() => { throw new Error('late') }, 1))`, engine.CauseUnhandled, "late"},
	}
}

func TestRunawaysEndWithinTheirLimitAndSpareTheRest(t *testing.T) {
	t.Parallel()
	const limit = time.Second
	for name, tc := range runaways() {
		t.Run(name, func(t *testing.T) { endsAlone(t, worker.Options{}, tc, limit) })
	}
}

// endsAlone checks that a runaway is stopped and that no other function notices.
func endsAlone(t *testing.T, opts worker.Options, tc runaway, limit time.Duration) {
	t.Helper()
	p := newPool(t, opts)
	bystander := function("bystander", `exports.main = () => 'here'`)
	invoke(p, bystander, 20*time.Second)
	bad := function("bad", tc.code)
	began := time.Now()
	if tc.cause == engine.CauseMemory || tc.cause == "" {
		limit = 20 * time.Second // goja takes longer than Node to fill the same memory
	}
	res, _ := invoke(p, bad, limit)
	// 300 ms beyond the limit is the promise; the rest is the cold start of
	// a busy machine.
	if took := time.Since(began); took > limit+2*time.Second {
		t.Errorf("took %v", took)
	}
	if res.Error == nil {
		t.Fatalf("answered %s", res.Payload)
	}
	if tc.cause != "" && (res.Error.Cause != tc.cause || !strings.Contains(res.Error.Error(), tc.says)) {
		t.Errorf("got %s %q, want %s %q", res.Error.Cause, res.Error.Error(), tc.cause, tc.says)
	}
	if res.Stats.Engine == "" {
		t.Error("the verdict names no engine")
	}
	if most := time.Since(began) + time.Second; res.Stats.Duration > most {
		t.Errorf("the duration is %v, longer than it took", res.Stats.Duration)
	}
	if res, _ := invoke(p, bystander, limit); string(res.Payload) != `"here"` || res.Stats.Cold {
		t.Errorf("the bystander noticed: %s %v cold=%v", res.Payload, res.Error, res.Stats.Cold)
	}
}

func TestLegalMemoryPasses(t *testing.T) {
	t.Parallel()
	p := newPool(t, worker.Options{})
	for name, code := range map[string]string{
		"30 MB of JSON in Node's terms": `exports.main = () => { const row = { id: 1, name: 'abc', tags: ['x', 'y'], nested: { a: 1 } }; const a = []; for (let i = 0; i < 100000; i++) a.push(JSON.parse(JSON.stringify(row))); return a.length }`,
		"60 MB of buffers":              `exports.main = () => { const a = []; for (let i = 0; i < 60; i++) a.push(new Uint8Array(1 << 20).fill(1)); return a.length }`,
		"much garbage":                  `exports.main = () => { let n = 0; for (let i = 0; i < 200; i++) n += new Array(20000).fill(i).length; return n }`,
	} {
		t.Run(name, func(t *testing.T) {
			if res, _ := invoke(p, function(name, code), 30*time.Second); res.Error != nil {
				t.Error(res.Error, res.Stats.MaxMemory>>20)
			}
		})
	}
}

func TestModuleStateStaysWarmAndIsLostWithTheSandbox(t *testing.T) {
	t.Parallel()
	p := newPool(t, worker.Options{})
	fn := function("count", `let n = 0; exports.main = (c) => { n++; if (n === 3) setTimeout(() => { throw new Error('end') }, 0); return n === 3 ? new Promise(() => {}) : n }`)
	for i, want := range []string{"1", "2", "", "1"} {
		res, _ := invoke(p, fn, time.Second)
		if string(res.Payload) != want {
			t.Errorf("call %d: %s %v, want %q", i, res.Payload, res.Error, want)
		}
		if cold := i == 0 || i == 3; res.Stats.Cold != cold {
			t.Errorf("call %d: cold is %v", i, res.Stats.Cold)
		}
	}
}

func TestANewBuildIsServedByTheSameProcess(t *testing.T) {
	t.Parallel()
	p := newPool(t, worker.Options{})
	pid := func(v int) *engine.Function {
		return function("f", fmt.Sprintf(`exports.main = () => ({ v: %d })`, v))
	}
	for v := range 3 {
		fn := pid(v)
		p.Retire([]*engine.Function{fn})
		p.Warm(fn)
		if res, _ := invoke(p, fn, time.Second); string(res.Payload) != fmt.Sprintf(`{"v":%d}`, v) {
			t.Errorf("build %d answered %s %v", v, res.Payload, res.Error)
		}
	}
}

func TestConcurrentCallsGetWorkersOfTheirOwn(t *testing.T) {
	t.Parallel()
	p := newPool(t, worker.Options{MaxWorkers: 8})
	fn := function("slow", `exports.main = () => new Promise((r) => setTimeout(r, 300, 'ok'))`)
	var wg sync.WaitGroup
	began := time.Now()
	for range 16 {
		wg.Go(func() {
			if res, _ := invoke(p, fn, 10*time.Second); string(res.Payload) != `"ok"` {
				t.Error(res.Error)
			}
		})
	}
	wg.Wait()
	if one := 16 * 300 * time.Millisecond; time.Since(began) >= one {
		t.Errorf("16 calls took %v, as long as one after the other", time.Since(began))
	}
}

func TestTheLogLimitKeepsTheEnd(t *testing.T) {
	t.Parallel()
	p := newPool(t, worker.Options{})
	fn := function("chatty", `exports.main = () => { for (let i = 0; i < 10; i++) console.log('x'.repeat(999) + i) }`)
	fn.Limits.Log = 4096
	res, logs := invoke(p, fn, 5*time.Second)
	if got := len(strings.Join(logs, "")); got != 4096 || res.Stats.LogLost != 10000-4096 || !strings.HasSuffix(logs[len(logs)-1], "9") {
		t.Errorf("kept %d bytes, lost %d, last %q", got, res.Stats.LogLost, logs[len(logs)-1])
	}
}

func TestLogsBeforeAKillArrive(t *testing.T) {
	t.Parallel()
	p := newPool(t, worker.Options{})
	res, logs := invoke(p, function("f", `exports.main = () => { console.log('before'); /^(a+)+\1b$/.test('a'.repeat(40)) }`), time.Second)
	if len(logs) != 1 || logs[0] != "before" || res.Error == nil || res.Error.Cause != engine.CauseTimeout {
		t.Errorf("%v %v", logs, res.Error)
	}
}

func TestACanceledCallEndsAtOnce(t *testing.T) {
	t.Parallel()
	p := newPool(t, worker.Options{})
	fn := function("endless", `exports.main = () => { for (;;) {} }`)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	res := p.Invoke(ctx, fn, engine.Invocation{Context: []byte(`{}`)}, func(engine.LogRecord) {})
	if res.Error == nil || res.Error.Cause != engine.CauseCanceled {
		t.Errorf("got %v", res.Error)
	}
}

func TestNothingIsLeftBehind(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	p, err := worker.New(worker.Options{})
	if err != nil {
		t.Fatal(err)
	}
	invoke(p, function("a", `exports.main = () => 1`), time.Second)
	for range 3 {
		invoke(p, function("b", `exports.main = () => { for (;;) {} }`), 200*time.Millisecond)
	}
	if workers := awaitFolders(t, dir, 1); workers != 1 {
		t.Errorf("%d workers have a folder, only one lives", workers)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	if _, err := os.Stat(dir); err != nil {
		t.Fatal(err)
	}
}

// awaitFolders waits until most workers have folders for their files, and gives
// how many have.
func awaitFolders(t *testing.T, dir string, most int) int {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		list, err := filepath.Glob(filepath.Join(dir, "fns-*", "worker-*"))
		if err != nil {
			t.Fatal(err)
		}
		if len(list) <= most || time.Now().After(deadline) {
			return len(list)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestTheFilesOfPackagesAreTold(t *testing.T) {
	t.Parallel()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"package.json": `{"name": "p", "main": "a.js"}`, "a.js": `require("./b")`, "b.js": ``, "later.js": ``, "unused.js": ``,
	} {
		path := filepath.Join(dir, "node_modules/p", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	p := newPool(t, worker.Options{})
	fn := function("f", `require("p"); exports.main = () => { require("p/later.js") }`)
	fn.Dir, fn.Entry = dir, filepath.Join(dir, "f.js")
	began := time.Now()
	if res, _ := invoke(p, fn, 5*time.Second); res.Error != nil {
		t.Fatal(res.Error)
	}
	<-p.MoreFiles()
	paths, since := p.Files()
	var names []string
	for _, path := range paths {
		names = append(names, filepath.Base(path))
	}
	if got := strings.Join(names, " "); got != "a.js b.js later.js" {
		t.Errorf("told are %s", got)
	}
	if since.Before(began) {
		t.Errorf("read since %s, before it began", since)
	}
	invoke(p, fn, 5*time.Second)
	select {
	case <-p.MoreFiles():
		t.Error("told again")
	default:
	}
}

func TestManyCallsOfTwoFunctionsShareOneProcess(t *testing.T) {
	t.Parallel()
	p := newPool(t, worker.Options{MaxWorkers: 1})
	a, b := function("a", `exports.main = () => 'a'`), function("b", `exports.main = () => 'b'`)
	var wg sync.WaitGroup
	for range 4 {
		for _, fn := range []*engine.Function{a, b} {
			wg.Go(func() {
				for range 3 {
					if res, _ := invoke(p, fn, 10*time.Second); string(res.Payload) != `"`+fn.Name+`"` {
						t.Errorf("%s answered %s, %v", fn.Name, res.Payload, res.Error)
					}
				}
			})
		}
	}
	wg.Wait()
}

func TestCallsThatQueueForOneProcessStayWarm(t *testing.T) {
	t.Parallel()
	p := newPool(t, worker.Options{MaxWorkers: 1})
	fn := function("f", `let calls = 0; exports.main = () => ++calls`)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5 {
				invoke(p, fn, 10*time.Second)
			}
		})
	}
	wg.Wait()
	if res, _ := invoke(p, fn, 10*time.Second); string(res.Payload) != "41" {
		t.Errorf("call 41 found %s", res.Payload)
	}
}

func TestACallDuringWarmUpTakesTheWorkerThatIsMadeReady(t *testing.T) {
	t.Parallel()
	p := newPool(t, worker.Options{})
	// Loading takes longer than a call waits before it asks for another worker.
	fn := function("f", `const from = Date.now(); while (Date.now() - from < 300); const id = Math.random(); exports.main = () => id`)
	p.Warm(fn)
	first, _ := invoke(p, fn, 10*time.Second)
	second, _ := invoke(p, fn, 10*time.Second)
	if string(first.Payload) != string(second.Payload) || first.Error != nil {
		t.Errorf("two sandboxes answered: %s and %s (%v)", first.Payload, second.Payload, first.Error)
	}
}

func TestABrokenModuleIsReportedToEveryCallThatWaits(t *testing.T) {
	t.Parallel()
	p := newPool(t, worker.Options{})
	fn := function("f", `process.exit(3)`)
	p.Warm(fn)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if res, _ := invoke(p, fn, 10*time.Second); res.Error == nil {
				t.Errorf("answered %s", res.Payload)
			}
		})
	}
	wg.Wait()
}

func BenchmarkWarmInvoke(b *testing.B) {
	p, err := worker.New(worker.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer p.Close()
	fn := function("hello", `exports.main = async (c) => ({ statusCode: 200, body: { hello: c.params.name[0] } })`)
	ctx := []byte(`{"accountId":123456,"body":{},"params":{"name":["you"]},"headers":{"host":"localhost:3000","user-agent":"bench","accept":"*/*"},"method":"GET","limits":{"executionsRemaining":60,"timeRemaining":600000}}`)
	inv := engine.Invocation{ID: "0b6f3a1e-0000-4000-8000-000000000000", Time: 10 * time.Second, Context: ctx}
	for b.Loop() {
		if res := p.Invoke(b.Context(), fn, inv, func(engine.LogRecord) {}); res.Error != nil {
			b.Fatal(res.Error)
		}
	}
}
