package resolve

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// paths resolves and gives paths relative to root, or the error's code.
func pathOf(t *testing.T, r *Resolver, root, from, specifier string) string {
	t.Helper()
	got, err := r.Resolve(specifier, filepath.Join(root, filepath.FromSlash(from)))
	var e *Error
	if errors.As(err, &e) {
		return string(e.Code)
	}
	if got.Format == Builtin {
		return "builtin " + got.Path
	}
	rel, err := filepath.Rel(root, got.Path)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(rel) + " " + string(got.Format)
}

func TestWhatGoesBeyondNode(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{
		"package.json": `{"imports":{"#fs":"fs"}}`,
		"a.ts":         "", "b.mts": "", "c/index.ts": "", "d.js": "", "d.ts": "", "e.cts": "",
		"node_modules/esm/package.json":    `{"type":"module","exports":{"import":"./i.js","types":"./i.d.ts"}}`,
		"node_modules/esm/i.js":            "",
		"node_modules/esmsub/package.json": `{"exports":{".":{"require":"./r.cjs","import":"./i.mjs"},"./sub":{"import":"./i.mjs"}}}`,
		"node_modules/esmsub/i.mjs":        "", "node_modules/esmsub/r.cjs": "",
		"node_modules/native/package.json": `{"exports":{"node-addons":"./n.node","default":"./wasm.js"}}`,
		"node_modules/native/n.node":       "", "node_modules/native/wasm.js": "",
		"node_modules/tsonly/a.ts": "",
		"extra/axios/index.js":     "", "extra/both/index.js": "", "node_modules/both/index.json": "{}",
		"node_modules/mod/package.json": `{"type":"module","main":"./m.js"}`,
		"node_modules/mod/m.js":         "", "node_modules/mod/x.cjs": "", "node_modules/mod/noext": "",
		"node_modules/mod/nested/package.json": `{}`, "node_modules/mod/nested/y.js": "",
	})
	r := New(nil)
	r.PackageDirs = []string{filepath.Join(root, "extra")}
	r.IsBuiltin = func(name string) bool { return name == "fs" }
	for _, tc := range []struct{ specifier, want string }{
		{"esm", "node_modules/esm/i.js module"},
		{"esmsub", "node_modules/esmsub/r.cjs commonjs"},
		{"esmsub/sub", "node_modules/esmsub/i.mjs module"},
		{"native", "node_modules/native/wasm.js commonjs"},
		{"./a", "a.ts commonjs"},
		{"./a.js", "a.ts commonjs"},
		{"./b", "b.mts module"},
		{"./b.mjs", "b.mts module"},
		{"./c", "c/index.ts commonjs"},
		{"./d", "d.js commonjs"},
		{"./e", "e.cts commonjs"},
		{"tsonly/a", "MODULE_NOT_FOUND"},
		{"axios", "extra/axios/index.js commonjs"},
		{"both", "node_modules/both/index.json json"},
		{"mod", "node_modules/mod/m.js module"},
		{"mod/x.cjs", "node_modules/mod/x.cjs commonjs"},
		{"mod/noext", "node_modules/mod/noext commonjs"},
		{"mod/nested/y", "node_modules/mod/nested/y.js commonjs"},
		{"#fs", "builtin fs"},
		{"native/n.node", "ERR_PACKAGE_PATH_NOT_EXPORTED"},
		{"", "ERR_INVALID_ARG_VALUE"},
	} {
		if got := pathOf(t, r, root, "main.js", tc.specifier); got != tc.want {
			t.Errorf("%q is %s, want %s", tc.specifier, got, tc.want)
		}
	}
}

func TestResetLetsANewFileBeSeen(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"a.js": ""})
	r := New(nil)
	if got := pathOf(t, r, root, "a.js", "dep"); got != "MODULE_NOT_FOUND" {
		t.Fatal(got)
	}
	dir := filepath.Join(root, "node_modules", "dep")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "index.js"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := pathOf(t, r, root, "a.js", "dep"); got != "MODULE_NOT_FOUND" {
		t.Errorf("seen before Reset: %s", got)
	}
	r.Reset()
	if got := pathOf(t, r, root, "a.js", "dep"); got != "node_modules/dep/index.js commonjs" {
		t.Errorf("not seen after Reset: %s", got)
	}
}

func TestManyGoroutinesResolveAtOnce(t *testing.T) {
	t.Parallel()
	root := tree(t, oracleFiles)
	r := New(nil)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for _, c := range oracleCases {
				for _, spec := range c.specifiers {
					_, _ = r.Resolve(spec, filepath.Join(root, filepath.FromSlash(c.from)))
				}
			}
			if i%3 == 0 {
				r.Reset()
			}
		})
	}
	wg.Wait()
	if got := pathOf(t, r, root, "main.js", "plain"); got != "node_modules/plain/lib/main.js commonjs" {
		t.Error(got)
	}
}

func TestPackageSplitsBareSpecifiers(t *testing.T) {
	t.Parallel()
	for spec, want := range map[string][2]string{
		"axios": {"axios", ""}, "axios/lib/a.js": {"axios", "/lib/a.js"}, "@a/b": {"@a/b", ""}, "@a/b/c/d": {"@a/b", "/c/d"},
		"@a": {}, "./x": {}, "/x": {}, "#x": {}, "node:fs": {}, "": {}, "a%20b": {},
	} {
		if name, sub := Package(spec); name != want[0] || sub != want[1] {
			t.Errorf("%q is %q and %q, want %q", spec, name, sub, want)
		}
	}
}

func TestTheRequireStackFollowsTheMessage(t *testing.T) {
	t.Parallel()
	_, err := New(nil).Resolve("absent", filepath.Join(t.TempDir(), "a.js"))
	var e *Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	if got, want := e.WithStack([]string{"/b.js", "/a.js"}), "Cannot find module 'absent'\nRequire stack:\n- /b.js\n- /a.js"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if strings.Contains(e.Error(), "\n") {
		t.Errorf("the message has more than one line: %q", e.Error())
	}
}

func BenchmarkResolve(b *testing.B) {
	root := tree(b, oracleFiles)
	from := filepath.Join(root, "main.js")
	b.Run("seen before", func(b *testing.B) {
		r := New(nil)
		for b.Loop() {
			if _, err := r.Resolve("cond/sub", from); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("after Reset", func(b *testing.B) {
		r := New(nil)
		for b.Loop() {
			r.Reset()
			if _, err := r.Resolve("cond/sub", from); err != nil {
				b.Fatal(err)
			}
		}
	})
}
