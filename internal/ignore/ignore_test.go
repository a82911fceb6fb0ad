package ignore_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/ignore"
)

// loaded gives the rules for the folder src of a project whose root has a
// .hsignore with that text.
func loaded(t *testing.T, text string) *ignore.Set {
	t.Helper()
	root := t.TempDir()
	src := filepath.Join(root, "src")
	if err := os.Mkdir(src, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, ignore.FileName), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := ignore.Load(src, true)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSetIgnores(t *testing.T) {
	t.Parallel()
	const rules = `
# a comment
secret.txt
/build
docs/
*.bak
!keep.bak
app/old
src/app/older
!.well-known
a/**/z
trailing\ 
`
	s := loaded(t, rules)
	for path, want := range map[string]bool{
		"app/functions/hello.js":          false,
		"app/functions/package-lock.json": false,
		"node_modules/x/index.js":         true,
		"app/functions/node_modules":      true,
		"app/node_modules_not/x.js":       false,
		".env":                            true,
		"app/.git/config":                 true,
		"app/functions/.env.local":        true,
		".well-known/security.txt":        false,
		"npm-debug.log":                   true,
		"hubspot.config.yml":              true,
		"app/backup.js~":                  true,
		"THUMBS.DB":                       true,
		"dist/bundle.js":                  false,
		"hsprofile.qa.json":               false,
		"app/Secret.txt":                  true,
		"build/x.js":                      true,
		"app/build/x.js":                  false,
		"docs":                            false, // a file of that name
		"docs/index.md":                   true,
		"x.bak":                           true,
		"keep.bak":                        false,
		"docs/keep.bak":                   true, // its folder is ignored
		"app/old/x.js":                    true,
		"app/older/x.js":                  true,
		"a/z":                             true,
		"a/b/c/z":                         true,
		"trailing ":                       true,
		"trailing":                        false,
	} {
		if got := s.Ignores(path, false); got != want {
			t.Errorf("Ignores(%q) = %v", path, got)
		}
	}
	if !s.Ignores("docs", true) {
		t.Error("the folder docs is not ignored")
	}
}

func TestHiddenFoldersAroundDoNotCount(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), ".work", "src")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, withFile := range []bool{false, true} {
		if withFile {
			if err := os.WriteFile(filepath.Join(dir, "..", "..", ignore.FileName), []byte("*.bak\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		s, err := ignore.Load(dir, false)
		if err != nil {
			t.Fatal(err)
		}
		if s.Ignores("a.js", false) || !s.Ignores("package-lock.json", false) || s.Ignores("a.bak", false) != withFile {
			t.Errorf("with %q", s.File)
		}
	}
}

// oracle asks the package that HubSpot's CLI uses.
const oracle = `
const ignore = require('ignore');
let text = '';
process.stdin.on('data', d => text += d).on('end', () => {
  const cases = JSON.parse(text);
  console.log(JSON.stringify(cases.map(c => { const i = ignore().add(c.Rules); return c.Paths.map(p => i.ignores(p)); })));
});`

func TestRulesMeanWhatTheyMeanToHubSpotsCLI(t *testing.T) {
	t.Parallel()
	dir, err := filepath.Abs("../../testdata/hs")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "ignore")); err != nil {
		t.Skip("testdata/hs is not installed: make hs-interop")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node on PATH")
	}
	type question struct {
		Rules string
		Paths []string
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	pick := func(from string, n int) string {
		var b strings.Builder
		parts := strings.Split(from, " ")
		for range 1 + rnd.IntN(n) {
			b.WriteString(parts[rnd.IntN(len(parts))])
		}
		return b.String()
	}
	var questions []question
	for range 3000 {
		q := question{}
		for range 1 + rnd.IntN(3) {
			line := pick("a b A c.js * ? / / ** [ab] [!a] [a-c] \\* . .js ü [[:alpha:]] [^a-b] a*b /**/ **/ /**", 5)
			if rnd.IntN(4) == 0 {
				line = "!" + line
			}
			q.Rules += line + "\n"
		}
		for range 12 {
			var parts []string
			for range 1 + rnd.IntN(3) {
				parts = append(parts, pick("a b c A .js . c.js ü * ab", 3))
			}
			path := strings.Join(parts, "/")
			if !strings.Contains("/"+path+"/", "/./") && !strings.Contains("/"+path+"/", "/../") {
				q.Paths = append(q.Paths, path)
			}
		}
		questions = append(questions, q)
	}
	input, err := json.Marshal(questions)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "-e", oracle)
	cmd.Dir, cmd.Stdin = dir, bytes.NewReader(input)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	var answers [][]bool
	if err := json.Unmarshal(out, &answers); err != nil {
		t.Fatal(err)
	}
	wrong := 0
	for i, q := range questions {
		for j, path := range q.Paths {
			if got := ignore.Matches(q.Rules, path); got != answers[i][j] && wrong < 25 {
				wrong++
				t.Errorf("rules %q: ignored(%q) = %v, there %v", q.Rules, path, got, answers[i][j])
			}
		}
	}
}
