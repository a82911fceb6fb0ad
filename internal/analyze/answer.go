package analyze

import (
	"fmt"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"

	"github.com/fns-dev/fns/internal/diag"
)

// checkAnswers looks at how main answers: through sendResponse, or by what it
// returns.
func (f *check) checkAnswers() {
	if !f.UsesCallback {
		f.checkNoSender()
		return
	}
	if f.main.fn == nil || f.main.wrapped || f.main.fn.params == nil {
		return
	}
	fn := f.main.fn
	params := fn.params
	if params.Rest != nil || f.usesArguments(fn) {
		return
	}
	var name string
	if len(params.List) > 1 {
		id, ok := params.List[1].Target.(*ast.Identifier)
		if !ok {
			return
		}
		name = id.Name.String()
	}
	w := &answers{c: f.code, fn: fn, carriers: map[*binding]bool{}}
	if b := fn.scope.names[name]; b != nil && b.param == fn {
		w.carriers[b] = true
		w.spread()
	}
	if body := f.code.byNode[fn.node]; name == "" || !w.in(body, true) {
		f.reportNeverAnswers(name)
		return
	}
	for _, e := range w.unanswered() {
		if e.value != nil && f.isAnswer(e.value) {
			f.reportNode(diag.ReturnedAnswer, e.value, "this answer is returned, but HubSpot takes only what sendResponse gets", fmt.Sprintf("Write %s({ … }) in place of return", name))
			continue
		}
		f.reportNode(diag.NeverAnswers, e.at, fmt.Sprintf("main can end here without calling %s%s", name, e.why), fmt.Sprintf("Call %s on this path as well", name)).Severity = diag.Warning
	}
}

// reportNeverAnswers is for a main that answers on no path.
func (f *check) reportNeverAnswers(name string) {
	if value := f.returned(f.main.fn); value != nil {
		hint := "Take sendResponse as the second parameter and give it the answer"
		if name != "" {
			hint = fmt.Sprintf("Give it to %s", name)
		}
		f.reportNode(diag.ReturnedAnswer, value, "this answer is returned, but HubSpot takes only what sendResponse gets", hint)
		return
	}
	summary, hint := "main never calls "+name, "Call it on every path"
	if name == "" {
		summary, hint = "main does not take sendResponse, so it never answers", "Write exports.main = (context, sendResponse) => { … }"
	}
	at := f.main.at
	if at == nil || !f.code.isOwn(at) {
		at = f.main.fn.node
	}
	f.reportNode(diag.NeverAnswers, at, summary, hint)
}

// returned gives the first value that a function returns, nil for none.
func (f *check) returned(fn *function) ast.Expression {
	if arrow, ok := fn.node.(*ast.ArrowFunctionLiteral); ok {
		if body, ok := arrow.Body.(*ast.ExpressionBody); ok {
			return body.Expression
		}
	}
	for _, at := range f.code.below(f.code.byNode[fn.node]) {
		if ret, ok := at.node.(*ast.ReturnStatement); ok && at.fn == fn && ret.Argument != nil {
			return ret.Argument
		}
	}
	return nil
}

// isAnswer recognises an object with the keys of an answer.
func (f *check) isAnswer(e ast.Expression) bool {
	v := value{}
	if at := f.code.byNode[e]; at != nil {
		v = f.code.of(e, at.scope)
	}
	if v.kind != objectV || v.node == nil {
		return false
	}
	_, hasStatus := f.code.field(v, "statusCode")
	_, hasBody := f.code.field(v, "body")
	return hasStatus || hasBody
}

func (f *check) usesArguments(fn *function) bool {
	for _, at := range f.code.below(f.code.byNode[fn.node]) {
		if id, ok := at.node.(*ast.Identifier); ok && id.Name == "arguments" {
			return true
		}
	}
	return false
}

// checkNoSender reports calls of sendResponse where main does not get it.
func (f *check) checkNoSender() {
	for _, at := range f.code.sites {
		call, ok := at.node.(*ast.CallExpression)
		if !ok {
			continue
		}
		name := "sendResponse"
		id, isName := peel(call.Callee).(*ast.Identifier)
		switch {
		case f.code.of(call.Callee, at.scope).kind == sender:
			if isName {
				name = id.Name.String()
			}
		case isName && name == id.Name.String() && at.scope.find(name) == nil:
		default:
			continue
		}
		f.reportNode(diag.SendInReturn, call, fmt.Sprintf("%s is undefined here: functions of projects answer with what main returns", name), "Write return { statusCode, body } in place of the call")
	}
}

// below gives the sites inside a site.
func (c *code) below(at *site) []*site {
	if at == nil {
		return nil
	}
	return c.sites[at.index+1 : at.end]
}

// answers walks the paths through a function and finds those that end before
// sendResponse was called. A call inside a callback counts where the callback is
// handed over: when it runs is not followed.
type answers struct {
	c  *code
	fn *function
	// carriers are the names through which sendResponse can be reached.
	carriers map[*binding]bool
	ends     []ending
	breaks   [][]path
}

// ending is a place where a path ends without an answer.
type ending struct {
	at    ast.Node
	value ast.Expression // what is returned there, nil for none
	why   string
}

// path is the state of all paths that reach a place.
type path struct {
	dead     bool // none does
	answered bool // on all of them
	because  ast.Node
	why      string
}

func join(a, b path) path {
	switch {
	case a.dead:
		return b
	case b.dead:
		return a
	case a.answered:
		return b
	}
	return a
}

// spread adds the names that are made of names that are carriers.
func (w *answers) spread() {
	for range maxRounds {
		before := len(w.carriers)
		for _, at := range w.c.sites {
			switch n := at.node.(type) {
			case *ast.Binding:
				if n.Initializer != nil && w.in(w.c.byNode[n.Initializer], true) {
					targets(n.Target, func(e ast.Expression) { w.carry(e, at) })
				}
			case *ast.AssignExpression:
				if w.in(w.c.byNode[n.Right], true) {
					targets(n.Left, func(e ast.Expression) { w.carry(e, at) })
				}
			case *ast.FunctionDeclaration:
				if n.Function.Name != nil && ast.Node(n.Function) != w.fn.node && w.in(at, true) {
					w.carry(n.Function.Name, at)
				}
			}
		}
		if len(w.carriers) == before {
			return
		}
	}
}

func (w *answers) carry(e ast.Expression, at *site) {
	if id, ok := e.(*ast.Identifier); ok {
		if b := at.scope.find(id.Name.String()); b != nil && (b.param == nil || b.param != w.fn) {
			w.carriers[b] = true
		}
	}
}

// in tells whether a carrier stands in a site; deep looks into functions that
// are not called there, too.
func (w *answers) in(at *site, deep bool) bool {
	if at == nil {
		return false
	}
	for i := at.index; i < at.end; i++ {
		s := w.c.sites[i]
		switch n := s.node.(type) {
		case *ast.FunctionLiteral, *ast.ArrowFunctionLiteral:
			if !deep && !handedOver(s) {
				i = s.end - 1
			}
		case *ast.Identifier:
			if b := s.scope.find(n.Name.String()); b != nil && w.carriers[b] && !w.declares(b, n) {
				return true
			}
		}
	}
	return false
}

// declares tells a name's declaration from its use.
func (w *answers) declares(b *binding, n *ast.Identifier) bool { return b.node == ast.Node(n) }

// handedOver tells whether a function is an argument of a call, or called where
// it stands.
func handedOver(at *site) bool {
	for p := at.parent; p != nil; p = p.parent {
		switch n := p.node.(type) {
		case *ast.CallExpression, *ast.NewExpression, *ast.AwaitExpression:
			return true
		case *ast.ObjectLiteral, *ast.ArrayLiteral, *ast.ConditionalExpression, *ast.BinaryExpression, *ast.SequenceExpression:
			continue
		case *ast.AssignExpression: // process.on = …, or a property: who knows
			_, simple := n.Left.(*ast.Identifier)
			return !simple
		}
		return false
	}
	return false
}

// unanswered walks the function.
func (w *answers) unanswered() []ending {
	var end path
	switch n := w.fn.node.(type) {
	case *ast.FunctionLiteral:
		end = w.list(n.Body.List, path{})
	case *ast.ArrowFunctionLiteral:
		switch body := n.Body.(type) {
		case *ast.BlockStatement:
			end = w.list(body.List, path{})
		case *ast.ExpressionBody:
			end.answered = w.expression(body.Expression)
			end.because = body.Expression
		}
	}
	if !end.dead && !end.answered {
		at := end.because
		if at == nil {
			at = w.fn.node
		}
		w.ends = append(w.ends, ending{at: at, why: end.why})
	}
	return w.ends
}

func (w *answers) list(list []ast.Statement, p path) path {
	for _, s := range list {
		p = w.statement(s, p)
	}
	return p
}

// expression tells whether an expression answers.
func (w *answers) expression(e ast.Expression) bool {
	return e != nil && w.in(w.c.byNode[e], false)
}

func (w *answers) statement(s ast.Statement, p path) path {
	if p.dead || s == nil {
		return p
	}
	switch n := s.(type) {
	case *ast.BlockStatement:
		return w.list(n.List, p)
	case *ast.ExpressionStatement:
		p.answered = p.answered || w.expression(n.Expression)
		p.dead = w.exits(n.Expression)
	case *ast.VariableStatement:
		p.answered = p.answered || w.bindings(n.List)
	case *ast.LexicalDeclaration:
		p.answered = p.answered || w.bindings(n.List)
	case *ast.ReturnStatement:
		if !p.answered && !w.expression(n.Argument) {
			w.ends = append(w.ends, ending{at: n, value: n.Argument})
		}
		p.dead = true
	case *ast.ThrowStatement:
		p.dead = true
	case *ast.IfStatement:
		p.answered = p.answered || w.expression(n.Test)
		then := w.statement(n.Consequent, p)
		other := path{answered: p.answered, because: n, why: ": the condition may not hold"}
		if n.Alternate != nil {
			other = w.statement(n.Alternate, path{answered: p.answered, because: p.because, why: p.why})
		}
		return join(then, other)
	case *ast.TryStatement:
		return w.try(n, p)
	case *ast.SwitchStatement:
		return w.choose(n, p)
	case *ast.ForStatement:
		return w.loop(n.Body, p, n.Test == nil)
	case *ast.ForInStatement:
		return w.loop(n.Body, p, false)
	case *ast.ForOfStatement:
		return w.loop(n.Body, p, false)
	case *ast.WhileStatement:
		return w.loop(n.Body, p, isTrue(n.Test))
	case *ast.DoWhileStatement:
		return w.loop(n.Body, p, isTrue(n.Test))
	case *ast.LabelledStatement:
		return w.statement(n.Statement, p)
	case *ast.WithStatement:
		return w.statement(n.Body, p)
	case *ast.BranchStatement:
		if n.Token == token.BREAK && n.Label == nil && len(w.breaks) > 0 {
			w.breaks[len(w.breaks)-1] = append(w.breaks[len(w.breaks)-1], p)
		}
		p.dead = true
	}
	return p
}

func (w *answers) bindings(list []*ast.Binding) bool {
	for _, b := range list {
		if w.expression(b.Initializer) {
			return true
		}
	}
	return false
}

// try follows the block and what comes after an exception in it, which may have
// come before the answer.
func (w *answers) try(n *ast.TryStatement, p path) path {
	before := len(w.ends)
	end := w.list(n.Body.List, p)
	if n.Catch != nil && !w.rethrows(n.Catch) {
		caught := path{answered: p.answered, because: n.Catch, why: ": an error is caught and not answered"}
		end = join(w.list(n.Catch.Body.List, caught), end)
	}
	if n.Finally == nil {
		return end
	}
	final := w.list(n.Finally.List, path{answered: false})
	if final.answered && !final.dead {
		w.ends = w.ends[:before]
		end.answered = true
	}
	end.dead = end.dead || final.dead
	return end
}

// rethrows recognises the handler that the bundler makes of using: it throws again
// in the end.
func (w *answers) rethrows(n *ast.CatchStatement) bool {
	_, own := w.c.place(n)
	return !own && len(n.Body.List) > 0
}

func (w *answers) choose(n *ast.SwitchStatement, p path) path {
	w.breaks = append(w.breaks, nil)
	p.answered = p.answered || w.expression(n.Discriminant)
	through := path{dead: true}
	for _, clause := range n.Body {
		through = w.list(clause.Consequent, join(p, through))
	}
	end := through
	if n.Default < 0 {
		end = join(end, path{answered: p.answered, because: n, why: ": it has no default"})
	}
	for _, b := range w.breaks[len(w.breaks)-1] {
		end = join(end, b)
	}
	w.breaks = w.breaks[:len(w.breaks)-1]
	return end
}

// loop takes a body that answers for one that runs.
func (w *answers) loop(body ast.Statement, p path, endless bool) path {
	w.breaks = append(w.breaks, nil)
	once := w.statement(body, p)
	left := w.breaks[len(w.breaks)-1]
	w.breaks = w.breaks[:len(w.breaks)-1]
	end := path{dead: true}
	if !endless {
		end = p
		if !once.dead {
			end.answered = p.answered || once.answered
		}
	}
	for _, b := range left {
		if b.answered {
			end.answered = true
		}
		end = join(end, b)
	}
	return end
}

// exits recognises process.exit().
func (w *answers) exits(e ast.Expression) bool {
	call, ok := peel(e).(*ast.CallExpression)
	if !ok {
		return false
	}
	at := w.c.byNode[call]
	return at != nil && isExit(w.c.of(call.Callee, at.scope).name)
}

func isTrue(e ast.Expression) bool {
	switch n := e.(type) {
	case *ast.BooleanLiteral:
		return n.Value
	case *ast.NumberLiteral:
		return n.Literal != "0"
	case *ast.UnaryExpression: // as minifiers write it
		inner, ok := n.Operand.(*ast.NumberLiteral)
		return ok && n.Operator == token.NOT && inner.Literal == "0"
	}
	return false
}
