package jsonpos_test

import (
	"testing"
	"unicode/utf8"

	"github.com/fns-dev/fns/internal/jsonpos"
)

func TestInsertWritesAsTheFileDoes(t *testing.T) {
	t.Parallel()
	const value = "{\n  \"file\": \"b.js\"\n}"
	for name, tc := range map[string]struct{ before, after string }{
		"behind others":            {"{\n    \"e\": {\n        \"a\": {}\n    }\n}\n", "{\n    \"e\": {\n        \"a\": {},\n        \"b\": {\n          \"file\": \"b.js\"\n        }\n    }\n}\n"},
		"into an empty object":     {"{\n  \"e\": {}\n}\n", "{\n  \"e\": {\n    \"b\": {\n      \"file\": \"b.js\"\n    }\n  }\n}\n"},
		"on one line":              {"{ \"e\": { \"a\": 1 } }", "{ \"e\": { \"a\": 1, \"b\": {\n  \"file\": \"b.js\"\n} } }"},
		"behind a byte order mark": {"\ufeff{\n  \"e\": {\n    \"a\": 1\n  }\n}", "\ufeff{\n  \"e\": {\n    \"a\": 1,\n    \"b\": {\n      \"file\": \"b.js\"\n    }\n  }\n}"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc, list := jsonpos.Parse("x.json", []byte(tc.before))
			if len(list) > 0 {
				t.Fatal(list)
			}
			e := doc.Insert(doc.Root.Get("e"), "b", value)
			if got := tc.before[:e.Start] + e.Text + tc.before[e.End:]; got != tc.after {
				t.Errorf("got\n%s\nwant\n%s", got, tc.after)
			}
		})
	}
}

func FuzzInsert(f *testing.F) {
	f.Add("{}", "a")
	f.Add("{\"a\": {\r\n\t\"b\": 1\r\n}}", "b")
	f.Add("\ufeff {\n\n \"a\" : [ 1 ] }", "\"")
	f.Fuzz(func(t *testing.T, text, key string) {
		doc, list := jsonpos.Parse("x.json", []byte(text))
		if len(list) > 0 || !doc.Root.Is(jsonpos.Object) || doc.Root.Get(key) != nil || !utf8.ValidString(key) {
			return
		}
		e := doc.Insert(doc.Root, key, "{\n  \"new\": true\n}")
		after, list := jsonpos.Parse("x.json", []byte(text[:e.Start]+e.Text+text[e.End:]))
		if len(list) > 0 || !after.Root.Get(key).Get("new").Is(jsonpos.Bool) || len(after.Root.Members) != len(doc.Root.Members)+1 {
			t.Errorf("%q and %q give %q: %v", text, key, text[:e.Start]+e.Text+text[e.End:], list)
		}
	})
}
