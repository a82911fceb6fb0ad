package build

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/pack"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/sysx"
)

// work is the folder that fns keeps in a project. Being hidden, it is never
// uploaded.
const work = ".fns"

func buildRun(ctx context.Context, opts *Options) error {
	dir, err := opts.Sys.Getwd()
	if err != nil {
		return fmt.Errorf("find the current folder: %w", err)
	}
	start := absolute(dir, opts.Path)
	info, err := os.Stat(start)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return cmdutil.Usagef("%s does not exist", opts.Path)
	case err != nil:
		return err
	case !info.IsDir():
		start = filepath.Dir(start)
	}
	contents, err := contentsOf(ctx, opts, dir, start)
	if err != nil {
		return err
	}
	if contents.Findings.HasErrors() {
		return show(opts, result{dir: dir, contents: contents})
	}
	r := result{dir: dir, contents: contents, out: opts.Out, over: over(contents, int(opts.Budget))}
	if r.out, err = write(opts, dir, contents); err != nil {
		return err
	}
	return show(opts, r)
}

// contentsOf packs the developer project at start, or the folder of the design
// manager that it is.
func contentsOf(ctx context.Context, opts *Options, dir, start string) (*pack.Contents, error) {
	o := pack.Options{NoBundle: opts.NoBundle, Minify: opts.Minify, BundlePackages: opts.Packages, WorkDir: dir}
	if cache, err := opts.Sys.UserCacheDir(); err == nil {
		o.CacheDir = cache // without it there are no preloaded packages, and the bundler says so
	}
	p, list := project.DiscoverAs(start, opts.Profile)
	var contents *pack.Contents
	var err error
	switch folder, other := designManager(p, start); {
	case len(p.Developer) > 0 && other:
		return nil, cmdutil.Usagef("there are a developer project (%s) and functions of the design manager here: name the folder that is to be uploaded",
			report.Rel(dir, filepath.Dir(p.Developer[0].File)))
	case len(p.Developer) > 1:
		var names []string
		for _, d := range p.Developer {
			names = append(names, report.Rel(dir, filepath.Dir(d.File)))
		}
		return nil, cmdutil.Usagef("there are %d developer projects here, name one: %s", len(names), strings.Join(names, ", "))
	case len(p.Developer) == 1:
		if info, err := os.Stat(p.Developer[0].SourceDir); err != nil || !info.IsDir() {
			return nil, list.Err() // says that srcDir is missing
		}
		list = slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return d.Code == diag.NoFunctions }) // there may be other components
		contents, err = pack.Project(ctx, p, o)
	case len(p.Functions) == 0 && list.HasErrors():
		return nil, list.Err()
	default:
		contents, err = pack.Folder(ctx, folder, o)
	}
	if err != nil {
		return nil, err
	}
	contents.Findings = merged(list, contents.Findings)
	return contents, nil
}

// designManager gives the folder of the design manager that start means: itself,
// or the .functions folder around it. other reports whether there are functions of
// the design manager outside of developer projects.
func designManager(p *project.Project, start string) (folder string, other bool) {
	folder = start
	for _, fn := range p.Functions {
		if !slices.ContainsFunc(p.Developer, func(d project.Developer) bool { return d.Contains(fn.Dir) }) {
			other = true
		}
		if rel, err := filepath.Rel(fn.Dir, start); err == nil && filepath.IsLocal(rel) {
			folder = fn.Dir
		}
	}
	return folder, other
}

// merged puts lists together without saying anything twice of the same place, as
// two readings of a manifest do.
func merged(lists ...diag.List) diag.List {
	all := slices.Concat(lists...)
	seen := map[string]bool{}
	all = slices.DeleteFunc(all, func(d diag.Diagnostic) bool {
		key := fmt.Sprint(d.Range.File, d.Range.Start, d.Code)
		if d.Range.Start.Line == 0 {
			key += d.Summary
		}
		defer func() { seen[key] = true }()
		return seen[key]
	})
	all.Sort()
	return all
}

// excess is a function that is larger than the budget.
type excess struct {
	Function string `json:"function"`
	Bytes    int    `json:"bytes"`
	Over     int    `json:"over"`
}

func over(c *pack.Contents, budget int) []excess {
	var list []excess
	for _, f := range c.Functions {
		if budget > 0 && f.Bytes > budget {
			list = append(list, excess{Function: f.Name, Bytes: f.Bytes, Over: f.Bytes - budget})
		}
	}
	return list
}

// write writes the files and the metafile, and gives the folder.
func write(opts *Options, dir string, c *pack.Contents) (string, error) {
	out := absolute(dir, opts.Out)
	if opts.Out == "" {
		home := filepath.Join(base(c, dir), work)
		if err := private(home); err != nil {
			return "", err
		}
		out = filepath.Join(home, "build")
	}
	if err := c.Write(out); err != nil {
		return "", err
	}
	if opts.Metafile == "" {
		return out, nil
	}
	meta, err := c.Metafile()
	if err != nil {
		return "", err
	}
	if err := sysx.ReplaceFile(absolute(dir, opts.Metafile), meta, 0o644); err != nil {
		return "", fmt.Errorf("write %s: %w", opts.Metafile, err)
	}
	return out, nil
}

// base is the folder that the output lies in: that of hsproject.json, or for the
// design manager the current one.
func base(c *pack.Contents, dir string) string {
	if c.Project != "" {
		return c.Project
	}
	return dir
}

// private makes the folder of fns, and keeps it out of Git.
func private(home string) error {
	if err := os.MkdirAll(home, 0o755); err != nil {
		return err
	}
	file := filepath.Join(home, ".gitignore")
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return sysx.ReplaceFile(file, []byte("*\n"), 0o644)
}

func absolute(dir, path string) string {
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	return filepath.Clean(path)
}
