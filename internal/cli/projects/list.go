package projects

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/wire"
)

func newList(f *factory.Factory) *cobra.Command {
	t := &target{f: f}
	cmd := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   "List the projects of an account",
		Long:    "List the projects of an account on HubSpot, with the platform version of the latest\nbuild and the number of the one that is deployed.",
		Example: "  fns project list\n  fns project list --account production --json",
		Args:    cmdutil.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return listRun(cmd.Context(), t) },
	}
	t.addTo(cmd, []listed{})
	return cmd
}

// listed is a project as --json prints it.
type listed struct {
	Name            string    `json:"name"`
	ID              int64     `json:"id"`
	PlatformVersion string    `json:"platformVersion,omitempty"`
	LatestBuildID   int64     `json:"latestBuildId,omitempty"`
	DeployedBuildID int64     `json:"deployedBuildId,omitempty"`
	IsLocked        bool      `json:"isLocked"`
	UpdatedAt       wire.Time `json:"updatedAt,omitzero"`
}

func listRun(ctx context.Context, t *target) error {
	if err := t.connect(nil); err != nil {
		return err
	}
	all, err := t.client().Projects(ctx)
	if err != nil {
		return err
	}
	out := []listed{}
	var rows [][]string
	for _, p := range all {
		l := listed{Name: p.Name, ID: p.ID, DeployedBuildID: deployed(&p), IsLocked: p.IsLocked, UpdatedAt: p.UpdatedAt}
		if p.LatestBuild != nil {
			l.PlatformVersion, l.LatestBuildID = p.LatestBuild.PlatformVersion, p.LatestBuild.BuildID
		}
		out = append(out, l)
		rows = append(rows, []string{l.Name, l.PlatformVersion, number(l.LatestBuildID), number(l.DeployedBuildID)})
	}
	switch {
	case t.asJSON:
		return cmdutil.PrintJSON(t.f.IO.Out, out)
	case len(out) == 0:
		t.note("%s has no projects\n  hint: fns project upload creates one", t.account())
		return nil
	}
	return t.f.IO.Out.Table([]string{"Name", "Platform version", "Latest build", "Deployed build"}, rows)
}

// deployed gives the number of the deployed build, 0 for none.
func deployed(p *wire.Project) int64 {
	if p.DeployedBuildID == 0 && p.DeployedBuild != nil {
		return p.DeployedBuild.BuildID
	}
	return p.DeployedBuildID
}

// number shows the number of a build.
func number(id int64) string {
	if id == 0 {
		return ""
	}
	return fmt.Sprintf("#%d", id)
}
