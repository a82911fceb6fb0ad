// Package projects implements the commands about developer projects on HubSpot:
// `fns project upload`, deploy, list, list-builds, info, download, open and delete. Names,
// flags and JSON are those of hs.
package projects

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/sysx"
	"github.com/fns-dev/fns/internal/wire"
)

// Commands makes all commands of the package, for `fns project`.
func Commands(f *factory.Factory) []*cobra.Command {
	return []*cobra.Command{
		newUpload(f), newDeploy(f), newList(f), newListBuilds(f), newInfo(f), newDownload(f), newOpen(f), newDelete(f), newProfile(f),
	}
}

// target is where a command works: filled by flags, then by open.
type target struct {
	f      *factory.Factory
	flags  cmdutil.AccountFlags
	asJSON bool

	session *cmdutil.Session
}

// addTo gives a command the flags that say where, and those about JSON; shape is
// a value of the type that --json prints.
func (t *target) addTo(cmd *cobra.Command, shape any) {
	cmdutil.AddJSONSchema(cmd, t.f, shape)
	t.flags.AddTo(cmd, t.f.Sys)
	cmd.Flags().BoolVar(&t.asJSON, "json", false, "Print JSON")
	cmd.Flags().BoolVar(&t.asJSON, "format-output-as-json", false, "The same as --json, for hs")
	_ = cmd.Flags().MarkHidden("format-output-as-json") // defined above
}

// connect opens the account that a profile names; without one (nil) the account
// that the flags and the configuration name.
func (t *target) connect(profile *project.Profile) error {
	s, err := t.flags.ConnectProfile(t.f, profile)
	t.session = s
	return err
}

func (t *target) client() *hubapi.Client { return t.session.Client }

// account names the account for people.
func (t *target) account() string { return "account " + t.session.Account.Label() }

// page gives the address of a page of a project on HubSpot's website. The account
// on the own machine has none: what does the same is named instead.
func (t *target) page(path, name string, id ...int64) string {
	if t.session.Account.BuiltIn() {
		if path == wire.PageOfProject {
			return "fns portal start serves it"
		}
		return "fns project list-builds --project " + name
	}
	args := []string{strconv.FormatInt(t.session.Account.ID, 10), name}
	for _, n := range id {
		args = append(args, strconv.FormatInt(n, 10))
	}
	return t.client().Page(wire.Path(path, args...))
}

// say prints a line on stdout, made safe for the terminal, and nothing with
// --json.
func (t *target) say(format string, args ...any) {
	if !t.asJSON {
		// If the stream is gone, the exit code still tells.
		_, _ = fmt.Fprintln(t.f.IO.Out, report.Clean(fmt.Sprintf(format, args...)))
	}
}

// hint prints what to do next on stderr, and nothing with --json.
func (t *target) hint(format string, args ...any) {
	if !t.asJSON {
		t.note("  hint: "+format, args...)
	}
}

// note prints a line on stderr.
func (t *target) note(format string, args ...any) {
	_, _ = fmt.Fprintln(t.f.IO.Err, report.Clean(fmt.Sprintf(format, args...))) // as in say
}

// lookUp gives a project of the account.
func (t *target) lookUp(ctx context.Context, name string) (*wire.Project, error) {
	p, err := t.client().Project(ctx, name)
	if hubapi.IsNotFound(err) {
		return nil, &hinted{fmt.Errorf("%s has no project %q: %w", t.account(), name, err), "fns project list shows those there are; fns project upload creates one"}
	}
	return p, err
}

// hinted is an error with what to do.
type hinted struct {
	error
	hint string
}

// Hint says what to do.
func (e *hinted) Hint() string { return e.hint }

// Unwrap gives the error itself.
func (e *hinted) Unwrap() error { return e.error }

// local is the developer project on this machine.
type local struct {
	project.Developer
	project *project.Project // with this developer project alone
	broken  diag.List        // the errors of its hsproject.json
}

// dir is the folder of its hsproject.json.
func (l *local) dir() string { return filepath.Dir(l.File) }

// errNoProject is that a folder lies in no project.
var errNoProject = errors.New("no hsproject.json")

// find gives the project that a path lies in, "" for the current folder.
func find(sys *sysx.System, path string) (*local, error) {
	dir, err := sys.Getwd()
	if err != nil {
		return nil, fmt.Errorf("find the current folder: %w", err)
	}
	if filepath.IsAbs(path) {
		dir = path
	} else {
		dir = filepath.Join(dir, path)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		dir = filepath.Dir(dir)
	}
	file := project.Enclosing(dir)
	if file == "" {
		return nil, fmt.Errorf("%w in %s or above: change into a project, or name its folder", errNoProject, dir)
	}
	p, list := project.Discover(filepath.Dir(file))
	for _, d := range p.Developer {
		if d.File == file {
			l := &local{Developer: d}
			l.only(p)
			for _, finding := range list {
				if finding.Severity == diag.Error && finding.Range.File == file {
					l.broken = append(l.broken, finding)
				}
			}
			return l, nil
		}
	}
	if err := list.Err(); err != nil {
		return nil, err
	}
	return nil, fmt.Errorf("%w that can be read in %s", errNoProject, filepath.Dir(file))
}

// name gives the project that a command is about: the one of the flag, else that
// of the current folder.
func (t *target) name(flag string) (string, error) {
	if flag != "" {
		return flag, nil
	}
	l, err := find(t.f.Sys, "")
	if errors.Is(err, errNoProject) {
		return "", cmdutil.Usagef("%w; or pass --project", err)
	}
	if err != nil {
		return "", err
	}
	return l.Name, l.named()
}

// named wants the name without which HubSpot knows no project.
func (l *local) named() error {
	if l.Name == "" {
		return fmt.Errorf("%s has no \"name\": add the name of the project", l.File)
	}
	return nil
}

// profile chooses the profile of a project: the one asked for, its only one, or
// one that the user picks. It gives nil where there is none.
func (t *target) profile(ctx context.Context, l *local, wanted string) (*project.Profile, error) {
	if l.Legacy {
		if wanted != "" {
			return nil, cmdutil.Usagef("--profile %s: projects of platform version %s have no profiles", wanted, l.Version)
		}
		return nil, nil
	}
	names := l.project.Profiles
	if wanted == "" && len(names) > 1 {
		if !t.f.IO.Interactive() || t.flags.UseEnv || t.asJSON {
			return nil, cmdutil.Usagef("the project has several profiles: choose one with --profile (%s)", strings.Join(names, ", "))
		}
		i, err := t.f.IO.Choose(ctx, "Profile", names)
		if err != nil {
			return nil, err
		}
		wanted = names[i]
	}
	_, used, list := project.Components(l.Developer, wanted)
	return used, list.Err()
}

func completeProfile(sys *sysx.System) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		path := ""
		if len(args) > 0 {
			path = args[0]
		}
		l, err := find(sys, path)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return l.project.Profiles, cobra.ShellCompDirectiveNoFileComp
	}
}

// projectFlag gives a command the flag --project, completed with the local name.
func (t *target) projectFlag(cmd *cobra.Command, name *string) {
	cmd.Flags().StringVar(name, "project", "", "The `name` of the project; without it that of the current folder")
	_ = cmd.RegisterFlagCompletionFunc("project", func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if l, err := find(t.f.Sys, ""); err == nil && l.Name != "" {
			return []cobra.Completion{l.Name}, cobra.ShellCompDirectiveNoFileComp
		}
		return nil, cobra.ShellCompDirectiveNoFileComp
	})
}

// buildFlag gives a command the flag --build.
func buildFlag(cmd *cobra.Command, id *int64, what string) {
	cmd.Flags().Int64Var(id, "build", 0, what)
	cmd.Flags().Int64Var(id, "build-id", 0, "The same as --build, for hs")
	_ = cmd.Flags().MarkHidden("build-id") // defined above
}
