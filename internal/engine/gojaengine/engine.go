// Package gojaengine runs functions on goja, a JavaScript engine in Go, with the
// Node layer of package nodecore. It is meant to live in a worker process:
// goja can neither be stopped in every native nor survive every allocation.
//
// The main type is Engine. An Engine keeps compiled programs and shares them
// between all instances it starts, so that a reload compiles changed files only.
package gojaengine

import (
	"context"
	"os"

	"github.com/fns-dev/fns/internal/engine"
)

// Name is what this engine is called in verdicts and logs.
const Name = "goja"

// Format says how a resolved file is loaded.
type Format string

// The formats of files.
const (
	CommonJS Format = "commonjs"
	Module   Format = "module" // ECMAScript module
	JSON     Format = "json"
	Addon    Format = "addon"   // compiled for Node, cannot be loaded
	Builtin  Format = "builtin" // one of Node's modules, that the imports of a package.json led to
)

// Packages is how instances find and prepare files that are not part of the
// bundle. Implementations are used from one goroutine at a time.
type Packages interface {
	// Resolve finds what require(specifier) in the file from means; extra are
	// node_modules folders searched last. Errors are *native.Error with Node's
	// codes.
	Resolve(specifier, from string, extra []string) (path string, format Format, err error)
	// Transform turns a file that goja cannot take into CommonJS.
	Transform(path string, src []byte) (code, sourceMap []byte, err error)
	// Reset forgets what was cached about the disk.
	Reset()
}

// Engine starts instances.
type Engine struct {
	packages Packages
	programs *programs
}

// New makes an engine that loads packages through p.
func New(p Packages) *Engine {
	return &Engine{packages: p, programs: newPrograms()}
}

// Name is "goja".
func (e *Engine) Name() string { return Name }

// Start runs the function's module in a runtime of its own. ctx bounds the
// start only. Errors are *engine.FunctionError.
func (e *Engine) Start(ctx context.Context, fn *engine.Function) (engine.Instance, error) {
	tmp, err := os.MkdirTemp("", "fns-tmp-")
	if err != nil {
		return nil, &engine.FunctionError{Cause: engine.CauseCrash, Message: err.Error()}
	}
	e.packages.Reset()
	inst, err := newInstance(e, fn, tmp)
	if err == nil {
		err = inst.load(ctx)
	}
	if err != nil {
		if inst != nil {
			_ = inst.Close()
		}
		return nil, err
	}
	return inst, nil
}
