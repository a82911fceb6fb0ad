package cmdutil

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/devserver"
	"github.com/fns-dev/fns/internal/engine/gojaengine"
	"github.com/fns-dev/fns/internal/engine/nodeengine"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/sysx"
	"github.com/fns-dev/fns/internal/worker"
)

// EngineFlags choose what functions run in.
type EngineFlags struct {
	Name       string // "" for the embedded engine, unless another flag asks for Node
	Node       string // path of the Node to use, "" for the one on PATH
	Inspect    string // address of the debugger, "" for none
	InspectBrk string // the same, and wait for it
}

// engineNames are the values of --engine.
func engineNames() []string { return []string{gojaengine.Name, nodeengine.Name} }

// AddTo gives cmd the flags.
func (f *EngineFlags) AddTo(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.Var((*engineName)(&f.Name), "engine", "Run functions in this `engine`: goja (built in) or node (a Node.js on this machine)")
	flags.StringVar(&f.Node, "node", "", "Run functions in the Node.js at this `path`")
	flags.Var((*inspectAddress)(&f.Inspect), "inspect", "Run functions in Node.js and open its debugger on `[host:]port`")
	flags.Var((*inspectAddress)(&f.InspectBrk), "inspect-brk", "Like --inspect, and wait for the debugger before a function loads")
	for _, name := range []string{"inspect", "inspect-brk"} {
		flags.Lookup(name).NoOptDefVal = nodeengine.DefaultInspect
	}
	cmd.MarkFlagsMutuallyExclusive("inspect", "inspect-brk")
	_ = cmd.RegisterFlagCompletionFunc("engine", cobra.FixedCompletions(engineNames(), cobra.ShellCompDirectiveNoFileComp)) // fails only for flags that do not exist
}

// usesNode reports whether a flag asks for Node.
func (f *EngineFlags) usesNode() bool {
	return f.Name == nodeengine.Name || f.Name == "" && (f.Node != "" || f.debugging())
}

func (f *EngineFlags) debugging() bool { return f.Inspect != "" || f.InspectBrk != "" }

// runtime finds the Node to use, nil for the embedded engine.
func (f *EngineFlags) runtime(ctx context.Context, sys *sysx.System, dir string) (*nodeengine.Engine, error) {
	if !f.usesNode() {
		if f.Node != "" || f.debugging() {
			return nil, Usagef("--engine %s has no use for --node, --inspect and --inspect-brk: leave it out", f.Name)
		}
		return nil, nil
	}
	path := f.Node
	if path != "" && !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	node, err := nodeengine.Find(ctx, path, sys.Getenv("PATH"))
	if err != nil {
		return nil, err
	}
	e := &nodeengine.Engine{Node: node, Inspect: f.Inspect}
	if f.InspectBrk != "" {
		e.Inspect, e.Break = f.InspectBrk, true
	}
	return e, nil
}

// apply makes a pool that runs functions in the chosen engine, and tells opts.
func (f *EngineFlags) apply(ctx context.Context, sys *sysx.System, dir string, opts *devserver.Options) (*worker.Pool, error) {
	node, err := f.runtime(ctx, sys, dir)
	if err != nil {
		return nil, err
	}
	pool, err := worker.New(worker.Options{Node: node})
	if err != nil || node == nil {
		return pool, err
	}
	opts.Engine = devserver.Engine{Name: nodeengine.Name, Version: node.Version, Major: node.Major}
	if node.Debugging() {
		// Whoever steps through a function takes as long as it takes.
		opts.Limits = opts.Limits.Without(limits.Time, limits.Budget)
		opts.Engine.Debugger = node.Debugger
	}
	return pool, nil
}

// engineName is a flag that takes the name of an engine.
type engineName string

// Set checks the name.
func (e *engineName) Set(s string) error {
	if !slices.Contains(engineNames(), s) {
		return fmt.Errorf("%q is no engine: want %s", s, strings.Join(engineNames(), " or "))
	}
	*e = engineName(s)
	return nil
}

// String gives the name.
func (e *engineName) String() string { return string(*e) }

// Type names the value in help texts.
func (*engineName) Type() string { return "engine" }

// inspectAddress is a flag that takes the address of a debugger.
type inspectAddress string

// Set completes and checks the address.
func (a *inspectAddress) Set(s string) error {
	addr, err := nodeengine.InspectAddress(s)
	*a = inspectAddress(addr)
	return err
}

// String gives the address.
func (a *inspectAddress) String() string { return string(*a) }

// Type names the value in help texts.
func (*inspectAddress) Type() string { return "address" }
