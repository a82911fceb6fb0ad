package analyze

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/project"
)

// read is a place that reads a variable.
type read struct {
	name        string
	fromContext bool
	node        ast.Node
	fn          *function
	// optional is true where the code has an answer to it being undefined.
	optional bool
}

// checkNames compares the variables that the code reads with those that the
// manifest declares.
func (f *check) checkNames() {
	reads, dynamic := f.reads()
	guarded := map[string]bool{}
	for _, r := range reads {
		if r.optional {
			guarded[r.name] = true
		}
	}
	said := map[string]bool{}
	for _, r := range reads {
		at, ok := f.place(r.node)
		if !ok {
			continue
		}
		f.checkSource(r, at)
		if r.fn.early() && f.isSecret(r.name) && !r.fromContext {
			f.report(diag.EarlySecret, at, fmt.Sprintf("%s is read when the module loads; a running instance does not notice when the secret changes", r.name), "Read it inside main")
		}
		if !f.declared(r.name) && !said[r.name] {
			said[r.name] = true
			d := f.report(diag.UndeclaredName, at, fmt.Sprintf("%s is not declared, so it is undefined on HubSpot", r.name), f.declareHint(r.name))
			if guarded[r.name] {
				d.Severity = diag.Note
			}
		}
	}
	if !dynamic {
		f.noteUnused()
	}
}

// checkSource reports context.secrets where HubSpot puts nothing into it.
func (f *check) checkSource(r read, at diag.Range) {
	if !r.fromContext || f.UsesCallback || r.name == project.TokenVariable {
		return
	}
	f.report(diag.ContextSecrets, at, fmt.Sprintf("context.secrets has no %s in functions of projects", r.name), fmt.Sprintf("Read process.env.%s", r.name))
}

// noteUnused notes what is declared and does not even stand in the code.
func (f *check) noteUnused() {
	for _, s := range f.Secrets {
		if s.Name != project.TokenVariable && !f.mentioned(s.Name) {
			f.unused = append(f.unused, s)
		}
	}
}

// reportUnused reports the secrets that none of the functions reads that they are
// declared for. One declaration can be for all functions of a file.
func reportUnused(functions []*project.Function, unused [][]project.Secret) diag.List {
	declared, without := map[diag.Range]int{}, map[diag.Range]int{}
	for _, fn := range functions {
		for _, s := range fn.Secrets {
			declared[s.Range]++
		}
	}
	var list diag.List
	rule, _ := diag.RuleFor(diag.UnusedName)
	for i, fn := range functions {
		for _, s := range unused[i] {
			without[s.Range]++
			if without[s.Range] < declared[s.Range] {
				continue
			}
			who := fn.Name + " does not read it"
			if declared[s.Range] > 1 {
				who = "no function reads it"
			}
			list = append(list, diag.Diagnostic{
				Code: rule.Code, Severity: rule.Severity, Range: s.Range,
				Summary: fmt.Sprintf("secret %q is declared, but %s", s.Name, who), Hint: "Remove it from the manifest",
			})
		}
	}
	return list
}

func (f *check) mentioned(name string) bool {
	return slices.ContainsFunc(f.own, func(s *source) bool { return s.size > maxFile || s.mentions(name) })
}

// isSecret tells whether a name holds something that must not get out.
func (f *check) isSecret(name string) bool {
	if _, isVariable := f.Environment[name]; isVariable {
		return false
	}
	return name == project.TokenVariable || slices.ContainsFunc(f.Secrets, func(s project.Secret) bool { return s.Name == name })
}

// declared tells whether a function finds a variable of that name on HubSpot.
func (f *check) declared(name string) bool {
	if _, ok := f.Environment[name]; ok {
		return true
	}
	switch {
	case slices.ContainsFunc(f.Secrets, func(s project.Secret) bool { return s.Name == name }):
		return true
	case name == project.TokenVariable:
		return f.Generation != project.DesignManager
	}
	// What Lambda, Node and their tools know, set or not.
	return project.ReservedVariable(name) || strings.HasPrefix(name, "AWS_") || strings.HasPrefix(name, "NODE_") || strings.HasPrefix(name, "npm_") ||
		slices.Contains([]string{"LANG", "PATH", "PWD", "HOME", "LD_LIBRARY_PATH", "CI", "DEBUG", "HS_ENVIRONMENT", "HS_HUBLET", "HS_SERVERLESS_FUNCTION_ID"}, name)
}

func (f *check) declareHint(name string) string {
	known := make([]string, 0, len(f.Secrets)+len(f.Environment))
	for _, s := range f.Secrets {
		known = append(known, s.Name)
	}
	for variable := range f.Environment {
		known = append(known, variable)
	}
	sort.Strings(known)
	for _, k := range known {
		if strings.EqualFold(k, name) || near(k, name) {
			return fmt.Sprintf("Did you mean %s?", k)
		}
	}
	switch {
	case name == project.TokenVariable:
		return "Functions of the design manager get no token: store that of a private app as a secret of another name"
	case f.Generation == project.DesignManager:
		return fmt.Sprintf("Add %q to \"secrets\" in serverless.json, or to \"environment\" with its value", name)
	case f.Generation == project.ProjectServerless:
		return fmt.Sprintf("Add %q to the function's \"secrets\" in serverless.json", name)
	}
	return fmt.Sprintf("Add %q to \"secretKeys\" in the function's -hsmeta.json", name)
}

// near tells whether one edit makes one name the other.
func near(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 4 || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i == len(a) || a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	}
	return a[i:] == b[i+1:]
}

// reads finds the variables that the code reads, in the order of the source.
// dynamic is true where it may read others that can't be told.
func (f *check) reads() (reads []read, dynamic bool) {
	c := f.code
	for _, at := range c.sites {
		switch n := at.node.(type) {
		case *ast.DotExpression, *ast.BracketExpression:
			object, _, known, _ := c.member(n.(ast.Expression), at.scope)
			v := c.of(object, at.scope)
			if v.kind != environ && v.kind != secretsV {
				break
			}
			if !known {
				dynamic = dynamic || c.isOwn(n)
				break
			}
			if got := c.of(n.(ast.Expression), at.scope); !assigned(at) {
				reads = append(reads, read{name: got.name, fromContext: got.fromContext, node: n, fn: at.fn, optional: optional(at)})
			}
		case *ast.Identifier:
			b := at.scope.find(n.Name.String())
			if b == nil || b.node != ast.Node(n) || len(b.path) == 0 {
				break
			}
			switch v := c.of(n, at.scope); v.kind {
			case variable: // taken out of process.env by a pattern
				reads = append(reads, read{name: v.name, fromContext: v.fromContext, node: n, fn: at.fn, optional: b.fallback})
			case unknown: // the rest, or under a computed name
				source := *b
				source.path = b.path[:len(b.path)-1]
				if last := b.path[len(b.path)-1]; last == "*" {
					if from := c.bound(&source, 0); from.kind == environ || from.kind == secretsV || from.kind == contextV {
						dynamic = true
					}
				}
			}
		}
		dynamic = dynamic || f.handsOut(at)
	}
	return reads, dynamic
}

// handsOut tells whether the whole of process.env, of the context or its secrets
// gets to where its use is not followed.
func (f *check) handsOut(at *site) bool {
	e, ok := at.node.(ast.Expression)
	if !ok {
		return false
	}
	switch e.(type) {
	case *ast.Identifier, *ast.DotExpression:
	default:
		return false
	}
	if id, ok := e.(*ast.Identifier); ok {
		if b := at.scope.find(id.Name.String()); b != nil && b.node == ast.Node(id) {
			return false
		}
	}
	switch f.code.of(e, at.scope).kind {
	case environ, secretsV, contextV:
	default:
		return false
	}
	return f.leaves(at)
}

// leaves tells whether a value gets out of sight at a site.
func (f *check) leaves(at *site) bool {
	node, p := at.node, at.parent
	for ; p != nil; p = p.parent {
		switch n := p.node.(type) {
		case *ast.Optional, *ast.OptionalChain, *ast.AwaitExpression:
			node = n
			continue
		case *ast.DotExpression:
			return false
		case *ast.BracketExpression:
			return n.Left != node && f.code.isOwn(n)
		case *ast.Binding:
			return false
		case *ast.AssignExpression:
			if _, simple := n.Left.(*ast.Identifier); simple || n.Left == node {
				return false
			}
			return !isPattern(n.Left)
		case *ast.BinaryExpression:
			if n.Operator == token.LOGICAL_OR || n.Operator == token.COALESCE || n.Operator == token.LOGICAL_AND {
				node = n
				continue
			}
			return n.Operator == token.IN && n.Right == node
		case *ast.ExpressionStatement, *ast.UnaryExpression, *ast.IfStatement:
			return false
		case *ast.CallExpression:
			if n.Callee == node {
				return false
			}
			if f.code.of(n.Callee, p.scope).fn != nil { // its parameter is followed
				return false
			}
			return !f.isConsole(n, p.scope)
		}
		return true
	}
	return false
}

// assigned tells whether a site is written or deleted rather than read.
func assigned(at *site) bool {
	if at.parent == nil {
		return false
	}
	switch n := at.parent.node.(type) {
	case *ast.AssignExpression:
		return n.Left == at.node && n.Operator == token.ASSIGN
	case *ast.UnaryExpression:
		return n.Operator == token.DELETE
	}
	return false
}

// optional tells whether the code at a site has an answer to its value being
// undefined.
func optional(at *site) bool {
	node, p := at.node, at.parent
	for ; p != nil; p = p.parent {
		switch n := p.node.(type) {
		case *ast.Optional, *ast.OptionalChain:
			node = n
			continue
		case *ast.BinaryExpression:
			switch n.Operator {
			case token.LOGICAL_OR, token.COALESCE, token.LOGICAL_AND:
				return n.Left == node
			case token.EQUAL, token.STRICT_EQUAL, token.NOT_EQUAL, token.STRICT_NOT_EQUAL, token.IN:
				return true
			}
		case *ast.UnaryExpression:
			return n.Operator == token.NOT || n.Operator == token.TYPEOF
		case *ast.IfStatement:
			return n.Test == node
		case *ast.ConditionalExpression:
			return n.Test == node
		}
		return false
	}
	return false
}
