package sysx

import (
	"fmt"
	"os"
)

// Lock is a file that one process holds; the system takes it back when the process
// ends, however it ends.
type Lock struct{ f *os.File }

// TryLock makes the file if need be and takes it, nil where another process holds
// it.
func TryLock(path string) (*Lock, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	taken, err := lock(f)
	if err != nil || !taken {
		_ = f.Close() // nothing was written
		if err != nil {
			err = fmt.Errorf("lock %s: %w", path, err)
		}
		return nil, err
	}
	return &Lock{f}, nil
}

// Remove gives the file back and deletes it.
func (l *Lock) Remove() error {
	err := os.Remove(l.f.Name()) // while it is held: nobody else can have taken it
	if closed := l.f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		err = os.Remove(l.f.Name()) // Windows deletes no open files
	}
	return err
}
