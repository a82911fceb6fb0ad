package gojaengine

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/dop251/goja"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/native"
)

// instance is one runtime with one function loaded.
type instance struct {
	eng    *Engine
	fn     *engine.Function
	vm     *goja.Runtime
	loop   *loop
	config *native.Config
	ctx    context.Context
	cancel context.CancelFunc

	uint8Array *goja.Object
	hooks      hooks
	async      asyncContext
	natives    *goja.Object
	stacks     *errorStacks
	recursion  *recursion              // nil if goja is not as expected
	nodeError  *goja.Symbol            // marks errors of Node's own
	cores      map[string]*goja.Object // pieces by name: their module objects
	modules    map[string]*goja.Object // files by path: their module objects
	main       goja.Value              // what the entry module exports
	rejected   rejections
	parents    map[string]string       // files by path: the file that required each first
	addons     []string                // the files that asked for native addons
	hints      map[*goja.Object]string // what to do about an error that a native made
	depth      int                     // >0 while inside a call from Go into JavaScript

	verdict atomic.Pointer[stop]
	halted  chan struct{} // closed with verdict set

	settle, callbackContract goja.Value // arguments of hooks.start
	current                  *invocation
	names                    keys

	logs    func(engine.LogRecord)
	early   []engine.LogRecord // written while the module loaded
	invoked bool
}

// hooks are the functions that the boot piece exports.
type hooks struct {
	coreRequire, task, hasTicks, tick, start, describe, uncaught goja.Callable
}

func newInstance(e *Engine, fn *engine.Function, tmp string) (*instance, error) {
	ctx, cancel := context.WithCancel(context.Background())
	in := &instance{
		eng: e, fn: fn, vm: goja.New(), loop: newLoop(), halted: make(chan struct{}), ctx: ctx, cancel: cancel,
		cores: map[string]*goja.Object{}, modules: map[string]*goja.Object{},
		names: keys{}, parents: map[string]string{}, hints: map[*goja.Object]string{},
		config: &native.Config{Dir: fn.Dir, TmpDir: tmp, Vars: fn.Vars, Entry: fn.Entry, Started: time.Now(), PackageDirs: fn.PackageDirs},
	}
	in.vm.SetMaxCallStackSize(maxCallStack)
	in.vm.SetPromiseRejectionTracker(in.rejected.track)
	in.loop.after = in.settleJobs
	in.uint8Array = in.vm.Get("Uint8Array").ToObject(in.vm)
	in.natives = in.bindNatives()
	in.settle = in.vm.ToValue(in.settled)
	in.callbackContract = in.vm.ToValue(fn.Contract == engine.Callback)
	if err := in.boot(); err != nil {
		return in, &engine.FunctionError{Cause: engine.CauseCrash, Type: "Error", Message: fmt.Sprintf("start the Node layer: %v", err)}
	}
	return in, nil
}

// load runs the function's module: the cold start.
func (in *instance) load(ctx context.Context) error {
	stopWatching := context.AfterFunc(ctx, func() {
		in.Halt(engine.CauseTimeout, "the module did not load in time")
	})
	defer stopWatching()
	prg, err := in.eng.programs.compile(bundleName(in.fn), wrap(in.fn.Code), in.fn.Map)
	if err != nil {
		return &engine.FunctionError{Cause: engine.CauseLoad, Type: "Runtime.UserCodeSyntaxError", Message: err.Error()}
	}
	in.depth++
	mod, err := in.evaluate(in.fn.Entry, prg)
	in.depth--
	if err == nil {
		err = in.settleJobs()
	}
	if err != nil {
		return in.failure(err, engine.CauseLoad)
	}
	in.main = mod.Get("exports")
	return nil
}

// bundleName is the file name of a bundle's code. It is in no folder, so that the
// sources of the map, which are relative to the project, stay so in stacks.
func bundleName(fn *engine.Function) string {
	return strings.ReplaceAll(fn.Name, "/", ".") + ".bundle.js"
}

// Invoke runs main once.
func (in *instance) Invoke(ctx context.Context, inv engine.Invocation, logs func(engine.LogRecord)) engine.Result {
	began := time.Now()
	in.logs = logs
	for _, r := range in.early {
		logs(r)
	}
	in.early = nil
	res := engine.Result{Stats: engine.Stats{Engine: Name, Cold: !in.invoked}}
	in.invoked = true

	call := &invocation{}
	in.current = call
	if inv.Time > 0 {
		t := time.AfterFunc(inv.Time, func() {
			in.Halt(engine.CauseTimeout, fmt.Sprintf("Task timed out after %.2f seconds", inv.Time.Seconds()))
		})
		defer t.Stop()
	}
	in.async.frame = nil
	in.loop.post(func() { in.call(inv) }, false)
	reached, err := in.loop.run(in.halted, call.isDone)
	switch {
	case reached:
	case err == errHalted:
		call.finish(nil, in.verdict.Load().record())
	case err != nil:
		call.finish(nil, in.failure(err, engine.CauseUnhandled))
	default:
		call.finish(nil, noResponse(in.fn.Contract))
	}
	in.logs, in.current = nil, nil
	res.Payload, res.Error = call.payload, call.err
	res.Stats.Duration = time.Since(began)
	return res
}

// invocation is the answer under way; only its first end counts.
type invocation struct {
	done    bool
	payload json.RawMessage
	err     *engine.FunctionError
}

func (c *invocation) isDone() bool { return c.done }

func (c *invocation) finish(payload json.RawMessage, err *engine.FunctionError) {
	if !c.done {
		c.done, c.payload, c.err = true, payload, err
	}
}

// call calls main; it is the first macrotask of an invocation.
func (in *instance) call(inv engine.Invocation) {
	call := in.current
	context, err := decodeJSON(in.vm, in.names, inv.Context)
	if err != nil {
		call.finish(nil, &engine.FunctionError{Cause: engine.CauseCrash, Message: err.Error()})
		return
	}
	in.depth++
	// An answer that comes after the invocation ended belongs to nobody.
	_, err = in.hooks.start(goja.Undefined(), in.main, context, in.callbackContract, in.settle, in.vm.ToValue(&native.Handle{V: call}))
	in.depth--
	if err != nil {
		call.finish(nil, in.failure(err, engine.CauseThrown))
	}
}

// settled is what the Node layer calls with the end of an invocation.
func (in *instance) settled(fc goja.FunctionCall) goja.Value {
	h, _ := fc.Argument(0).Export().(*native.Handle)
	call, ok := h.V.(*invocation)
	if !ok || call != in.current {
		return goja.Undefined()
	}
	v := fc.Argument(2)
	switch fc.Argument(1).String() {
	case "ok":
		text := v.String()
		if limit := in.fn.Limits.Response; limit > 0 && int64(len(text)) > limit {
			call.finish(nil, responseTooLarge(int64(len(text)), limit))
		} else {
			call.finish(json.RawMessage(text), nil)
		}
	case "throw":
		call.finish(nil, in.thrown(v, engine.CauseThrown))
	case "no-main":
		call.finish(nil, noMain(v.String()))
	case "response":
		fe := in.thrown(v, engine.CauseResponse)
		fe.Hint = "return plain data: what JSON.stringify cannot write cannot be answered"
		call.finish(nil, fe)
	}
	return goja.Undefined()
}

// macrotask calls a JavaScript function from the loop and empties the nextTick
// queue inside the same call, before goja runs the promise jobs.
func (in *instance) macrotask(fn goja.Value, args []goja.Value) {
	in.depth++
	_, err := in.hooks.task(goja.Undefined(), append([]goja.Value{fn}, args...)...)
	in.depth--
	if err != nil {
		in.loop.failed = in.uncaught(err)
	}
}

// settleJobs empties the nextTick queue and the promise jobs, then looks for
// rejections nobody handled.
func (in *instance) settleJobs() error {
	var p *goja.Promise
	for {
		has, err := in.hooks.hasTicks(goja.Undefined())
		if err != nil {
			return err
		}
		if has.ToBoolean() {
			in.depth++
			_, err = in.hooks.tick(goja.Undefined())
			in.depth--
			if err != nil {
				if err = in.uncaught(err); err != nil {
					return err
				}
			}
			continue
		}
		if p = in.rejected.take(); p == nil {
			return nil
		}
		in.depth++
		taken, err := in.hooks.uncaught(goja.Undefined(), p.Result(), in.vm.ToValue("unhandledRejection"), in.vm.ToValue(p))
		in.depth--
		if err != nil {
			return err
		}
		if !taken.ToBoolean() {
			in.rejected.pending = nil
			break
		}
	}
	fe := in.thrown(p.Result(), engine.CauseUnhandled)
	fe.Message = fe.Error()
	fe.Type = "Runtime.UnhandledPromiseRejection"
	return fe
}

// uncaught offers an error to process.on('uncaughtException') and gives it back
// if nobody took it.
func (in *instance) uncaught(err error) error {
	ex, ok := err.(*goja.Exception)
	if !ok {
		return err
	}
	in.depth++
	taken, herr := in.hooks.uncaught(goja.Undefined(), ex.Value(), in.vm.ToValue("uncaughtException"))
	in.depth--
	if herr != nil {
		return herr
	}
	if taken.ToBoolean() {
		return nil
	}
	return err
}

// Halt stops the running invocation from another goroutine. The instance cannot
// be used again.
func (in *instance) Halt(cause engine.Cause, message string) {
	s := &stop{cause, message}
	if in.verdict.CompareAndSwap(nil, s) {
		in.vm.Interrupt(s)
		close(in.halted)
	}
}

// Close ends the instance and removes its /tmp.
func (in *instance) Close() error {
	in.cancel()
	return os.RemoveAll(in.config.TmpDir)
}

func noMain(found string) *engine.FunctionError {
	fe := &engine.FunctionError{Cause: engine.CauseNoMain, Type: "Runtime.HandlerNotFound", Message: "main is undefined or not exported", Hint: "export the handler: exports.main = async (context) => { … }"}
	if found != "missing" {
		fe.Type, fe.Message = "TypeError", "main is not a function"
	}
	return fe
}

func noResponse(c engine.Contract) *engine.FunctionError {
	fe := &engine.FunctionError{Cause: engine.CauseNoResponse, Type: "Runtime.NoResponse", Message: "nothing is left to run and main has not answered"}
	if c == engine.Callback {
		fe.Hint = "call sendResponse({ statusCode, body }) on every path"
	} else {
		fe.Hint = "main awaits a promise that never settles"
	}
	return fe
}

func responseTooLarge(size, limit int64) *engine.FunctionError {
	return &engine.FunctionError{Cause: engine.CauseResponse, Type: "Function.ResponseSizeTooLarge",
		Message: fmt.Sprintf("Response payload size (%d bytes) exceeded maximum allowed payload size (%d bytes).", size, limit)}
}
