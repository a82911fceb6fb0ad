package analyze

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
)

// kind is what an expression stands for, as far as the rules care.
type kind uint8

const (
	unknown    kind = iota
	constant        // a string; name holds it
	global          // globalThis
	processV        // process
	environ         // process.env
	variable        // a value of process.env or context.secrets; name says which
	contextV        // main's first parameter
	secretsV        // context.secrets
	paramsV         // context.params
	parameter       // a value of context.params: a list
	section         // another part of the context that may be large: body, headers
	sender          // main's second parameter
	consoleV        // console
	requireV        // require
	exportsV        // exports of mod
	moduleV         // module of mod
	loaderV         // the function that gives the exports of mod
	namespaceV      // what import gives of a CommonJS module: inner is its exports
	packageV        // a package or module of Node, or something of it; name says which
	responseV       // the answer that a package for HTTP gives
	functionV       // fn
	objectV         // an object literal
	instanceV       // what a class in packageV makes
)

// value is a kind with what belongs to it.
type value struct {
	kind  kind
	name  string
	fn    *function
	mod   *module
	inner *value
	node  ast.Expression
	scope *scope
	// fromContext marks a variable of context.secrets.
	fromContext bool
}

func (v value) same(w value) bool {
	return v.kind == w.kind && v.name == w.name && v.fn == w.fn && v.mod == w.mod && v.node == w.node
}

// maxDepth is how many steps an expression is followed; code that needs more is
// not followed at all.
const maxDepth = 24

// peel takes off what does not change a value.
func peel(e ast.Expression) ast.Expression {
	for {
		switch n := e.(type) {
		case *ast.OptionalChain:
			e = n.Expression
		case *ast.Optional:
			e = n.Expression
		case *ast.SequenceExpression:
			if len(n.Sequence) == 0 {
				return e
			}
			e = n.Sequence[len(n.Sequence)-1]
		default:
			return e
		}
	}
}

// member gives the object and the name of a property access; known is false
// where the name is computed.
func (c *code) member(e ast.Expression, s *scope) (object ast.Expression, name string, known, ok bool) {
	switch n := peel(e).(type) {
	case *ast.DotExpression:
		return n.Left, n.Identifier.Name.String(), true, true
	case *ast.BracketExpression:
		switch key := peel(n.Member).(type) {
		case *ast.StringLiteral:
			return n.Left, key.Value.String(), true, true
		case *ast.NumberLiteral:
			return n.Left, key.Literal, true, true
		case *ast.Identifier:
			if v := c.eval(key, s, maxDepth-4); v.kind == constant {
				return n.Left, v.name, true, true
			}
		case *ast.TemplateLiteral:
			if v := c.eval(key, s, maxDepth-4); v.kind == constant {
				return n.Left, v.name, true, true
			}
		}
		return n.Left, "", false, true
	}
	return nil, "", false, false
}

// of evaluates an expression.
func (c *code) of(e ast.Expression, s *scope) value { return c.eval(e, s, 0) }

func (c *code) eval(e ast.Expression, s *scope, depth int) value {
	if e == nil || depth > maxDepth {
		return value{}
	}
	depth++
	switch n := peel(e).(type) {
	case *ast.Identifier:
		name := n.Name.String()
		if b := s.find(name); b != nil {
			return c.bound(b, depth)
		}
		return c.free(name)
	case *ast.DotExpression, *ast.BracketExpression:
		object, name, known, _ := c.member(n, s)
		if !known {
			return value{}
		}
		return c.property(c.eval(object, s, depth), name, depth)
	case *ast.BinaryExpression:
		switch n.Operator {
		case token.LOGICAL_OR, token.COALESCE:
			if v := c.eval(n.Left, s, depth); v.kind != unknown {
				return v
			}
			return c.eval(n.Right, s, depth)
		case token.LOGICAL_AND:
			return c.eval(n.Right, s, depth)
		}
	case *ast.ConditionalExpression:
		if v := c.eval(n.Consequent, s, depth); v.kind != unknown {
			return v
		}
		return c.eval(n.Alternate, s, depth)
	case *ast.AssignExpression:
		if n.Operator == token.ASSIGN {
			return c.eval(n.Right, s, depth)
		}
	case *ast.AwaitExpression:
		return c.eval(n.Argument, s, depth)
	case *ast.CallExpression:
		return c.call(n, s, depth)
	case *ast.NewExpression:
		if v := c.eval(n.Callee, s, depth); v.kind == packageV {
			return value{kind: instanceV, name: v.name}
		}
	case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral:
		if fn := c.functions[n]; fn != nil {
			return value{kind: functionV, fn: fn}
		}
	case *ast.ObjectLiteral:
		return value{kind: objectV, node: n, scope: s}
	case *ast.StringLiteral:
		return value{kind: constant, name: n.Value.String()}
	case *ast.TemplateLiteral:
		if len(n.Expressions) == 0 && n.Tag == nil && len(n.Elements) == 1 {
			return value{kind: constant, name: n.Elements[0].Parsed.String()}
		}
	}
	return value{}
}

// bound gives the value of a declared name.
func (c *code) bound(b *binding, depth int) value {
	var v value
	switch {
	case b.opaque:
		return value{}
	case b.param != nil:
		switch mod := c.modules[b.param]; {
		case mod != nil && b.index == 0:
			v = value{kind: exportsV, mod: mod}
		case mod != nil:
			v = value{kind: moduleV, mod: mod}
		case len(b.writes) > 0:
			return value{}
		default:
			v = b.param.args[b.index]
		}
	case b.init == nil && len(b.writes) == 1:
		assign, ok := b.writes[0].node.(*ast.AssignExpression)
		if !ok || assign.Operator != token.ASSIGN {
			return value{}
		}
		if _, simple := assign.Left.(*ast.Identifier); !simple {
			return value{}
		}
		return c.eval(assign.Right, b.writes[0].scope, depth)
	case b.init == nil || len(b.writes) > 0:
		return value{}
	default:
		// The namespace of an ES module is an object that is filled later.
		if c.namespaces[b] != nil {
			return value{kind: objectV, name: b.name, scope: b.scope}
		}
		v = c.eval(b.init, b.scope, depth)
	}
	for _, step := range b.path {
		if step == "*" {
			return value{}
		}
		v = c.property(v, step, depth)
	}
	return v
}

// free gives the value of a name that is not declared.
func (c *code) free(name string) value {
	switch name {
	case "globalThis", "global":
		return value{kind: global}
	case "process":
		return value{kind: processV}
	case "console":
		return value{kind: consoleV}
	case "require":
		return value{kind: requireV}
	case "exports":
		return value{kind: exportsV, mod: c.entry}
	case "module":
		return value{kind: moduleV, mod: c.entry}
	}
	return value{}
}

// property gives the value of a property of v.
func (c *code) property(v value, name string, depth int) value {
	if depth > maxDepth {
		return value{}
	}
	switch v.kind {
	case global:
		return c.free(name)
	case processV:
		switch name {
		case "env":
			return value{kind: environ}
		case "default":
			return v
		}
		return value{kind: packageV, name: "process." + name}
	case environ:
		return value{kind: variable, name: name}
	case secretsV:
		return value{kind: variable, name: name, fromContext: true}
	case contextV:
		switch name {
		case "secrets":
			return value{kind: secretsV}
		case "params":
			return value{kind: paramsV}
		case "body", "headers", "contact", "parameters", "propertiesToSend":
			return value{kind: section, name: name}
		}
	case paramsV:
		return value{kind: parameter, name: name}
	case moduleV:
		if name == "exports" {
			return value{kind: exportsV, mod: v.mod}
		}
	case exportsV:
		if e, ok := c.exported(v.mod, name); ok {
			return c.eval(e.expr, e.scope, depth+1)
		}
		if v.mod.whole != nil {
			return c.property(c.eval(v.mod.whole.expr, v.mod.whole.scope, depth+1), name, depth+1)
		}
	case namespaceV:
		inner := *v.inner
		if name == "default" && inner.kind != objectV {
			if inner.kind == exportsV {
				return c.whole(inner.mod, depth)
			}
			return inner
		}
		return c.property(inner, name, depth+1)
	case packageV:
		if name == "default" {
			return v
		}
		return value{kind: packageV, name: v.name + "." + name}
	case objectV:
		if e, ok := c.field(v, name); ok {
			return c.eval(e.expr, e.scope, depth+1)
		}
	}
	return value{}
}

// whole gives what require of mod gives.
func (c *code) whole(mod *module, depth int) value {
	if mod.whole != nil {
		if v := c.eval(mod.whole.expr, mod.whole.scope, depth+1); v.kind != unknown {
			return v
		}
	}
	return value{kind: exportsV, mod: mod}
}

func (c *code) exported(mod *module, name string) (export, bool) {
	e, ok := mod.exports[name]
	return e, ok
}

// field finds a property in an object literal, or in the namespace of an ES
// module.
func (c *code) field(v value, name string) (export, bool) {
	if v.node == nil {
		e, ok := c.namespaces[v.scope.find(v.name)][name]
		return e, ok
	}
	object := v.node.(*ast.ObjectLiteral)
	for i := len(object.Value) - 1; i >= 0; i-- {
		switch p := object.Value[i].(type) {
		case *ast.PropertyShort:
			if p.Name.Name.String() == name {
				return export{expr: &p.Name, scope: v.scope, at: &p.Name}, true
			}
		case *ast.PropertyKeyed:
			if key, ok := keyOf(p); ok && key == name && !p.Computed && p.Kind != ast.PropertyKindGet && p.Kind != ast.PropertyKindSet {
				return export{expr: p.Value, scope: v.scope, at: p.Key}, true
			}
		case *ast.SpreadElement:
			return export{}, false
		}
	}
	return export{}, false
}

// call gives the value of a call.
func (c *code) call(n *ast.CallExpression, s *scope, depth int) value {
	arg := func(i int) ast.Expression {
		if i < len(n.ArgumentList) {
			return n.ArgumentList[i]
		}
		return nil
	}
	if id, ok := n.Callee.(*ast.Identifier); ok {
		switch helper(id.Name.String()) {
		case "__toESM":
			inner := c.eval(arg(0), s, depth)
			return value{kind: namespaceV, inner: &inner}
		case "__toCommonJS", "__name":
			return c.eval(arg(0), s, depth)
		case "__commonJS":
			if fn := c.wrapped(arg(0)); fn != nil {
				return value{kind: loaderV, mod: c.modules[fn]}
			}
			return value{}
		}
	}
	callee := c.eval(n.Callee, s, depth)
	switch callee.kind {
	case requireV:
		if name := c.eval(arg(0), s, depth); name.kind == constant {
			if name.name == "process" || name.name == "node:process" {
				return value{kind: processV}
			}
			return value{kind: packageV, name: name.name}
		}
	case loaderV:
		return c.whole(callee.mod, depth)
	case packageV:
		if isHTTPCall(callee.name) {
			return value{kind: responseV, name: callee.name}
		}
		if callee.name == "axios.create" {
			return value{kind: packageV, name: "axios"}
		}
	}
	if object, name, known, ok := c.member(n.Callee, s); ok && known && name == "bind" {
		return c.eval(object, s, depth)
	}
	return value{}
}

// wrapped gives the function of a module in a call of __commonJS.
func (c *code) wrapped(e ast.Expression) *function {
	object, ok := e.(*ast.ObjectLiteral)
	if !ok || len(object.Value) != 1 {
		return nil
	}
	p, ok := object.Value[0].(*ast.PropertyKeyed)
	if !ok {
		return nil
	}
	if fn := c.functions[p.Value]; fn != nil && c.modules[fn] != nil {
		return fn
	}
	return nil
}

// helper gives the name of a function of esbuild without the digits that keep
// it apart from the user's own.
func helper(name string) string {
	if len(name) < 3 || name[:2] != "__" {
		return ""
	}
	for len(name) > 0 && name[len(name)-1] >= '0' && name[len(name)-1] <= '9' {
		name = name[:len(name)-1]
	}
	return name
}

// isHTTPCall recognises the calls of axios that give a response.
func isHTTPCall(name string) bool {
	switch name {
	case "axios", "axios.get", "axios.post", "axios.put", "axios.patch", "axios.delete", "axios.head", "axios.request":
		return true
	}
	return false
}
