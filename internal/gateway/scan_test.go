package gateway

import (
	"encoding/json"
	"reflect"
	"testing"
)

func FuzzTheScannerReadsObjectsAsEncodingJSONDoes(f *testing.F) {
	for _, s := range []string{
		`{"a":1,"b":{"c":[1,2,{"d":"}"}]},"e":"\"x\\"}`, ` { "a" : null , "b" : [ ] } `, `{}`, `[1,[2],{"a":null}]`, `{"a":{"b":null},"c":[null]}`, `{"a`, `{"a":`, `{"\u0061":tru`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got := map[string]string{}
		members(text, func(k, v []byte) bool { got[string(unquote(k))] = string(v); return true })
		elements(text, func([]byte) {})
		if !json.Valid(text) {
			return // it only has to come to an end
		}
		var want map[string]json.RawMessage
		if json.Unmarshal(text, &want) == nil {
			for k, v := range want {
				// Keys that are not UTF-8 are replaced by encoding/json alone.
				if g, ok := got[k]; ok && g != string(v) {
					t.Errorf("member %q is %q, want %q", k, g, v)
				}
			}
			if len(want) < len(got) && !hasReplacement(want) {
				t.Errorf("%d members, want %d", len(got), len(want))
			}
		}
		var tree any
		if json.Unmarshal(text, &tree) == nil {
			out, dropped := dropNulls(text)
			var after any
			if err := json.Unmarshal(out, &after); err != nil {
				t.Fatalf("without nulls %q is no JSON: %v", out, err)
			}
			if len(dropped) == 0 && !reflect.DeepEqual(tree, after) {
				t.Errorf("%q became %q", text, out)
			}
		}
	})
}

func hasReplacement(m map[string]json.RawMessage) bool {
	for k := range m {
		for _, r := range k {
			if r == '\uFFFD' {
				return true
			}
		}
	}
	return false
}

func FuzzStringsAreQuotedAsJSON(f *testing.F) {
	for _, s := range []string{"", `a"b\c`, "\x00\x1f\n\r\t", "ü€😀", "\xff\xfe", "\u2028"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var got, want string
		if err := json.Unmarshal(appendString(nil, s), &got); err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%q became %q", s, got)
		}
	})
}
