package analyze

import (
	"fmt"
	"regexp"
	"slices"
	"sync"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"

	"github.com/fns-dev/fns/internal/diag"
)

// change is a place that changes a variable of a module.
type change struct {
	binding *binding
	at      *site
	// lazy is true where the variable is set only once.
	lazy bool
}

// checkState reports variables of modules that calls change.
func (f *check) checkState() {
	reached := f.reached()
	byBinding := map[*binding][]change{}
	var order []*binding
	for _, at := range f.code.sites {
		if at.fn.early() || !reached[outermost(at.fn)] {
			continue
		}
		b := f.changed(at)
		if b == nil || !b.fn.early() || b.param != nil || !f.code.isOwn(at.node) {
			continue
		}
		if byBinding[b] == nil {
			order = append(order, b)
		}
		byBinding[b] = append(byBinding[b], change{binding: b, at: at, lazy: f.lazy(b, at)})
	}
	for _, b := range order {
		f.reportState(b, byBinding[b])
	}
}

func (f *check) reportState(b *binding, changes []change) {
	first := changes[0]
	meant := likeCache(b.name) || !slices.ContainsFunc(changes, func(c change) bool { return !c.lazy })
	d := f.reportNode(diag.SharedState, first.at.node, fmt.Sprintf("%s keeps its value from call to call: calls of other people may see it", b.name), fmt.Sprintf("Declare %s inside main", b.name))
	if meant {
		d.Severity = diag.Note
		d.Hint = "As a cache this is fine if nothing in it belongs to one caller"
	}
	if at, ok := f.place(b.node); ok {
		d.Related = append(d.Related, diag.Related{Message: "it is declared here", Range: at})
	}
}

var cacheName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)cache|client|memo|pool|conn|instance|singleton|promise|ready|init|warm|loaded|token|expir|limiter|template|schema|compiled`)
})

// likeCache recognises names of what is kept on purpose.
func likeCache(name string) bool { return cacheName().MatchString(name) }

// changed gives the variable that a site changes, nil for none.
func (f *check) changed(at *site) *binding {
	name := func(e ast.Expression) *binding {
		for {
			e = peel(e)
			switch n := e.(type) {
			case *ast.Identifier:
				return at.scope.find(n.Name.String())
			case *ast.DotExpression:
				e = n.Left
			case *ast.BracketExpression:
				e = n.Left
			default:
				return nil
			}
		}
	}
	// Of parts of a variable only that of what the module itself has made.
	part := func(e ast.Expression) *binding {
		if b := name(e); b != nil && madeHere(b) {
			return b
		}
		return nil
	}
	switch n := at.node.(type) {
	case *ast.AssignExpression:
		if isPattern(n.Left) {
			var found *binding
			targets(n.Left, func(e ast.Expression) {
				if id, ok := e.(*ast.Identifier); ok && found == nil {
					found = at.scope.find(id.Name.String())
				}
			})
			return found
		}
		if _, ok := n.Left.(*ast.Identifier); ok {
			return name(n.Left)
		}
		return part(n.Left)
	case *ast.UnaryExpression:
		if n.Operator == token.INCREMENT || n.Operator == token.DECREMENT {
			if _, ok := n.Operand.(*ast.Identifier); ok {
				return name(n.Operand)
			}
			return part(n.Operand)
		}
		if n.Operator == token.DELETE {
			return part(n.Operand)
		}
	case *ast.CallExpression:
		object, method, known, ok := f.code.member(n.Callee, at.scope)
		if ok && known && slices.Contains(mutators(), method) {
			return part(object)
		}
		if id, isName := object.(*ast.Identifier); ok && isName && id.Name == "Object" && method == "assign" && len(n.ArgumentList) > 0 {
			return part(n.ArgumentList[0])
		}
	}
	return nil
}

// mutators are the methods of lists, maps and sets that change them.
func mutators() []string {
	return []string{"push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill", "copyWithin", "set", "add", "delete", "clear"}
}

// madeHere tells whether a variable holds a list, object, map or set that the
// module itself has made.
func madeHere(b *binding) bool {
	if len(b.path) > 0 {
		return false
	}
	switch n := b.init.(type) {
	case *ast.ArrayLiteral, *ast.ObjectLiteral:
		return true
	case *ast.NewExpression:
		id, ok := n.Callee.(*ast.Identifier)
		return ok && slices.Contains([]string{"Map", "Set", "WeakMap", "Array", "Object"}, id.Name.String())
	}
	return false
}

// lazy recognises a variable that is filled when it is first needed: x ??= …,
// x = x || …, and what stands under an if that asks for it.
func (f *check) lazy(b *binding, at *site) bool {
	uses := func(e ast.Node) bool {
		root := f.code.byNode[e]
		if root == nil {
			return false
		}
		for _, s := range f.code.sites[root.index:root.end] {
			if id, ok := s.node.(*ast.Identifier); ok && s.scope.find(id.Name.String()) == b {
				return true
			}
		}
		return false
	}
	if n, ok := at.node.(*ast.AssignExpression); ok {
		if n.Operator == token.LOGICAL_OR || n.Operator == token.COALESCE {
			return true
		}
		if or, ok := n.Right.(*ast.BinaryExpression); ok && (or.Operator == token.LOGICAL_OR || or.Operator == token.COALESCE) && uses(or.Left) {
			return true
		}
	}
	for p := at.parent; p != nil; p = p.parent {
		switch n := p.node.(type) {
		case *ast.IfStatement:
			if uses(n.Test) {
				return true
			}
		case *ast.ConditionalExpression:
			if uses(n.Test) {
				return true
			}
		case *ast.BinaryExpression:
			if (n.Operator == token.LOGICAL_OR || n.Operator == token.COALESCE || n.Operator == token.LOGICAL_AND) && uses(n.Left) {
				return true
			}
		case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral:
			return f.guarded(p, uses)
		}
	}
	return false
}

// guarded recognises a function that returns first of all if the variable is
// set.
func (f *check) guarded(fn *site, uses func(ast.Node) bool) bool {
	var list []ast.Statement
	switch n := fn.node.(type) {
	case *ast.FunctionLiteral:
		list = n.Body.List
	case *ast.ArrowFunctionLiteral:
		if body, ok := n.Body.(*ast.BlockStatement); ok {
			list = body.List
		}
	}
	for _, s := range list {
		if n, ok := s.(*ast.IfStatement); ok && uses(n.Test) {
			switch then := n.Consequent.(type) {
			case *ast.ReturnStatement:
				return true
			case *ast.BlockStatement:
				if len(then.List) > 0 {
					_, returns := then.List[len(then.List)-1].(*ast.ReturnStatement)
					return returns
				}
			}
		}
	}
	return false
}

// outermost gives the function around f that stands in the module itself.
func outermost(f *function) *function {
	for f != nil && !f.outer.early() {
		f = f.outer
	}
	return f
}

// reached are the outermost functions that a call of main can get to: main, and
// those of the names that are mentioned in such a function. Without a main to
// follow it is all of them.
func (f *check) reached() map[*function]bool {
	reached := map[*function]bool{}
	if f.main.fn == nil {
		for _, fn := range f.code.functions {
			reached[outermost(fn)] = true
		}
		return reached
	}
	seen := map[*binding]bool{}
	queue := []*site{f.code.byNode[outermost(f.main.fn).node]}
	for len(queue) > 0 {
		root := queue[0]
		queue = queue[1:]
		if root == nil {
			continue
		}
		for _, at := range f.code.sites[root.index:root.end] {
			switch n := at.node.(type) {
			case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral:
				reached[outermost(f.code.functions[n])] = true
			case *ast.Identifier:
				b := at.scope.find(n.Name.String())
				if b == nil || seen[b] {
					break
				}
				seen[b] = true
				if b.init != nil {
					queue = append(queue, f.code.byNode[b.init])
				}
				queue = append(queue, b.writes...)
			case *ast.DotExpression:
				if v := f.code.of(n, at.scope); v.kind == functionV && !reached[outermost(v.fn)] {
					queue = append(queue, f.code.byNode[v.fn.node])
				}
			}
		}
	}
	return reached
}
