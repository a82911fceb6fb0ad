package logs

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/logs"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/wire"
)

func isNotFound(err error) bool { return hubapi.IsNotFound(err) }

// NewCmdProjectLogs is `fns project logs`.
func NewCmdProjectLogs(f *factory.Factory) *cobra.Command {
	v := &view{f: f}
	var names []string
	var latest bool
	cmd := &cobra.Command{
		Use:   "logs [function]...",
		Short: "Show what the functions of a project have logged on HubSpot",
		Long: `Show the last runs of the functions of the developer project that the current
folder lies in, with what they printed: from the logs of the project's app, where
endpoints and calls of UI extensions are kept apart. Name functions to see only
theirs.`,
		Example: "  fns project logs\n  fns project logs get-quote --follow\n  fns project logs --status error --since 1d\n  fns project logs --stats",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := v.check(time.Now()); err != nil {
				return err
			}
			if latest {
				v.limit = 1
			}
			return projectLogsRun(cmd.Context(), v, append(names, args...))
		},
	}
	v.addTo(cmd)
	v.addFollow(cmd, "tail", "follow")
	cmd.Flags().StringArrayVar(&names, "function", nil, "Show only runs of this `function`; may stand several times")
	cmd.Flags().BoolVarP(&latest, "latest", "l", false, "Show the last run only")
	cmd.MarkFlagsMutuallyExclusive("latest", "limit")
	cmd.MarkFlagsMutuallyExclusive("latest", "tail", "follow")
	complete := func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		p, _, err := v.localProject()
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var all []cobra.Completion
		for _, fn := range p.Functions {
			all = append(all, fn.Name)
		}
		return all, cobra.ShellCompDirectiveNoFileComp
	}
	cmd.ValidArgsFunction = complete
	_ = cmd.RegisterFlagCompletionFunc("function", complete)
	return cmd
}

// localProject finds the project of the current folder.
func (v *view) localProject() (*project.Project, project.Developer, error) {
	dir, err := v.f.Sys.Getwd()
	if err != nil {
		return nil, project.Developer{}, fmt.Errorf("find the current folder: %w", err)
	}
	p, _ := project.Discover(dir) // what is wrong with its files does not matter for its logs
	if len(p.Developer) == 0 {
		return nil, project.Developer{}, fmt.Errorf("no hsproject.json in %s or above: change into a project", dir)
	}
	if len(p.Developer) > 1 {
		var files []string
		for _, d := range p.Developer {
			files = append(files, d.File)
		}
		return nil, project.Developer{}, fmt.Errorf("several projects in %s: change into one of %s", dir, strings.Join(files, ", "))
	}
	return p, p.Developer[0], nil
}

func projectLogsRun(ctx context.Context, v *view, names []string) error {
	p, developer, err := v.localProject()
	if err != nil {
		return err
	}
	wanted, err := chooseFunctions(p, developer, names)
	if err != nil {
		return err
	}
	s, err := v.flags.Connect(v.f)
	if err != nil {
		return err
	}
	name := p.Name
	remote, err := s.Client.Project(ctx, name)
	if err != nil {
		return err
	}
	if remote.DeployedBuild == nil && remote.DeployedBuildID == 0 {
		return fmt.Errorf("the project %s has no deployed build in account %s, so its functions have never run there", name, s.Account.Label())
	}
	app, err := appOf(ctx, s, remote.ID, developer)
	if err != nil {
		return err
	}
	v.named, v.merged, v.narrowed = true, true, len(names) > 0
	var sources []logs.Source
	for _, system := range functionSystems() {
		sources = append(sources, &logs.App{
			Client: s.Client, AppID: app, System: system, Since: v.filter.Since, Until: v.filter.Until,
			Details: !v.stats || len(names) > 0, Wanted: ofFunctions(wanted, len(names) > 0),
		})
	}
	return v.run(ctx, s, sources, defaultLimit)
}

// chooseFunctions gives the named functions of the project, or all.
func chooseFunctions(p *project.Project, d project.Developer, names []string) ([]*project.Function, error) {
	var all []*project.Function
	var known []string
	for _, fn := range p.Functions {
		if fn.Generation != project.DesignManager && d.Contains(fn.Manifest) {
			all = append(all, fn)
			known = append(known, fn.Name)
		}
	}
	if len(names) == 0 {
		return all, nil
	}
	var chosen []*project.Function
	for _, name := range names {
		i := slices.Index(known, name)
		if i < 0 {
			return nil, cmdutil.Usagef("the project has no function %q, but %s", name, strings.Join(known, ", "))
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

// ofFunctions tells the runs of functions by name or endpoint. An entry that says
// neither is shown unless functions were named.
func ofFunctions(wanted []*project.Function, named bool) func(*logs.Record) bool {
	return func(r *logs.Record) bool {
		if !named {
			return true
		}
		for _, fn := range wanted {
			if r.Function == fn.Name {
				return true
			}
			if fn.Endpoint != nil && (r.Function == fn.Endpoint.Path || trimRoute(r.Location) == fn.Endpoint.Path) {
				return true
			}
		}
		return false
	}
}

// appOf gives the id of the project's app on HubSpot.
func appOf(ctx context.Context, s *cmdutil.Session, projectID int64, d project.Developer) (int64, error) {
	if d.Legacy {
		components, err := s.Client.DeployedComponents(ctx, projectID)
		if err != nil {
			return 0, err
		}
		if id := deployedApp(components); id != 0 {
			return id, nil
		}
		return 0, errors.New("the deployed build of the project has no app with functions")
	}
	uid, err := appUID(d)
	if err != nil {
		return 0, err
	}
	app, err := s.Client.AppInProject(ctx, projectID, uid)
	if err != nil {
		return 0, err
	}
	return app.ID, nil
}

func deployedApp(components []wire.DeployedComponent) int64 {
	for _, c := range components {
		if c.Output.AppID != 0 {
			return c.Output.AppID
		}
		if id := deployedApp(c.Features); id != 0 {
			return id
		}
	}
	return 0
}

// appUID reads the uid of the project's app from its metadata file.
func appUID(d project.Developer) (string, error) {
	files, err := filepath.Glob(filepath.Join(d.SourceDir, "app", "*-hsmeta.json"))
	if err != nil {
		return "", err
	}
	for _, file := range files {
		doc, _ := jsonpos.Read(file)
		if doc == nil || doc.Root == nil {
			continue
		}
		kind, uid := doc.Root.Get("type"), doc.Root.Get("uid")
		if kind.Is(jsonpos.String) && kind.Text == "app" && uid.Is(jsonpos.String) {
			return uid.Text, nil
		}
	}
	return "", fmt.Errorf("no app in %s: functions belong to an app, declared in a file such as app-hsmeta.json", filepath.Join(d.SourceDir, "app"))
}
