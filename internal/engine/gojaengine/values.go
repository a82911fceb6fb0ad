package gojaengine

import (
	"math/big"
	"reflect"
	"strings"
	"sync"

	"github.com/dop251/goja"
)

// bindValues adds the natives that look into values, which util.inspect and
// util.types need and no neutral form can carry:
//
//	kindOf(value)          what a value is inside, whatever its prototype says:
//	                       "map", "set", "promise", "proxy", "error", …; ""
//	                       for a primitive
//	promiseDetails(value)  [state, result], state being 0 while pending, 1
//	                       when fulfilled, 2 when rejected
//	proxyDetails(value)    [target, handler], both null once revoked
//	isDetached(buffer)     whether an ArrayBuffer lost its memory
//	transferBuffer(buffer) a new ArrayBuffer with the memory of one, which loses it
func (in *instance) bindValues(natives *goja.Object) {
	kinds := map[reflect.Type]string{}
	_ = natives.Set("kindOf", func(call goja.FunctionCall) goja.Value {
		obj, ok := call.Argument(0).(*goja.Object)
		if !ok {
			return in.vm.ToValue("")
		}
		t := insideType(obj)
		kind, ok := kinds[t]
		if !ok {
			kind = kindName(t)
			kinds[t] = kind
		}
		if kind == "primitiveValue" {
			kind = boxKind(obj)
		}
		return in.vm.ToValue(kind)
	})
	_ = natives.Set("promiseDetails", func(call goja.FunctionCall) goja.Value {
		p, ok := call.Argument(0).Export().(*goja.Promise)
		if !ok {
			return goja.Undefined()
		}
		result := p.Result()
		if result == nil {
			result = goja.Undefined()
		}
		return in.vm.NewArray(int64(p.State()), result)
	})
	_ = natives.Set("isDetached", func(call goja.FunctionCall) goja.Value {
		b, ok := call.Argument(0).Export().(goja.ArrayBuffer)
		return in.vm.ToValue(ok && b.Detached())
	})
	_ = natives.Set("transferBuffer", func(call goja.FunctionCall) goja.Value {
		b, ok := call.Argument(0).Export().(goja.ArrayBuffer)
		if !ok {
			return goja.Undefined()
		}
		moved := in.vm.ToValue(in.vm.NewArrayBuffer(b.Bytes()))
		b.Detach()
		return moved
	})
	_ = natives.Set("proxyDetails", func(call goja.FunctionCall) goja.Value {
		obj, ok := call.Argument(0).(*goja.Object)
		if !ok || kindName(insideType(obj)) != "proxy" {
			return goja.Undefined()
		}
		p, ok := obj.Export().(goja.Proxy)
		if !ok {
			return goja.Undefined()
		}
		var target, handler goja.Value = goja.Null(), goja.Null()
		if t := p.Target(); t != nil {
			target = t
		}
		if p.Target() != nil && p.Handler() != nil {
			handler = p.Handler()
		}
		return in.vm.NewArray(target, handler)
	})
}

// boxKind is the kind of what a wrapper object such as new Number(1) holds.
func boxKind(obj *goja.Object) string {
	if class := obj.ClassName(); class != "Object" {
		return strings.ToLower(class)
	}
	if _, ok := obj.Export().(*big.Int); ok {
		return "bigint"
	}
	return "symbol"
}

// insideType is the type of goja's implementation of an object. goja's own class
// name is "Object" for maps, promises and many others.
func insideType(obj *goja.Object) reflect.Type {
	return reflect.ValueOf(obj).Elem().Field(selfField()).Elem().Type()
}

var selfField = sync.OnceValue(func() int {
	f, _ := reflect.TypeFor[goja.Object]().FieldByName("self")
	return f.Index[0]
})

// kindName shortens goja.mapObject to map.
func kindName(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	name := strings.TrimSuffix(t.Name(), "Object")
	if name == "Promise" {
		return "promise"
	}
	return name
}
