package jsonpos_test

import (
	"testing"

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
