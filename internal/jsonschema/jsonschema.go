// Package jsonschema holds JSON files against JSON Schemas of the draft 2020-12, as
// the official CLI does before an upload, and says in words what does not fit and
// where. Schemas that this program knows how to read are compiled without anything
// being prepared at start: the libraries for it compile the schemas of schemas
// first, which took half of the time that a command needs to start.
//
// What the draft leaves open is done as ajv does it with allErrors and ajv-formats:
// formats are checked, unknown formats and keywords are not. $dynamicRef is read as
// $ref, which differs only where schemas extend each other. References lead to
// places in the same schema.
package jsonschema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"net/url"
	"slices"
	"strings"

	"github.com/dlclark/regexp2/v2"
)

// Schema is a compiled JSON Schema.
type Schema struct{ root *node }

// node is one schema: of the whole, of a property, of an alternative. Keywords
// that it does not have are nil or empty.
type node struct {
	never bool // the schema false; true has no keywords

	ref     *node
	refText string

	types    []string
	enum     []literal
	isEnum   bool // an enum may be empty
	constant *literal

	multipleOf, minimum, maximum, exclusiveMinimum, exclusiveMaximum *big.Rat

	minLength, maxLength, minItems, maxItems, minContains, maxContains, minProperties, maxProperties *int

	pattern *pattern
	format  string

	unique      bool
	prefix      []*node
	items       *node
	contains    *node
	unevalItems *node

	required          []string
	properties        map[string]*node
	patternProperties []patternProperty
	additional        *node
	names             *node
	unevalProperties  *node
	dependentRequired map[string][]string
	dependentSchemas  map[string]*node

	allOf, anyOf, oneOf    []*node
	not, when, then, other *node
}

type patternProperty struct {
	*pattern
	schema *node
}

// pattern is an expression of ECMAScript.
type pattern struct {
	text string
	re   *regexp2.Regexp
}

// Compile reads a schema. An error says what of it can't be read.
func Compile(raw []byte) (*Schema, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var value any
	if err := d.Decode(&value); err != nil {
		return nil, err
	}
	c := compiler{root: value, nodes: map[string]*node{}, named: map[string]place{}}
	if err := c.names(value, "", &url.URL{}, 0); err != nil {
		return nil, err
	}
	root, err := c.at("", value)
	if err != nil {
		return nil, err
	}
	for len(c.refs) > 0 {
		open := c.refs
		c.refs = nil
		for _, r := range open {
			if err := c.resolve(r); err != nil {
				return nil, err
			}
		}
	}
	return &Schema{root}, nil
}

// compiler makes nodes of the values of a schema; each place is made once, so that
// references may go round.
type compiler struct {
	root  any
	nodes map[string]*node // by JSON pointer
	named map[string]place // by $id and $anchor, absolute
	bases []base
	refs  []open
}

// place is a schema with a name of its own.
type place struct {
	pointer string
	value   any
}

// base is the address that references below a pointer count from.
type base struct {
	pointer string
	url     *url.URL
}

// open is a reference whose aim is not yet looked for.
type open struct {
	from    *node
	pointer string
}

// maxDepth bounds how deep a schema is nested.
const maxDepth = 256

// names collects $id and $anchor.
func (c *compiler) names(value any, pointer string, at *url.URL, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("%s: nested more than %d deep", show(pointer), maxDepth)
	}
	switch v := value.(type) {
	case []any:
		for i, item := range v {
			if err := c.names(item, pointer+"/"+fmt.Sprint(i), at, depth+1); err != nil {
				return err
			}
		}
	case map[string]any:
		if id, ok := v["$id"].(string); ok {
			u, err := at.Parse(id)
			if err != nil {
				return fmt.Errorf("%s: $id: %w", show(pointer), err)
			}
			at = u
			c.named[strings.TrimSuffix(u.String(), "#")] = place{pointer, v}
			c.bases = append(c.bases, base{pointer, u})
		}
		for _, key := range []string{"$anchor", "$dynamicAnchor"} {
			if name, ok := v[key].(string); ok {
				c.named[withFragment(at, name)] = place{pointer, v}
			}
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if key == "enum" || key == "const" {
				continue // values, not schemas
			}
			if err := c.names(v[key], pointer+"/"+escape(key), at, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

func withFragment(u *url.URL, fragment string) string {
	bare := *u
	bare.Fragment, bare.RawFragment = "", ""
	return bare.String() + "#" + fragment
}

// baseOf gives the address that references at a pointer count from.
func (c *compiler) baseOf(pointer string) (url.URL, string) {
	best := base{url: &url.URL{}}
	for _, b := range c.bases {
		if (b.pointer == "" || pointer == b.pointer || strings.HasPrefix(pointer, b.pointer+"/")) && len(b.pointer) >= len(best.pointer) {
			best = b
		}
	}
	return *best.url, best.pointer
}

// resolve finds what a reference leads to.
func (c *compiler) resolve(o open) error {
	bad := func(why string) error {
		return fmt.Errorf("%s: $ref %s %s", show(o.pointer), o.from.refText, why)
	}
	from, root := c.baseOf(o.pointer)
	to, err := from.Parse(o.from.refText)
	if err != nil {
		return bad("is no address")
	}
	fragment := to.Fragment
	if bare := withFragment(to, ""); bare != withFragment(&from, "") {
		named, ok := c.named[strings.TrimSuffix(bare, "#")]
		if !ok {
			return bad("leads to another schema, which is not here")
		}
		root = named.pointer
	}
	target := place{pointer: root + fragment}
	switch {
	case fragment == "" || strings.HasPrefix(fragment, "/"):
		if target.value, err = lookup(c.root, target.pointer); err != nil {
			return bad("leads nowhere")
		}
	default:
		var ok bool
		if target, ok = c.named[withFragment(to, fragment)]; !ok {
			return bad("leads nowhere")
		}
	}
	o.from.ref, err = c.at(target.pointer, target.value)
	return err
}

// lookup follows a JSON pointer.
func lookup(value any, pointer string) (any, error) {
	if pointer == "" {
		return value, nil
	}
	for _, part := range strings.Split(pointer[1:], "/") {
		part = strings.NewReplacer("~1", "/", "~0", "~").Replace(part)
		switch v := value.(type) {
		case map[string]any:
			next, ok := v[part]
			if !ok {
				return nil, fmt.Errorf("no %q", part)
			}
			value = next
		case []any:
			i := 0
			if _, err := fmt.Sscanf(part, "%d", &i); err != nil || i < 0 || i >= len(v) {
				return nil, fmt.Errorf("no item %q", part)
			}
			value = v[i]
		default:
			return nil, fmt.Errorf("no %q", part)
		}
	}
	return value, nil
}

func escape(key string) string { return strings.NewReplacer("~", "~0", "/", "~1").Replace(key) }

func show(pointer string) string {
	if pointer == "" {
		return "the schema"
	}
	return pointer
}
