package gojaengine

import (
	"github.com/dop251/goja"

	"github.com/fns-dev/fns/internal/nodecore"
)

// bindModules adds what the module named module needs of the table of core
// modules; requireFrom is added by boot.
//
//	builtinModules()     names that need no prefix
//	isBuiltin(specifier) whether require gives one of Node's own
//	entry()              the path of the function's file
func (in *instance) bindModules(natives *goja.Object) {
	_ = natives.Set("builtinModules", func(goja.FunctionCall) goja.Value {
		var names []any
		for _, m := range nodecore.Modules() {
			if !m.PrefixOnly {
				names = append(names, m.Name)
			}
		}
		return in.vm.NewArray(names...)
	})
	_ = natives.Set("isBuiltin", func(call goja.FunctionCall) goja.Value {
		return in.vm.ToValue(nodecore.IsBuiltin(call.Argument(0).String()))
	})
	_ = natives.Set("entry", func(goja.FunctionCall) goja.Value { return in.vm.ToValue(in.fn.Entry) })
}
