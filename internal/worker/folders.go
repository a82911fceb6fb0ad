package worker

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"
)

// folders are where workers put their temporary files: one for the pool, made
// with the first worker, and in it one for each worker, which is removed with
// it. A pool that was killed can't tidy up; its workers do it, and where they
// were killed too, the next pool.
type folders struct {
	mu   sync.Mutex
	path string    // of the pool's, "" before the first worker
	lock io.Closer // says to other pools that this one lives

	sweep *time.Timer   // removes what dead pools have left
	swept chan struct{} // closed when it has
}

const (
	folderPrefix = "fns-"
	workerPrefix = "worker-"
)

// sweepAfter is when a pool looks for what dead ones have left: not while
// somebody waits for the first answer.
const sweepAfter = 3 * time.Second

// staleAfter is how old a folder must be before its pool is taken for dead: one
// that has just been made may not be locked yet.
const staleAfter = time.Minute

// make makes the folder of one worker.
func (f *folders) make() (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.path == "" {
		path, err := os.MkdirTemp("", folderPrefix)
		if err != nil {
			return "", fmt.Errorf("make the workers' folder: %w", err)
		}
		swept := make(chan struct{})
		f.path, f.lock, f.swept = path, lockFolder(path), swept
		f.sweep = time.AfterFunc(sweepAfter, func() {
			defer close(swept)
			sweepStale(filepath.Dir(path))
		})
	}
	// A worker that ends by itself removes the pool's folder if it was the last.
	switch err := os.Mkdir(f.path, 0o700); {
	case err == nil:
		f.unlock()
		f.lock = lockFolder(f.path)
	case !errors.Is(err, fs.ErrExist):
		return "", fmt.Errorf("make the workers' folder: %w", err)
	}
	path, err := os.MkdirTemp(f.path, workerPrefix)
	if err != nil {
		return "", fmt.Errorf("make a worker's folder: %w", err)
	}
	return path, nil
}

func (f *folders) close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.path == "" {
		return nil
	}
	if !f.sweep.Stop() {
		<-f.swept
	}
	err := os.RemoveAll(f.path)
	f.unlock()
	f.path = ""
	return err
}

func (f *folders) unlock() {
	if f.lock != nil {
		_ = f.lock.Close() // nobody waits for it
	}
}

// sweepStale removes the folders in dir that dead pools have left.
func sweepStale(dir string) {
	ours := regexp.MustCompile(`^` + folderPrefix + `[0-9]+$`)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !e.IsDir() || !ours.MatchString(e.Name()) {
			continue
		}
		info, err := e.Info()
		if err != nil || time.Since(info.ModTime()) < staleAfter {
			continue
		}
		path := filepath.Join(dir, e.Name())
		if lock := lockFolder(path); lock != nil {
			_ = os.RemoveAll(path) // whoever can't, leaves it to the owner
			_ = lock.Close()
		}
	}
}

// leave removes the folder of the worker that this process is, and that of its
// pool if it is empty then. The pool is gone, or makes it again.
func leave() {
	dir := os.Getenv(childEnv)
	if !strings.HasPrefix(filepath.Base(dir), workerPrefix) {
		return
	}
	_ = os.RemoveAll(dir)
	_ = os.Remove(filepath.Dir(dir))
}
