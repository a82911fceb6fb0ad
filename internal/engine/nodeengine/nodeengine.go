// Package nodeengine runs functions in a Node that is installed on the machine:
// the engine for whoever needs all of Node, or a debugger. It finds Node (Find)
// and starts it (Engine.Command) with a small program of our own, in the folder js,
// that speaks the frames of package worker; worker.Pool does the rest, as for the
// embedded engine.
package nodeengine

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Name is what this engine is called in verdicts and logs.
const Name = "node"

//go:embed js/*.js
var program embed.FS

// oldest is the first major version that has all the program uses.
const oldest = 18

// Node is an installed Node.
type Node struct {
	Path    string // absolute
	Version string // "20.20.2"
	Major   int
}

// NotFoundError says that there is no Node, or none that will do.
type NotFoundError struct {
	Path   string // the one that was asked for, "" for any on PATH
	Reason string // what is wrong with it
}

// Error names the ways to one.
func (e *NotFoundError) Error() string {
	what := "--engine node needs Node.js, and there is none on PATH"
	if e.Path != "" {
		what = fmt.Sprintf("%s is no Node.js that functions can run in (%s)", e.Path, e.Reason)
	}
	return what + ": install it (https://nodejs.org/en/download, nvm install 22, brew install node, apt install nodejs), or name one with --node PATH"
}

// versionTime is how long node --version may take.
const versionTime = 10 * time.Second

// Find looks for Node: the program at path, or, where that is empty, the first
// "node" in the folders of searchPath, which has the form of PATH. The error is a
// *NotFoundError.
func Find(ctx context.Context, path, searchPath string) (Node, error) {
	found := ""
	if path != "" {
		abs, err := filepath.Abs(path)
		if err == nil {
			found, err = exec.LookPath(abs)
		}
		if err != nil {
			return Node{}, &NotFoundError{Path: path, Reason: reason(err)}
		}
	} else {
		for _, dir := range filepath.SplitList(searchPath) {
			if !filepath.IsAbs(dir) {
				continue // never run what lies in the current folder
			}
			if p, err := exec.LookPath(filepath.Join(dir, "node")); err == nil {
				found = p
				break
			}
		}
		if found == "" {
			return Node{}, &NotFoundError{}
		}
	}
	ctx, cancel := context.WithTimeout(ctx, versionTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, found, "--version")
	cmd.Env = basics(nil) // NODE_OPTIONS may hold anything
	out, err := cmd.Output()
	if err != nil {
		return Node{}, &NotFoundError{Path: found, Reason: fmt.Sprintf("it does not answer --version (%v)", err)}
	}
	version := strings.TrimPrefix(string(bytes.TrimSpace(out)), "v")
	first, _, _ := strings.Cut(version, ".")
	major, err := strconv.Atoi(first)
	if err != nil {
		return Node{}, &NotFoundError{Path: found, Reason: fmt.Sprintf("its version is %.40q", out)}
	}
	if major < oldest {
		return Node{}, &NotFoundError{Path: found, Reason: fmt.Sprintf("it is version %s, and %d is the oldest that will do", version, oldest)}
	}
	return Node{Path: found, Version: version, Major: major}, nil
}

// reason is what exec.LookPath says, without the path that is said already.
func reason(err error) string {
	var e *exec.Error
	if errors.As(err, &e) {
		err = e.Err
	}
	return err.Error()
}
