package main

import (
	"bytes"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.yaml.in/yaml/v3"
)

// task is one thing that both hs and fns can do.
type task struct {
	name  string
	hs    []string // arguments
	fns   []string // "" for the same
	stdin string
	// before prepares HubSpot.
	before func(h *fakeHub)
	// ours are calls that fns makes beyond those of hs, and theirs the other way
	// round; why is the sentence of docs/hs-differences.md that says so.
	ours, theirs []string
	why          string
	// noAccount begins without a config file.
	noAccount bool
	// config is the sentence of docs/hs-differences.md about a config file that may
	// differ.
	config string
	older  bool // a hubspot.config.yml instead of the global file
	// env are variables; $HOME in them is the home folder of the task.
	env     []string
	proxied bool // with a proxy instead of HUBAPI_DOMAIN_OVERRIDE, so at HubSpot's own addresses
	// fails says that both must fail; hsDoesNot that only fns does, hsFails that
	// only hs does.
	fails, hsDoesNot, hsFails bool
	files                     map[string]string // to begin with, by path
	dir                       string            // where it runs, "" for the home folder
	json                      bool              // both must print the same JSON
	makes                     []string          // files that both must have made
	live                      []step            // of a command that runs until it is interrupted
}

// step is something that happens while a command runs, and the call that must
// follow.
type step struct {
	writes, text, removes string
	awaits                string // regexp on "METHOD /path?query body"
}

func secretsThere(h *fakeHub) { h.secrets["123"] = []string{"OLD"} }

const readBack = `GET /cms/v3/functions/secrets?portalId=123`

func tasks() []task {
	checked := "the list is read back, and a secret that is not there is an error"
	appChecked := func(h *fakeHub) { h.secrets["app9"] = []string{"OLD"} }
	appBack := []string{`GET /dev-secrets/management/v3/keys/app/9?portalId=123`}
	exchange := []string{"POST /localdevauth/v1/auth/refresh?portalId=123"}
	exchangeBeta := []string{"POST /localdevauth/v1/auth/refresh?portalId=456"}
	offline := "asks nobody on the network"
	logs := func(h *fakeHub) {
		h.addLog("a/b", `{"id":"1","createdAt":1793534401000,"executionTime":12,"status":"SUCCESS","log":"x","error":null}`)
	}
	appLogs := func(h *fakeHub) {
		h.addAppLog("WEBHOOKS", `{"id":"w1","loggingSystemType":"WEBHOOKS","requestExecutionTimestamp":1793534409000,"duration":9,"portalId":123,"traceId":"t","appId":9}`)
	}
	return []task{
		{name: "log in", hs: []string{"account", "auth", "--pak", "pat-acme", "--name", "acme", "--default"}, noAccount: true},
		{name: "log in with a wrong key", hs: []string{"account", "auth", "--pak", "pat-wrong", "--name", "acme", "--default"}, noAccount: true, fails: true},
		{name: "list accounts", hs: []string{"account", "list"}, theirs: exchange, why: offline},
		{name: "show an account", hs: []string{"account", "info", "acme"}, theirs: exchange, why: "the key is exchanged once"},
		{name: "choose the default account", hs: []string{"account", "use", "beta"}, theirs: exchangeBeta, why: offline},
		{name: "rename an account", hs: []string{"account", "rename", "acme", "shop"}, theirs: exchange, why: offline},
		{name: "remove an account", hs: []string{"account", "remove", "beta"}, theirs: exchangeBeta, why: offline},
		{name: "log in again", hs: []string{"account", "auth", "--pak", "pat-acme", "--name", "acme", "--default"}, theirs: exchange, why: offline},
		{name: "list secrets of another account", hs: []string{"secret", "list", "-a", "beta"}},
		{name: "list secrets with OAuth", hs: []string{"secret", "list", "-a", "app"}, config: "keys of an account are kept as they are"},
		{name: "list secrets with the older file", hs: []string{"secret", "list"}, older: true},
		{name: "add an account to the older file", hs: []string{"auth", "--pak", "pat-acme", "-a", "123"}, older: true, theirs: exchange, why: offline, config: "keys of an account are kept as they are"},
		{
			name: "list secrets of the environment's account", hs: []string{"secret", "list", "--use-env"}, noAccount: true,
			env: []string{"HUBSPOT_ACCOUNT_ID=123", "HUBSPOT_PERSONAL_ACCESS_KEY=pat-acme"},
		},
		{name: "list secrets", hs: []string{"secret", "list"}, before: secretsThere},
		{name: "add a secret", hs: []string{"secret", "add", "NEW"}, stdin: "hush\n", before: secretsThere, ours: []string{readBack}, why: checked},
		{name: "add a secret that is there", hs: []string{"secret", "add", "OLD"}, stdin: "hush\n", before: secretsThere, fails: true},
		{name: "change a secret", hs: []string{"secret", "update", "OLD"}, stdin: "hush\n", before: secretsThere, ours: []string{readBack}, why: checked},
		{name: "change a secret that is not there", hs: []string{"secret", "update", "NONE"}, stdin: "hush\n", before: secretsThere, fails: true},
		{name: "delete a secret", hs: []string{"secret", "delete", "OLD", "--force"}, before: secretsThere, ours: []string{readBack}, why: checked},
		{
			name: "list secrets while HubSpot fails", hs: []string{"secret", "list"}, before: func(h *fakeHub) { h.inject("GET /cms", `500 {"message":"x"}`, 9) },
			fails: true, hsDoesNot: true, why: "exit code 0 after a failed call",
		},
		{name: "list an app's secrets", hs: []string{"app", "secret", "list", "--app", "9"}, before: appChecked},
		{name: "add an app's secret", hs: []string{"app", "secret", "add", "NEW", "--app", "9"}, stdin: "hush\n", before: appChecked, ours: append(slices.Clone(appBack), appBack...), why: checked},
		{name: "change an app's secret", hs: []string{"app", "secret", "update", "OLD", "--app", "9"}, stdin: "hush\n", before: appChecked, ours: append(slices.Clone(appBack), appBack...), why: checked},
		{name: "delete an app's secret", hs: []string{"app", "secret", "delete", "OLD", "--app", "9", "--force"}, before: appChecked, ours: append(slices.Clone(appBack), appBack...), why: checked},
		{name: "logs", hs: []string{"cms", "function", "logs", "a/b"}, fns: []string{"logs", "a/b"}, before: logs},
		{name: "logs with a limit", hs: []string{"cms", "function", "logs", "a/b", "--limit", "2"}, fns: []string{"logs", "a/b", "--limit", "2"}, before: logs},
		{name: "the latest log", hs: []string{"cms", "function", "logs", "a/b", "--latest"}, fns: []string{"logs", "a/b", "--latest"}, before: logs},
		{name: "logs of nothing", hs: []string{"cms", "function", "logs", "none"}, fns: []string{"logs", "none"}, before: logs, fails: true},
		{name: "logs of an app", hs: []string{"app", "logs", "--app", "9", "--type", "webhooks"}, before: appLogs},
		{name: "failures of an app", hs: []string{"app", "logs", "--app", "9", "--type", "webhooks", "--errors-only", "--limit", "3", "--json"}, before: appLogs},
		{name: "one entry of an app's log", hs: []string{"app", "log-details", "w1", "--app", "9", "--type", "webhooks", "--json"}, before: appLogs},
	}
}

// TestBothToolsMakeTheSameCalls runs each task with hs and with fns against one
// HubSpot each, over TLS and with the variables of hs, and compares what
// arrived. `make hs-interop` runs it.
func TestBothToolsMakeTheSameCalls(t *testing.T) {
	hs := os.Getenv("FNS_HS")
	if hs == "" {
		t.Skip("make hs-interop runs it with the official hs")
	}
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "hs-differences.md"))
	if err != nil {
		t.Fatal(err)
	}
	differences := strings.Join(strings.Fields(string(text)), " ")
	fns, err := exec.LookPath("fns") // this test binary; see TestMain
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range slices.Concat(tasks(), projectTasks(), fileTasks(), followTasks(), envTasks()) {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for _, sentence := range []string{tt.why, tt.config} {
				if !strings.Contains(differences, sentence) {
					t.Errorf("docs/hs-differences.md does not say %q", sentence)
				}
			}
			theirs, theirConfig := perform(t, tt, "node", append([]string{hs}, tt.hs...), tt.fails && !tt.hsDoesNot || tt.hsFails)
			args := tt.fns
			if args == nil {
				args = tt.hs
			}
			ours, ourConfig := perform(t, tt, fns, args, tt.fails)
			if len(tt.theirs) > 0 { // a login of one tool alone
				dropTokens(theirConfig)
				dropTokens(ourConfig)
			}
			if diff := cmp.Diff(theirConfig, ourConfig); diff != "" && !tt.fails && tt.config == "" {
				t.Errorf("config file: -hs +fns:\n%s", diff)
			}
			if diff := cmp.Diff(without(t, theirs, tt.theirs), without(t, ours, tt.ours), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("-hs +fns:\n%s", diff)
			}
		})
	}
}

// without takes calls out, each the last time it was made.
func without(t *testing.T, calls []call, extra []string) []call {
	t.Helper()
	for _, want := range extra {
		i := len(calls) - 1
		for i >= 0 && calls[i].Line != want {
			i--
		}
		if i < 0 {
			t.Errorf("the call %s, which is listed as a difference, was not made", want)
			continue
		}
		calls = slices.Delete(calls, i, i+1)
	}
	return calls
}

// call is one call as it arrived, without what may differ.
type call struct {
	Line          string // method, path, query
	Authorization string
	ContentType   string
	Accept        string
	Body          any
}

// side are the calls of hs around every command: notices, and reports of usage
// with the exchange that goes before them.
var side = regexp.MustCompile(`^(GET \S*/firealarm/|POST \S*/local/dev/tools/proxy/v1/usage)`)

// globalConfig is the config file of a task that asks for none.
const globalConfig = `defaultAccount: 123
allowUsageTracking: false
accounts:
  - name: acme
    accountId: 123
    env: prod
    authType: personalaccesskey
    accountType: STANDARD
    personalAccessKey: pat-acme
    auth:
      tokenInfo: {}
  - name: beta
    accountId: 456
    env: prod
    authType: personalaccesskey
    accountType: DEVELOPER_TEST
    parentAccountId: 42
    somethingNew: kept
    personalAccessKey: pat-beta
    auth:
      tokenInfo: {}
  - name: app
    accountId: 789
    env: prod
    authType: oauth2
    accountType: STANDARD
    auth:
      clientId: cid
      clientSecret: csec
      scopes:
        - content
      tokenInfo:
        refreshToken: ref
`

// perform does a task with one tool and gives the calls it made, and the config
// file after it.
func perform(t *testing.T, tt task, tool string, args []string, fails bool) ([]call, any) {
	t.Helper()
	h := newFakeHub()
	if tt.before != nil {
		tt.before(h)
	}
	authority, way := "", []string(nil)
	if tt.proxied {
		authority, way = hubSpotsHosts(t, h)
	} else {
		authority, way = h.overTLS(t)
	}
	home := t.TempDir()
	pemFile := filepath.Join(home, "ca.pem")
	write := func(path, text string) {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(pemFile, authority)
	switch {
	case tt.noAccount:
	case tt.older:
		write(filepath.Join(home, "hubspot.config.yml"), `defaultPortal: acme
allowUsageTracking: false
portals:
  - name: acme
    portalId: 123
    env: prod
    authType: personalaccesskey
    accountType: STANDARD
    somethingNew: kept
    personalAccessKey: pat-acme
    auth:
      tokenInfo:
        accessToken: ''
        expiresAt: ''
`)
	default:
		write(filepath.Join(home, ".hscli", "config.yml"), globalConfig)
	}
	cmd := exec.Command(tool, args...)
	for path, text := range tt.files {
		write(filepath.Join(home, filepath.FromSlash(path)), text)
	}
	cmd.Dir = filepath.Join(home, tt.dir)
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "NODE_EXTRA_CA_CERTS=" + pemFile, "CI=1"}, quiet(way)...)
	for _, variable := range tt.env {
		cmd.Env = append(cmd.Env, strings.ReplaceAll(variable, "$HOME", home))
	}
	cmd.Stdin = strings.NewReader(tt.stdin)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	var err error
	if tt.live == nil {
		err = cmd.Run()
	} else {
		err = h.live(cmd, home, tt.live)
	}
	if (err != nil) != fails {
		t.Errorf("%s %s: %v\n%s%s", filepath.Base(tool), strings.Join(args, " "), err, stdout.Bytes(), stderr.Bytes())
	}
	if tt.noAccount && !fails && tt.env == nil {
		readable(t, home, cmd.Env)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	calls := arrived(t, h)
	if tt.live != nil {
		calls = once(calls)
	}
	return append(calls, results(t, tt, home, stdout.Bytes())...), configIn(t, home)
}

// live starts a command, does the steps, and interrupts it. A file is written
// until the tool has noticed, because nobody says when it begins to look; fns
// looks at what has changed since the last upload, so there has to be one.
func (h *fakeHub) live(cmd *exec.Cmd, home string, steps []step) error {
	if err := cmd.Start(); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	var failed error
	for _, s := range steps {
		if failed = h.step(home, s, done); failed != nil {
			break
		}
	}
	_ = cmd.Process.Signal(os.Interrupt) // has it ended, Wait says so
	select {
	case <-done:
	case <-time.After(patience):
		_ = cmd.Process.Kill()
		failed = errors.Join(failed, errors.New("did not end after an interrupt"))
	}
	return failed
}

func (h *fakeHub) step(home string, s step, done chan error) error {
	call := regexp.MustCompile(s.awaits)
	deadline := time.Now().Add(2 * patience)
	for wait := time.Duration(0); h.find(call, 0) < 0; wait += 10 * time.Millisecond {
		if wait%(2*time.Second) == 0 && s.writes != "" {
			if err := os.WriteFile(filepath.Join(home, s.writes), []byte(s.text), 0o600); err != nil {
				return err
			}
		}
		if wait == 0 && s.removes != "" {
			if err := os.Remove(filepath.Join(home, s.removes)); err != nil {
				return err
			}
		}
		select {
		case err := <-done:
			done <- err
			return fmt.Errorf("ended before %s: %w", s.awaits, err)
		case <-time.After(10 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("no call %s", s.awaits)
		}
	}
	return nil
}

// once leaves out calls that were made before: a tool may notice a save twice.
func once(calls []call) []call {
	seen := map[string]bool{}
	return slices.DeleteFunc(calls, func(c call) bool {
		key := fmt.Sprint(c)
		twice := seen[key]
		seen[key] = true
		return twice
	})
}

// dropTokens takes the cached tokens out of a config.
func dropTokens(config any) {
	switch c := config.(type) {
	case map[string]any:
		delete(c, "accessToken")
		delete(c, "expiresAt")
		for _, v := range c {
			dropTokens(v)
		}
	case []any:
		for _, v := range c {
			dropTokens(v)
		}
	}
}

// configIn reads the config file, if there is one, without what differs from one
// run to the next.
func configIn(t *testing.T, home string) any {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(home, ".hscli", "config.yml"))
	if err != nil {
		text, err = os.ReadFile(filepath.Join(home, "hubspot.config.yml"))
	}
	if err != nil {
		return nil
	}
	text = regexp.MustCompile(`token-(\d+)-\d+`).ReplaceAll(text, []byte("token-$1"))
	text = regexp.MustCompile(`'?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.\d{3}Z'?`).ReplaceAll(text, []byte("'a time'"))
	var config any
	if err := yaml.Unmarshal(text, &config); err != nil {
		t.Errorf("%v\n%s", err, text)
	}
	return config
}

// quiet adds the variables that keep hs from asking anybody but HubSpot.
func quiet(env []string) []string {
	return append(env, "NO_UPDATE_NOTIFIER=1", "BROWSER=none", "NO_COLOR=1", "DISABLE_USAGE_TRACKING=true", "SKIP_HUBSPOT_CLI_AUTO_UPDATES=true")
}

// overTLS starts h where HUBAPI_DOMAIN_OVERRIDE leads to, until the test ends.
func (h *fakeHub) overTLS(t *testing.T) (authority string, env []string) {
	t.Helper()
	server := httptest.NewTLSServer(overridden(h.handler))
	t.Cleanup(server.Close)
	authority = string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
	return authority, []string{"HUBAPI_DOMAIN_OVERRIDE=" + strings.TrimPrefix(server.URL, "https://") + "/x"}
}

// overridden gives the handler the calls of a tool that HUBAPI_DOMAIN_OVERRIDE has
// sent here, whose addresses begin with what stands behind the host. That for
// production is not recorded.
func overridden(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		prefix, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		http.StripPrefix("/"+prefix, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r.RequestURI = r.URL.RequestURI()
			if prefix != "x.com" {
				r.RequestURI = "/" + prefix + r.RequestURI
			}
			next.ServeHTTP(w, r)
		})).ServeHTTP(w, r)
	})
}

// arrived gives the calls that count.
func arrived(t *testing.T, h *fakeHub) []call {
	t.Helper()
	token := regexp.MustCompile(`^(Bearer token-\d+)-\d+$`)
	var calls []call
	for i, line := range h.calls {
		if side.MatchString(line) {
			continue
		}
		request, body, _ := strings.Cut(line, " {")
		c := call{
			Line: request, Authorization: token.ReplaceAllString(h.heads[i].Get("Authorization"), "$1"),
			ContentType: h.heads[i].Get("Content-Type"), Accept: h.heads[i].Get("Accept"),
		}
		if c.multipart(t, h.bodies[i]) {
			calls = append(calls, c)
			continue
		}
		if body != "" {
			if err := json.Unmarshal([]byte("{"+body), &c.Body); err != nil {
				t.Errorf("%s: %v", line, err)
			}
		}
		calls = append(calls, c)
	}
	return inOrder(withoutPolling(calls))
}

// readable checks that both tools can read what one has written, and that the
// file holds what hs needs.
func readable(t *testing.T, home string, env []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(home, ".hscli", "config.yml"))
	if err != nil {
		t.Error(err)
		return
	}
	for _, want := range []string{"name: acme", "accountId: 123", "authType: personalaccesskey", "personalAccessKey: pat-acme", "tokenInfo:", "accessToken: token-123-", "accountType: STANDARD", "defaultAccount: 123", "expiresAt: "} {
		if !bytes.Contains(text, []byte(want)) {
			t.Errorf("the config file lacks %q:\n%s", want, text)
		}
	}
	for _, args := range [][]string{{"fns", "account", "list"}, {"node", os.Getenv("FNS_HS"), "account", "list"}} {
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Dir, cmd.Env = home, env
		if out, err := cmd.CombinedOutput(); err != nil || !bytes.Contains(out, []byte("acme")) {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
}
