package pack_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/fns-dev/fns/internal/archive"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/ir"
	"github.com/fns-dev/fns/internal/pack"
	"github.com/fns-dev/fns/internal/project"
)

// tree writes the files of a txtar archive into a new folder.
func tree(t testing.TB, text string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range txtar.Parse([]byte(text)).Files {
		write(t, filepath.Join(root, filepath.FromSlash(f.Name)), string(f.Data))
	}
	return root
}

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func packProject(t testing.TB, root string, o pack.Options) *pack.Contents {
	t.Helper()
	p, list := project.Discover(root)
	if list.HasErrors() {
		t.Fatal(list)
	}
	c, err := pack.Project(t.Context(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func packFolder(t testing.TB, dir string, o pack.Options) *pack.Contents {
	t.Helper()
	c, err := pack.Folder(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// good fails where there are findings.
func good(t testing.TB, c *pack.Contents) *pack.Contents {
	t.Helper()
	if len(c.Findings) > 0 {
		t.Errorf("findings: %v", c.Findings)
	}
	return c
}

func paths(c *pack.Contents) []string {
	var list []string
	for _, f := range c.Files {
		list = append(list, f.Path)
	}
	return list
}

// text gives the content of a file as it is sent.
func text(t testing.TB, c *pack.Contents, path string) string {
	t.Helper()
	for _, f := range c.Files {
		if f.Path != path {
			continue
		}
		if f.Source == "" {
			return string(f.Data)
		}
		data, err := os.ReadFile(f.Source)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	t.Fatalf("%s is not sent: %q", path, paths(c))
	return ""
}

const platform = `
-- hsproject.json --
{ "name": "shop", "srcDir": "src", "platformVersion": "2026.03" }
-- lib/outside.js --
exports.outside = 'outside';
-- src/app/app-hsmeta.json --
{ "uid": "app", "type": "app", "config": { "name": "App", "distribution": "private", "auth": { "type": "static" } } }
-- src/app/shared/money.js --
exports.money = (n) => n.toFixed(2);
-- src/app/cards/Card.jsx --
import { label } from '../functions/lib/label';
export default label;
-- src/app/functions/package.json --
{ "name": "f", "dependencies": { "lodash": "4" } }
-- src/app/functions/package-lock.json --
{ "lockfileVersion": 3 }
-- src/app/functions/.env --
TOKEN=1
-- src/app/functions/README.md --
read me
-- src/app/functions/plain-hsmeta.json --
{ "uid": "plain", "type": "app-function", "config": { "entrypoint": "/app/functions/plain.js", "secretKeys": [] } }
-- src/app/functions/plain.js --
// As it is.
exports.main = async () => ({ statusCode: 200, body: "plain" });
-- src/app/functions/split-hsmeta.json --
{ "uid": "split", "type": "app-function", "config": { "entrypoint": "/app/functions/split.js" } }
-- src/app/functions/split.js --
const { only } = require('./lib/only');
const { label } = require('./lib/label');
const { money } = require('../shared/money');
const { outside } = require('../../../lib/outside');
exports.main = async () => ({ statusCode: 200, body: [only, label, money(1), outside, require('./data.json').n, require('./package.json').name] });
-- src/app/functions/data.json --
{ "n": 7 }
-- src/app/functions/lib/only.js --
exports.only = 'only';
-- src/app/functions/lib/label.js --
exports.label = require('./deep').deep;
-- src/app/functions/lib/deep.js --
exports.deep = 'deep';
-- src/app/functions/split.test.js --
require('./lib/only');
-- src/app/functions/typed-hsmeta.json --
{
  "uid": "typed", "type": "app-function",
  "config": { "entrypoint": "/app/functions/typed.ts", "endpoint": { "path": "typed", "methods": ["GET"] } }
}
-- src/app/functions/typed.ts --
export const main = async (context: { params: object }): Promise<object> => ({ statusCode: 200, body: context.params });
-- src/node_modules/x/index.js --
no
-- src/debug.log --
no
`

func TestAProjectIsPacked(t *testing.T) {
	t.Parallel()
	c := good(t, packProject(t, tree(t, platform), pack.Options{}))
	want := []string{
		"app/app-hsmeta.json", "app/cards/Card.jsx",
		"app/functions/README.md",
		// Card.jsx needs these two.
		"app/functions/lib/deep.js", "app/functions/lib/label.js",
		"app/functions/package-lock.json", "app/functions/package.json",
		"app/functions/plain-hsmeta.json", "app/functions/plain.js",
		"app/functions/split-hsmeta.json", "app/functions/split.js", "app/functions/split.test.js",
		"app/functions/typed-hsmeta.json", "app/functions/typed.js",
		"app/shared/money.js",
	}
	if d := cmp.Diff(want, paths(c)); d != "" {
		t.Errorf("the files sent (-want +got):\n%s", d)
	}
	skipped := []pack.Skip{
		{Path: "app/functions/.env", Reason: pack.Ignored},
		{Path: "app/functions/data.json", Reason: pack.InBundle},
		{Path: "app/functions/lib/only.js", Reason: pack.InBundle},
		{Path: "app/functions/typed.ts", Reason: pack.InBundle},
		{Path: "debug.log", Reason: pack.Ignored},
		{Path: "node_modules/", Reason: pack.Ignored},
	}
	if d := cmp.Diff(skipped, c.Skipped); d != "" {
		t.Errorf("the files not sent (-want +got):\n%s", d)
	}
	if got := text(t, c, "app/functions/plain.js"); got != "// As it is.\nexports.main = async () => ({ statusCode: 200, body: \"plain\" });\n" {
		t.Errorf("plain.js is sent as %q", got)
	}
	if got := text(t, c, "app/functions/split.js"); !strings.Contains(got, "'outside'") && !strings.Contains(got, `"outside"`) || strings.Contains(got, "require('./") {
		t.Errorf("split.js is no bundle:\n%s", got)
	}
	if got, want := text(t, c, "app/functions/typed-hsmeta.json"), "{\n  \"uid\": \"typed\", \"type\": \"app-function\",\n  \"config\": { \"entrypoint\": \"/app/functions/typed.js\", \"endpoint\": { \"path\": \"typed\", \"methods\": [\"GET\"] } }\n}\n"; got != want {
		t.Errorf("the manifest is sent as\n%s", got)
	}
	var functions []string
	for _, f := range c.Functions {
		bundled := ""
		if f.Bundled {
			bundled = " bundled"
		}
		if f.Bytes == 0 || f.Gzip == 0 || f.Bytes != len(text(t, c, f.Path)) || len(f.Modules) == 0 || !json.Valid(f.Metafile) {
			t.Errorf("%s: %d bytes, %d compressed, %d modules", f.Name, f.Bytes, f.Gzip, len(f.Modules))
		}
		functions = append(functions, f.Name+" "+f.Path+bundled)
	}
	if d := cmp.Diff([]string{"plain app/functions/plain.js", "split app/functions/split.js bundled", "typed app/functions/typed.js bundled"}, functions); d != "" {
		t.Errorf("the functions (-want +got):\n%s", d)
	}
}

func TestTheRepresentationNamesWhatIsSent(t *testing.T) {
	t.Parallel()
	root := tree(t, platform)
	p, _ := project.Discover(root)
	c := packProject(t, root, pack.Options{})
	r, list := ir.Of(p.Developer[0], "")
	if list.HasErrors() {
		t.Fatal(list)
	}
	c.Represent(r)
	text := string(r.NodesJSON())
	if !strings.Contains(text, `"/app/functions/typed.js"`) || strings.Contains(text, "typed.ts") || !strings.Contains(text, `"/app/functions/split.js"`) {
		t.Errorf("the representation is %s", text)
	}
}

func TestTwoMachinesMakeTheSameZip(t *testing.T) {
	t.Parallel()
	zip := func() []byte {
		var b bytes.Buffer
		if err := packProject(t, tree(t, platform), pack.Options{}).Zip(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	one := zip()
	if !bytes.Equal(one, zip()) {
		t.Error("the zips differ")
	}
	files, err := archive.Read(one, archive.DefaultBounds())
	if err != nil || len(files) != 15 {
		t.Errorf("%d files, %v", len(files), err)
	}
}

func TestWithoutBundlingEverythingGoesAsItIs(t *testing.T) {
	t.Parallel()
	c := good(t, packProject(t, tree(t, platform), pack.Options{NoBundle: true}))
	for _, f := range c.Files {
		if f.Source == "" {
			t.Errorf("%s is made here", f.Path)
		}
	}
	if !slices.Contains(paths(c), "app/functions/typed.ts") || len(c.Functions) != 3 {
		t.Errorf("files %v, %d functions", paths(c), len(c.Functions))
	}
}

const designManager = `
-- web/theme.json --
{}
-- web/main.ts --
let x: number;
-- web/package-lock.json --
{}
-- web/shop.functions/serverless.json --
{
  "runtime": "nodejs20.x",
  "version": "1.0",
  "endpoints": {
    "one": { "method": "GET", "file": "one.js" },
    "/two/": { "method": ["GET", "POST"], "file": "sub/two.ts" },
    "again": { "method": "GET", "file": "one.js" }
  }
}
-- web/shop.functions/one.js --
const { a } = require('../lib/a.mjs');
exports.main = (context, sendResponse) => sendResponse({ statusCode: 200, body: a });
-- web/shop.functions/sub/two.ts --
import { b } from './b';
export const main = (context: unknown, sendResponse: Function) => sendResponse({ statusCode: 200, body: b });
-- web/shop.functions/sub/b.ts --
export const b = 2;
-- web/lib/a.mjs --
export const a = 1;
`

func TestAFolderOfTheDesignManagerIsPacked(t *testing.T) {
	t.Parallel()
	c := good(t, packFolder(t, filepath.Join(tree(t, designManager), "web"), pack.Options{}))
	want := []string{"shop.functions/one.js", "shop.functions/serverless.json", "shop.functions/sub/two.js", "theme.json"}
	if d := cmp.Diff(want, paths(c)); d != "" {
		t.Errorf("the files sent (-want +got):\n%s", d)
	}
	manifest := text(t, c, "shop.functions/serverless.json")
	if !strings.Contains(manifest, `"/two/": { "method": ["GET", "POST"], "file": "sub/two.js" }`) {
		t.Errorf("the manifest is sent as\n%s", manifest)
	}
	if len(c.Functions) != 3 {
		t.Errorf("%d functions", len(c.Functions))
	}
	alone := good(t, packFolder(t, filepath.Join(c.Root, "shop.functions"), pack.Options{}))
	if d := cmp.Diff([]string{"one.js", "serverless.json", "sub/two.js"}, paths(alone)); d != "" {
		t.Errorf("the folder alone (-want +got):\n%s", d)
	}
	if text(t, alone, "one.js") == "" || text(t, alone, "serverless.json") != manifest {
		t.Error("the folder alone is sent otherwise than in its tree")
	}
}

func TestALegacyProjectIsPacked(t *testing.T) {
	t.Parallel()
	c := good(t, packProject(t, tree(t, `
-- hsproject.json --
{ "name": "old", "srcDir": "src", "platformVersion": "2025.1" }
-- src/app/app.json --
{ "name": "old", "uid": "old", "scopes": [] }
-- src/app/app.functions/package.json --
{ "name": "f", "type": "module" }
-- src/app/app.functions/serverless.json --
{ "appFunctions": { "a": { "file": "a.mjs" }, "b": { "file": "b.js" } } }
-- src/app/app.functions/a.mjs --
import { x } from './x.js';
export const main = async () => x;
-- src/app/app.functions/b.js --
export const main = async () => 1;
-- src/app/app.functions/x.js --
export const x = 1;
`), pack.Options{}))
	want := []string{"app/app.functions/a.js", "app/app.functions/b.js", "app/app.functions/package.json", "app/app.functions/serverless.json", "app/app.json"}
	if d := cmp.Diff(want, paths(c)); d != "" {
		t.Errorf("the files sent (-want +got):\n%s", d)
	}
	if got := text(t, c, "app/app.functions/serverless.json"); got != "{ \"appFunctions\": { \"a\": { \"file\": \"a.js\" }, \"b\": { \"file\": \"b.js\" } } }\n" {
		t.Errorf("the manifest is sent as %s", got)
	}
	if got := text(t, c, "app/app.functions/package.json"); got != "{ \"name\": \"f\", \"type\": \"commonjs\" }\n" {
		t.Errorf("package.json is sent as %s", got)
	}
	for _, name := range []string{"a", "b"} {
		if got := text(t, c, "app/app.functions/"+name+".js"); !strings.Contains(got, "module.exports") {
			t.Errorf("%s.js is no CommonJS:\n%s", name, got)
		}
	}
}

func TestIgnoreRulesHoldInAndOutOfFunctions(t *testing.T) {
	t.Parallel()
	root := tree(t, platform+`
-- .hsignore --
*.test.js
src/app/cards
*.ts
`)
	c := good(t, packProject(t, root, pack.Options{}))
	for _, gone := range []string{"app/functions/split.test.js", "app/cards/Card.jsx", "app/functions/lib/label.js"} {
		if slices.Contains(paths(c), gone) {
			t.Errorf("%s is sent", gone)
		}
	}
	if !slices.Contains(paths(c), "app/functions/typed.js") {
		t.Error("a function whose source is ignored is not sent")
	}
}

func TestAFunctionIsSentWhateverItsFileIs(t *testing.T) {
	t.Parallel()
	root := tree(t, platform+`
-- .hsignore --
plain.js
-- lib/real.js --
exports.main = async () => 'through a link';
`)
	link := filepath.Join(root, "src/app/functions/split.js")
	if err := os.Remove(link); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../../../lib/real.js", link); err != nil {
		t.Skip("no links here: ", err)
	}
	c := good(t, packProject(t, root, pack.Options{}))
	if got := text(t, c, "app/functions/split.js"); got != "exports.main = async () => 'through a link';\n" {
		t.Errorf("split.js is sent as %s", got)
	}
	if got := text(t, c, "app/functions/plain.js"); !strings.Contains(got, "As it is") {
		t.Errorf("plain.js is sent as %s", got)
	}
	for _, s := range c.Skipped {
		if s.Path == "app/functions/split.js" || s.Path == "app/functions/plain.js" {
			t.Errorf("%s is said not to be sent", s.Path)
		}
	}
}

func TestWhatTheCodeMayReadStays(t *testing.T) {
	t.Parallel()
	for name, code := range map[string]string{
		"computed": "// \xff require(no)\nrequire('./lib/a'); require('./data.json'); exports.main = (c) => require(c.name)",
		"data":     "require('./lib/a'); require('./data.json'); exports.main = () => require('fs').readFileSync(__dirname + '/data.json', 'utf8')",
		"neither":  "// require(c.name)\nrequire('./lib/a'); require('./data.json'); exports.main = () => 1",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := tree(t, "-- x.functions/serverless.json --\n{\"runtime\": \"nodejs20.x\", \"version\": \"1.0\", \"endpoints\": {\"a\": {\"method\": \"GET\", \"file\": \"a.js\"}}}\n-- x.functions/lib/a.js --\n\n-- x.functions/data.json --\n1\n-- x.functions/a.js --\n"+code+"\n")
			c := packFolder(t, root, pack.Options{})
			if c.Findings.HasErrors() {
				t.Fatal(c.Findings)
			}
			got := paths(c)
			if stays := slices.Contains(got, "x.functions/lib/a.js"); stays != (name == "computed") {
				t.Errorf("code stays: %t", stays)
			}
			if stays := slices.Contains(got, "x.functions/data.json"); stays != (name != "neither") {
				t.Errorf("data stays: %t", stays)
			}
			if found := slices.ContainsFunc(c.Findings, func(d diag.Diagnostic) bool { return d.Code == diag.ComputedImport }); found != (name == "computed") {
				t.Errorf("findings: %v", c.Findings)
			}
		})
	}
}

func TestAFolderMayBeNamedThroughALink(t *testing.T) {
	t.Parallel()
	real := tree(t, designManager+platform)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(real, link); err != nil {
		t.Skip("no links here: ", err)
	}
	for name, contents := range map[string][2]*pack.Contents{
		"folder":  {packFolder(t, filepath.Join(link, "web"), pack.Options{}), packFolder(t, filepath.Join(real, "web"), pack.Options{})},
		"project": {packProject(t, filepath.Join(link, "src"), pack.Options{}), packProject(t, filepath.Join(real, "src"), pack.Options{})},
	} {
		var zips [2]bytes.Buffer
		for i, c := range contents {
			if err := good(t, c).Zip(&zips[i]); err != nil {
				t.Fatal(err)
			}
		}
		if len(contents[0].Functions) != 3 || !bytes.Equal(zips[0].Bytes(), zips[1].Bytes()) {
			t.Errorf("%s: the link gives %v, its target %v", name, paths(contents[0]), paths(contents[1]))
		}
	}
}
