package projects

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/wire"
)

// buildsOptions are the flags of `fns project list-builds`.
type buildsOptions struct {
	project string
	limit   int
	after   string
}

func newListBuilds(f *factory.Factory) *cobra.Command {
	t, o := &target{f: f}, &buildsOptions{}
	cmd := &cobra.Command{
		Use:     "list-builds",
		Aliases: []string{"builds"},
		Short:   "List the builds of a project",
		Long: `List the builds of a project on HubSpot, the newest first. On a terminal you are
asked for the next page unless there is a --limit; --json prints the cursor of the
next page, which --after takes.`,
		Example: "  fns project list-builds\n  fns project list-builds --limit 5\n  fns project list-builds --project shop --json",
		Args:    cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.limit < 0 || o.limit == 0 && cmd.Flags().Changed("limit") {
				return cmdutil.Usagef("--limit %d: want a number from 1 up", o.limit)
			}
			return buildsRun(cmd.Context(), t, o)
		},
	}
	t.addTo(cmd, buildList{})
	t.projectFlag(cmd, &o.project)
	cmd.Flags().IntVar(&o.limit, "limit", 0, "Show at most this `number` of builds")
	cmd.Flags().StringVar(&o.after, "after", "", "Go on behind this `cursor`, from the JSON of the page before")
	return cmd
}

// buildList is what --json prints, as hs does.
type buildList struct {
	ProjectName     string        `json:"projectName"`
	DeployedBuildID int64         `json:"deployedBuildId,omitempty"`
	Results         []listedBuild `json:"results"`
	Paging          *nextPage     `json:"paging,omitempty"`
}

type nextPage struct {
	Next struct {
		After string `json:"after"`
	} `json:"next"`
}

type listedBuild struct {
	BuildID         int64            `json:"buildId"`
	Status          string           `json:"status"`
	IsDeployed      bool             `json:"isDeployed"`
	AutoDeploy      bool             `json:"isAutoDeployEnabled"`
	DeployableState string           `json:"deployableState,omitempty"`
	PlatformVersion string           `json:"platformVersion,omitempty"`
	UploadMessage   string           `json:"uploadMessage"`
	EnqueuedAt      wire.Time        `json:"enqueuedAt,omitzero"`
	StartedAt       wire.Time        `json:"startedAt,omitzero"`
	FinishedAt      wire.Time        `json:"finishedAt,omitzero"`
	CreatedAt       wire.Time        `json:"createdAt,omitzero"`
	Subbuilds       []listedSubbuild `json:"subbuildStatuses"`
}

type listedSubbuild struct {
	Name         string    `json:"buildName"`
	Type         string    `json:"buildType"`
	Status       string    `json:"status"`
	ErrorMessage string    `json:"errorMessage"`
	StartedAt    wire.Time `json:"startedAt,omitzero"`
	FinishedAt   wire.Time `json:"finishedAt,omitzero"`
	RootPath     string    `json:"rootPath,omitempty"`
	ID           wire.ID   `json:"id,omitempty"`
	Visible      bool      `json:"visible"`
}

func buildsRun(ctx context.Context, t *target, o *buildsOptions) error {
	name, err := t.name(o.project)
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
	for after := o.after; ; {
		page, err := t.client().Builds(ctx, name, o.limit, after)
		if err != nil {
			return err
		}
		if t.asJSON {
			return cmdutil.PrintJSON(t.f.IO.Out, buildsJSON(p, page))
		}
		if err := t.showBuilds(p, page.Results, after == ""); err != nil {
			return err
		}
		next := page.Paging.After()
		switch {
		case next == "" || next == after:
			return nil
		case o.limit > 0 || !t.f.IO.Interactive():
			t.note("there are more: --after %s", next)
			return nil
		}
		if _, err := t.f.IO.Ask(ctx, "Enter for more, Ctrl-C to end", ""); err != nil {
			return err
		}
		after = next
	}
}

func buildsJSON(p *wire.Project, page *wire.BuildPage) buildList {
	out := buildList{ProjectName: p.Name, DeployedBuildID: deployed(p), Results: []listedBuild{}}
	if after := page.Paging.After(); after != "" {
		out.Paging = &nextPage{}
		out.Paging.Next.After = after
	}
	for _, b := range page.Results {
		l := listedBuild{
			BuildID: b.BuildID, Status: b.Status, IsDeployed: b.BuildID == deployed(p), AutoDeploy: b.AutoDeployEnabled, DeployableState: b.DeployableState,
			PlatformVersion: b.PlatformVersion, UploadMessage: b.UploadMessage, EnqueuedAt: b.EnqueuedAt, StartedAt: b.StartedAt, FinishedAt: b.FinishedAt,
			CreatedAt: b.CreatedAt, Subbuilds: []listedSubbuild{},
		}
		for _, s := range b.Subbuilds {
			l.Subbuilds = append(l.Subbuilds, listedSubbuild{s.Name, s.Type, s.Status, s.ErrorMessage, s.StartedAt, s.FinishedAt, s.RootPath, s.ID, s.Visible})
		}
		out.Results = append(out.Results, l)
	}
	return out
}

// showBuilds prints a page of builds as a table.
func (t *target) showBuilds(p *wire.Project, builds []wire.Build, first bool) error {
	if len(builds) == 0 {
		if first {
			t.note("the project %s has no builds in %s\n  hint: fns project upload makes one", p.Name, t.account())
		}
		return nil
	}
	var rows [][]string
	for _, b := range builds {
		id := number(b.BuildID)
		if b.BuildID == deployed(p) {
			id += " (deployed)"
		}
		completed, took := "", ""
		if !b.FinishedAt.IsZero() {
			completed = b.FinishedAt.Local().Format("2006-01-02 15:04:05")
			if !b.EnqueuedAt.IsZero() {
				took = b.FinishedAt.Sub(b.EnqueuedAt.Time).Round(time.Second).String()
			}
		}
		rows = append(rows, []string{id, b.Status, completed, took, details(b)})
	}
	return t.f.IO.Out.Table([]string{"Build", "Status", "Completed", "Took", "Details"}, rows)
}

// details says what failed, or else what the build is about.
func details(b wire.Build) string {
	var failed []string
	for _, s := range b.Subbuilds {
		dependent := s.StandardError != nil && s.StandardError.SubCategory == wire.DependentSubbuildFailed
		if s.Status == wire.StateFailure && !dependent && s.Type != wire.ServerlessPackageType {
			failed = append(failed, s.Name)
		}
	}
	if len(failed) > 0 {
		return fmt.Sprintf("%s failed", strings.Join(failed, ", "))
	}
	return b.UploadMessage
}
