// Package diag holds diagnostics: what is wrong with a user's files, where, and
// what to do about it. It only carries the data; package report renders it.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity says how much a diagnostic matters.
type Severity string

// The severities, most severe first.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Note    Severity = "note"
)

// Position is a place in a file. Line and Column are 1-based, Column counts
// Unicode code points. The zero Position means "the file as a whole".
type Position struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// Range is a stretch of one file; End is exclusive and may be zero.
type Range struct {
	File  string   `json:"file"` // absolute, with the system's separators
	Start Position `json:"start"`
	End   Position `json:"end"`
	// LineText is the source line Start stands in, without its line break.
	LineText string `json:"lineText,omitempty"`
}

// Diagnostic is one finding. Summary names the thing and the value in one line
// without a full stop; Hint says what to do.
type Diagnostic struct {
	Code     string    `json:"code,omitempty"` // stable, for instance "FNS1003"
	Severity Severity  `json:"severity"`
	Summary  string    `json:"message"`
	Detail   string    `json:"detail,omitempty"`
	Range    Range     `json:"range"`
	Related  []Related `json:"related,omitempty"`
	Hint     string    `json:"hint,omitempty"`
	// Fix takes the finding away without changing anything else; empty where
	// only a person can tell what was meant.
	Fix []Edit `json:"fix,omitempty"`
}

// Edit replaces the bytes from Start to End (exclusive) of a file by Text.
type Edit struct {
	File  string `json:"file"` // as in Range
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// Related is a second place that explains a Diagnostic, for instance the other
// endpoint with the same path.
type Related struct {
	Message string `json:"message"`
	Range   Range  `json:"range"`
}

// String gives the diagnostic in one line: file:line:col: severity code: summary.
func (d Diagnostic) String() string {
	var b strings.Builder
	if d.Range.File != "" {
		b.WriteString(d.Range.File)
		if d.Range.Start.Line > 0 {
			fmt.Fprintf(&b, ":%d:%d", d.Range.Start.Line, d.Range.Start.Column)
		}
		b.WriteString(": ")
	}
	b.WriteString(string(d.Severity))
	if d.Code != "" {
		b.WriteString(" " + d.Code)
	}
	b.WriteString(": " + d.Summary)
	return b.String()
}

// List is a set of diagnostics. The nil List is empty and ready to use.
type List []Diagnostic

// HasErrors reports whether any diagnostic is an Error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Sort orders the list by file, position and code, so output is stable.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Range.File, b.Range.File),
			cmp.Compare(a.Range.Start.Line, b.Range.Start.Line),
			cmp.Compare(a.Range.Start.Column, b.Range.Start.Column),
			cmp.Compare(a.Code, b.Code),
		)
	})
}

// Err gives the list as an error (nil without an Error in it), so that it can
// travel through ordinary returns; errors.As with *ListError reads it back.
func (l List) Err() error {
	if !l.HasErrors() {
		return nil
	}
	return &ListError{List: l}
}

// ListError is a List that holds at least one Error, as an error.
type ListError struct{ List List }

// Error gives every diagnostic, one a line.
func (e *ListError) Error() string {
	lines := make([]string, len(e.List))
	for i, d := range e.List {
		lines[i] = d.String()
	}
	return strings.Join(lines, "\n")
}
