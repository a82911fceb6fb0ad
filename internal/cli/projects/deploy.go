package projects

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/lifecycle"
	"github.com/fns-dev/fns/internal/pipeline"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/wire"
)

// deployOptions are the flags of `fns project deploy`.
type deployOptions struct {
	project string
	profile string
	build   int64
	latest  bool
	force   bool
}

func newDeploy(f *factory.Factory) *cobra.Command {
	t, o := &target{f: f}, &deployOptions{}
	cmd := &cobra.Command{
		Use:   "deploy",
		Short: "Deploy a build of a project",
		Long: `Deploy a build of the project of the current folder, or of another one with
--project, and follow it to its end. Where HubSpot warns, for instance because
components would go, --force deploys all the same.

It exits with 0 only if the deploy has succeeded.`,
		Example: `  fns project deploy --build 5
  fns project deploy --deploy-latest-build
  fns project deploy --project shop --build 5 --force
  fns project deploy --profile production --deploy-latest-build --json`,
		Args: cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.build < 0 || o.build == 0 && (cmd.Flags().Changed("build") || cmd.Flags().Changed("build-id")) {
				return cmdutil.Usagef("--build %d: builds have numbers from 1 up", o.build)
			}
			return deployRun(cmd.Context(), t, o)
		},
	}
	t.addTo(cmd, deployResult{})
	t.projectFlag(cmd, &o.project)
	buildFlag(cmd, &o.build, "Deploy the build of this `number`")
	flags := cmd.Flags()
	flags.BoolVar(&o.latest, "deploy-latest-build", false, "Deploy the last build that has succeeded")
	flags.BoolVarP(&o.force, "force", "f", false, "Deploy although HubSpot warns")
	flags.StringVarP(&o.profile, "profile", "p", "", "Deploy to the account of hsprofile.<`name`>.json")
	cmd.MarkFlagsMutuallyExclusive("build", "build-id", "deploy-latest-build")
	cmd.MarkFlagsMutuallyExclusive("profile", "project")
	cmd.MarkFlagsMutuallyExclusive("profile", "account")
	_ = cmd.RegisterFlagCompletionFunc("profile", completeProfile(f.Sys))
	return cmd
}

// deployResult is what --json prints, as hs does.
type deployResult struct {
	DeployID int64 `json:"deployId"`
}

func deployRun(ctx context.Context, t *target, o *deployOptions) error {
	l, err := find(t.f.Sys, "")
	switch {
	case err != nil && o.project != "":
		l = nil // what is wrong with the project of the folder does not matter
	case errors.Is(err, errNoProject):
		return cmdutil.Usagef("%w; or pass --project", err)
	case err != nil:
		return err
	}
	var profile *project.Profile
	if l != nil && (o.project == "" || o.project == l.Name) {
		if profile, err = t.profile(ctx, l, o.profile); err != nil {
			return err
		}
		if err := l.named(); err != nil {
			return err
		}
	}
	name := o.project
	if name == "" {
		name = l.Name
	}
	if err := t.connect(profile); err != nil {
		return err
	}
	b, err := t.chooseBuild(ctx, name, o)
	if err != nil {
		return err
	}
	r := newRun(t, name)
	defer r.show.Stop()
	deployID, err := t.queue(ctx, name, b, l, o.force)
	if err != nil {
		if errors.Is(err, context.Canceled) {
			t.note("stopped while the deploy was asked for; whether HubSpot has begun it shows %s", t.page(wire.PageOfActivity, name))
		}
		return err
	}
	err = r.deploy(ctx, deployID, b.BuildID)
	r.show.Stop()
	if t.asJSON {
		return errors.Join(err, cmdutil.PrintJSON(t.f.IO.Out, deployResult{deployID}))
	}
	if err == nil {
		t.say("build #%d of %s is deployed in %s: %s", b.BuildID, name, t.account(), t.page(wire.PageOfProject, name))
	}
	return err
}

// chooseBuild gives the build to deploy, as HubSpot knows it.
func (t *target) chooseBuild(ctx context.Context, name string, o *deployOptions) (*wire.Build, error) {
	p, err := t.lookUp(ctx, name)
	if err != nil {
		return nil, err
	}
	if p.LatestBuild == nil || p.LatestBuild.BuildID == 0 {
		return nil, &hinted{fmt.Errorf("the project %s has no builds in %s", name, t.account()), "fns project upload makes one"}
	}
	id := o.build
	if id == 0 {
		last, err := t.lastSuccess(ctx, name, p.LatestBuild)
		if err != nil {
			return nil, err
		}
		if id = last; !o.latest {
			if id, err = t.askBuild(ctx, last, p.DeployedBuildID); err != nil {
				return nil, err
			}
		}
	}
	switch {
	case id > p.LatestBuild.BuildID:
		return nil, &hinted{fmt.Errorf("the project %s has no build #%d in %s: the latest is #%d", name, id, t.account(), p.LatestBuild.BuildID), "fns project list-builds shows them"}
	case id == p.DeployedBuildID && (o.build != 0 || !o.latest):
		return nil, fmt.Errorf("build #%d of %s is deployed in %s already", id, name, t.account())
	}
	b, err := t.client().Build(ctx, name, id)
	if err != nil {
		return nil, err
	}
	switch {
	case b.PlatformVersion != "" && !lifecycle.Before(b.PlatformVersion, releases):
		return nil, &hinted{
			fmt.Errorf("build #%d of %s can't be deployed: builds of platform version %s are released", id, name, b.PlatformVersion),
			"release it at " + t.page(wire.PageOfBuild, name, id),
		}
	case b.Status == wire.StateFailure:
		return nil, pipeline.BuildError(name, b, t.page(wire.PageOfBuild, name, id))
	}
	b.BuildID = id
	return b, nil
}

// lastSuccess gives the number of the last build that has succeeded.
func (t *target) lastSuccess(ctx context.Context, name string, latest *wire.Build) (int64, error) {
	if latest.Status == wire.StateSuccess {
		return latest.BuildID, nil
	}
	const page = 100 // as hs
	for after := ""; ; {
		builds, err := t.client().Builds(ctx, name, page, after)
		if err != nil {
			return 0, err
		}
		for _, b := range builds.Results {
			if b.Status == wire.StateSuccess {
				return b.BuildID, nil
			}
		}
		next := builds.Paging.After()
		if next == "" || next == after {
			return 0, &hinted{fmt.Errorf("no build of %s in %s has succeeded", name, t.account()), "fns project list-builds shows why"}
		}
		after = next
	}
}

// askBuild lets the user choose a build; the last good one is proposed unless it
// is deployed already.
func (t *target) askBuild(ctx context.Context, last, deployed int64) (int64, error) {
	if !t.f.IO.Interactive() || t.asJSON {
		return 0, cmdutil.Usagef("which build: pass --build %d, or --deploy-latest-build", last)
	}
	proposal := ""
	if last != deployed {
		proposal = strconv.FormatInt(last, 10)
	}
	for {
		answer, err := t.f.IO.Ask(ctx, "Build to deploy", proposal)
		if err != nil {
			return 0, err
		}
		id, err := strconv.ParseInt(strings.TrimPrefix(answer, "#"), 10, 64)
		if err == nil && id > 0 {
			return id, nil
		}
		t.note("  the number of a build, please: fns project list-builds shows them")
	}
}

// queue asks HubSpot to deploy a build. Builds of older platform versions go
// another way; what a build does not say of itself, the local project l does,
// where there is one.
func (t *target) queue(ctx context.Context, name string, b *wire.Build, l *local, force bool) (deployID int64, err error) {
	legacy := project.IsLegacy(b.PlatformVersion)
	if b.PlatformVersion == "" && l != nil && l.Name == name {
		legacy = l.Legacy
	}
	var queued *wire.DeployQueued
	if legacy {
		queued, err = t.client().QueueLegacyDeploy(ctx, wire.LegacyDeployRequest{ProjectName: name, BuildID: b.BuildID, SkipRemovalWarning: force})
	} else {
		queued, err = t.client().QueueDeploy(ctx, wire.DeployRequest{ProjectName: name, TargetBuildID: b.BuildID, IgnoreWarnings: force})
	}
	switch {
	case legacy && hubapi.IsSubCategory(err, wire.DeployContainsRemovals):
		return 0, removals(err, b.BuildID, name)
	case err != nil:
		return 0, err
	case queued.Result == wire.DeployIsBlocked:
		return 0, blocked(queued, b.BuildID, name)
	case queued.ID.Int() == 0:
		return 0, fmt.Errorf("deploy build #%d of %s: HubSpot names no deploy in its answer (%s)", b.BuildID, name, queued.Result)
	}
	return queued.ID.Int(), nil
}

// removals says which components of a legacy project a deploy would remove.
func removals(err error, buildID int64, name string) error {
	var answer *hubapi.Error
	if !errors.As(err, &answer) {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "build #%d of %s was not deployed: it would remove components", buildID, name)
	for _, d := range answer.Body.Errors {
		switch component := d.Context.First(wire.ContextComponent); {
		case d.SubCategory == wire.DeployContainsRemovals && component != "":
			b.WriteString("\n  " + component)
		case d.Message != "":
			b.WriteString("\n  " + d.Message)
		}
	}
	return &hinted{errors.New(b.String()), "deploy with --force if they may go"}
}

// blocked says what stands in the way of a deploy.
func blocked(q *wire.DeployQueued, buildID int64, name string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "build #%d of %s was not deployed: HubSpot ", buildID, name)
	warnings := true
	for _, issue := range q.Issues {
		for _, m := range issue.Blocking {
			warnings = warnings && m.Warning
		}
	}
	if warnings {
		b.WriteString("warns")
	} else {
		b.WriteString("does not allow it")
	}
	for _, issue := range q.Issues {
		what := pipeline.TypeName(issue.ComponentType) + " " + issue.UID
		said := false
		for _, m := range issue.Blocking {
			fmt.Fprintf(&b, "\n  %s: %s", what, m.Message)
			said = true
		}
		for _, m := range issue.Errors {
			fmt.Fprintf(&b, "\n  %s: %s", what, m)
			said = true
		}
		if !said {
			fmt.Fprintf(&b, "\n  %s", what)
		}
	}
	hint := "correct it, and upload again"
	if warnings {
		hint = "deploy with --force if that is intended"
	}
	return &hinted{errors.New(b.String()), hint}
}
