package pack_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/fns-dev/fns/internal/archive"
	"github.com/fns-dev/fns/internal/pack"
)

// FuzzFolder packs a functions folder of any content: without errors among its
// findings, what comes out is a zip that can be read back, the same each time.
func FuzzFolder(f *testing.F) {
	const manifest = `{"runtime": "nodejs20.x", "version": "1.0", "endpoints": {"a": {"method": "GET", "file": "a.ts"}}}`
	f.Add(manifest, "import './lib/b'; export const main = () => __dirname;", `{"type": "module"}`)
	f.Add(manifest, "exports.main = () => require('./' + x) /* require(y) */", `{"dependencies": {"a": "file:../a"}}`)
	f.Add(manifest, "export default await import('./lib/b')", `{"workspaces": ["*"], "type": 1}`)
	f.Add("{}", "\xff\x00`${", "[]")
	f.Fuzz(func(t *testing.T, manifest, code, pkg string) {
		root := t.TempDir()
		dir := filepath.Join(root, "x.functions")
		for name, text := range map[string]string{
			"serverless.json": manifest, "a.ts": code, "package.json": pkg, "lib/b.js": code, "lib/c.js": "require('./b')",
		} {
			write(t, filepath.Join(dir, filepath.FromSlash(name)), text)
		}
		for _, o := range []pack.Options{{}, {BundlePackages: true, Minify: true}, {NoBundle: true}} {
			c, err := pack.Folder(t.Context(), root, o)
			if err != nil {
				t.Fatal(err)
			}
			if c.Findings.HasErrors() {
				continue
			}
			var one, two bytes.Buffer
			if err := c.Zip(&one); err != nil {
				t.Fatal(err)
			}
			if err := c.Zip(&two); err != nil || !bytes.Equal(one.Bytes(), two.Bytes()) {
				t.Error("the zips differ", err)
			}
			if _, err := archive.Read(one.Bytes(), archive.DefaultBounds()); err != nil {
				t.Error(err)
			}
			if err := c.Write(filepath.Join(root, ".out")); err != nil {
				t.Error(err)
			}
		}
	})
}
