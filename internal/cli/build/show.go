package build

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/bundle"
	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/pack"
	"github.com/fns-dev/fns/internal/report"
)

// result is what a build came to.
type result struct {
	dir      string // current folder, which paths shown count from
	contents *pack.Contents
	out      string // absolute, "" where nothing was written
	over     []excess
}

// The JSON of a build. Paths count from the current folder, but for path, which
// counts from the root of the upload.
type jsonResult struct {
	Root      string           `json:"root"`
	Out       string           `json:"out,omitempty"`
	Files     []jsonFile       `json:"files"`
	Skipped   []jsonSkip       `json:"skipped"`
	Functions []jsonFunction   `json:"functions"`
	Budget    int64            `json:"budget,omitempty"`
	Over      []excess         `json:"over,omitempty"`
	Findings  *report.Findings `json:"findings"`
}

type jsonFile struct {
	Path   string `json:"path"`
	Source string `json:"source,omitempty"` // absent for a file that was made
}

type jsonSkip struct {
	Path   string      `json:"path"`
	Reason pack.Reason `json:"reason"`
}

type jsonFunction struct {
	Name       string           `json:"name"`
	Path       string           `json:"path"`
	Entry      string           `json:"entry"`
	Bundled    bool             `json:"bundled"`
	Bytes      int              `json:"bytes"`
	Gzip       int              `json:"gzip"`
	Modules    []jsonModule     `json:"modules"`
	Parts      []pack.Part      `json:"parts"`
	Packages   []string         `json:"packages"` // not in it
	Duplicates []pack.Duplicate `json:"duplicates"`
}

type jsonModule struct {
	File  string `json:"file"`
	Bytes int    `json:"bytes"`
}

// show prints the result and gives the command's error.
func show(opts *Options, r result) error {
	findings := report.NewFindings(r.contents.Findings, r.dir)
	if opts.JSON {
		if err := cmdutil.PrintJSON(opts.IO.Out, r.json(opts, &findings)); err != nil {
			return err
		}
	} else {
		if err := report.Text(opts.IO.Err, findings, opts.IO.Err.Theme.Paint()); err != nil {
			return err
		}
		if !r.contents.Findings.HasErrors() {
			if err := r.text(opts); err != nil {
				return err
			}
		}
	}
	if r.contents.Findings.HasErrors() {
		return cmdutil.SilentFindings{}
	}
	if len(r.over) == 0 {
		return nil
	}
	var lines []string
	for _, x := range r.over {
		lines = append(lines, fmt.Sprintf("function %q has %s, %s more than the budget of %s", x.Function, size(x.Bytes), size(x.Over), opts.Budget.String()))
	}
	return fmt.Errorf("%s", strings.Join(lines, "\n"))
}

func (r result) json(opts *Options, findings *report.Findings) jsonResult {
	c := r.contents
	j := jsonResult{
		Root: report.Rel(r.dir, c.Root), Budget: int64(opts.Budget), Over: r.over, Findings: findings,
		Files: []jsonFile{}, Skipped: []jsonSkip{}, Functions: []jsonFunction{},
	}
	if r.out != "" {
		j.Out = report.Rel(r.dir, r.out)
	}
	for _, f := range c.Files {
		file := jsonFile{Path: f.Path}
		if f.Source != "" {
			file.Source = report.Rel(r.dir, f.Source)
		}
		j.Files = append(j.Files, file)
	}
	for _, s := range c.Skipped {
		j.Skipped = append(j.Skipped, jsonSkip(s))
	}
	for _, f := range c.Functions {
		fn := jsonFunction{
			Name: f.Name, Path: f.Path, Entry: report.Rel(r.dir, f.Entry), Bundled: f.Bundled, Bytes: f.Bytes, Gzip: f.Gzip,
			Modules: []jsonModule{}, Parts: f.Parts(r.dir), Duplicates: f.Duplicates, Packages: f.Packages,
		}
		if fn.Packages == nil {
			fn.Packages = []string{}
		}
		if fn.Duplicates == nil {
			fn.Duplicates = []pack.Duplicate{}
		}
		for _, m := range f.Modules {
			fn.Modules = append(fn.Modules, jsonModule{File: report.Rel(r.dir, m.File), Bytes: m.Bytes})
		}
		j.Functions = append(j.Functions, fn)
	}
	return j
}

// How many functions are shown with their parts, the largest, and how many parts
// of each.
const (
	detailed = 10
	most     = 5
)

func (r result) text(opts *Options) error {
	out, c := opts.IO.Out, r.contents
	if len(c.Functions) > 0 {
		var rows [][]string
		for _, f := range c.Functions {
			how := "as it is"
			if f.Bundled {
				how = modules(f.Modules)
			}
			rows = append(rows, []string{f.Name, f.Path, size(f.Bytes), size(f.Gzip), how})
		}
		if err := out.Table([]string{"FUNCTION", "FILE", "SIZE", "GZIP", "MADE OF"}, rows); err != nil {
			return err
		}
		if err := r.largest(opts); err != nil {
			return err
		}
	}
	for _, f := range c.Functions {
		if opts.Packages && len(f.Packages) > 0 {
			fmt.Fprintf(opts.IO.Err, "function %q needs packages that can't be put into it: %s\n", f.Name, report.Clean(strings.Join(f.Packages, ", ")))
		}
	}
	files := "files"
	if len(c.Files) == 1 {
		files = "file"
	}
	fmt.Fprintf(opts.IO.Err, "%d %s in %s\n", len(c.Files), files, filepath.FromSlash(report.Rel(r.dir, r.out)))
	return nil
}

func modules(list []bundle.Module) string {
	if len(list) == 1 {
		return "1 file"
	}
	return fmt.Sprintf("%d files", len(list))
}

// largest shows the largest parts of bundles, and packages that are in them twice.
func (r result) largest(opts *Options) error {
	var parts, twice [][]string
	shown := map[string]bool{} // several functions may be one file
	functions := slices.SortedStableFunc(slices.Values(r.contents.Functions), func(x, y pack.Function) int { return cmp.Compare(y.Bytes, x.Bytes) })
	for _, f := range functions {
		list := f.Parts(base(r.contents, r.contents.Root))
		if !f.Bundled || shown[f.Path] || len(list) < 2 && len(f.Duplicates) == 0 {
			continue
		}
		shown[f.Path] = true
		if len(shown) > detailed {
			list = nil
		}
		for i, p := range list {
			if i == most {
				parts = append(parts, []string{"", fmt.Sprintf("and %d more", len(list)-most)})
				break
			}
			name, what := f.Name, p.Name
			if i > 0 {
				name = ""
			}
			if p.Files > 1 {
				what += fmt.Sprintf(" (%d files)", p.Files)
			}
			parts = append(parts, []string{name, what, size(p.Bytes), fmt.Sprintf("%d %%", (p.Bytes*100+f.Bytes/2)/max(f.Bytes, 1))})
		}
		for _, d := range f.Duplicates {
			twice = append(twice, []string{f.Name, d.Name, strings.Join(d.Versions, ", "), size(d.Bytes)})
		}
	}
	if n := len(shown) - detailed; n > 0 {
		parts = append(parts, []string{fmt.Sprintf("and %d more functions", n)})
	}
	for _, t := range []struct{ header, rows [][]string }{
		{[][]string{{"FUNCTION", "LARGEST PARTS", "SIZE", "SHARE"}}, parts},
		{[][]string{{"FUNCTION", "PACKAGE TWICE", "VERSIONS", "SIZE"}}, twice},
	} {
		if len(t.rows) == 0 {
			continue
		}
		fmt.Fprintln(opts.IO.Out)
		if err := opts.IO.Out.Table(t.header[0], t.rows); err != nil {
			return err
		}
	}
	return nil
}
