package pack_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/archive"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/pack"
)

func TestFindingsOfPacking(t *testing.T) {
	t.Parallel()
	manifest := "\n-- x.functions/serverless.json --\n{\"runtime\": \"nodejs20.x\", \"version\": \"1.0\", \"endpoints\": {\"a\": {\"method\": \"GET\", \"file\": \"FILE\"}}}\n"
	for name, tc := range map[string]struct {
		files string
		file  string
		code  string
	}{
		"both hello.ts and hello.js":   {"-- x.functions/a.ts --\nexport const main = () => 1;\n-- x.functions/a.js --\nexports.main = () => 2;", "a.ts", diag.OutputTaken},
		"a file outside of the upload": {"-- a.js --\nexports.main = () => 2;", "../a.js", diag.EntryOutside},
		"a syntax error":               {"-- x.functions/a.js --\nexports.main = (", "a.js", diag.BuildError},
		"a missing file":               {"-- x.functions/a.js --\nrequire('./b')", "a.js", diag.UnresolvedImport},
		"nothing":                      {"-- .hsignore --\n*\n-- x.functions/a.js --\n", "a.js", diag.EmptyUpload},
		"a name for no other system":   {"-- x.functions/a.js --\nexports.main = () => 1;\n-- x.functions/aux.json --\n{}", "a.js", diag.UploadName},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := tree(t, tc.files+strings.Replace(manifest, "FILE", tc.file, 1))
			c := packFolder(t, filepath.Join(root, "x.functions"), pack.Options{})
			if !c.Findings.HasErrors() || c.Findings[0].Code != tc.code {
				t.Errorf("findings %v, want %s", c.Findings, tc.code)
			}
		})
	}
}

func TestLinksAndUnreadableFilesAreNamed(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("links and permissions are Unix's")
	}
	root := tree(t, platform)
	src := filepath.Join(root, "src")
	for link, to := range map[string]string{"app/linked": filepath.Join(root, "lib"), "app/nowhere.js": "nowhere"} {
		if err := os.Symlink(to, filepath.Join(src, link)); err != nil {
			t.Fatal(err)
		}
	}
	c := packProject(t, root, pack.Options{})
	var got []string
	for _, d := range c.Findings {
		got = append(got, d.Code+" "+d.Summary)
	}
	want := []string{
		"FNS3102 app/linked is a symbolic link and is not uploaded",
		"FNS3102 app/nowhere.js is a symbolic link and is not uploaded",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("findings (-want +got):\n%s", d)
	}
	if os.Getuid() == 0 {
		return // root reads everything
	}
	if err := os.Chmod(filepath.Join(src, "app/shared/money.js"), 0); err != nil {
		t.Fatal(err)
	}
	if c := packProject(t, root, pack.Options{}); !c.Findings.HasErrors() {
		t.Error("an unreadable file is not noticed")
	}
}

func TestWhatIsTooLargeIsNotRead(t *testing.T) {
	t.Parallel()
	root := tree(t, platform)
	big := filepath.Join(root, "src", "app", "functions", "plain.js")
	if err := os.Truncate(big, archive.DefaultBounds().Bytes+1); err != nil {
		t.Skip("no such file can be made here: ", err)
	}
	c := packProject(t, root, pack.Options{})
	if len(c.Findings) != 1 || c.Findings[0].Code != diag.UploadSize || !strings.Contains(c.Findings[0].Summary, "plain.js") {
		t.Errorf("findings: %v", c.Findings)
	}
}

func TestTwoFunctionsDoNotBecomeOneFile(t *testing.T) {
	t.Parallel()
	c := packFolder(t, tree(t, `
-- x.functions/serverless.json --
{"runtime": "nodejs20.x", "version": "1.0", "endpoints": {"a": {"method": "GET", "file": "a.ts"}, "b": {"method": "GET", "file": "a.mts"}}}
-- x.functions/a.ts --
export const main = () => 1;
-- x.functions/a.mts --
export const main = () => 2;
`), pack.Options{})
	if len(c.Findings) != 1 || c.Findings[0].Code != diag.OutputTaken {
		t.Errorf("findings: %v", c.Findings)
	}
}
