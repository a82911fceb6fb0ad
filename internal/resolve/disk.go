package resolve

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// kind is what stands at a path.
type kind uint8

const (
	isNothing kind = iota
	isFile
	isDir
)

// request is a question that was answered before.
type request struct{ specifier, dir, from string }

type answer struct {
	resolved Resolved
	err      error
}

// disk remembers what stands where. The zero disk is empty.
type disk struct {
	kinds    sync.Map // path → kind
	reals    sync.Map // folder → folder without symbolic links
	packages sync.Map // folder → *packageEntry
	answers  sync.Map // request → *answer
}

func (d *disk) stat(path string) kind {
	if k, ok := d.kinds.Load(path); ok {
		return k.(kind)
	}
	k := isNothing
	if info, err := os.Stat(path); err == nil {
		k = isFile
		if info.IsDir() {
			k = isDir
		}
	}
	d.kinds.Store(path, k)
	return k
}

// realpath follows the symbolic links of a file's path. Folders repeat, so they
// are remembered.
func (d *disk) realpath(file string) string {
	if info, err := os.Lstat(file); err != nil || info.Mode()&os.ModeSymlink != 0 {
		if real, err := filepath.EvalSymlinks(file); err == nil {
			return real
		}
		return file
	}
	dir := filepath.Dir(file)
	real, ok := d.reals.Load(dir)
	if !ok {
		followed, err := filepath.EvalSymlinks(dir)
		if err != nil {
			followed = dir
		}
		d.reals.Store(dir, followed)
		real = followed
	}
	return filepath.Join(real.(string), filepath.Base(file))
}

// scope finds the folder and content of the package.json that a file belongs
// to; the package is nil where there is none.
func (d *disk) scope(dir string) (string, *packageJSON, error) {
	for filepath.Base(dir) != "node_modules" {
		pkg, err := d.packageJSON(dir)
		if pkg != nil || err != nil {
			return dir, pkg, err
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			break
		}
		dir = parent
	}
	return "", nil, nil
}

func (d *disk) format(path string) Format {
	switch ext := filepath.Ext(path); strings.ToLower(ext) {
	case ".mjs", ".mts":
		return Module
	case ".json":
		return JSON
	case ".node":
		return Addon
	case ".js", ".ts", ".jsx", ".tsx":
		if _, pkg, err := d.scope(filepath.Dir(path)); err == nil && pkg != nil && pkg.module {
			return Module
		}
	}
	return CommonJS
}
