package jsonschema

import (
	"fmt"
	"maps"
	"slices"

	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/suggest"
)

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

func (e *element) unevaluatedMembers() {
	if e.n.unevalProperties == nil || e.seen.all {
		return
	}
	members := membersOf(e.v)
	for _, m := range e.v.Members {
		if members[m.Key] == m && !e.seen.keys[m.Key] {
			e.other(e.n.unevalProperties, m)
		}
	}
	e.seen.all = true
}
