package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// local is a folder with a portal that both tools use, and one server for it.
type local struct {
	t    *testing.T
	hs   string
	home string
	dir  string // where commands run
	http string // address of the server
	// server is the process, nil once it has been stopped.
	server *exec.Cmd
	env    []string
}

// newBoth is newLocal for tests that need the official hs.
func newBoth(t *testing.T, files map[string]string) *local {
	t.Helper()
	if os.Getenv("FNS_HS") == "" {
		t.Skip("make hs-interop runs it with the official hs")
	}
	return newLocal(t, files)
}

// newLocal writes files into a folder and starts the portal of that folder.
func newLocal(t *testing.T, files map[string]string) *local {
	t.Helper()
	home := t.TempDir()
	l := &local{t: t, hs: os.Getenv("FNS_HS"), home: home, dir: filepath.Join(home, "work")}
	l.env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "TMPDIR=" + filepath.Join(home, "tmp"), "CI=1", "BROWSER=none", "NO_COLOR=1", "NO_PROXY=*",
		"FNS_PORTAL_DIR=" + filepath.Join(l.dir, ".fns"), "FNS_KEYRING=off", "FNS_DATA_DIR=" + filepath.Join(home, "data"),
	}
	for path, text := range files {
		l.write(path, text)
	}
	for _, dir := range []string{l.dir, filepath.Join(home, "tmp")} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	l.start()
	t.Cleanup(l.stop)
	return l
}

// start starts the server and waits until it serves.
func (l *local) start() {
	l.t.Helper()
	l.http = ""
	l.server = l.command("fns", "portal", "start", "--port", "0", "--tls-port", "0")
	if err := l.server.Start(); err != nil {
		l.t.Fatal(err)
	}
	l.wait("the server", func() bool {
		var status struct {
			Running *struct {
				HTTP string
				PID  int
			}
		}
		if err := json.Unmarshal([]byte(l.fns("portal", "status", "--json")), &status); err != nil {
			l.t.Fatal(err)
		}
		if status.Running != nil && status.Running.PID == l.server.Process.Pid {
			l.http = status.Running.HTTP
		}
		return l.http != ""
	})
}

// stop ends the server, which must end well.
func (l *local) stop() {
	l.t.Helper()
	if l.server == nil {
		return
	}
	_ = l.server.Process.Signal(os.Interrupt) // Wait says what became of it
	if err := l.server.Wait(); err != nil {
		l.t.Errorf("the portal ended with %v", err)
	}
	l.server = nil
}

func (l *local) write(path, text string) {
	l.t.Helper()
	path = filepath.Join(l.dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		l.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		l.t.Fatal(err)
	}
}

func (l *local) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = l.dir, l.env
	return cmd
}

// run gives both streams of a command, and whether it ended well.
func (l *local) run(cmd *exec.Cmd, stdin string) (string, bool) {
	l.t.Helper()
	var out bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &out
	var exit *exec.ExitError
	err := cmd.Run()
	if err != nil && !errors.As(err, &exit) {
		l.t.Fatalf("%s: %v", strings.Join(cmd.Args, " "), err)
	}
	return out.String(), err == nil
}

// fns runs fns, which must do it, and gives what it prints on stdout.
func (l *local) fns(args ...string) string {
	l.t.Helper()
	cmd := l.command("fns", args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		l.t.Fatalf("fns %s: %v\n%s%s", strings.Join(args, " "), err, out, stderr.Bytes())
	}
	return string(out)
}

// through is a command of a Node script behind fns portal exec.
func (l *local) through(args ...string) *exec.Cmd {
	return l.command("fns", append([]string{"portal", "exec", "--", "node"}, args...)...)
}

// tool runs hs as it is, through fns portal exec; it must do it and say what is
// wanted.
func (l *local) tool(stdin string, args []string, wants ...string) string {
	l.t.Helper()
	out, ok := l.run(l.through(append([]string{l.hs}, args...)...), stdin)
	if !ok {
		l.t.Errorf("hs %s failed:\n%s", strings.Join(args, " "), out)
	}
	for _, want := range wants {
		if !strings.Contains(out, want) {
			l.t.Errorf("hs %s does not say %q:\n%s", strings.Join(args, " "), want, out)
		}
	}
	return out
}

// theHS is tool without anything on stdin.
func (l *local) theHS(command string, wants ...string) string {
	l.t.Helper()
	return l.tool("", strings.Fields(command), wants...)
}

// refused runs hs, which must fail, or at least say what is wanted.
func (l *local) refused(command string, fails bool, wants ...string) {
	l.t.Helper()
	out, ok := l.run(l.through(append([]string{l.hs}, strings.Fields(command)...)...), "")
	if ok == fails {
		l.t.Errorf("hs %s: done: %v\n%s", command, ok, out)
	}
	for _, want := range wants {
		if !strings.Contains(out, want) {
			l.t.Errorf("hs %s does not say %q:\n%s", command, want, out)
		}
	}
}

// sees checks what fns sees.
func (l *local) sees(command string, wants ...string) {
	l.t.Helper()
	out := l.fns(strings.Fields(command)...)
	for _, want := range wants {
		if lacks, found := strings.CutPrefix(want, "!"); found {
			if strings.Contains(out, lacks) {
				l.t.Errorf("fns %s shows %q:\n%s", command, lacks, out)
			}
			continue
		}
		if !strings.Contains(out, want) {
			l.t.Errorf("fns %s does not show %q:\n%s", command, want, out)
		}
	}
}

// answers waits until a function answers with a text.
func (l *local) answers(path, want string) {
	l.t.Helper()
	got := ""
	l.wait(path+" to answer "+want+"; it answers", func() bool {
		resp, err := http.Get(l.http + path)
		if err != nil {
			l.t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			l.t.Fatal(err)
		}
		got = resp.Status + " " + string(body)
		return strings.Contains(got, want)
	}, &got)
}

func (l *local) wait(what string, done func() bool, got ...*string) {
	l.t.Helper()
	for deadline := time.Now().Add(patience); !done(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			for _, g := range got {
				what += " " + *g
			}
			l.t.Fatalf("waited for %s", what)
		}
	}
}

// follow starts hs and waits until it has printed a text, does something, waits
// for another text, and ends hs.
func (l *local) follow(command, begun string, act func(), wants ...string) {
	l.t.Helper()
	cmd := l.through(append([]string{l.hs}, strings.Fields(command)...)...)
	out := &lockedBuffer{}
	cmd.Stdout, cmd.Stderr = out, out
	held, err := cmd.StdinPipe() // hs ends where stdin does
	if err != nil {
		l.t.Fatal(err)
	}
	defer held.Close()
	if err := cmd.Start(); err != nil {
		l.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	defer func() {
		_ = cmd.Process.Signal(os.Interrupt)
		select {
		case <-ended:
		case <-time.After(patience):
			_ = cmd.Process.Kill()
			l.t.Errorf("hs %s did not end:\n%s", command, out)
		}
	}()
	says := func(want string) {
		l.t.Helper()
		text := ""
		l.wait("hs "+command+" to say "+want+":\n", func() bool { text = out.String(); return strings.Contains(text, want) }, &text)
	}
	says(begun)
	act()
	for _, want := range wants {
		says(want)
	}
}

// lockedBuffer collects what a running command prints.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements io.Writer.
func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// noGaps checks that the portal had an answer to every call.
func (l *local) noGaps() {
	l.t.Helper()
	l.sees("portal gaps", "every call had an answer")
}

const localFunction = `exports.main = async () => {
  console.log('called');
  return { statusCode: 200, body: { hi: 'HELLO' } };
};
`

// localShop is a project of one function and one card.
func localShop() map[string]string {
	return map[string]string{
		"hsproject.json":                      `{"name":"shop","srcDir":"src","platformVersion":"2026.03"}`,
		"src/app/app-hsmeta.json":             `{"uid":"my_app","type":"app","config":{"name":"Shop","distribution":"private","auth":{"type":"static","requiredScopes":["crm.objects.contacts.read"]}}}`,
		"src/app/functions/hello-hsmeta.json": `{"uid":"hello","type":"app-function","config":{"entrypoint":"/app/functions/hello.js","secretKeys":[],"endpoint":{"path":"hello","methods":["GET"]}}}`,
		"src/app/functions/hello.js":          strings.Replace(localFunction, "HELLO", "one", 1),
		"src/app/functions/package.json":      `{"name":"shop-functions","version":"1.0.0"}`,
		"src/app/cards/card-hsmeta.json":      `{"uid":"card","type":"card","config":{"name":"Card","entrypoint":"/app/cards/card.jsx","location":"crm.record.tab","objectTypes":["contacts"]}}`,
		"src/app/cards/card.jsx":              "export default 'card';\n",
		"src/app/cards/package.json":          `{"name":"shop-cards","version":"1.0.0","dependencies":{}}`,
		"src/app/cards/node_modules/.keep":    "",
		"src/app/cards/package-lock.json":     `{"name":"shop-cards","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"shop-cards","version":"1.0.0"}}}`,
		"site/main.css":                       "body{}\n",
		"site/f.functions/serverless.json":    `{"runtime":"nodejs20.x","version":"1.0","environment":{},"secrets":[],"endpoints":{"hi":{"method":"GET","file":"hi.js"}}}`,
		"site/f.functions/hi.js":              "exports.main = (context, sendResponse) => { console.log('called'); sendResponse({ statusCode: 200, body: { hi: 'Ada' } }); };\n",
		"site/f.functions/package.json":       `{"name":"f","version":"1.0.0"}`,
	}
}

func TestBothToolsAgreeOnTheLocalAccountAndItsSecrets(t *testing.T) {
	t.Parallel()
	l := newBoth(t, nil)
	key := ""
	out, ok := l.run(l.command("fns", "portal", "env", "--json"), "")
	var env map[string]string
	if err := json.Unmarshal([]byte(out), &env); err != nil || !ok {
		t.Fatalf("%v\n%s", err, out)
	}
	if key = env["FNS_PORTAL_KEY"]; key == "" {
		t.Fatal(env)
	}
	l.tool("", []string{"account", "auth", "--pak", key, "--name", "mine", "--default"})
	l.theHS("account list", "mine", "(1)")
	l.theHS("account info", "developer.projects.write")
	l.refused("account auth --pak wrong --name other --default", true)
	if _, err := os.Stat(filepath.Join(l.home, ".hscli")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("hs has written to the user's own home: %v", err)
	}

	l.tool("hush\n", []string{"secret", "add", "FROM_HS"}, "FROM_HS")
	l.sees("secrets list", "FROM_HS")
	cmd := l.command("fns", "secrets", "add", "FROM_FNS", "--stdin")
	if out, ok := l.run(cmd, "hush"); !ok {
		t.Error(out)
	}
	l.theHS("secret list", "FROM_HS", "FROM_FNS")
	l.tool("other\n", []string{"secret", "update", "FROM_FNS"}, "updated")
	l.tool("", []string{"secret", "delete", "FROM_FNS", "--force"}, "deleted")
	l.sees("secrets list", "FROM_HS", "!FROM_FNS")
	l.fns("secrets", "delete", "FROM_HS", "--force")
	if out := l.theHS("secret list"); strings.Contains(out, "FROM_HS") {
		t.Error(out)
	}
	l.theHS("api /cms/v3/functions/secrets", `"results": []`)
	l.noGaps()
	l.refused("api /crm/v3/objects/contacts", true, "501", "NOT_IMPLEMENTED")
	l.sees("portal gaps", "/crm/v3/objects/contacts")
}

func TestBothToolsAgreeOnTheLocalDesignManager(t *testing.T) {
	t.Parallel()
	l := newBoth(t, localShop())
	l.theHS("cms upload site web", "complete")
	l.theHS("cms list web", "f.functions", "main.css")
	l.sees("cms list web", "f.functions", "main.css")
	l.theHS("cms function list", "hi", "GET")
	l.sees("functions list", "hi")
	l.theHS("cms function deploy web/f.functions", "Built and deployed")
	l.answers("/_hcms/api/hi", `{"hi":"Ada"}`)
	l.wait("the log", func() bool { return strings.Contains(l.fns("logs", "hi"), "called") })
	l.theHS("cms function logs hi", "SUCCESS", "called")
	l.theHS("cms function logs hi --latest", "called")
	l.follow("cms function logs hi --follow", "Following logs", func() {
		l.write("site/f.functions/hi.js", "exports.main = (context, sendResponse) => { console.log('once more'); sendResponse({ statusCode: 200, body: 'more' }); };\n")
		l.fns("upload", "site/f.functions", "web/f.functions")
		l.answers("/_hcms/api/hi", "more")
	}, "once more")
	l.sees("logs hi --latest", "once more")

	l.theHS("cms fetch web back")
	if diff := cmp.Diff(tree(t, filepath.Join(l.dir, "site")), tree(t, filepath.Join(l.dir, "back"))); diff != "" {
		t.Errorf("-sent +fetched:\n%s", diff)
	}
	l.theHS("cms mv web/main.css web/other.css", "Moved")
	l.sees("cms list web", "other.css", "!main.css")
	l.theHS("cms delete web/other.css", "Deleted")
	l.sees("cms list web", "!other.css")
	l.refused("cms delete web/other.css", false, "not found")
	l.refused("cms fetch web/none none", true)
	l.follow("cms watch site/f.functions web/f.functions", "Watcher is ready", func() {
		l.write("site/f.functions/hi.js", "exports.main = (context, sendResponse) => sendResponse({ statusCode: 200, body: 'watched' });\n")
	}, "Uploaded file")
	l.answers("/_hcms/api/hi", "watched")
	l.theHS("cms delete web/f.functions", "Deleted")
	l.answers("/_hcms/api/hi", "404")
	l.noGaps()
}

func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		all[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return all
}

func TestBothToolsAgreeOnLocalProjects(t *testing.T) {
	t.Parallel()
	l := newBoth(t, localShop())
	l.theHS("project validate", "valid")
	l.theHS("project upload --force -m first", "Deployed build #1")
	l.answers("/hs/serverless/hello", `{"hi":"one"}`)
	l.sees("project info", "my_app", "#1")
	l.write("src/app/functions/hello.js", strings.Replace(localFunction, "HELLO", "two", 1))
	l.theHS("project upload -m second", "Deployed build #2")
	l.answers("/hs/serverless/hello", `{"hi":"two"}`)
	l.sees("project list-builds", "#2 (deployed)", "#1")
	l.theHS("project deploy --build 1", "Deployed build #1")
	l.answers("/hs/serverless/hello", `{"hi":"one"}`)
	l.theHS("project list-builds", "#2", "#1 [deployed]")
	l.fns("project", "deploy", "--build", "2")
	l.theHS("project list-builds", "#2 [deployed]")
	l.theHS("project list", "shop", "2026.03")
	l.theHS("project info", "my_app", "Deployed Build: #2")
	l.theHS("project logs", "hello")

	l.write("src/app/functions/hello.js", "exports.main = (")
	l.refused("project upload -m broken", true, "hello")
	l.sees("project list-builds", "#3", "FAILURE", "#2 (deployed)")
	l.write("src/app/functions/hello.js", strings.Replace(localFunction, "HELLO", "two", 1))

	var info struct{ App struct{ ID int64 } }
	text := l.fns("project", "info", "--json")
	if err := json.Unmarshal([]byte(text), &info); err != nil || info.App.ID == 0 {
		t.Fatalf("%v\n%s", err, text)
	}
	app := " --app " + strconv.FormatInt(info.App.ID, 10)
	gateway := app + " --type serverless-gateway-execution"
	var logs struct{ Results []struct{ ID string } }
	l.wait("the log of the app", func() bool {
		out := l.theHS("app logs --json" + gateway)
		if err := json.Unmarshal([]byte(out), &logs); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return len(logs.Results) >= 3
	})
	l.theHS("app log-details "+logs.Results[0].ID+gateway, logs.Results[0].ID)
	l.sees("app log-details "+logs.Results[0].ID+gateway, "called")
	l.tool("hush\n", strings.Fields("app secret add APP_KEY"+app), "APP_KEY")
	l.sees("app secrets list", "APP_KEY")
	l.tool("other\n", strings.Fields("app secret update APP_KEY"+app), "updated")
	l.theHS("app secret list"+app, "APP_KEY")
	l.theHS("app secret delete APP_KEY --force"+app, "removed")
	l.sees("app secrets list", "!APP_KEY")

	elsewhere := filepath.Join(l.home, "elsewhere")
	if err := os.MkdirAll(elsewhere, 0o700); err != nil {
		t.Fatal(err)
	}
	download := l.through(l.hs, "project", "download", "--project", "shop", "--dest", "theirs", "--build", "2")
	download.Dir = elsewhere
	if out, ok := l.run(download, ""); !ok {
		t.Error(out)
	}
	ours := l.command("fns", "project", "download", "--project", "shop", "--dest", "ours", "--build", "2")
	ours.Dir = elsewhere
	if out, ok := l.run(ours, ""); !ok {
		t.Error(out)
	}
	theirs := tree(t, filepath.Join(elsewhere, "theirs"))
	if diff := cmp.Diff(strip(theirs, "shop/"), strip(tree(t, filepath.Join(elsewhere, "ours")), "shop/")); diff != "" || len(theirs) < 5 {
		t.Errorf("-hs +fns:\n%s\n%v", diff, slices.Sorted(maps.Keys(theirs)))
	}
	l.noGaps()
}

// strip takes a folder off the names of files.
func strip(files map[string]string, dir string) map[string]string {
	out := map[string]string{}
	for name, text := range files {
		out[strings.TrimPrefix(name, dir)] = text
	}
	return out
}

func TestBothToolsAgreeOnLocalDevelopment(t *testing.T) {
	t.Parallel()
	l := newBoth(t, localShop())
	l.fns("project", "upload")
	l.follow("project dev --project-account 1 --testing-account 1", "Running extension", func() {})
	l.noGaps()
	l.sees("project list-builds", "#1 (deployed)")
	// Templates come from GitHub, and nothing else is asked for.
	l.run(l.through(l.hs, "project", "create", "--name", "new", "--dest", "new", "--project-base", "empty", "--platform-version", "2026.03"), "")
	l.noGaps()
}

func TestBothToolsAgreeThroughHubSpotsLibrary(t *testing.T) {
	t.Parallel()
	l := newBoth(t, localShop())
	l.fns("project", "upload")
	l.fns("project", "upload")
	script, err := filepath.Abs(filepath.Join("..", "..", "testdata", "hs", "library.mjs"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(l.dir, "out"), 0o700); err != nil {
		t.Fatal(err)
	}
	out, ok := l.run(l.through(script, "site", "out"), "")
	if !ok || strings.Count(out, "ok ") != 7 {
		t.Error(out)
	}
	l.sees("secrets list", "LIB_KEY")
	l.sees("cms list lib", "f.functions", "draft.css", "!moved.css")
	l.sees("project list-builds", "#1 (deployed)")
	l.sees("project list", "!staged")
	l.sees("logs hi", "called")
	l.noGaps()
}
