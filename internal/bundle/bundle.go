// Package bundle turns a user's own files into one CommonJS module that the
// engines can load, and single package files into the same form. It is the only
// package that knows esbuild.
//
// A bundle holds what the user wrote: JavaScript, TypeScript, JSON and text,
// wherever it lies. Packages stay require calls and are loaded lazily at run
// time; so does a package that is linked into node_modules from a workspace,
// because Node treats it as a package too. Paths of tsconfig.json and entries of
// "imports" that lead to files are bundled.
//
// Source maps name the original files relative to the project's root with
// forward slashes ("src/app/functions/lib/x.ts"), files outside it with "../".
package bundle

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/resolve"
)

// Spec says what to build.
type Spec struct {
	Name  string // of the function, for messages
	Entry string // absolute path of the file that exports main
	Dir   string // absolute folder of the functions
	Root  string // absolute folder of the project; "" stands for Dir

	// WorkDir is the absolute folder that commands in hints are relative to;
	// "" stands for Root.
	WorkDir string
	// PackageDirs are node_modules folders searched after the ordinary ones.
	PackageDirs []string
	// IsBuiltin tells the names of Node's own modules, with and without
	// "node:"; they are never missing. Nil knows none.
	IsBuiltin func(name string) bool
	// IsPreloaded tells the packages that this function finds on HubSpot
	// without a package.json. Nil stands for none.
	IsPreloaded func(pkg string) bool
	// Minify removes white space and shortens syntax. Names stay, because
	// packages look at the names of classes.
	Minify bool

	// Node is the version of Node.js, "20", that the code is to be uploaded for;
	// "" stands for the embedded engine here. Uploaded code has nothing in it of
	// the machine it was made on: __dirname and import.meta lead from where the
	// bundle lies on HubSpot to where the file would lie.
	Node string
	// BundlePackages puts the packages that are installed into the bundle, with
	// their licences. It needs Node.
	BundlePackages bool
}

// Output is a built function. It is immutable.
type Output struct {
	// Code is CommonJS: module, exports, require, __filename and __dirname are
	// free variables. Its first line holds no code of the user, so a function
	// header put in front of it on the same line moves no position of Map.
	Code []byte
	Map  []byte // source map of Code, JSON, without the sources' content
	// Inputs are all files the build depends on: the user's files, and the
	// package.json and tsconfig.json files around them. Absolute, symbolic
	// links followed, sorted.
	Inputs []string
	// Packages are the imports that are left to run time, Node's own modules
	// excepted, sorted by place.
	Packages []Import
	Hash     string // of Code, Map and the entry files of linked packages
	// Modules are the files whose code is in Code, the largest first; of the user's
	// own files also those of which nothing had to be taken.
	Modules []Module
	// Metafile is esbuild's report on the build, JSON; its paths count from the
	// project's root.
	Metafile []byte
}

// Module is a file in a bundle.
type Module struct {
	File  string // absolute
	Bytes int    // in the bundle
	ESM   bool   // it has import or export
}

// Import is a place that imports a package.
type Import struct {
	Specifier string
	File      string // absolute
	Line      int    // 1-based
	Missing   bool   // it is not there now
}

// Watch is what a change must be noticed in to call for a new Build.
type Watch struct {
	Files []string // absolute, sorted; need not exist
	// Dirs are folders in which a new file or folder may mend an import.
	Dirs []string
}

// Builder builds one function again and again and keeps what did not change.
type Builder struct {
	spec     Spec
	entry    string // Spec.Entry with symbolic links followed
	root     string
	resolver *resolve.Resolver
	esbuild  api.BuildContext

	// native are the packages that can't be bundled; see nativePackages.
	native map[string]bool

	run sync.Mutex // held by the one build that runs
	rec *record    // of that build

	mu     sync.Mutex
	turn   int // of the newest call of Build
	closed bool
	good   []string // inputs of the last good build
	watch  Watch
}

// New prepares the build of one function; nothing is read yet. The error is a
// mistake in Spec. Close must be called.
func New(spec Spec) (*Builder, error) {
	if spec.Root == "" {
		spec.Root = spec.Dir
	}
	if spec.WorkDir == "" {
		spec.WorkDir = spec.Root
	}
	for name, path := range map[string]string{"Entry": spec.Entry, "Dir": spec.Dir, "Root": spec.Root} {
		if !filepath.IsAbs(path) {
			return nil, fmt.Errorf("bundle %s: %s %q is not an absolute path", spec.Name, name, path)
		}
	}
	if spec.IsBuiltin == nil {
		spec.IsBuiltin = func(string) bool { return false }
	}
	b := &Builder{spec: spec, entry: followed(spec.Entry), root: followed(spec.Root), resolver: resolve.New(nil)}
	b.resolver.PackageDirs, b.resolver.IsBuiltin = spec.PackageDirs, spec.IsBuiltin
	b.watch = Watch{Files: []string{b.entry}}
	ctx, err := api.Context(b.options())
	if err != nil {
		return nil, fmt.Errorf("bundle %s: %w", spec.Name, err)
	}
	b.esbuild = ctx
	return b, nil
}

// followed gives a path without symbolic links, as far as it exists.
func followed(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if parent := filepath.Dir(path); parent != path {
		return filepath.Join(followed(parent), filepath.Base(path))
	}
	return path
}

// Build builds the function as it is on disk now. The Output is nil if the list
// has an Error in it. A newer call cancels the running one; that one, and one
// whose ctx ends, gives nil and nil.
func (b *Builder) Build(ctx context.Context) (*Output, diag.List) {
	turn := b.begin()
	b.esbuild.Cancel()
	b.run.Lock()
	defer b.run.Unlock()
	if b.overtaken(turn) || ctx.Err() != nil {
		return nil, nil
	}
	b.resolver.Reset()
	b.rec, b.native = newRecord(), map[string]bool{}

	canceled := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(canceled)
		b.esbuild.Cancel()
	})
	result := b.esbuild.Rebuild()
	for b.nativePackages(result) {
		b.rec = newRecord()
		result = b.esbuild.Rebuild()
	}
	if awaits(result) {
		result = b.awaiting(result)
	}
	if !stop() {
		<-canceled // so that it can't reach the next build
	}
	if b.overtaken(turn) || ctx.Err() != nil {
		return nil, nil
	}
	list := b.diagnostics(result)
	if list.HasErrors() {
		b.failed(list)
		return nil, list
	}
	out, err := b.output(result)
	if err != nil {
		return nil, append(list, diag.Diagnostic{Code: diag.BuildError, Severity: diag.Error,
			Summary: err.Error(), Range: diag.Range{File: b.entry}})
	}
	b.succeeded(out)
	return out, list
}

// Watch tells what the newest Build depends on, also when it failed: the files
// of the last good build, those it read or complained of, and the folders where
// a missing file may appear.
func (b *Builder) Watch() Watch {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.watch
}

// Inputs are the Files of Watch.
func (b *Builder) Inputs() []string { return b.Watch().Files }

// Close cancels a running build and frees the memory. A later Build gives nil
// and nil.
func (b *Builder) Close() {
	b.mu.Lock()
	b.closed = true
	b.mu.Unlock()
	b.esbuild.Cancel()
	b.run.Lock()
	defer b.run.Unlock()
	b.esbuild.Dispose()
}

func (b *Builder) begin() (turn int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.turn++
	return b.turn
}

func (b *Builder) overtaken(turn int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.closed || b.turn != turn
}

func (b *Builder) succeeded(out *Output) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.good = out.Inputs
	b.watch = Watch{Files: out.Inputs, Dirs: b.rec.folders()}
}

func (b *Builder) failed(list diag.List) {
	files := append(b.rec.loaded(), b.entry)
	for _, d := range list {
		if d.Range.File != "" {
			files = append(files, d.Range.File)
		}
	}
	files = append(files, b.configs(files)...)
	b.mu.Lock()
	defer b.mu.Unlock()
	files = append(files, b.good...)
	slices.Sort(files)
	b.watch = Watch{Files: slices.Compact(files), Dirs: b.rec.folders()}
}

// options are esbuild's options for this function.
func (b *Builder) options() api.BuildOptions {
	o := api.BuildOptions{
		LogLevel: api.LogLevelSilent,
		LogOverride: map[string]api.LogLevel{
			"empty-import-meta":            api.LogLevelSilent, // url, dirname and filename are filled in
			"require-resolve-not-external": api.LogLevelSilent,
		},

		EntryPoints:   []string{b.entry},
		Bundle:        true,
		AbsWorkingDir: b.root,
		Outfile:       filepath.Join(b.root, "function.js"), // never written; the map's sources are relative to it
		Write:         false,
		Metafile:      true,

		Platform:  api.PlatformNode,
		Format:    api.FormatCommonJS,
		Packages:  api.PackagesExternal,
		Target:    api.ESNext,
		Supported: supported(),
		KeepNames: true,

		MinifyWhitespace: b.spec.Minify,
		MinifySyntax:     b.spec.Minify,
		LegalComments:    api.LegalCommentsNone,
		Charset:          api.CharsetUTF8,

		Sourcemap:      api.SourceMapExternal,
		SourcesContent: api.SourcesContentExclude,
		Banner:         map[string]string{"js": firstLine},
		Footer:         map[string]string{"js": mainOfDefault},
		Plugins:        []api.Plugin{{Name: "fns", Setup: func(build api.PluginBuild) { b.setup(build, false) }}},
	}
	if b.spec.Node != "" {
		o.Supported, o.Engines = nil, []api.Engine{{Name: api.EngineNode, Version: b.spec.Node}}
		o.Sourcemap = api.SourceMapNone
	}
	if b.spec.BundlePackages {
		o.Packages, o.NodePaths, o.LegalComments = api.PackagesDefault, b.spec.PackageDirs, api.LegalCommentsEndOfFile
	}
	return o
}

// errNoCode can only mean that esbuild changed.
var errNoCode = errors.New("esbuild gave no code")
