package gojaengine

import (
	"errors"
	"math/big"
	"strings"

	"github.com/dop251/goja"

	"github.com/fns-dev/fns/internal/native"
)

// bindNatives makes the object that pieces see as `native`.
func (in *instance) bindNatives() *goja.Object {
	obj := in.vm.NewObject()
	for name, fn := range native.All() {
		_ = obj.Set(name, func(call goja.FunctionCall) goja.Value {
			args := make(native.Args, len(call.Arguments))
			for i, v := range call.Arguments {
				args[i] = in.fromJS(v)
			}
			result, err := fn(in, args)
			if err != nil {
				panic(in.errorToJS(err))
			}
			return in.toJS(result)
		})
	}
	in.bindValues(obj)
	in.bindCollation(obj)
	in.bindAsyncContext(obj)
	in.bindScripts(obj)
	in.bindModules(obj)
	return obj
}

// fromJS converts a value to the neutral forms of package native.
func (in *instance) fromJS(v goja.Value) any {
	obj, ok := v.(*goja.Object)
	if !ok {
		if v == nil || goja.IsUndefined(v) || goja.IsNull(v) {
			return nil
		}
		return v.Export()
	}
	if call, ok := goja.AssertFunction(obj); ok {
		return in.callback(obj, call)
	}
	switch x := obj.Export().(type) {
	case *native.Handle:
		return *x
	case goja.ArrayBuffer:
		return x.Bytes()
	case []byte:
		return x
	case []any:
		list := make([]any, len(x))
		for i := range x {
			list[i] = in.fromJS(obj.Get(indexName(i)))
		}
		return list
	case map[string]any:
		if bytes, ok := in.viewBytes(obj); ok {
			return bytes
		}
		m := make(map[string]any, len(x))
		for _, k := range obj.Keys() {
			m[k] = in.fromJS(obj.Get(k))
		}
		return m
	default:
		if bytes, ok := in.viewBytes(obj); ok {
			return bytes
		}
		return x
	}
}

// viewBytes gives the memory below any ArrayBuffer view.
func (in *instance) viewBytes(obj *goja.Object) ([]byte, bool) {
	buffer, ok := obj.Get("buffer").(*goja.Object)
	if !ok {
		return nil, false
	}
	ab, ok := buffer.Export().(goja.ArrayBuffer)
	if !ok {
		return nil, false
	}
	off, n := obj.Get("byteOffset").ToInteger(), obj.Get("byteLength").ToInteger()
	b := ab.Bytes()
	if off < 0 || n < 0 || off+n > int64(len(b)) {
		return nil, false
	}
	return b[off : off+n : off+n], true
}

// toJS converts back.
func (in *instance) toJS(v any) goja.Value {
	switch x := v.(type) {
	case nil:
		return goja.Undefined()
	case []byte:
		if x == nil {
			x = []byte{}
		}
		arr, err := in.vm.New(in.uint8Array, in.vm.ToValue(in.vm.NewArrayBuffer(x)))
		if err != nil {
			panic(err)
		}
		return arr
	case []uint16:
		return goja.StringFromUTF16(x)
	case native.Handle:
		return in.vm.ToValue(&x)
	case []any:
		items := make([]any, len(x))
		for i := range x {
			items[i] = in.toJS(x[i])
		}
		return in.vm.NewArray(items...)
	case map[string]any:
		obj := in.vm.NewObject()
		for _, k := range sortedKeys(x) {
			_ = obj.Set(k, in.toJS(x[k]))
		}
		return obj
	case error:
		return in.errorToJS(x)
	case *big.Int:
		return in.vm.ToValue(x)
	case goja.Value:
		return x
	default:
		return in.vm.ToValue(x)
	}
}

// callback wraps a JavaScript function for natives. Called from a macrotask it
// is one itself: the nextTick queue is emptied behind it.
func (in *instance) callback(fn *goja.Object, call goja.Callable) native.Callback {
	frame := in.async.frame
	return func(args ...any) {
		values := make([]goja.Value, len(args))
		for i, a := range args {
			values[i] = in.toJS(a)
		}
		if in.depth > 0 { // inside a native that JavaScript called
			if _, err := call(goja.Undefined(), values...); err != nil {
				panic(rethrow(err))
			}
			return
		}
		in.async.run(frame, func() { in.macrotask(fn, values) })
	}
}

// rethrow makes a panic of an error from a nested call that goja passes on.
func rethrow(err error) any {
	var ex *goja.Exception
	if errors.As(err, &ex) {
		return ex.Value()
	}
	return err
}

// errorToJS makes an Error object of a Go error.
func (in *instance) errorToJS(err error) goja.Value {
	var ne *native.Error
	if !errors.As(err, &ne) {
		ne = &native.Error{Message: err.Error()}
	}
	name := ne.Name
	if name == "" {
		name = "Error"
	}
	class := in.vm.Get(name)
	if class == nil {
		class = in.vm.Get("Error")
	}
	obj, nerr := in.vm.New(class, in.vm.ToValue(ne.Message))
	if nerr != nil {
		panic(nerr)
	}
	for _, k := range sortedKeys(ne.Props) {
		_ = obj.Set(k, in.toJS(ne.Props[k]))
	}
	if ne.Code != "" {
		_ = obj.Set("code", ne.Code)
		if strings.HasPrefix(ne.Code, "ERR_") && in.nodeError != nil {
			_ = obj.DefineDataPropertySymbol(in.nodeError, in.vm.ToValue(true), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
	}
	if ne.Hint != "" {
		in.hints[obj] = ne.Hint
	}
	return obj
}
