package gojaengine

import (
	"fmt"
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
)

// goja ends a recursion that is too deep with an error that JavaScript cannot
// catch. In Node it is a RangeError like any other, and libraries count on that.
//
// Before goja throws, it writes down the call stack, and for a frame of a native
// function it asks the function for its name. So below everything that runs
// stands a frame of a native function whose name is a getter: it sees that the
// stack is full and throws a RangeError instead. That costs an ordinary call
// nothing. The frame must also stand below the promise jobs, which goja runs
// when its stack is empty; therefore they are run here, before goja gets to it.

// maxCallStack is how deep calls may nest. Node's default stack of 984 KB holds
// 10,400 to 12,500 simple frames.
const maxCallStack = 10400

// headroom is what the making of the RangeError may use above the limit.
const headroom = 200

// framesKept is how much of a full stack the RangeError remembers.
const framesKept = 200

// machineLayout tells where goja keeps what recursion needs.
type machineLayout struct {
	jobs                 uintptr // in Runtime: []func()
	calls, tries         uintptr // in vm: slices
	program, base, place uintptr // in vm: prg, sb, pc
}

// machineLayoutOf looks once whether goja is as expected.
var machineLayoutOf = sync.OnceValues(func() (*machineLayout, error) {
	rt := reflect.TypeFor[goja.Runtime]()
	jobs, ok := rt.FieldByName("jobQueue")
	if !ok || jobs.Type != reflect.TypeFor[[]func()]() {
		return nil, fmt.Errorf("goja.Runtime has no jobQueue []func()")
	}
	vm, ok := rt.FieldByName("vm")
	if !ok || vm.Type.Kind() != reflect.Pointer || vm.Type.Elem().Kind() != reflect.Struct {
		return nil, fmt.Errorf("goja.Runtime has no pointer vm")
	}
	l := &machineLayout{jobs: jobs.Offset}
	for _, f := range []struct {
		name string
		kind reflect.Kind
		at   *uintptr
	}{
		{"callStack", reflect.Slice, &l.calls}, {"tryStack", reflect.Slice, &l.tries},
		{"prg", reflect.Pointer, &l.program}, {"sb", reflect.Int, &l.base}, {"pc", reflect.Int, &l.place},
	} {
		field, ok := vm.Type.Elem().FieldByName(f.name)
		if !ok || field.Type.Kind() != f.kind {
			return nil, fmt.Errorf("goja's vm has no %v %s", f.kind, f.name)
		}
		*f.at = field.Offset
	}
	return l, nil
})

// recursion is the state of one runtime.
type recursion struct {
	in      *instance
	layout  *machineLayout
	machine unsafe.Pointer // goja's vm
	enter   goja.Callable  // calls run in a frame with the getter
	entered bool
	work    func()
	raising bool
}

// sliceHeader is how Go keeps a slice.
type sliceHeader struct {
	at   unsafe.Pointer
	len  int
	size int
}

var entryProgram = sync.OnceValue(func() *goja.Program {
	return goja.MustCompile("node:internal/entry", "(run) => () => { run(); }", true)
})

// bindRecursion makes the frame. Without it, which is the case if goja is not
// as expected, a full stack ends the invocation.
func (in *instance) bindRecursion() error {
	layout, err := machineLayoutOf()
	if err != nil {
		return nil //nolint:nilerr // the engine works without
	}
	r := &recursion{in: in, layout: layout, machine: machine(in.vm).Addr().UnsafePointer()}
	run := in.vm.ToValue(func(goja.FunctionCall) goja.Value {
		r.work()
		return goja.Undefined()
	}).ToObject(in.vm)
	if err := run.DefineAccessorProperty("name", in.vm.ToValue(r.name), nil, goja.FLAG_TRUE, goja.FLAG_FALSE); err != nil {
		return err
	}
	v, err := in.vm.RunProgram(entryProgram())
	if err != nil {
		return err
	}
	wrap, _ := goja.AssertFunction(v)
	entry, err := wrap(goja.Undefined(), run)
	if err != nil {
		return err
	}
	r.enter, _ = goja.AssertFunction(entry)
	in.recursion = r
	return nil
}

func (r *recursion) slice(offset uintptr) *sliceHeader {
	return (*sliceHeader)(unsafe.Add(r.machine, offset))
}

// name is the getter. Every capture of a stack comes here, so it must be quick.
func (r *recursion) name(goja.FunctionCall) goja.Value {
	if r.raising || r.slice(r.layout.calls).len <= maxCallStack {
		return r.in.vm.ToValue("")
	}
	// A generator or async function that cannot be entered any more leaves a try
	// frame behind, since goja did not mean the error to be caught.
	if *(*unsafe.Pointer)(unsafe.Add(r.machine, r.layout.program)) == nil &&
		*(*int)(unsafe.Add(r.machine, r.layout.base)) == -1 && *(*int)(unsafe.Add(r.machine, r.layout.place)) == -2 {
		if tries := r.slice(r.layout.tries); tries.len > 0 {
			tries.len--
		}
	}
	panic(r.rangeError())
}

// rangeError makes the error at a place where the stack may be full.
func (r *recursion) rangeError() *goja.Object {
	vm := r.in.vm
	r.raising = true
	vm.SetMaxCallStackSize(maxCallStack + headroom)
	obj, err := vm.New(vm.Get("RangeError"), vm.ToValue("Maximum call stack size exceeded"))
	vm.SetMaxCallStackSize(maxCallStack)
	r.raising = false
	if err != nil {
		panic(err)
	}
	if in := r.in.stacks; in != nil {
		in.layout.keepFrames(obj, framesKept)
	}
	return obj
}

// nearlyFull reports whether too little of the stack is left to run a program,
// which goja cannot give up half way.
func (r *recursion) nearlyFull() bool {
	return r != nil && r.slice(r.layout.calls).len > maxCallStack-20
}

// framed makes a function that calls fn above the frame.
func (in *instance) framed(fn goja.Callable) goja.Callable {
	return func(this goja.Value, args ...goja.Value) (v goja.Value, err error) {
		r := in.recursion
		if r == nil || r.entered {
			return fn(this, args...)
		}
		r.entered = true
		r.work = func() {
			v, err = fn(this, args...)
			if _, thrown := err.(*goja.Exception); err == nil || thrown {
				r.runJobs()
			}
		}
		_, outer := r.enter(goja.Undefined())
		r.entered = false
		if outer != nil && err == nil {
			return nil, outer
		}
		// What has stopped fn stops the frame below it too, but fn's error tells
		// where that was.
		return v, err
	}
}

// runJobs runs the promise jobs, as goja does when the outermost call ends.
func (r *recursion) runJobs() {
	queue := (*[]func())(unsafe.Add(unsafe.Pointer(r.in.vm), r.layout.jobs))
	var jobs []func()
	for len(*queue) > 0 {
		jobs, *queue = *queue, jobs[:0]
		for i, job := range jobs {
			jobs[i] = nil
			job()
		}
	}
}
