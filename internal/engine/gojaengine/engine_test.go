package gojaengine_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/engine/gojaengine"
)

// noPackages is for functions that need none.
type noPackages struct{}

func (noPackages) Resolve(s, from string, extra []string) (string, gojaengine.Format, error) {
	return "", "", errors.New("Cannot find module '" + s + "'")
}
func (noPackages) Transform(path string, src []byte) ([]byte, []byte, error) { return src, nil, nil }
func (noPackages) Reset()                                                    {}

func run(t *testing.T, contract engine.Contract, code string) (engine.Result, []string) {
	t.Helper()
	return runFor(t, contract, code, 0)
}

// runFor is run with a time limit.
func runFor(t *testing.T, contract engine.Contract, code string, limit time.Duration) (engine.Result, []string) {
	t.Helper()
	fn := &engine.Function{Name: "f", Entry: "/p/f.js", Dir: "/p", Code: []byte(code), Contract: contract}
	inst, err := gojaengine.New(noPackages{}).Start(t.Context(), fn)
	if err != nil {
		var fe *engine.FunctionError
		errors.As(err, &fe)
		return engine.Result{Error: fe}, nil
	}
	t.Cleanup(func() { _ = inst.Close() })
	var logs []string
	res := inst.Invoke(t.Context(), engine.Invocation{ID: "1", Context: []byte(`{"params":{"a":["1"]}}`), Time: limit}, func(r engine.LogRecord) {
		logs = append(logs, string(r.Level)+" "+r.Message)
	})
	return res, logs
}

func TestMainAnswersInBothContracts(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		contract engine.Contract
		code     string
		want     string
	}{
		"a returned value":       {engine.Return, `exports.main = (c) => ({ body: c.params.a[0] })`, `{"body":"1"}`},
		"an awaited value":       {engine.Return, `exports.main = async () => { await new Promise((r) => setTimeout(r, 5)); return 1 }`, `1`},
		"undefined":              {engine.Return, `exports.main = () => {}`, `null`},
		"sendResponse":           {engine.Callback, `exports.main = (c, send) => { setTimeout(() => send({ statusCode: 201 }), 2) }`, `{"statusCode":201}`},
		"sendResponse twice":     {engine.Callback, `exports.main = (c, send) => { send(1); send(2) }`, `1`},
		"a timer, not an answer": {engine.Callback, `exports.main = (c, send) => setTimeout(() => send('late'), 5)`, `"late"`},
		"a value, not callback":  {engine.Callback, `exports.main = async (c) => ({ statusCode: 200 })`, `{"statusCode":200}`},
		"ticks before promises":  {engine.Return, `exports.main = async () => { const o = []; Promise.resolve().then(() => o.push('p')); process.nextTick(() => o.push('t')); setImmediate(() => o.push('i')); await new Promise((r) => setTimeout(r, 10)); return o.join('') }`, `"tpi"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			res, _ := run(t, tc.contract, tc.code)
			if res.Error != nil || string(res.Payload) != tc.want {
				t.Errorf("got %s, %v; want %s", res.Payload, res.Error, tc.want)
			}
		})
	}
}

func TestFailuresAreDescribed(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		code  string
		cause engine.Cause
		want  string
	}{
		"a throw":                 {`exports.main = () => { throw new TypeError('boom') }`, engine.CauseThrown, "TypeError: boom"},
		"a thrown string":         {`exports.main = () => { throw 'boom' }`, engine.CauseThrown, "boom"},
		"a rejection":             {`exports.main = async () => { throw new RangeError('late') }`, engine.CauseThrown, "RangeError: late"},
		"a throw in a timer":      {`exports.main = () => new Promise(() => setTimeout(() => { throw new Error('timer') }, 1))`, engine.CauseUnhandled, "Error: timer"},
		"an unhandled rejection":  {`exports.main = () => new Promise((r) => { Promise.reject(new Error('lost')); setTimeout(r, 50) })`, engine.CauseUnhandled, "Runtime.UnhandledPromiseRejection: Error: lost"},
		"a promise never settled": {`exports.main = () => new Promise(() => {})`, engine.CauseNoResponse, "Runtime.NoResponse: nothing is left to run and main has not answered"},
		"no main":                 {`exports.handler = 1`, engine.CauseNoMain, "Runtime.HandlerNotFound: main is undefined or not exported"},
		"main is no function":     {`exports.main = 1`, engine.CauseNoMain, "TypeError: main is not a function"},
		"a module that throws":    {`throw new Error('load')`, engine.CauseLoad, "Error: load"},
		"a circular answer":       {`exports.main = () => { const a = {}; a.a = a; return a }`, engine.CauseResponse, "TypeError: Converting circular structure to JSON\n    --> starting at object with constructor 'Object'\n    --- property 'a' closes the circle"},
		"process.exit":            {`exports.main = () => process.exit(3)`, engine.CauseExit, "Runtime exited with error: exit status 3"},
		"endless recursion":       {`exports.main = function f() { return f() + 1 }`, engine.CauseThrown, "RangeError: Maximum call stack size exceeded"},
		"recursion in a callback": {`function f() { return [1].map(f) } exports.main = () => f()`, engine.CauseThrown, "RangeError: Maximum call stack size exceeded"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			res, _ := run(t, engine.Return, tc.code)
			if res.Error == nil {
				t.Fatalf("no error, payload %s", res.Payload)
			}
			if res.Error.Cause != tc.cause || res.Error.Error() != tc.want {
				t.Errorf("got %s %q, want %s %q\n%v", res.Error.Cause, res.Error.Error(), tc.cause, tc.want, res.Error.Stack)
			}
		})
	}
}

func TestWhatIsStoppedSaysWhereItWas(t *testing.T) {
	t.Parallel()
	for name, code := range map[string]string{
		"at once":            `function spin() { for (;;) {} } exports.main = () => { spin() }`,
		"below a try":        `function spin() { for (;;) {} } exports.main = () => { try { spin() } catch {} }`,
		"after an await":     `function spin() { for (;;) {} } exports.main = async () => { await null; spin() }`,
		"in a timer":         `function spin() { for (;;) {} } exports.main = () => new Promise(() => setTimeout(() => spin(), 1))`,
		"in a native's call": `function spin() { for (;;) {} } exports.main = () => [1].map(() => spin())`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			res, _ := runFor(t, engine.Return, code, 100*time.Millisecond)
			if res.Error == nil || res.Error.Cause != engine.CauseTimeout || len(res.Error.Stack) == 0 || !strings.Contains(res.Error.Stack[0], "at spin (") {
				t.Errorf("%+v", res.Error)
			}
		})
	}
}
