package bundle

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/dop251/goja"
	"github.com/go-sourcemap/sourcemap"
)

// place in a text: line from 1, column from 0, as source maps count.
func find(t *testing.T, text []byte, what string) (line, column int) {
	t.Helper()
	at := bytes.Index(text, []byte(what))
	if at < 0 {
		t.Fatalf("%q is not in\n%s", what, text)
	}
	return 1 + bytes.Count(text[:at], []byte("\n")), at - 1 - bytes.LastIndexByte(text[:at], '\n')
}

func TestTheMapGivesTheOriginalLineAndColumn(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"src/app/functions/main.ts":     "import { check } from './lib/deep';\ninterface Ctx { a: string }\n\nexport const main = async (c: Ctx): Promise<void> => {\n  await check(c.a + 'call-of-check');\n};\n",
		"src/app/functions/lib/deep.ts": "type T = string;\n// __dirname makes this file take the way through two maps\nexport async function check(name: T) {\n  if (!name) return;\n  const where: string = __dirname;\n  for await (const x of [1]) { throw new TypeError('thrown-here' + where + x); }\n}\n",
		"outside.js":                    "module.exports = () => { return 'in-outside' };",
		"src/other.cjs":                 "exports.v = require('../../x').n",
	}
	files["src/app/functions/main.ts"] += "require('../../../../outside.js')();\n"
	top := tree(t, map[string]string{})
	root := filepath.Join(top, "project root")
	for name, content := range files {
		if name == "outside.js" {
			write(t, filepath.Join(top, name), content)
			continue
		}
		write(t, filepath.Join(root, name), content)
	}
	for _, minify := range []bool{false, true} {
		out := build(t, builder(t, root, "src/app/functions/main.ts", func(s *Spec) { s.Minify = minify }))
		m, err := sourcemap.Parse("", out.Map)
		if err != nil {
			t.Fatal(err)
		}
		for what, original := range map[string]string{
			"call-of-check": "src/app/functions/main.ts", "thrown-here": "src/app/functions/lib/deep.ts", "in-outside": "../outside.js",
		} {
			quote := "'" + what
			generated := `"` + what
			line, column := find(t, out.Code, generated)
			path := filepath.Join(root, filepath.FromSlash(original))
			wantLine, wantColumn := find(t, []byte(files[map[bool]string{true: "outside.js", false: original}[original == "../outside.js"]]), quote)
			source, _, gotLine, gotColumn, ok := m.Source(line, column)
			if !ok || source != original || gotLine != wantLine || gotColumn != wantColumn {
				t.Errorf("minify %v: %s is at %s:%d:%d, want %s:%d:%d (%s)", minify, what, source, gotLine, gotColumn, original, wantLine, wantColumn, path)
			}
		}
		if _, _, _, _, ok := m.Source(1, 0); ok {
			t.Error("the first line is mapped, so a header in front of it would shift columns")
		}
	}
}

// modern has every kind of syntax that goja lacks.
const modern = `
import def, { named as other } from 'dep';
export * as ns from 'dep';
export * from 'dep';
async function* gen() { yield 1; yield* gen2(); }
async function* gen2() { try { yield 2 } finally { await 0 } }
class A { #x = 1; static { this.y = 2 } get x() { return this.#x } has(o) { return #x in o } }
function deco(value) { return value }
@deco class B { @deco method() {} accessor z = 1 }
export const main = async () => {
  using r = { [Symbol.dispose]() {} };
  const seen = []; for await (const v of gen()) seen.push(v);
  const lazy = await import('dep');
  const set = /[\p{L}--[a-z]]/v, ind = /a/d;
  return { seen, name: B.name, url: typeof import.meta.url, lazy: typeof lazy.default, def, other };
};
`

func TestGojaTakesWhatBuildAndTransformGive(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"main.mjs": modern, "node_modules/dep/index.js": "exports.named = 1"})
	out := build(t, builder(t, root, "main.mjs"))
	code, _, err := Transform(filepath.Join(root, "main.mjs"), []byte(modern))
	if err != nil {
		t.Fatal(err)
	}
	cjs, _, err := Transform("/p/x.js", []byte("#!/usr/bin/env node\n'use strict'; async function* g() {} module.exports = g; return"))
	if err != nil {
		t.Fatal(err)
	}
	for name, code := range map[string][]byte{"bundle": out.Code, "transformed": code, "transformed CommonJS": cjs} {
		if _, err := goja.Compile(name, "(function (exports, require, module, __filename, __dirname) {"+string(code)+"\n})", false); err != nil {
			t.Errorf("%s: %v\n%s", name, err, code)
		}
	}
}
