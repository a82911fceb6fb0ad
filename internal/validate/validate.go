// Package validate finds what HubSpot will refuse, or what will fail there,
// before anything is uploaded: it puts together what discovery, the .env reader,
// the bundler and the analysis of the code say, adds what concerns a project as a
// whole, and applies the user's rules. It changes nothing and needs no account.
package validate

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/analyze"
	"github.com/fns-dev/fns/internal/credential"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/env"
	"github.com/fns-dev/fns/internal/lifecycle"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/wire"
)

// Options are what a run depends on.
type Options struct {
	// Profile is the one in force; without it every profile of a project is
	// tried in turn, as hs project validate does.
	Profile string
	// CacheDir is the user's cache folder, which holds the packages that the
	// design manager preloads; "" means that there is none.
	CacheDir string
	// Now is the time that dates are compared with.
	Now time.Time
	// Rules are the severities asked for on the command line.
	Rules []Setting
	// Account is asked too where it is not nil.
	Account Account
	// Schemas, if set, is asked for the schemas that HubSpot itself checks
	// components with. Account gives them where it is nil.
	Schemas SchemaSource
}

func (o Options) schemas() SchemaSource {
	if o.Schemas != nil || o.Account == nil {
		return o.Schemas
	}
	return func(ctx context.Context, _ *project.Profile, version string) (wire.Schemas, error) {
		return o.Account.Schemas(ctx, version)
	}
}

// Result is what was looked at and what was found.
type Result struct {
	Projects []*project.Project
	List     diag.List // sorted
	// Usage is that of the account, nil where none was asked.
	Usage *Usage
}

// Functions counts the functions that could be looked at.
func (r Result) Functions() int {
	n := 0
	for _, p := range r.Projects {
		n += len(p.Functions)
	}
	return n
}

// Run validates what the paths mean, each as for project.Discover. It fails only
// with ctx, or where a path can't be looked at.
func Run(ctx context.Context, paths []string, opts Options) (Result, error) {
	r := Result{}
	seen := map[string]bool{}
	var all diag.List
	for _, path := range paths {
		if _, err := os.Stat(path); err != nil {
			return r, err
		}
		p, list := discover(path, opts.Profile)
		key := p.Root
		if len(p.Functions) > 0 && seen[key] {
			continue // another path led to the same project
		}
		seen[key] = true
		more, err := check(ctx, p, opts)
		if err != nil {
			return r, err
		}
		if opts.Account != nil {
			remote, use, err := checkAccount(ctx, opts.Account, p)
			if err != nil {
				return r, err
			}
			more, r.Usage = append(more, remote...), &use
		}
		if schemas := opts.schemas(); schemas != nil {
			for _, d := range p.Developer {
				misfits, err := componentSchemas(ctx, schemas, d, profilesOf(p, opts.Profile))
				if err != nil {
					return r, err
				}
				more = append(more, misfits...)
			}
		}
		rules, mistakes := readRules(p.Root, opts.Rules)
		list = slices.Concat(gentle(p, list), more, mistakes)
		all = append(all, rules.apply(list, p.Root)...)
		r.Projects = append(r.Projects, p)
	}
	r.List = unique(all)
	for i := range r.List {
		hide(&r.List[i])
	}
	return r, nil
}

// hide masks credentials in the lines that are shown under a finding: a report
// goes to places where they must not be.
func hide(d *diag.Diagnostic) {
	d.Range.LineText = credential.Mask(d.Range.LineText)
	for i := range d.Related {
		d.Related[i].Range.LineText = credential.Mask(d.Related[i].Range.LineText)
	}
}

// discover finds the project at path. Where it has several profiles and none was
// asked for, it is read once for each: what one of them leaves open is no finding.
func discover(path, profile string) (*project.Project, diag.List) {
	p, list := project.DiscoverAs(path, profile)
	if profile != "" || len(p.Profiles) < 2 {
		return p, list
	}
	var all diag.List
	for _, name := range p.Profiles {
		q, found := project.DiscoverAs(path, name)
		if len(q.Functions) >= len(p.Functions) {
			p = q
		}
		all = append(all, found...)
	}
	return p, all
}

// gentle takes the weight off "no functions" where there is a project all the
// same: one of cards only is nothing wrong.
func gentle(p *project.Project, list diag.List) diag.List {
	for i, d := range list {
		if d.Code == diag.NoFunctions && len(p.Developer) > 0 {
			list[i].Severity = diag.Note
		}
	}
	return list
}

// check says what concerns more than one manifest.
func check(ctx context.Context, p *project.Project, opts Options) (diag.List, error) {
	_, list := env.All(p, env.Options{})
	list = append(list, env.CheckAccount(p, limits.All())...)
	for _, fn := range p.Functions {
		list = append(list, checkEntry(p, fn)...)
	}
	list = append(list, checkGenerations(p, opts.Now)...)
	for _, d := range p.Developer {
		list = append(list, checkApp(p, d)...)
	}
	code, err := analyze.Check(ctx, p, analyze.Options{CacheDir: opts.CacheDir, Now: opts.Now, Ends: lifecycle.DesignManagerEnds()})
	return append(list, code...), err
}

// unique sorts and leaves out what is said twice.
func unique(list diag.List) diag.List {
	list.Sort()
	said := map[string]bool{}
	return slices.DeleteFunc(list, func(d diag.Diagnostic) bool {
		key := d.String()
		if said[key] {
			return true
		}
		said[key] = true
		return false
	})
}

// checkEntry says whether a function's file can reach HubSpot and run there.
func checkEntry(p *project.Project, fn *project.Function) diag.List {
	folder, what := fn.Dir, filepath.Base(fn.Dir)
	if fn.Generation == project.Platform {
		for _, d := range p.Developer {
			if d.Contains(fn.Manifest) {
				folder, what = d.SourceDir, "srcDir"
			}
		}
		if folder == fn.Dir {
			return nil // outside of any project nobody knows srcDir
		}
	}
	if rel, err := filepath.Rel(folder, fn.Entry); err != nil || !filepath.IsLocal(rel) {
		return diag.List{{
			Code: diag.EntryOutside, Severity: diag.Error,
			Summary: fmt.Sprintf("function %q: its file lies outside of %s and is not uploaded", fn.Name, what),
			Range:   fn.EntryRange, Hint: "move it into " + what,
		}}
	}
	if ext := filepath.Ext(fn.Entry); ext != ".js" {
		return diag.List{{
			Code: diag.EntryExtension, Severity: diag.Note,
			Summary: fmt.Sprintf("function %q: HubSpot runs .js files, not %s", fn.Name, filepath.Base(fn.Entry)),
			Range:   fn.EntryRange, Hint: "upload with fns, which compiles it to " + strings.TrimSuffix(filepath.Base(fn.Entry), ext) + ".js (fns build shows what is sent); hs sends it as it is",
		}}
	}
	return nil
}
