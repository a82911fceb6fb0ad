package resolve

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tree writes files, given as path → content, into a new folder. A content
// that starts with "-> " makes a symbolic link.
func tree(t testing.TB, files map[string]string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	links := map[string]string{}
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if to, ok := strings.CutPrefix(content, "-> "); ok {
			links[path] = filepath.FromSlash(to)
			continue
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for path, to := range links {
		if err := os.Symlink(to, path); err != nil {
			t.Skipf("no symbolic links here: %v", err)
		}
	}
	return root
}

// oracleFiles is a project with one package for each rule.
var oracleFiles = map[string]string{
	"package.json": `{"name":"app","exports":{".":"./main.js","./lib/*":"./lib/*.js","./closed":null},"imports":{"#a":"./lib/a.js","#deep/*":"./lib/*.js","#dep":"plain","#dep/*":"scoped-files/*","#fs":"fs","#nodefs":"node:fs","#off":null,"#cond":{"browser":"./no.js","node":"./lib/a.js"},"#gone":"./gone.js"}}`,
	"main.js":      "", "lib/a.js": "", "lib/a.json": "{}", "lib/index.js": "", "lib/b/index.json": "{}", "lib/b.js": "", "lib/noext": "", "lib/c.cjs": "",
	"lib/d/package.json": `{"main":"./x"}`, "lib/d/x.js": "", "lib/e/package.json": `{"main":"./missing"}`, "lib/e/index.js": "",
	"lib/f/package.json": `{"main":"./missing"}`, "lib/f/other.js": "", "lib/sp ace.js": "", "lib/dir.js/index.js": "",
	"lib/g/package.json": `{"main":"sub"}`, "lib/g/sub/index.js": "", "lib/h/package.json": `{"main":7}`, "lib/h/index.js": "",
	"lib/i/package.json": `{"Main":"x.js"}`, "lib/i/x.js": "", "lib/i/index.js": "",

	"node_modules/plain/package.json": `{"name":"plain","main":"lib/main"}`, "node_modules/plain/lib/main.js": "", "node_modules/plain/package-x.js": "", "node_modules/plain/other/index.js": "",
	"node_modules/noindex/readme.md": "",
	"node_modules/single.js":         "",
	"node_modules/@s/p/package.json": `{"exports":"./p.js"}`, "node_modules/@s/p/p.js": "", "node_modules/@s/p/q.js": "",
	"node_modules/cond/package.json": `{"exports":{".":{"browser":"./b.js","import":"./i.mjs","require":"./r.js","default":"./d.js"},"./sub":{"node":{"import":"./i.mjs"},"default":"./d.js"},"./null":null,"./arr":["bad","./d.js"],"./empty":[],"./emptyobj":{},"./outside":"../x.js","./abs":"/x.js","./nm":"./node_modules/x.js","./number":4,"./enc":"./a%20b.js","./gone":"./gone.js","./noext":"./d"}}`,
	"node_modules/cond/b.js":         "", "node_modules/cond/i.mjs": "", "node_modules/cond/r.js": "", "node_modules/cond/d.js": "", "node_modules/cond/a b.js": "",
	"node_modules/order/package.json": `{"exports":{"default":"./d.js","require":"./r.js"}}`, "node_modules/order/d.js": "", "node_modules/order/r.js": "",
	"node_modules/sync/package.json": `{"exports":{"module-sync":"./m.js","require":"./r.js"},"type":"module"}`, "node_modules/sync/m.js": "", "node_modules/sync/r.js": "",
	"node_modules/pat/package.json": `{"exports":{"./*":"./src/*.js","./*.js":"./src/*.js","./x/*":"./y/*.js","./x/secret/*":null,"./f/*/g":"./src/*/*.js"}}`,
	"node_modules/pat/src/a.js":     "", "node_modules/pat/y/a.js": "", "node_modules/pat/src/k/k.js": "", "node_modules/pat/src/deep/z.js": "",
	"node_modules/mixed/package.json": `{"exports":{".":"./a.js","node":"./b.js"}}`, "node_modules/mixed/a.js": "",
	"node_modules/numeric/package.json": `{"exports":{".":{"0":"./a.js"}}}`, "node_modules/numeric/a.js": "",
	"node_modules/broken/package.json": `{"main":`, "node_modules/broken/index.js": "",
	"node_modules/exportsnull/package.json": `{"exports":null,"main":"m.js"}`, "node_modules/exportsnull/m.js": "",
	"node_modules/exportsfalse/package.json": `{"exports":false,"main":"m.js"}`, "node_modules/exportsfalse/m.js": "",
	"node_modules/badmain/package.json": `{"main":"nope.js"}`,
	"node_modules/scoped-files/one":     "", "node_modules/scoped-files/two.js": "",
	"node_modules/.store/linked@1/node_modules/linked/package.json": `{"main":"l.js"}`, "node_modules/.store/linked@1/node_modules/linked/l.js": "",
	"node_modules/.store/linked@1/node_modules/peer/index.js": "",
	"node_modules/linked":                         "-> .store/linked@1/node_modules/linked",
	"node_modules/up/node_modules/plain/index.js": "", "node_modules/up/index.js": "",
	"packages/ws/package.json": `{"name":"ws-pkg","main":"w.js"}`, "packages/ws/w.js": "",
	"node_modules/ws-pkg":             "-> ../packages/ws",
	"sub/node_modules/plain/index.js": "", "sub/file.js": "", "sub/node_modules/empty/package.json": `{}`,
	"node_modules/empty/index.js": "",
}

var oracleCases = []struct {
	from       string
	specifiers []string
}{
	{"main.js", []string{
		"./lib/a", "./lib/a.js", "./lib/a.json", "./lib", "./lib/", "./lib/.", ".", "./", "..", "./lib/b", "./lib/b/", "./lib/noext", "./lib/c", "./lib/c.cjs",
		"./lib/d", "./lib/e", "./lib/f", "./lib/g", "./lib/h", "./lib/i", "./lib/sp ace", "./lib/dir.js", "./lib/dir", "./lib/a/", "./lib/nothing", "./lib/../lib/a",
		"plain", "plain/", "plain/package-x", "plain/other", "plain/other/", "plain/nothing", "plain/package.json", "noindex", "single", "single.js", "absent", "@s/absent", "@s", "@", "@s/p", "@s/p/q.js", "@s/p/",
		"cond", "cond/sub", "cond/null", "cond/arr", "cond/empty", "cond/emptyobj", "cond/outside", "cond/abs", "cond/nm", "cond/number", "cond/enc", "cond/gone", "cond/noext", "cond/package.json", "cond/",
		"order", "sync", "pat/a", "pat/a.js", "pat/x/a", "pat/x/secret/a", "pat/f/k/g", "pat/deep/z", "pat/../a", "pat/x/../../a", "pat", "pat/nothing",
		"mixed", "numeric", "broken", "exportsnull", "exportsfalse", "badmain", "linked", "linked/l", "ws-pkg", "up",
		"#a", "#deep/b", "#deep/nothing", "#nodefs", // not #fs: require in Node 20 fails on it, import does not
		"#dep", "#dep/two.js", "#off", "#cond", "#gone", "#unknown", "#", "#/a",
		"app", "app/lib/a", "app/closed", "app/none", "app/lib/../x", "fs/promises/none", ".hidden", "...", "./lib/a.js/", "node_modules/plain", "empty",
	}},
	{"sub/file.js", []string{"plain", "plain/lib/main", "../lib/a", "linked", "app", "#a", "empty"}},
	{"node_modules/up/index.js", []string{"plain", "cond", "app", "#a"}},
	{"node_modules/.store/linked@1/node_modules/linked/l.js", []string{"peer", "plain", "linked"}},
	{"lib/b/not-there.js", []string{"../a", "plain", "./index"}},
}

type oracleAnswer struct{ Path, Code, Message string }

func TestEverySpecifierResolvesAsInNode(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not on PATH")
	}
	root := tree(t, oracleFiles)
	type question struct{ From, Spec string }
	var questions []question
	for _, c := range oracleCases {
		for _, spec := range c.specifiers {
			questions = append(questions, question{filepath.Join(root, filepath.FromSlash(c.from)), spec})
		}
	}
	input, _ := json.Marshal(questions)
	cmd := exec.Command(node, "--no-warnings", "-e", `
		const { createRequire } = require('module');
		const all = JSON.parse(require('fs').readFileSync(0, 'utf8')).map(({ From, Spec }) => {
			try { return { Path: createRequire(From).resolve(Spec) } }
			catch (e) { return { Code: e.code, Message: e.message.split('\n')[0] } }
		});
		console.log(JSON.stringify(all));`)
	cmd.Stdin = strings.NewReader(string(input))
	cmd.Env = append(os.Environ(), "NODE_OPTIONS=", "NODE_PATH=")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v", err)
	}
	var want []oracleAnswer
	if err := json.Unmarshal(out, &want); err != nil {
		t.Fatal(err)
	}
	r := New(append(NodeConditions(), "node-addons"))
	r.IsBuiltin = func(name string) bool { return name == "fs" }
	for i, q := range questions {
		got := oracleAnswer{}
		resolved, err := r.Resolve(q.Spec, q.From)
		var e *Error
		if errors.As(err, &e) {
			got = oracleAnswer{Code: string(e.Code), Message: e.Message}
		}
		got.Path = resolved.Path
		if q.Spec == "broken" { // the parsers word it each in their own way
			want[i].Message, _, _ = strings.Cut(want[i].Message, ".json: ")
			got.Message, _, _ = strings.Cut(got.Message, ".json: ")
		}
		if diff := cmp.Diff(want[i], got); diff != "" {
			t.Errorf("%q from %s (-node +fns):\n%s", q.Spec, q.From, diff)
		}
	}
}
