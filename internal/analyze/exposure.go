package analyze

import (
	"fmt"
	"slices"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/project"
)

// checkExposure looks at what is logged and answered.
func (f *check) checkExposure() {
	maxLog := limits.All().Max(limits.Log, f.Function, false)
	for _, at := range f.code.sites {
		switch n := at.node.(type) {
		case *ast.CallExpression:
			switch {
			case f.isConsole(n, at.scope):
				for _, arg := range n.ArgumentList {
					f.reportExposed(arg, at.scope, "logged")
					if maxLog > 0 {
						f.reportLarge(arg, at.scope, maxLog)
					}
				}
			case f.UsesCallback && f.code.of(n.Callee, at.scope).kind == sender:
				for _, arg := range n.ArgumentList {
					f.reportExposed(arg, at.scope, "sent to the client")
				}
			}
		case *ast.ReturnStatement:
			if at.fn != nil && at.fn == f.main.fn && n.Argument != nil {
				f.reportExposed(n.Argument, at.scope, "sent to the client")
			}
		case *ast.ArrowFunctionLiteral:
			if body, ok := n.Body.(*ast.ExpressionBody); ok && f.main.fn != nil && f.main.fn.node == ast.Node(n) {
				f.reportExposed(body.Expression, f.main.fn.scope, "sent to the client")
			}
		}
	}
}

// isConsole recognises the calls that log.
func (f *check) isConsole(n *ast.CallExpression, s *scope) bool {
	object, name, known, ok := f.code.member(n.Callee, s)
	return ok && known && f.code.of(object, s).kind == consoleV &&
		slices.Contains([]string{"log", "info", "warn", "error", "debug", "trace", "dir", "table"}, name)
}

// reportExposed reports a secret that an expression contains as it is.
func (f *check) reportExposed(e ast.Expression, s *scope, where string) {
	name, at := f.contains(e, s, 0)
	if name == "" {
		return
	}
	what := "secret " + name + " is "
	if name == "*" {
		what = "all of process.env or context.secrets is "
	}
	hint := "Use it only in calls to the service that it is for"
	if where == "logged" {
		hint = "Log whether it is set: Boolean(…)"
	}
	f.reportNode(diag.SecretExposed, at, what+where, hint)
}

// contains finds a secret in the value of an expression: the secret itself, in a
// text, or in an object or list. "*" stands for all of them. What calls make of
// a secret is not followed, but for those that only turn it into text.
func (f *check) contains(e ast.Expression, s *scope, depth int) (name string, at ast.Node) {
	if e == nil || depth > maxDepth {
		return "", nil
	}
	depth++
	switch v := f.code.of(e, s); v.kind {
	case variable:
		if f.isSecret(v.name) {
			return v.name, e
		}
		return "", nil
	case environ, secretsV:
		if len(f.Secrets) > 0 || f.Generation != project.DesignManager || v.kind == secretsV {
			return "*", e
		}
		return "", nil
	}
	first := func(list ...ast.Expression) (string, ast.Node) {
		for _, e := range list {
			if name, at := f.contains(e, s, depth); name != "" {
				return name, at
			}
		}
		return "", nil
	}
	switch n := peel(e).(type) {
	case *ast.Identifier:
		b := s.find(n.Name.String())
		if b == nil || b.init == nil || len(b.path) > 0 || len(b.writes) > 0 {
			return "", nil
		}
		if name, _ := f.contains(b.init, b.scope, depth); name != "" {
			return name, n
		}
	case *ast.TemplateLiteral:
		if n.Tag == nil {
			return first(n.Expressions...)
		}
	case *ast.BinaryExpression:
		switch n.Operator {
		case token.PLUS, token.LOGICAL_OR, token.COALESCE:
			return first(n.Left, n.Right)
		case token.LOGICAL_AND:
			return first(n.Right)
		}
	case *ast.ConditionalExpression:
		return first(n.Consequent, n.Alternate)
	case *ast.ArrayLiteral:
		return first(n.Value...)
	case *ast.SpreadElement:
		return first(n.Expression)
	case *ast.ObjectLiteral:
		for _, p := range n.Value {
			var part ast.Expression
			switch p := p.(type) {
			case *ast.PropertyShort:
				part = &p.Name
			case *ast.PropertyKeyed:
				if p.Kind != ast.PropertyKindValue {
					continue
				}
				part = p.Value
			case *ast.SpreadElement:
				part = p.Expression
			}
			if name, at := first(part); name != "" {
				return name, at
			}
		}
	case *ast.CallExpression:
		object, method, known, ok := f.code.member(n.Callee, s)
		if !ok || !known {
			if id, isName := n.Callee.(*ast.Identifier); isName && id.Name == "String" {
				return first(n.ArgumentList...)
			}
			return "", nil
		}
		id, isName := object.(*ast.Identifier)
		switch {
		case isName && id.Name == "JSON" && method == "stringify", isName && id.Name == "util" && (method == "inspect" || method == "format"):
			return first(n.ArgumentList...)
		case method == "toString", method == "trim", method == "concat":
			return first(append([]ast.Expression{object}, n.ArgumentList...)...)
		}
	}
	return "", nil
}

// reportLarge reports an object of unknown size that is logged.
func (f *check) reportLarge(e ast.Expression, s *scope, maxLog int64) {
	if call, ok := peel(e).(*ast.CallExpression); ok && len(call.ArgumentList) > 0 {
		object, method, _, isMember := f.code.member(call.Callee, s)
		if id, isName := object.(*ast.Identifier); isMember && isName && id.Name == "JSON" && method == "stringify" {
			f.reportLarge(call.ArgumentList[0], s, maxLog)
			return
		}
	}
	v := f.code.of(e, s)
	var what string
	switch v.kind {
	case contextV:
		what = "the whole context is"
	case paramsV:
		what = "context.params is"
	case section:
		what = "context." + v.name + " is"
	case responseV:
		what = "a whole response, with its request and headers, is"
	default:
		return
	}
	f.reportNode(diag.LargeLog, e, fmt.Sprintf("%s logged; HubSpot keeps %d KB of the log of a call", what, maxLog>>10), "Log the fields that you need")
}
