package enginetest

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

//go:embed bootstrap.cjs
var bootstrap []byte

// writeBootstrap puts the script of the Node process on disk.
func writeBootstrap(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bootstrap.cjs")
	if err := os.WriteFile(path, bootstrap, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// nodeMajor gives the major version of the node in PATH.
func nodeMajor(t *testing.T) int {
	t.Helper()
	out, err := exec.Command("node", "--version").Output()
	if err != nil {
		t.Fatalf("these tests compare with Node, install it: %v", err)
	}
	major, _, _ := strings.Cut(strings.TrimPrefix(string(out), "v"), ".")
	n, err := strconv.Atoi(major)
	if err != nil {
		t.Fatalf("node --version says %q", out)
	}
	return n
}

// node is a Node process that runs one case after the other; it is started at
// first use, and anew after a case that did not end.
type node struct {
	bootstrap string
	cmd       *exec.Cmd
	in        io.WriteCloser
	replies   chan nodeReply
}

// nodeRequest and nodeReply are lines of JSON on the process's stdin and stdout.
type nodeRequest struct {
	Path    string            `json:"path"`
	Code    string            `json:"code,omitempty"` // in place of the file's text
	Dir     string            `json:"dir"`
	Vars    map[string]string `json:"vars"`
	Context json.RawMessage   `json:"context"`
}

type nodeReply struct {
	Answer *string  `json:"answer"`
	Error  *Failure `json:"error"`
	Stack  string   `json:"stack"`
	Logs   []Log    `json:"logs"`
	err    error
}

func (n *node) start() error {
	n.cmd = exec.Command("node", "--no-warnings", n.bootstrap)
	n.cmd.Stderr = os.Stderr
	// What a function's process.env does not show must not change what Node
	// does: NODE_OPTIONS, proxies, NO_COLOR.
	n.cmd.Env = []string{}
	if root := os.Getenv("SystemRoot"); root != "" { // without it sockets fail on Windows
		n.cmd.Env = append(n.cmd.Env, "SystemRoot="+root)
	}
	in, err := n.cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := n.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := n.cmd.Start(); err != nil {
		return err
	}
	n.in, n.replies = in, make(chan nodeReply, 1)
	go receive(out, n.replies)
	return nil
}

func receive(out io.Reader, replies chan<- nodeReply) {
	r := bufio.NewReader(out)
	for {
		line, err := r.ReadBytes('\n')
		if err != nil {
			replies <- nodeReply{err: fmt.Errorf("the node process ended: %w", err)}
			return
		}
		var reply nodeReply
		if err := json.Unmarshal(line, &reply); err != nil {
			reply.err = fmt.Errorf("the node process wrote %.200q: %w", line, err)
		}
		replies <- reply
	}
}

// run implements runner.
func (n *node) run(c Case, context []byte) (Outcome, error) {
	if n.cmd == nil {
		if err := n.start(); err != nil {
			return Outcome{}, err
		}
	}
	req := nodeRequest{Path: c.Path, Dir: filepath.Dir(c.Path), Vars: vars(), Context: context}
	if filepath.Ext(c.Path) == ".ts" {
		code, err := build(c)
		if err != nil {
			return Outcome{}, err
		}
		req.Code = string(code.Code)
	}
	line, err := json.Marshal(req)
	if err != nil {
		return Outcome{}, err
	}
	if _, err := n.in.Write(append(line, '\n')); err != nil {
		return Outcome{}, err
	}
	select {
	case reply := <-n.replies:
		if reply.err != nil {
			n.stop()
			return Outcome{}, reply.err
		}
		o := Outcome{Error: reply.Error, Logs: reply.Logs}
		if reply.Answer != nil {
			o.Answer = json.RawMessage(*reply.Answer)
		}
		if o.Error != nil {
			o.Error.Stack = reply.Stack
		}
		return o, nil
	case <-time.After(deadline):
		n.stop()
		return Outcome{}, errors.New("no end under Node")
	}
}

// stop ends the process.
func (n *node) stop() {
	if n.cmd == nil {
		return
	}
	_ = n.cmd.Process.Kill()
	_ = n.cmd.Wait()
	n.cmd = nil
}
