package jsonschema

import (
	"fmt"
	"slices"
	"strings"
)

// alternatives checks anyOf, and oneOf, of which exactly one must fit.
func (e *element) alternatives(nodes []*node, one bool) {
	var failed [][]Misfit
	fitting := 0
	for _, n := range nodes {
		list, s := e.here(n)
		if len(list) == 0 {
			fitting++
			e.seen.add(s)
		} else {
			failed = append(failed, list)
		}
	}
	switch {
	case fitting == 0:
		e.list = append(e.list, e.explain(failed)...)
	case one && fitting > 1:
		e.reportf("fits %d of %d forms, and must fit one alone", fitting, len(nodes))
	}
}

// explain says why none of several forms fits, if possible by that which was meant.
func (e *element) explain(failed [][]Misfit) []Misfit {
	if wants := e.otherTypes(failed); wants != nil {
		return []Misfit{{Pointer: e.at, Value: e.v, Text: fmt.Sprintf("must be %s, not %s", words(wants), found(e.v)), wants: wants, tells: true}}
	}
	if m, ok := e.otherChoices(failed); ok {
		return []Misfit{m}
	}
	meant := slices.DeleteFunc(slices.Clone(failed), func(list []Misfit) bool { return slices.ContainsFunc(list, e.decides) })
	if len(meant) == 1 {
		return meant[0]
	}
	if len(meant) > 0 {
		failed = meant
	}
	var why []string
	for _, list := range failed {
		m := list[max(0, slices.IndexFunc(list, e.decides))]
		text := m.Text
		if below := strings.TrimPrefix(m.Pointer, e.at+"/"); m.Pointer != e.at {
			text = strings.ReplaceAll(below, "/", ".") + " " + text
		}
		if !slices.Contains(why, text) {
			why = append(why, text)
		}
	}
	if len(why) == 1 {
		return failed[0]
	}
	const most = 4
	if len(why) > most {
		why = append(why[:most], "…")
	}
	return []Misfit{{Pointer: e.at, Value: e.v, Text: fmt.Sprintf("fits none of %d forms: %s", len(failed), strings.Join(why, "; or "))}}
}

// otherTypes gives the types that would fit, if no form fits because of its type.
func (e *element) otherTypes(failed [][]Misfit) []string {
	var wants []string
	for _, list := range failed {
		i := slices.IndexFunc(list, func(m Misfit) bool { return m.Pointer == e.at && m.wants != nil })
		if i < 0 {
			return nil
		}
		for _, name := range list[i].wants {
			if !slices.Contains(wants, name) {
				wants = append(wants, name)
			}
		}
	}
	return wants
}

// otherChoices joins what fits in each form, if none fits because of one and the same
// value.
func (e *element) otherChoices(failed [][]Misfit) (Misfit, bool) {
	var all Misfit
	for _, list := range failed {
		i := slices.IndexFunc(list, func(m Misfit) bool { return m.choices != nil && e.decides(m) })
		if i < 0 || all.Value != nil && all.Pointer != list[i].Pointer {
			return Misfit{}, false
		}
		all.Pointer, all.Value = list[i].Pointer, list[i].Value
		for _, text := range list[i].choices {
			if !slices.Contains(all.choices, text) {
				all.choices = append(all.choices, text)
			}
		}
	}
	return noneOf(all.choices, all.Value, all.Pointer), true
}

// decides reports whether a misfit shows that another form was meant: the value is
// of another type, or one of its members, as "type", says so.
func (e *element) decides(m Misfit) bool {
	below := strings.TrimPrefix(m.Pointer, e.at)
	return m.tells && strings.Count(below, "/") <= 1
}
