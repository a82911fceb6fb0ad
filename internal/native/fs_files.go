package native

import (
	"bytes"
	"errors"
	"io"
	"os"
)

// openFile is what a file descriptor stands for.
type openFile struct {
	f        *os.File
	path     string // as the function named it
	appends  bool
	writable bool
}

// The flags of open(2) on Linux, which fs.constants shows on every system.
const (
	linuxWRONLY   = 1
	linuxRDWR     = 2
	linuxCREAT    = 64
	linuxEXCL     = 128
	linuxTRUNC    = 512
	linuxAPPEND   = 1024
	linuxDIR      = 65536
	linuxNOFOLLOW = 131072
	linuxSYNC     = 1052672
)

func openFlags(linux int64) int {
	flags := os.O_RDONLY
	for bit, flag := range map[int64]int{linuxWRONLY: os.O_WRONLY, linuxRDWR: os.O_RDWR, linuxCREAT: os.O_CREATE, linuxEXCL: os.O_EXCL, linuxTRUNC: os.O_TRUNC, linuxAPPEND: os.O_APPEND} {
		if linux&bit != 0 {
			flags |= flag
		}
	}
	if linux&linuxSYNC == linuxSYNC {
		flags |= os.O_SYNC
	}
	return flags
}

// openAt opens a file for the flags of Linux.
func (d *disk) openAt(path string, flags, mode int64) (*openFile, error) {
	if path == "/dev/null" {
		f, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
		return &openFile{f: f, path: path, writable: flags&3 != 0}, err
	}
	changes := flags&(linuxWRONLY|linuxRDWR|linuxCREAT|linuxTRUNC) != 0
	follow := flags&(linuxNOFOLLOW|linuxEXCL) == 0
	at, err := d.paths.find(path, follow)
	if changes && (err != nil || !at.writable) {
		if err == nil && flags&(linuxWRONLY|linuxRDWR|linuxTRUNC) == 0 {
			if _, serr := os.Lstat(at.real); serr == nil {
				changes = false // O_CREAT of what is there
			}
		}
		if changes {
			if err == nil && flags&linuxCREAT != 0 && flags&linuxEXCL != 0 {
				if _, serr := os.Lstat(at.real); serr == nil {
					return nil, coded("EEXIST")
				}
			}
			if err == nil && flags&linuxCREAT == 0 {
				if _, serr := os.Stat(at.real); serr != nil {
					return nil, serr
				}
			}
			if _, err = d.paths.write(path, follow); err != nil {
				return nil, err
			}
		}
	}
	if err != nil {
		return nil, err
	}
	native := openFlags(flags)
	if !at.writable {
		native &^= os.O_CREATE
	}
	f, err := os.OpenFile(at.real, native, os.FileMode(mode&0o777)) //nolint:gosec // the path was checked
	if err != nil {
		return nil, err
	}
	if flags&linuxDIR != 0 {
		if info, err := f.Stat(); err == nil && !info.IsDir() {
			_ = f.Close()
			return nil, coded("ENOTDIR")
		}
	}
	return &openFile{f: f, path: path, appends: flags&linuxAPPEND != 0, writable: flags&3 != 0}, nil
}

// open(path, flags, mode) → fd
func (d *disk) open(a Args) (any, error) {
	of, err := d.openAt(a.String(0), a.Int(1), a.Int(2))
	if err != nil {
		return nil, fail("open", err, a.String(0))
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		_ = of.f.Close()
		return nil, fail("open", coded("EIO"), a.String(0))
	}
	if len(d.files) >= 1024 { // Lambda's limit of file descriptors
		_ = of.f.Close()
		return nil, fail("open", coded("EMFILE"), a.String(0))
	}
	fd := d.nextFD
	d.nextFD++
	d.files[fd] = of
	return fd, nil
}

// file gives what a descriptor stands for.
func (d *disk) file(fd int64, syscall string) (*openFile, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if of, ok := d.files[fd]; ok {
		return of, nil
	}
	return nil, fail(syscall, coded("EBADF"))
}

// close(fd)
func (d *disk) close(a Args) (any, error) {
	of, err := d.file(a.Int(0), "close")
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	delete(d.files, a.Int(0))
	d.mu.Unlock()
	if err := of.f.Close(); err != nil {
		return nil, fail("close", err)
	}
	return nil, nil
}

func (d *disk) closeAll() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	for fd, of := range d.files {
		_ = of.f.Close()
		delete(d.files, fd)
	}
}

// read(fd, bytes, position) → count; a position below 0 is where the file stands.
func (d *disk) read(a Args) (any, error) {
	of, err := d.file(a.Int(0), "read")
	if err != nil {
		return nil, err
	}
	var n int
	if pos := a.Int(2); pos >= 0 {
		n, err = of.f.ReadAt(a.Bytes(1), pos)
	} else {
		n, err = of.f.Read(a.Bytes(1))
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fail("read", err)
	}
	return int64(n), nil
}

// write(fd, bytes, position) → count
func (d *disk) write(a Args) (any, error) {
	of, err := d.file(a.Int(0), "write")
	if err != nil {
		return nil, err
	}
	return d.writeTo(of, a.Bytes(1), a.Int(2))
}

func (d *disk) writeTo(of *openFile, b []byte, pos int64) (any, error) {
	if !of.writable {
		return nil, fail("write", coded("EBADF"))
	}
	if err := d.quota.reserve(int64(len(b))); err != nil {
		return nil, fail("write", err)
	}
	var n int
	var err error
	if pos >= 0 && !of.appends {
		n, err = of.f.WriteAt(b, pos)
	} else {
		n, err = of.f.Write(b)
	}
	if err != nil {
		return nil, fail("write", err)
	}
	return int64(n), nil
}

// readFile(path or fd, flags) → bytes
func (d *disk) readFile(a Args) (any, error) {
	var of *openFile
	var err error
	if path, ok := a.Any(0).(string); ok {
		if of, err = d.openAt(path, a.Int(1), 0o666); err != nil {
			return nil, fail("open", err, path)
		}
		defer of.f.Close()
	} else if of, err = d.file(a.Int(0), "read"); err != nil {
		return nil, err
	}
	info, err := of.f.Stat()
	if err != nil {
		return nil, fail("fstat", err)
	}
	if info.IsDir() {
		return nil, fail("read", coded("EISDIR"))
	}
	var b bytes.Buffer
	b.Grow(int(info.Size()) + bytes.MinRead)
	if _, err := b.ReadFrom(of.f); err != nil {
		return nil, fail("read", err)
	}
	return b.Bytes(), nil
}

// writeFile(path or fd, bytes, flags, mode, flush)
func (d *disk) writeFile(a Args) (any, error) {
	var of *openFile
	var err error
	if path, ok := a.Any(0).(string); ok {
		if of, err = d.openAt(path, a.Int(2), a.Int(3)); err != nil {
			return nil, fail("open", err, path)
		}
		defer of.f.Close()
	} else if of, err = d.file(a.Int(0), "write"); err != nil {
		return nil, err
	}
	if _, err := d.writeTo(of, a.Bytes(1), -1); err != nil {
		return nil, err
	}
	if a.Bool(4) {
		if err := of.f.Sync(); err != nil {
			return nil, fail("fsync", err)
		}
	}
	return nil, nil
}

// fstat(fd) → stat
func (d *disk) fstat(a Args) (any, error) {
	of, err := d.file(a.Int(0), "fstat")
	if err != nil {
		return nil, err
	}
	info, err := of.f.Stat()
	if err != nil {
		return nil, fail("fstat", err)
	}
	return statOf(info), nil
}

// ftruncate(fd, length)
func (d *disk) ftruncate(a Args) (any, error) {
	of, err := d.file(a.Int(0), "ftruncate")
	if err != nil {
		return nil, err
	}
	if !of.writable {
		return nil, fail("ftruncate", coded("EINVAL"))
	}
	return nil, d.truncateFile(of.f, a.Int(1), "ftruncate")
}

func (d *disk) truncateFile(f *os.File, length int64, syscall string, paths ...string) error {
	info, err := f.Stat()
	if err == nil && length > info.Size() {
		err = d.quota.reserve(length - info.Size())
	}
	if err == nil {
		err = f.Truncate(length)
	}
	if err != nil {
		return fail(syscall, err, paths...)
	}
	return nil
}

// fsync(fd, syscall)
func (d *disk) fsync(a Args) (any, error) {
	of, err := d.file(a.Int(0), a.String(1))
	if err != nil {
		return nil, err
	}
	if err := of.f.Sync(); err != nil {
		return nil, fail(a.String(1), err)
	}
	return nil, nil
}
