package pack_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/pack"
)

func TestPackagesGoIntoTheBundleWhereAsked(t *testing.T) {
	t.Parallel()
	root := tree(t, platform+`
-- src/app/functions/uses-hsmeta.json --
{ "uid": "uses", "type": "app-function", "config": { "entrypoint": "/app/functions/uses.js" } }
-- src/app/functions/uses.js --
const a = require('a'), b = require('b');
exports.main = async () => [a, b];
-- src/app/functions/node_modules/a/package.json --
{ "name": "a", "version": "1.0.0", "license": "MIT" }
-- src/app/functions/node_modules/a/index.js --
module.exports = 'code of a, one';
-- src/app/functions/node_modules/a/LICENSE --
Licence of a. */ Really.
-- src/app/functions/node_modules/b/package.json --
{ "name": "b", "version": "2.0.0", "license": "ISC" }
-- src/app/functions/node_modules/b/index.js --
module.exports = require('a');
-- src/app/functions/node_modules/b/node_modules/a/package.json --
{ "name": "a", "version": "2.0.0", "license": "MIT" }
-- src/app/functions/node_modules/b/node_modules/a/index.js --
module.exports = 'code of a, two';
`)
	c := good(t, packProject(t, root, pack.Options{BundlePackages: true}))
	code := text(t, c, "app/functions/uses.js")
	for _, want := range []string{"code of a, one", "code of a, two", "Licence of a. * / Really.", "b 2.0.0\nLicence: ISC"} {
		if !strings.Contains(code, want) {
			t.Errorf("%q is not in the bundle:\n%s", want, code)
		}
	}
	i := slices.IndexFunc(c.Functions, func(f pack.Function) bool { return f.Name == "uses" })
	d := c.Functions[i].Duplicates
	if len(d) != 1 || d[0].Name != "a" || !slices.Equal(d[0].Versions, []string{"1.0.0", "2.0.0"}) || d[0].Bytes == 0 {
		t.Errorf("duplicates: %+v", d)
	}
	if outside := good(t, packProject(t, root, pack.Options{})); strings.Contains(text(t, outside, "app/functions/uses.js"), "code of a") {
		t.Error("packages are in the bundle without being asked for")
	}
}

func TestPackagesOnDiskArePacked(t *testing.T) {
	t.Parallel()
	root := tree(t, platform+`
-- shared/package.json --
{ "name": "shared", "version": "1.0.0", "main": "lib/main.js", "files": ["dist", "!dist/*.map"] }
-- shared/lib/main.js --
exports.shared = 'shared';
-- shared/lib/other.js --
-- shared/dist/a.js --
-- shared/dist/a.js.map --
-- shared/README.md --
-- shared/node_modules/x/index.js --
-- shared/.env --
-- packages/one/package.json --
{ "name": "one" }
-- packages/one/index.js --
-- packages/one/secret.txt --
-- packages/one/.npmignore --
*.txt
-- packages/two/package.json --
{ "name": "two" }
-- packages/none/readme.md --
-- old.tgz --
not really
-- src/app/inner/package.json --
{ "name": "inner" }
-- src/app/functions/package.json --
{
  "name": "f",
  "workspaces": ["../../../packages/*", "!../../../packages/two", "../inner"],
  "dependencies": { "shared": "file:../../../shared", "inner": "file:../inner", "old": "file:../../../old.tgz", "lodash": "4" }
}
-- src/app/functions/package-lock.json --
{
  "packages": {
    "": { "workspaces": ["../../../packages/one"], "dependencies": { "shared": "file:../../../shared" } },
    "../../../shared": { "version": "1.0.0" },
    "node_modules/shared": { "resolved": "../../../shared", "link": true },
    "node_modules/old": { "resolved": "file:../../../old.tgz" }
  }
}
`)
	c := good(t, packProject(t, root, pack.Options{}))
	var packed []string
	folders := map[string]string{}
	for _, p := range paths(c) {
		if rest, ok := strings.CutPrefix(p, "_workspaces/"); ok {
			folder, file, _ := strings.Cut(rest, "/")
			name, _, _ := strings.Cut(folder, "-")
			folders[name] = "../../_workspaces/" + folder
			packed = append(packed, name+" "+file)
		}
	}
	want := []string{"old old.tgz", "one index.js", "one package.json", "shared README.md", "shared dist/a.js", "shared lib/main.js", "shared package.json"}
	if d := cmp.Diff(want, packed); d != "" {
		t.Errorf("the packages (-want +got):\n%s", d)
	}
	fill := strings.NewReplacer("SHARED", folders["shared"], "OLD", folders["old"]+"/old.tgz", "ONE", folders["one"])
	if got, want := text(t, c, "app/functions/package.json"), fill.Replace(`{
  "name": "f",
  "workspaces": ["ONE", "../inner"],
  "dependencies": { "shared": "file:SHARED", "inner": "file:../inner", "old": "file:OLD", "lodash": "4" }
}
`); got != want {
		t.Errorf("package.json is\n%s\nwant\n%s", got, want)
	}
	if d := cmp.Diff(fill.Replace(`{
  "packages": {
    "": { "workspaces": ["ONE"], "dependencies": { "shared": "file:SHARED" } },
    "SHARED": { "version": "1.0.0" },
    "node_modules/shared": { "resolved": "SHARED", "link": true },
    "node_modules/old": { "resolved": "file:OLD" }
  }
}
`), text(t, c, "app/functions/package-lock.json")); d != "" {
		t.Errorf("package-lock.json (-want +got):\n%s", d)
	}

	write(t, filepath.Join(root, "src", "app", "functions", "package.json"), `{ "dependencies": { "gone": "file:../gone" } }`)
	if c := packProject(t, root, pack.Options{}); len(c.Findings) != 1 || c.Findings[0].Code != diag.LocalPackage {
		t.Errorf("findings: %v", c.Findings)
	}
}
