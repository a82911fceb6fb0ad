// Package analyze reads the code of functions and says what will go wrong on
// HubSpot: handlers that never answer, names that the manifest does not declare,
// packages that are not there, secrets that get out. It runs nothing.
//
// It reads the bundle of each function, so that what lies in several files is
// seen as one program, follows values through it as far as they are certain
// (value.go), and shows what it finds in the files that the user wrote
// (program.go). What it can't follow gives no finding.
package analyze

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/fns-dev/fns/internal/bundle"
	"github.com/fns-dev/fns/internal/credential"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/project"
)

// Options are what does not follow from the project itself.
type Options struct {
	// CacheDir is the user's cache folder, which holds the packages that the
	// design manager preloads; "" means that there is none.
	CacheDir string
	// Now is the time that dates are compared with.
	Now time.Time
	// Ends is when endpoints of the design manager stop answering; zero means
	// that they don't.
	Ends time.Time
}

// shared is what the functions of a project have in common.
type shared struct {
	files    *sources
	packages *packages
}

// Check reads the code of every function of p, several at a time. The list holds
// what the bundler found as well; it is sorted and says each thing once, however
// many functions share a file. It fails only with ctx.
func Check(ctx context.Context, p *project.Project, opt Options) (diag.List, error) {
	all := &shared{files: newSources(), packages: newPackages()}
	lists := make([]diag.List, len(p.Functions))
	unused := make([][]project.Secret, len(p.Functions))
	var wg sync.WaitGroup
	slots := make(chan struct{}, max(2, runtime.GOMAXPROCS(0)))
	root := followed(p.Root)
	for i, fn := range p.Functions {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			if ctx.Err() == nil {
				lists[i], unused[i] = checkFunction(ctx, p, fn, root, all, opt)
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	list := append(all.files.manifests(p.Manifests), reportUnused(p.Functions, unused)...)
	for _, l := range lists {
		list = append(list, l...)
	}
	list.Sort()
	return once(list), nil
}

// once leaves out what is said twice.
func once(list diag.List) diag.List {
	said := make(map[string]bool, len(list))
	kept := list[:0]
	for _, d := range list {
		key := d.String()
		if said[key] {
			continue
		}
		said[key] = true
		kept = append(kept, d)
	}
	return kept
}

// manifests looks for credentials in files that are not code.
func (ss *sources) manifests(paths []string) diag.List {
	var list diag.List
	for _, path := range paths {
		list = append(list, ss.get(path).exposed()...)
	}
	return list
}

// exposed reports the credentials in a file.
func (s *source) exposed() diag.List {
	var list diag.List
	for _, m := range s.credentials {
		at := s.shown.Range(m.Start, m.End)
		list = append(list, diag.Diagnostic{
			Code: diag.Credential, Severity: diag.Error,
			Summary: fmt.Sprintf("%s looks like a %s", credential.Brief(s.text[m.Start:m.End]), m.Kind), Range: at,
			Hint: "Revoke it, store a new one with fns secrets add, and read it from process.env",
		})
	}
	return list
}

// builder prepares the build of a function.
func builder(fn *project.Function, p *project.Project, opt Options) (*bundle.Builder, bool, error) {
	spec := bundle.SpecOf(fn, p.Root, opt.CacheDir)
	spec.IsBuiltin = isBuiltin
	b, err := bundle.New(spec)
	return b, spec.IsPreloaded != nil, err
}

// relative gives a path from a folder on, with slashes.
func relative(dir, path string) string {
	rel, err := filepath.Rel(dir, path)
	if err != nil {
		return filepath.ToSlash(path)
	}
	return filepath.ToSlash(rel)
}
