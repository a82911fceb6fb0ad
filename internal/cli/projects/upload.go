package projects

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/ir"
	"github.com/fns-dev/fns/internal/lifecycle"
	"github.com/fns-dev/fns/internal/pack"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/sysx"
	"github.com/fns-dev/fns/internal/ui"
	"github.com/fns-dev/fns/internal/wire"
)

// uploadOptions are the flags of `fns project upload`.
type uploadOptions struct {
	path           string
	message        string
	profile        string
	force          bool
	forceCreate    bool
	skipDeploy     bool
	skipValidation bool
	dryRun         bool
	pack           pack.Options
}

func newUpload(f *factory.Factory) *cobra.Command {
	t, o := &target{f: f}, &uploadOptions{}
	cmd := &cobra.Command{
		Use:   "upload [path]",
		Short: "Upload a project, build it and deploy it",
		Long: `Upload the developer project that the current folder or path lies in, and follow
its build and, unless it is switched off, its deploy. Each function goes up as one
file with all that it imports from the project.

The project is validated first, also against HubSpot's schemas, and nothing is
uploaded while there are errors. A project that HubSpot does not know yet is
created after a question, with --force-create and in the account local without
one.

It exits with 0 when all has succeeded, with 1 when the upload, the build or the
deploy failed, with 2 when there are problems in the files, and with 130 when you
stop it; a build that HubSpot has begun goes on without fns.`,
		Example: `  fns project upload -m "Fix the totals"
  fns project upload --profile production --skip-auto-deploy
  fns project upload --dry-run
  fns project upload web --force-create --json`,
		Args: cmdutil.AtMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				o.path = args[0]
			}
			return uploadRun(cmd.Context(), t, o)
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
	}
	t.addTo(cmd, uploadResult{})
	flags := cmd.Flags()
	flags.StringVarP(&o.message, "message", "m", "", "A `text` that HubSpot shows with the build")
	flags.StringVarP(&o.profile, "profile", "p", "", "Upload to the account of hsprofile.<`name`>.json, with its values")
	flags.BoolVarP(&o.force, "force", "f", false, "Ask nothing: create the project, and leave out files that HubSpot does not read")
	flags.BoolVar(&o.forceCreate, "force-create", false, "Create the project without asking if it does not exist")
	flags.BoolVar(&o.skipDeploy, "skip-auto-deploy", false, "Build only, also where the project deploys by itself")
	flags.BoolVar(&o.skipValidation, "skip-validation", false, "Upload without looking for problems first")
	flags.BoolVar(&o.dryRun, "dry-run", false, "Show what would be uploaded, and make no call to HubSpot")
	flags.BoolVar(&o.pack.NoBundle, "no-bundle", false, "Upload the files of functions as they are")
	flags.BoolVar(&o.pack.BundlePackages, "bundle-packages", false, "Put packages into the files of functions too, instead of leaving them to package.json")
	flags.BoolVar(&o.pack.Minify, "minify", false, "Make the files of functions smaller; their source can't be read on HubSpot then")
	// hs audits packages with npm; fns does not, so there is nothing to skip.
	flags.Bool("skip-npm-audit", false, "Accepted for hs; fns audits nothing")
	_ = flags.MarkHidden("skip-npm-audit") // both exist: defined above
	cmd.MarkFlagsMutuallyExclusive("profile", "account")
	cmd.MarkFlagsMutuallyExclusive("no-bundle", "bundle-packages")
	cmd.MarkFlagsMutuallyExclusive("no-bundle", "minify")
	_ = cmd.RegisterFlagCompletionFunc("profile", completeProfile(f.Sys))
	return cmd
}

// upload is one upload on its way.
type upload struct {
	*run
	o       *uploadOptions
	local   *local
	profile *project.Profile // nil for none
	rep     *ir.Representation
	zip     []byte
	buildID int64
	result  uploadResult
}

// uploadResult is what --json prints, as hs does.
type uploadResult struct {
	BuildID  int64 `json:"buildId,omitempty"`
	DeployID int64 `json:"deployId,omitempty"`
}

func uploadRun(ctx context.Context, t *target, o *uploadOptions) error {
	l, err := find(t.f.Sys, o.path)
	if err != nil {
		return err
	}
	if err := l.uploadable(); err != nil {
		return err
	}
	u := &upload{o: o, local: l}
	if u.profile, err = t.profile(ctx, l, o.profile); err != nil {
		return err
	}
	if o.dryRun {
		return u.rehearse(ctx, t)
	}
	if err := t.connect(u.profile); err != nil {
		return err
	}
	u.run = newRun(t, l.Name)
	defer u.show.Stop()
	err = u.perform(ctx)
	u.show.Stop()
	if t.asJSON && u.result.BuildID != 0 {
		err = errors.Join(err, cmdutil.PrintJSON(t.f.IO.Out, u.result))
	}
	return err
}

// uploadable says what a project lacks that can't be sent without.
func (l *local) uploadable() error {
	if err := errors.Join(l.broken.Err(), l.named()); err != nil {
		return err
	}
	if l.Version == "" {
		return fmt.Errorf("%s has no \"platformVersion\": add for instance \"platformVersion\": %q", l.File, lifecycle.Current)
	}
	return nil
}

func (u *upload) perform(ctx context.Context) error {
	contents, err := u.prepare(ctx, u.target, true)
	if err != nil {
		return u.nothingSent(err)
	}
	var zip bytes.Buffer
	if err := contents.Zip(&zip); err != nil {
		return err
	}
	u.zip = zip.Bytes()
	before, err := u.ensure(ctx)
	if err != nil {
		return u.nothingSent(err)
	}
	if err := u.send(ctx); err != nil {
		return u.lost(ctx, before, err)
	}
	return u.await(ctx)
}

// nothingSent says so after an interrupt.
func (u *upload) nothingSent(err error) error {
	if errors.Is(err, context.Canceled) {
		u.show.Stop()
		u.note("stopped before anything of %s was uploaded", u.name)
	}
	return err
}

// ensure finds the project on HubSpot, or creates it, and gives the number of
// its latest build, 0 for none.
func (u *upload) ensure(ctx context.Context) (latest int64, err error) {
	p, err := u.client().Project(ctx, u.name)
	if err == nil {
		if p.LatestBuild != nil {
			latest = p.LatestBuild.BuildID
		}
		return latest, nil
	}
	if !hubapi.IsNotFound(err) {
		return 0, err
	}
	// What is made on the own machine needs no word.
	if !u.o.force && !u.o.forceCreate && !u.session.Account.BuiltIn() {
		if !u.f.IO.Interactive() || u.asJSON {
			return 0, &hinted{fmt.Errorf("%s has no project %q", u.account(), u.name), "--force-create creates it"}
		}
		yes, err := u.confirm(ctx, "%s has no project %q. Create it?", u.account(), u.name)
		if err != nil {
			return 0, err
		}
		if !yes {
			return 0, &hinted{fmt.Errorf("nothing was uploaded: %s has no project %q", u.account(), u.name), "\"name\" in hsproject.json says which project it is"}
		}
	}
	if _, err := u.client().CreateProject(ctx, u.name); err != nil {
		if hubapi.StatusOf(err) != 409 { // somebody else was quicker
			return 0, err
		}
	}
	u.show.Say(fmt.Sprintf("project %s created in %s", u.name, u.account()))
	return 0, nil
}

// confirm asks a question whose answer is yes or no.
func (u *upload) confirm(ctx context.Context, format string, args ...any) (yes bool, err error) {
	u.show.Aside(func() { yes, err = u.f.IO.Confirm(ctx, fmt.Sprintf(format, args...)) })
	return yes, err
}

// send uploads the zip.
func (u *upload) send(ctx context.Context) error {
	step := ui.Step{Label: fmt.Sprintf("upload of %s to %s", u.name, u.account()), State: ui.StepRunning, Word: "sending"}
	content := hubapi.BytesContent("project.zip", u.zip)
	// The connection may still read from the zip when the answer is there.
	var answered atomic.Bool
	past := slices.Clip(slices.Clone(u.past))
	content.Progress = func(sent int64) {
		if !answered.Load() {
			step := step
			step.Note = fmt.Sprintf("%d%%", 100*sent/int64(len(u.zip)))
			u.show.Set(append(past, step)...)
		}
	}
	u.step(step)
	var err error
	if u.local.Legacy {
		u.buildID, err = u.client().UploadLegacyProject(ctx, u.name, content, hubapi.LegacyUpload{
			Message: u.o.message, PlatformVersion: u.local.Version, SkipAutoDeploy: u.o.skipDeploy,
		})
	} else {
		u.buildID, err = u.client().UploadProject(ctx, content, u.local.Version, wire.UploadRequest{
			Nodes: u.rep.NodesJSON(), ProfileData: u.rep.ProfileData, ProjectName: u.name, BuildMessage: u.o.message, SkipAutoDeploy: u.o.skipDeploy,
		})
	}
	answered.Store(true)
	step.State, step.Word = ui.StepDone, "sent"
	if err != nil {
		step.State, step.Word = ui.StepFailed, "failed"
	}
	u.step(step)
	if err == nil && u.buildID == 0 {
		err = fmt.Errorf("upload the project %s: HubSpot names no build in its answer", u.name)
	}
	u.result.BuildID = u.buildID
	return err
}

// lookAfter is how long fns asks what became of an upload that was cut short.
const lookAfter = 10 * time.Second

// lost finds out what HubSpot has of an upload whose answer did not arrive.
func (u *upload) lost(ctx context.Context, before int64, err error) error {
	u.show.Stop()
	interrupted := sysx.WasInterrupted(ctx) && errors.Is(err, context.Canceled)
	if status := hubapi.StatusOf(err); !interrupted && status != 0 && status < 500 {
		return err // HubSpot has refused it
	}
	ask, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookAfter)
	defer cancel()
	fact, hint := "", ""
	switch p, lookErr := u.client().Project(ask, u.name); {
	case lookErr != nil:
		fact = "whether HubSpot has started a build of it is not known"
		hint = "fns project list-builds shows the builds; uploading again does no harm"
	case p.LatestBuild == nil || p.LatestBuild.BuildID <= before:
		fact = fmt.Sprintf("HubSpot has started no build of %s: nothing of it counts there", u.name)
		hint = "upload again"
	default:
		b := p.LatestBuild
		fact = fmt.Sprintf("HubSpot has started build #%d of %s meanwhile, which is %s", b.BuildID, u.name, b.Status)
		hint = fmt.Sprintf("look at it before uploading again: fns project list-builds, or %s", u.page(wire.PageOfBuild, u.name, b.BuildID))
	}
	if interrupted {
		u.note("stopped during the upload: %s\n  hint: %s", fact, hint)
		return err
	}
	return &hinted{fmt.Errorf("%w\n  %s", err, fact), hint}
}

// releases is the first platform version whose builds are released instead of
// deployed (npm @hubspot/cli 8.14.0).
const releases = "2027.03-beta"

// await follows the build, and the deploy that it starts.
func (u *upload) await(ctx context.Context) error {
	b, err := u.build(ctx, u.buildID)
	if err != nil {
		return err
	}
	id := u.buildID
	if !b.AutoDeployEnabled || u.o.skipDeploy {
		u.show.Stop()
		u.say("build #%d of %s is ready in %s, and not deployed", id, u.name, u.account())
		if version := b.PlatformVersion; version != "" && !lifecycle.Before(version, releases) {
			u.hint("platform version %s is released, not deployed: %s", version, u.page(wire.PageOfBuild, u.name, id))
		} else {
			u.hint("fns project deploy --build %d deploys it", id)
		}
		u.warnings(func() ([]wire.LogLine, error) { return u.client().BuildWarnings(ctx, u.name, id) })
		return ctx.Err()
	}
	u.warnings(func() ([]wire.LogLine, error) { return u.client().BuildWarnings(ctx, u.name, id) })
	deployID, err := u.follower().AutoDeploy(ctx, b)
	if err != nil {
		return u.goesOn(err, u.page(wire.PageOfActivity, u.name))
	}
	if deployID == 0 {
		u.show.Stop()
		u.say("build #%d of %s is ready in %s", id, u.name, u.account())
		u.hint("HubSpot deploys it by itself, but has not begun yet: %s", u.page(wire.PageOfActivity, u.name))
		return nil
	}
	u.result.DeployID = deployID
	if err := u.deploy(ctx, deployID, id); err != nil {
		return err
	}
	u.show.Stop()
	u.say("build #%d of %s is deployed in %s: %s", id, u.name, u.account(), u.page(wire.PageOfProject, u.name))
	return nil
}
