package pack

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/fns-dev/fns/internal/archive"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/ignore"
)

// walk notes the files below the root that the rules let through, and that
// accepts takes by their name; nil takes all.
func (b *builder) walk(rules *ignore.Set, accepts func(name string) bool) {
	if isFunctions(filepath.Base(b.out.Root)) {
		b.folders = append(b.folders, b.out.Root)
	}
	b.folder("", rules, accepts)
}

func isFunctions(name string) bool { return strings.HasSuffix(name, ".functions") }

// folder walks the folder at rel, which is "" or ends in a slash.
func (b *builder) folder(rel string, rules *ignore.Set, accepts func(string) bool) {
	dir := filepath.Join(b.out.Root, filepath.FromSlash(rel))
	entries, err := os.ReadDir(dir)
	if err != nil {
		b.unreadable(dir, err)
		return
	}
	for _, e := range entries {
		path := rel + e.Name()
		source := filepath.Join(dir, e.Name())
		switch {
		case rules.Ignores(path, e.IsDir()):
			if e.IsDir() {
				path += "/"
			}
			b.skip(path, Ignored)
		case e.IsDir():
			if isFunctions(e.Name()) {
				b.folders = append(b.folders, source)
			}
			b.folder(path+"/", rules, accepts)
		case !e.Type().IsRegular():
			b.skip(path, Link)
			what := "a symbolic link"
			if e.Type()&fs.ModeSymlink == 0 {
				what = "no ordinary file"
			}
			b.find(diag.LeftOut, diag.Warning, source, fmt.Sprintf("%s is %s and is not uploaded", path, what), "put the file itself there, or name it in "+ignore.FileName)
		case accepts != nil && !accepts(e.Name()):
			b.skip(path, Extension)
		default:
			b.files[path] = File{Path: path, Source: source}
		}
	}
}

func (b *builder) skip(path string, reason Reason) {
	b.out.Skipped = append(b.out.Skipped, Skip{Path: path, Reason: reason})
}

// find adds a finding about a file as a whole.
func (b *builder) find(code string, severity diag.Severity, file, summary, hint string) {
	b.out.Findings = append(b.out.Findings, diag.Diagnostic{
		Code: code, Severity: severity, Summary: summary, Hint: hint, Range: diag.Range{File: file},
	})
}

// unreadable says that a file or folder can't be read, without repeating its
// path.
func (b *builder) unreadable(path string, err error) {
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		err = at.Err
	}
	name, ok := b.rel(path)
	if !ok {
		name = path
	}
	b.find(diag.FileUnreadable, diag.Error, path, fmt.Sprintf("%s can't be read: %v", name, err), "")
}

// fits reports whether the files are few and small enough. It comes before they
// are read.
func (b *builder) fits() bool {
	var total, most int64
	var largest File
	for _, f := range b.files {
		info, err := os.Stat(f.Source)
		if err != nil {
			continue // check reports it
		}
		if total += info.Size(); info.Size() > most {
			largest, most = f, info.Size()
		}
	}
	bounds := archive.DefaultBounds()
	const hint = "name what is not to be sent in " + ignore.FileName
	if total > bounds.Bytes {
		b.find(diag.UploadSize, diag.Error, b.out.Root, fmt.Sprintf("the files have %d MB together, more than %d MB; the largest is %s with %d MB",
			total>>20, bounds.Bytes>>20, largest.Path, most>>20), hint)
	}
	if len(b.files) > bounds.Entries {
		b.find(diag.UploadSize, diag.Error, b.out.Root, fmt.Sprintf("there are %d files, more than %d", len(b.files), bounds.Entries), hint)
	}
	return total <= bounds.Bytes && len(b.files) <= bounds.Entries
}

// check looks at what would be sent as a whole: names, and whether every file can
// be read.
func (b *builder) check() {
	if len(b.out.Files) == 0 && !b.out.Findings.HasErrors() {
		b.find(diag.EmptyUpload, diag.Error, b.out.Root, "there is nothing to upload: every file is ignored, or there is none", "")
	}
	for _, f := range b.out.Files {
		if err := archive.Check(f.Path); err != nil {
			b.find(diag.UploadName, diag.Error, filepath.Join(b.out.Root, filepath.FromSlash(f.Path)), err.Error(), "rename it, or name it in "+ignore.FileName)
		}
		if f.Source != "" {
			if err := readable(f.Source); err != nil {
				b.unreadable(f.Source, err)
			}
		}
	}
}

// readable asks whether a file can be opened.
func readable(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return f.Close()
}
