package analyze

import (
	"maps"

	"github.com/dop251/goja/ast"
)

// maxRounds is through how many calls a value is followed.
const maxRounds = 4

// passArguments passes what the rules care about from calls to parameters. What
// differs between the calls of a function is unknown in it.
func (c *code) passArguments() {
	for range maxRounds {
		next := map[*function]map[int]value{}
		for _, at := range c.sites {
			n, ok := at.node.(*ast.CallExpression)
			if !ok {
				continue
			}
			fn := c.of(n.Callee, at.scope).fn
			if fn == nil || fn.given || c.modules[fn] != nil {
				continue
			}
			args, seen := next[fn]
			if !seen {
				args = map[int]value{}
				next[fn] = args
			}
			c.pass(n.ArgumentList, at.scope, args, seen)
		}
		changed := false
		for fn, args := range next {
			if !maps.EqualFunc(fn.args, args, value.same) {
				fn.args, changed = args, true
			}
		}
		if !changed {
			return
		}
	}
}

// pass adds the arguments of one call to those of earlier ones.
func (c *code) pass(list []ast.Expression, s *scope, args map[int]value, seen bool) {
	if !seen {
		for i, arg := range list {
			if _, spread := arg.(*ast.SpreadElement); spread {
				return
			}
			if v := c.of(arg, s); v.kind != unknown {
				args[i] = v
			}
		}
		return
	}
	for i, v := range args {
		if i >= len(list) || !c.of(list[i], s).same(v) {
			delete(args, i)
		}
	}
}
