package report

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/diag"
)

func at(file, text string, line, from, to int) diag.Range {
	r := diag.Range{File: file, Start: diag.Position{Line: line, Column: from}, LineText: text}
	if to > 0 {
		r.End = diag.Position{Line: line, Column: to}
	}
	return r
}

func TestText(t *testing.T) {
	t.Parallel()
	dir := filepath.FromSlash("/work/shop")
	file := filepath.Join(dir, "api.functions", "serverless.json")
	tests := []struct {
		name string
		d    diag.Diagnostic
		want string
	}{
		{
			name: "a range in a line",
			d: diag.Diagnostic{
				Code: "FNS2003", Severity: diag.Error, Summary: `endpoint "events": method "FETCH" is not supported`,
				Range: at(file, `  "method": "FETCH",`, 5, 13, 20), Hint: "use GET, POST, PUT, PATCH or DELETE",
			},
			want: `api.functions/serverless.json:5:13: error FNS2003: endpoint "events": method "FETCH" is not supported
    5 |   "method": "FETCH",
      |             ^~~~~~~
  hint: use GET, POST, PUT, PATCH or DELETE
`,
		},
		{
			name: "a point",
			d:    diag.Diagnostic{Severity: diag.Warning, Summary: "odd", Range: at(file, "abc", 1, 3, 0)},
			want: "api.functions/serverless.json:1:3: warning: odd\n    1 | abc\n      |   ^\n",
		},
		{
			name: "a point behind the end of the line",
			d:    diag.Diagnostic{Severity: diag.Error, Summary: "unexpected end", Range: at(file, "{", 1, 2, 3)},
			want: "api.functions/serverless.json:1:2: error: unexpected end\n    1 | {\n      |  ^\n",
		},
		{
			name: "tabs and wide characters",
			d:    diag.Diagnostic{Severity: diag.Error, Summary: "x", Range: at(file, "\t日本 bad", 2, 5, 8)},
			want: "api.functions/serverless.json:2:5: error: x\n    2 |     日本 bad\n      |          ^~~\n",
		},
		{
			name: "a range over several lines is marked to the end of the first",
			d: diag.Diagnostic{Severity: diag.Error, Summary: "x", Range: diag.Range{
				File: file, Start: diag.Position{Line: 2, Column: 3}, End: diag.Position{Line: 4, Column: 1}, LineText: "a {bcd",
			}},
			want: "api.functions/serverless.json:2:3: error: x\n    2 | a {bcd\n      |   ^~~~\n",
		},
		{
			name: "a file as a whole",
			d:    diag.Diagnostic{Severity: diag.Error, Summary: "is empty", Range: diag.Range{File: file}},
			want: "api.functions/serverless.json: error: is empty\n",
		},
		{
			name: "no file, with detail, and a hint of two lines",
			d:    diag.Diagnostic{Severity: diag.Note, Summary: "x", Detail: "because\nof this\n", Hint: "first\nsecond"},
			want: "note: x\n  because\n  of this\n  hint: first\n        second\n",
		},
		{
			name: "a related place",
			d: diag.Diagnostic{
				Severity: diag.Error, Summary: "path twice", Range: diag.Range{File: file, Start: diag.Position{Line: 9, Column: 2}},
				Related: []diag.Related{{Message: "first declared here", Range: at(filepath.FromSlash("/elsewhere/a.json"), "x", 1, 1, 2)}},
			},
			want: "api.functions/serverless.json:9:2: error: path twice\n  " + filepath.FromSlash("/elsewhere/a.json") +
				":1:1: first declared here\n    1 | x\n      | ^\n",
		},
		{
			name: "control characters",
			d:    diag.Diagnostic{Severity: diag.Error, Summary: "a\x1b[31mb", Range: at(file, "\x1b]0;t\x07x", 1, 6, 7)},
			want: "api.functions/serverless.json:1:6: error: a\\x1b[31mb\n    1 | \\x1b]0;t\\x07x\n      |         ^\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			if err := Text(&b, NewFindings(diag.List{tt.d}, dir), Paint{}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, b.String()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestTextShowsThePartOfALongLineThatMatters(t *testing.T) {
	t.Parallel()
	line := strings.Repeat("a", 5000) + "BAD" + strings.Repeat("b", 5000)
	var b bytes.Buffer
	d := diag.Diagnostic{Severity: diag.Error, Summary: "x", Range: at("f.js", line, 1, 5001, 5004)}
	if err := Text(&b, NewFindings(diag.List{d}, ""), Paint{}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	if len(lines[1]) > maxLine+20 {
		t.Errorf("source line has %d characters", len(lines[1]))
	}
	if source, mark := strings.Index(lines[1], "BAD"), strings.Index(lines[2], "^~~"); source < 0 || source != mark {
		t.Errorf("mark at %d, source at %d:\n%s", mark, source, b.String())
	}
}

func TestTextPaintsSeverityPlaceAndHint(t *testing.T) {
	t.Parallel()
	tag := func(name string) func(string) string {
		return func(s string) string { return "<" + name + ">" + s + "</>" }
	}
	var b bytes.Buffer
	d := diag.Diagnostic{Code: "FNS1", Severity: diag.Warning, Summary: "s", Range: at("f", "ab", 1, 1, 3), Hint: "h"}
	p := Paint{Place: tag("p"), Warning: tag("w"), Hint: tag("h"), Quiet: tag("q")}
	if err := Text(&b, NewFindings(diag.List{d}, ""), p); err != nil {
		t.Fatal(err)
	}
	want := "<p>f:1:1</>: <w>warning FNS1</>: s\n<q>    1 | </>ab\n<q>      | </><w>^~</>\n  <h>hint</>: h\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestJSONIsVersionedSortedAndWithoutNulls(t *testing.T) {
	t.Parallel()
	dir := filepath.FromSlash("/p")
	list := diag.List{
		{Severity: diag.Warning, Summary: "second <b>", Range: diag.Range{File: filepath.Join(dir, "b")}},
		{Severity: diag.Error, Summary: "first", Range: diag.Range{File: filepath.Join(dir, "a")}},
	}
	var b bytes.Buffer
	if err := JSON(&b, NewFindings(list, dir)); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "second <b>") {
		t.Errorf("markup is escaped: %s", b.String())
	}
	var got Findings
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Valid || got.ErrorCount != 1 || got.WarningCount != 1 || got.FormatVersion != "1.0" {
		t.Errorf("head = %+v", got)
	}
	if got.Diagnostics[0].Summary != "first" || got.Diagnostics[0].Range.File != "a" {
		t.Errorf("first = %+v", got.Diagnostics[0])
	}
	b.Reset()
	if err := JSON(&b, NewFindings(nil, dir)); err != nil || !strings.Contains(b.String(), `"diagnostics": []`) {
		t.Errorf("empty list: %v %s", err, b.String())
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"plain text stays", "héllo\tworld\n✓", "héllo\tworld\n✓"},
		{"escape sequences", "\x1b[2J\x07", `\x1b[2J\x07`},
		{"DEL and C1", "\x7f\u009b31m", `\x7f\x9b31m`},
		{"line ends of Windows", "a\r\nb", "a\nb"},
		{"a lone carriage return", "real\rfake", `real\rfake`},
		{"bytes that are not UTF-8", "a\xffb", `a\xffb`},
		{"the replacement character itself stays", "a\uFFFDb", "a\uFFFDb"},
		{"direction marks", "a\u202eb\u2066", `a\u202eb\u2066`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := Clean(tt.in); got != tt.want {
				t.Errorf("Clean(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}
