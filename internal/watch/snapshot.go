package watch

import (
	"errors"
	"hash/maphash"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// treeMax ends the walk of a tree that is plainly not a project, for
	// instance a home folder.
	treeMax = 4000
	// clockSlack allows for file systems whose times lag behind the clock.
	clockSlack = 20 * time.Millisecond
)

// snapshot is what the watched directories held when they were last compared.
type snapshot struct {
	native *fsnotify.Watcher // nil: all directories are polled
	seed   maphash.Seed
	dirs   map[string]*dir
	want   Dirs
	unsure []string // what add found that may have changed before it was watched
}

// dir is one watched directory.
type dir struct {
	entries map[string]entry
	all     bool            // every entry is watched
	files   map[string]bool // otherwise only these are
	tree    bool            // directories in it are watched too
	given   bool            // named by Set, not found below a tree
	missing bool
	polled  bool // the system refused to watch it
}

// wants reports whether an entry of d is watched.
func (d *dir) wants(name string) bool { return d.all || d.files[name] }

func newSnapshot(native *fsnotify.Watcher) *snapshot {
	return &snapshot{native: native, seed: maphash.MakeSeed(), dirs: make(map[string]*dir)}
}

// set makes want the watched directories, and gives the paths changed since and
// those of which their time does not tell.
func (s *snapshot) set(want Dirs, since time.Time) (changed, unsure []string) {
	s.want = want
	s.unsure = nil
	keep := make(map[string]bool)
	for _, path := range want.Flat {
		keep[path] = true
		changed = append(changed, s.add(path, false, true, since)...)
	}
	budget := treeMax
	for _, path := range want.Trees {
		changed = append(changed, s.addTree(path, true, since, keep, &budget)...)
	}
	for _, path := range want.Files {
		keep[filepath.Dir(path)] = true
		changed = append(changed, s.addFile(path, since)...)
	}
	for path := range s.dirs {
		if !keep[path] && !s.below(path) {
			s.drop(path)
		}
	}
	return changed, s.unsure
}

// below reports whether path was made later in a directory that Set named.
func (s *snapshot) below(path string) bool {
	for _, given := range slices.Concat(s.want.Flat, s.want.Trees) {
		if rest, ok := strings.CutPrefix(path, given+string(filepath.Separator)); ok {
			return !slices.ContainsFunc(strings.Split(rest, string(filepath.Separator)), skipped)
		}
	}
	return false
}

func skipped(name string) bool {
	return name == "node_modules" || strings.HasPrefix(name, ".")
}

func (s *snapshot) addTree(path string, given bool, since time.Time, keep map[string]bool, budget *int) []string {
	if *budget <= 0 {
		return nil
	}
	*budget--
	if keep != nil {
		keep[path] = true
	}
	changed := s.add(path, true, given, since)
	for name, e := range s.dirs[path].entries {
		if e.isDir && !skipped(name) {
			changed = append(changed, s.addTree(filepath.Join(path, name), false, since, keep, budget)...)
		}
	}
	return changed
}

// add starts to watch one directory; nothing happens where it is watched already.
// It gives the entries that changed after since.
func (s *snapshot) add(path string, tree, given bool, since time.Time) []string {
	d := s.dirs[path]
	if d == nil {
		d = &dir{entries: make(map[string]entry), missing: true}
		s.dirs[path] = d
	}
	d.tree = d.tree || tree
	d.given = d.given || given
	if d.all && !d.missing {
		return nil
	}
	known := d.entries // of single files
	if d.missing {
		known = nil
	}
	d.all, d.files = true, nil
	s.notify(path, d)
	if d.missing {
		return nil
	}
	names, err := os.ReadDir(path)
	if err != nil {
		return nil
	}
	var changed []string
	for _, n := range names {
		if _, ok := known[n.Name()]; ok {
			continue
		}
		full := filepath.Join(path, n.Name())
		if e, ok := s.look(full); ok {
			changed = append(changed, s.enter(d, full, e, since)...)
		}
	}
	return changed
}

// addFile starts to watch one file, unless it is watched already.
func (s *snapshot) addFile(path string, since time.Time) []string {
	parent, name := filepath.Split(path)
	parent = filepath.Clean(parent)
	d := s.dirs[parent]
	if d == nil {
		d = &dir{entries: make(map[string]entry), files: make(map[string]bool), missing: true}
		s.dirs[parent] = d
	}
	d.given = true
	if d.wants(name) {
		return nil
	}
	d.files[name] = true
	if d.missing {
		s.notify(parent, d)
	}
	fi, err := os.Stat(path)
	if err != nil {
		return nil
	}
	return s.enter(d, path, entry{isDir: fi.IsDir(), size: fi.Size(), mtime: fi.ModTime()}, since)
}

// enter records what path is when it begins to be watched, and gives it back
// where it has changed after since: then it is compared as something new.
func (s *snapshot) enter(d *dir, path string, e entry, since time.Time) []string {
	if !since.IsZero() {
		switch at := later(e.mtime, statusTime(path)); {
		case at.After(since):
			return []string{path}
		case at.After(since.Add(-clockSlack)):
			s.unsure = append(s.unsure, path)
		}
	}
	d.entries[filepath.Base(path)] = e
	return nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// notify asks the system to tell about path, and falls back to polling it.
func (s *snapshot) notify(path string, d *dir) {
	if fi, err := os.Stat(path); err != nil || !fi.IsDir() {
		return
	}
	d.missing = false
	// Only Linux watches a directory without holding on to what is in it: others
	// open each file, or keep the directory from being removed, which an install
	// of packages does.
	if s.native == nil || !d.all && runtime.GOOS != "linux" {
		d.polled = true
		return
	}
	// Watching can fail because the directory went away, or because the system
	// has no watches left; polling serves both.
	d.polled = s.native.Add(path) != nil
}

func (s *snapshot) drop(path string) {
	if d := s.dirs[path]; d != nil && s.native != nil && !d.missing && !d.polled {
		// It may be gone already, and with it the watch.
		_ = s.native.Remove(path)
	}
	delete(s.dirs, path)
}

// notified turns one notification into the paths to look at.
func (s *snapshot) notified(ev fsnotify.Event) []string {
	path := filepath.Clean(ev.Name)
	if d := s.dirs[path]; d != nil && ev.Has(fsnotify.Remove|fsnotify.Rename) {
		return s.lost(path)
	}
	parent := s.dirs[filepath.Dir(path)]
	if parent == nil || !parent.wants(filepath.Base(path)) {
		return nil
	}
	paths := []string{path}
	if ev.Has(fsnotify.Create) {
		paths = append(paths, s.addNew(path)...)
	}
	return paths
}

// addNew watches a directory that appeared below a watched one and gives all
// paths in it: they may be older than the watch.
func (s *snapshot) addNew(path string) []string {
	parent := s.dirs[filepath.Dir(path)]
	if parent == nil || !parent.all || skipped(filepath.Base(path)) || filepath.Base(filepath.Dir(path)) == "node_modules" {
		return nil
	}
	if fi, err := os.Lstat(path); err != nil || !fi.IsDir() || s.dirs[path] != nil && !s.dirs[path].missing {
		return nil
	}
	budget := treeMax
	s.addTree(path, false, time.Time{}, nil, &budget)
	var paths []string
	for name, d := range s.dirs {
		if name == path || strings.HasPrefix(name, path+string(filepath.Separator)) {
			for e := range d.entries {
				paths = append(paths, filepath.Join(name, e))
			}
			d.entries = make(map[string]entry)
		}
	}
	return paths
}

// lost handles a watched directory that was removed or renamed.
func (s *snapshot) lost(path string) []string {
	paths := []string{path}
	for name, d := range s.dirs {
		if name != path && !strings.HasPrefix(name, path+string(filepath.Separator)) {
			continue
		}
		for e := range d.entries {
			paths = append(paths, filepath.Join(name, e))
		}
		if s.native != nil && !d.missing && !d.polled {
			_ = s.native.Remove(name) // a renamed directory is still watched, by its old name
		}
		// The entries stay, to be compared when it comes back.
		d.missing = true
	}
	return paths
}

func (s *snapshot) needsPolling() bool {
	for _, d := range s.dirs {
		if d.missing || d.polled {
			return true
		}
	}
	return false
}

// poll gives all paths of the directories that the system does not watch.
func (s *snapshot) poll() []string { return s.paths(true) }

// paths gives what differs at a glance in all directories, or only in those
// that are polled or missing.
func (s *snapshot) paths(polledOnly bool) []string {
	var out []string
	for path, d := range s.dirs {
		if polledOnly && !d.missing && !d.polled {
			continue
		}
		if d.missing {
			s.notify(path, d)
		}
		if d.missing {
			if !d.given && len(d.entries) == 0 {
				delete(s.dirs, path)
			}
			for name := range d.entries {
				out = append(out, filepath.Join(path, name))
			}
			continue
		}
		out = append(out, s.glance(path, d)...)
	}
	return out
}

// glance gives the entries of d whose size or time differ, or that are new or gone.
func (s *snapshot) glance(path string, d *dir) []string {
	names, err := d.names(path)
	if errors.Is(err, fs.ErrNotExist) {
		return s.lost(path)
	}
	var out []string
	seen := make(map[string]bool, len(names))
	for _, name := range names {
		full := filepath.Join(path, name)
		was, known := d.entries[name]
		fi, err := os.Stat(full)
		if err != nil {
			seen[name] = d.all // a link to nothing
			continue
		}
		seen[name] = true
		if !known && fi.IsDir() {
			out = append(out, s.addNew(full)...)
		}
		if !known || was.isDir != fi.IsDir() || !was.isDir && (was.size != fi.Size() || !was.mtime.Equal(fi.ModTime())) {
			out = append(out, full)
		}
	}
	for name := range d.entries {
		if !seen[name] {
			out = append(out, filepath.Join(path, name))
		}
	}
	return out
}

// names gives the entries of d that may be there.
func (d *dir) names(path string) ([]string, error) {
	if !d.all {
		if _, err := os.Stat(path); err != nil {
			return nil, err
		}
		return slices.Collect(maps.Keys(d.files)), nil
	}
	list, err := os.ReadDir(path)
	names := make([]string, 0, len(list))
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names, err
}
