package report_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/joshdk/go-junit"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/report"
)

// odd has what formats stumble over: no place, no code, control characters,
// separators of the format in texts and names.
func odd() diag.List {
	at := diag.Range{File: "/repo/a b/ü,1:2.js", Start: diag.Position{Line: 3, Column: 5}, End: diag.Position{Line: 3, Column: 9}, LineText: "let x = '<&>'"}
	return diag.List{
		{Code: diag.InvalidJSON, Severity: diag.Error, Summary: "unexpected ]]> & \x00\x1b[31m", Range: at, Hint: "100% sure\nsecond line"},
		{Code: diag.InvalidJSON, Severity: diag.Error, Summary: "unexpected ]]> & \x00\x1b[31m", Range: at},
		{Code: diag.UnknownKey, Severity: diag.Warning, Summary: "a key", Range: diag.Range{File: "/repo/b.json"}, Related: []diag.Related{{Message: "the other", Range: at}}},
		{Severity: diag.Note, Summary: "no code and no file"},
		{Code: diag.EntryExtension, Severity: diag.Note, Summary: "outside", Range: diag.Range{File: "/else/c.ts", Start: diag.Position{Line: 1, Column: 1}}},
	}
}

func written(t *testing.T, format report.Format, list diag.List) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.Write(&b, format, list, report.Options{Dir: "/repo", Version: "1.2.3"}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sarifSchema is the schema of OASIS, as a package of npm's carries it.
const sarifSchema = "../../testdata/npm/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"

func TestSARIFFollowsTheOfficialSchema(t *testing.T) {
	t.Parallel()
	schema, err := jsonschema.NewCompiler().Compile(sarifSchema)
	if err != nil {
		t.Fatal(err, "(make test installs it)")
	}
	for name, list := range map[string]diag.List{"findings": odd(), "none": nil} {
		data := written(t, report.FormatSARIF, list)
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, data)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var r struct {
			Runs []struct {
				Tool struct {
					Driver struct{ Rules []struct{ ID string } }
				}
				Results []struct {
					RuleID              string
					RuleIndex           int
					PartialFingerprints map[string]string
				}
			}
		}
		if err := json.Unmarshal(data, &r); err != nil {
			t.Fatal(err)
		}
		if got := len(r.Runs[0].Results); got != len(list) {
			t.Errorf("%s: %d results", name, got)
		}
		prints := map[string]bool{}
		for _, result := range r.Runs[0].Results {
			p := result.PartialFingerprints["fns/v1"]
			if prints[p] {
				t.Errorf("%s: two findings share the fingerprint %s", name, p)
			}
			prints[p] = true
			if i := result.RuleIndex; i >= 0 && r.Runs[0].Tool.Driver.Rules[i].ID != result.RuleID {
				t.Errorf("%s: result %s points to rule %d", name, result.RuleID, i)
			}
		}
	}
}

func TestSARIFNamesFilesAsURIs(t *testing.T) {
	t.Parallel()
	data := string(written(t, report.FormatSARIF, odd()))
	for _, want := range []string{`"uri": "a%20b/%C3%BC,1:2.js"`, `"uri": "file:///else/c.ts"`, `"startLine": 3`, `"endColumn": 9`, `"columnKind": "unicodeCodePoints"`} {
		if !strings.Contains(data, want) {
			t.Errorf("no %s in\n%s", want, data)
		}
	}
}

func TestGitHubCommandsAreOneLineEach(t *testing.T) {
	t.Parallel()
	got := strings.Split(strings.TrimSuffix(string(written(t, report.FormatGitHub, odd())), "\n"), "\n")
	want := []string{
		"::notice ::no code and no file",
		"::notice file=/else/c.ts,line=1,col=1,title=FNS2015 entry-extension::outside",
		"::error file=a b/ü%2C1%3A2.js,line=3,col=5,endLine=3,endColumn=9,title=FNS1003 invalid-json::unexpected ]]> & \x00\x1b[31m%0A100%25 sure%0Asecond line",
		"::error file=a b/ü%2C1%3A2.js,line=3,col=5,endLine=3,endColumn=9,title=FNS1003 invalid-json::unexpected ]]> & \x00\x1b[31m",
		"::warning file=b.json,title=FNS1009 unknown-key::a key",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestJUnitIsReadByAParser(t *testing.T) {
	t.Parallel()
	suites, err := junit.Ingest(written(t, report.FormatJUnit, odd()))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range suites {
		for _, c := range s.Tests {
			got = append(got, s.Name+" | "+c.Name+" | "+string(c.Status)+" | "+c.Message)
		}
	}
	want := []string{
		"project |  | passed | ",
		"/else/c.ts | FNS2015 entry-extension (1:1) | passed | ",
		"a b/ü,1:2.js | FNS1003 invalid-json (3:5) | failed | unexpected ]]> & [31m",
		"a b/ü,1:2.js | FNS1003 invalid-json (3:5) | failed | unexpected ]]> & [31m",
		"b.json | FNS1009 unknown-key | failed | a key",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	suites, err = junit.Ingest(written(t, report.FormatJUnit, nil))
	if err != nil || len(suites) != 1 || suites[0].Totals.Passed != 1 || suites[0].Totals.Failed != 0 {
		t.Errorf("without findings: %+v, %v", suites, err)
	}
}

func TestSeveralFormatsAreTold(t *testing.T) {
	t.Parallel()
	got, err := report.ParseFormats("text, sarif=out.sarif,junit=a=b.xml")
	want := []report.Output{{Format: "text"}, {Format: "sarif", File: "out.sarif"}, {Format: "junit", File: "a=b.xml"}}
	if err != nil || !cmp.Equal(want, got) {
		t.Errorf("got %v, %v", got, err)
	}
	for _, bad := range []string{"", "xml", "text,json", "json=", "json=a,sarif=a"} {
		if list, err := report.ParseFormats(bad); err == nil {
			t.Errorf("ParseFormats(%q) = %v", bad, list)
		}
	}
}
