package worker

import (
	"maps"
	"slices"
	"sync"
	"time"
)

// packageFiles are the files of packages that workers have loaded: the bundle of
// a function does not hold them, and yet it is made of them.
type packageFiles struct {
	more chan struct{} // holds one

	mu    *sync.Mutex
	paths map[string]bool
	since time.Time // before the first of those that nobody has taken was read
}

func newPackageFiles() packageFiles {
	return packageFiles{more: make(chan struct{}, 1), mu: new(sync.Mutex), paths: make(map[string]bool)}
}

// add notes paths that were read after began.
func (f *packageFiles) add(paths []string, began time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	before := len(f.paths)
	for _, path := range paths {
		f.paths[path] = true
	}
	if len(f.paths) == before {
		return
	}
	if f.since.IsZero() || began.Before(f.since) {
		f.since = began
	}
	select {
	case f.more <- struct{}{}:
	default:
	}
}

func (f *packageFiles) take() ([]string, time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	since := f.since
	f.since = time.Time{}
	return slices.Sorted(maps.Keys(f.paths)), since
}
