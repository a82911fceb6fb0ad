package analyze

import (
	"fmt"

	"github.com/fns-dev/fns/internal/diag"
)

// largeCode is from how many bytes of own code on a cold start is noticed. HubSpot
// names no limit; a function of the examples has some thousand.
const largeCode = 1_000_000

// checkSize reports a function whose own files are large, at the largest of them.
func (f *check) checkSize() {
	var total int64
	largest := f.entry
	for _, s := range f.own {
		total += s.size
		if s.size > largest.size {
			largest = s
		}
	}
	if total < largeCode {
		return
	}
	f.report(diag.LargeFunction, largest.shown.Whole(),
		fmt.Sprintf("%s has %.1f MB of code of its own; %.1f MB of that are in this file", f.Name, float64(total)/1e6, float64(largest.size)/1e6),
		"Put packages into package.json, and data where it can be fetched")
}

// checkSplit notes that a function has several files, of which HubSpot's own CLI
// sends each as it is.
func (f *check) checkSplit() {
	others := 0
	for _, s := range f.own {
		if s != f.entry && !s.made {
			others++
		}
	}
	if others == 0 {
		return
	}
	f.report(diag.SplitFunction, f.entry.shown.Whole(), fmt.Sprintf("%s imports %d of your files; HubSpot runs one file for each function", f.Name, others),
		"upload with fns, which bundles them (fns build shows what is sent); hs sends the files as they are")
}
