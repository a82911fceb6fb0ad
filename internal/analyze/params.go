package analyze

import (
	"fmt"
	"slices"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"

	"github.com/fns-dev/fns/internal/diag"
)

// checkParams reports parameters that are used as if they were strings.
func (f *check) checkParams() {
	lists := f.knownLists()
	said := map[ast.Node]bool{}
	report := func(e ast.Expression, s *scope, severity diag.Severity, how string) {
		v := f.code.of(e, s)
		e = peel(e)
		if v.kind != parameter || lists[v.name] || said[e] || !isAccess(e) {
			return
		}
		said[e] = true
		d := f.reportNode(diag.ParamIsList, e, fmt.Sprintf("context.params.%s is a list, not a string: %s", v.name, how), fmt.Sprintf("Take the first one: context.params.%s?.[0]", v.name))
		d.Severity = severity
	}
	for _, at := range f.code.sites {
		switch n := at.node.(type) {
		case *ast.CallExpression:
			object, method, known, ok := f.code.member(n.Callee, at.scope)
			if ok && known && slices.Contains(stringMethods(), method) {
				report(object, at.scope, diag.Warning, fmt.Sprintf("it has no method %s", method))
			}
		case *ast.BinaryExpression:
			switch n.Operator {
			case token.STRICT_EQUAL, token.STRICT_NOT_EQUAL:
				for _, pair := range [][2]ast.Expression{{n.Left, n.Right}, {n.Right, n.Left}} {
					if isScalar(pair[1]) {
						report(pair[0], at.scope, diag.Warning, "it never equals one")
					}
				}
			case token.PLUS:
				for _, pair := range [][2]ast.Expression{{n.Left, n.Right}, {n.Right, n.Left}} {
					if v := f.code.of(pair[1], at.scope); v.kind == constant || isText(pair[1]) {
						report(pair[0], at.scope, diag.Note, "two values in the URL are joined by a comma")
					}
				}
			}
		case *ast.TemplateLiteral:
			if n.Tag == nil {
				for _, e := range n.Expressions {
					report(e, at.scope, diag.Note, "two values in the URL are joined by a comma")
				}
			}
		case *ast.SwitchStatement:
			if len(n.Body) > 0 {
				report(n.Discriminant, at.scope, diag.Warning, "no case ever equals it")
			}
		}
	}
}

// knownLists are the parameters that the code itself takes for lists.
func (f *check) knownLists() map[string]bool {
	known := map[string]bool{}
	for _, at := range f.code.sites {
		n, ok := at.node.(*ast.CallExpression)
		if !ok || len(n.ArgumentList) == 0 {
			continue
		}
		object, method, _, isMember := f.code.member(n.Callee, at.scope)
		if id, isName := object.(*ast.Identifier); isMember && isName && id.Name == "Array" && (method == "isArray" || method == "from") {
			if v := f.code.of(n.ArgumentList[0], at.scope); v.kind == parameter {
				known[v.name] = true
			}
		}
	}
	return known
}

// stringMethods are those that lists lack.
func stringMethods() []string {
	return []string{
		"toLowerCase", "toUpperCase", "toLocaleLowerCase", "toLocaleUpperCase", "trim", "trimStart", "trimEnd", "split", "replace", "replaceAll",
		"startsWith", "endsWith", "substring", "substr", "charAt", "charCodeAt", "codePointAt", "match", "matchAll", "search", "padStart", "padEnd",
		"localeCompare", "normalize", "repeat",
	}
}

// isAccess tells a way to a parameter from an expression that may make
// something else of it, such as context.params.id || 'none'.
func isAccess(e ast.Expression) bool {
	switch n := e.(type) {
	case *ast.Identifier, *ast.DotExpression, *ast.BracketExpression:
		return true
	case *ast.BinaryExpression:
		return n.Operator == token.LOGICAL_OR || n.Operator == token.COALESCE
	}
	return false
}

func isScalar(e ast.Expression) bool {
	switch n := e.(type) {
	case *ast.StringLiteral, *ast.NumberLiteral, *ast.BooleanLiteral:
		return true
	case *ast.TemplateLiteral:
		return n.Tag == nil
	}
	return false
}

func isText(e ast.Expression) bool {
	switch n := e.(type) {
	case *ast.StringLiteral, *ast.TemplateLiteral:
		return true
	case *ast.BinaryExpression:
		return n.Operator == token.PLUS && (isText(n.Left) || isText(n.Right))
	}
	return false
}
