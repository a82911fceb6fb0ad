package portal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/archive"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/wire"
)

func (p *Portal) buildRoutes() {
	p.closed("POST", wire.ProjectUpload, (*call).upload)
	p.closed("POST", wire.ProjectUploadOld, (*call).uploadLegacy)
	p.closed("GET", wire.Builds, (*call).listBuilds)
	p.closed("GET", wire.BuildStatus, (*call).buildStatus)
	p.closed("GET", wire.BuildStructure, (*call).buildStructure)
	p.closed("GET", wire.BuildLog, (*call).buildLog)
	p.closed("GET", wire.BuildWarnings, (*call).buildWarnings)
}

// build gives the build that the path names.
func (c *call) build(pr store.Project) (store.Build, error) {
	id, err := c.id("id")
	if err != nil {
		return store.Build{}, err
	}
	return c.buildOf(pr, id)
}

func (c *call) buildOf(pr store.Project, id int64) (store.Build, error) {
	b, err := c.store.Build(c.ctx(), pr.ID, id)
	if errors.Is(err, store.ErrNotFound) {
		return b, missing("the project %q has no build %d", pr.Name, id)
	}
	return b, err
}

func (c *call) namedBuild() (store.Build, error) {
	pr, err := c.project()
	if err != nil {
		return store.Build{}, err
	}
	b, err := c.build(pr)
	if err == nil {
		c.resumeBuild(c.ctx(), b)
	}
	return b, err
}

// buildPage is how many builds a page has where nobody says, and at most.
const (
	buildPage    = 10
	buildPageMax = 100
)

func (c *call) listBuilds() (any, error) {
	pr, err := c.project()
	if err != nil {
		return nil, err
	}
	limit := buildPage
	if text := c.param("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return nil, invalid("limit=%s is no number of builds", text)
		}
		limit = min(n, buildPageMax)
	}
	var before int64
	if text := c.param("after"); text != "" {
		if before, err = number("after", text); err != nil {
			return nil, invalid("after=%s is no cursor of this portal", text)
		}
	}
	list, err := c.store.Builds(c.ctx(), pr.ID, before, limit+1)
	if err != nil {
		return nil, err
	}
	page := wire.BuildPage{Results: []wire.Build{}}
	if len(list) > limit {
		list = list[:limit]
		page.Paging = &wire.Paging{Next: &wire.PageAfter{After: strconv.FormatInt(list[limit-1].State.BuildID, 10)}}
	}
	for _, b := range list {
		page.Results = append(page.Results, b.State)
	}
	return page, nil
}

func (c *call) buildStatus() (any, error) {
	b, err := c.namedBuild()
	return b.State, err
}

func (c *call) buildStructure() (any, error) {
	b, err := c.namedBuild()
	return structured(b.Request.Structure), err
}

// structured gives the form of the wire; the ids of a deploy are those of its
// build.
func structured(s map[string][]string) wire.Structure {
	out := wire.Structure{TopLevel: map[string][]wire.ID{}}
	for id, children := range s {
		out.TopLevel[id] = []wire.ID{}
		for _, c := range children {
			out.TopLevel[id] = append(out.TopLevel[id], wire.ID(c))
		}
	}
	return out
}

func (c *call) buildLog() (any, error) {
	b, err := c.namedBuild()
	logs := b.Log
	if logs == nil {
		logs = []wire.StepLog{}
	}
	return wire.StepLogs{ProjectName: b.State.ProjectName, Logs: logs}, err
}

func (c *call) buildWarnings() (any, error) {
	b, err := c.namedBuild()
	return warnings(b.Log), err
}

// levelWarn is the level of warnings in build logs.
const (
	levelInfo  = "INFO"
	levelWarn  = "WARN"
	levelError = "ERROR"
)

func warnings(steps []wire.StepLog) wire.StepLog {
	out := wire.StepLog{Logs: []wire.LogLine{}}
	for _, s := range steps {
		for _, line := range s.Logs {
			if line.Level == levelWarn {
				out.Logs = append(out.Logs, line)
			}
		}
	}
	return out
}

// renewEvery is how often work says that it goes on.
const renewEvery = 3 * time.Second

// background runs f until it ends or the portal is closed, and renews its lease.
func (p *Portal) background(project, build, deploy int64, f func(ctx context.Context) error) {
	p.work.Go(func() {
		ctx, stop := context.WithCancel(p.ctx)
		defer stop()
		done := make(chan struct{})
		p.work.Go(func() {
			t := time.NewTicker(renewEvery)
			defer t.Stop()
			for {
				select {
				case <-done:
					return
				case <-t.C:
					_ = p.store.Renew(ctx, project, build, deploy) // else another process takes over, with the same result
				}
			}
		})
		err := f(ctx)
		close(done)
		if err != nil {
			// It is not done, and the next one who asks goes on.
			release, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
			defer cancel()
			_ = p.store.Release(release, project, build, deploy)
		}
	})
}

func (p *Portal) startBuild(pr store.Project, b store.Build) {
	b.State.Subbuilds = slices.Clone(b.State.Subbuilds) // the caller's are still written as an answer
	p.background(pr.ID, b.State.BuildID, 0, func(ctx context.Context) error { return p.runBuild(ctx, pr, b) })
}

// resumeBuild goes on with a build whose process has died.
func (p *Portal) resumeBuild(ctx context.Context, b store.Build) {
	if wire.Finished(b.State.Status) || b.Request.Staged {
		return
	}
	mine, err := p.store.ClaimBuild(ctx, b.Project, b.State.BuildID)
	if err != nil || !mine {
		return
	}
	pr, err := p.store.ProjectByID(ctx, b.Project)
	if err != nil {
		return
	}
	p.startBuild(pr, b)
}

// pipeline is a build or deploy that writes its log.
type pipeline struct {
	now func() time.Time
	log []wire.StepLog
}

func (l *pipeline) say(level, step, name, format string, args ...any) {
	if len(l.log) == 0 || l.log[len(l.log)-1].SubstepID != wire.ID(step) {
		l.log = append(l.log, wire.StepLog{PipelineStepID: "1", SubstepID: wire.ID(step), Logs: []wire.LogLine{}})
	}
	s := &l.log[len(l.log)-1]
	s.Logs = append(s.Logs, wire.LogLine{
		LineNumber: len(s.Logs) + 1, Level: level, Message: fmt.Sprintf(format, args...), StepID: "1", SubstepID: wire.ID(step), SubstepName: name,
		Timestamp: wire.Time{Time: l.now()},
	})
}

// runBuild brings a build to its end. Each state is on disk before the next.
func (p *Portal) runBuild(ctx context.Context, pr store.Project, b store.Build) error {
	now := func() wire.Time { return wire.Time{Time: p.opts.Now()} }
	b.State.EnqueuedAt = now()
	if err := p.setBuild(ctx, &b, wire.StateEnqueued); err != nil {
		return err
	}
	b.State.StartedAt = now()
	if err := p.setBuild(ctx, &b, wire.StateBuilding); err != nil {
		return err
	}
	l := &pipeline{now: p.opts.Now}
	list, err := p.checkBuild(ctx, pr, &b)
	var f *fault
	switch {
	case errors.As(err, &f):
		list = diag.List{{Severity: diag.Error, Summary: f.body.Message}}
	case err != nil:
		return err
	}
	failed := p.judge(&b, list, l)
	b.State.FinishedAt = now()
	b.Log = l.log
	if failed {
		b.State.Status = wire.StateFailure
		return p.store.SaveBuild(ctx, b)
	}
	if err := p.makeApps(ctx, pr, &b); err != nil {
		return err
	}
	b.State.Status = wire.StateSuccess
	// The switch may have been turned since the upload.
	if pr, err = p.store.ProjectByID(ctx, pr.ID); err != nil {
		return err
	}
	b.State.AutoDeployEnabled = pr.AutoDeploy
	if !pr.AutoDeploy || b.Request.Upload.SkipAutoDeploy {
		return p.store.FinishBuild(ctx, &b, nil, nil)
	}
	d := p.newDeploy(pr, &b, actionInstall)
	err = p.store.FinishBuild(ctx, &b, &d, func() {
		id := strconv.FormatInt(d.State.DeployID, 10)
		b.State.AutoDeployID = d.State.DeployID
		b.State.DeployTask = &wire.TaskLocator{ID: wire.ID(id)}
		b.State.DeployTask.Links = append(b.State.DeployTask.Links, struct {
			Status string `json:"status"`
		}{wire.Path(wire.DeployStatus, pr.Name, id)})
	})
	if err == nil {
		p.startDeploy(d)
	}
	return err
}

func (p *Portal) setBuild(ctx context.Context, b *store.Build, state string) error {
	b.State.Status = state
	for i := range b.State.Subbuilds {
		b.State.Subbuilds[i].Status = state
		if state == wire.StateBuilding {
			b.State.Subbuilds[i].StartedAt = wire.Time{Time: p.opts.Now()}
		}
	}
	return p.store.SaveBuild(ctx, *b)
}

// checkBuild puts the files of a build into a folder and checks them there.
func (p *Portal) checkBuild(ctx context.Context, pr store.Project, b *store.Build) (diag.List, error) {
	dir, err := p.workFolder()
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := p.Unpack(ctx, pr, b.State.BuildID, dir); err != nil {
		return nil, err
	}
	list, err := p.check(ctx, dir)
	for i := range list {
		// The folder means nothing to anybody.
		list[i].Summary = strings.ReplaceAll(list[i].Summary, dir+string(filepath.Separator), "")
		list[i].Hint = strings.ReplaceAll(list[i].Hint, dir+string(filepath.Separator), "")
		if rel, err := filepath.Rel(filepath.Join(dir, srcDir), list[i].Range.File); err == nil && list[i].Range.File != "" {
			list[i].Range.File = filepath.ToSlash(rel)
		}
	}
	return list, err
}

// Unpack writes the project of a build below dir: what the client sent, with the
// values of its profile in place. It holds no profiles, so that nothing is
// substituted twice.
func (p *Portal) Unpack(ctx context.Context, pr store.Project, build int64, dir string) error {
	b, err := p.store.Build(ctx, pr.ID, build)
	if err != nil {
		return err
	}
	files, err := p.sources(ctx, pr, &b)
	if err != nil {
		return err
	}
	all, err := nodes(b.Request.Upload.Nodes)
	if err != nil {
		return err
	}
	metas := map[string]wire.Node{}
	for _, n := range all {
		metas[srcDir+"/"+n.MetaFilePath] = n
	}
	var out []archive.File
	for _, f := range files {
		if isProfile(f.Name) && !b.Request.Legacy {
			continue
		}
		if n, ok := metas[f.Name]; ok && strings.HasSuffix(f.Name, "-hsmeta.json") {
			f.Data = substituted(f.Data, n)
		}
		out = append(out, f)
	}
	return writeBelow(dir, out)
}

// judge gives each sub-build its end by what was found, and reports whether the
// build has failed.
func (p *Portal) judge(b *store.Build, list diag.List, l *pipeline) (failed bool) {
	faults := map[int]*wire.Error{}
	for _, d := range list {
		i := owner(b.State.Subbuilds, d.Range.File)
		sub := &b.State.Subbuilds[i]
		level := map[diag.Severity]string{diag.Error: levelError, diag.Warning: levelWarn, diag.Note: levelInfo}[d.Severity]
		text := detail(d).Message
		if d.Range.File != "" {
			place := d.Range.File
			if d.Range.Start.Line > 0 {
				place += fmt.Sprintf(":%d:%d", d.Range.Start.Line, d.Range.Start.Column)
			}
			text = place + ": " + text
		}
		l.say(level, string(sub.ID), sub.Name, "%s", text)
		if d.Severity != diag.Error {
			continue
		}
		if faults[i] == nil {
			faults[i] = &wire.Error{Status: "error", Category: wire.CategoryValidation, Message: text, CorrelationID: newID()}
		}
		entry := detail(d)
		entry.Message = text
		faults[i].Errors = append(faults[i].Errors, entry)
	}
	finished := wire.Time{Time: p.opts.Now()}
	for i := range b.State.Subbuilds {
		sub := &b.State.Subbuilds[i]
		sub.Status, sub.FinishedAt = wire.StateSuccess, finished
		if f := faults[i]; f != nil {
			failed = true
			sub.Status, sub.ErrorMessage, sub.StandardError = wire.StateFailure, fmt.Sprintf("%s could not be built", sub.Name), f
		}
	}
	if !failed {
		l.say(levelInfo, "", "", "built %d components", len(b.State.Subbuilds))
		return false
	}
	// An app fails with what belongs to it.
	for i := range b.State.Subbuilds {
		sub := &b.State.Subbuilds[i]
		for _, child := range b.Request.Structure[string(sub.ID)] {
			n, err := strconv.Atoi(child)
			if err == nil && n >= 1 && n <= len(b.State.Subbuilds) && faults[n-1] != nil && faults[i] == nil {
				sub.Status, sub.ErrorMessage = wire.StateFailure, "a component of it could not be built"
				sub.StandardError = &wire.Error{Status: "error", Message: sub.ErrorMessage, SubCategory: wire.DependentSubbuildFailed, CorrelationID: newID()}
			}
		}
	}
	return true
}

// owner gives the sub-build that a file belongs to: one of its folder that its
// name tells, any of its folder, the first.
func owner(parts []wire.Subbuild, file string) int {
	dir, base := "", file
	if i := strings.LastIndexByte(file, '/'); i >= 0 {
		dir, base = file[:i], file[i+1:]
	}
	best, rank := 0, 0
	for i, s := range parts {
		r := 0
		switch {
		case s.RootPath == dir && s.Name != "" && strings.HasPrefix(base, s.Name):
			r = 3
		case s.RootPath == dir && s.Type == typeAppFunction:
			r = 2
		case s.RootPath == dir:
			r = 1
		}
		if r > rank {
			best, rank = i, r
		}
	}
	return best
}
