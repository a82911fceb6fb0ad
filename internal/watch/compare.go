package watch

import (
	"hash/maphash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// hashMax is the size up to which contents are compared; of larger files size
// and time decide.
const hashMax = 1 << 20

// entry is one file or directory of a dir.
type entry struct {
	isDir  bool
	size   int64
	mtime  time.Time
	sum    uint64
	hashed bool
}

// look reads the present state of a path; ok is false where there is none.
func (s *snapshot) look(path string) (entry, bool) {
	fi, err := os.Stat(path)
	if err != nil {
		return entry{}, false
	}
	e := entry{isDir: fi.IsDir(), size: fi.Size(), mtime: fi.ModTime()}
	if !fi.Mode().IsRegular() || fi.Size() > hashMax {
		return e, true
	}
	f, err := os.Open(path)
	if err != nil {
		return e, true
	}
	defer func() { _ = f.Close() }()
	var h maphash.Hash
	h.SetSeed(s.seed)
	n, err := io.Copy(&h, io.LimitReader(f, hashMax+1))
	if err == nil {
		e.size, e.sum, e.hashed = n, h.Sum64(), true
	}
	return e, true
}

// halfWritten reports whether a file of the burst has just become empty: many
// editors truncate and then write.
func (s *snapshot) halfWritten(p *pending) bool {
	if p.held {
		return false
	}
	for path := range p.paths {
		d := s.dirs[filepath.Dir(path)]
		if d == nil {
			continue
		}
		was, known := d.entries[filepath.Base(path)]
		fi, err := os.Stat(path)
		if err == nil && fi.Mode().IsRegular() && fi.Size() == 0 && (!known || was.size > 0) {
			return true
		}
	}
	return false
}

// compare looks at the paths of a burst and records what they are now.
func (s *snapshot) compare(b burst) Batch {
	out := Batch{Rescan: b.rescan}
	differs := make(map[string]bool)
	for _, path := range b.paths {
		d := s.dirs[filepath.Dir(path)]
		if d == nil {
			continue
		}
		name := filepath.Base(path)
		was, known := d.entries[name]
		is, exists := s.look(path)
		if exists {
			d.entries[name] = is
		} else {
			delete(d.entries, name)
		}
		switch {
		case !known && exists:
			out.Changes = append(out.Changes, Change{Path: path, Op: Created})
		case known && !exists:
			out.Changes = append(out.Changes, Change{Path: path, Op: Removed})
		case known && exists && !same(was, is):
			out.Changes = append(out.Changes, Change{Path: path, Op: Written})
		default:
			continue
		}
		differs[path] = true
	}
	for _, path := range b.unsure {
		if !differs[path] {
			out.Changes = append(out.Changes, Change{Path: path, Op: Written, Unsure: true})
		}
	}
	slices.SortFunc(out.Changes, func(x, y Change) int { return strings.Compare(x.Path, y.Path) })
	return out
}

func same(a, b entry) bool {
	if a.isDir || b.isDir {
		return a.isDir == b.isDir
	}
	if a.hashed && b.hashed {
		return a.size == b.size && a.sum == b.sum
	}
	return a.size == b.size && a.mtime.Equal(b.mtime)
}
