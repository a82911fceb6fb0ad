package bundle

import "testing"

func TestAModuleMayAwaitOutsideOfFunctions(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		files map[string]string
		want  string
	}{
		"main":                 {map[string]string{"f.mjs": `const two = await Promise.resolve(2); export const main = (c) => c.n + two`}, "4"},
		"a default function":   {map[string]string{"f.mjs": `await null; export default (c) => c.n + 1`}, "3"},
		"a default object":     {map[string]string{"f.mjs": `await null; export default { one: 1, main(c) { return c.n + this.one } }`}, "3"},
		"TypeScript":           {map[string]string{"f.mts": `const two: number = await 2; export const main = (c: any): number => c.n + two`}, "4"},
		"in what is imported":  {map[string]string{"f.mjs": `import { two } from './two.mjs'; export const main = (c) => c.n + two`, "two.mjs": `export let two = 1; two = await Promise.resolve(2)`}, "4"},
		"imported by CommonJS": {map[string]string{"f.js": `exports.main = async (c) => c.n + (await import('./two.mjs')).two`, "two.mjs": `export const two = await 2`}, "4"},
		"imports of packages":  {map[string]string{"f.mjs": `import path, { join } from 'path'; import * as fs from 'node:fs'; await null; export const main = () => [path.join === join, typeof fs.readFileSync, typeof fs.default.readFileSync]`}, `[true,"function","function"]`},
		"a package that is required by a part": {map[string]string{
			"f.mjs": `import part from './part.cjs'; await null; export const main = () => part.sep`, "part.cjs": `exports.sep = require('path').posix.sep`,
		}, `"/"`},
		"a loop":            {map[string]string{"f.mjs": `let n = 0; for await (const x of [1, Promise.resolve(2)]) n += x; export const main = () => n`}, "3"},
		"one that fails":    {map[string]string{"f.mjs": `await Promise.reject(new Error('not today')); export const main = () => 1`}, `{"error":"not today"}`},
		"one without main":  {map[string]string{"f.mjs": `await null; export const mian = () => 1`}, `{"error":"main is undefined or not exported"}`},
		"a then of its own": {map[string]string{"f.mjs": `await null; export const then = () => 0; export const main = () => 5`}, "5"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := tree(t, tc.files)
			entry := "f.mjs"
			for file := range tc.files {
				if file[0] == 'f' {
					entry = file
				}
			}
			for _, minify := range []bool{false, true} {
				out, list := builder(t, root, entry, func(s *Spec) { s.Minify = minify }).Build(t.Context())
				if list.HasErrors() {
					t.Fatal(list)
				}
				if got := run(t, out.Code, root+"/"+entry); got != tc.want {
					t.Errorf("minified %v: main gives %s, want %s\n%s", minify, got, tc.want, out.Code)
				}
			}
		})
	}
}
