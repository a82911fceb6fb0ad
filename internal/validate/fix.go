package validate

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/sysx"
)

// Change is a file before and after its fixes.
type Change struct {
	File          string // absolute
	Before, After []byte
	Fixed         int // findings
}

// Fixes puts the fixes of the findings together, a Change for each file. Where two
// of them touch the same place, the second waits for another round.
func Fixes(list diag.List) ([]Change, error) {
	byFile := map[string][][]diag.Edit{}
	var files []string
	for _, d := range list {
		if len(d.Fix) == 0 {
			continue
		}
		file := d.Fix[0].File
		if byFile[file] == nil {
			files = append(files, file)
		}
		byFile[file] = append(byFile[file], d.Fix)
	}
	slices.Sort(files)
	var changes []Change
	for _, file := range files {
		before, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		c := Change{File: file, Before: before}
		var edits []diag.Edit
		for _, fix := range byFile[file] {
			if fits(fix, edits, file, len(before)) {
				edits = append(edits, fix...)
				c.Fixed++
			}
		}
		c.After = rewrite(before, edits)
		if !bytes.Equal(c.After, before) {
			changes = append(changes, c)
		}
	}
	return changes, nil
}

// fits reports whether the edits of a fix lie in the file and touch none of the
// others.
func fits(fix, others []diag.Edit, file string, size int) bool {
	for _, e := range fix {
		if e.File != file || e.Start < 0 || e.End < e.Start || e.End > size {
			return false
		}
		if slices.ContainsFunc(others, func(o diag.Edit) bool { return e.Start < o.End && o.Start < e.End || e.Start == o.Start }) {
			return false
		}
	}
	return true
}

func rewrite(text []byte, edits []diag.Edit) []byte {
	slices.SortFunc(edits, func(a, b diag.Edit) int { return a.Start - b.Start })
	var out []byte
	at := 0
	for _, e := range edits {
		out = append(append(out, text[at:e.Start]...), e.Text...)
		at = e.End
	}
	return append(out, text[at:]...)
}

// Write puts the file in place, unless somebody has changed it since it was read.
func (c Change) Write() error {
	now, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, c.Before) {
		return fmt.Errorf("%s was changed while it was validated: nothing is written to it", c.File)
	}
	return sysx.ReplaceFile(c.File, c.After, 0o644)
}

// Diff gives the change as a unified diff with paths relative to dir, as patch and
// git apply take it.
func (c Change) Diff(dir string) string {
	name := report.Rel(dir, c.File)
	if filepath.IsAbs(name) {
		return string(diff.Diff(name, c.Before, name, c.After))
	}
	return string(diff.Diff("a/"+name, c.Before, "b/"+name, c.After))
}
