//go:build !windows

package worker

import (
	"io"
	"os"
	"syscall"
)

// lockFolder locks a folder of this user until Close or the end of the process;
// nil means that somebody else has the lock.
func lockFolder(path string) io.Closer {
	dir, err := os.Open(path)
	if err != nil {
		return nil
	}
	if err := syscall.Flock(int(dir.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = dir.Close()
		return nil
	}
	return dir
}
