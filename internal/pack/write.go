package pack

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/fns-dev/fns/internal/archive"
)

// Zip writes the files as the archive that the upload of a project is: with its
// folders, and with the same bytes for the same files.
func (c *Contents) Zip(w io.Writer) error {
	var files []archive.File
	folders := map[string]bool{}
	for _, f := range c.Files {
		data, err := content(f)
		if err != nil {
			return err
		}
		files = append(files, archive.File{Name: f.Path, Data: data})
		for dir := path.Dir(f.Path); dir != "." && !folders[dir]; dir = path.Dir(dir) {
			folders[dir] = true
			files = append(files, archive.File{Name: dir + "/"})
		}
	}
	return archive.Write(w, files)
}

// markName is a file in a folder that Write made. It lists what else is there, so
// that the next Write knows what it may replace. Being hidden it is never uploaded.
const markName = ".fns-build.json"

type mark struct {
	Note  string   `json:"note"`
	Files []string `json:"files"`
}

// Write writes the files into dir, an absolute path, as a whole or not at all. A
// folder that is there already is replaced only if it is empty or holds nothing but
// what Write wrote; one that holds sources, or would be uploaded itself, is refused.
func (c *Contents) Write(dir string) (err error) {
	if err := c.mayWrite(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	temp, err := os.MkdirTemp(filepath.Dir(dir), ".fns-build-*")
	if err != nil {
		return err
	}
	defer func() {
		if removeErr := os.RemoveAll(temp); err == nil {
			err = removeErr
		}
	}()
	fresh := filepath.Join(temp, "new")
	if err := c.writeTo(fresh); err != nil {
		return err
	}
	old := filepath.Join(temp, "old")
	if err := os.Rename(dir, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(fresh, dir); err != nil {
		if back := os.Rename(old, dir); back != nil && !errors.Is(back, fs.ErrNotExist) {
			return errors.Join(err, back)
		}
		return err
	}
	return nil
}

func (c *Contents) writeTo(dir string) error {
	m := mark{Note: "written by fns build, which replaces this folder"}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range c.Files {
		if err := archive.Check(f.Path); err != nil {
			return err
		}
		data, err := content(f)
		if err != nil {
			return err
		}
		file := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			return err
		}
		m.Files = append(m.Files, f.Path)
	}
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, markName), append(data, '\n'), 0o644)
}

// mayWrite says why dir can't be written to.
func (c *Contents) mayWrite(dir string) error {
	if !filepath.IsAbs(dir) {
		return fmt.Errorf("%s is not an absolute path", dir)
	}
	at, root := existing(dir), real(c.Root)
	if within(at, root) {
		return fmt.Errorf("%s holds the sources: give another folder", dir)
	}
	if rel, err := filepath.Rel(root, at); err == nil && filepath.IsLocal(rel) && !hidden(rel) {
		return fmt.Errorf("%s lies in what is uploaded, and would be uploaded too: give a folder outside of %s, or a hidden one", dir, c.Root)
	}
	for _, f := range c.Files {
		if f.Source != "" && within(at, real(f.Source)) {
			return fmt.Errorf("%s holds the source %s: give another folder", dir, f.Source)
		}
	}
	for _, f := range c.Functions {
		for _, m := range f.Modules {
			if within(at, m.File) {
				return fmt.Errorf("%s holds the source %s: give another folder", dir, m.File)
			}
		}
	}
	return onlyOurs(dir)
}

// existing gives a path without links, as far as it exists.
func existing(path string) string {
	if r, err := filepath.EvalSymlinks(path); err == nil {
		return r
	}
	if parent := filepath.Dir(path); parent != path {
		return filepath.Join(existing(parent), filepath.Base(path))
	}
	return path
}

// hidden reports whether a part of a path starts with a dot.
func hidden(rel string) bool {
	for ; rel != "."; rel = filepath.Dir(rel) {
		if filepath.Base(rel)[0] == '.' {
			return true
		}
	}
	return false
}

// onlyOurs reports an error where dir holds anything that Write did not write.
func onlyOurs(dir string) error {
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is no folder", dir)
	}
	var m mark
	if data, err := os.ReadFile(filepath.Join(dir, markName)); err == nil {
		if err := json.Unmarshal(data, &m); err != nil {
			return fmt.Errorf("%s: %w", filepath.Join(dir, markName), err)
		}
	}
	slices.Sort(m.Files)
	return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if _, ours := slices.BinarySearch(m.Files, rel); ours || rel == markName && m.Files != nil {
			return nil
		}
		return fmt.Errorf("%s holds %s, which fns build did not write: give an empty folder", dir, rel)
	})
}
