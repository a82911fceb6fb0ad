package bundle

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/diag"
)

// tree writes files into a new folder and gives its path without links.
func tree(t testing.TB, files map[string]string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		write(t, filepath.Join(root, filepath.FromSlash(name)), content)
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

// isBuiltin stands for the table of the Node layer.
func isBuiltin(name string) bool {
	switch strings.TrimPrefix(name, "node:") {
	case "fs", "path", "url", "util", "assert":
		return true
	}
	return false
}

func builder(t testing.TB, root, entry string, with ...func(*Spec)) *Builder {
	t.Helper()
	path := filepath.Join(root, filepath.FromSlash(entry))
	spec := Spec{Name: "test", Entry: path, Dir: filepath.Dir(path), Root: root, IsBuiltin: isBuiltin}
	for _, f := range with {
		f(&spec)
	}
	b, err := New(spec)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

func build(t testing.TB, b *Builder) *Output {
	t.Helper()
	out, list := b.Build(context.Background())
	if out == nil {
		t.Fatalf("the build failed: %v", list)
	}
	return out
}

// run loads a bundle in Node with require of the given folder and gives what
// main(context) resolves to, as JSON.
func run(t testing.TB, code []byte, entry string) string {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not on PATH")
	}
	cmd := exec.Command(node, "-e", `
		const { createRequire } = require('module'), path = require('path');
		const [file] = process.argv.slice(1), code = require('fs').readFileSync(0, 'utf8');
		const module_ = { exports: {} };
		const load = new Function('exports', 'require', 'module', '__filename', '__dirname', code);
		load(module_.exports, createRequire(file), module_, file, path.dirname(file));
		Promise.resolve(module_.exports.main({ n: 2 })).then(
			v => console.log(JSON.stringify(v)), e => console.log(JSON.stringify({ error: e.message })));`, entry)
	cmd.Stdin = strings.NewReader(string(code))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("node: %v\n%s\n%s", err, out, code)
	}
	return strings.TrimSpace(string(out))
}

func TestEveryWayToExportMainIsFound(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ file, code string }{
		"CommonJS property":         {"f.js", `exports.main = async c => c.n + 1`},
		"CommonJS object":           {"f.js", `module.exports = { main(c) { return c.n + 1 } }`},
		"CommonJS after return":     {"f.cjs", `exports.main = c => c.n + 1; return; exports.main = null`},
		"named ESM const":           {"f.mjs", `export const main = async c => c.n + 1`},
		"named ESM function in .js": {"f.js", `export function main(c) { return c.n + 1 }`},
		"default object":            {"f.js", `export default { one: 1, main(c) { return c.n + this.one } }`},
		"default function":          {"f.ts", `export default async function (c: { n: number }) { return c.n + 1 }`},
		"TypeScript export =":       {"f.cts", `export = { main: (c: any) => c.n + 1 }`},
		"transpiled default":        {"f.js", `Object.defineProperty(exports, "__esModule", { value: true }); exports.default = { main: c => c.n + 1 }`},
		"main beside a default":     {"f.mts", `export default () => 0; export const main = (c: any) => c.n + 1`},
		"re-exported":               {"f.js", `export * from './g'`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := tree(t, map[string]string{tc.file: tc.code, "g.js": `export const main = c => c.n + 1`})
			out := build(t, builder(t, root, tc.file))
			if got := run(t, out.Code, filepath.Join(root, tc.file)); got != "3" {
				t.Errorf("main gave %s, want 3\n%s", got, out.Code)
			}
		})
	}
}

func TestLocalFilesOfEveryKindAreBundledAndPackagesAreNot(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{
		"package.json":                  `{"imports":{"#cfg":"./cfg.json","#pkg":"dep"}}`,
		"tsconfig.json":                 `{"compilerOptions":{"paths":{"@lib/*":["./shared/*"]}}}`,
		"cfg.json":                      `{"k":1}`,
		"shared/ts.ts":                  `export enum E { A = 2 }`,
		"shared/cts.cts":                `module.exports = 3 as number`,
		"app/x.functions/main.ts":       `import cfg from '#cfg'; import { E } from '@lib/ts'; import cts = require('../../shared/cts.cts'); import esm from './esm.mjs'; import dep from 'dep'; import viaImports from '#pkg'; import fs from 'node:fs'; export const main = () => [cfg.k, E.A, cts, esm, dep.v, viaImports.v, typeof fs.readFileSync]`,
		"app/x.functions/esm.mjs":       `import dep from 'dep'; export default dep.v + 10`,
		"node_modules/dep/index.js":     `exports.v = 5`,
		"node_modules/dep/package.json": `{}`,
		"node_modules/never/index.js":   ``,
	})
	out := build(t, builder(t, root, "app/x.functions/main.ts"))
	if got := run(t, out.Code, filepath.Join(root, "app/x.functions/main.ts")); got != `[1,2,3,15,5,5,"function"]` {
		t.Errorf("main gave %s\n%s", got, out.Code)
	}
	want := []string{"app/x.functions/esm.mjs", "app/x.functions/main.ts", "cfg.json", "package.json", "shared/cts.cts", "shared/ts.ts", "tsconfig.json"}
	for i, in := range out.Inputs {
		rel, _ := filepath.Rel(root, in)
		if i >= len(want) || filepath.ToSlash(rel) != want[i] {
			t.Fatalf("inputs are %q, want %q", out.Inputs, want)
		}
	}
	if len(out.Inputs) != len(want) {
		t.Errorf("inputs are %q, want %q", out.Inputs, want)
	}
	if len(out.Packages) != 3 || out.Packages[0].Specifier != "dep" || out.Packages[0].Line != 1 {
		t.Errorf("packages are %v", out.Packages)
	}
}

func TestEachFileSeesItsOwnFolder(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{
		"f/main.js":   `const lib = require('./lib/a.js'); exports.main = () => [__dirname, lib, require('./lib/b.mjs').default]`,
		"f/lib/a.js":  "'use strict';\nmodule.exports = [__dirname, __filename]",
		"f/lib/b.mjs": `export default [import.meta.dirname, import.meta.filename, import.meta.url, typeof import.meta.resolve]`,
	})
	out := build(t, builder(t, root, "f/main.js"))
	f := filepath.Join(root, "f")
	want, _ := json.Marshal([]any{f, []string{filepath.Join(f, "lib"), filepath.Join(f, "lib", "a.js")},
		[]string{filepath.Join(f, "lib"), filepath.Join(f, "lib", "b.mjs"), "file://" + filepath.ToSlash(f) + "/lib/b.mjs", "undefined"}})
	if got := run(t, out.Code, filepath.Join(f, "main.js")); got != string(want) {
		t.Errorf("main gave\n%s, want\n%s", got, want)
	}
	if !strings.Contains(string(out.Map), `"f/lib/a.js"`) {
		t.Errorf("the map does not name f/lib/a.js: %s", out.Map)
	}
}

func TestASaveIsSeenAndAFailedBuildStillKnowsWhatToWatch(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"main.js": `exports.main = () => require('./a')`, "a.js": `module.exports = 1`})
	b := builder(t, root, "main.js")
	first := build(t, b)
	write(t, filepath.Join(root, "a.js"), `module.exports = 22`)
	second := build(t, b)
	if first.Hash == second.Hash || run(t, second.Code, filepath.Join(root, "main.js")) != "22" {
		t.Fatal("the change was not built")
	}
	write(t, filepath.Join(root, "a.js"), `module.exports = require('./sub/new')`)
	out, list := b.Build(context.Background())
	if out != nil || len(list) != 1 || list[0].Code != diag.UnresolvedImport {
		t.Fatalf("want one unresolved import, got %v %v", out, list)
	}
	watch := b.Watch()
	if !contains(watch.Files, filepath.Join(root, "a.js")) || !contains(watch.Files, filepath.Join(root, "main.js")) || !contains(watch.Dirs, root) {
		t.Errorf("the watch is %+v", watch)
	}
	write(t, filepath.Join(root, "sub/new.js"), `module.exports = 33`)
	if got := run(t, build(t, b).Code, filepath.Join(root, "main.js")); got != "33" {
		t.Errorf("after the mend main gives %s", got)
	}
	os.Remove(filepath.Join(root, "a.js"))
	if _, list := b.Build(context.Background()); !list.HasErrors() {
		t.Error("a deleted file was not missed")
	}
	if !contains(b.Inputs(), filepath.Join(root, "a.js")) {
		t.Errorf("a file of the last good build is no longer watched: %q", b.Inputs())
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func BenchmarkFirstBuild(b *testing.B) {
	root := tree(b, map[string]string{"hello.js": hello})
	for b.Loop() {
		bd, err := New(Spec{Name: "hello", Entry: filepath.Join(root, "hello.js"), Dir: root, Root: root, IsBuiltin: isBuiltin})
		if err != nil {
			b.Fatal(err)
		}
		if out, list := bd.Build(context.Background()); out == nil {
			b.Fatal(list)
		}
		bd.Close()
	}
}

func BenchmarkRebuild(b *testing.B) {
	root := tree(b, map[string]string{"hello.js": hello})
	bd := builder(b, root, "hello.js")
	path := filepath.Join(root, "hello.js")
	for i := 0; b.Loop(); i++ {
		write(b, path, hello+strings.Repeat(" ", i%100))
		if out, list := bd.Build(context.Background()); out == nil {
			b.Fatal(list)
		}
	}
}

const hello = `exports.main = (context, sendResponse) => {
  sendResponse({ statusCode: 200, body: { message: 'hello ' + context.params.name } });
};
`
