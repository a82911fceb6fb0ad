package bundle

import (
	"path/filepath"
	"testing"
)

func TestTheInstallCommandFitsFolderAndLockfile(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		files map[string]string
		from  string
		work  string
		want  string
	}{
		"in the folder itself":          {map[string]string{"f/package.json": "{}"}, "f", "f", "npm install dep"},
		"from a folder below":           {map[string]string{"f/package.json": "{}", "f/lib/x.js": ""}, "f/lib", "", "npm install --prefix f dep"},
		"nothing there":                 {map[string]string{"f/lib/x.js": ""}, "f/lib", "", "npm install --prefix f dep"},
		"a folder with a space":         {map[string]string{"f/my lib/package.json": "{}"}, "f/my lib", "", `npm install --prefix "f/my lib" dep`},
		"listed as dev dependency":      {map[string]string{"f/package.json": `{"devDependencies":{"dep":"1"}}`}, "f", "", "npm install --prefix f"},
		"yarn":                          {map[string]string{"f/package.json": "{}", "f/yarn.lock": ""}, "f", "", "yarn --cwd f add dep"},
		"pnpm, listed":                  {map[string]string{"f/package.json": `{"dependencies":{"dep":"1"}}`, "pnpm-lock.yaml": ""}, "f", "", "pnpm --dir f install"},
		"bun":                           {map[string]string{"f/package.json": "{}", "f/bun.lock": ""}, "f", "", "bun add --cwd f dep"},
		"the nearest lockfile":          {map[string]string{"f/package.json": "{}", "f/package-lock.json": "", "yarn.lock": ""}, "f", "", "npm install --prefix f dep"},
		"package.json that is not JSON": {map[string]string{"f/package.json": "{"}, "f", "", "npm install --prefix f dep"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := tree(t, tc.files)
			in := Install{Package: "dep", From: filepath.Join(root, tc.from), Dir: filepath.Join(root, "f"), Root: root, WorkDir: filepath.Join(root, tc.work)}
			if got, _ := in.Command(); got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
	root := tree(t, map[string]string{"f/package.json": "{}"})
	in := Install{Package: "dep", From: filepath.Join(root, "f")}
	if got, want := first(in.Command()), "npm install --prefix "+filepath.ToSlash(filepath.Join(root, "f"))+" dep"; got != want {
		t.Errorf("without folders: got %s, want %s", got, want)
	}
}

func first(s string, _ bool) string { return s }
