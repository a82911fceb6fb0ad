package bundle

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/diag"
)

// forNode makes a build one for uploading.
func forNode(s *Spec) { s.Node = "20" }

// uploaded writes a bundle to another folder, where it would lie on HubSpot, and
// gives what its main answers there.
func uploaded(t *testing.T, code []byte, name string) string {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not on PATH")
	}
	dir := tree(t, map[string]string{name: string(code)})
	cmd := exec.Command(node, "-e", `Promise.resolve(require(process.argv[1]).main()).then((x) => console.log(JSON.stringify(x)))`, filepath.Join(dir, filepath.FromSlash(name)))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s\n%s", err, out, code)
	}
	return strings.ReplaceAll(strings.TrimSpace(string(out)), filepath.ToSlash(dir), "DIR")
}

func TestUploadedCodeKnowsPlacesFromWhereItLies(t *testing.T) {
	t.Parallel()
	for name, files := range map[string]map[string]string{
		"CommonJS": {
			"fn/a.js":     "const b = require('../lib/b'); exports.main = () => [__dirname, __filename, ...b];",
			"lib/b.js":    "'use strict';\nmodule.exports = [__dirname, __filename, (function () { return this === undefined; })()];",
			"lib/skip.md": "",
		},
		"an ES module with a require and a __dirname of its own": {
			"fn/a.js":   "import b from '../lib/b.mjs'; export const main = () => [__dirname, __filename, ...b];",
			"lib/b.mjs": "import { createRequire } from 'module'; import { fileURLToPath } from 'url'; import { dirname } from 'path';\nconst require = createRequire(import.meta.url); const __dirname = dirname(fileURLToPath(import.meta.url));\nexport default [__dirname, fileURLToPath(import.meta.url), require('fs') !== undefined];",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := tree(t, files)
			out := build(t, builder(t, root, "fn/a.js", forNode))
			if strings.Contains(string(out.Code), root) {
				t.Errorf("the bundle names this machine's folder:\n%s", out.Code)
			}
			want := `["DIR/fn","DIR/fn/a.js","DIR/lib","DIR/lib/b`
			if got := uploaded(t, out.Code, "fn/a.js"); !strings.HasPrefix(got, want) || !strings.HasSuffix(got, ",true]") {
				t.Errorf("main gave %s, want %s…,true]", got, want)
			}
		})
	}
}

func TestTwoMachinesMakeTheSameBundle(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"fn/a.ts":     "import { b } from './lib/b'; import data from './data.json'; export const main = async (x: unknown) => [b(), data, __dirname, x];",
		"fn/lib/b.ts": "export const b = (): string => import.meta.url;", "fn/data.json": "{}",
	}
	one := build(t, builder(t, tree(t, files), "fn/a.ts", forNode))
	two := build(t, builder(t, tree(t, files), "fn/a.ts", forNode))
	if string(one.Code) != string(two.Code) || string(one.Metafile) != string(two.Metafile) {
		t.Errorf("the bundles differ:\n%s\n%s", one.Code, two.Code)
	}
}

func TestPackagesAreBundledWhereAsked(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{
		"a.js":                          "const one = require('one'); const { join } = require('path'); exports.main = () => [one, join('a', 'b')];",
		"node_modules/one/package.json": `{"name": "one", "version": "1.0.0"}`,
		"node_modules/one/index.js":     "/*! licence of one */\nlet extra = 'none'; try { extra = require('optional-thing'); } catch {}\nmodule.exports = require('two') + extra;",
		"node_modules/two/package.json": `{"name": "two", "version": "2.0.0", "type": "module", "exports": {"import": "./i.mjs", "require": "./r.cjs"}}`,
		"node_modules/two/i.mjs":        "export default 'import';",
		"node_modules/two/r.cjs":        "module.exports = 'require';",
	})
	out, list := builder(t, root, "a.js", forNode, func(s *Spec) { s.BundlePackages = true }).Build(t.Context())
	if out == nil || len(list) > 0 {
		t.Fatalf("the build gave %v", list)
	}
	if got, want := uploaded(t, out.Code, "a.js"), `["requirenone","a/b"]`; got != want {
		t.Errorf("main gave %s, want %s", got, want)
	}
	if !strings.Contains(string(out.Code), "licence of one") {
		t.Error("the comment with the licence is gone")
	}
	var names []string
	for _, m := range out.Modules {
		rel, err := filepath.Rel(root, m.File)
		if err != nil || m.Bytes <= 0 {
			t.Errorf("module %+v: %v", m, err)
		}
		names = append(names, filepath.ToSlash(rel))
	}
	if len(names) != 3 {
		t.Errorf("the modules are %v", names)
	}
}

func TestAMissingPackageIsLeftToRunTime(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"a.js": "exports.main = () => { try { return require('nowhere'); } catch (e) { return e.code; } };"})
	out, list := builder(t, root, "a.js", forNode, func(s *Spec) { s.BundlePackages = true }).Build(t.Context())
	if out == nil || len(list) != 1 || list[0].Code != diag.PackageMissing {
		t.Fatalf("the build gave %v", list)
	}
	if got := uploaded(t, out.Code, "a.js"); got != `"MODULE_NOT_FOUND"` {
		t.Errorf("main gave %s", got)
	}
}

func TestAPackageWithCompiledPartsIsLeftToRunTime(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{
		"a.js":                                    "const native = require('@x/native'), plain = require('plain'); exports.main = () => [native, plain];",
		"node_modules/@x/native/package.json":     `{"name": "@x/native", "version": "1.0.0"}`,
		"node_modules/@x/native/index.js":         "module.exports = require('./build/addon.node');",
		"node_modules/@x/native/build/addon.node": "\x7fELF",
		"node_modules/plain/package.json":         `{"name": "plain", "version": "1.0.0"}`,
		"node_modules/plain/index.js":             "module.exports = 'plain, bundled';",
	})
	out, list := builder(t, root, "a.js", forNode, func(s *Spec) { s.BundlePackages = true }).Build(t.Context())
	if out == nil || len(list) > 0 {
		t.Fatalf("the build gave %v", list)
	}
	if code := string(out.Code); !strings.Contains(code, `require("@x/native")`) || !strings.Contains(code, "plain, bundled") {
		t.Errorf("the bundle is\n%s", code)
	}
}

func TestModulesAreListedLargestFirst(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{
		"a.js":  "import { b } from './b.mjs'; export const main = () => b + require('./c');",
		"b.mjs": "export const b = 'much longer than the other';", "c.js": "module.exports = 1;",
	})
	out := build(t, builder(t, root, "a.js", forNode))
	if len(out.Modules) != 3 {
		t.Fatalf("the modules are %+v", out.Modules)
	}
	for i, m := range out.Modules {
		if esm := filepath.Base(m.File) != "c.js"; m.ESM != esm {
			t.Errorf("%s: ESM is %t", m.File, m.ESM)
		}
		if i > 0 && m.Bytes > out.Modules[i-1].Bytes {
			t.Error("a smaller one comes first")
		}
		if _, err := os.Stat(m.File); err != nil {
			t.Error(err)
		}
	}
}

func TestTheMainOfADefaultExportIsLookedForWhereItMayBe(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{
		"named.js":    "export const main = () => 'named';",
		"default.js":  "export default () => 'default';",
		"compiled.js": "Object.defineProperty(exports, '__esModule', { value: true }); exports.default = { main: () => require('./part') };",
		"commonjs.js": "exports.main = () => require('./part');",
		"part.js":     "module.exports = 'part';",
	})
	for entry, want := range map[string]struct {
		answer string
		footer bool
	}{"named.js": {`"named"`, false}, "default.js": {`"default"`, true}, "compiled.js": {`"part"`, true}, "commonjs.js": {`"part"`, false}} {
		out := build(t, builder(t, root, entry, forNode))
		if got := uploaded(t, out.Code, entry); got != want.answer {
			t.Errorf("%s: main gave %s, want %s", entry, got, want.answer)
		}
		if got := strings.Contains(string(out.Code), mainOfDefault); got != want.footer {
			t.Errorf("%s: the footer is there: %t, want %t", entry, got, want.footer)
		}
	}
}

func TestUploadedCodeMayAwaitOutsideOfFunctions(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{
		"a.mjs":     "import { b, at } from './lib/b.mjs'; import path from 'path'; const c = await b; export const main = () => [c, path.basename(at)];",
		"lib/b.mjs": "import { fileURLToPath } from 'url'; export const b = Promise.resolve('b'), at = fileURLToPath(import.meta.url);",
	})
	out := build(t, builder(t, root, "a.mjs", forNode))
	if got, want := uploaded(t, out.Code, "a.js"), `["b","b.mjs"]`; got != want {
		t.Errorf("main gave %s, want %s", got, want)
	}
}
