package native

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/windows"
)

// systemErrno names a system error as libuv does, "" if it is none of those.
func systemErrno(err error) string {
	var n syscall.Errno
	if !errors.As(err, &n) {
		return ""
	}
	switch n {
	case windows.ERROR_FILE_NOT_FOUND, windows.ERROR_PATH_NOT_FOUND, windows.ERROR_INVALID_NAME:
		return "ENOENT"
	case windows.ERROR_FILE_EXISTS, windows.ERROR_ALREADY_EXISTS:
		return "EEXIST"
	case windows.ERROR_ACCESS_DENIED:
		return "EPERM"
	case windows.ERROR_DIR_NOT_EMPTY:
		return "ENOTEMPTY"
	case windows.ERROR_SHARING_VIOLATION:
		return "EBUSY"
	case windows.ERROR_DISK_FULL:
		return "ENOSPC"
	case windows.ERROR_DIRECTORY:
		return "ENOTDIR"
	case windows.ERROR_INVALID_HANDLE:
		return "EBADF"
	case windows.ERROR_INVALID_PARAMETER:
		return "EINVAL"
	}
	return ""
}

func statOf(info fs.FileInfo) any { return plainStat(info) }

// Files on Windows have no such ids.
func ownIDs(string, int64, int64) bool { return true }

func setTimesOfLink(path string, atime, mtime time.Time) error { return os.Chtimes(path, atime, mtime) }
