package projects

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/fns-dev/fns/internal/archive"
)

func TestAProjectsFolderStaysWhereItIsPut(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"shop": "shop", "my shop": "my shop", "a/b": "a-b", `a\b`: "a-b", "../evil": "..-evil", "a: b.": "a- b", "CON": "-CON", "com1.x": "-com1.x",
		"Größe": "Größe", "a\x00b": "a-b", "..": "-", ".": "-", "": "-", "x. . ": "x",
	} {
		got, err := folderName(name)
		if err != nil || got != want {
			t.Errorf("folderName(%q) = %q, %v, want %q", name, got, err, want)
		}
	}
}

func TestADownloadAppearsAsAWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	into := filepath.Join(dir, "deep", "shop")
	bad := []archive.File{{Name: "a", Data: []byte("1")}, {Name: "a/b", Data: []byte("2")}} // one name for a file and a folder
	if err := lay(t.Context(), into, bad); err == nil {
		t.Error("no error")
	}
	left, err := os.ReadDir(filepath.Join(dir, "deep"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if err := os.MkdirAll(into, 0o755); err != nil { // an empty folder is as good as none
		t.Fatal(err)
	}
	if err := lay(t.Context(), into, bad[:1]); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(filepath.Join(into, "a")); err != nil || string(text) != "1" {
		t.Errorf("got %q, %v", text, err)
	}
	if left, _ := os.ReadDir(filepath.Dir(into)); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}
