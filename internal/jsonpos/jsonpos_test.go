package jsonpos_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/jsonpos"
)

// lines gives the findings as "line:column code summary | hint".
func lines(list diag.List) []string {
	var out []string
	for _, d := range list {
		s := fmt.Sprintf("%d:%d %s %s", d.Range.Start.Line, d.Range.Start.Column, d.Code, d.Summary)
		if d.Hint != "" {
			s += " | " + d.Hint
		}
		out = append(out, s)
	}
	return out
}

func TestParseExplainsWhatIsWrong(t *testing.T) {
	t.Parallel()
	const comma = "FNS1004 JSON has no trailing commas | remove the comma"
	const comment = "FNS1004 JSON has no comments | remove the comment"
	const quotes = ` | JSON strings stand in straight double quotes: "…"`
	const number = " is not a JSON number | numbers are decimal, without leading + or 0; anything else is a string in quotes"
	tests := []struct {
		name, text string
		want       []string
		root       bool // a tree comes out in spite of the findings
	}{
		{"an object", `{"a": [1, -0.5e+3, true, null, "x"]}`, nil, true},
		{"a scalar", ` "x" `, nil, true},
		{"nothing", "", []string{"1:1 FNS1003 the file is empty | write an object: {}"}, false},
		{"a line comment", "{\n  // why\n  \"a\": 1\n}", []string{"2:3 " + comment}, true},
		{"a block comment over lines", "{/* a\nb */\"a\": 1}", []string{"1:2 " + comment}, true},
		{"a hash comment at the end", "{} # x", []string{"1:4 " + comment}, true},
		{"an open comment", "{} /* x", []string{"1:4 FNS1003 a comment is not closed | JSON has no comments; remove it"}, false},
		{"trailing commas", "{\"a\": [1,\n], }", []string{"1:9 " + comma, "2:2 " + comma}, true},
		{"a comma alone", `[,]`, []string{"1:2 FNS1003 a comma with nothing before it | remove the comma"}, false},
		{"two commas", `[1,,2]`, []string{"1:4 FNS1003 a comma with nothing before it | remove the comma"}, false},
		{"a missing comma", "{\"a\": 1\n\"b\": 2}", []string{`2:1 FNS1003 unexpected " where a comma or } is expected | a comma may be missing before it`}, false},
		{"a missing colon", `{"a" 1}`, []string{`1:6 FNS1003 1 where the : after "a" is expected`}, false},
		{"an unquoted key", `{abc: 1}`, []string{`1:2 FNS1003 the key abc is not in quotes | write "abc"`}, false},
		{"single quotes", `{"a": 'x'}`, []string{"1:7 FNS1003 unexpected ' where a value is expected" + quotes}, false},
		{"typographic quotes", `{“a”: 1}`, []string{"1:2 FNS1003 unexpected “ where a key is expected" + quotes}, false},
		{"an open object", "{\"a\": {\n", []string{"2:1 FNS1003 the file ends before the closing } | close what is open, or restore the end of the file"}, false},
		{"an open string", "{\"a\": \"x\n}", []string{`1:7 FNS1003 a string is not closed on its line | end it with "; a line break inside is written \n`}, false},
		{"a tab in a string", "\"a\tb\"", []string{`1:3 FNS1003 a tab inside a string | write \t`}, false},
		{"a control character in a string", "\"\x01\"", []string{`1:2 FNS1003 character U+0001 inside a string | write \u0001`}, false},
		{"a Windows path", `"C:\dir"`, []string{`1:4 FNS1003 \d is not an escape sequence | a backslash is written \\; paths take / on every system`}, false},
		{"a short unicode escape", `"\u12"`, []string{`1:2 FNS1003 \u needs four hexadecimal digits`}, false},
		{"a backslash at the end", `"\`, []string{`1:2 FNS1003 the file ends inside a string`}, false},
		{"a leading zero", `[01]`, []string{"1:2 FNS1003 01" + number}, false},
		{"a leading plus", `[+1]`, []string{"1:2 FNS1003 +1" + number}, false},
		{"a lonely point", `[1.]`, []string{"1:2 FNS1003 1." + number}, false},
		{"a half exponent", `[1e+]`, []string{"1:2 FNS1003 1e+" + number}, false},
		{"Python's True", `[True]`, []string{"1:2 FNS1003 True is not a JSON value | write true"}, false},
		{"undefined", `[undefined]`, []string{"1:2 FNS1003 undefined is not a JSON value | write null, or leave the key out"}, false},
		{"a bare word", `[GET]`, []string{"1:2 FNS1003 GET is not a JSON value | put it in double quotes"}, false},
		{"two values", `{} {}`, []string{"1:4 FNS1003 unexpected { after the end of the JSON value | a file holds one value; remove the rest"}, false},
		{"a missing value", `{"a": }`, []string{"1:7 FNS1003 unexpected } where a value is expected"}, false},
		{"columns in code points", "{\"äöü😀\": x}", []string{"1:10 FNS1003 x is not a JSON value | put it in double quotes"}, false},
		{"a byte order mark and CRLF", "\xef\xbb\xbf{\r\n\"a\": x}", []string{"2:6 FNS1003 x is not a JSON value | put it in double quotes"}, false},
		{"a byte that is not UTF-8", "{\"a\":\n\"\xff\"}", []string{"2:2 FNS1006 x.json has a byte that is not UTF-8 | save the file as UTF-8"}, true},
		{"UTF-16", "\xff\xfe{\x00}\x00", []string{"0:0 FNS1006 x.json is UTF-16, not UTF-8 | save the file as UTF-8"}, false},
		{"a null byte", "\x00", []string{"1:1 FNS1003 unexpected character U+0000 where a value is expected"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc, list := jsonpos.Parse("/p/x.json", []byte(tt.text))
			if diff := cmp.Diff(tt.want, lines(list)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if got := doc.Root != nil; got != tt.root {
				t.Errorf("a tree came out: %v, want %v", got, tt.root)
			}
			for _, d := range list {
				if d.Severity != diag.Error || d.Range.File != "/p/x.json" {
					t.Errorf("severity %q in file %q", d.Severity, d.Range.File)
				}
			}
		})
	}
}

func TestStringsAreDecodedAsNodeDoes(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		`"\"\\\/\b\f\n\r\t"`:   "\"\\/\b\f\n\r\t",
		`"\u00e4\uD83D\uDE00"`: "ä😀",
		`"\ud83d"`:             "\ufffd",
		`"\ud83dx"`:            "\ufffdx",
		`"\ud83d\u0041"`:       "\ufffdA",
	}
	for text, want := range tests {
		doc, list := jsonpos.Parse("/x.json", []byte(text))
		if len(list) > 0 || doc.Root.Text != want {
			t.Errorf("%s is %q (%v), want %q", text, doc.Root.Text, list, want)
		}
	}
}

func TestPointersFindValuesAndTheirPlaces(t *testing.T) {
	t.Parallel()
	text := "{\n  \"a/b\": {\"m~n\": [10, \"ü\"]},\r\n  \"k\": 1,\n  \"k\": {\"z\": true}\n}"
	doc, _ := jsonpos.Parse("/p/x.json", []byte(text))
	tests := []struct {
		pointer string
		there   bool
		start   diag.Position
		line    string
	}{
		{"", true, diag.Position{Line: 1, Column: 1}, "{"},
		{"/a~1b/m~0n/1", true, diag.Position{Line: 2, Column: 23}, `  "a/b": {"m~n": [10, "ü"]},`},
		{"/a~1b/m~0n/2", false, diag.Position{Line: 2, Column: 18}, `  "a/b": {"m~n": [10, "ü"]},`},
		{"/a~1b/m~0n/01", false, diag.Position{Line: 2, Column: 18}, `  "a/b": {"m~n": [10, "ü"]},`},
		{"/k/z", true, diag.Position{Line: 4, Column: 14}, `  "k": {"z": true}`},
		{"/none/deeper", false, diag.Position{Line: 1, Column: 1}, "{"},
		{"k", false, diag.Position{Line: 1, Column: 1}, "{"},
	}
	for _, tt := range tests {
		if got := doc.At(tt.pointer) != nil; got != tt.there {
			t.Errorf("At(%q) finds something: %v, want %v", tt.pointer, got, tt.there)
		}
		r := doc.Locate(tt.pointer)
		if r.Start != tt.start || r.LineText != tt.line {
			t.Errorf("Locate(%q) = %v in %q, want %v in %q", tt.pointer, r.Start, r.LineText, tt.start, tt.line)
		}
	}
	if end := doc.Locate("/a~1b/m~0n/1").End; end != (diag.Position{Line: 2, Column: 26}) {
		t.Errorf("the end of the string is %v", end)
	}
	if len(doc.Duplicates) != 1 || doc.KeyRange(doc.Duplicates[0].First).Start.Line != 3 || doc.KeyRange(doc.Duplicates[0].Second).Start.Line != 4 {
		t.Errorf("duplicates: %+v", doc.Duplicates)
	}
	member, _ := doc.Root.Member("a/b")
	if r := doc.KeyRange(member); r.Start.Column != 3 || r.End.Column != 8 {
		t.Errorf("key at %v to %v", r.Start, r.End)
	}
}

func TestInputIsBounded(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ text, want string }{
		"deep nesting":    {strings.Repeat("[", 100_000), "objects and lists are nested more than 256 deep"},
		"deep objects":    {strings.Repeat(`{"a":`, 100_000), "objects and lists are nested more than 256 deep"},
		"too many values": {"[" + strings.Repeat("1,", 300_000) + "1]", "the file has more than 200000 values"},
		"too large":       {`"` + strings.Repeat("x", jsonpos.MaxSize) + `"`, "x.json is larger than 4 MB"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc, list := jsonpos.Parse("/x.json", []byte(tt.text))
			if len(list) != 1 || list[0].Summary != tt.want || doc.Root != nil {
				t.Errorf("got %v, want %q", list, tt.want)
			}
			if n := len(list[0].Range.LineText); n > 2000 {
				t.Errorf("a line of %d bytes is carried along", n)
			}
		})
	}
	t.Run("a thousand mistakes", func(t *testing.T) {
		t.Parallel()
		_, list := jsonpos.Parse("/x.json", []byte("["+strings.Repeat("{},/**/", 1000)+"1]"))
		if len(list) != 50 {
			t.Errorf("%d findings, want 50", len(list))
		}
	})
}

func TestReadReportsFilesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good := filepath.Join(dir, "good.json")
	if err := os.WriteFile(good, []byte(`{"a":1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if doc, list := jsonpos.Read(good); len(list) > 0 || doc.Root.Get("a").Text != "1" {
		t.Errorf("good file: %v", list)
	}
	for _, file := range []string{filepath.Join(dir, "none.json"), dir} {
		doc, list := jsonpos.Read(file)
		if len(list) != 1 || list[0].Code != diag.FileUnreadable || doc.Root != nil || list[0].Range.File != file {
			t.Errorf("%s: %v", file, list)
		}
		if strings.Contains(list[0].Summary, dir) {
			t.Errorf("the summary repeats the path: %s", list[0].Summary)
		}
	}
}

func TestNilValuesAnswer(t *testing.T) {
	t.Parallel()
	doc, _ := jsonpos.Parse("/x.json", []byte("["))
	if doc.Root.Get("a") != nil || doc.Root.Is(jsonpos.Object) || doc.At("/a") != nil || doc.Locate("/a") != doc.Whole() {
		t.Error("a document without a tree finds something")
	}
}
