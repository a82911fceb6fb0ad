package analyze

import (
	"fmt"
	"slices"

	"github.com/dop251/goja/ast"

	"github.com/fns-dev/fns/internal/diag"
)

// handler is the main of a function.
type handler struct {
	fn *function // nil where it can't be followed
	// wrapped is true where another function gets main and may do more.
	wrapped bool
	at      ast.Node // where it is exported
}

// findHandler finds main, and reports where there is none.
func (f *check) findHandler() {
	main, ok := f.lookup(f.code.entry, "main", 0)
	if !ok {
		main, ok = f.defaultMain()
	}
	if !ok {
		f.reportNoMain()
		return
	}
	f.main.at = main.at
	v := f.code.of(main.expr, main.scope)
	switch {
	case v.kind == functionV:
		f.main.fn = v.fn
	case neverFunction(main.expr), v.kind == objectV, v.kind == constant:
		f.reportNode(diag.NoMain, main.at, "main is exported, but it is not a function", "Export a function as main")
		return
	default:
		f.main.fn, f.main.wrapped = f.inWrapper(main), true
	}
	if fn := f.main.fn; fn != nil {
		fn.given = true
		fn.args = map[int]value{0: {kind: contextV}, 1: {kind: sender}}
	}
}

// lookup finds an export by name.
func (f *check) lookup(mod *module, name string, depth int) (export, bool) {
	if e, ok := mod.exports[name]; ok {
		return e, true
	}
	if mod.whole == nil || depth > 4 {
		return export{}, false
	}
	switch v := f.code.of(mod.whole.expr, mod.whole.scope); v.kind {
	case objectV:
		return f.code.field(v, name)
	case exportsV:
		return f.lookup(v.mod, name, depth+1)
	}
	return export{}, false
}

// defaultMain is what the bundle takes for main where an ES module exports only
// a default: the function, or the main of the object.
func (f *check) defaultMain() (export, bool) {
	e, ok := f.lookup(f.code.entry, "default", 0)
	if !ok || f.code.entry.whole == nil || f.code.isOwn(f.code.entry.whole.expr) {
		return export{}, false
	}
	if v := f.code.of(e.expr, e.scope); v.kind == objectV {
		return f.code.field(v, "main")
	}
	return e, true
}

// reportNoMain says that there is no main, if that is certain.
func (f *check) reportNoMain() {
	mod := f.code.entry
	if mod.open {
		return
	}
	exports := mod.exports
	if mod.whole != nil {
		v := f.code.of(mod.whole.expr, mod.whole.scope)
		switch {
		case v.kind == functionV && f.code.isOwn(mod.whole.expr):
			f.reportNode(diag.NoMain, mod.whole.at, "module.exports is the function itself, but HubSpot calls its property main", "Write exports.main = …")
			return
		case v.kind == objectV && v.node != nil:
			object := v.node.(*ast.ObjectLiteral)
			if slices.ContainsFunc(object.Value, func(p ast.Property) bool { _, ok := p.(*ast.SpreadElement); return ok }) {
				return
			}
			exports = map[string]export{}
			for _, name := range names(object) {
				if e, ok := f.code.field(v, name); ok {
					exports[name] = e
				}
			}
		case v.kind == objectV:
			exports = f.code.namespaces[v.scope.find(v.name)]
		case v.kind == exportsV && !v.mod.open && v.mod.whole == nil:
			exports = v.mod.exports
		default:
			return
		}
	}
	// Show the export that was probably meant.
	var likely string
	for name, e := range exports {
		v := f.code.of(e.expr, e.scope)
		if v.kind == functionV && (likely == "" || rank(name) < rank(likely) || rank(name) == rank(likely) && name < likely) {
			likely = name
		}
	}
	if likely != "" {
		e := exports[likely]
		at := e.at
		if !f.code.isOwn(at) {
			at = e.expr
		}
		if place, ok := f.place(at); ok {
			f.report(diag.NoMain, place, fmt.Sprintf("the function exports %s, but not main", likely), fmt.Sprintf("Rename %s to main", likely))
			return
		}
	}
	f.report(diag.NoMain, f.entry.shown.Whole(), "the function does not export main", "Export the handler: exports.main = async (context) => { … }")
}

// rank orders names by how likely they are meant to be main.
func rank(name string) int {
	switch name {
	case "handler", "Main", "default", "index", "run":
		return 0
	}
	return 1
}

func neverFunction(e ast.Expression) bool {
	switch e.(type) {
	case *ast.StringLiteral, *ast.NumberLiteral, *ast.BooleanLiteral, *ast.NullLiteral, *ast.ObjectLiteral, *ast.ArrayLiteral,
		*ast.RegExpLiteral, *ast.TemplateLiteral, *ast.ClassLiteral:
		return true
	}
	return false
}

// inWrapper gives the one function that is handed to a wrapper, as in
// exports.main = withErrors(async (context) => { … }).
func (f *check) inWrapper(main export) *function {
	call, ok := peel(main.expr).(*ast.CallExpression)
	if !ok {
		if id, isName := peel(main.expr).(*ast.Identifier); isName {
			if b := main.scope.find(id.Name.String()); b != nil && b.init != nil && len(b.path) == 0 {
				return f.inWrapper(export{expr: f.unnamed(b.init), scope: b.scope})
			}
		}
		return nil
	}
	if inner := f.unnamed(call); inner != ast.Expression(call) {
		return f.inWrapper(export{expr: inner, scope: main.scope})
	}
	var found *function
	for _, arg := range call.ArgumentList {
		if fn := f.code.of(arg, main.scope).fn; fn != nil {
			if found != nil {
				return nil
			}
			found = fn
		}
	}
	return found
}

// unnamed takes off the call that keeps a function's name.
func (f *check) unnamed(e ast.Expression) ast.Expression {
	call, ok := e.(*ast.CallExpression)
	if !ok || len(call.ArgumentList) == 0 {
		return e
	}
	if id, ok := call.Callee.(*ast.Identifier); ok && helper(id.Name.String()) == "__name" {
		return call.ArgumentList[0]
	}
	return e
}
