package gojaengine

import (
	"reflect"
	"slices"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"

	"github.com/fns-dev/fns/internal/native"
)

// script is a compiled text of the vm module.
type script struct {
	program  *goja.Program
	assigned []any // names the text assigns to
	declared []any // functions and classes it declares at its top
}

// bindScripts adds the natives of the vm module:
//
//	compileScript(code, filename) → handle, or throws a SyntaxError
//	runScript(handle)             → what the script ends with
//	scriptNames(handle)           → [names it assigns to, functions it declares]
func (in *instance) bindScripts(natives *goja.Object) {
	handle := func(call goja.FunctionCall) *script {
		h, _ := call.Argument(0).Export().(*native.Handle)
		if h != nil {
			if s, ok := h.V.(*script); ok {
				return s
			}
		}
		panic(in.vm.NewTypeError("not a script"))
	}
	_ = natives.Set("compileScript", func(call goja.FunctionCall) goja.Value {
		s, err := compileScript(call.Argument(1).String(), call.Argument(0).String())
		if err != nil {
			panic(in.errorToJS(&native.Error{Name: "SyntaxError", Message: err.Error()}))
		}
		in.eng.programs.instructions.exchange(s.program)
		return in.vm.ToValue(&native.Handle{V: s})
	})
	_ = natives.Set("runScript", func(call goja.FunctionCall) goja.Value {
		if in.recursion.nearlyFull() {
			panic(in.recursion.rangeError())
		}
		v, err := in.vm.RunProgram(handle(call).program)
		if err != nil {
			panic(rethrow(err))
		}
		return v
	})
	_ = natives.Set("scriptNames", func(call goja.FunctionCall) goja.Value {
		s := handle(call)
		return in.toJS([]any{s.assigned, s.declared})
	})
}

func compileScript(name, src string) (*script, error) {
	tree, err := goja.Parse(name, src)
	if err != nil {
		return nil, err
	}
	s := &script{}
	add := func(list *[]any, name string) {
		if !slices.Contains(*list, any(name)) {
			*list = append(*list, name)
		}
	}
	for _, statement := range tree.Body {
		switch d := statement.(type) {
		case *ast.FunctionDeclaration:
			if d.Function.Name != nil {
				add(&s.declared, d.Function.Name.Name.String())
			}
		}
	}
	target := func(e ast.Expression) {
		switch t := e.(type) {
		case *ast.Identifier:
			add(&s.assigned, t.Name.String())
		case *ast.ArrayPattern, *ast.ObjectPattern:
			visit(reflect.ValueOf(t), func(node any) {
				switch id := node.(type) {
				case *ast.Identifier:
					add(&s.assigned, id.Name.String())
				case *ast.PropertyShort:
					add(&s.assigned, id.Name.Name.String())
				}
			})
		}
	}
	visit(reflect.ValueOf(tree), func(node any) {
		switch n := node.(type) {
		case *ast.AssignExpression:
			target(n.Left)
		case *ast.UnaryExpression:
			target(n.Operand)
		case *ast.VariableStatement:
			for _, b := range n.List {
				if e, ok := b.Target.(ast.Expression); ok {
					target(e)
				}
			}
		case *ast.ForIntoVar:
			if e, ok := n.Binding.Target.(ast.Expression); ok {
				target(e)
			}
		case *ast.ForIntoExpression:
			target(n.Expression)
		}
	})
	s.program, err = compileTree(tree, src)
	return s, err
}
