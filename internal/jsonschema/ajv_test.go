package jsonschema_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/jsonschema"
)

// ajv judges as hs does: the same options, the same formats.
const ajv = `
const load = (name) => require(require.resolve(name, { paths: [process.argv[1]] }));
const ajv = new (load('ajv/dist/2020').Ajv2020)({ allErrors: true, strict: false, logger: false });
(load('ajv-formats').default ?? load('ajv-formats'))(ajv);
const cases = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(cases.map(([schema, value]) => {
  const validate = ajv.compile(JSON.parse(schema));
  validate(JSON.parse(value));
  return (validate.errors ?? []).map((e) => e.instancePath);
})));`

// TestBothToolsJudgeAlike compares with the validator of the official hs.
func TestBothToolsJudgeAlike(t *testing.T) {
	t.Parallel()
	hs := os.Getenv("FNS_HS")
	if hs == "" {
		t.Skip("make hs-interop runs it with the official hs")
	}
	var cases [][2]string
	add := func(schema string, values ...string) {
		for _, v := range values {
			cases = append(cases, [2]string{schema, v})
		}
	}
	for format, values := range map[string]string{
		"date":          `2024-02-29 2023-02-29 2024-13-01 2024-1-1 24-01-01`,
		"time":          `10:00:00Z 10:00:00+01:00 10:00:00 25:00:00Z 23:59:60Z 22:59:60Z 10:00:00.123Z 10:00:00+0100 00:59:60+01:00`,
		"date-time":     `2024-01-01T10:00:00Z 2024-01-01t10:00:00z 2024-01-01 2024-01-01T10:00:00 2024-02-30T10:00:00Z`,
		"duration":      `P1D PT1H P1Y2M3DT4H5M6S P1W P PT P1H 1D P1DT`,
		"uri":           `https://a.example/x?y#z /x a.example mailto:me@a.example urn:x:y https:// http://a.example/ä http://a.example/<x>`,
		"uri-reference": `https://a.example /x x #y ?z \u00e4`,
		"url":           `https://a.example http://localhost:3000/x http://10.0.0.1 https://8.8.8.8/x ftp://a.example mailto:x@y.z //a.example a.example`,
		"email":         `me@a.example me @a.example a@b a.b+c@d.example.com a@b@c.example`,
		"hostname":      `a.example localhost -a.example a-.example a..example 1.2.3.4 a_b.example`,
		"ipv4":          `1.2.3.4 1.2.3 256.1.1.1 ::1`,
		"ipv6":          `::1 fe80::1 1.2.3.4 ::g 1:2:3:4:5:6:7:8 ::ffff:1.2.3.4`,
		"uuid":          `123e4567-e89b-12d3-a456-426614174000 123E4567-E89B-12D3-A456-426614174000 123e4567e89b12d3a456426614174000`,
		"json-pointer":  `/a/b /a~1b /a~2 a`,
		"regex":         `^a$ ( [a-z]+ (?<n>x)`,
		"colour":        `red`,
	} {
		for _, v := range strings.Fields(values) {
			text := v
			if !strings.Contains(v, `\u`) {
				quoted, err := json.Marshal(v)
				if err != nil {
					t.Fatal(err)
				}
				text = string(quoted)
			} else {
				text = `"` + v + `"`
			}
			add(`{"format":"`+format+`"}`, text)
		}
	}
	add(`{"pattern":"^\\p{L}+$"}`, `"äb"`, `"1"`)
	add(`{"pattern":"^(?!hs_)[a-z]+(?<=x)$"}`, `"abx"`, `"hs_x"`, `"ab"`)
	add(`{"pattern":"^.$"}`, `"😀"`, `"ab"`)
	add(`{"minLength":2}`, `"😀"`, `"ab"`)
	add(`{"multipleOf":0.5}`, `1.5`, `1.75`) // 0.01 and 1.13 do not fit in ajv, which divides floats
	add(`{"type":"integer"}`, `1.0`, `1.5`, `1e3`, `"1"`)
	add(`{"const":{"a":[1,{"b":null}]}}`, `{"a":[1.0,{"b":null}]}`, `{"a":[1]}`)
	add(`{"uniqueItems":true}`, `[1,1.0]`, `[{"a":1},{"a":1}]`, `[0,false]`, `["1",1]`)
	add(`{"contains":{"type":"string"},"minContains":0}`, `[]`, `[1]`)
	add(`{"contains":{"type":"string"},"minContains":2,"maxContains":3}`, `["a"]`, `["a","b"]`, `["a","b","c","d"]`)
	add(`{"prefixItems":[{"type":"string"}],"items":false}`, `["a"]`, `["a",1]`, `[1]`)
	add(`{"dependencies":{"a":["b"],"c":{"required":["d"]}}}`, `{"a":1}`, `{"a":1,"b":1}`, `{"c":1}`)
	add(`{"properties":{"a":{"$ref":"#/$defs/x","maximum":5}},"$defs":{"x":{"minimum":1}}}`, `{"a":0}`, `{"a":6}`, `{"a":3}`)
	add(`{"oneOf":[{"properties":{"a":{"type":"string"}},"required":["a"]},{"properties":{"b":{"type":"string"}},"required":["b"]}],"unevaluatedProperties":false}`, `{"a":"x"}`, `{"a":"x","b":"y"}`, `{"a":"x","c":1}`)
	add(`{"if":{"properties":{"type":{"const":"x"}}},"then":{"required":["y"]},"else":{"required":["z"]}}`, `{}`, `{"type":"x","y":1}`, `{"type":"q"}`)
	input, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "-e", ajv, filepath.Dir(filepath.Dir(hs)))
	cmd.Stdin, cmd.Stderr = strings.NewReader(string(input)), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var theirs [][]string
	if err := json.Unmarshal(out, &theirs); err != nil {
		t.Fatal(err)
	}
	for i, c := range cases {
		s, err := jsonschema.Compile([]byte(c[0]))
		if err != nil {
			t.Errorf("%s: %v", c[0], err)
			continue
		}
		ours, err := s.Check(parse(t, c[1]))
		if err != nil || (len(ours) == 0) != (len(theirs[i]) == 0) {
			t.Errorf("%s of %s: we say %+v, %v; ajv says %q", c[0], c[1], ours, err, theirs[i])
		}
	}
}
