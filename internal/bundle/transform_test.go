package bundle

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// interopFiles are packages in every module system; what a.mjs exports as
// result is the same in Node itself and through Transform.
var interopFiles = map[string]string{
	"a.mjs": `
		import plain, { one } from './plain.cjs';
		import babel from './babel.cjs';
		import * as babelAll from './babel.cjs';
		import fn from './fn.cjs';
		import esm, { two } from './esm.mjs';
		import * as esmAll from './esm.mjs';
		import { viaStar, own } from './star.mjs';
		import { fromB } from './cycle-b.mjs';
		export const fromA = 'A';
		export default 'default of a';
		const strict = (function () { return this === undefined })();
		const { lazy } = await0();
		function await0() { return { lazy: import('./esm.mjs') } }
		export const result = lazy.then(async l => ({
			plain, one, babel: typeof babel.default, babelAll: typeof babelAll.default, fn: fn(), esm, two, esmAll: Object.keys(esmAll).sort().filter(k => k !== '__esModule'), viaStar, own,
			lazyDefault: l.default, lazyTwo: l.two, fromB: fromB(), strict, top: typeof this,
			lazyCjs: Object.keys((await import('./plain.cjs')).default),
			url: typeof import.meta.url, dir: import.meta.dirname.split(/[\\/]/).length === import.meta.filename.split(/[\\/]/).length - 1,
			tag: Object.prototype.toString.call(esmAll), live: [counter(), bump(), counter()],
		}));
		import { count, bump } from './live.mjs';
		function counter() { return count }`,
	"plain.cjs":   `const one = 1; module.exports = { one }`,
	"babel.cjs":   `Object.defineProperty(exports, '__esModule', { value: true }); exports.default = function d() {}; exports.x = 1`,
	"fn.cjs":      `module.exports = () => 'called'`,
	"esm.mjs":     `export default 'default of esm'; export const two = 2`,
	"star.mjs":    `export * from './esm.mjs'; export { two as viaStar } from './esm.mjs'; export const own = 'own'`,
	"cycle-b.mjs": `import def, { fromA } from './a.mjs'; export const fromB = () => def + fromA`,
	"live.mjs":    `export let count = 0; export const bump = () => { count++; return 'bumped' }`,
}

func TestTransformedModulesImportAsInNode(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not on PATH")
	}
	for _, asJS := range []bool{false, true} {
		files, transformed := map[string]string{}, map[string]string{}
		for name, src := range interopFiles {
			if asJS { // the same with "type": "module"
				src = strings.ReplaceAll(src, ".mjs", ".js")
				name = strings.ReplaceAll(name, ".mjs", ".js")
				files["package.json"] = `{"type":"module"}`
			}
			files[name] = src
		}
		root := tree(t, files)
		for name, src := range files {
			path := filepath.Join(root, name)
			transformed[path] = src
			if strings.HasSuffix(name, ".mjs") || strings.HasSuffix(name, ".js") {
				code, _, err := Transform(path, []byte(src))
				if err != nil {
					t.Fatal(err)
				}
				transformed[path] = string(code)
			}
		}
		entry := "a.mjs"
		if asJS {
			entry = "a.js"
		}
		script := `
			const path = require('path'), [root, entry] = process.argv.slice(1);
			const files = JSON.parse(require('fs').readFileSync(0, 'utf8')), cache = {};
			const load = file => {
				if (cache[file]) return cache[file].exports;
				const module = cache[file] = { exports: {} };
				new Function('exports', 'require', 'module', '__filename', '__dirname', files[file])(
					module.exports, s => load(path.join(path.dirname(file), s)), module, file, path.dirname(file));
				return module.exports;
			};
			const ours = load(path.join(root, entry));
			(async () => {
				const theirs = await import(path.join(root, entry));
				console.log(JSON.stringify([await theirs.result, await ours.result]));
			})();`
		cmd := exec.Command(node, "-e", script, root, entry)
		input, _ := json.Marshal(transformed)
		cmd.Stdin = strings.NewReader(string(input))
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("node: %v\n%s", err, out)
		}
		var results []json.RawMessage
		if err := json.Unmarshal(out, &results); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if string(results[0]) != string(results[1]) {
			t.Errorf("as .js %v: Node gives\n%s\nwant the same, got\n%s", asJS, results[0], results[1])
		}
	}
}

func TestTheDefaultOfAnESModulePackageReachesEveryKindOfUserFile(t *testing.T) {
	t.Parallel()
	pkg, _, err := Transform("/p/index.mjs", []byte(`export default 'D'; export const n = 1`))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"main.mjs", "main.js", "main.ts", "main.mts"} {
		for _, minify := range []bool{false, true} {
			root := tree(t, map[string]string{
				file:                        `import d, { n } from 'esm'; import * as all from 'esm'; import c from 'cjs'; export const main = async () => [d, n, all.default, (await import('esm')).default, c.v]`,
				"node_modules/esm/index.js": string(pkg),
				"node_modules/cjs/index.js": `exports.v = 7`,
			})
			out := build(t, builder(t, root, file, func(s *Spec) { s.Minify = minify }))
			if got := run(t, out.Code, filepath.Join(root, file)); got != `["D",1,"D","D",7]` {
				t.Errorf("%s, minify %v: main gave %s", file, minify, got)
			}
		}
	}
}

func TestTransformSaysWhatItCanNotTake(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"\nexport const a = await b": "/p/x.mjs:2:18: top-level await in a package can't run on the embedded engine, which loads its files as CommonJS; try --engine node",
		"const 'ü' = ;":              `/p/x.mjs:1:7: expected identifier but found "'ü'"`,
	} {
		if _, _, err := Transform("/p/x.mjs", []byte(src)); err == nil || err.Error() != want {
			t.Errorf("error is %v, want %s", err, want)
		}
	}
}
