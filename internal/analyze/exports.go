package analyze

import (
	"slices"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
)

// noteExports finds what modules export.
func (c *code) noteExports() {
	for _, at := range c.sites {
		switch n := at.node.(type) {
		case *ast.AssignExpression:
			if n.Operator == token.ASSIGN {
				c.noteExport(n, at)
			}
		case *ast.CallExpression:
			c.noteExportCall(n, at)
		}
	}
	// What else is done with exports may add to them.
	for _, at := range c.sites {
		id, ok := at.node.(*ast.Identifier)
		if !ok || !c.mayExport(at, id) {
			continue
		}
		v := c.of(id, at.scope)
		if (v.kind == exportsV || v.kind == moduleV) && escapes(at) && c.isOwn(id) {
			v.mod.open = true
		}
	}
}

// mayExport tells whether a name can stand for exports or module.
func (c *code) mayExport(at *site, id *ast.Identifier) bool {
	b := at.scope.find(id.Name.String())
	if b == nil {
		return id.Name == "exports" || id.Name == "module"
	}
	return b.param != nil && c.modules[b.param] != nil
}

// noteExport notes exports.name = … and module.exports = ….
func (c *code) noteExport(n *ast.AssignExpression, at *site) {
	object, name, known, ok := c.member(n.Left, at.scope)
	if !ok || !known {
		return
	}
	switch v := c.of(object, at.scope); {
	case v.kind == exportsV:
		if u, ok := n.Right.(*ast.UnaryExpression); ok && u.Operator == token.VOID {
			return // compilers announce names so
		}
		v.mod.exports[name] = export{expr: n.Right, scope: at.scope, at: n.Left}
	case v.kind == moduleV && name == "exports":
		if c.isOwn(n.Right) || v.mod.whole == nil {
			v.mod.whole = &export{expr: n.Right, scope: at.scope, at: n.Left}
		}
	}
}

// isOwn tells the user's code from esbuild's annotation of exported names.
func (c *code) isOwn(n ast.Node) bool {
	_, _, ok := c.origin(offset(n.Idx0()))
	return ok
}

// noteExportCall notes Object.assign(exports, …), Object.defineProperty(exports,
// …), and what esbuild makes of the exports of ES modules.
func (c *code) noteExportCall(n *ast.CallExpression, at *site) {
	if len(n.ArgumentList) < 2 {
		return
	}
	if id, ok := n.Callee.(*ast.Identifier); ok && helper(id.Name.String()) == "__export" {
		c.noteNamespace(n, at)
		return
	}
	object, method, known, ok := c.member(n.Callee, at.scope)
	if !ok || !known {
		return
	}
	if id, isName := object.(*ast.Identifier); !isName || id.Name != "Object" {
		return
	}
	v := c.of(n.ArgumentList[0], at.scope)
	if v.kind != exportsV {
		return
	}
	switch method {
	case "assign":
		for _, arg := range n.ArgumentList[1:] {
			more, ok := arg.(*ast.ObjectLiteral)
			if !ok {
				v.mod.open = true
				continue
			}
			for _, name := range names(more) {
				if e, ok := c.field(value{kind: objectV, node: more, scope: at.scope}, name); ok {
					v.mod.exports[name] = e
				}
			}
		}
	case "defineProperty":
		name := c.of(n.ArgumentList[1], at.scope)
		if name.kind != constant || len(n.ArgumentList) < 3 {
			v.mod.open = true
			return
		}
		descriptor := c.of(n.ArgumentList[2], at.scope)
		if descriptor.kind == objectV {
			if e, ok := c.field(descriptor, "value"); ok {
				v.mod.exports[name.name] = e
			} else if e, ok := c.field(descriptor, "get"); ok {
				if result, ok := c.gives(e); ok {
					v.mod.exports[name.name] = result
				} else {
					v.mod.open = true
				}
			}
		}
	}
}

// gives is what a function without parameters that only returns something
// returns.
func (c *code) gives(e export) (export, bool) {
	fn := c.of(e.expr, e.scope).fn
	if fn == nil {
		return export{}, false
	}
	switch n := fn.node.(type) {
	case *ast.ArrowFunctionLiteral:
		if body, ok := n.Body.(*ast.ExpressionBody); ok {
			return export{expr: body.Expression, scope: fn.scope, at: e.at}, true
		}
	case *ast.FunctionLiteral:
		if len(n.Body.List) == 1 {
			if ret, ok := n.Body.List[0].(*ast.ReturnStatement); ok && ret.Argument != nil {
				return export{expr: ret.Argument, scope: fn.scope, at: e.at}, true
			}
		}
	}
	return export{}, false
}

// noteNamespace notes __export(module_exports, { name: () => name }).
func (c *code) noteNamespace(n *ast.CallExpression, at *site) {
	id, ok := n.ArgumentList[0].(*ast.Identifier)
	if !ok {
		return
	}
	b := at.scope.find(id.Name.String())
	object, isObject := n.ArgumentList[1].(*ast.ObjectLiteral)
	if b == nil || !isObject {
		return
	}
	fields := map[string]export{}
	for _, name := range names(object) {
		if e, ok := c.field(value{kind: objectV, node: object, scope: at.scope}, name); ok {
			if result, ok := c.gives(e); ok {
				fields[name] = result
			}
		}
	}
	c.namespaces[b] = fields
}

// names are the property names of an object literal, in order.
func names(object *ast.ObjectLiteral) []string {
	var list []string
	for _, p := range object.Value {
		switch p := p.(type) {
		case *ast.PropertyShort:
			list = append(list, p.Name.Name.String())
		case *ast.PropertyKeyed:
			if name, ok := keyOf(p); ok && !p.Computed {
				list = append(list, name)
			}
		}
	}
	return list
}

// escapes tells whether a value is handed to something that is not followed: it
// is neither looked into, nor assigned a part of, nor given a name.
func escapes(at *site) bool {
	p := at.parent
	node := at.node
	for p != nil {
		switch n := p.node.(type) {
		case *ast.Optional, *ast.OptionalChain:
			node = n
			p = p.parent
			continue
		case *ast.DotExpression:
			// module.exports is exports, whose uses count as well.
			if n.Identifier.Name == "exports" && n.Left == node {
				node, p = n, p.parent
				continue
			}
			return false
		case *ast.BracketExpression:
			return n.Left != node
		case *ast.Binding, *ast.ExpressionStatement, *ast.UnaryExpression:
			return false
		case *ast.AssignExpression:
			return n.Left != node && escapes(p)
		case *ast.BinaryExpression:
			return escapes(p)
		case *ast.CallExpression:
			// What noteExportCall reads.
			if object, ok := n.Callee.(*ast.DotExpression); ok {
				if id, ok := object.Left.(*ast.Identifier); ok && id.Name == "Object" {
					return !slices.Contains([]string{"assign", "defineProperty", "keys", "freeze"}, object.Identifier.Name.String())
				}
			}
			return true
		}
		return true
	}
	return false
}
