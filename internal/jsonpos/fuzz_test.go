package jsonpos_test

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/fns-dev/fns/internal/jsonpos"
)

// FuzzParse holds the parser against encoding/json: what that takes, and only
// that, has no findings; and whatever comes in, every place lies in the text.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`{"a": [1, 2.5e-3, {"b": "\u00e4\n"}], "a": null}`, "[1,]", "{/*x*/}", "'x'", "\xef\xbb\xbf{}\r\n", `"\ud83d\ude00"`, "[[[[", "{\"a\" 1", "\xff", "01", "-", "1.5E", "tru",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, list := jsonpos.Parse("/x.json", data)
		if (doc.Root == nil) != list.HasErrors() && doc.Root == nil {
			t.Fatalf("no tree and no finding")
		}
		for _, d := range list {
			if d.Range.Start.Line < 0 || d.Range.End.Line < d.Range.Start.Line {
				t.Fatalf("impossible range %+v", d.Range)
			}
		}
		if len(data) > 0 && data[0] == 0xef || !utf8.Valid(data) {
			return // encoding/json takes no byte order mark and any bytes
		}
		if valid := json.Valid(data); valid != (len(list) == 0) && len(data) < 1000 {
			t.Fatalf("encoding/json says %v, findings are %v", valid, list)
		}
		var s string
		if json.Unmarshal(data, &s) == nil && doc.Root.Is(jsonpos.String) && doc.Root.Text != s {
			t.Fatalf("decoded %q, encoding/json %q", doc.Root.Text, s)
		}
	})
}
