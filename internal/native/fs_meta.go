package native

import (
	"os"
	"time"
)

// changed is find for operations on the metadata of what exists.
func (d *disk) changed(path string, follow bool) (place, error) {
	at, err := d.paths.find(path, follow)
	if err == nil {
		_, err = os.Lstat(at.real)
	}
	if err == nil && !at.writable {
		err = coded("EROFS")
	}
	return at, err
}

// chmod(path, mode)
func (d *disk) chmod(a Args) (any, error) {
	at, err := d.changed(a.String(0), true)
	if err == nil {
		err = os.Chmod(at.real, os.FileMode(a.Int(1)&0o777))
	}
	if err != nil {
		return nil, fail("chmod", err, a.String(0))
	}
	return nil, nil
}

// fchmod(fd, mode)
func (d *disk) fchmod(a Args) (any, error) {
	of, err := d.file(a.Int(0), "fchmod")
	if err != nil {
		return nil, err
	}
	if err := of.f.Chmod(os.FileMode(a.Int(1) & 0o777)); err != nil {
		return nil, fail("fchmod", err)
	}
	return nil, nil
}

// chown(path, uid, gid, syscall): a sandbox has one user, so only its own ids,
// or -1, are accepted.
func (d *disk) chown(a Args) (any, error) {
	at, err := d.changed(a.String(0), a.String(3) == "chown")
	if err == nil && !ownIDs(at.real, a.Int(1), a.Int(2)) {
		err = coded("EPERM")
	}
	if err != nil {
		return nil, fail(a.String(3), err, a.String(0))
	}
	return nil, nil
}

// fchown(fd, uid, gid)
func (d *disk) fchown(a Args) (any, error) {
	of, err := d.file(a.Int(0), "fchown")
	if err != nil {
		return nil, err
	}
	if !ownIDs(of.f.Name(), a.Int(1), a.Int(2)) {
		return nil, fail("fchown", coded("EPERM"))
	}
	return nil, nil
}

func seconds(f float64) time.Time { return time.UnixMicro(int64(f * 1e6)) }

// utimes(path, atime, mtime), in seconds
func (d *disk) utimes(a Args) (any, error) {
	at, err := d.changed(a.String(0), true)
	if err == nil {
		err = os.Chtimes(at.real, seconds(a.Float(1)), seconds(a.Float(2)))
	}
	if err != nil {
		return nil, fail("utime", err, a.String(0))
	}
	return nil, nil
}

// lutimes(path, atime, mtime)
func (d *disk) lutimes(a Args) (any, error) {
	at, err := d.changed(a.String(0), false)
	if err == nil {
		err = setTimesOfLink(at.real, seconds(a.Float(1)), seconds(a.Float(2)))
	}
	if err != nil {
		return nil, fail("lutime", err, a.String(0))
	}
	return nil, nil
}

// futimes(fd, atime, mtime)
func (d *disk) futimes(a Args) (any, error) {
	of, err := d.file(a.Int(0), "futime")
	if err != nil {
		return nil, err
	}
	if at, ferr := d.changed(of.path, true); ferr != nil {
		err = ferr
	} else {
		err = os.Chtimes(at.real, seconds(a.Float(1)), seconds(a.Float(2)))
	}
	if err != nil {
		return nil, fail("futime", err)
	}
	return nil, nil
}

// truncate(path, length)
func (d *disk) truncate(a Args) (any, error) {
	of, err := d.openAt(a.String(0), linuxRDWR, 0)
	if err != nil {
		return nil, fail("open", err, a.String(0))
	}
	defer of.f.Close()
	return nil, d.truncateFile(of.f, a.Int(1), "ftruncate")
}

// statfs(path) → [type, bsize, blocks, bfree, bavail, files, ffree]
func (d *disk) statfs(a Args) (any, error) {
	if _, err := d.statAt(a.String(0), true, "statfs"); err != nil {
		return nil, err
	}
	const block, ext4 = 4096, 0xef53
	free := (d.quota.limit - measure(d.paths.tmp)) / block
	return []any{int64(ext4), int64(block), d.quota.limit / block, free, free, int64(32768), int64(32752)}, nil
}
