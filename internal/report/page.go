package report

import (
	"fmt"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
)

// Page gives the page about a rule, in Markdown: what fns explain prints and
// what stands in docs/codes.
func Page(r diag.Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s: %s\n\n", r.Code, r.Title)
	fmt.Fprintf(&b, "`%s` · severity `%s`\n\n", r.Slug, word(r.Severity))
	fmt.Fprintf(&b, "## Why\n\n%s\n\n## Fix\n\n%s\n", r.Why, r.Fix)
	if r.Example.Bad != "" {
		fmt.Fprintf(&b, "\n## Example\n\nWrong:\n\n%s", block(r.Example.Bad))
	}
	if r.Example.Good != "" {
		fmt.Fprintf(&b, "\nRight:\n\n%s", block(r.Example.Good))
	}
	if r.Source != "" {
		fmt.Fprintf(&b, "\nSource: <%s>\n", r.Source)
	}
	return b.String()
}

// word is a severity as users write it.
func word(s diag.Severity) string {
	if s == diag.Warning {
		return "warn"
	}
	return string(s)
}

// block indents code by four blanks, which Markdown and people both read as such.
func block(code string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(code, "\n") {
		b.WriteString(strings.TrimRight("    "+line, " ") + "\n")
	}
	return b.String()
}
