package nodecore_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/nodecore"
)

var update = flag.Bool("update", false, "rewrite docs/node-compat.md")

const compatPage = `<!-- Made by go test ./internal/nodecore -run Compat -update; do not edit. -->
# Node's core modules in the embedded engine

The embedded engine has Node's core modules in its own words: JavaScript where Node
has JavaScript, Go where Node has C++. The measure is Node 20; the tests run the same
cases in both and compare. ` + "`--engine node`" + ` has all of Node.

A module that is *full* does what Node's does, a *partial* one lacks what is said
beside it, and a *refused* one loads, but its functions throw an error that says why.
With and without ` + "`node:`" + `, but for those that Node has under ` + "`node:`" + ` only.

| module | status | notes |
|---|---|---|
%s
The global ` + "`WebAssembly`" + ` is compiled to machine code by a runtime in Go, on amd64 and
arm64; elsewhere it is interpreted. It lacks what needs threads, the entries of
tables (` + "`Table.get`, `set` and `grow`" + `, which some generated code uses for callbacks)
and references or vectors as arguments. A module of several megabytes takes seconds
to compile.
`

func TestCompatListsTheModulesOfTheTable(t *testing.T) {
	t.Parallel()
	var list strings.Builder
	for _, m := range nodecore.Modules() {
		name := m.Name
		if m.PrefixOnly {
			name = "node:" + name
		}
		fmt.Fprintf(&list, "| `%s` | %s | %s |\n", name, m.Status, strings.ReplaceAll(m.Note, "|", `\|`))
	}
	const path = "../../docs/node-compat.md"
	want := fmt.Sprintf(compatPage, list.String())
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
		t.Errorf("docs/node-compat.md is out of date: go test ./internal/nodecore -run Compat -update (-want +got)\n%s", d)
	}
}
