package report

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"github.com/fns-dev/fns/internal/diag"
)

// maxLine is how many characters of a source line are shown: a minified file
// has it all in one line.
const maxLine = 160

// Paint gives parts of the text their look; a nil field leaves them plain.
type Paint struct {
	Place   func(string) string // path:line:col
	Error   func(string) string // the word "error" and its carets
	Warning func(string) string
	Note    func(string) string
	Hint    func(string) string // the word "hint"
	Quiet   func(string) string // line numbers and other small print
}

// Text writes the findings for people. The first line of each is
// path:line:col: severity code: summary with and without colours, so that
// editors and grep find their way.
func Text(w io.Writer, f Findings, p Paint) error {
	var b strings.Builder
	for i, d := range f.Diagnostics {
		if i > 0 {
			b.WriteByte('\n')
		}
		writeOne(&b, d, p)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeOne(b *strings.Builder, d diag.Diagnostic, p Paint) {
	severity := p.severity(d.Severity)
	if place := placeOf(d.Range); place != "" {
		b.WriteString(apply(p.Place, place) + ": ")
	}
	word := string(d.Severity)
	if d.Code != "" {
		word += " " + d.Code
	}
	fmt.Fprintf(b, "%s: %s\n", apply(severity, word), Clean(d.Summary))
	writeSource(b, d.Range, severity, p.Quiet)
	for line := range strings.SplitSeq(strings.TrimRight(d.Detail, "\n"), "\n") {
		if line != "" {
			fmt.Fprintf(b, "  %s\n", Clean(line))
		}
	}
	for _, r := range d.Related {
		place := placeOf(r.Range)
		if place != "" {
			place = apply(p.Place, place) + ": "
		}
		fmt.Fprintf(b, "  %s%s\n", place, Clean(r.Message))
		writeSource(b, r.Range, p.Note, p.Quiet)
	}
	if d.Hint != "" {
		hint := strings.ReplaceAll(strings.TrimRight(d.Hint, "\n"), "\n", "\n        ")
		fmt.Fprintf(b, "  %s: %s\n", apply(p.Hint, "hint"), Clean(hint))
	}
}

func (p Paint) severity(s diag.Severity) func(string) string {
	switch s {
	case diag.Error:
		return p.Error
	case diag.Warning:
		return p.Warning
	default:
		return p.Note
	}
}

func apply(f func(string) string, s string) string {
	if f == nil || s == "" {
		return s
	}
	return f(s)
}

func placeOf(r diag.Range) string {
	if r.File == "" || r.Start.Line == 0 {
		return Clean(r.File)
	}
	return fmt.Sprintf("%s:%d:%d", Clean(r.File), r.Start.Line, max(1, r.Start.Column))
}

// writeSource writes the source line and a mark under the range: a caret under
// its first character, waves to its end.
func writeSource(b *strings.Builder, r diag.Range, mark, quiet func(string) string) {
	if r.LineText == "" || r.Start.Line == 0 {
		return
	}
	line := []rune(strings.TrimRight(r.LineText, "\r\n"))
	from := min(max(0, r.Start.Column-1), len(line))
	to := from + 1
	switch {
	case r.End.Line == r.Start.Line && r.End.Column > r.Start.Column:
		to = min(r.End.Column-1, max(len(line), from+1))
	case r.End.Line > r.Start.Line:
		to = max(len(line), from+1)
	}
	before, after := "", ""
	if len(line) > maxLine {
		first := max(0, min(from-maxLine/4, len(line)-maxLine))
		last := min(len(line), first+maxLine)
		if first > 0 {
			before = "..."
		}
		if last < len(line) {
			after = "..."
		}
		line, from, to = line[first:last], from-first, min(to, last)-first
	}

	number := fmt.Sprintf("%5d | ", r.Start.Line)
	fmt.Fprintf(b, "%s%s%s%s\n", apply(quiet, number), before, cleanLine(line), after)
	pad := strings.Repeat(" ", columns([]rune(before))+columns(line[:from]))
	waves := "^"
	if to > from+1 && to <= len(line) {
		waves += strings.Repeat("~", max(0, columns(line[from:to])-1))
	}
	fmt.Fprintf(b, "%s%s%s\n", apply(quiet, "      | "), pad, apply(mark, waves))
}

// tab is how wide a tab is shown; as a tab, marks could not stand under it.
const tab = "    "

func cleanLine(line []rune) string { return Clean(strings.ReplaceAll(string(line), "\t", tab)) }

// columns gives how many terminal cells the characters take when cleanLine
// has shown them.
func columns(line []rune) int {
	n := 0
	for _, r := range cleanLine(line) {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case width.LookupRune(r).Kind() == width.EastAsianWide, width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
