package project

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestWalkEndsInATreeWithoutEnd(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for i := range 20 {
		if err := os.MkdirAll(filepath.Join(root, fmt.Sprintf("d%02d", i), "x.functions"), 0o750); err != nil {
			t.Fatal(err)
		}
	}
	w := &walker{most: 25, seen: map[string]bool{}}
	if got := w.walk(root); !got.cut || len(got.folders) == 0 || len(got.folders) > 6 {
		t.Errorf("cut %v after %d folders", got.cut, len(got.folders))
	}
	l := &loader{project: &Project{Root: root}, reported: map[string]bool{}}
	l.load(tree{cut: true}, "")
	if len(l.list) != 1 || l.list[0].Code != "FNS1013" {
		t.Errorf("findings: %v", l.list)
	}
	if got := walk(root, false); got.cut || len(got.folders) != 20 {
		t.Errorf("cut %v after %d folders", got.cut, len(got.folders))
	}
}
