// Package pack makes what an upload sends: the files of a developer project or of
// a folder of the design manager, with every function bundled into one file.
//
// A function that is one JavaScript file in CommonJS goes byte for byte. Any
// other is bundled (package bundle), and lies where its entry file lies, with the
// extension .js; where that is another name, the manifest that is sent names it.
// Files whose code is in bundles and that serve nothing else are not sent, if they
// lie in the functions' folder; everything else is sent as HubSpot's CLI does.
//
// The same files give the same Contents, byte for byte, wherever they lie.
package pack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/fns-dev/fns/internal/bundle"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/ignore"
	"github.com/fns-dev/fns/internal/project"
)

// File is a file of an upload.
type File struct {
	Path   string // from the root of the upload, with slashes
	Source string // absolute path on disk, "" for a file made here
	Data   []byte // content of a file made here
}

// Function is what became of one function.
type Function struct {
	Name  string
	Entry string // absolute path of its file on disk
	// Path is the file that it is sent as, from the root, with slashes.
	Path string
	// Bundled is false for a file that is sent as it is.
	Bundled bool
	Bytes   int // of that file
	Gzip    int // of it compressed, which is about what a cold start loads
	// Modules are the files in it, the largest first.
	Modules []bundle.Module
	// Packages are the names of those that it needs besides, sorted: HubSpot installs
	// or provides them.
	Packages []string
	// Duplicates are the packages that are in it in several versions.
	Duplicates []Duplicate
	Metafile   []byte // esbuild's report, JSON, nil without bundling
}

// Reason says why a file is not sent.
type Reason string

// The reasons.
const (
	Ignored   Reason = "ignored"   // by the built-in rules or .hsignore
	InBundle  Reason = "bundled"   // its code is in functions
	Link      Reason = "link"      // symbolic, or no ordinary file
	Extension Reason = "extension" // the design manager takes no such files
)

// Skip is a file or folder that is not sent.
type Skip struct {
	Path   string // as in File; that of a folder ends in a slash
	Reason Reason
}

// Contents is what an upload sends.
type Contents struct {
	Root      string // absolute folder that paths count from
	Project   string // absolute folder of hsproject.json, "" for the design manager
	Files     []File // sorted by Path
	Functions []Function
	Skipped   []Skip // sorted by Path
	// Findings are about the files; with an Error among them, nothing must be sent.
	Findings diag.List

	entries map[string]rename // by the path of the manifest
}

// Options say how to pack.
type Options struct {
	NoBundle       bool // send every file as it is
	BundlePackages bool // put installed packages into the bundles
	Minify         bool // see bundle.Spec
	// CacheDir is the user's cache folder, which holds the packages that the design
	// manager preloads, "" for none.
	CacheDir string
	// WorkDir is the absolute folder that commands in hints are relative to; "" for
	// the project's.
	WorkDir string
}

// Project packs the source folder of the one developer project that p has. The
// error is about what no file of the user explains.
func Project(ctx context.Context, p *project.Project, o Options) (*Contents, error) {
	switch len(p.Developer) {
	case 1:
	case 0:
		return nil, fmt.Errorf("there is no developer project (hsproject.json) in %s or around it", p.Root)
	default:
		var names []string
		for _, d := range p.Developer {
			names = append(names, d.File)
		}
		return nil, fmt.Errorf("there are %d developer projects, name the folder of one: %s", len(names), strings.Join(names, ", "))
	}
	d := p.Developer[0]
	rules, err := ignore.Load(d.SourceDir, true)
	if err != nil {
		return nil, err
	}
	b := newBuilder(d.SourceDir, filepath.Dir(d.File), o)
	b.out.Project = b.project
	b.walk(rules, nil)
	if !d.Legacy {
		b.localPackages(rules)
	}
	return b.build(ctx, p.Functions)
}

// Folder packs a folder for the design manager, with the functions of every
// .functions folder in it, or of itself where it is one.
func Folder(ctx context.Context, dir string, o Options) (*Contents, error) {
	if !filepath.IsAbs(dir) {
		return nil, fmt.Errorf("pack %q: the path is not absolute", dir)
	}
	rules, err := ignore.Load(dir, false)
	if err != nil {
		return nil, err
	}
	b := newBuilder(dir, dir, o)
	b.walk(rules, Uploadable)
	var functions []*project.Function
	for _, folder := range b.folders {
		p, list := project.Discover(folder)
		for _, f := range p.Functions {
			if f.Dir == folder {
				functions = append(functions, f)
			}
		}
		for _, d := range list {
			if within(folder, d.Range.File) && d.Code != diag.NoFunctions {
				b.out.Findings = append(b.out.Findings, d)
			}
		}
	}
	return b.build(ctx, functions)
}

// Uploadable reports whether the design manager takes a file, by its extension
// (npm @hubspot/local-dev-lib 5.10.3, constants/extensions.js).
func Uploadable(name string) bool {
	ext := strings.ToLower(strings.TrimPrefix(filepath.Ext(name), "."))
	return slices.Contains([]string{
		"css", "js", "json", "html", "txt", "md", "jpg", "jpeg", "png", "gif", "map", "svg",
		"eot", "otf", "ttf", "woff", "woff2", "graphql",
	}, ext)
}

// builder makes one Contents.
type builder struct {
	opts    Options
	out     *Contents
	project string          // absolute folder that bundles count from
	files   map[string]File // by Path
	folders []string        // absolute, the .functions folders met
	// outputs are the entry files of functions, by the path they are sent as.
	outputs map[string]string
}

func newBuilder(root, project string, o Options) *builder {
	return &builder{
		opts: o, project: project, files: map[string]File{}, outputs: map[string]string{},
		out: &Contents{Root: root, entries: map[string]rename{}},
	}
}

// build does what follows the walk.
func (b *builder) build(ctx context.Context, functions []*project.Function) (*Contents, error) {
	switch {
	case !b.fits():
	case b.opts.NoBundle:
		b.asTheyAre(functions)
	default:
		if err := b.functions(ctx, functions); err != nil {
			return nil, err
		}
	}
	b.sentAfterAll()
	for _, f := range b.files {
		b.out.Files = append(b.out.Files, f)
	}
	slices.SortFunc(b.out.Files, func(x, y File) int { return cmp.Compare(x.Path, y.Path) })
	slices.SortFunc(b.out.Skipped, func(x, y Skip) int { return cmp.Compare(x.Path, y.Path) })
	b.check()
	b.out.Findings.Sort()
	b.out.Findings = slices.CompactFunc(b.out.Findings, func(x, y diag.Diagnostic) bool { return x.String() == y.String() })
	return b.out, ctx.Err()
}

// sentAfterAll forgets what was said of files that are functions and so are sent
// although they are ignored, or links.
func (b *builder) sentAfterAll() {
	b.out.Skipped = slices.DeleteFunc(b.out.Skipped, func(s Skip) bool {
		_, sent := b.files[s.Path]
		return sent
	})
	b.out.Findings = slices.DeleteFunc(b.out.Findings, func(d diag.Diagnostic) bool {
		rel, ok := b.rel(d.Range.File)
		_, sent := b.files[rel]
		return ok && sent && d.Code == diag.LeftOut
	})
}

// rel gives the path of a file in the upload, and whether it can be there.
func (b *builder) rel(path string) (string, bool) {
	rel, err := filepath.Rel(b.out.Root, path)
	if err != nil || !filepath.IsLocal(rel) {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// pattern is a regular expression that is compiled when it is first needed.
func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// within reports whether path is dir or lies in it.
func within(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && filepath.IsLocal(rel)
}

// real gives a path without symbolic links.
func real(path string) string {
	if r, err := filepath.EvalSymlinks(path); err == nil {
		return r
	}
	return path
}

// errInternal can only be a bug.
var errInternal = errors.New("the bundle of a function is missing")
