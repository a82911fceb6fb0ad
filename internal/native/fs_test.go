package native

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// diskHost is a Host for natives that need no loop.
type diskHost struct {
	ctx    context.Context
	config Config
}

func (h *diskHost) Context() context.Context                       { return h.ctx }
func (h *diskHost) Hold() func(func())                             { return func(fn func()) { fn() } }
func (h *diskHost) Post(fn func())                                 { fn() }
func (h *diskHost) StartTimer(time.Duration, bool, Callback) Timer { return nil }
func (h *diskHost) Log(string, string)                             {}
func (h *diskHost) Exit(int)                                       {}
func (h *diskHost) Config() *Config                                { return &h.config }

// machine is a developer's folder tree: a project with functions and packages,
// and a secret beside it.
type machine struct {
	t    *testing.T
	root string
	host *diskHost
	call Func
}

func newMachine(t *testing.T, tmpBytes int64) *machine {
	t.Helper()
	root := realpathOr(t.TempDir())
	m := &machine{t: t, root: root}
	for path, text := range map[string]string{
		"secret.txt": "secret", "project/app/main.js": "main", "project/app/data/a.json": "{}", "project/config.yml": "key",
		"project/app/node_modules/near/package.json": "near", "project/node_modules/far/package.json": "far", "preloaded/axios/package.json": "axios",
	} {
		full := filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tmp := filepath.Join(root, "private")
	if err := os.Mkdir(tmp, 0o755); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	m.host = &diskHost{ctx, Config{Dir: filepath.Join(root, "project/app"), TmpDir: tmp, PackageDirs: []string{filepath.Join(root, "preloaded")}, TmpBytes: tmpBytes}}
	m.call = fsNatives()["fs"]
	return m
}

// run gives the result, and the code of a failure.
func (m *machine) run(args ...any) (any, string) {
	m.t.Helper()
	v, err := m.call(m.host, args)
	if err != nil {
		m.t.Fatal(err)
	}
	if f, ok := v.(map[string]any); ok {
		return nil, f["failed"].(string)
	}
	return v, ""
}

func TestFilesOfTheMachineAreOutOfReach(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("symlinks need privileges on Windows")
	}
	m := newMachine(t, 0)
	link := func(target, name string) {
		if err := os.Symlink(target, filepath.Join(m.root, name)); err != nil {
			t.Fatal(err)
		}
	}
	link(filepath.Join(m.root, "secret.txt"), "project/app/escape")
	link("../../secret.txt", "project/app/relative")
	link("data/a.json", "project/app/inside")
	link(filepath.Join(m.root, "secret.txt"), "private/planted")
	for path, want := range map[string]string{
		"main.js":                       "main",
		"./data/../main.js":             "main",
		m.root + "/project/app/main.js": "main",
		m.root + "/project/app/node_modules/near/package.json": "near",
		m.root + "/project/node_modules/far/package.json":      "far",
		m.root + "/preloaded/axios/package.json":               "axios",
		"inside":                                               "{}",
		"../config.yml":                                        "ENOENT",
		"../../secret.txt":                                     "ENOENT",
		m.root + "/secret.txt":                                 "ENOENT",
		m.root + "/project/app/../../secret.txt":               "ENOENT",
		m.root + "/private/planted":                            "ENOENT",
		"/tmp/planted":                                         "ENOENT",
		"/tmp/../etc/hosts":                                    "ENOENT",
		"escape":                                               "ENOENT",
		"relative":                                             "ENOENT",
		"/etc/hosts":                                           "ENOENT",
		"/proc/self/environ":                                   "ENOENT",
		"/":                                                    "ENOENT",
		"data":                                                 "EISDIR",
		"main.js/x":                                            "ENOTDIR",
	} {
		got, code := m.run("readFile", path, int64(0))
		if b, ok := got.([]byte); ok {
			code = string(b)
		}
		if code != want {
			t.Errorf("read %s: got %q, want %q", path, code, want)
		}
	}
}

func TestOnlyTmpIsWritable(t *testing.T) {
	t.Parallel()
	m := newMachine(t, 0)
	const create = int64(linuxWRONLY | linuxCREAT | linuxTRUNC)
	for path, want := range map[string]string{
		"/tmp/new": "", "/tmp/../tmp/new": "", "main.js": "EROFS", "new": "EROFS", "none/new": "ENOENT", "/etc/hosts": "EROFS", "/var/new": "EROFS",
		"/tmp/none/new": "ENOENT",
	} {
		if _, code := m.run("writeFile", path, []byte("x"), create, int64(0o666), false); code != want {
			t.Errorf("write %s: got %q, want %q", path, code, want)
		}
	}
	for _, c := range []struct {
		want string
		args []any
	}{
		{"EROFS", []any{"unlink", "main.js"}},
		{"EROFS", []any{"rm", "data"}},
		{"ENOENT", []any{"rm", "/etc"}},
		{"EBUSY", []any{"rm", "/tmp"}},
		{"EROFS", []any{"mkdir", "made", int64(0o777), true}},
		{"EEXIST", []any{"mkdir", "data", int64(0o777), false}},
		{"", []any{"mkdir", "data", int64(0o777), true}},
		{"EROFS", []any{"mkdir", "/opt/made", int64(0o777), true}},
		{"EROFS", []any{"rename", "main.js", "/tmp/main.js"}},
		{"EROFS", []any{"rename", "/tmp/new", "new"}},
		{"EROFS", []any{"copyFile", "/tmp/new", "new", int64(0)}},
		{"", []any{"copyFile", "main.js", "/tmp/copy", int64(0)}},
		{"EROFS", []any{"chmod", "main.js", int64(0)}},
		{"EROFS", []any{"truncate", "main.js", int64(0)}},
		{"EROFS", []any{"access", "main.js", int64(2)}},
		{"", []any{"access", "main.js", int64(4)}},
		{"EROFS", []any{"symlink", "x", "link"}},
	} {
		if _, code := m.run(c.args...); code != c.want {
			t.Errorf("%v: got %q, want %q", c.args, code, c.want)
		}
	}
	if b, err := os.ReadFile(filepath.Join(m.root, "project/app/main.js")); err != nil || string(b) != "main" {
		t.Errorf("the function's file is now %q, %v", b, err)
	}
}

func TestALinkInTmpLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("symlinks need privileges on Windows")
	}
	m := newMachine(t, 0)
	const create = int64(linuxWRONLY | linuxCREAT)
	if err := os.Symlink(filepath.Join(m.root, "new.txt"), filepath.Join(m.root, "private/out")); err != nil {
		t.Fatal(err)
	}
	if _, code := m.run("writeFile", "/tmp/out", []byte("x"), create, int64(0o666), false); code != "EROFS" {
		t.Errorf("writing through a link gave %q", code)
	}
	if _, err := os.Stat(filepath.Join(m.root, "new.txt")); err == nil {
		t.Error("the file outside exists")
	}
	m.run("symlink", "/tmp/target", "/tmp/in")
	if _, code := m.run("writeFile", "/tmp/in", []byte("x"), create, int64(0o666), false); code != "" {
		t.Errorf("writing through a link inside /tmp gave %q", code)
	}
	if got, _ := m.run("readlink", "/tmp/in"); got != "/tmp/target" {
		t.Errorf("readlink gave %v", got)
	}
	if got, _ := m.run("realpath", "/tmp/in", "lstat"); got != "/tmp/target" {
		t.Errorf("realpath gave %v", got)
	}
}

func TestTmpHoldsSoMuchAndNoMore(t *testing.T) {
	t.Parallel()
	m := newMachine(t, 1000)
	const create = int64(linuxWRONLY | linuxCREAT | linuxTRUNC)
	write := func(path string, n int) string {
		_, code := m.run("writeFile", path, []byte(strings.Repeat("x", n)), create, int64(0o666), false)
		return code
	}
	if code := write("/tmp/a", 900); code != "" {
		t.Fatal(code)
	}
	if code := write("/tmp/b", 200); code != "ENOSPC" {
		t.Errorf("over the limit: %q", code)
	}
	if _, code := m.run("truncate", "/tmp/b", int64(500)); code != "ENOSPC" {
		t.Errorf("growing over the limit: %q", code)
	}
	m.run("unlink", "/tmp/a")
	if code := write("/tmp/c", 900); code != "" {
		t.Errorf("after deleting: %q", code)
	}
}

func TestFilesAreClosedWithTheInstance(t *testing.T) {
	t.Parallel()
	m := newMachine(t, 0)
	ctx, cancel := context.WithCancel(context.Background())
	m.host.ctx = ctx
	fd, code := m.run("open", "main.js", int64(0), int64(0))
	if code != "" {
		t.Fatal(code)
	}
	cancel()
	for range 200 {
		if _, code = m.run("fstat", fd); code == "EBADF" {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("the file is still open: %q", code)
}
