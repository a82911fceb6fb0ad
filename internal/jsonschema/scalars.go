package jsonschema

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/suggest"
)

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
