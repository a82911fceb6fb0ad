package validate_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/validate"
)

// today is before the design manager's end and after 2025.1's.
var today = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// bases are projects without findings that fixtures change.
var bases = map[string]map[string]string{
	"none": {},
	"platform": {
		"hsproject.json":                      `{ "name": "p", "srcDir": "src", "platformVersion": "2026.03" }`,
		"src/app/app-hsmeta.json":             `{ "uid": "app", "type": "app", "config": { "name": "App", "distribution": "private", "auth": { "type": "static" } } }`,
		"src/app/functions/package.json":      `{ "name": "functions", "version": "1.0.0", "dependencies": {} }`,
		"src/app/functions/hello-hsmeta.json": `{ "uid": "hello", "type": "app-function", "config": { "entrypoint": "/app/functions/hello.js" } }`,
		"src/app/functions/hello.js":          "exports.main = async () => ({ statusCode: 200, body: 'hello' });\n",
	},
	"design-manager": {
		"my.functions/serverless.json": `{ "runtime": "nodejs20.x", "version": "1.0", "endpoints": { "hello": { "file": "hello.js", "method": "GET" } } }`,
		"my.functions/hello.js":        "exports.main = (context, sendResponse) => sendResponse({ statusCode: 200, body: 'hello' });\n",
	},
}

// fixture is one file of testdata/rules: a project with the finding and one
// without, both as changes of a base.
type fixture struct {
	code, base, profile string
	want                string // file or file:line of the finding
	also                []string
	bad, good           map[string]string
}

func readFixture(t *testing.T, file string) fixture {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	f := fixture{code: strings.SplitN(filepath.Base(file), "-", 2)[0], bad: map[string]string{}, good: map[string]string{}}
	for line := range strings.Lines(string(archive.Comment)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "base":
			f.base = value
		case "want":
			f.want = value
		case "profile":
			f.profile = value
		case "also":
			f.also = strings.Fields(value)
		default:
			t.Fatalf("%s: unknown line %q", file, line)
		}
	}
	for _, entry := range archive.Files {
		side, name, _ := strings.Cut(entry.Name, "/")
		map[string]map[string]string{"bad": f.bad, "good": f.good}[side][name] = string(entry.Data)
	}
	return f
}

// lay writes a base and its changes into a new folder.
func lay(t *testing.T, base string, changes map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{".git/HEAD": "ref: refs/heads/main\n"}
	for name, text := range bases[base] {
		files[name] = text
	}
	for name, text := range changes {
		files[name] = text
	}
	for name, text := range files {
		if text == "(removed)\n" {
			continue
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func findings(t *testing.T, dir string, opts validate.Options) diag.List {
	t.Helper()
	opts.Now = today
	result, err := validate.Run(t.Context(), []string{dir}, opts)
	if err != nil {
		t.Fatal(err)
	}
	return result.List
}

// places gives findings as "CODE file:line".
func places(list diag.List, dir string) []string {
	var all []string
	for _, d := range list {
		place := report.Rel(dir, d.Range.File)
		if d.Range.Start.Line > 0 {
			place += fmt.Sprintf(":%d", d.Range.Start.Line)
		}
		all = append(all, d.Code+" "+place)
	}
	return all
}

// elsewhere are the rules whose fixtures can't be files.
func elsewhere() map[string]string {
	return map[string]string{
		diag.NotUTF8:        "TestFilesOfAllKindsGiveFindings",
		diag.SearchCutShort: "a tree of 200,000 files: see package project",
		diag.LargeFunction:  "TestLargeFunctionsAreFound",
		diag.SecretMissing:  "TestAnAccountIsComparedWith", diag.SecretsFull: "TestAnAccountIsComparedWith", diag.RouteTaken: "TestAnAccountIsComparedWith",
		diag.EndpointsFull: "TestAnAccountIsComparedWith", diag.ComponentSchema: "TestAnAccountIsComparedWith",
		diag.NodeMajor:   "a Node of another version: see package devserver",
		diag.OutputTaken: "see package pack", diag.LeftOut: "see package pack", diag.UploadName: "see package pack",
		diag.UploadSize: "see package pack", diag.EmptyUpload: "see package pack", diag.ComputedImport: "see package pack", diag.LocalPackage: "see package pack",
	}
}

func TestEveryRuleHasAFixture(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, file := range files {
		have = append(have, strings.TrimSuffix(filepath.Base(file), ".txtar"))
	}
	var want []string
	for _, r := range diag.Rules() {
		if elsewhere()[r.Code] == "" {
			want = append(want, r.Code+"-"+r.Slug)
		}
	}
	if d := cmp.Diff(want, have); d != "" {
		t.Errorf("rules without a fixture, or fixtures without a rule (-rules +fixtures):\n%s", d)
	}
}

func TestEachRuleFindsTheBadAndPassesTheGood(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			f := readFixture(t, file)
			expected := append([]string{f.code}, f.also...)
			if f.base == "design-manager" || f.code == diag.NoFunctions || f.code == diag.FileUnreadable {
				expected = append(expected, diag.DesignManagerSunset)
			}
			dir := lay(t, f.base, f.bad)
			opts := validate.Options{Profile: f.profile}
			list := findings(t, dir, opts)
			got := places(list, dir)
			if !slices.ContainsFunc(got, func(place string) bool {
				return place == f.code+" "+f.want || strings.HasPrefix(place, f.code+" "+f.want+":")
			}) {
				t.Errorf("the bad one gives %q, not %s at %s", got, f.code, f.want)
			}
			for _, place := range got {
				if !slices.Contains(expected, strings.Fields(place)[0]) {
					t.Errorf("the bad one gives %s as well", place)
				}
			}
			dir = lay(t, f.base, f.good)
			for _, place := range places(findings(t, dir, opts), dir) {
				if code := strings.Fields(place)[0]; code == f.code || !slices.Contains(expected, code) {
					t.Errorf("the good one gives %s", place)
				}
			}
		})
	}
}

func TestBasesHaveNoFindings(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{"platform": nil, "design-manager": {"FNS1101 my.functions/serverless.json"}} {
		dir := lay(t, name, nil)
		if d := cmp.Diff(want, places(findings(t, dir, validate.Options{}), dir)); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

// TestCodeAsPeopleWriteItIsNotBlamed holds the analysis against handlers in the
// styles of real projects: wrapped, compiled, with tables of handlers, with caches.
func TestCodeAsPeopleWriteItIsNotBlamed(t *testing.T) {
	t.Parallel()
	archive, err := txtar.ParseFile("testdata/realistic.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	dir := lay(t, "none", files)
	for _, d := range findings(t, dir, validate.Options{}) {
		if d.Severity != diag.Note && d.Code != diag.DesignManagerSunset {
			t.Error(d)
		}
	}
}

func TestEveryRuleExplainsItself(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, r := range diag.Rules() {
		if r.Code == "" || r.Slug == "" || r.Severity == "" || r.Title == "" || r.Why == "" || r.Fix == "" || r.Example.Bad == "" || r.Example.Good == "" {
			t.Errorf("%s %s leaves something out: %+v", r.Code, r.Slug, r)
		}
		for _, name := range []string{r.Code, r.Slug} {
			if other := seen[name]; other != "" {
				t.Errorf("%s stands for %s and %s", name, other, r.Code)
			}
			seen[name] = r.Code
		}
	}
}
