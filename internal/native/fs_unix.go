//go:build linux || darwin

package native

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// systemErrno names a system error, "" if it is none. The names are the same on
// all Unix systems; the numbers are not.
func systemErrno(err error) string {
	var n syscall.Errno
	if !errors.As(err, &n) {
		return ""
	}
	switch n {
	case unix.ENOTSUP:
		return "ENOTSUP"
	case unix.EWOULDBLOCK:
		return "EAGAIN"
	}
	return unix.ErrnoName(n)
}

// statOf gives the fields of a stat in the order of the JavaScript half: dev,
// mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, and then seconds and
// nanoseconds of access, modification, change and birth.
func statOf(info fs.FileInfo) any {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return plainStat(info)
	}
	atime, mtime, ctime := statTimes(st)
	birth := ctime
	if mtime.Before(birth) {
		birth = mtime
	}
	//nolint:unconvert // the types differ between systems
	list := []any{int64(st.Dev), int64(st.Mode), int64(st.Nlink), int64(st.Uid), int64(st.Gid), int64(st.Rdev),
		int64(st.Blksize), int64(st.Ino), int64(st.Size), int64(st.Blocks)}
	for _, t := range []time.Time{atime, mtime, ctime, birth} {
		list = append(list, t.Unix(), int64(t.Nanosecond()))
	}
	return list
}

func ownIDs(path string, uid, gid int64) bool {
	info, err := os.Lstat(path)
	if err != nil {
		return false
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && (uid < 0 || uid == int64(st.Uid)) && (gid < 0 || gid == int64(st.Gid))
}

func setTimesOfLink(path string, atime, mtime time.Time) error {
	times := []unix.Timespec{unix.NsecToTimespec(atime.UnixNano()), unix.NsecToTimespec(mtime.UnixNano())}
	return unix.UtimesNanoAt(unix.AT_FDCWD, path, times, unix.AT_SYMLINK_NOFOLLOW)
}
