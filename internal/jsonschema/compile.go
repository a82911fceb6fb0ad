package jsonschema

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"

	"github.com/dlclark/regexp2/v2"
)

// at gives the node of a place, and makes it if need be.
func (c *compiler) at(pointer string, value any) (*node, error) {
	if n := c.nodes[pointer]; n != nil {
		return n, nil
	}
	n := &node{}
	c.nodes[pointer] = n
	switch v := value.(type) {
	case bool:
		n.never = !v
		return n, nil
	case map[string]any:
		r := reader{c: c, pointer: pointer, keys: v}
		r.fill(n)
		return n, r.err
	default:
		return nil, fmt.Errorf("%s: a schema is an object, true or false", show(pointer))
	}
}

// reader takes keywords out of one schema; the first that can't be read is err.
type reader struct {
	c       *compiler
	pointer string
	keys    map[string]any
	err     error
}

func (r *reader) fail(key, want string) {
	if r.err == nil {
		r.err = fmt.Errorf("%s: %s must be %s", show(r.pointer), key, want)
	}
}

func (r *reader) fill(n *node) {
	for _, key := range []string{"$ref", "$dynamicRef"} {
		if text := r.text(key); text != "" {
			n.refText = text
			r.c.refs = append(r.c.refs, open{n, r.pointer})
		}
	}
	n.types = r.types()
	_, n.isEnum = r.keys["enum"]
	for _, value := range r.list("enum") {
		n.enum = append(n.enum, newLiteral(value))
	}
	if value, ok := r.keys["const"]; ok {
		constant := newLiteral(value)
		n.constant = &constant
	}
	for key, to := range map[string]**big.Rat{
		"multipleOf": &n.multipleOf, "minimum": &n.minimum, "maximum": &n.maximum,
		"exclusiveMinimum": &n.exclusiveMinimum, "exclusiveMaximum": &n.exclusiveMaximum,
	} {
		*to = r.number(key)
	}
	for key, to := range map[string]**int{
		"minLength": &n.minLength, "maxLength": &n.maxLength, "minItems": &n.minItems, "maxItems": &n.maxItems,
		"minContains": &n.minContains, "maxContains": &n.maxContains, "minProperties": &n.minProperties, "maxProperties": &n.maxProperties,
	} {
		*to = r.count(key)
	}
	if text, ok := r.keys["pattern"].(string); ok {
		n.pattern = r.expression("pattern", text)
	}
	n.format = r.text("format")
	n.unique, _ = r.keys["uniqueItems"].(bool)
	if _, ok := r.keys["items"].([]any); ok { // the form of older drafts
		n.prefix, n.items = r.schemas("items"), r.schema("additionalItems")
	} else {
		n.prefix, n.items = r.schemas("prefixItems"), r.schema("items")
	}
	n.contains, n.unevalItems = r.schema("contains"), r.schema("unevaluatedItems")
	n.required = r.texts("required", r.keys["required"])
	n.properties = r.schemaMap("properties")
	for _, text := range slices.Sorted(maps.Keys(r.object("patternProperties"))) {
		n.patternProperties = append(n.patternProperties, patternProperty{r.expression("patternProperties", text), r.child("patternProperties/"+escape(text), r.object("patternProperties")[text])})
	}
	n.additional, n.names, n.unevalProperties = r.schema("additionalProperties"), r.schema("propertyNames"), r.schema("unevaluatedProperties")
	n.dependentSchemas, n.dependentRequired = r.schemaMap("dependentSchemas"), map[string][]string{}
	for key, value := range r.object("dependentRequired") {
		n.dependentRequired[key] = r.texts("dependentRequired", value)
	}
	r.dependencies(n)
	n.allOf, n.anyOf, n.oneOf = r.schemas("allOf"), r.schemas("anyOf"), r.schemas("oneOf")
	n.not, n.when, n.then, n.other = r.schema("not"), r.schema("if"), r.schema("then"), r.schema("else")
}

// dependencies reads the keyword of older drafts that became two.
func (r *reader) dependencies(n *node) {
	for key, value := range r.object("dependencies") {
		if _, names := value.([]any); names {
			n.dependentRequired[key] = r.texts("dependencies", value)
			continue
		}
		if n.dependentSchemas == nil {
			n.dependentSchemas = map[string]*node{}
		}
		n.dependentSchemas[key] = r.child("dependencies/"+escape(key), value)
	}
}

func (r *reader) text(key string) string {
	value, there := r.keys[key]
	text, ok := value.(string)
	if there && !ok {
		r.fail(key, "a string")
	}
	return text
}

func (r *reader) list(key string) []any {
	value, there := r.keys[key]
	list, ok := value.([]any)
	if there && !ok {
		r.fail(key, "a list")
	}
	return list
}

func (r *reader) object(key string) map[string]any {
	value, there := r.keys[key]
	object, ok := value.(map[string]any)
	if there && !ok {
		r.fail(key, "an object")
	}
	return object
}

func (r *reader) texts(key string, value any) []string {
	if value == nil {
		return nil
	}
	list, ok := value.([]any)
	texts := make([]string, 0, len(list))
	for _, item := range list {
		text, is := item.(string)
		ok = ok && is
		texts = append(texts, text)
	}
	if !ok {
		r.fail(key, "a list of strings")
	}
	return texts
}

// types reads the keyword type: one or several names.
func (r *reader) types() []string {
	value, there := r.keys["type"]
	if !there {
		return nil
	}
	names := []string{}
	if name, ok := value.(string); ok {
		names = append(names, name)
	} else {
		names = r.texts("type", value)
	}
	for _, name := range names {
		if word(name) == "" {
			r.fail("type", "a type of JSON, not "+name)
		}
	}
	return names
}

func (r *reader) number(key string) *big.Rat {
	value, there := r.keys[key]
	if !there {
		return nil
	}
	if text, ok := value.(json.Number); ok {
		return rational(string(text))
	}
	r.fail(key, "a number")
	return nil
}

func (r *reader) count(key string) *int {
	n := r.number(key)
	if n == nil {
		return nil
	}
	if !n.IsInt() || !n.Num().IsInt64() || n.Sign() < 0 {
		r.fail(key, "a whole number from 0 on")
		return nil
	}
	count := int(n.Num().Int64())
	return &count
}

func (r *reader) expression(key, text string) *pattern {
	// As ajv reads expressions: with the flag u.
	re, err := regexp2.Compile(text, regexp2.ECMAScript|regexp2.Unicode)
	if err != nil {
		r.fail(key, "an expression: "+err.Error())
		return nil
	}
	return &pattern{text, re}
}

func (r *reader) schema(key string) *node {
	value, there := r.keys[key]
	if !there {
		return nil
	}
	return r.child(key, value)
}

func (r *reader) schemas(key string) []*node {
	var nodes []*node
	for i, value := range r.list(key) {
		nodes = append(nodes, r.child(fmt.Sprintf("%s/%d", key, i), value))
	}
	return nodes
}

func (r *reader) schemaMap(key string) map[string]*node {
	object := r.object(key)
	if len(object) == 0 {
		return nil
	}
	nodes := make(map[string]*node, len(object))
	for name, value := range object {
		nodes[name] = r.child(key+"/"+escape(name), value)
	}
	return nodes
}

func (r *reader) child(below string, value any) *node {
	n, err := r.c.at(r.pointer+"/"+below, value)
	if err != nil && r.err == nil {
		r.err = err
	}
	return n
}
