//go:build !windows

package worker

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestOnlyWhatDeadPoolsHaveLeftIsSwept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	long := time.Now().Add(-time.Hour)
	for _, name := range []string{"fns-1/worker-1/fns-tmp-1", "fns-2/worker-1", "fns-3", "fns-mine", "fnsx-4"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"fns-1", "fns-2", "fns-mine", "fnsx-4"} { // fns-3 has just been made
		if err := os.Chtimes(filepath.Join(dir, name), long, long); err != nil {
			t.Fatal(err)
		}
	}
	alive := lockFolder(filepath.Join(dir, "fns-2"))
	if alive == nil {
		t.Fatal("a folder can't be locked")
	}
	defer func() { _ = alive.Close() }()
	sweepStale(dir)
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, e := range entries {
		left = append(left, e.Name())
	}
	if want := []string{"fns-2", "fns-3", "fns-mine", "fnsx-4"}; !slices.Equal(left, want) {
		t.Errorf("left are %v, want %v", left, want)
	}
}
