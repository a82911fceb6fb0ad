package project_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/project"
)

const (
	dmFile  = `{"runtime": "nodejs20.x", "version": "1.0", "endpoints": {"%s": {"method": "%s", "file": "f.js"}}}`
	dmGood  = `{"endpoints": {"a": {"file": "f.js"}}}`
	appGood = `{"appFunctions": {"a": {"file": "f.js"}}}`
)

func TestDiscoverLooksInTheRightPlaces(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, start, root string
		files             map[string]string
		functions         []string
	}{
		{
			name: "the Git repository, where nothing lies below the start", start: "docs", root: ".",
			files:     map[string]string{".git/HEAD": "", "docs/a.md": "", "site/a.functions/serverless.json": dmGood, "site/a.functions/f.js": ""},
			functions: []string{"a"},
		},
		{
			name: "below the start, not in the rest of the repository", start: "one", root: "one",
			files: map[string]string{
				".git/HEAD": "", "one/a.functions/serverless.json": dmGood, "one/a.functions/f.js": "",
				"two/b.functions/serverless.json": dmGood, "two/b.functions/f.js": "",
			},
			functions: []string{"a"},
		},
		{
			name: "not in packages, hidden folders and build output", start: ".", root: ".",
			files: map[string]string{
				"a.functions/serverless.json": dmGood, "a.functions/f.js": "",
				"node_modules/b.functions/serverless.json": dmGood, ".cache/c.functions/serverless.json": dmGood,
				"dist/a.functions/serverless.json": dmGood, "dist/a.functions/f.js": "",
				"a.functions/node_modules/d.functions/serverless.json": dmGood,
			},
			functions: []string{"a"},
		},
		{
			name: "in build output, where there is nothing else", start: ".", root: ".",
			files:     map[string]string{"dist/a.functions/serverless.json": dmGood, "dist/a.functions/f.js": "", "src/index.js": ""},
			functions: []string{"a"},
		},
		{
			name: "a project above a functions folder", start: "src/app/x.functions", root: ".",
			files:     map[string]string{"hsproject.json": `{"name": "p", "srcDir": "src", "platformVersion": "2025.1"}`, "src/app/x.functions/serverless.json": appGood, "src/app/x.functions/f.js": ""},
			functions: []string{"a"},
		},
		{
			name: "a project file in other letters", start: "src", root: ".",
			files:     map[string]string{"HSProject.json": `{"name": "p", "srcDir": "src", "platformVersion": "2025.1"}`, "src/app/x.functions/serverless.json": appGood, "src/app/x.functions/f.js": ""},
			functions: []string{"a"},
		},
		{
			name: "a project and a theme beside it", start: ".", root: ".",
			files: map[string]string{
				"app/hsproject.json": `{"name": "p", "srcDir": "src", "platformVersion": "2026.03"}`, "app/src/app/functions/a-hsmeta.json": `{"uid": "a", "type": "app-function", "config": {"entrypoint": "/app/functions/f.js"}}`, "app/src/app/functions/f.js": "",
				"theme/x.functions/serverless.json": dmGood, "theme/x.functions/f.js": "",
			},
			functions: []string{"x.functions/a", "a"},
		},
		{
			name: "two projects with the same names", start: ".", root: ".",
			files: map[string]string{
				"one/hsproject.json": `{"name": "one", "srcDir": "src", "platformVersion": "2025.1"}`, "one/src/app/x.functions/serverless.json": appGood, "one/src/app/x.functions/f.js": "",
				"two/hsproject.json": `{"name": "two", "srcDir": "src", "platformVersion": "2025.1"}`, "two/src/app/x.functions/serverless.json": appGood, "two/src/app/x.functions/f.js": "",
			},
			functions: []string{"one/a", "two/a"},
		},
		{
			name: "two folders that share a path but no method", start: ".", root: ".",
			files: map[string]string{
				"x.functions/serverless.json": fmt.Sprintf(dmFile, "a", "GET"), "x.functions/f.js": "",
				"y.functions/serverless.json": fmt.Sprintf(dmFile, "/a/", "POST"), "y.functions/f.js": "",
			},
			functions: []string{"x.functions/a", "y.functions/a"},
		},
		{
			name: "a functions folder without a project", start: "src/app/functions", root: "src/app/functions",
			files: map[string]string{
				"src/app/functions/a-hsmeta.json": `{"uid": "a", "type": "app-function", "config": {"entrypoint": "/app/functions/f.js"}}`, "src/app/functions/f.js": "",
			},
			functions: []string{"a"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			root := write(t, tt.files)
			p, list := project.Discover(filepath.Join(root, tt.start))
			if len(list) > 0 || p.Root != filepath.Join(root, tt.root) {
				t.Errorf("root %s, findings %v", p.Root, list)
			}
			var names []string
			for _, fn := range p.Functions {
				names = append(names, fn.Name)
			}
			if diff := cmp.Diff(tt.functions, names); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestDiscoverFollowsLinksOnce(t *testing.T) {
	t.Parallel()
	root := write(t, map[string]string{"b/x.functions/serverless.json": dmGood, "b/x.functions/f.js": ""})
	outside := write(t, map[string]string{"y.functions/serverless.json": fmt.Sprintf(dmFile, "out", "GET"), "y.functions/f.js": ""})
	for link, target := range map[string]string{
		"a":         filepath.Join(root, "b"), // the same folder under an earlier name
		"b/loop":    root,
		"elsewhere": outside,
		"broken":    filepath.Join(root, "none"),
	} {
		if err := os.Symlink(target, filepath.Join(root, filepath.FromSlash(link))); err != nil {
			t.Skipf("no symbolic links here: %v", err)
		}
	}
	p, list := project.Discover(root)
	if len(list) > 0 {
		t.Errorf("findings: %v", list)
	}
	want := []row{
		{"a", "/_hcms/api/a", "GET", "b/x.functions/f.js", ""},
		{"out", "/_hcms/api/out", "GET", "elsewhere/y.functions/f.js", ""},
	}
	if diff := cmp.Diff(want, rows(p)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
