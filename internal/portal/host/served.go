package host

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/fns-dev/fns/internal/sysx"
)

// servedPrefix begins the names of the folders that servers unpack into.
const servedPrefix = "served-"

// served makes a folder for what one server serves, with a lock beside it for as long
// as the server runs, and removes those of servers that were killed.
func served(work string) (dir string, lock *sysx.Lock, err error) {
	if err := removeStale(work); err != nil {
		return "", nil, err
	}
	dir = filepath.Join(work, servedPrefix+strings.ToLower(rand.Text()[:10]))
	if lock, err = sysx.TryLock(dir + ".lock"); err != nil {
		return "", nil, err
	}
	if lock == nil {
		return "", nil, errors.New("somebody else serves from " + dir)
	}
	if err = os.Mkdir(dir, 0o700); err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return "", nil, errors.Join(err, lock.Remove())
	}
	return dir, lock, nil
}

// removeStale removes the folders whose lock nobody holds. The lock is there before
// its folder, and goes after it.
func removeStale(work string) error {
	folders, err := filepath.Glob(filepath.Join(work, servedPrefix+"*"))
	if err != nil {
		return err
	}
	for _, dir := range folders {
		if info, err := os.Lstat(dir); err != nil || !info.IsDir() {
			continue
		}
		lock, err := sysx.TryLock(dir + ".lock")
		switch {
		case errors.Is(err, fs.ErrPermission):
			continue // another user's
		case err != nil:
			return err
		case lock == nil:
			continue // a server runs
		}
		if err := errors.Join(os.RemoveAll(dir), lock.Remove()); err != nil {
			return err
		}
	}
	return nil
}
