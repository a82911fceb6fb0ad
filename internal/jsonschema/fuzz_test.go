package jsonschema_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/jsonschema"
)

// FuzzAgainstAnotherLibrary looks for schemas and values of which the two differ.
func FuzzAgainstAnotherLibrary(f *testing.F) {
	for _, s := range []string{
		`{"type":"object","required":["a"],"properties":{"a":{"type":"integer","minimum":1,"multipleOf":0.5}},"additionalProperties":{"type":"string","minLength":2}}`,
		`{"type":"array","prefixItems":[{"const":1},{"enum":["a",null,{"b":1}]}],"items":false,"uniqueItems":true,"contains":{"type":"null"},"maxContains":1}`,
		`{"anyOf":[{"$ref":"#/$defs/a"},{"not":{"type":"object"}}],"$defs":{"a":{"patternProperties":{"^x":{"type":"boolean"}},"propertyNames":{"maxLength":3},"dependentRequired":{"x":["y"]}}}}`,
		`{"allOf":[{"properties":{"a":true}},{"if":{"required":["b"]},"then":{"properties":{"b":true}},"else":{"properties":{"c":true}}}],"unevaluatedProperties":false}`,
		`{"oneOf":[{"items":{"type":"number"}},{"maxItems":1}],"unevaluatedItems":{"type":"string"}}`,
	} {
		for _, v := range []string{`{"a":1.5,"x":"yy"}`, `[1,null]`, `{"x":true,"y":1}`, `"text"`, `[1,"a",1.0]`, `{"b":1,"c":2}`, `null`, `1e400`} {
			f.Add(s, v)
		}
	}
	f.Fuzz(func(t *testing.T, schema, value string) {
		s, err := jsonschema.Compile([]byte(schema))
		if err != nil || unlike(schema, value) {
			return
		}
		doc, list := jsonpos.Parse("x.json", []byte(value))
		if len(list) > 0 || doc.Root == nil || len(doc.Duplicates) > 0 {
			return
		}
		misfits, err := s.Check(doc.Root)
		if errors.Is(err, jsonschema.ErrTooMuch) {
			return
		}
		if want := judge(t, schema, value); (want == nil) != (len(misfits) == 0) {
			t.Errorf("%s\n%s\ngot %+v\nthe oracle says %v", schema, value, misfits, want)
		}
	})
}

// unlike leaves out what the two mean to do in different ways: formats, other
// drafts, expressions, keys in another case than the draft's.
func unlike(schema, value string) bool {
	for _, word := range []string{"$schema", "$id", "$vocabulary", "ynamic", "ormat", "content", "attern", "additionalItems", "$comment", `\`} {
		if strings.Contains(schema, word) {
			return true
		}
	}
	return !json.Valid([]byte(schema)) || strings.Contains(value, `\`) || strings.ContainsAny(numbers(value), "eE") || strings.ContainsAny(numbers(schema), "eE")
}

// numbers gives a text without its strings and words.
func numbers(text string) string {
	var out strings.Builder
	for i, part := range strings.Split(text, `"`) {
		if i%2 == 0 {
			out.WriteString(strings.NewReplacer("true", "", "false", "").Replace(part))
		}
	}
	return out.String()
}
