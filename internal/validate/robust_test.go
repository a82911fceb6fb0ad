package validate_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/validate"
)

func has(list diag.List, code string) bool {
	return slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code == code })
}

func TestFilesOfAllKindsGiveFindings(t *testing.T) {
	t.Parallel()
	const manifest = "my.functions/serverless.json"
	good := bases["design-manager"][manifest]
	for name, tc := range map[string]struct {
		text string
		want string // "" for no finding about the file
	}{
		"a byte order mark":      {"\ufeff" + good, ""},
		"line breaks of Windows": {strings.ReplaceAll(good, ",", ",\r\n"), ""},
		"UTF-16":                 {"\xff\xfe{\x00}\x00", diag.NotUTF8},
		"Latin-1":                {`{ "runtime": "nodejs20.x", "version": "1.0", "endpoints": { "caf` + "\xe9" + `": { "file": "hello.js" } } }`, diag.NotUTF8},
		"nothing":                {"", diag.InvalidJSON},
		"NUL bytes":              {strings.Repeat("\x00", 100), diag.InvalidJSON},
		"a list":                 {"[]", diag.WrongType},
		"50 MB":                  {`{ "a": "` + strings.Repeat("x", 50<<20) + `" }`, diag.FileUnreadable},
		"a million brackets":     {strings.Repeat("[", 1_000_000), diag.InvalidJSON},
		"a thousand commas":      {"{" + strings.Repeat(",", 1000) + "}", diag.InvalidJSON},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := lay(t, "design-manager", map[string]string{manifest: tc.text})
			list := findings(t, dir, validate.Options{})
			if tc.want != "" && !has(list, tc.want) {
				t.Errorf("got %v, want %s", places(list, dir), tc.want)
			}
			if got := places(list, dir); tc.want == "" && !slices.Equal(got, []string{"FNS1101 " + manifest}) {
				t.Errorf("got %v", got)
			}
			if len(list) > 100 {
				t.Errorf("%d findings", len(list))
			}
		})
	}
}

func TestLargeFunctionsAreFound(t *testing.T) {
	t.Parallel()
	code := "const table = `\n" + strings.Repeat("a row of a table that belongs elsewhere\n", 30_000) + "`;\nexports.main = async () => ({ statusCode: 200, body: table });\n"
	dir := lay(t, "platform", map[string]string{"src/app/functions/hello.js": code})
	if list := findings(t, dir, validate.Options{}); !has(list, diag.LargeFunction) {
		t.Errorf("got %v", places(list, dir))
	}
}

func TestUnreadableFilesAndLoopsOfLinksEnd(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("links and permissions are Unix's")
	}
	dir := lay(t, "platform", nil)
	for link, target := range map[string]string{
		"src/app/loop": "..", "src/app/functions/self": "self", "src/app/functions/gone.js": "nowhere.js",
	} {
		if err := os.Symlink(target, filepath.Join(dir, filepath.FromSlash(link))); err != nil {
			t.Fatal(err)
		}
	}
	if list := findings(t, dir, validate.Options{}); len(list) > 0 {
		t.Errorf("got %v", places(list, dir))
	}
	code := filepath.Join(dir, "src/app/functions/hello.js")
	if err := os.Remove(code); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("hello.js", code); err != nil {
		t.Fatal(err)
	}
	if list := findings(t, dir, validate.Options{}); !has(list, diag.EntryNotFound) {
		t.Errorf("an entry that links to itself gives %v", places(list, dir))
	}
}

func TestTenThousandFilesAreLookedThrough(t *testing.T) {
	t.Parallel()
	dir := lay(t, "platform", nil)
	for i := range 100 {
		folder := filepath.Join(dir, fmt.Sprintf("docs/%d", i))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		for j := range 100 {
			if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%d.js", j)), []byte("x"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if list := findings(t, dir, validate.Options{}); len(list) > 0 {
		t.Errorf("got %v", places(list, dir))
	}
}

// FuzzValidate lays any bytes as each file of a project: findings, never a panic.
func FuzzValidate(f *testing.F) {
	for _, base := range bases {
		for _, text := range base {
			f.Add(text)
		}
	}
	fixtures, err := filepath.Glob("testdata/rules/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range fixtures {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Add("exports.main = (c, s) => { for (;;) { try { s() } finally { break } } }")
	f.Add("class A { static #x = process.env[`${A}`]; static { exports.main = A } }")
	f.Add("const { a: { b: [c = process.env.D] } = {} } = require('x'); module.exports = { ...c, get main() { return c } }")
	f.Fuzz(func(t *testing.T, text string) {
		for base, files := range bases {
			for name := range files {
				dir := lay(t, base, map[string]string{name: text, "fns.json": text})
				list := findings(t, dir, validate.Options{})
				if _, err := validate.Fixes(list); err != nil {
					t.Error(err)
				}
			}
		}
	})
}
