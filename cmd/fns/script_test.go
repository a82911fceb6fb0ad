package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/fns-dev/fns/internal/worker"
)

// patience is how long a script waits for something that should happen at once:
// long, because test machines are slow, and never waited for in full if all is
// well.
const patience = 60 * time.Second

// TestMain makes the test binary both the fns of the scripts and its workers.
func TestMain(m *testing.M) {
	worker.MaybeMain()
	testscript.Main(m, map[string]func(){"fns": main})
}

// TestScripts runs testdata/script/*.txtar; README.md there explains them.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("..", "..", "testdata", "script"),
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, ".cache"))
			env.Setenv("NO_PROXY", "*")
			env.Setenv("FNS_KEYRING", "off") // the user's own is no place for tests
			env.Setenv("TMPDIR", filepath.Join(env.WorkDir, ".tmp"))
			env.Values[serverKey{}] = &servers{byName: map[string]*server{}}
			env.Defer(func() { env.Values[serverKey{}].(*servers).stopAll() })
			env.Setenv("BROWSER", "none")
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"hubspot":    hubspot,
			"server":     startServer,
			"waitserver": waitServer,
			"waitevent":  waitEvent,
			"stopserver": stopServer,
			"httpget":    httpGet,
			"httppost":   httpPost,
			"replace":    replace,
			"await":      awaitFile,
			"freeport":   setFreePort,
			"holdport":   holdPort,
		},
	})
}

type serverKey struct{}

// servers are the dev servers that one script has started.
type servers struct {
	mu     sync.Mutex
	byName map[string]*server
	held   []net.Listener
	hub    *fakeHub
}

func (s *servers) stopAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, srv := range s.byName {
		_ = srv.cmd.Process.Kill() // already gone in most cases
		<-srv.done
	}
	for _, l := range s.held {
		_ = l.Close()
	}
	if s.hub != nil {
		s.hub.server.CloseClientConnections()
		s.hub.server.Close()
	}
}

// server is one running `fns dev --json`.
type server struct {
	cmd    *exec.Cmd
	stderr bytes.Buffer
	done   chan struct{} // closed when the process has ended
	err    error         // of Wait, valid after done

	mu     sync.Mutex
	events []json.RawMessage
	seen   int           // events that waitevent has passed over
	more   chan struct{} // closed and replaced with each event
}

func state(ts *testscript.TestScript) *servers { return ts.Value(serverKey{}).(*servers) }

// startServer: server <args of fns>. Starts fns with the arguments and --json in
// the background and collects its events.
func startServer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: server <arguments of fns>")
	}
	path, err := exec.LookPath("fns")
	ts.Check(err)
	srv := &server{done: make(chan struct{}), more: make(chan struct{})}
	srv.cmd = exec.Command(path, append(args, "--json")...)
	srv.cmd.Dir = ts.Getenv("PWD")
	if srv.cmd.Dir == "" {
		srv.cmd.Dir = ts.MkAbs(".")
	}
	for _, name := range []string{"PATH", "HOME", "XDG_CACHE_HOME", "TMPDIR", "NODE_ENV", "LOCALAPPDATA", "SYSTEMROOT", "FNS_KEYRING"} {
		if v := ts.Getenv(name); v != "" {
			srv.cmd.Env = append(srv.cmd.Env, name+"="+v)
		}
	}
	srv.cmd.Stderr = &srv.stderr
	stdout, err := srv.cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(srv.cmd.Start())
	s := state(ts)
	s.mu.Lock()
	s.byName["default"] = srv
	s.mu.Unlock()
	go func() {
		defer close(srv.done)
		lines := bufio.NewScanner(stdout)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			srv.add(bytes.Clone(lines.Bytes()))
		}
		srv.err = srv.cmd.Wait()
	}()
}

func (s *server) add(line []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events = append(s.events, line)
	close(s.more)
	s.more = make(chan struct{})
}

func current(ts *testscript.TestScript) *server {
	s := state(ts)
	s.mu.Lock()
	defer s.mu.Unlock()
	srv := s.byName["default"]
	if srv == nil {
		ts.Fatalf("no server was started")
	}
	return srv
}

// next waits for an event of a kind whose text matches, after those that an
// earlier wait has passed.
func (s *server) next(kind string, match *regexp.Regexp) (json.RawMessage, error) {
	timeout := time.After(patience)
	for {
		s.mu.Lock()
		for s.seen < len(s.events) {
			line := s.events[s.seen]
			s.seen++
			var head struct{ Event string }
			if json.Unmarshal(line, &head) == nil && head.Event == kind && match.Match(line) {
				s.mu.Unlock()
				return line, nil
			}
		}
		more := s.more
		s.mu.Unlock()
		select {
		case <-more:
		case <-s.done:
			return nil, fmt.Errorf("the server ended (%v) before %q; stderr:\n%s", s.err, kind, s.stderr.String())
		case <-timeout:
			return nil, fmt.Errorf("no event %q with %v", kind, match)
		}
	}
}

// waitServer: waitserver. Waits until the server answers and sets $URL.
func waitServer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: waitserver")
	}
	line, err := current(ts).next("started", regexp.MustCompile(""))
	ts.Check(err)
	var started struct {
		URL  string
		Port int
	}
	ts.Check(json.Unmarshal(line, &started))
	ts.Setenv("URL", started.URL)
	ts.Setenv("PORT", fmt.Sprint(started.Port))
}

// waitEvent: waitevent <kind> [regexp]. Waits for the next such event.
func waitEvent(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: waitevent <kind> [regexp]")
	}
	pattern := ""
	if len(args) == 2 {
		pattern = args[1]
	}
	match, err := regexp.Compile(pattern)
	ts.Check(err)
	line, err := current(ts).next(args[0], match)
	ts.Check(err)
	ts.Logf("%s", line)
}

// stopServer: stopserver. Interrupts the server, waits, and checks that it ended
// well and left neither a process nor a file.
func stopServer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: stopserver")
	}
	srv := current(ts)
	if runtime.GOOS == "windows" { // can't be sent an interrupt from here
		ts.Check(srv.cmd.Process.Kill())
		<-srv.done
		return
	}
	workers := children(srv.cmd.Process.Pid)
	ts.Check(srv.cmd.Process.Signal(os.Interrupt))
	select {
	case <-srv.done:
	case <-time.After(patience):
		ts.Fatalf("the server did not end after an interrupt")
	}
	if srv.err != nil {
		ts.Fatalf("the server ended with %v; stderr:\n%s", srv.err, srv.stderr.String())
	}
	for _, pid := range workers {
		if _, err := os.Stat(filepath.Join("/proc", pid)); err == nil {
			ts.Fatalf("process %s outlived its server", pid)
		}
	}
	left, err := filepath.Glob(filepath.Join(ts.Getenv("TMPDIR"), "fns-*"))
	ts.Check(err)
	if len(left) > 0 {
		ts.Fatalf("the server left %v", left)
	}
}

// children gives the ids of the processes that pid has started, where the system
// tells.
func children(pid int) []string {
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	if err != nil {
		return nil
	}
	var all []string
	for _, file := range files {
		if text, err := os.ReadFile(file); err == nil {
			all = append(all, strings.Fields(string(text))...)
		}
	}
	return all
}

// httpGet: [!] httpget <url> <regexp>... The answer, status line first, must match
// every pattern; with ! none. It is asked again until it does, because what was
// just saved may take a moment.
func httpGet(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: [!] httpget <url> <regexp>...")
	}
	poll(ts, neg, args[1:], func() (string, error) {
		resp, err := http.Get(args[0]) //nolint:gosec // a script's own URL
		return read(resp, err)
	})
}

// httpPost: [!] httppost <url> <content type> <body> <regexp>...
func httpPost(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 4 {
		ts.Fatalf("usage: [!] httppost <url> <content type> <body> <regexp>...")
	}
	poll(ts, neg, args[3:], func() (string, error) {
		resp, err := http.Post(args[0], args[1], strings.NewReader(args[2])) //nolint:gosec // a script's own URL
		return read(resp, err)
	})
}

func read(resp *http.Response, err error) (string, error) {
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp.Status + "\n" + string(body), err
}

func poll(ts *testscript.TestScript, neg bool, patterns []string, ask func() (string, error)) {
	var matches []*regexp.Regexp
	for _, p := range patterns {
		re, err := regexp.Compile(p)
		ts.Check(err)
		matches = append(matches, re)
	}
	deadline := time.Now().Add(patience)
	for {
		answer, err := ask()
		if err == nil {
			err = check(answer, matches, neg)
		}
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%v", err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func check(answer string, matches []*regexp.Regexp, neg bool) error {
	for _, re := range matches {
		if re.MatchString(answer) == neg {
			return fmt.Errorf("%v (unwanted: %v) in:\n%s", re, neg, answer)
		}
	}
	return nil
}

// replace: replace <file> <old> <new>. Saves the file with each old replaced.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace <file> <old> <new>")
	}
	file := ts.MkAbs(args[0])
	text, err := os.ReadFile(file)
	ts.Check(err)
	if !bytes.Contains(text, []byte(args[1])) {
		ts.Fatalf("%s holds no %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(file, bytes.ReplaceAll(text, []byte(args[1]), []byte(args[2])), 0o600))
}

// awaitFile: await <file> <regexp>. Waits until the file is there and matches.
func awaitFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: await <file> <regexp>")
	}
	poll(ts, false, args[1:], func() (string, error) {
		text, err := os.ReadFile(ts.MkAbs(args[0]))
		return string(text), err
	})
}

// setFreePort: freeport <variable>. Sets a port that nobody listens on.
func setFreePort(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: freeport <variable>")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv(args[0], fmt.Sprint(l.Addr().(*net.TCPAddr).Port))
	ts.Check(l.Close())
}

// holdPort: holdport <variable>. Sets a port that the test itself listens on.
func holdPort(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: holdport <variable>")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if errors.Is(err, os.ErrPermission) {
		ts.Fatalf("no loopback: %v", err)
	}
	ts.Check(err)
	ts.Setenv(args[0], fmt.Sprint(l.Addr().(*net.TCPAddr).Port))
	s := state(ts)
	s.mu.Lock()
	s.held = append(s.held, l)
	s.mu.Unlock()
}
