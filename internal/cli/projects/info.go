package projects

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/ir"
	"github.com/fns-dev/fns/internal/pipeline"
	"github.com/fns-dev/fns/internal/wire"
)

func newInfo(f *factory.Factory) *cobra.Command {
	t := &target{f: f}
	var name string
	cmd := &cobra.Command{
		Use:   "info",
		Short: "Show what is deployed of a project",
		Long: `Show what HubSpot has deployed of the project of the current folder, or of another
one with --project: its build, its app, its components.`,
		Example: "  fns project info\n  fns project info --project shop --json",
		Args:    cmdutil.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return infoRun(cmd.Context(), t, name) },
	}
	t.addTo(cmd, info{})
	t.projectFlag(cmd, &name)
	return cmd
}

// info is what --json prints, as hs does.
type info struct {
	ProjectName     string          `json:"projectName"`
	PlatformVersion string          `json:"platformVersion"`
	ProjectID       int64           `json:"projectId"`
	DeployedBuildID int64           `json:"deployedBuildId"`
	AutoDeploy      bool            `json:"autoDeployEnabled"`
	Components      []infoComponent `json:"components"`
	ProjectURL      string          `json:"projectUrl"`
	App             *infoApp        `json:"app,omitempty"`
}

type infoComponent struct {
	UID  string `json:"uid"`
	Type string `json:"type"`
}

type infoApp struct {
	Name             string `json:"name"`
	ID               int64  `json:"id"`
	UID              string `json:"uid"`
	AuthType         string `json:"authType,omitempty"`
	DistributionType string `json:"distributionType,omitempty"`
}

func infoRun(ctx context.Context, t *target, flag string) error {
	name, err := t.name(flag)
	if err != nil {
		return err
	}
	if err := t.connect(nil); err != nil {
		return err
	}
	p, err := t.lookUp(ctx, name)
	if err != nil {
		return err
	}
	b := p.DeployedBuild
	if b == nil {
		return &hinted{fmt.Errorf("the project %s has no deployed build in %s", name, t.account()), "fns project deploy deploys one, fns project list-builds shows them"}
	}
	out := info{
		ProjectName: p.Name, PlatformVersion: b.PlatformVersion, ProjectID: p.ID, DeployedBuildID: b.BuildID, AutoDeploy: b.AutoDeployEnabled,
		Components: []infoComponent{},
	}
	if !t.session.Account.BuiltIn() {
		out.ProjectURL = t.page(wire.PageOfProject, p.Name)
	}
	if out.PlatformVersion == "" {
		if l, err := find(t.f.Sys, ""); err == nil && l.Name == name {
			out.PlatformVersion = l.Version
		}
	}
	for _, s := range b.Subbuilds {
		if s.Type != ir.ComponentType("app") {
			out.Components = append(out.Components, infoComponent{s.Name, s.Type})
			continue
		}
		if out.App != nil {
			continue
		}
		app, err := t.client().AppInProject(ctx, p.ID, s.Name)
		if err != nil {
			cmdutil.Warn(t.f, err) // the rest is worth seeing
			continue
		}
		out.App = &infoApp{app.Name, app.ID, s.Name, app.AuthType, app.DistributionType}
	}
	if t.asJSON {
		return cmdutil.PrintJSON(t.f.IO.Out, out)
	}
	return t.showInfo(out)
}

func (t *target) showInfo(i info) error {
	facts := [][]string{
		{"Project", i.ProjectName}, {"Id", fmt.Sprint(i.ProjectID)}, {"Account", t.session.Account.Label()}, {"Platform version", i.PlatformVersion},
		{"Deployed build", number(i.DeployedBuildID)}, {"Deploys by itself", map[bool]string{true: "yes", false: "no"}[i.AutoDeploy]}, {"Page", i.ProjectURL},
	}
	if a := i.App; a != nil {
		facts = append(facts, []string{"App", fmt.Sprintf("%s (%d, uid %s)", a.Name, a.ID, a.UID)}, []string{"Auth", a.AuthType}, []string{"Distribution", a.DistributionType})
	}
	for _, f := range facts {
		if f[1] != "" {
			t.say("%-18s %s", f[0], f[1])
		}
	}
	if len(i.Components) == 0 {
		return nil
	}
	var rows [][]string
	for _, c := range i.Components {
		rows = append(rows, []string{pipeline.TypeName(c.Type), c.UID})
	}
	t.say("")
	return t.f.IO.Out.Table([]string{"Component", "Uid"}, rows)
}
