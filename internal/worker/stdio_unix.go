//go:build !windows

package worker

import (
	"os"
	"syscall"
)

// pollable gives the file in a form whose reads wait in Go's poller. A read that
// blocks in the kernel keeps a thread and makes every message cost a wake-up of
// another one.
func pollable(f *os.File) *os.File {
	fd, err := syscall.Dup(int(f.Fd()))
	if err != nil || syscall.SetNonblock(fd, true) != nil {
		return f
	}
	syscall.CloseOnExec(fd)
	return os.NewFile(uintptr(fd), f.Name())
}
