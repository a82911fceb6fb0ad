package gojaengine

import (
	"math"

	"github.com/dop251/goja"
)

// arrays is what the array methods of one runtime need that are done here.
type arrays struct {
	*objectLayout
	vm      *goja.Runtime
	classes [2]*goja.Object // Array.prototype, Object.prototype
}

// bindArrays replaces what goja does element by element, each one through its
// general way of reading and writing members: shift, unshift and sort.
func (in *instance) bindArrays() {
	layout, err := objectLayoutOf()
	if err != nil {
		return // the engine works without
	}
	a := &arrays{objectLayout: layout, vm: in.vm}
	for i, class := range []string{"Array", "Object"} {
		a.classes[i] = in.vm.Get(class).ToObject(in.vm).Get("prototype").ToObject(in.vm)
	}
	layout.rebody(in.vm, "Array.prototype.shift", a.shift)
	layout.rebody(in.vm, "Array.prototype.unshift", a.unshift)
	layout.rebody(in.vm, "Array.prototype.sort", a.sort)
	layout.rebody(in.vm, "Array.prototype.toSorted", a.toSorted)
	layout.rebody(in.vm, "Array.from", a.from)
}

// shift leaves the first place of the list unused: a queue costs nothing per
// element that waits in it.
func (a *arrays) shift(plain func(goja.FunctionCall) goja.Value) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		o, ok := call.This.(*goja.Object)
		if !ok {
			return plain(call)
		}
		words := a.inside(o)
		if words.table != a.array || !a.mayMove(words.data, a.classes) || len(*a.valuesOf(words.data)) == 0 {
			return plain(call)
		}
		at := a.valuesOf(words.data)
		first := (*at)[0]
		(*at)[0] = nil
		*at = (*at)[1:]
		*a.lengthOf(words.data)--
		if first == nil {
			return goja.Undefined()
		}
		*a.filledOf(words.data)--
		return first
	}
}

// unshift moves the list as one piece.
func (a *arrays) unshift(plain func(goja.FunctionCall) goja.Value) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		o, ok := call.This.(*goja.Object)
		more := len(call.Arguments)
		if !ok || more == 0 {
			return plain(call)
		}
		words := a.inside(o)
		if words.table != a.array || !a.mayMove(words.data, a.classes) || len(*a.valuesOf(words.data)) > 1<<31 {
			return plain(call)
		}
		at := a.valuesOf(words.data)
		before := len(*at)
		*at = append(*at, call.Arguments...)
		copy((*at)[more:], (*at)[:before])
		copy(*at, call.Arguments)
		*a.lengthOf(words.data) += uint32(more)
		*a.filledOf(words.data) += more
		return a.vm.ToValue(len(*at))
	}
}

// from refuses the lengths that no array has, where goja would go on for ever.
func (a *arrays) from(plain func(goja.FunctionCall) goja.Value) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		if o, ok := call.Argument(0).(*goja.Object); ok && a.inside(o).table == a.plain {
			length := (*a.membersOf(a.inside(o).data))["length"]
			if length != nil && wordsOf(&length).table != a.property {
				if _, isObject := length.(*goja.Object); !isObject && length.ToFloat() > math.MaxUint32 && o.GetSymbol(goja.SymIterator) == nil {
					tooLong, err := a.vm.New(a.vm.Get("RangeError"), a.vm.ToValue("Invalid array length"))
					if err != nil {
						panic(rethrow(err))
					}
					panic(tooLong)
				}
			}
		}
		return plain(call)
	}
}
