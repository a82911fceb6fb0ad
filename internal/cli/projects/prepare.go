package projects

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/ir"
	"github.com/fns-dev/fns/internal/pack"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/ui"
	"github.com/fns-dev/fns/internal/validate"
	"github.com/fns-dev/fns/internal/wire"
)

// prepare validates and packs the project. Findings are printed on stderr; with
// an error among them nothing must be sent. online says whether HubSpot's
// schemas are asked for.
func (u *upload) prepare(ctx context.Context, t *target, online bool) (*pack.Contents, error) {
	name := ""
	if u.profile != nil {
		name = u.profile.Name
		u.local.with(name)
	}
	cache, err := t.f.Sys.UserCacheDir()
	if err != nil {
		cache = "" // then there are no preloaded packages, and the bundler says so
	}
	u.progress(ui.Step{Label: "validation", State: ui.StepRunning, Word: "looking"})
	var list diag.List
	if !u.o.skipValidation {
		opts := validate.Options{Profile: name, CacheDir: cache, Now: time.Now()}
		if online {
			opts.Schemas = func(ctx context.Context, _ *project.Profile, version string) (wire.Schemas, error) {
				return t.client().Schemas(ctx, version)
			}
		}
		result, err := validate.Run(ctx, []string{u.local.dir()}, opts)
		if err != nil {
			return nil, err
		}
		list = result.List
	}
	if u.local.Legacy {
		list = append(list, u.local.mixed()...)
	} else {
		var found diag.List
		u.rep, found = ir.Of(u.local.Developer, name)
		for _, d := range found {
			// Where a file lies wrong, validation has said more about it.
			if d.Code != diag.Misplaced || !slices.ContainsFunc(list, func(o diag.Diagnostic) bool { return o.Code == d.Code && o.Range.File == d.Range.File }) {
				list = append(list, d)
			}
		}
	}
	if err := u.findings(t, list); err != nil {
		return nil, err
	}
	u.progress(ui.Step{Label: "validation", State: ui.StepDone, Word: "passed"})
	u.progress(ui.Step{Label: "functions", State: ui.StepRunning, Word: "bundling"})
	opts := u.o.pack
	opts.CacheDir = cache
	if opts.WorkDir, err = t.f.Sys.Getwd(); err != nil {
		opts.WorkDir = ""
	}
	contents, err := pack.Project(ctx, u.local.project, opts)
	if err != nil {
		return nil, err
	}
	if err := u.findings(t, contents.Findings); err != nil {
		return nil, err
	}
	if len(contents.Files) == 0 {
		return nil, fmt.Errorf("there is nothing to upload in %s: it is empty, or .hsignore leaves out all of it", u.local.SourceDir)
	}
	if u.rep != nil {
		contents.Represent(u.rep)
		u.strangers(t, contents)
	}
	u.progress(ui.Step{Label: "functions", State: ui.StepDone, Word: fmt.Sprintf("in %d files", len(contents.Files))})
	return contents, u.skipped(ctx, t)
}

// with reads the project anew, with the values of a profile.
func (l *local) with(profile string) {
	p, _ := project.DiscoverAs(l.dir(), profile) // the findings come with those of validation
	l.only(p)
}

// only leaves in p what belongs to this project.
func (l *local) only(p *project.Project) {
	one := *p
	one.Developer = []project.Developer{l.Developer}
	one.Functions = slices.DeleteFunc(slices.Clone(p.Functions), func(fn *project.Function) bool { return !l.Contains(fn.Manifest) })
	l.project = &one
}

// mixed reports the files of newer platform versions in a legacy project, which
// HubSpot would leave out without a word.
func (l *local) mixed() diag.List {
	components, _, _ := project.Components(l.Developer, "")
	if len(components) == 0 {
		return nil
	}
	return diag.List{{
		Code: diag.PlatformVersion, Severity: diag.Error, Range: l.VersionRange,
		Summary: fmt.Sprintf("platform version %s does not read -hsmeta.json files, and the project has some", l.Version),
		Related: []diag.Related{{Message: "one is here", Range: diag.Range{File: components[0].File}}},
		Hint:    "set platformVersion to a newer one, or remove the files",
	}}
}

// findings prints what was found, but for mere notes, and fails for errors.
func (u *upload) findings(t *target, list diag.List) error {
	said := map[string]bool{}
	list = slices.DeleteFunc(slices.Clone(list), func(d diag.Diagnostic) bool {
		key := fmt.Sprint(d.Code, d.Range.File, d.Range.Start, d.Summary)
		twice := said[key]
		said[key] = true
		return twice || d.Severity == diag.Note
	})
	if len(list) == 0 {
		return nil
	}
	list.Sort()
	dir, err := t.f.Sys.Getwd()
	if err != nil {
		dir = ""
	}
	out := t.f.IO.Err
	u.aside(func() { err = report.Text(out, report.NewFindings(list, dir), out.Theme.Paint()) })
	if err != nil {
		return err
	}
	if list.HasErrors() {
		u.progress(ui.Step{Label: "validation", State: ui.StepFailed, Word: "failed"})
		u.aside(func() { t.note("nothing was uploaded") })
		return cmdutil.SilentFindings{}
	}
	return nil
}

// progress shows a step, unless this is a rehearsal.
func (u *upload) progress(s ui.Step) {
	if u.run != nil {
		u.step(s)
	}
}

// aside prints something between the steps.
func (u *upload) aside(print func()) {
	if u.run == nil {
		print()
		return
	}
	u.show.Aside(print)
}

// strangers warns of files that older platform versions read, and this one does
// not.
func (u *upload) strangers(t *target, contents *pack.Contents) {
	for _, f := range contents.Files {
		switch path.Base(f.Path) {
		case "serverless.json", "app.json", "public-app.json":
			u.aside(func() {
				cmdutil.Warn(t.f, fmt.Errorf("platform version %s does not read %s", u.local.Version, f.Path))
			})
		}
	}
}

// skipped asks whether to go on although HubSpot does not read some of the
// components: what was deployed from them before would go.
func (u *upload) skipped(ctx context.Context, t *target) error {
	if u.rep == nil || len(u.rep.Skipped) == 0 || u.o.force || u.o.dryRun {
		return nil
	}
	err := &hinted{
		fmt.Errorf("HubSpot reads no components from the folders of %s, and would leave them out", strings.Join(u.rep.Skipped, ", ")),
		"move them to the folders of their types, or leave them out with --force",
	}
	if !t.f.IO.Interactive() || t.asJSON {
		return err
	}
	yes, askErr := u.confirm(ctx, "HubSpot does not read %s. Upload without?", strings.Join(u.rep.Skipped, ", "))
	if askErr != nil {
		return askErr
	}
	if !yes {
		return err
	}
	return nil
}
