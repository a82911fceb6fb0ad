package jsonschema

import (
	"errors"
	"fmt"

	"github.com/fns-dev/fns/internal/jsonpos"
)

// Misfit is a value that does not fit its schema.
type Misfit struct {
	Pointer string          // JSON pointer of the value, from the one that was checked
	Value   *jsonpos.Value  // the value
	Key     *jsonpos.Member // the member whose key does not fit, nil for the value itself
	Missing bool            // something is missing inside of the value
	Text    string          // what does not fit, in words
	Hint    string          // what may have been meant, "" for nothing

	wants   []string // of a value of another type: the types that fit
	choices []string // of a value that is none of several: these
	// tells says that the value was meant for another alternative: it is of another
	// type, or its "type" or the like is another one.
	tells bool
}

// ErrTooMuch is a schema whose references and alternatives go on and on.
var ErrTooMuch = errors.New("the schema takes too long to check")

// The bounds of one check: how many schemas are looked at, and how deep references
// lead.
const (
	maxSteps = 1 << 20
	maxRefs  = 1 << 10
)

// Check gives all that does not fit, in the order of the file as far as the schema
// lets it. An error is the schema's, ErrTooMuch.
func (s *Schema) Check(v *jsonpos.Value) ([]Misfit, error) {
	c := &check{}
	misfits, _ := c.fits(s.root, v, "", 0)
	return misfits, c.err
}

type check struct {
	steps int
	err   error
}

// seen is what schemas have looked at, for unevaluatedItems and
// unevaluatedProperties.
type seen struct {
	all   bool // items and members
	keys  map[string]bool
	items map[int]bool
}

func (s *seen) key(name string) {
	if s.keys == nil {
		s.keys = map[string]bool{}
	}
	s.keys[name] = true
}

func (s *seen) item(i int) {
	if s.items == nil {
		s.items = map[int]bool{}
	}
	s.items[i] = true
}

func (s *seen) add(other seen) {
	s.all = s.all || other.all
	for name := range other.keys {
		s.key(name)
	}
	for i := range other.items {
		s.item(i)
	}
}

// fits holds v against n.
func (c *check) fits(n *node, v *jsonpos.Value, at string, depth int) ([]Misfit, seen) {
	if c.steps++; c.steps > maxSteps || depth > maxRefs {
		c.err = ErrTooMuch
	}
	var s seen
	if c.err != nil {
		return nil, s
	}
	e := &element{check: c, n: n, v: v, at: at, depth: depth, seen: &s}
	if n.never {
		e.report(Misfit{Text: "may not be here", tells: true})
		return e.list, s
	}
	e.kind()
	switch v.Kind {
	case jsonpos.Number:
		e.number()
	case jsonpos.String:
		e.text()
	case jsonpos.List:
		e.items()
	case jsonpos.Object:
		e.members()
	}
	e.combined()
	switch v.Kind {
	case jsonpos.List:
		e.unevaluatedItems()
	case jsonpos.Object:
		e.unevaluatedMembers()
	}
	return e.list, s
}

// element is one value with one schema.
type element struct {
	check *check
	n     *node
	v     *jsonpos.Value
	at    string
	depth int
	seen  *seen
	list  []Misfit
}

func (e *element) report(m Misfit) {
	m.Pointer, m.Value = e.at, e.v
	e.list = append(e.list, m)
}

func (e *element) reportf(format string, args ...any) {
	e.report(Misfit{Text: fmt.Sprintf(format, args...)})
}

// below holds a part of the value against a schema.
func (e *element) below(n *node, v *jsonpos.Value, key string) bool {
	list, _ := e.check.fits(n, v, e.at+"/"+escape(key), e.depth)
	e.list = append(e.list, list...)
	return len(list) == 0
}

// here holds the value itself against another schema.
func (e *element) here(n *node) ([]Misfit, seen) {
	return e.check.fits(n, e.v, e.at, e.depth+1)
}

// also holds the value against a schema that counts, too.
func (e *element) also(n *node) bool {
	list, s := e.here(n)
	e.list = append(e.list, list...)
	e.seen.add(s)
	return len(list) == 0
}

// combined checks the keywords that lead to other schemas of the same value.
func (e *element) combined() {
	if e.n.ref != nil {
		e.also(e.n.ref)
	}
	for _, n := range e.n.allOf {
		e.also(n)
	}
	if e.n.anyOf != nil {
		e.alternatives(e.n.anyOf, false)
	}
	if e.n.oneOf != nil {
		e.alternatives(e.n.oneOf, true)
	}
	if e.n.not != nil {
		if list, _ := e.here(e.n.not); len(list) == 0 {
			e.reportf("has a form that is not allowed")
		}
	}
	if e.n.when != nil {
		list, s := e.here(e.n.when)
		switch {
		case len(list) == 0:
			e.seen.add(s)
			if e.n.then != nil {
				e.also(e.n.then)
			}
		case e.n.other != nil:
			e.also(e.n.other)
		}
	}
}
