package project_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/project"
)

// fixture is the absolute path of a project of testdata.
func fixture(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "testdata", "projects", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// write makes a tree of files below a new folder, and gives the folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "root")
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// slash gives paths as they stand below root, with slashes.
func slash(root string, paths ...string) []string {
	var out []string
	for _, p := range paths {
		rel, err := filepath.Rel(root, p)
		if err != nil {
			rel = p
		}
		out = append(out, filepath.ToSlash(rel))
	}
	return out
}

// row is what the tests compare of a function.
type row struct {
	Name, URL, Methods, Entry string
	Secrets                   string
}

func rows(p *project.Project) []row {
	var out []row
	for _, fn := range p.Functions {
		r := row{Name: fn.Name, URL: fn.URLPath(), Entry: slash(p.Root, fn.Entry)[0]}
		if fn.Endpoint != nil {
			r.Methods = strings.Join(fn.Endpoint.Methods, " ")
		}
		var names []string
		for _, s := range fn.Secrets {
			names = append(names, s.Name)
		}
		r.Secrets = strings.Join(names, " ")
		out = append(out, r)
	}
	return out
}

// findings gives a list as "file:line:column code summary | hint".
func findings(root string, list diag.List) []string {
	var out []string
	for _, d := range list {
		s := fmt.Sprintf("%s:%d:%d %s %s", slash(root, d.Range.File)[0], d.Range.Start.Line, d.Range.Start.Column, d.Code, d.Summary)
		if d.Hint != "" {
			s += " | " + d.Hint
		}
		out = append(out, s)
	}
	return out
}
