package enginetest_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/engine/enginetest"
)

var update = flag.Bool("update", false, "rewrite docs/packages.md")

// packageRow is a package as testdata/npm/packages.json describes it.
type packageRow struct {
	Package string `json:"package"`
	Cases   string `json:"cases"` // folder below testdata/npm/cases
	Does    string `json:"does"`  // what the cases make it do
	Note    string `json:"note"`  // what no comparison of answers shows
}

// notOfFunctions are dependencies of testdata/npm that functions do not use.
var notOfFunctions = []string{"@microsoft/jest-sarif"}

// TestPackagesAreListed compares docs/packages.md with the cases, which
// TestPackagesDoAsUnderNode runs, and with the differences that it accepts.
func TestPackagesAreListed(t *testing.T) {
	t.Parallel()
	const npm = "../../../testdata/npm"
	var rows []packageRow
	readJSON(t, filepath.Join(npm, "packages.json"), &rows)
	var installed struct{ Dependencies map[string]string }
	readJSON(t, filepath.Join(npm, "package.json"), &installed)
	known, err := enginetest.ReadKnown(filepath.Join(npm, "known.json"))
	if err != nil {
		t.Fatal(err)
	}
	cases, err := enginetest.List(filepath.Join(npm, "cases"))
	if err != nil {
		t.Fatal(err)
	}

	listed, areas := map[string]bool{}, map[string]bool{}
	for _, row := range rows {
		listed[row.Package], areas[row.Cases] = true, true
	}
	for name := range installed.Dependencies {
		if plain, _ := cutAlias(installed.Dependencies, name); !listed[plain] && !slices.Contains(notOfFunctions, plain) {
			t.Errorf("%s is installed, but not in packages.json", plain)
		}
	}
	has := map[string]bool{}
	for _, c := range cases {
		area, _, _ := strings.Cut(c.Name, "/")
		has[area] = true
		if !areas[area] {
			t.Errorf("the cases of %s belong to no package of packages.json", area)
		}
	}
	var list strings.Builder
	slices.SortFunc(rows, func(a, b packageRow) int {
		return strings.Compare(strings.TrimPrefix(a.Package, "@"), strings.TrimPrefix(b.Package, "@"))
	})
	for _, row := range rows {
		if !has[row.Cases] {
			t.Errorf("%s has no cases in %s", row.Package, row.Cases)
		}
		versions := versionsOf(installed.Dependencies, row.Package)
		if len(versions) == 0 {
			t.Errorf("%s is in packages.json, but not installed", row.Package)
		}
		reasons, loads := differences(row, known)
		fmt.Fprintf(&list, "| `%s` | %s | %s | %s | %s |\n", row.Package, strings.Join(versions, ", "), loads, row.Does, reasons)
	}
	const path = "../../../docs/packages.md"
	want := fmt.Sprintf(packagesPage, list.String())
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, string(got)); d != "" {
		t.Errorf("docs/packages.md is out of date: go test ./internal/engine/enginetest -run Packages -update (-want +got)\n%s", d)
	}
}

const packagesPage = `<!-- Made by go test ./internal/engine/enginetest -run Packages -update; do not edit. -->
# Packages in the embedded engine

Each of these packages is used in the tests as functions use it, against servers on
the loopback, in the embedded engine and in Node 20: what it answers, logs and
throws is the same, but for what the last column says. The cases are in
` + "`testdata/npm/cases`" + `; ` + "`make conformance`" + ` compares with Node 22 and 24 as well.

A package that is not here most likely works too: what decides are the core modules
that it uses, see [node-compat.md](node-compat.md). Packages with native addons
load with ` + "`--engine node`" + ` only.

| package | version | loads | does as in Node | differences |
|---|---|---|---|---|
%s`

// differences are the note of a package and the reasons of what is accepted in
// its cases. One that differs in its whole answer does not load.
func differences(row packageRow, known map[string][]enginetest.Known) (reasons, loads string) {
	var list []string
	loads = "yes"
	if row.Note != "" {
		list = append(list, row.Note)
	}
	var names []string
	for name := range known {
		if area, _, _ := strings.Cut(name, "/"); area == row.Cases {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		for _, k := range known[name] {
			if k.At == "/answer" {
				loads = "no"
			}
			if !strings.HasPrefix(k.Reason, "as ") && !slices.Contains(list, k.Reason) {
				list = append(list, k.Reason)
			}
		}
	}
	return strings.ReplaceAll(strings.Join(list, "; "), "|", `\|`), loads
}

// versionsOf gives the versions of a package that are installed, also under
// other names, the newest first.
func versionsOf(dependencies map[string]string, name string) []string {
	var versions []string
	for alias := range dependencies {
		if plain, version := cutAlias(dependencies, alias); plain == name {
			versions = append(versions, version)
		}
	}
	slices.SortFunc(versions, func(a, b string) int {
		var x, y [3]int
		_, _ = fmt.Sscanf(a, "%d.%d.%d", &x[0], &x[1], &x[2])
		_, _ = fmt.Sscanf(b, "%d.%d.%d", &y[0], &y[1], &y[2])
		return slices.Compare(y[:], x[:])
	})
	return versions
}

// cutAlias gives the package and the version that a dependency stands for.
func cutAlias(dependencies map[string]string, name string) (plain, version string) {
	spec, ok := strings.CutPrefix(dependencies[name], "npm:")
	if !ok {
		return name, spec
	}
	at := strings.LastIndex(spec, "@")
	return spec[:at], spec[at+1:]
}

func readJSON(t *testing.T, path string, v any) {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(src, v); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}
