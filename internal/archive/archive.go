// Package archive writes the zip files that uploads send and unpacks those that
// downloads bring. What it writes depends on names and contents only: the same
// files give the same bytes, whenever and wherever they are packed. What it
// reads came over a network and is trusted with nothing.
package archive

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// File is a file or a folder of an archive.
type File struct {
	// Name is the path inside, with slashes; that of a folder ends in one.
	Name string
	Data []byte
}

// IsDir reports whether the entry is a folder.
func (f File) IsDir() bool { return strings.HasSuffix(f.Name, "/") }

// epoch is the time of every entry: the first that the format can hold.
func epoch() time.Time { return time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC) }

// Write writes the files as a zip, sorted by name. Names must pass Check and be
// unique.
func Write(w io.Writer, files []File) error {
	sorted := slices.SortedFunc(slices.Values(files), func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	zw := zip.NewWriter(w)
	for i, f := range sorted {
		if err := Check(f.Name); err != nil {
			return err
		}
		if i > 0 && sorted[i-1].Name == f.Name {
			return fmt.Errorf("archive: %q stands in it twice", f.Name)
		}
		if err := write(zw, f); err != nil {
			return fmt.Errorf("archive: %s: %w", f.Name, err)
		}
	}
	return zw.Close()
}

func write(zw *zip.Writer, f File) error {
	h := &zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: epoch()}
	h.SetMode(0o644)
	if f.IsDir() {
		h.Method = zip.Store
		h.SetMode(fs.ModeDir | 0o755)
	}
	out, err := zw.CreateHeader(h)
	if err != nil || f.IsDir() {
		return err
	}
	_, err = out.Write(f.Data)
	return err
}

// Check says why a name can't stand in an archive: it would lead out of the
// folder that the archive is unpacked to, here or on another system, or mean
// another file on one of them.
func Check(name string) error {
	reason := ""
	plain := strings.TrimSuffix(name, "/")
	switch {
	case plain == "":
		reason = "is empty"
	case !utf8.ValidString(name):
		reason = "is not UTF-8"
	case strings.Contains(name, `\`):
		reason = "has a backslash, which is a separator on Windows"
	case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f }):
		reason = "has a control character"
	case strings.HasPrefix(name, "/"):
		reason = "is an absolute path"
	case strings.Contains(name, ":"):
		reason = "has a colon, which names a drive or a stream on Windows"
	case path.Clean(plain) != plain || plain == "." || plain == ".." || strings.HasPrefix(plain, "../"):
		reason = "is not a plain path"
	case slices.ContainsFunc(strings.Split(plain, "/"), reserved):
		reason = "has a part that Windows keeps for devices, or one that ends in a dot or space"
	}
	if reason != "" {
		return &NameError{Name: name, Reason: reason}
	}
	return nil
}

// NameError is a name that Check refuses.
type NameError struct{ Name, Reason string }

// Error names the name and the reason.
func (e *NameError) Error() string { return fmt.Sprintf("the name %q %s", e.Name, e.Reason) }

// reserved reports whether a part of a path means something else on Windows.
func reserved(part string) bool {
	if strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") {
		return true
	}
	base, _, _ := strings.Cut(part, ".")
	switch base = strings.ToUpper(strings.TrimRight(base, " ")); base {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	digits, numbered := strings.CutPrefix(base, "COM")
	if !numbered {
		digits, numbered = strings.CutPrefix(base, "LPT")
	}
	return numbered && utf8.RuneCountInString(digits) == 1 && strings.ContainsAny(digits, "0123456789¹²³")
}

// ErrTooLarge is wrapped by the errors about archives that hold more than Bounds
// allow.
var ErrTooLarge = errors.New("too large")
