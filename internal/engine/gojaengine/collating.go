package gojaengine

import (
	"github.com/dop251/goja"

	"github.com/fns-dev/fns/internal/intl"
	"github.com/fns-dev/fns/internal/native"
)

// bindCollation gives comparers of text without the conversions of other natives:
// a sort calls them for each two elements.
//
//	intlComparer(handle of intlCollator) → (a, b) → number
func (in *instance) bindCollation(natives *goja.Object) {
	order := [3]goja.Value{in.vm.ToValue(-1), in.vm.ToValue(0), in.vm.ToValue(1)}
	_ = natives.Set("intlComparer", func(call goja.FunctionCall) goja.Value {
		handle, _ := in.fromJS(call.Argument(0)).(native.Handle)
		collator, ok := handle.V.(*intl.Collator)
		if !ok {
			panic(in.vm.NewTypeError("no collator"))
		}
		return in.vm.ToValue(func(call goja.FunctionCall) goja.Value {
			return order[1+collator.Compare(in.textOf(call.Argument(0)), in.textOf(call.Argument(1)))]
		})
	})
}

// textOf is ToString.
func (in *instance) textOf(v goja.Value) string {
	if _, symbol := v.(*goja.Symbol); symbol {
		panic(in.vm.NewTypeError("Cannot convert a Symbol value to a string"))
	}
	return v.ToString().String()
}
