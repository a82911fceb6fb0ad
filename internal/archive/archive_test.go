package archive_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/archive"
)

func pack(t *testing.T, files ...archive.File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := archive.Write(&b, files); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func file(name, data string) archive.File { return archive.File{Name: name, Data: []byte(data)} }

func TestTheSameFilesGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	a, b, dir := file("app/a.js", "a"), file("app/b.js", strings.Repeat("b", 5000)), archive.File{Name: "app/"}
	one, two := pack(t, a, b, dir), pack(t, dir, b, a)
	if !bytes.Equal(one, two) {
		t.Error("the order of the files changes the archive")
	}
	zr, err := zip.NewReader(bytes.NewReader(one), int64(len(one)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range zr.File {
		names = append(names, f.Name)
		if !f.Modified.Equal(time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%s has the time %v", f.Name, f.Modified)
		}
	}
	if diff := cmp.Diff([]string{"app/", "app/a.js", "app/b.js"}, names); diff != "" {
		t.Error(diff)
	}
	files, err := archive.Read(one, archive.DefaultBounds())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]archive.File{a, b}, files); diff != "" {
		t.Error(diff)
	}
}

func TestNamesThatLeadElsewhereAreRefused(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"", "/", ".", "..", "../a", "a/../../b", "a/../b", "a//b", "./a", "/etc/passwd", `a\b`, `..\a`, `C:\a`, "C:/a", "c:a", "//host/share",
		"a\x00b", "a\nb", "a\xff", "NUL", "a/con.txt", "com1", "COM¹.js", "lpt9.x", "aux .js", "a.", "b /c", "file.txt:stream", "a/..", "a//",
	} {
		if archive.Check(name) == nil {
			t.Errorf("Check(%q) takes it", name)
		}
		var b bytes.Buffer
		if archive.Write(&b, []archive.File{{Name: name}}) == nil {
			t.Errorf("Write takes %q", name)
		}
		if _, err := archive.Read(raw(t, entry{name: name}), archive.DefaultBounds()); err == nil {
			t.Errorf("Read takes %q", name)
		}
	}
	for _, name := range []string{"a", "a/b.js", "..a", "a..b", ".env", "con_.js", "common.js", "ü/ß.txt", "a b", "a/", "com.js", "nullable.js"} {
		if err := archive.Check(name); err != nil {
			t.Error(err)
		}
	}
}

// entry is one of an archive made by somebody else.
type entry struct {
	name, data string
	mode       fs.FileMode
}

func raw(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.mode != 0 {
			h.SetMode(e.mode)
		}
		w, err := zw.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(e.name, "/") {
			if _, err := w.Write([]byte(e.data)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestHostileArchivesAreRefusedAsAWhole(t *testing.T) {
	t.Parallel()
	small := archive.Bounds{Entries: 3, Bytes: 1000}
	for name, c := range map[string]struct {
		entries []entry
		want    string
	}{
		"a link":                       {[]entry{{name: "a", data: "/etc/passwd", mode: fs.ModeSymlink | 0o777}}, "link"},
		"a device":                     {[]entry{{name: "a", mode: fs.ModeDevice | 0o666}}, "special"},
		"a folder that says it is one": {[]entry{{name: "a", mode: fs.ModeDir | 0o755}}, "special"},
		"one file twice":               {[]entry{{name: "a"}, {name: "a"}}, "one file"},
		"one file on some disks":       {[]entry{{name: "Lib/a"}, {name: "lib/A"}}, "one file"},
		"a file below a file":          {[]entry{{name: "a"}, {name: "A/b"}}, "needs a folder"},
		"a file in place of a folder":  {[]entry{{name: "a/b"}, {name: "a"}}, "needs a folder"},
		"more than fits":               {[]entry{{name: "a", data: strings.Repeat("0", 600)}, {name: "b", data: strings.Repeat("0", 600)}}, "too large"},
		"more entries than allowed":    {[]entry{{name: "a"}, {name: "b"}, {name: "c"}, {name: "d"}}, "too large"},
	} {
		_, err := archive.Read(raw(t, c.entries...), small)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := archive.Read([]byte("PK\x03\x04 no zip"), small); err == nil {
		t.Error("takes what is no zip")
	}
}

func TestTheClaimedSizeOfAnEntryCountsForNothing(t *testing.T) {
	t.Parallel()
	data := raw(t, entry{name: "bomb", data: strings.Repeat("0", 1<<20)})
	if _, err := archive.Read(data, archive.Bounds{Entries: 1, Bytes: 1 << 10}); !errors.Is(err, archive.ErrTooLarge) {
		t.Errorf("err = %v", err)
	}
}

func TestExtractKeepsWhatIsThereAndStaysInside(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	dir, outside := filepath.Join(base, "project"), filepath.Join(base, "outside")
	for _, d := range []string{dir, outside} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(dir, "mine.js"), "mine")
	files := []archive.File{file("a/b.js", "b"), file("mine.js", "theirs")}
	kept, err := archive.Extract(dir, files, false)
	if err != nil || !slices.Equal(kept, []string{"mine.js"}) {
		t.Fatalf("kept %v, %v", kept, err)
	}
	if got := read(t, filepath.Join(dir, "mine.js")); got != "mine" {
		t.Errorf("mine.js = %q", got)
	}
	if kept, err = archive.Extract(dir, files, true); err != nil || len(kept) > 0 {
		t.Fatalf("kept %v, %v", kept, err)
	}
	if got := read(t, filepath.Join(dir, "mine.js")); got != "theirs" {
		t.Errorf("mine.js = %q", got)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "link")); err != nil {
		t.Skip("no links here: ", err)
	}
	if _, err := archive.Extract(dir, []archive.File{file("link/evil.js", "x")}, true); err == nil {
		t.Error("wrote through a link")
	}
	if left, _ := os.ReadDir(outside); len(left) > 0 {
		t.Errorf("outside: %v", left)
	}
	write(t, filepath.Join(outside, "victim"), "whole")
	if err := os.Symlink(filepath.Join(outside, "victim"), filepath.Join(dir, "f")); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.Extract(dir, []archive.File{file("f", "x")}, true); err != nil {
		t.Fatal(err)
	}
	if got := read(t, filepath.Join(outside, "victim")); got != "whole" {
		t.Errorf("the file behind a link became %q", got)
	}
}

func TestWithoutRootTakesOffTheOneFolder(t *testing.T) {
	t.Parallel()
	inner, root := archive.WithoutRoot([]archive.File{file("p/hsproject.json", "{}"), file("p/src/a", "")})
	if root != "p" || inner[0].Name != "hsproject.json" || inner[1].Name != "src/a" {
		t.Errorf("%q %v", root, inner)
	}
	flat := []archive.File{file("hsproject.json", "{}"), file("src/a", "")}
	if inner, root = archive.WithoutRoot(flat); root != "" || !cmp.Equal(inner, flat) {
		t.Errorf("%q %v", root, inner)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(raw(f, entry{name: "a/b", data: "x"}))
	f.Add(raw(f, entry{name: "../b", data: "x"}, entry{name: "l", mode: fs.ModeSymlink | 0o777, data: "/"}))
	f.Fuzz(func(t *testing.T, data []byte) {
		bounds := archive.Bounds{Entries: 100, Bytes: 1 << 16}
		files, err := archive.Read(data, bounds)
		if err != nil {
			return
		}
		var total int64
		for _, f := range files {
			if archive.Check(f.Name) != nil || !filepath.IsLocal(filepath.FromSlash(f.Name)) {
				t.Errorf("gave %q", f.Name)
			}
			total += int64(len(f.Data))
		}
		if total > bounds.Bytes {
			t.Errorf("gave %d bytes", total)
		}
		var again bytes.Buffer
		if err := archive.Write(&again, files); err != nil {
			t.Errorf("can't be packed again: %v", err)
		}
		dir := t.TempDir()
		if _, err := archive.Extract(filepath.Join(dir, "in"), files, false); err == nil {
			if left, _ := os.ReadDir(dir); len(left) != 1 {
				t.Errorf("wrote outside: %v", left)
			}
		}
	})
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
