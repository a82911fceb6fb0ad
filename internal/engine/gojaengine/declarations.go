package gojaengine

import (
	"reflect"

	"github.com/dop251/goja/ast"
)

// dropRepeated removes function declarations that a later one of the same name
// in the same function body replaces. JavaScript allows them all; goja refuses
// async functions and generators. It reports whether it changed anything.
func dropRepeated(program *ast.Program) bool {
	changed := false
	drop := func(list []ast.Statement) []ast.Statement {
		last := map[string]int{}
		for i, s := range list {
			if d, ok := s.(*ast.FunctionDeclaration); ok && d.Function.Name != nil {
				last[d.Function.Name.Name.String()] = i
			}
		}
		kept := list[:0:0]
		for i, s := range list {
			if d, ok := s.(*ast.FunctionDeclaration); ok && d.Function.Name != nil && last[d.Function.Name.Name.String()] != i {
				changed = true
				continue
			}
			kept = append(kept, s)
		}
		return kept
	}
	program.Body = drop(program.Body)
	visit(reflect.ValueOf(program), func(node any) {
		switch f := node.(type) {
		case *ast.FunctionLiteral:
			f.Body.List = drop(f.Body.List)
		case *ast.ArrowFunctionLiteral:
			if body, ok := f.Body.(*ast.BlockStatement); ok {
				body.List = drop(body.List)
			}
		}
	})
	return changed
}
