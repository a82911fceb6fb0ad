package watch

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// both runs a test with notifications and with polling.
func both(t *testing.T, test func(t *testing.T, opts Options)) {
	t.Helper()
	t.Run("with notifications", func(t *testing.T) { t.Parallel(); test(t, Options{}) })
	t.Run("with polling", func(t *testing.T) {
		t.Parallel()
		test(t, Options{Poll: true, Interval: 20 * time.Millisecond})
	})
}

func start(t *testing.T, opts Options, dirs Dirs) *Watcher {
	t.Helper()
	w, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	w.Set(dirs, time.Time{})
	return w
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// await collects batches until one holds path, and gives its operation.
func await(t *testing.T, w *Watcher, path string) Op {
	t.Helper()
	timeout := time.After(10 * time.Second)
	var seen []string
	for {
		select {
		case b := <-w.Changes():
			for _, c := range b.Changes {
				if c.Path == path {
					return c.Op
				}
				seen = append(seen, string(c.Op)+" "+c.Path)
			}
		case <-timeout:
			t.Fatalf("no change of %s was reported, only %v", path, seen)
		}
	}
}

func TestChangesOfFilesAreReported(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		make func(t *testing.T, dir string)
		path string
		want Op
	}{
		{"written in place", func(t *testing.T, dir string) { write(t, filepath.Join(dir, "a.js"), "two") }, "a.js", Written},
		{"saved by rename", func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, ".a.js.tmp"), "two")
			if err := os.Rename(filepath.Join(dir, ".a.js.tmp"), filepath.Join(dir, "a.js")); err != nil {
				t.Fatal(err)
			}
		}, "a.js", Written},
		{"backed up and written anew", func(t *testing.T, dir string) {
			if err := os.Rename(filepath.Join(dir, "a.js"), filepath.Join(dir, "a.js~")); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, "a.js"), "two")
		}, "a.js", Written},
		{"truncated, then written", func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "a.js"), "")
			write(t, filepath.Join(dir, "a.js"), "two")
		}, "a.js", Written},
		{"created", func(t *testing.T, dir string) { write(t, filepath.Join(dir, "b.js"), "new") }, "b.js", Created},
		{"removed", func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, "a.js")); err != nil {
				t.Fatal(err)
			}
		}, "a.js", Removed},
		{"in a directory made later", func(t *testing.T, dir string) { write(t, filepath.Join(dir, "lib/deep/c.js"), "new") }, "lib/deep/c.js", Created},
	} {
		t.Run(tt.name, func(t *testing.T) {
			both(t, func(t *testing.T, opts Options) {
				dir := t.TempDir()
				write(t, filepath.Join(dir, "a.js"), "one")
				w := start(t, opts, Dirs{Flat: []string{dir}})
				tt.make(t, dir)
				if got := await(t, w, filepath.Join(dir, tt.path)); got != tt.want {
					t.Errorf("got %s, want %s", got, tt.want)
				}
			})
		})
	}
}

func TestNothingIsDeliveredWhereNothingChanged(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, opts Options) {
		dir := t.TempDir()
		a := filepath.Join(dir, "a.js")
		write(t, a, "one")
		w := start(t, opts, Dirs{Flat: []string{dir}})
		write(t, a, "one")
		if err := os.Chmod(a, 0o600); err != nil {
			t.Fatal(err)
		}
		later := time.Now().Add(time.Minute)
		if err := os.Chtimes(a, later, later); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, "ghost"), "x")
		if err := os.Remove(filepath.Join(dir, "ghost")); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, "end"), "x")
		for {
			b := <-w.Changes()
			for _, c := range b.Changes {
				if c.Path == filepath.Join(dir, "end") {
					return
				}
				// A polled directory may see the ghost while it lives.
				if filepath.Base(c.Path) != "ghost" {
					t.Errorf("%s %s was reported", c.Op, c.Path)
				}
			}
		}
	})
}

func TestTheLastOfManyQuickSavesIsNotLost(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, opts Options) {
		dir := t.TempDir()
		a := filepath.Join(dir, "a.js")
		write(t, a, "0")
		w := start(t, opts, Dirs{Flat: []string{dir}})
		const last = "the last of them"
		go func() {
			for i := range 200 {
				_ = os.WriteFile(a, fmt.Appendf(nil, "%d", i), 0o644)
				time.Sleep(time.Millisecond)
			}
			_ = os.WriteFile(a, []byte(last), 0o644)
		}()
		// A slow receiver: it reads what the file holds after each batch.
		deadline := time.After(20 * time.Second)
		for {
			select {
			case <-w.Changes():
				text, _ := os.ReadFile(a)
				if string(text) == last {
					return
				}
			case <-deadline:
				t.Fatal("the last save was never delivered")
			}
		}
	})
}

func TestSavesDuringABusyReceiverAreMergedIntoOneBatch(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := start(t, Options{}, Dirs{Flat: []string{dir}})
	for _, name := range []string{"a", "b", "c"} {
		write(t, filepath.Join(dir, name), "x")
		// Longer than the quiet time: three bursts.
		time.Sleep(40 * time.Millisecond)
	}
	got := make(map[string]bool)
	deadline := time.After(10 * time.Second)
	for len(got) < 3 {
		select {
		case b := <-w.Changes():
			for _, c := range b.Changes {
				got[filepath.Base(c.Path)] = true
			}
		case <-deadline:
			t.Fatalf("only %v arrived", got)
		}
	}
}

func TestWhatChangedBeforeTheDirectoryWasWatchedIsReported(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, opts Options) {
		dir, elsewhere := t.TempDir(), t.TempDir()
		old := time.Now().Add(-time.Hour)
		for _, name := range []string{"old.js", "moved.js"} {
			write(t, filepath.Join(elsewhere, name), "x")
			if err := os.Chtimes(filepath.Join(elsewhere, name), old, old); err != nil {
				t.Fatal(err)
			}
		}
		w := start(t, opts, Dirs{})
		since := time.Now()
		write(t, filepath.Join(dir, "new.js"), "x")
		w.Set(Dirs{Flat: []string{dir}}, since)
		await(t, w, filepath.Join(dir, "new.js"))
	})
}

func TestDirectoriesCanBeAddedRemovedAndMissing(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, opts Options) {
		root := t.TempDir()
		a, later := filepath.Join(root, "a"), filepath.Join(root, "later", "deep")
		write(t, filepath.Join(a, "x.js"), "1")
		w := start(t, opts, Dirs{Flat: []string{a, later}})
		write(t, filepath.Join(later, "y.js"), "1")
		await(t, w, filepath.Join(later, "y.js"))

		w.Set(Dirs{Flat: []string{later}}, time.Time{})
		write(t, filepath.Join(a, "x.js"), "2")
		write(t, filepath.Join(later, "y.js"), "2")
		b := <-w.Changes()
		if got := b.Changes; len(got) != 1 || got[0] != (Change{Path: filepath.Join(later, "y.js"), Op: Written}) {
			t.Errorf("got %v, want only the directory that is still watched", got)
		}
	})
}

func TestATimeJustBeforeTheFilesWereReadIsDoubtful(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, opts Options) {
		dir := t.TempDir()
		path := filepath.Join(dir, "x.js")
		write(t, path, "1")
		fi, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		w := start(t, opts, Dirs{})
		w.Set(Dirs{Flat: []string{dir}}, later(fi.ModTime(), statusTime(path)).Add(clockSlack/2))
		b := <-w.Changes()
		if got := b.Changes; len(got) != 1 || got[0] != (Change{Path: path, Op: Written, Unsure: true}) {
			t.Errorf("got %v, want a doubtful change of %s", got, path)
		}
		write(t, path, "2")
		b = <-w.Changes()
		if got := b.Changes; len(got) != 1 || got[0] != (Change{Path: path, Op: Written}) {
			t.Errorf("got %v, want a change of %s", got, path)
		}
	})
}

func TestADirectoryThatIsReplacedIsWatchedAgain(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, opts Options) {
		root := t.TempDir()
		a := filepath.Join(root, "a")
		write(t, filepath.Join(a, "x.js"), "1")
		w := start(t, opts, Dirs{Trees: []string{a}})
		if err := os.RemoveAll(a); err != nil {
			t.Fatal(err)
		}
		if got := await(t, w, filepath.Join(a, "x.js")); got != Removed {
			t.Fatalf("got %s, want removed", got)
		}
		write(t, filepath.Join(a, "x.js"), "2")
		if got := await(t, w, filepath.Join(a, "x.js")); got != Created {
			t.Fatalf("got %s, want created", got)
		}
		write(t, filepath.Join(a, "x.js"), "3")
		if got := await(t, w, filepath.Join(a, "x.js")); got != Written {
			t.Fatalf("got %s, want written", got)
		}
	})
}

func TestTreesLeaveOutPackagesAndHiddenDirectories(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, opts Options) {
		root := t.TempDir()
		write(t, filepath.Join(root, "src/app/x.js"), "1")
		write(t, filepath.Join(root, "node_modules/p/index.js"), "1")
		write(t, filepath.Join(root, ".git/HEAD"), "1")
		w := start(t, opts, Dirs{Trees: []string{root}})
		write(t, filepath.Join(root, "node_modules/p/index.js"), "2")
		write(t, filepath.Join(root, ".git/HEAD"), "2")
		write(t, filepath.Join(root, "src/app/x.js"), "2")
		b := <-w.Changes()
		for _, c := range b.Changes {
			if strings.Contains(c.Path, "node_modules"+string(filepath.Separator)) || strings.Contains(c.Path, ".git"+string(filepath.Separator)) {
				t.Errorf("%s was reported", c.Path)
			}
		}
		if !slices.Contains(b.Changes, Change{Path: filepath.Join(root, "src/app/x.js"), Op: Written}) {
			t.Errorf("got %v, want the file of the tree", b.Changes)
		}
	})
}

func TestLostNotificationsLeadToARescan(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.js"), "1")
	s := newSnapshot(nil)
	s.set(Dirs{Flat: []string{dir}}, time.Time{})
	write(t, filepath.Join(dir, "a.js"), "22")
	b := s.compare(burst{paths: s.paths(false), rescan: true})
	if !b.Rescan || len(b.Changes) != 1 || b.Changes[0].Op != Written {
		t.Errorf("got %+v, want the rescan to find the change", b)
	}
}

func TestBatchesThatWereNotTakenAreMerged(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name      string
		was, next Op
		want      []Change
	}{
		{"created and removed is nothing", Created, Removed, nil},
		{"created and written is created", Created, Written, []Change{{Path: "p", Op: Created}}},
		{"removed and created is written", Removed, Created, []Change{{Path: "p", Op: Written}}},
		{"written and removed is removed", Written, Removed, []Change{{Path: "p", Op: Removed}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := merge(&Batch{Changes: []Change{{Path: "p", Op: tt.was}}}, Batch{Changes: []Change{{Path: "p", Op: tt.next}}})
			if tt.want == nil {
				if got != nil {
					t.Errorf("got %v, want nothing", got)
				}
				return
			}
			if got == nil || !slices.Equal(got.Changes, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestSingleFilesAreWatchedWithoutTheirNeighbours(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, opts Options) {
		root := t.TempDir()
		deep := filepath.Join(root, "node_modules/p/lib")
		one, other := filepath.Join(deep, "one.js"), filepath.Join(deep, "other.js")
		write(t, one, "1")
		write(t, other, "1")
		w := start(t, opts, Dirs{Files: []string{one}})
		write(t, other, "22")
		write(t, one, "22")
		b := <-w.Changes()
		if got := b.Changes; len(got) != 1 || got[0] != (Change{Path: one, Op: Written}) {
			t.Fatalf("got %v, want the file alone", got)
		}
		if err := os.RemoveAll(filepath.Join(root, "node_modules/p")); err != nil {
			t.Fatal(err)
		}
		if got := await(t, w, one); got != Removed {
			t.Fatalf("got %s, want removed", got)
		}
		write(t, one, "333")
		if got := await(t, w, one); got != Created {
			t.Fatalf("got %s, want created", got)
		}
		// The whole directory, in place of the file.
		w.Set(Dirs{Flat: []string{deep}}, time.Time{})
		write(t, other, "1")
		if got := await(t, w, other); got != Created {
			t.Errorf("got %s, want created", got)
		}
		write(t, one, "4444")
		if got := await(t, w, one); got != Written {
			t.Errorf("got %s, want written", got)
		}
	})
}

func TestAFileThatChangedBeforeItWasWatchedIsReported(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, opts Options) {
		path := filepath.Join(t.TempDir(), "x.js")
		w := start(t, opts, Dirs{})
		since := time.Now()
		write(t, path, "1")
		w.Set(Dirs{Files: []string{path}}, since.Add(-time.Second))
		await(t, w, path)
	})
}
