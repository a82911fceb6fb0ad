package pack

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/fns-dev/fns/internal/bundle"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/lifecycle"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/resolve"
)

// built is an entry file with the functions that it serves.
type built struct {
	first     *project.Function
	functions []*project.Function
	path      string // that it is sent as
	renamed   bool
	out       *bundle.Output
	findings  diag.List
	err       error
	code      []byte // nil where the file is sent as it is
}

// functions bundles the functions that lie in what is sent, and takes the files
// out that only their bundles need.
func (b *builder) functions(ctx context.Context, functions []*project.Function) error {
	list := b.entriesOf(functions)
	b.bundleAll(ctx, list)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for _, e := range list {
		if e.err != nil {
			return e.err
		}
		b.out.Findings = append(b.out.Findings, e.findings...)
		if e.findings.HasErrors() {
			continue
		}
		if e.out == nil {
			return fmt.Errorf("%s: %w", e.first.Name, errInternal)
		}
		if err := b.place(e); err != nil {
			return err
		}
	}
	if b.out.Findings.HasErrors() {
		return nil
	}
	b.parts(list)
	for _, e := range list {
		if e.code != nil {
			b.files[e.path] = File{Path: e.path, Data: e.code}
		}
		b.asCommonJS(e)
	}
	b.manifests(list)
	return nil
}

// entriesOf gives the entry files, sorted, without those that can't be sent.
func (b *builder) entriesOf(functions []*project.Function) []*built {
	byEntry := map[string]*built{}
	var list []*built
	for _, fn := range functions {
		if !b.declared(fn) {
			continue
		}
		rel, ok := b.rel(fn.Entry)
		if !ok {
			b.out.Findings = append(b.out.Findings, diag.Diagnostic{
				Code: diag.EntryOutside, Severity: diag.Error, Range: fn.EntryRange,
				Summary: fmt.Sprintf("function %q: %s lies outside of what is uploaded", fn.Name, filepath.Base(fn.Entry)),
				Hint:    "move the file into it; what it imports may lie elsewhere",
			})
			continue
		}
		key := fn.Entry + "\n" + nodeOf(fn)
		if byEntry[key] == nil {
			to := strings.TrimSuffix(rel, path.Ext(rel)) + ".js"
			byEntry[key] = &built{first: fn, path: to, renamed: to != rel}
			list = append(list, byEntry[key])
		}
		byEntry[key].functions = append(byEntry[key].functions, fn)
	}
	slices.SortFunc(list, func(x, y *built) int {
		return cmp.Or(cmp.Compare(x.path, y.path), cmp.Compare(x.first.Entry, y.first.Entry))
	})
	return list
}

// declared reports whether the manifest of a function is sent; without it HubSpot
// knows of no function.
func (b *builder) declared(fn *project.Function) bool {
	rel, ok := b.rel(fn.Manifest)
	_, sent := b.files[rel]
	return ok && sent
}

// bundleAll builds as many entry files at once as there are processors.
func (b *builder) bundleAll(ctx context.Context, list []*built) {
	turns := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for _, e := range list {
		turns <- struct{}{}
		wg.Go(func() {
			defer func() { <-turns }()
			if ctx.Err() == nil {
				b.bundle(ctx, e)
			}
		})
	}
	wg.Wait()
}

func (b *builder) bundle(ctx context.Context, e *built) {
	spec := bundle.SpecOf(e.first, b.project, b.opts.CacheDir)
	spec.Node, spec.BundlePackages, spec.Minify, spec.WorkDir = nodeOf(e.first), b.opts.BundlePackages, b.opts.Minify, b.opts.WorkDir
	builder, err := bundle.New(spec)
	if err != nil {
		e.err = err
		return
	}
	defer builder.Close()
	e.out, e.findings = builder.Build(ctx)
}

// nodeOf is the version of Node that a function runs on, "20". Where the manifest
// names none, or none that was ever known, it is the current one.
func nodeOf(fn *project.Function) string {
	name := fn.Runtime
	if !lifecycle.KnownRuntime(name) {
		name = lifecycle.CurrentRuntime
	}
	return strings.TrimSuffix(strings.TrimPrefix(name, "nodejs"), ".x")
}

// place decides how an entry file is sent, and notes its functions.
func (b *builder) place(e *built) error {
	source := e.first.Entry
	other := b.outputs[e.path]
	if taken, ok := b.files[e.path]; ok && e.renamed {
		other = taken.Source
	}
	if other != "" && other != source {
		b.out.Findings = append(b.out.Findings, diag.Diagnostic{
			Code: diag.OutputTaken, Severity: diag.Error, Range: e.first.EntryRange,
			Summary: fmt.Sprintf("function %q: %s becomes %s, which is there already", e.first.Name, filepath.Base(source), e.path),
			Hint:    "remove or rename " + filepath.Base(other) + ", or name it in the manifest in place of " + filepath.Base(source),
			Related: []diag.Related{{Message: "the other file", Range: diag.Range{File: other}}},
		})
		return nil
	}
	b.outputs[e.path] = source
	code := e.out.Code
	asIs := !e.renamed && len(e.out.Modules) == 1 && !e.out.Modules[0].ESM
	if asIs {
		data, err := os.ReadFile(source)
		if err != nil {
			b.unreadable(source, err)
			return nil
		}
		if asIs = !b.opts.Minify || len(data) <= len(code); asIs {
			code = data
		}
	}
	if !asIs {
		if code = withLicences(code, e.out.Modules); code[len(code)-1] != '\n' {
			code = append(code, '\n')
		}
		e.code = code
	}
	f, err := function(e, code)
	if err != nil {
		return err
	}
	f.Bundled = !asIs
	for _, fn := range e.functions {
		f.Name = fn.Name
		b.out.Functions = append(b.out.Functions, f)
	}
	if _, there := b.files[e.path]; asIs && !there { // a link, or ignored: a function needs its file
		e.code = code
	}
	return nil
}

func function(e *built, code []byte) (Function, error) {
	size, err := gzipped(code)
	return Function{
		Entry: e.first.Entry, Path: e.path, Bytes: len(code), Gzip: size,
		Modules: e.out.Modules, Duplicates: duplicates(e.out.Modules), Metafile: e.out.Metafile, Packages: needed(e.out.Packages),
	}, err
}

// needed are the names of imported packages, without those that packages look for
// in vain.
func needed(imports []bundle.Import) []string {
	var names []string
	for _, i := range imports {
		if i.Missing && inPackage(i.File) {
			continue
		}
		name, _ := resolve.Package(i.Specifier)
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func gzipped(data []byte) (int, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		return 0, err
	}
	if err := w.Close(); err != nil {
		return 0, err
	}
	return b.Len(), nil
}

// asTheyAre notes functions without bundling.
func (b *builder) asTheyAre(functions []*project.Function) {
	for _, fn := range functions {
		rel, ok := b.rel(fn.Entry)
		if !ok || !b.declared(fn) {
			continue
		}
		data, err := os.ReadFile(fn.Entry)
		if err != nil {
			b.unreadable(fn.Entry, err)
			continue
		}
		size, err := gzipped(data)
		if err != nil {
			continue // memory does not fail
		}
		b.out.Functions = append(b.out.Functions, Function{
			Name: fn.Name, Entry: fn.Entry, Path: rel, Bytes: len(data), Gzip: size,
			Modules: []bundle.Module{{File: real(fn.Entry), Bytes: len(data)}},
		})
	}
}

// asCommonJS sees to it that Node takes the file for CommonJS: a package.json with
// "type": "module" in the functions' folder is sent with "commonjs", because every
// function is that once it is bundled.
func (b *builder) asCommonJS(e *built) {
	for dir := path.Dir(e.path); ; dir = path.Dir(dir) {
		name := path.Join(dir, "package.json")
		f, ok := b.files[name]
		if ok {
			if !within(e.first.Dir, filepath.Join(b.out.Root, filepath.FromSlash(dir))) {
				return
			}
			if data, changed := commonJS(f); changed {
				b.files[name] = File{Path: name, Data: data}
			}
			return
		}
		if dir == "." {
			return
		}
	}
}

var script = pattern(`(?i)\.[cm]?[jt]sx?$`)
