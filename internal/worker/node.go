package worker

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/engine/nodeengine"
	"github.com/fns-dev/fns/internal/resolve"
)

// A worker of the node engine is a Node process, started by the pool itself. Node
// cannot forget what a module did, so one process serves one build: where goja
// loads another function, here another process takes over.

func newNodeProcess(node *nodeengine.Engine, folder string) *process {
	return &process{node: node, stderr: &tailBuffer{}, folder: folder, engineName: nodeengine.Name}
}

// debugging reports whether somebody may be looking at the function in a
// debugger, so that no time is too long.
func (w *process) debugging() bool { return w.node != nil && w.node.Debugging() }

// restart replaces the Node process, if there is one, by a new one for fn.
func (w *process) restart(fn *engine.Function) error {
	w.stopNode()
	main, err := nodeengine.Install(w.folder)
	if err != nil {
		return fmt.Errorf("write the program for Node: %w", err)
	}
	w.running.Lock()
	defer w.running.Unlock()
	if w.killed.Load() {
		return errNotBegun
	}
	w.stderr = &tailBuffer{}
	return w.startNode(fn, main)
}

// stopNode ends the Node process and waits until it has, so that its port is
// free.
func (w *process) stopNode() {
	if w.cmd == nil {
		return
	}
	killGroup(w.cmd)
	w.reapCommand()
}

// explain completes a failure that Node has reported.
func (w *process) explain(fn *engine.Function, fe *engine.FunctionError) {
	if w.node == nil || fe == nil || fe.Hint != "" {
		return
	}
	specifier, from, ok := notFound(fe.Message)
	if !ok {
		return
	}
	p := &packages{preloads: fn.Preloads}
	fe.Hint = p.installHint(&resolve.Error{Code: resolve.ModuleNotFound, Specifier: specifier, From: from})
}

var cannotFind = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:Error: )?Cannot find module '([^']+)'\nRequire stack:\n- (.+)`)
})

// notFound reads Node's message about a module that is missing.
func notFound(message string) (specifier, from string, ok bool) {
	m := cannotFind().FindStringSubmatch(message)
	if m == nil {
		return "", "", false
	}
	return m[1], m[2], true
}

// nodeDied says how an invocation ended whose Node process is gone, nil where
// that is as for every worker.
func (w *process) nodeDied() *engine.FunctionError {
	if w.node == nil || w.killed.Load() {
		return nil
	}
	if text := w.stderr.String(); strings.Contains(text, "heap out of memory") || strings.Contains(text, "Allocation failed") {
		fe := memoryError(0, 0)
		fe.Message = "Runtime exited with error: signal: aborted"
		fe.Hint = "Node's heap is full; see docs/engines.md"
		return fe
	}
	return nil
}

// errNoNode wraps why a Node process could not be started.
var errNoNode = errors.New("start Node")
