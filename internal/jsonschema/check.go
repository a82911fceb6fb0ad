package jsonschema

import (
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/suggest"
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

// word says a type of JSON Schema in words, "" for one that there is not.
func word(name string) string {
	switch name {
	case "null":
		return "null"
	case "boolean":
		return "true or false"
	case "object":
		return "an object"
	case "array":
		return "a list"
	case "number":
		return "a number"
	case "integer":
		return "a whole number"
	case "string":
		return "a string"
	default:
		return ""
	}
}

// words names the types of a schema.
func words(types []string) string {
	var names []string
	for _, t := range types {
		names = append(names, word(t))
	}
	return or(names)
}

func or(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

func is(v *jsonpos.Value, name string) bool {
	switch v.Kind {
	case jsonpos.Null:
		return name == "null"
	case jsonpos.Bool:
		return name == "boolean"
	case jsonpos.Number:
		return name == "number" || name == "integer" && rational(v.Text).IsInt()
	case jsonpos.String:
		return name == "string"
	case jsonpos.List:
		return name == "array"
	default:
		return name == "object"
	}
}

// kind checks type, enum and const.
func (e *element) kind() {
	if e.n.types != nil && !slices.ContainsFunc(e.n.types, func(name string) bool { return is(e.v, name) }) {
		e.report(Misfit{Text: fmt.Sprintf("must be %s, not %s", words(e.n.types), found(e.v)), wants: e.n.types, tells: true})
	}
	if e.n.isEnum || e.n.constant != nil {
		e.known()
	}
}

// found is a value for a message.
func found(v *jsonpos.Value) string {
	switch v.Kind {
	case jsonpos.String:
		return quoted(v.Text)
	case jsonpos.Number, jsonpos.Bool, jsonpos.Null:
		return cut(v.Text)
	default:
		return v.Kind.String()
	}
}

// cut shortens a text for a message.
func cut(text string) string {
	const most = 60
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + "…"
}

func quoted(text string) string { return jsonpos.Quote(cut(text)) }

func (e *element) known() {
	form := canonical(e.v)
	if c := e.n.constant; c != nil && c.form != form {
		e.list = append(e.list, noneOf([]string{c.text}, e.v, e.at))
	}
	if !e.n.isEnum || slices.ContainsFunc(e.n.enum, func(l literal) bool { return l.form == form }) {
		return
	}
	var texts []string
	for _, l := range e.n.enum {
		texts = append(texts, l.text)
	}
	e.list = append(e.list, noneOf(texts, e.v, e.at))
}

// noneOf is a value that is none of those that fit.
func noneOf(choices []string, v *jsonpos.Value, at string) Misfit {
	var short []string
	for _, text := range choices {
		short = append(short, cut(text))
	}
	m := Misfit{Pointer: at, Value: v, Text: fmt.Sprintf("must be %s, not %s", or(short), found(v)), choices: choices, tells: true}
	if near := suggest.Closest(jsonpos.Quote(v.Text), choices); near != "" && v.Kind == jsonpos.String {
		m.Hint = "did you mean " + near + "?"
	}
	return m
}

func (e *element) number() {
	value := rational(e.v.Text)
	for _, bound := range []struct {
		is   *big.Rat
		bad  func(cmp int) bool
		text string
	}{
		{e.n.minimum, func(cmp int) bool { return cmp < 0 }, "must be at least %s, not %s"},
		{e.n.maximum, func(cmp int) bool { return cmp > 0 }, "must be at most %s, not %s"},
		{e.n.exclusiveMinimum, func(cmp int) bool { return cmp <= 0 }, "must be more than %s, not %s"},
		{e.n.exclusiveMaximum, func(cmp int) bool { return cmp >= 0 }, "must be less than %s, not %s"},
	} {
		if bound.is != nil && bound.bad(value.Cmp(bound.is)) {
			e.reportf(bound.text, decimal(bound.is), cut(e.v.Text))
		}
	}
	if m := e.n.multipleOf; m != nil && m.Sign() != 0 && !new(big.Rat).Quo(value, m).IsInt() {
		e.reportf("must be a multiple of %s, not %s", decimal(m), cut(e.v.Text))
	}
}

func decimal(r *big.Rat) string {
	if r.IsInt() {
		return cut(r.Num().String())
	}
	f, _ := r.Float64()
	return fmt.Sprint(f)
}

func (e *element) text() {
	length := utf8.RuneCountInString(e.v.Text)
	e.size(length, e.n.minLength, e.n.maxLength, "character")
	if p := e.n.pattern; p != nil && !p.matches(e.v.Text) {
		e.reportf("%s does not match %s", quoted(e.v.Text), p.text)
	}
	if f, known := formats()[e.n.format]; known && !f.fits(e.v.Text) {
		e.reportf("%s is no %s", quoted(e.v.Text), f.name)
	}
}

func (p *pattern) matches(text string) bool {
	ok, err := p.re.MatchString(text)
	return ok || err != nil // one that takes too long is not held against the text
}

// size checks how many there are of something.
func (e *element) size(n int, least, most *int, what string) {
	many := func(n int) string {
		if n == 1 {
			return "1 " + what
		}
		return fmt.Sprintf("%d %ss", n, what)
	}
	if least != nil && n < *least {
		e.report(Misfit{Text: fmt.Sprintf("must have at least %s, not %d", many(*least), n), Missing: true})
	}
	if most != nil && n > *most {
		e.reportf("must have at most %s, not %d", many(*most), n)
	}
}

func (e *element) items() {
	e.size(len(e.v.Items), e.n.minItems, e.n.maxItems, "item")
	first := map[string]int{}
	if e.n.unique {
		for i, item := range e.v.Items {
			form := canonical(item)
			if j, there := first[form]; there {
				e.reportf("items %d and %d are the same", j+1, i+1)
				break
			}
			first[form] = i
		}
	}
	for i, item := range e.v.Items {
		switch {
		case i < len(e.n.prefix):
			e.below(e.n.prefix[i], item, fmt.Sprint(i))
		case e.n.items != nil:
			e.below(e.n.items, item, fmt.Sprint(i))
		default:
			continue
		}
		e.seen.item(i)
	}
	if e.n.contains != nil {
		e.contains()
	}
}

func (e *element) contains() {
	count := 0
	for i, item := range e.v.Items {
		if list, _ := e.check.fits(e.n.contains, item, "", e.depth); len(list) == 0 {
			count++
			e.seen.item(i)
		}
	}
	least := 1
	if e.n.minContains != nil {
		least = *e.n.minContains
	}
	if count < least {
		e.report(Misfit{Text: fmt.Sprintf("must have at least %d items of a certain form, not %d", least, count), Missing: true})
	}
	if most := e.n.maxContains; most != nil && count > *most {
		e.reportf("must have at most %d items of a certain form, not %d", *most, count)
	}
}

func (e *element) members() {
	members := membersOf(e.v)
	e.size(len(members), e.n.minProperties, e.n.maxProperties, "key")
	for _, name := range e.n.required {
		if _, there := members[name]; !there {
			e.report(Misfit{Text: fmt.Sprintf("%s is missing", jsonpos.Quote(name)), Missing: true})
		}
	}
	for _, m := range e.v.Members {
		if members[m.Key] == m {
			e.member(m)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(e.n.dependentRequired)) {
		if _, there := members[name]; !there {
			continue
		}
		for _, other := range e.n.dependentRequired[name] {
			if _, there := members[other]; !there {
				e.report(Misfit{Text: fmt.Sprintf("%s is missing, which %s needs", jsonpos.Quote(other), jsonpos.Quote(name)), Missing: true})
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(e.n.dependentSchemas)) {
		if _, there := members[name]; there {
			e.also(e.n.dependentSchemas[name])
		}
	}
}

// member checks one member by all schemas that are about its key.
func (e *element) member(m jsonpos.Member) {
	if e.n.names != nil {
		name := &jsonpos.Value{Kind: jsonpos.String, Text: m.Key}
		if list, _ := e.check.fits(e.n.names, name, "", e.depth); len(list) > 0 {
			e.report(Misfit{Key: &m, Text: fmt.Sprintf("the key %s does not fit: %s", quoted(m.Key), list[0].Text)})
		}
	}
	known := false
	if n := e.n.properties[m.Key]; n != nil {
		known = true
		e.below(n, m.Value, m.Key)
	}
	for _, p := range e.n.patternProperties {
		if p.matches(m.Key) {
			known = true
			e.below(p.schema, m.Value, m.Key)
		}
	}
	if !known && e.n.additional != nil {
		known = true
		e.other(e.n.additional, m)
	}
	if known {
		e.seen.key(m.Key)
	}
}

// other checks a member that the schema does not name.
func (e *element) other(n *node, m jsonpos.Member) {
	if !n.never {
		e.below(n, m.Value, m.Key)
		return
	}
	found := Misfit{Key: &m, Text: fmt.Sprintf("the key %s is not known", quoted(m.Key))}
	if near := suggest.Closest(m.Key, slices.Sorted(maps.Keys(e.n.properties))); near != "" {
		found.Hint = fmt.Sprintf("did you mean %s?", jsonpos.Quote(near))
	}
	e.report(found)
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

func (e *element) unevaluatedItems() {
	if e.n.unevalItems == nil || e.seen.all {
		return
	}
	for i, item := range e.v.Items {
		if !e.seen.items[i] {
			e.below(e.n.unevalItems, item, fmt.Sprint(i))
		}
	}
	e.seen.all = true
}

func (e *element) unevaluatedMembers() {
	if e.n.unevalProperties == nil || e.seen.all {
		return
	}
	for _, m := range membersOf(e.v) {
		if !e.seen.keys[m.Key] {
			e.other(e.n.unevalProperties, m)
		}
	}
	e.seen.all = true
}
