package projects

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/pipeline"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/ui"
	"github.com/fns-dev/fns/internal/wire"
)

// deleteOptions are the flags of `fns project delete`.
type deleteOptions struct {
	project string
	force   bool
}

func newDelete(f *factory.Factory) *cobra.Command {
	t, o := &target{f: f}, &deleteOptions{}
	cmd := &cobra.Command{
		Use:   "delete",
		Short: "Delete a project from an account",
		Long: `Take down all that a project has deployed in an account, and delete the project with
its builds. It can't be undone. Files on this machine stay.

What goes is shown first, and asked about; --force asks nothing. The project must be
named: that of the current folder is not taken.`,
		Example: "  fns project delete --project-name shop\n  fns project delete --project-name shop --account sandbox --force",
		Args:    cmdutil.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return deleteRun(cmd.Context(), t, o) },
	}
	t.addTo(cmd, deletedProject{})
	flags := cmd.Flags()
	flags.StringVar(&o.project, "project-name", "", "The `name` of the project")
	flags.StringVar(&o.project, "project", "", "The same as --project-name")
	flags.BoolVarP(&o.force, "force", "f", false, "Ask nothing")
	_ = flags.MarkHidden("project") // defined above
	cmd.MarkFlagsMutuallyExclusive("project-name", "project")
	return cmd
}

// deletedProject is what --json prints.
type deletedProject struct {
	ProjectName string   `json:"projectName"`
	AccountID   int64    `json:"accountId"`
	Components  []string `json:"components"` // that were taken down
}

func deleteRun(ctx context.Context, t *target, o *deleteOptions) error {
	if err := t.connect(nil); err != nil {
		return err
	}
	name, err := t.chooseProject(ctx, o.project)
	if err != nil {
		return err
	}
	p, err := t.lookUp(ctx, name)
	if err != nil {
		return err
	}
	components, deployed, err := t.deployed(ctx, p)
	if err != nil {
		return err
	}
	if !o.force {
		if yes, err := t.mayDelete(ctx, p, components); err != nil || !yes {
			return err
		}
	}
	r := newRun(t, name)
	defer r.show.Stop()
	if deployed {
		if err := r.takeDown(ctx); err != nil {
			return err
		}
	}
	if err := t.client().DeleteProject(ctx, name); err != nil && !hubapi.IsNotFound(err) {
		return err
	}
	r.show.Stop()
	if t.asJSON {
		return cmdutil.PrintJSON(t.f.IO.Out, deletedProject{name, t.session.Account.ID, components})
	}
	t.say("project %s deleted from %s", name, t.account())
	return nil
}

// deployed lists the components that go, and whether they are to be taken down
// before the project can be deleted. Those of older projects go with it.
func (t *target) deployed(ctx context.Context, p *wire.Project) (components []string, first bool, err error) {
	components = []string{}
	if p.DeployedBuild == nil {
		return components, false, nil
	}
	if project.IsLegacy(p.DeployedBuild.PlatformVersion) {
		for _, s := range p.DeployedBuild.Subbuilds {
			if s.Type != wire.ServerlessPackageType {
				components = append(components, pipeline.TypeName(s.Type)+" "+s.Name)
			}
		}
		return components, false, nil
	}
	plan, err := t.client().StageDeletion(ctx, p.Name, true)
	if err != nil {
		return nil, false, err
	}
	for _, c := range plan.Components {
		if c.Type != wire.ServerlessPackageType {
			components = append(components, strings.TrimSpace(pipeline.TypeName(c.Type)+" "+string(c.ID)))
		}
	}
	return components, plan.Deployed, nil
}

// mayDelete shows what goes, and asks.
func (t *target) mayDelete(ctx context.Context, p *wire.Project, components []string) (bool, error) {
	if len(components) > 0 {
		t.note("what %s has deployed will be taken down:", p.Name)
		for _, c := range components {
			t.note("  %s", c)
		}
	}
	apps, err := t.client().Apps(ctx)
	if err != nil {
		cmdutil.Warn(t.f, fmt.Errorf("whether its apps are installed elsewhere is not known: %w", err))
	}
	installs := 0
	for _, a := range apps {
		if a.ProjectID == p.ID && a.Installs != nil {
			installs += a.Installs.Portals
		}
	}
	if installs > 0 {
		cmdutil.Warn(t.f, fmt.Errorf("its apps are installed in %d other accounts, which lose them", installs))
	}
	yes, err := cmdutil.Confirm(ctx, t.f, false, fmt.Sprintf("Delete the project %s from %s? It can't be undone.", p.Name, t.account()))
	if err == nil && !yes {
		t.note("nothing was deleted")
	}
	return yes, err
}

// takeDown follows the removal of what is deployed to its end.
func (r *run) takeDown(ctx context.Context) error {
	step := ui.Step{Label: "what " + r.name + " has deployed", State: ui.StepRunning, Word: "taking down"}
	r.step(step)
	end := func(err error) error {
		step.State, step.Word = ui.StepDone, "taken down"
		if err != nil {
			step.State, step.Word = ui.StepFailed, "failed"
		}
		r.step(step)
		return err
	}
	order, err := r.client().StageDeletion(ctx, r.name, false)
	switch {
	case err != nil:
		return end(err)
	case order.DeployID == "" && order.Deployed:
		return end(fmt.Errorf("HubSpot does not say how it takes down what %s has deployed: see %s", r.name, r.page(wire.PageOfActivity, r.name)))
	case order.DeployID == "":
		return end(nil)
	}
	id := order.DeployID.Int()
	page := r.page(wire.PageOfDeploy, r.name, id)
	f := r.follower()
	f.Status = func(s pipeline.Status) { r.last = s }
	d, err := f.Deploy(ctx, id, 0)
	if err != nil {
		r.show.Stop()
		hint := fmt.Sprintf("once it has ended, run the command again; see %s", page)
		if errors.Is(err, context.Canceled) {
			r.note("stopped looking: HubSpot goes on taking down what %s has deployed, and the project stays\n  hint: %s", r.name, hint)
			return err
		}
		return &hinted{fmt.Errorf("%w\n  HubSpot goes on taking down what %s has deployed", err, r.name), hint}
	}
	return end(pipeline.DeployError(r.name, 0, d, page))
}
