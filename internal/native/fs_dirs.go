package native

import (
	"crypto/rand"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// stat(path), lstat(path) → stat
func (d *disk) stat(a Args) (any, error)  { return d.statAt(a.String(0), true, "stat") }
func (d *disk) lstat(a Args) (any, error) { return d.statAt(a.String(0), false, "lstat") }

func (d *disk) statAt(path string, follow bool, syscall string) (any, error) {
	at, err := d.paths.find(path, follow || strings.HasSuffix(path, "/"))
	if err != nil {
		return nil, fail(syscall, err, path)
	}
	info, err := os.Lstat(at.real)
	if err == nil && strings.HasSuffix(path, "/") && !info.IsDir() {
		err = coded("ENOTDIR")
	}
	if err != nil {
		return nil, fail(syscall, err, path)
	}
	return statOf(info), nil
}

// access(path, mode): 4 read, 2 write, 1 execute.
func (d *disk) access(a Args) (any, error) {
	path, mode := a.String(0), a.Int(1)
	at, err := d.paths.find(path, true)
	if err != nil {
		return nil, fail("access", err, path)
	}
	info, err := os.Stat(at.real)
	switch {
	case err != nil:
	case mode&2 != 0 && !at.writable:
		err = coded("EROFS")
	case mode&2 != 0 && info.Mode().Perm()&0o222 == 0, mode&1 != 0 && info.Mode().Perm()&0o111 == 0:
		err = coded("EACCES")
	}
	if err != nil {
		return nil, fail("access", err, path)
	}
	return nil, nil
}

// realpath(path, syscall) → path
func (d *disk) realpath(a Args) (any, error) {
	path, syscall := a.String(0), a.String(1)
	at, err := d.paths.find(path, true)
	if err == nil {
		_, err = os.Lstat(at.real)
	}
	if err != nil {
		return nil, fail(syscall, err, path)
	}
	return d.paths.shown(at.real), nil
}

// readlink(path) → target
func (d *disk) readlink(a Args) (any, error) {
	at, err := d.paths.find(a.String(0), false)
	var target string
	if err == nil {
		target, err = os.Readlink(at.real)
	}
	if err != nil {
		return nil, fail("readlink", err, a.String(0))
	}
	if filepath.IsAbs(target) {
		target = d.paths.shown(target)
	}
	return target, nil
}

// The kinds of directory entries, as fs.constants.UV_DIRENT_* numbers them.
func direntKind(mode os.FileMode) int64 {
	switch mode.Type() {
	case 0:
		return 1
	case os.ModeDir:
		return 2
	case os.ModeSymlink:
		return 3
	case os.ModeNamedPipe:
		return 4
	case os.ModeSocket:
		return 5
	case os.ModeDevice | os.ModeCharDevice:
		return 6
	case os.ModeDevice:
		return 7
	}
	return 0
}

// readdir(path, syscall) → [name, kind, name, kind, …]
func (d *disk) readdir(a Args) (any, error) {
	path, syscall := a.String(0), a.String(1)
	at, err := d.paths.find(path, true)
	if err != nil {
		return nil, fail(syscall, err, path)
	}
	entries, err := os.ReadDir(at.real)
	if err != nil {
		if info, serr := os.Stat(at.real); serr == nil && !info.IsDir() {
			err = coded("ENOTDIR")
		}
		return nil, fail(syscall, err, path)
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name() < entries[j].Name() })
	list := make([]any, 0, 2*len(entries))
	for _, e := range entries {
		list = append(list, e.Name(), direntKind(e.Type()))
	}
	return list, nil
}

// mkdir(path, mode, recursive) → the first folder made, if recursive made any
func (d *disk) mkdir(a Args) (any, error) {
	path, mode := a.String(0), os.FileMode(a.Int(1)&0o777)
	if a.Bool(2) {
		return d.mkdirAll(path, mode)
	}
	at, err := d.paths.find(path, false)
	if err == nil {
		if _, serr := os.Lstat(at.real); serr == nil {
			return nil, fail("mkdir", coded("EEXIST"), path)
		}
	}
	if at, err = d.paths.write(path, false); err == nil {
		err = os.Mkdir(at.real, mode)
	}
	if err != nil {
		return nil, fail("mkdir", err, path)
	}
	return nil, nil
}

func (d *disk) mkdirAll(path string, mode os.FileMode) (any, error) {
	at, err := d.paths.find(path, true)
	if err == nil {
		if info, serr := os.Stat(at.real); serr == nil {
			if !info.IsDir() {
				return nil, fail("mkdir", coded("EEXIST"), path)
			}
			return nil, nil
		}
	}
	if err != nil || !at.writable {
		return nil, fail("mkdir", coded("EROFS"), path)
	}
	first := at.real
	for {
		info, serr := os.Stat(filepath.Dir(first))
		if serr == nil && !info.IsDir() {
			return nil, fail("mkdir", coded("ENOTDIR"), path)
		}
		if serr == nil || !below(filepath.Dir(first), d.paths.tmp) {
			break
		}
		first = filepath.Dir(first)
	}
	if err := os.MkdirAll(at.real, mode); err != nil {
		return nil, fail("mkdir", err, path)
	}
	return d.paths.shown(first), nil
}

const mkdtempLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

// mkdtemp(prefix) → path
func (d *disk) mkdtemp(a Args) (any, error) {
	template := a.String(0) + "XXXXXX"
	at, err := d.paths.write(template, false)
	if err != nil {
		return nil, fail("mkdtemp", err, template)
	}
	base := strings.TrimSuffix(at.real, "XXXXXX")
	for range 100 {
		var raw [6]byte
		if _, err = rand.Read(raw[:]); err != nil {
			break
		}
		for i, b := range raw {
			raw[i] = mkdtempLetters[int(b)%len(mkdtempLetters)]
		}
		if err = os.Mkdir(base+string(raw[:]), 0o700); err == nil {
			return a.String(0) + string(raw[:]), nil
		}
		if !errors.Is(err, os.ErrExist) {
			break
		}
	}
	return nil, fail("mkdtemp", err, template)
}

// there is write for what must exist already.
func (d *disk) there(path string) (place, error) {
	at, err := d.paths.find(path, false)
	if err == nil {
		_, err = os.Lstat(at.real)
	}
	if err != nil {
		return at, err
	}
	if !at.writable {
		return at, coded("EROFS")
	}
	if at.real == d.paths.tmp {
		return at, coded("EBUSY") // /tmp itself is a mount
	}
	return at, nil
}

// rmdir(path)
func (d *disk) rmdir(a Args) (any, error) {
	at, err := d.there(a.String(0))
	if err == nil {
		if info, serr := os.Lstat(at.real); serr == nil && !info.IsDir() {
			err = coded("ENOTDIR")
		} else {
			err = os.Remove(at.real)
		}
	}
	if err != nil {
		return nil, fail("rmdir", err, a.String(0))
	}
	return nil, nil
}

// unlink(path)
func (d *disk) unlink(a Args) (any, error) {
	at, err := d.there(a.String(0))
	if err == nil {
		if info, serr := os.Lstat(at.real); serr == nil && info.IsDir() {
			err = coded("EISDIR")
		} else {
			err = os.Remove(at.real)
		}
	}
	if err != nil {
		return nil, fail("unlink", err, a.String(0))
	}
	return nil, nil
}

// rm(path): a folder with everything in it, or a file.
func (d *disk) rm(a Args) (any, error) {
	at, err := d.there(a.String(0))
	if err == nil {
		err = os.RemoveAll(at.real)
	}
	if err != nil {
		return nil, fail("rm", err, a.String(0))
	}
	return nil, nil
}

// rename(from, to)
func (d *disk) rename(a Args) (any, error) {
	from, err := d.there(a.String(0))
	var to place
	if err == nil {
		to, err = d.paths.write(a.String(1), false)
	}
	if err == nil {
		err = os.Rename(from.real, to.real)
	}
	if err != nil {
		return nil, fail("rename", err, a.String(0), a.String(1))
	}
	return nil, nil
}

// copyFile(from, to, mode)
func (d *disk) copyFile(a Args) (any, error) {
	if err := d.copyTo(a.String(0), a.String(1), a.Int(2)&1 != 0); err != nil {
		return nil, fail("copyfile", err, a.String(0), a.String(1))
	}
	return nil, nil
}

func (d *disk) copyTo(from, to string, exclusive bool) error {
	src, err := d.paths.find(from, true)
	if err != nil {
		return err
	}
	in, err := os.Open(src.real)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	if info.IsDir() {
		return coded("EISDIR")
	}
	flags := int64(linuxWRONLY | linuxCREAT)
	if exclusive {
		flags |= linuxEXCL
	}
	dst, err := d.paths.find(to, !exclusive)
	if err == nil && dst.real == src.real {
		return nil
	}
	out, err := d.openAt(to, flags|linuxTRUNC, int64(info.Mode().Perm()))
	if err != nil {
		return err
	}
	defer out.f.Close()
	if err := d.quota.reserve(info.Size()); err != nil {
		return err
	}
	_, err = io.Copy(out.f, in)
	return err
}

// link(existing, new)
func (d *disk) link(a Args) (any, error) {
	from, err := d.there(a.String(0))
	var to place
	if err == nil {
		to, err = d.paths.write(a.String(1), false)
	}
	if err == nil {
		err = os.Link(from.real, to.real)
	}
	if err != nil {
		return nil, fail("link", err, a.String(0), a.String(1))
	}
	return nil, nil
}

// symlink(target, path)
func (d *disk) symlink(a Args) (any, error) {
	target := a.String(0)
	if strings.HasPrefix(target, "/") {
		target, _ = d.paths.onDisk(target)
	}
	at, err := d.paths.write(a.String(1), false)
	if err == nil {
		err = os.Symlink(target, at.real)
	}
	if err != nil {
		return nil, fail("symlink", err, a.String(0), a.String(1))
	}
	return nil, nil
}
