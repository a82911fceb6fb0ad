package explain

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/report"
)

var update = flag.Bool("update", false, "rewrite docs/codes")

// pages gives every file of docs/codes.
func pages() map[string]string {
	all := map[string]string{}
	var index strings.Builder
	index.WriteString("# Codes\n\nWhat `fns` finds, by code. `fns explain <code>` prints the same pages; docs/ci.md tells how to change\nseverities and silence findings.\n\n| code | name | severity | |\n|---|---|---|---|\n")
	for _, r := range diag.Rules() {
		all[r.Code+".md"] = report.Page(r)
		fmt.Fprintf(&index, "| [%s](%s.md) | `%s` | %s | %s |\n", r.Code, r.Code, r.Slug, r.Severity, strings.ReplaceAll(r.Title, "|", `\|`))
	}
	all["README.md"] = index.String()
	return all
}

func TestThePagesInDocsAreThoseOfTheRules(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("..", "..", "..", "docs", "codes")
	want := pages()
	if *update {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		for name, text := range want {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	got := map[string]string{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		got[e.Name()] = string(text)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("docs/codes differs from the rules; run go test ./internal/cli/explain -update (-rules +docs):\n%s", d)
	}
}
