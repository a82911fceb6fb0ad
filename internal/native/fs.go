package native

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"sync"
)

// defaultTmpBytes is how much /tmp holds when Config.TmpBytes says nothing:
// Lambda's default.
const defaultTmpBytes = 512 << 20

// fsNatives serve fs and fs/promises.
//
// A failed operation does not throw: it gives {failed: code, syscall, path, dest,
// errno}, of which the JavaScript half makes Node's error with Node's order of
// properties.
func fsNatives() Table {
	d := &disk{files: map[int64]*openFile{}, nextFD: 20}
	ops := d.ops()
	return Table{
		// fs(operation, ...args): blocks until the disk answered.
		"fs": func(h Host, a Args) (any, error) {
			d.begin(h)
			op, ok := ops[a.String(0)]
			if !ok {
				return nil, Errorf("", "fs has no operation %s", a.String(0))
			}
			v, err := op(a[1:])
			if err != nil {
				return failed(err), nil
			}
			return v, nil
		},
		// fsAsync(callback, operation, ...args): callback(result).
		"fsAsync": func(h Host, a Args) (any, error) {
			d.begin(h)
			op, ok := ops[a.String(1)]
			if !ok {
				return nil, Errorf("", "fs has no operation %s", a.String(1))
			}
			cb, done := a.Callback(0), h.Hold()
			go func() {
				v, err := op(a[2:])
				if err != nil {
					v = failed(err)
				}
				done(func() { cb(v) })
			}()
			return nil, nil
		},
	}
}

// diskOp is one operation of the file system. Async ones run on goroutines of
// their own, so all state is behind disk.mu.
type diskOp func(a Args) (any, error)

// disk is the file system that one instance sees.
type disk struct {
	once  sync.Once
	paths paths
	quota quota

	mu     sync.Mutex
	files  map[int64]*openFile
	nextFD int64
	closed bool
}

// begin learns the roots at first use and closes all files with the instance.
func (d *disk) begin(h Host) {
	d.once.Do(func() {
		c := h.Config()
		d.paths = newPaths(c)
		limit := c.TmpBytes
		if limit == 0 {
			limit = defaultTmpBytes
		}
		d.quota = quota{dir: d.paths.tmp, limit: limit}
		context.AfterFunc(h.Context(), d.closeAll)
	})
}

func (d *disk) ops() map[string]diskOp {
	return map[string]diskOp{
		"open": d.open, "close": d.close, "read": d.read, "write": d.write, "fstat": d.fstat,
		"ftruncate": d.ftruncate, "fsync": d.fsync, "futimes": d.futimes, "fchmod": d.fchmod, "fchown": d.fchown,
		"readFile": d.readFile, "writeFile": d.writeFile,
		"stat": d.stat, "lstat": d.lstat, "access": d.access, "realpath": d.realpath, "readlink": d.readlink,
		"readdir": d.readdir, "mkdir": d.mkdir, "mkdtemp": d.mkdtemp, "rmdir": d.rmdir, "rm": d.rm, "unlink": d.unlink,
		"rename": d.rename, "copyFile": d.copyFile, "link": d.link, "symlink": d.symlink,
		"chmod": d.chmod, "chown": d.chown, "lchown": d.chown, "utimes": d.utimes, "lutimes": d.lutimes, "truncate": d.truncate, "statfs": d.statfs,
	}
}

// fsError is a failed operation in the words of Linux.
type fsError struct {
	code, syscall, path, dest string
	err                       error
}

func (e *fsError) Error() string { return e.code }
func (e *fsError) Unwrap() error { return e.err }

// fail names the operation that a system error came from.
func fail(syscall string, err error, paths ...string) error {
	e := &fsError{code: errnoName(err), syscall: syscall, err: err}
	if len(paths) > 0 {
		e.path = paths[0]
	}
	if len(paths) > 1 {
		e.dest = paths[1]
	}
	return e
}

func failed(err error) any {
	var e *fsError
	if !errors.As(err, &e) {
		e = &fsError{code: errnoName(err), syscall: "fs"}
	}
	m := map[string]any{"failed": e.code, "errno": errnoNumber(e.code), "syscall": e.syscall}
	if e.path != "" {
		m["path"] = e.path
	}
	if e.dest != "" {
		m["dest"] = e.dest
	}
	return m
}

// coded is an error that is known by its Linux name already.
type coded string

func (c coded) Error() string { return string(c) }

// errnoName gives the Linux name of a system error.
func errnoName(err error) string {
	var c coded
	if errors.As(err, &c) {
		return string(c)
	}
	if name := systemErrno(err); name != "" {
		return name
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "ENOENT"
	case errors.Is(err, fs.ErrExist):
		return "EEXIST"
	case errors.Is(err, fs.ErrPermission):
		return "EACCES"
	case errors.Is(err, fs.ErrClosed), errors.Is(err, os.ErrInvalid):
		return "EBADF"
	}
	return "EIO"
}

// errnoNumber gives Linux's number, negative as libuv has it.
func errnoNumber(name string) int64 {
	return -map[string]int64{
		"EPERM": 1, "ENOENT": 2, "EIO": 5, "EBADF": 9, "ENOMEM": 12, "EACCES": 13, "EBUSY": 16, "EEXIST": 17, "EXDEV": 18,
		"ENOTDIR": 20, "EISDIR": 21, "EINVAL": 22, "ENFILE": 23, "EMFILE": 24, "ETXTBSY": 26, "EFBIG": 27, "ENOSPC": 28,
		"ESPIPE": 29, "EROFS": 30, "EMLINK": 31, "ENAMETOOLONG": 36, "ENOSYS": 38, "ENOTEMPTY": 39, "ELOOP": 40, "ENOTSUP": 95,
	}[name]
}
