package dotenv_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/dotenv"
)

func TestParseWarnsOfLinesThatMeanSomethingElse(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"an ordinary file", "# keys\nA=1\n\nexport B_C='x' # why\nD=\"l1\nl2\"\n", nil},
		{"lines without a sign", "A=1\nhello there\n  B\nC=2\n", []string{
			"2:1 FNS2101 this line is neither KEY=value nor a comment",
			"3:3 FNS2101 this line is neither KEY=value nor a comment",
		}},
		{"a line without a sign at the end", "A=1\r\n\r\nA:2", []string{"3:1 FNS2101 this line is neither KEY=value nor a comment"}},
		{"a # inside a word", "A=ab#cd\nB=ab #cd\nC='ab#cd'\nD=#", []string{"1:3 FNS2102 the value of A ends at the # inside it"}},
		{"an open quote", "A=\"abc\nB=1", []string{"1:3 FNS2103 the quotes of A are part of its value"}},
		{"text after a quote", "A = 'abc' d", []string{"1:5 FNS2103 the quotes of A are part of its value"}},
		{"a quote that ends on another line", "A='abc\nB_C=1\nD='\n", []string{"1:3 FNS2103 the value of A goes on over the line of B_C"}},
		{"a key over several lines", "K=\"-----BEGIN KEY-----\nab==\nAB=\n-----END KEY-----\"\n", nil},
		{"a name twice", "A=1\nB=1\nA=2", []string{"3:1 FNS2105 A is set twice; the last one counts"}},
		{"columns in code points", "\xef\xbb\xbfA='ä' \u00a0\n é", []string{"2:2 FNS2101 this line is neither KEY=value nor a comment"}},
		{"UTF-16", "\xff\xfeA\x00=\x001\x00", []string{"0:0 FNS1006 .env is UTF-16, not UTF-8"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, list := dotenv.Parse("/p/.env", []byte(tt.text))
			var got []string
			for _, d := range list {
				got = append(got, fmt.Sprintf("%d:%d %s %s", d.Range.Start.Line, d.Range.Start.Column, d.Code, d.Summary))
				if d.Hint == "" || d.Range.File != "/p/.env" {
					t.Errorf("no hint or no file: %+v", d)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNoDiagnosticShowsAValue(t *testing.T) {
	t.Parallel()
	text := "A=s3cret#s3cret\nB='s3cret\ns3cret\nC=\"s3cret\" s3cret\nA=s3cret\nD_D='s3cret\nE_E=s3cret'\n"
	file, list := dotenv.Parse("/p/.env", []byte(text))
	if len(list) < 5 {
		t.Fatalf("only %d findings: %v", len(list), list)
	}
	if all := fmt.Sprintf("%+v", list); strings.Contains(all, "s3cret") {
		t.Errorf("a value is shown: %s", all)
	}
	for _, e := range file.Entries {
		if e.Range.LineText != "" || e.ValueRange.LineText != "" {
			t.Errorf("the range of %s carries its line", e.Key)
		}
	}
}

func TestEntriesKnowTheirPlaces(t *testing.T) {
	t.Parallel()
	file, _ := dotenv.Parse("/p/.env", []byte("\xef\xbb\xbf# ä\r\n  export A = 'x\r\ny' # c\r\nB=\r\nA= ü z #\r\n"))
	type place struct{ key, value, at, of string }
	var got []place
	span := func(r diag.Range) string {
		return fmt.Sprintf("%d:%d-%d:%d", r.Start.Line, r.Start.Column, r.End.Line, r.End.Column)
	}
	for _, e := range file.Entries {
		got = append(got, place{e.Key, e.Value, span(e.Range), span(e.ValueRange)})
	}
	want := []place{
		{"A", "x\ny", "2:10-2:11", "2:14-3:3"},
		{"B", "", "4:1-4:2", "4:3-4:3"},
		{"A", "ü z", "5:1-5:2", "5:4-5:7"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(place{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if e, ok := file.Get("A"); !ok || e.Value != "ü z" {
		t.Errorf("Get gives %q, %v; the last one counts", e.Value, ok)
	}
	if _, ok := file.Get("C"); ok {
		t.Error("Get finds a key that is not there")
	}
}

func TestHostileTextTakesNoQuadraticTime(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"\n", "A='\\'x\n", "A=\"x\\\"\n", "A\n", "export\n", "' ", "A='\n'x\n", " ", "A:\n", "#'\n"} {
		text := strings.Repeat(unit, 500_000/len(unit))
		start := time.Now()
		dotenv.Parse("/p/.env", []byte(text))
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("%q repeated takes %v", unit, d)
		}
	}
}

func TestReadReportsFilesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, path := range []string{dir, filepath.Join(dir, ".env")} {
		file, list := dotenv.Read(path)
		if len(list) != 1 || list[0].Code != diag.FileUnreadable || len(file.Entries) > 0 || file.Path != path {
			t.Errorf("%s: %v", path, list)
		}
	}
	big := filepath.Join(dir, "big")
	if err := os.WriteFile(big, make([]byte, dotenv.MaxSize+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, list := dotenv.Read(big); len(list) != 1 || list[0].Summary != "big can't be read: it is larger than 1 MB" {
		t.Errorf("a large file: %v", list)
	}
}

func FuzzParse(f *testing.F) {
	for _, fact := range facts() {
		f.Add([]byte(fact.text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, list := dotenv.Parse("/p/.env", data)
		for _, e := range file.Entries {
			if e.Key == "" || e.Range.Start.Line < 1 || e.Range.LineText+e.ValueRange.LineText != "" {
				t.Fatalf("impossible entry %+v", e)
			}
		}
		for _, d := range list {
			if d.Range.LineText != "" || d.Range.End.Line < d.Range.Start.Line {
				t.Fatalf("impossible finding %+v", d)
			}
		}
	})
}
