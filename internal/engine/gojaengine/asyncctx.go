package gojaengine

import "github.com/dop251/goja"

// asyncContext is what AsyncLocalStorage keeps: one value, the frame, that
// follows a chain of asynchronous calls. Promise reactions get it from goja's
// tracker, callbacks of natives (timers, immediates, I/O) from run; the
// nextTick queue keeps its own, see the piece async_hooks.
//
// Nothing is tracked before the first AsyncLocalStorage is made.
type asyncContext struct {
	on    bool
	frame goja.Value // nil is JavaScript's undefined
}

// Grab implements goja.AsyncContextTracker.
func (c *asyncContext) Grab() any { return c.frame }

// Resumed implements goja.AsyncContextTracker.
func (c *asyncContext) Resumed(frame any) { c.frame, _ = frame.(goja.Value) }

// Exited implements goja.AsyncContextTracker.
func (c *asyncContext) Exited() { c.frame = nil }

// run runs a macrotask in the frame that its callback was made in.
func (c *asyncContext) run(frame goja.Value, macrotask func()) {
	c.frame = frame
	macrotask()
	c.frame = nil
}

// bindAsyncContext adds the natives of async_hooks:
//
//	asyncFrame()         the frame of now
//	setAsyncFrame(frame) replaces it and gives the one before; the first call
//	                     turns tracking on
func (in *instance) bindAsyncContext(natives *goja.Object) {
	c := &in.async
	frame := func() goja.Value {
		if c.frame == nil {
			return goja.Undefined()
		}
		return c.frame
	}
	_ = natives.Set("asyncFrame", func(goja.FunctionCall) goja.Value { return frame() })
	_ = natives.Set("setAsyncFrame", func(call goja.FunctionCall) goja.Value {
		if !c.on {
			c.on = true
			in.vm.SetAsyncContextTracker(c)
		}
		before := frame()
		c.frame = call.Argument(0)
		if goja.IsUndefined(c.frame) {
			c.frame = nil
		}
		return before
	})
}
