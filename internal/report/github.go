package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
)

// GitHub writes the findings as workflow commands, which a GitHub Actions run
// shows at the lines of the pull request
// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
func GitHub(w io.Writer, f Findings) error {
	var b strings.Builder
	for _, d := range f.Diagnostics {
		var at []string
		if d.Range.File != "" {
			at = append(at, "file="+property(d.Range.File))
		}
		if d.Range.Start.Line > 0 {
			at = append(at, fmt.Sprintf("line=%d", d.Range.Start.Line), fmt.Sprintf("col=%d", max(1, d.Range.Start.Column)))
			if d.Range.End.Line > 0 {
				at = append(at, fmt.Sprintf("endLine=%d", d.Range.End.Line), fmt.Sprintf("endColumn=%d", max(1, d.Range.End.Column)))
			}
		}
		if d.Code != "" {
			at = append(at, "title="+property(d.Code+" "+slug(d.Code)))
		}
		fmt.Fprintf(&b, "::%s %s::%s\n", gitHubCommand(d.Severity), strings.Join(at, ","), data(message(d)))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func gitHubCommand(s diag.Severity) string {
	if s == diag.Note {
		return "notice"
	}
	return string(s)
}

func slug(code string) string {
	rule, _ := diag.RuleFor(code)
	return rule.Slug
}

// data and property escape as the runner unescapes: what it would take for the
// end of a line or of a property.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
