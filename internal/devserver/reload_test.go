package devserver

import (
	"bufio"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fns-dev/fns/internal/event"
)

func twoFunctions() map[string]string {
	return map[string]string{
		"my.functions/serverless.json": manifest("a.js", "b.js"),
		"my.functions/a.js":            answering("a1"),
		"my.functions/b.js":            `exports.main = (c, send) => send({body: require("./lib/text")});`,
		"my.functions/lib/text.js":     `module.exports = "b1";`,
		"my.functions/package.json":    `{}`, // as new as the others, and no reason to reload
	}
}

func TestASaveIsServed(t *testing.T) {
	t.Parallel()
	for _, poll := range []bool{false, true} {
		t.Run(fmt.Sprintf("with polling %v", poll), func(t *testing.T) {
			t.Parallel()
			r := start(t, twoFunctions(), func(o *Options) { o.Poll = poll })
			r.awaitBody("/_hcms/api/a", "a1")
			r.write("my.functions/a.js", answering("a2"))
			r.awaitBody("/_hcms/api/a", "a2")
			e, at := next[event.Reloaded](t, r.events, 0, nil)
			if !slices.Equal(e.Functions, []string{"a"}) || !slices.Equal(e.Changed, []string{"my.functions/a.js"}) {
				t.Errorf("reloaded %v because of %v", e.Functions, e.Changed)
			}
			r.write("my.functions/lib/text.js", `module.exports = "b2";`)
			r.awaitBody("/_hcms/api/b", "b2")
			if e, _ := next[event.Reloaded](t, r.events, at, nil); !slices.Equal(e.Functions, []string{"b"}) || e.Endpoints != nil {
				t.Errorf("reloaded %v, endpoints %v", e.Functions, e.Endpoints)
			}
		})
	}
}

func TestProbe17TheLastOfSeveralSavesIsServed(t *testing.T) {
	t.Parallel()
	r := start(t, twoFunctions())
	for i, pause := range []time.Duration{time.Millisecond, 5 * time.Millisecond, 20 * time.Millisecond, 50 * time.Millisecond, 0} {
		last := fmt.Sprintf("last of %d", i)
		for j := range 20 {
			r.write("my.functions/a.js", answering(fmt.Sprint(i, j)))
			time.Sleep(pause)
		}
		r.write("my.functions/a.js", answering(last))
		r.awaitBody("/_hcms/api/a", last)
	}
}

func TestProbes18And19NoRequestIsLostDuringReloads(t *testing.T) {
	t.Parallel()
	r := start(t, twoFunctions())
	var calls, failures atomic.Int64
	stop := make(chan struct{})
	var wg sync.WaitGroup
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, Timeout: patient}
	for range 3 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				res, err := client.Get(r.url + "/_hcms/api/a") //nolint:noctx // ends with the server
				calls.Add(1)
				if err != nil || res.StatusCode != http.StatusOK {
					failures.Add(1)
				}
				if err == nil {
					_ = res.Body.Close()
				}
			}
		})
	}
	for i := range 12 {
		text := fmt.Sprintf("version %d", i)
		r.write("my.functions/a.js", answering(text))
		r.awaitBody("/_hcms/api/a", text)
	}
	close(stop)
	wg.Wait()
	if failures.Load() > 0 || calls.Load() == 0 {
		t.Errorf("%d of %d calls failed during 12 reloads\n%s", failures.Load(), calls.Load(), r.dump())
	}
}

func TestASaveThatDoesNotBuildKeepsTheLastGoodVersion(t *testing.T) {
	t.Parallel()
	r := start(t, twoFunctions())
	r.write("my.functions/a.js", "exports.main = (")
	broken, at := next[event.Diagnostics](t, r.events, 0, nil)
	if !broken.Stale || !broken.List.HasErrors() || broken.List[0].Range.File != filepath.Join(r.dir, "my.functions/a.js") {
		t.Errorf("diagnostics %+v", broken)
	}
	if got := r.get("/_hcms/api/a"); got.body != "a1" || got.header.Get("X-Fns-Stale") != "1" {
		t.Errorf("got %s, stale %q", got.body, got.header.Get("X-Fns-Stale"))
	}
	// Another function goes on changing meanwhile.
	r.write("my.functions/lib/text.js", `module.exports = "b2";`)
	r.awaitBody("/_hcms/api/b", "b2")
	r.write("my.functions/a.js", answering("a2"))
	r.awaitBody("/_hcms/api/a", "a2")
	if fixed, _ := next[event.Diagnostics](t, r.events, at, nil); fixed.Stale || len(fixed.List) != 0 {
		t.Errorf("diagnostics %+v, want none", fixed)
	}
	if got := r.get("/_hcms/api/a"); got.header.Get("X-Fns-Stale") != "" {
		t.Error("still stale")
	}
}

func TestAFileThatAppearsMendsAnImport(t *testing.T) {
	t.Parallel()
	r := start(t, twoFunctions())
	r.write("my.functions/a.js", `exports.main = (c, send) => send({body: require("./later/text")});`)
	next(t, r.events, 0, func(e event.Diagnostics) bool { return e.Stale })
	r.write("my.functions/later/text.js", `module.exports = "mended";`)
	r.awaitBody("/_hcms/api/a", "mended")
}

func TestManifestAndEnvironmentReload(t *testing.T) {
	t.Parallel()
	r := start(t, twoFunctions())
	r.write("my.functions/c.js", `exports.main = (c, send) => send({body: "key " + process.env.KEY});`)
	r.write("my.functions/serverless.json", `{"runtime": "nodejs20.x", "version": "1.0", "secrets": ["KEY"], "endpoints": {"c": {"method": "GET", "file": "c.js"}}}`)
	r.awaitBody("/_hcms/api/c", "key undefined")
	e, _ := next(t, r.events, 0, func(e event.Reloaded) bool { return e.Endpoints != nil })
	if len(e.Endpoints) != 1 || len(e.Endpoints[0].Secrets) != 1 || e.Endpoints[0].Secrets[0].Present {
		t.Errorf("endpoints %+v", e.Endpoints)
	}
	if got := r.get("/_hcms/api/a"); got.status != http.StatusNotFound {
		t.Errorf("a route that is gone answers %d", got.status)
	}
	r.write("my.functions/.env", "KEY=one\n")
	r.awaitBody("/_hcms/api/c", "key one")
	r.write("my.functions/.env.local", "KEY=two\n")
	r.awaitBody("/_hcms/api/c", "key two")
	if err := os.Remove(filepath.Join(r.dir, "my.functions/.env.local")); err != nil {
		t.Fatal(err)
	}
	r.awaitBody("/_hcms/api/c", "key one")

	at := len(r.events.all())
	r.write("my.functions/serverless.json", `{"endpoints": `)
	next(t, r.events, at, func(e event.Diagnostics) bool { return e.Stale })
	r.awaitBody("/_hcms/api/c", "key one")
}

func TestAFolderOfFunctionsThatAppearsIsServed(t *testing.T) {
	t.Parallel()
	r := start(t, twoFunctions())
	r.write("deep/new.functions/n.js", answering("new"))
	r.write("deep/new.functions/serverless.json", manifest("n.js"))
	r.awaitBody("/_hcms/api/n", "new")
}

func TestAPackageThatIsInstalledIsFound(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{
		"my.functions/package.json":                    `{"dependencies": {"p": "1"}}`,
		"my.functions/node_modules/p/package.json":     `{"name": "p", "version": "1.0.0"}`,
		"my.functions/node_modules/p/index.js":         `module.exports = "one";`,
		"my.functions/node_modules/.package-lock.json": `{"v": 1}`,
		"my.functions/serverless.json":                 manifest("a.js"),
		"my.functions/a.js":                            `exports.main = (c, send) => send({body: require("p")});`,
	})
	r.awaitBody("/_hcms/api/a", "one")
	r.write("my.functions/node_modules/p/index.js", `module.exports = "two";`)
	r.write("my.functions/node_modules/.package-lock.json", `{"v": 2}`)
	r.awaitBody("/_hcms/api/a", "two")
}

func TestAnEditDeepInsideALoadedPackageIsServed(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{
		"my.functions/package.json":                  `{"dependencies": {"p": "1"}}`,
		"my.functions/node_modules/p/package.json":   `{"name": "p", "version": "1.0.0"}`,
		"my.functions/node_modules/p/index.js":       `exports.early = require("./lib/early"); exports.late = () => require("./lib/late");`,
		"my.functions/node_modules/p/lib/early.js":   `module.exports = "early 1";`,
		"my.functions/node_modules/p/lib/late.js":    `module.exports = "late 1";`,
		"my.functions/node_modules/p/lib/nobodys.js": ``,
		"my.functions/serverless.json":               manifest("a.js"),
		"my.functions/a.js":                          `exports.main = (c, send) => { const p = require("p"); send({body: p.early + ", " + p.late()}); };`,
	})
	r.awaitBody("/_hcms/api/a", "early 1, late 1")
	r.write("my.functions/node_modules/p/lib/nobodys.js", `// nobody has loaded it`)
	r.write("my.functions/node_modules/p/lib/early.js", `module.exports = "early 2";`)
	r.awaitBody("/_hcms/api/a", "early 2, late 1")
	r.write("my.functions/node_modules/p/lib/late.js", `module.exports = "late two";`)
	r.awaitBody("/_hcms/api/a", "early 2, late two")
	for _, e := range r.events.all() {
		if e, ok := e.(event.Reloaded); ok && slices.Contains(e.Changed, "my.functions/node_modules/p/lib/nobodys.js") {
			t.Errorf("reloaded because of %v", e.Changed)
		}
	}
}

func TestAnEditInAPackageOfTheWorkspaceIsServed(t *testing.T) {
	t.Parallel()
	r := start(t, map[string]string{
		"packages/shared/package.json":        `{"name": "shared", "version": "1.0.0", "main": "index.js"}`,
		"packages/shared/index.js":            `module.exports = require("./lib/deep");`,
		"packages/shared/lib/deep.js":         `module.exports = "one";`,
		"site/my.functions/package.json":      `{"dependencies": {"shared": "*"}}`,
		"site/my.functions/node_modules/.yes": ``,
		"site/my.functions/serverless.json":   manifest("a.js", "b.js"),
		"site/my.functions/a.js":              `exports.main = (c, send) => send({body: require("shared")});`,
		"site/my.functions/b.js":              answering("b"),
	}, func(o *Options) {
		if err := os.Symlink("../../../packages/shared", filepath.Join(o.Start, "site/my.functions/node_modules/shared")); err != nil {
			t.Fatal(err)
		}
		o.Start = filepath.Join(o.Start, "site/my.functions") // the package lies outside of what is served
	})
	r.awaitBody("/_hcms/api/a", "one")
	r.write("packages/shared/lib/deep.js", `module.exports = "two";`)
	r.awaitBody("/_hcms/api/a", "two")
	r.write("packages/shared/index.js", `module.exports = require("./lib/deep") + " and more";`)
	r.awaitBody("/_hcms/api/a", "two and more")
}

func TestAFunctionOfAPlatformProjectThatAppearsIsServed(t *testing.T) {
	t.Parallel()
	meta := func(name string) string {
		return fmt.Sprintf(`{"uid": %q, "type": "app-function", "config": {"entrypoint": "/app/functions/%s.js", "endpoint": {"path": %q, "methods": ["GET"]}}}`, name, name, name)
	}
	r := start(t, map[string]string{
		"hsproject.json":                        `{"name": "p", "srcDir": "src", "platformVersion": "2026.03"}`,
		"src/app/functions/a-hsmeta.json":       meta("a"),
		"src/app/functions/a.js":                `exports.main = () => ({body: "a"});`,
		"src/app/functions/package.json":        `{}`,
		"src/app/app-hsmeta.json":               `{"uid": "app", "type": "app", "config": {}}`,
		"src/app/cards/unrelated/x-hsmeta.json": `{"uid": "x", "type": "card"}`,
	})
	r.awaitBody("/hs/serverless/a", "a")
	r.write("src/app/functions/b.js", `exports.main = () => ({body: "b"});`)
	r.write("src/app/functions/b-hsmeta.json", meta("b"))
	r.awaitBody("/hs/serverless/b", "b")
	if err := os.Remove(filepath.Join(r.dir, "src/app/functions/b-hsmeta.json")); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(patient)
	for r.get("/hs/serverless/b").status != http.StatusNotFound {
		if time.Now().After(deadline) {
			t.Fatalf("a function without a manifest is still served\n%s", r.dump())
		}
		time.Sleep(2 * time.Millisecond)
	}
}

func TestAProfileIsInForceAndReloads(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"hsproject.json":                  `{"name": "p", "srcDir": "src", "platformVersion": "2026.03"}`,
		"src/hsprofile.qa.json":           `{"accountId": 4711, "variables": {"STAGE": "qa"}}`,
		"src/hsprofile.live.json":         `{"accountId": 4712, "variables": {"STAGE": "live"}}`,
		"src/app/functions/a-hsmeta.json": `{"uid": "a", "type": "app-function", "config": {"entrypoint": "/app/functions/a.js", "endpoint": {"path": "${STAGE}/a", "methods": ["GET"]}}}`,
		"src/app/functions/a.js":          `exports.main = (c) => ({body: String(c.accountId)});`,
		"src/app/functions/package.json":  `{}`,
	}
	r := start(t, files, func(o *Options) { o.Profile = "live" })
	if got := r.get("/hs/serverless/live/a"); got.body != "4712" {
		t.Errorf("got %d %s", got.status, got.body)
	}
	r.write("src/hsprofile.live.json", `{"accountId": 4713, "variables": {"STAGE": "now"}}`)
	r.awaitBody("/hs/serverless/now/a", "4713")
	r.write("src/hsprofile.live.json", `{"accountId": 4713, "variables": {}}`)
	next(t, r.events, 0, func(e event.Diagnostics) bool { return e.Stale })
	r.awaitBody("/hs/serverless/now/a", "4713")
}

func TestASaveWithoutAChangeIsNoReload(t *testing.T) {
	t.Parallel()
	r := start(t, twoFunctions())
	r.write("my.functions/a.js", answering("a1"))
	r.write("my.functions/notes.txt", "nothing of it is served")
	r.write("my.functions/b.js", `exports.main = (c, send) => send({body: "b2"});`)
	r.awaitBody("/_hcms/api/b", "b2")
	for _, e := range r.events.all() {
		if e, ok := e.(event.Reloaded); ok && !slices.Equal(e.Functions, []string{"b"}) {
			t.Errorf("reloaded %v because of %v", e.Functions, e.Changed)
		}
	}
}

func TestPagesAreToldToReload(t *testing.T) {
	t.Parallel()
	r := start(t, twoFunctions())
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.url+"/_fns/reload", nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	res, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	lines := bufio.NewScanner(res.Body)
	seen := func(want string) {
		t.Helper()
		for lines.Scan() {
			if lines.Text() == want {
				return
			}
		}
		t.Fatalf("the stream ended without %q", want)
	}
	seen("event: hello")
	r.write("my.functions/a.js", answering("a2"))
	seen("event: reload")
	if err := r.stop(); err != nil { // with the stream open
		t.Fatal(err)
	}
	if script := func() string {
		r2 := start(t, twoFunctions())
		return r2.get("/_fns/reload.js").body
	}(); !strings.Contains(script, "EventSource") {
		t.Errorf("the script is %q", script)
	}
}

// Not parallel: it looks at all processes and files of this one.
func TestProbe23NothingIsLeftBehind(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	before := children(t)
	r := start(t, twoFunctions())
	r.awaitBody("/_hcms/api/a", "a1")
	if _, err := os.Stat("/proc/self/task"); err == nil && children(t) == before {
		t.Error("the function ran without a process of its own")
	}
	if err := r.stop(); err != nil {
		t.Fatal(err)
	}
	if after := children(t); after != before {
		t.Errorf("%d processes before, %d after", before, after)
	}
	// The test's own folder is made below the same one.
	for _, left := range entries(t, tmp) {
		if left != filepath.Base(filepath.Dir(r.dir)) {
			t.Errorf("%s is left behind", left)
		}
	}
}

func entries(t *testing.T, dir string) []string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

// children counts the processes that this one has started, 0 if it can't tell.
func children(t *testing.T) int {
	t.Helper()
	tasks, _ := filepath.Glob("/proc/self/task/*/children")
	n := 0
	for _, path := range tasks {
		text, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		n += len(strings.Fields(string(text)))
	}
	return n
}
