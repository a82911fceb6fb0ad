package native

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
)

// paths translates between the paths a function uses and those on disk, and
// decides what may be touched. On Lambda the function's folder is read-only,
// /tmp is writable, and nothing of the developer's machine exists.
type paths struct {
	dir   string   // where relative paths begin
	tmp   string   // what /tmp is on disk, symlinks resolved
	roots []string // readable folders, as the function names them
	real  []string // the same with symlinks resolved
}

func newPaths(c *Config) paths {
	p := paths{dir: filepath.Clean(c.Dir), tmp: realpathOr(c.TmpDir)}
	p.roots = append([]string{p.dir}, c.PackageDirs...)
	// Packages may also be installed in a folder above, where require finds them.
	for at := p.dir; ; at = filepath.Dir(at) {
		p.roots = append(p.roots, filepath.Join(at, "node_modules"))
		if at == filepath.Dir(at) {
			break
		}
	}
	for i, r := range p.roots {
		p.roots[i] = filepath.Clean(r)
		p.real = append(p.real, realpathOr(r))
	}
	return p
}

func realpathOr(path string) string {
	if r, err := filepath.EvalSymlinks(path); err == nil {
		return r
	}
	return filepath.Clean(path)
}

// below reports whether path is root or inside it.
func below(path, root string) bool {
	rest, ok := strings.CutPrefix(path, root)
	return ok && root != "" && (rest == "" || os.IsPathSeparator(rest[0]) || os.IsPathSeparator(root[len(root)-1]))
}

func belowAny(path string, roots []string) bool {
	for _, r := range roots {
		if below(path, r) {
			return true
		}
	}
	return false
}

// lambdaTmp is the folder that functions may write.
const lambdaTmp = "/tmp"

// place is a path on disk.
type place struct {
	real     string
	writable bool // in /tmp
}

// onDisk gives where a path that the function uses lies, symlinks not resolved;
// ok is false for what Lambda does not have.
func (p *paths) onDisk(path string) (real string, ok bool) {
	if path == "" {
		return "", false
	}
	slashed := path[0] == '/' || (runtime.GOOS == "windows" && path[0] == '\\')
	if !filepath.IsAbs(path) && !slashed {
		path = filepath.Join(p.dir, path)
	}
	clean := filepath.Clean(path)
	if belowAny(clean, p.roots) {
		return clean, true
	}
	if rest, ok := strings.CutPrefix(filepath.ToSlash(clean), lambdaTmp); ok && (rest == "" || rest[0] == '/') {
		return filepath.Join(p.tmp, filepath.FromSlash(rest)), true
	}
	return clean, false
}

// find resolves the symlinks of a path, the last one only if follow is set, and
// checks where it leads. A missing last component is no error here.
func (p *paths) find(path string, follow bool) (place, error) {
	at, ok := p.onDisk(path)
	if !ok {
		return place{}, coded("ENOENT")
	}
	real, err := p.resolve(at, follow)
	if err != nil {
		return place{}, err
	}
	switch {
	case below(real, p.tmp):
		return place{real, true}, nil
	case belowAny(real, p.real):
		return place{real, false}, nil
	}
	return place{}, coded("ENOENT")
}

// write is find for what changes the disk: outside /tmp it is EROFS, as the file
// system of a Lambda is.
func (p *paths) write(path string, follow bool) (place, error) {
	at, err := p.find(path, follow)
	if err == coded("ENOENT") {
		err = coded("EROFS")
	}
	if err == nil && !at.writable {
		err = coded("EROFS")
		if _, serr := os.Lstat(filepath.Dir(at.real)); serr != nil {
			err = serr
		}
	}
	return at, err
}

// maxLinks is how many symlinks Linux follows before ELOOP.
const maxLinks = 40

// resolve follows symlinks even where the last component is missing, which
// filepath.EvalSymlinks does not.
func (p *paths) resolve(path string, follow bool) (string, error) {
	links := 0
	volume := filepath.VolumeName(path)
	root := volume + string(filepath.Separator)
	rest := strings.TrimPrefix(path[len(volume):], string(filepath.Separator))
	at := root
	for rest != "" {
		name, more, _ := strings.Cut(rest, string(filepath.Separator))
		rest = more
		next := filepath.Join(at, name)
		if name == ".." || name == "." || name == "" {
			at = next
			continue
		}
		if rest == "" && !follow {
			return next, nil
		}
		info, err := os.Lstat(next)
		if err != nil {
			// The operation itself reports what is wrong.
			return filepath.Join(next, rest), nil
		}
		if info.Mode()&os.ModeSymlink == 0 {
			at = next
			continue
		}
		if links++; links > maxLinks {
			return "", coded("ELOOP")
		}
		target, err := os.Readlink(next)
		if err != nil {
			return "", err
		}
		if filepath.IsAbs(target) {
			at, target = filepath.VolumeName(target)+string(filepath.Separator), strings.TrimPrefix(target[len(filepath.VolumeName(target)):], string(filepath.Separator))
		}
		rest = strings.TrimSuffix(target+string(filepath.Separator)+rest, string(filepath.Separator))
	}
	return at, nil
}

// shown gives the function's name of a path on disk.
func (p *paths) shown(real string) string {
	if rest, ok := strings.CutPrefix(real, p.tmp); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		return lambdaTmp + filepath.ToSlash(rest)
	}
	return real
}

// quota bounds what /tmp holds. The count only grows with what is written; when
// it reaches the limit the folder is measured, so deletions need no count.
type quota struct {
	mu    sync.Mutex
	dir   string
	limit int64
	used  int64
}

// reserve accounts for n more bytes, ENOSPC if they do not fit.
func (q *quota) reserve(n int64) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.used+n > q.limit {
		q.used = measure(q.dir)
		if q.used+n > q.limit {
			return coded("ENOSPC")
		}
	}
	q.used += n
	return nil
}

func measure(dir string) int64 {
	var sum int64
	_ = filepath.WalkDir(dir, func(_ string, e os.DirEntry, err error) error {
		if err != nil {
			return nil //nolint:nilerr // what vanished meanwhile takes no space
		}
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			sum += info.Size()
		}
		return nil
	})
	return sum
}
