// Package report renders diagnostics. Every format shows the same Findings, so
// text and JSON can't disagree; a further format is one more function over
// Findings. It owns no colours: a Paint decides how parts look.
package report

import (
	"encoding/json"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
)

// FormatVersion is the version of the JSON form. Fields are only ever added to
// a version.
const FormatVersion = "1.0"

// Findings is a set of diagnostics as they are shown: sorted, with counts, and
// with paths relative to a folder. It is also the JSON form.
type Findings struct {
	FormatVersion string            `json:"formatVersion"`
	Valid         bool              `json:"valid"` // no errors
	ErrorCount    int               `json:"errorCount"`
	WarningCount  int               `json:"warningCount"`
	Diagnostics   []diag.Diagnostic `json:"diagnostics"` // never null
}

// NewFindings copies and sorts list and shows its files relative to dir, which
// is absolute. A file outside dir keeps its absolute path.
func NewFindings(list diag.List, dir string) Findings {
	f := Findings{FormatVersion: FormatVersion, Diagnostics: make([]diag.Diagnostic, 0, len(list))}
	sorted := append(diag.List(nil), list...)
	sorted.Sort()
	for _, d := range sorted {
		d.Range.File = Rel(dir, d.Range.File)
		related := make([]diag.Related, 0, len(d.Related))
		for _, r := range d.Related {
			r.Range.File = Rel(dir, r.Range.File)
			related = append(related, r)
		}
		d.Related = related
		d.Fix = slices.Clone(d.Fix)
		for i := range d.Fix {
			d.Fix[i].File = Rel(dir, d.Fix[i].File)
		}
		f.Diagnostics = append(f.Diagnostics, d)
		switch d.Severity {
		case diag.Error:
			f.ErrorCount++
		case diag.Warning:
			f.WarningCount++
		}
	}
	f.Valid = f.ErrorCount == 0
	return f
}

// Rel gives file relative to dir with slashes, or as it is where it lies
// outside or dir is empty.
func Rel(dir, file string) string {
	if dir == "" || file == "" {
		return file
	}
	rel, err := filepath.Rel(dir, file)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return file
	}
	return filepath.ToSlash(rel)
}

// JSON writes the findings as one JSON object with a line break.
func JSON(w io.Writer, f Findings) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(f)
}
