package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// Extract writes the files below dir, which is created where it is missing.
// Nothing is written through links that lie in dir already, and no file that
// exists is touched unless overwrite is true. It gives the names left alone for
// that reason, sorted as files is.
//
// The check for existing files comes before the first byte is written; each file
// is written beside its place and moved there, so that an interruption leaves
// whole files only.
func Extract(dir string, files []File, overwrite bool) (kept []string, err error) {
	for _, f := range files {
		if err := Check(f.Name); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir) // which no link leads out of
	if err != nil {
		return nil, err
	}
	defer root.Close()
	var fresh []File
	for _, f := range files {
		info, err := root.Lstat(filepath.FromSlash(f.Name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, err
		case info.IsDir() && !f.IsDir():
			return nil, fmt.Errorf("%s is a folder here, but a file in the archive", filepath.Join(dir, filepath.FromSlash(f.Name)))
		case !overwrite && !f.IsDir():
			kept = append(kept, f.Name)
			continue
		}
		fresh = append(fresh, f)
	}
	for _, f := range fresh {
		if err := place(root, f); err != nil {
			return kept, fmt.Errorf("write %s: %w", filepath.Join(dir, filepath.FromSlash(f.Name)), err)
		}
	}
	return kept, nil
}

// place writes one file.
func place(root *os.Root, f File) error {
	if f.IsDir() {
		return root.MkdirAll(filepath.FromSlash(path.Clean(f.Name)), 0o755)
	}
	if dir := path.Dir(f.Name); dir != "." {
		if err := root.MkdirAll(filepath.FromSlash(dir), 0o755); err != nil {
			return err
		}
	}
	name := filepath.FromSlash(f.Name)
	temporary := name + ".fns-new"
	if err := root.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err // left by an interrupted run
	}
	out, err := root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = out.Write(f.Data)
	if err = errors.Join(err, out.Close()); err == nil {
		err = root.Rename(temporary, name)
	}
	if err != nil {
		_ = root.Remove(temporary) // the first error counts
	}
	return err
}
