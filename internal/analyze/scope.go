package analyze

import (
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
)

// scope holds the names of a function or block.
type scope struct {
	outer *scope
	names map[string]*binding
}

func (s *scope) find(name string) *binding {
	for ; s != nil; s = s.outer {
		if b := s.names[name]; b != nil {
			return b
		}
	}
	return nil
}

// binding is one declared name.
type binding struct {
	name  string
	node  ast.Node // where it is declared
	scope *scope
	fn    *function // whose body declares it, nil for the bundle
	// init is what it is declared with, nil for none; path leads from there to
	// the value where a pattern takes it apart, with * for what is computed.
	init ast.Expression
	path []string
	// fallback is true where the pattern has a default for it.
	fallback bool
	// param is the function whose parameter it is, and index its place.
	param *function
	index int
	// opaque is a name that gets its values in ways not followed: in loops, from
	// catch, as rest.
	opaque bool
	// writes are the assignments to it.
	writes []*site
}

// function is a function of the bundle.
type function struct {
	node   ast.Node // *ast.FunctionLiteral or *ast.ArrowFunctionLiteral
	outer  *function
	scope  *scope
	params *ast.ParameterList
	// load is true for one that runs while the module loads: the wrapper of a
	// module, or one that is called where it stands.
	load  bool
	args  map[int]value // what it is called with, as far as that is known
	given bool          // args are those of HubSpot's call
}

// early reports whether code of f runs while the module loads.
func (f *function) early() bool {
	for ; f != nil; f = f.outer {
		if !f.load {
			return false
		}
	}
	return true
}

// module is a CommonJS module in the bundle: the entry, or one in a wrapper.
type module struct {
	wrapper *function // nil for the entry
	exports map[string]export
	whole   *export // module.exports = …
	// open is true where exports get more than can be followed.
	open bool
}

type export struct {
	expr  ast.Expression
	scope *scope
	at    ast.Node // the assignment's target
}

// site is a node in its surroundings.
type site struct {
	node   ast.Node
	scope  *scope
	fn     *function
	parent *site
	// The nodes below it are sites index+1 to end-1 of the code.
	index, end int
}

// code is what is known of a bundle's syntax tree.
type code struct {
	*program
	sites     []*site // in the order of the source
	byNode    map[ast.Node]*site
	functions map[ast.Node]*function
	entry     *module
	modules   map[*function]*module
	// namespaces are the exports of ES modules by the binding that holds them.
	namespaces map[*binding]map[string]export
}

// newCode reads the tree of p once and notes every node with its surroundings.
func newCode(p *program) *code {
	c := &code{
		program: p, byNode: map[ast.Node]*site{}, functions: map[ast.Node]*function{}, entry: &module{exports: map[string]export{}},
		modules: map[*function]*module{}, namespaces: map[*binding]map[string]export{},
	}
	top := &scope{names: map[string]*binding{}}
	c.hoist(p.body.DeclarationList, top, nil)
	c.declareAll(p.body.Body.List, top, nil)
	for _, s := range p.body.Body.List {
		c.visit(s, top, nil, nil)
	}
	c.noteWrites()
	c.noteExports()
	return c
}

func (c *code) visit(n ast.Node, s *scope, fn *function, parent *site) {
	at := &site{node: n, scope: s, fn: fn, parent: parent, index: len(c.sites)}
	c.sites = append(c.sites, at)
	c.byNode[n] = at
	defer func() { at.end = len(c.sites) }()
	switch n := n.(type) {
	case *ast.FunctionLiteral:
		fn = c.enter(n, n.ParameterList, n.DeclarationList, s, fn, parent)
		s = fn.scope
		if n.Name != nil { // of a function expression: it sees itself
			if _, taken := s.names[n.Name.Name.String()]; !taken {
				c.declare(s, fn, &binding{node: n.Name, init: n}, n.Name.Name.String())
			}
		}
		c.declareAll(n.Body.List, s, fn)
		c.params(n.ParameterList, s, fn, at)
		for _, statement := range n.Body.List {
			c.visit(statement, s, fn, at)
		}
		return
	case *ast.ArrowFunctionLiteral:
		fn = c.enter(n, n.ParameterList, n.DeclarationList, s, fn, parent)
		s = fn.scope
		if body, ok := n.Body.(*ast.BlockStatement); ok {
			c.declareAll(body.List, s, fn)
			c.params(n.ParameterList, s, fn, at)
			for _, statement := range body.List {
				c.visit(statement, s, fn, at)
			}
			return
		}
	case *ast.BlockStatement:
		s = &scope{outer: s, names: map[string]*binding{}}
		c.declareAll(n.List, s, fn)
	case *ast.SwitchStatement:
		s = &scope{outer: s, names: map[string]*binding{}}
		for _, clause := range n.Body {
			c.declareAll(clause.Consequent, s, fn)
		}
	case *ast.CatchStatement:
		s = &scope{outer: s, names: map[string]*binding{}}
		if n.Parameter != nil {
			c.bind(n.Parameter, &binding{opaque: true}, s, fn)
		}
	case *ast.ForStatement:
		if init, ok := n.Initializer.(*ast.ForLoopInitializerLexicalDecl); ok {
			s = &scope{outer: s, names: map[string]*binding{}}
			for _, b := range init.LexicalDeclaration.List {
				c.bind(b.Target, &binding{init: b.Initializer}, s, fn)
			}
		}
	case *ast.ForInStatement:
		s = c.loop(n.Into, s, fn)
	case *ast.ForOfStatement:
		s = c.loop(n.Into, s, fn)
	case *ast.ClassLiteral:
		if n.Name != nil {
			s = &scope{outer: s, names: map[string]*binding{}}
			c.declare(s, fn, &binding{node: n.Name, init: n}, n.Name.Name.String())
		}
	}
	children(n, func(child ast.Node) { c.visit(child, s, fn, at) })
}

func (c *code) params(list *ast.ParameterList, s *scope, fn *function, at *site) {
	if list == nil {
		return
	}
	for _, b := range list.List {
		c.visit(b, s, fn, at)
	}
	if list.Rest != nil {
		c.visit(list.Rest, s, fn, at)
	}
}

// enter makes the function of a node and declares its parameters and variables.
func (c *code) enter(n ast.Node, params *ast.ParameterList, vars []*ast.VariableDeclaration, s *scope, outer *function, parent *site) *function {
	fn := &function{node: n, outer: outer, params: params, scope: &scope{outer: s, names: map[string]*binding{}}}
	fn.load = runsAtOnce(n, parent)
	c.functions[n] = fn
	if wraps(parent) {
		fn.load = true
		c.modules[fn] = &module{wrapper: fn, exports: map[string]export{}}
	}
	c.hoist(vars, fn.scope, fn)
	if params != nil {
		for i, p := range params.List {
			c.bind(p.Target, &binding{param: fn, index: i, fallback: p.Initializer != nil}, fn.scope, fn)
		}
		if params.Rest != nil {
			c.bind(params.Rest, &binding{opaque: true}, fn.scope, fn)
		}
	}
	return fn
}

// runsAtOnce recognises (function () { … })() and its kin.
func runsAtOnce(n ast.Node, parent *site) bool {
	if parent == nil {
		return false
	}
	switch p := parent.node.(type) {
	case *ast.CallExpression:
		return p.Callee == n
	case *ast.DotExpression: // (function () { … }).call(this)
		call, ok := ast.Node(nil), false
		if parent.parent != nil {
			call, ok = parent.parent.node, true
		}
		c, isCall := call.(*ast.CallExpression)
		name := p.Identifier.Name.String()
		return ok && isCall && c.Callee == ast.Expression(p) && (name == "call" || name == "apply")
	}
	return false
}

// wraps recognises the function that esbuild puts a module into, by what is
// around it: __commonJS({ "file.js"(exports, module) { … } }), or __esm.
func wraps(object *site) bool {
	if object == nil || object.parent == nil || object.fn != nil {
		return false
	}
	if _, ok := object.node.(*ast.ObjectLiteral); !ok {
		return false
	}
	call, ok := object.parent.node.(*ast.CallExpression)
	if !ok {
		return false
	}
	callee, ok := call.Callee.(*ast.Identifier)
	return ok && (strings.HasPrefix(callee.Name.String(), "__commonJS") || strings.HasPrefix(callee.Name.String(), "__esm"))
}

// hoist declares the variables of a function.
func (c *code) hoist(vars []*ast.VariableDeclaration, s *scope, fn *function) {
	for _, d := range vars {
		for _, b := range d.List {
			c.bind(b.Target, &binding{init: b.Initializer}, s, fn)
		}
	}
}

// declareAll declares what the statements of a block declare for the whole
// block.
func (c *code) declareAll(list []ast.Statement, s *scope, fn *function) {
	for _, statement := range list {
		switch n := statement.(type) {
		case *ast.LexicalDeclaration:
			for _, b := range n.List {
				c.bind(b.Target, &binding{init: b.Initializer}, s, fn)
			}
		case *ast.FunctionDeclaration:
			if n.Function.Name != nil {
				c.declare(s, fn, &binding{node: n.Function.Name, init: n.Function}, n.Function.Name.Name.String())
			}
		case *ast.ClassDeclaration:
			if n.Class.Name != nil {
				c.declare(s, fn, &binding{node: n.Class.Name, init: n.Class}, n.Class.Name.Name.String())
			}
		}
	}
}

func (c *code) loop(into ast.ForInto, s *scope, fn *function) *scope {
	switch into := into.(type) {
	case *ast.ForIntoVar:
		c.bind(into.Binding.Target, &binding{opaque: true}, s, fn)
	case *ast.ForDeclaration:
		s = &scope{outer: s, names: map[string]*binding{}}
		c.bind(into.Target, &binding{opaque: true}, s, fn)
	}
	return s
}

func (c *code) declare(s *scope, fn *function, b *binding, name string) {
	b.name, b.scope, b.fn = name, s, fn
	if old := s.names[name]; old != nil {
		if b.init == nil && !b.opaque { // var x again changes nothing
			return
		}
		if old.init != nil || old.param != nil {
			b.opaque = true
		}
	}
	s.names[name] = b
}

// bind declares the names of a pattern, which get parts of what like gets.
func (c *code) bind(target ast.Expression, like *binding, s *scope, fn *function) {
	with := func(step string, fallback bool) *binding {
		b := *like
		b.path = append(like.path[:len(like.path):len(like.path)], step)
		b.fallback = like.fallback || fallback
		return &b
	}
	switch n := target.(type) {
	case *ast.Identifier:
		b := *like
		b.node = n
		c.declare(s, fn, &b, n.Name.String())
	case *ast.AssignExpression: // a default
		b := *like
		b.fallback = true
		c.bind(n.Left, &b, s, fn)
	case *ast.ObjectPattern:
		for _, p := range n.Properties {
			switch p := p.(type) {
			case *ast.PropertyShort:
				b := with(p.Name.Name.String(), p.Initializer != nil)
				b.node = &p.Name
				c.declare(s, fn, b, p.Name.Name.String())
			case *ast.PropertyKeyed:
				step, ok := keyOf(p)
				if !ok {
					step = "*"
				}
				c.bind(p.Value, with(step, false), s, fn)
			}
		}
		if n.Rest != nil {
			b := with("*", false)
			c.bind(n.Rest, b, s, fn)
		}
	case *ast.ArrayPattern:
		for _, e := range n.Elements {
			if e != nil {
				c.bind(e, with("0", false), s, fn)
			}
		}
		if n.Rest != nil {
			c.bind(n.Rest, with("*", false), s, fn)
		}
	}
}

// keyOf gives the name of a property that is not computed.
func keyOf(p *ast.PropertyKeyed) (string, bool) {
	if s, ok := p.Key.(*ast.StringLiteral); ok {
		return s.Value.String(), true
	}
	return "", false
}

// noteWrites finds the assignments to each name.
func (c *code) noteWrites() {
	note := func(target ast.Expression, at *site) {
		if id, ok := target.(*ast.Identifier); ok {
			if b := at.scope.find(id.Name.String()); b != nil {
				b.writes = append(b.writes, at)
			}
		}
	}
	for _, at := range c.sites {
		switch n := at.node.(type) {
		case *ast.AssignExpression:
			if at.parent == nil || !isPattern(at.parent.node) {
				targets(n.Left, func(e ast.Expression) { note(e, at) })
			}
		case *ast.UnaryExpression:
			if n.Operator == token.INCREMENT || n.Operator == token.DECREMENT {
				note(n.Operand, at)
			}
		case *ast.ForIntoExpression:
			targets(n.Expression, func(e ast.Expression) { note(e, at) })
		}
	}
}

func isPattern(n ast.Node) bool {
	switch n.(type) {
	case *ast.ObjectPattern, *ast.ArrayPattern:
		return true
	}
	return false
}

// targets calls f for each thing that an assignment to target assigns to.
func targets(target ast.Expression, f func(ast.Expression)) {
	switch n := target.(type) {
	case *ast.ObjectPattern:
		for _, p := range n.Properties {
			switch p := p.(type) {
			case *ast.PropertyShort:
				f(&p.Name)
			case *ast.PropertyKeyed:
				targets(p.Value, f)
			}
		}
		if n.Rest != nil {
			targets(n.Rest, f)
		}
	case *ast.ArrayPattern:
		for _, e := range n.Elements {
			if e != nil {
				targets(e, f)
			}
		}
		if n.Rest != nil {
			targets(n.Rest, f)
		}
	case *ast.AssignExpression:
		targets(n.Left, f)
	case nil:
	default:
		f(n)
	}
}
