package jsonschema_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	oracle "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/jsonschema"
)

// parse reads a value as files are read.
func parse(t testing.TB, text string) *jsonpos.Value {
	t.Helper()
	doc, list := jsonpos.Parse("x.json", []byte(text))
	if len(list) > 0 {
		t.Fatalf("%s: %v", text, list)
	}
	return doc.Root
}

// texts gives what does not fit, a line each.
func texts(t *testing.T, schema, value string) []string {
	t.Helper()
	s, err := jsonschema.Compile([]byte(schema))
	if err != nil {
		t.Fatalf("%s: %v", schema, err)
	}
	list, err := s.Check(parse(t, value))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, m := range list {
		line := m.Pointer + ": " + m.Text
		if m.Hint != "" {
			line += " (" + m.Hint + ")"
		}
		lines = append(lines, line)
	}
	return lines
}

func TestMisfitsAreSaidInWords(t *testing.T) {
	t.Parallel()
	object := `{"type":"object","required":["name"],"additionalProperties":false,"properties":{"name":{"type":"string"},"size":{"type":["integer","null"]},"methods":{"type":"array","items":{"enum":["GET","POST"]}}}}`
	auth := `{"oneOf":[{"properties":{"type":{"const":"static"},"scopes":{"type":"array"}},"required":["type","scopes"]},{"properties":{"type":{"const":"oauth"},"redirect":{"format":"uri"}},"required":["type","redirect"]}]}`
	tests := []struct {
		name, schema, value string
		want                []string
	}{
		{"nothing", object, `{"name":"x","size":3.0,"methods":["GET"]}`, nil},
		{"another type", object, `[]`, []string{": must be an object, not a list"}},
		{"one of several types", object, `{"name":"x","size":"big"}`, []string{`/size: must be a whole number or null, not "big"`}},
		{"a missing key", object, `{}`, []string{`: "name" is missing`}},
		{"an unknown key", object, `{"name":"x","nmae":1}`, []string{`: the key "nmae" is not known (did you mean "name"?)`}},
		{"an unknown word", object, `{"name":"x","methods":["PSOT"]}`, []string{`/methods/0: must be "GET" or "POST", not "PSOT" (did you mean "POST"?)`}},
		{"several at once", object, `{"methods":"GET","x":1}`, []string{`: "name" is missing`, `/methods: must be a list, not "GET"`, `: the key "x" is not known`}},
		{"the last of doubled keys counts", object, `{"name":1,"name":"x"}`, nil},
		{"a number out of its bounds", `{"minimum":1,"exclusiveMaximum":2.5}`, `2.5`, []string{": must be less than 2.5, not 2.5"}},
		{"a multiple", `{"multipleOf":0.1}`, `0.35`, []string{": must be a multiple of 0.1, not 0.35"}},
		{"a multiple that float64 misses", `{"multipleOf":0.01}`, `1.13`, nil},
		{"a long text", `{"maxLength":2}`, `"äöü"`, []string{": must have at most 2 characters, not 3"}},
		{"a pattern", `{"pattern":"^(?!x)\\w+$"}`, `"xy"`, []string{`: "xy" does not match ^(?!x)\w+$`}},
		{"a format", `{"format":"email"}`, `"me"`, []string{`: "me" is no e-mail address`}},
		{"an unknown format", `{"format":"colour"}`, `"me"`, nil},
		{"the same items", `{"uniqueItems":true}`, `[{"a":1,"b":2},1,{"b":2.0,"a":1}]`, []string{": items 1 and 3 are the same"}},
		{"too few items", `{"minItems":1}`, `[]`, []string{": must have at least 1 item, not 0"}},
		{"the form that was meant", auth, `{"type":"oauth","redirect":"x y"}`, []string{`/redirect: "x y" is no address`}},
		{"no form", auth, `{"type":"none"}`, []string{`/type: must be "static" or "oauth", not "none"`}},
		{"no form at all", `{"oneOf":[{"required":["a"]},{"maxProperties":0}]}`, `{"b":1}`, []string{`: fits none of 2 forms: "a" is missing; or must have at most 0 keys, not 1`}},
		{"forms of other types", `{"anyOf":[{"type":"string"},{"type":"array"}]}`, `3`, []string{": must be a string or a list, not 3"}},
		{"two forms", `{"oneOf":[{"minimum":1},{"minimum":2}]}`, `3`, []string{": fits 2 of 2 forms, and must fit one alone"}},
		{"a condition", `{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}`, `{"a":1}`, []string{`: "b" is missing`}},
		{"what another key needs", `{"dependentRequired":{"a":["b"]}}`, `{"a":1}`, []string{`: "b" is missing, which "a" needs`}},
		{"a key that no part knows", `{"allOf":[{"properties":{"name":true}}],"properties":{"size":true},"unevaluatedProperties":false}`, `{"name":1,"size":2,"colour":3}`, []string{`: the key "colour" is not known`}},
		{"a key of a wrong form", `{"propertyNames":{"maxLength":2}}`, `{"abc":1}`, []string{`: the key "abc" does not fit: must have at most 2 characters, not 3`}},
		{"pointers with slashes", `{"additionalProperties":{"type":"string"}}`, `{"a/b~c":1}`, []string{"/a~1b~0c: must be a string, not 1"}},
		{"references", `{"$defs":{"n":{"properties":{"next":{"$ref":"#/$defs/n"},"v":{"type":"number"}}}},"$ref":"#/$defs/n"}`, `{"next":{"next":{"v":"x"}}}`, []string{`/next/next/v: must be a number, not "x"`}},
		{"names", `{"$id":"https://a.example/root","properties":{"a":{"$ref":"item#x"}},"$defs":{"i":{"$id":"item","$defs":{"y":{"$anchor":"x","type":"string"}}}}}`, `{"a":1}`, []string{"/a: must be a string, not 1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := texts(t, tt.schema, tt.value); strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			if err := judge(t, tt.schema, tt.value); (err == nil) != (len(tt.want) == 0) && tt.name != "an unknown format" {
				t.Errorf("the oracle says %v", err)
			}
		})
	}
}

func TestPlacesAreThoseOfTheFile(t *testing.T) {
	t.Parallel()
	s, err := jsonschema.Compile([]byte(`{"properties":{"a":{"additionalProperties":false}}}`))
	if err != nil {
		t.Fatal(err)
	}
	value := parse(t, `{"a":{"b":1}}`)
	list, err := s.Check(value)
	if err != nil || len(list) != 1 || list[0].Value != value.Get("a") || list[0].Key == nil || list[0].Key.Key != "b" {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestSchemasThatCanNotBeReadAreSaidSo(t *testing.T) {
	t.Parallel()
	for schema, want := range map[string]string{
		`{`:                                  "unexpected EOF",
		`3`:                                  "a schema is an object",
		`{"properties":{"a":3}}`:             "/properties/a: a schema is an object",
		`{"type":"text"}`:                    "type must be a type of JSON",
		`{"minLength":-1}`:                   "minLength must be a whole number",
		`{"pattern":"("}`:                    "pattern must be an expression",
		`{"required":"a"}`:                   "required must be a list of strings",
		`{"$ref":"#/nowhere"}`:               "$ref #/nowhere leads nowhere",
		`{"$ref":"https://x.example/other"}`: "leads to another schema",
		strings.Repeat(`{"not":`, 300) + `true` + strings.Repeat("}", 300): "nested more than",
	} {
		if _, err := jsonschema.Compile([]byte(schema)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: %v, want %q", schema, err, want)
		}
	}
}

func TestSchemasThatGoRoundEnd(t *testing.T) {
	t.Parallel()
	bomb := `{"$defs":{"a0":{"type":"string"}`
	for i := range 30 {
		bomb += fmt.Sprintf(`,"a%d":{"allOf":[{"$ref":"#/$defs/a%d"},{"$ref":"#/$defs/a%d"}]}`, i+1, i, i)
	}
	for _, schema := range []string{`{"$ref":"#"}`, bomb + `},"$ref":"#/$defs/a30"}`} {
		s, err := jsonschema.Compile([]byte(schema))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Check(parse(t, `"x"`)); !errors.Is(err, jsonschema.ErrTooMuch) {
			t.Errorf("%.40s: %v", schema, err)
		}
	}
}

// judge asks a library that knows every draft.
func judge(t testing.TB, schema, value string) error {
	t.Helper()
	doc, err := oracle.UnmarshalJSON(strings.NewReader(schema))
	if err != nil {
		t.Fatal(err)
	}
	c := oracle.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("x.json", doc); err != nil {
		t.Skip(err)
	}
	s, err := c.Compile("x.json")
	if err != nil {
		t.Skip(err)
	}
	v, err := oracle.UnmarshalJSON(strings.NewReader(value))
	if err != nil {
		t.Skip(err)
	}
	return s.Validate(v)
}
