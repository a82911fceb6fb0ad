package archive

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// Bounds are what an archive may hold at most. They do not come from HubSpot:
// they keep a broken or hostile archive from filling memory and disk.
type Bounds struct {
	Entries int   // files and folders
	Bytes   int64 // unpacked, of all files
}

// DefaultBounds are generous for any project: the server's own limit is far
// below.
func DefaultBounds() Bounds { return Bounds{Entries: 50_000, Bytes: 512 << 20} }

// Read gives the files of a zip, folders left out, sorted by name. It fails as a
// whole where an entry is a link, a device or has a name that Check refuses,
// where two entries would be one file, or where there is more than b allows: what
// the archive claims about its sizes counts for nothing.
func Read(data []byte, b Bounds) ([]File, error) {
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // names are checked below, with words
		return nil, fmt.Errorf("the archive can't be read: %w", err)
	}
	if len(zr.File) > b.Entries {
		return nil, fmt.Errorf("the archive has %d entries, more than %d: %w", len(zr.File), b.Entries, ErrTooLarge)
	}
	var files []File
	left := b.Bytes
	seen := newPaths()
	for _, f := range zr.File {
		if err := Check(f.Name); err != nil {
			return nil, fmt.Errorf("the archive is not safe to unpack: %w", err)
		}
		mode := f.Mode()
		isDir := strings.HasSuffix(f.Name, "/")
		if kind := mode.Type() &^ fs.ModeDir; kind != 0 || mode.IsDir() != isDir {
			return nil, fmt.Errorf("the archive is not safe to unpack: %s is a link or a special file", f.Name)
		}
		if err := seen.add(f.Name); err != nil {
			return nil, err
		}
		if isDir {
			continue
		}
		content, err := unpack(f, left)
		if err != nil {
			return nil, fmt.Errorf("unpack %s: %w", f.Name, err)
		}
		left -= int64(len(content))
		files = append(files, File{Name: f.Name, Data: content})
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return files, nil
}

// unpack gives the content of an entry if that has at most most bytes.
func unpack(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	content, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(content)) > most {
		return nil, ErrTooLarge
	}
	return content, nil
}

// paths knows which paths are taken, by files and by folders, whatever the case
// of their letters: some disks do not tell a from A.
type paths struct{ file, dir map[string]string }

func newPaths() *paths { return &paths{file: map[string]string{}, dir: map[string]string{}} }

func (p *paths) add(name string) error {
	plain, isDir := strings.CutSuffix(name, "/")
	if !isDir {
		key := strings.ToLower(plain)
		if other, taken := p.file[key]; taken {
			return fmt.Errorf("the archive is not safe to unpack: %q and %q are one file", other, name)
		}
		if other, taken := p.dir[key]; taken {
			return fmt.Errorf("the archive is not safe to unpack: %q is a file, and %q needs a folder there", name, other)
		}
		p.file[key] = name
		plain = parent(plain)
	}
	for ; plain != ""; plain = parent(plain) {
		key := strings.ToLower(plain)
		if other, taken := p.file[key]; taken {
			return fmt.Errorf("the archive is not safe to unpack: %q is a file, and %q needs a folder there", other, name)
		}
		if _, known := p.dir[key]; known {
			return nil
		}
		p.dir[key] = name
	}
	return nil
}

func parent(name string) string { return name[:max(strings.LastIndexByte(name, '/'), 0)] }

// WithoutRoot takes off the one folder that all files lie in, as in the archives
// of builds, and gives its name. Where there is no such folder the files stay as
// they are and the name is "".
func WithoutRoot(files []File) ([]File, string) {
	if len(files) == 0 {
		return files, ""
	}
	root, _, found := strings.Cut(files[0].Name, "/")
	var inner []File
	for _, f := range files {
		rest, ok := strings.CutPrefix(f.Name, root+"/")
		if !found || !ok || rest == "" {
			return files, ""
		}
		inner = append(inner, File{Name: rest, Data: f.Data})
	}
	return inner, root
}
