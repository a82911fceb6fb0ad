package projects

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/pipeline"
	"github.com/fns-dev/fns/internal/ui"
	"github.com/fns-dev/fns/internal/wire"
)

// run follows one upload, build or deploy after the other and shows them as one
// list of steps.
type run struct {
	*target
	name string // of the project
	show *ui.Progress
	past []ui.Step       // of what has ended
	last pipeline.Status // what was heard last
}

// newRun begins to show progress, except with --json. Call show.Stop in the end.
func newRun(t *target, name string) *run {
	r := &run{target: t, name: name}
	switch {
	case t.asJSON:
	case t.flags.Debug: // which prints every call
		r.show = t.f.IO.Err.Lines()
	default:
		r.show = t.f.IO.Err.Progress()
	}
	return r
}

func (r *run) follower() *pipeline.Follower {
	return &pipeline.Follower{
		Client: r.client(), Project: r.name,
		Status: func(s pipeline.Status) {
			r.last = s
			steps := stepsOf(s)
			r.show.Set(append(r.past[:len(r.past):len(r.past)], steps...)...)
			if s.Ended() {
				r.past = append(r.past, steps...)
			}
		},
		Lost: func(err error) {
			r.show.Say("the connection broke: " + err.Error() + "; trying again, while HubSpot goes on")
		},
		Back: func() { r.show.Say("the connection is back") },
	}
}

// stepsOf shows a build or deploy and its parts.
func stepsOf(s pipeline.Status) []ui.Step {
	title := fmt.Sprintf("build #%d", s.BuildID)
	if s.Kind == pipeline.Deploy {
		title = "deploy of " + title
	}
	head := ui.Step{Key: title, Label: title}
	head.State, head.Word = progressOf(s.Kind, s.State)
	if head.State == ui.StepWaiting {
		head.State = ui.StepRunning
	}
	steps := []ui.Step{head}
	for _, p := range s.Parts {
		step := ui.Step{Key: title + "/" + p.ID, Label: pipeline.TypeName(p.Type) + " " + p.Name, Depth: p.Depth + 1}
		step.State, step.Word = progressOf(s.Kind, p.State)
		steps = append(steps, step)
	}
	return steps
}

// progressOf gives a state of HubSpot's as a step's, and a word for it.
func progressOf(kind pipeline.Kind, state string) (ui.StepState, string) {
	switch state {
	case wire.StateSuccess, wire.StateFinished:
		if kind == pipeline.Deploy {
			return ui.StepDone, "deployed"
		}
		return ui.StepDone, "built"
	case wire.StateFailure:
		return ui.StepFailed, "failed"
	case wire.StatePending, wire.StateEnqueued:
		return ui.StepWaiting, "waiting"
	}
	return ui.StepRunning, strings.ToLower(state)
}

// build follows a build to its end; one that has failed is an error.
func (r *run) build(ctx context.Context, id int64) (*wire.Build, error) {
	r.last = pipeline.Status{Kind: pipeline.Build, Project: r.name, ID: id, BuildID: id, State: wire.StatePending}
	page := r.page(wire.PageOfBuild, r.name, id)
	r.show.Say(fmt.Sprintf("build #%d: %s", id, page))
	b, err := r.follower().Build(ctx, id)
	if err != nil {
		return nil, r.goesOn(err, page)
	}
	err = pipeline.BuildError(r.name, b, page)
	var failed *pipeline.FailedError
	if errors.As(err, &failed) && failed.Mute() {
		failed.Log = r.buildLog(ctx, id)
	}
	return b, err
}

// buildLog gives the errors in the log of a build, none if it can't be read.
func (r *run) buildLog(ctx context.Context, id int64) []string {
	steps, err := r.client().BuildLog(ctx, r.name, id)
	if err != nil {
		return nil
	}
	var lines []string
	for _, step := range steps {
		for _, l := range step.Logs {
			if text := strings.TrimSpace(l.Message); l.Level == "ERROR" && text != "" && !slices.Contains(lines, text) {
				lines = append(lines, text)
			}
		}
	}
	return lines
}

// deploy follows a deploy to its end; one that has failed is an error. Either
// way the warnings are printed.
func (r *run) deploy(ctx context.Context, id, buildID int64) error {
	page := r.page(wire.PageOfDeploy, r.name, id)
	r.last = pipeline.Status{Kind: pipeline.Deploy, Project: r.name, ID: id, BuildID: buildID, State: wire.StatePending}
	d, err := r.follower().Deploy(ctx, id, buildID)
	if err != nil {
		return r.goesOn(err, page)
	}
	failed := pipeline.DeployError(r.name, buildID, d, page)
	r.warnings(func() ([]wire.LogLine, error) { return r.client().DeployWarnings(ctx, r.name, id) })
	return failed
}

// warnings prints what HubSpot warns of, each once. That they can't be read is
// no reason to fail.
func (r *run) warnings(read func() ([]wire.LogLine, error)) {
	lines, err := read()
	if err != nil {
		if !errors.Is(err, context.Canceled) {
			r.warn(err)
		}
		return
	}
	said := map[string]bool{}
	for _, l := range lines {
		if !said[l.Message] && l.Message != "" {
			said[l.Message] = true
			r.warn(errors.New(l.Message))
		}
	}
}

func (r *run) warn(err error) { r.show.Aside(func() { cmdutil.Warn(r.f, err) }) }

// step shows a step behind those that have ended; one that ends stays.
func (r *run) step(s ui.Step) {
	r.show.Set(append(r.past[:len(r.past):len(r.past)], s)...)
	if s.State > ui.StepRunning {
		r.past = append(r.past, s)
	}
}

// goesOn tells that what was followed does not end because fns stops looking: in
// words after an interrupt, else as part of the error.
func (r *run) goesOn(err error, page string) error {
	r.show.Stop()
	fact := fmt.Sprintf("%s in %s, and HubSpot goes on with it", r.last, r.account())
	hint := fmt.Sprintf("fns project list-builds shows how it ends, or %s", page)
	if errors.Is(err, context.Canceled) {
		r.note("stopped looking: %s\n  hint: %s", fact, hint)
		return err
	}
	return &hinted{fmt.Errorf("%w\n  %s", err, fact), hint}
}
