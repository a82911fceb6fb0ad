package create

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/lifecycle"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/scaffold"
)

// ProjectOptions holds what `fns project create` needs.
type ProjectOptions struct {
	environment
	Now func() time.Time

	Name         string
	Dest         string
	Platform     string
	Base         string // baseApp or baseEmpty
	Distribution string
	Auth         string
	Features     []scaffold.Feature
	chosen       bool // features were given
	TypeScript   bool
	Force        bool
	JSON         bool
}

// The values of --project-base.
const (
	baseApp   = "app"
	baseEmpty = "empty"
)

const projectLong = `Make a new developer project: its config, an app, and functions that run at once.
Everything comes with fns; nothing is downloaded and no account is needed. What is
missing among the flags is asked for on a terminal and has usual values elsewhere;
only --name has none.

Features are app-function-endpoint, a function with a URL, app-function, one that
UI extensions call, and card, a UI extension. Functions need an app with
distribution private and auth static.

Files that exist are never overwritten.`

// NewCmdProjectCreate wires the flags; tests pass runF to see the parsed options.
func NewCmdProjectCreate(f *factory.Factory, runF func(context.Context, *ProjectOptions) error) *cobra.Command {
	opts := &ProjectOptions{environment: newEnvironment(f), Now: time.Now}
	var features []string
	var template, source string
	cmd := &cobra.Command{
		Use:     "create",
		Aliases: []string{"init"},
		Short:   "Make a new developer project",
		Long:    projectLong,
		Example: "  fns project create\n  fns project create --name shop --typescript\n  fns project create --name shop --features app-function,card\n  fns project create --name shop --dest work/shop --platform-version 2026.09",
		Args:    cobra.ArbitraryArgs, // features, see parseFeatures
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if source != "" {
				return cmdutil.Usagef("--template-source: fns has its own templates and downloads none; copy %s and use fns project add in it", source)
			}
			if opts.Features, err = parseFeatures(features, args); err != nil {
				return err
			}
			opts.chosen = cmd.Flags().Changed("features")
			if err := opts.template(template); err != nil {
				return err
			}
			if runF != nil {
				return runF(cmd.Context(), opts)
			}
			return projectRun(cmd.Context(), opts)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.Name, "name", "", "The `name` of the project, which can't be changed later")
	flags.StringVar(&opts.Dest, "dest", "", "The `folder` to make it in, ./<name> if not given")
	flags.StringVar(&opts.Platform, "platform-version", lifecycle.Current, "The platform `version` of the project")
	flags.StringVar(&opts.Base, "project-base", "", "What the project starts with: app or empty")
	flags.StringVar(&opts.Distribution, "distribution", "", "How the app is distributed: private or marketplace")
	flags.StringVar(&opts.Auth, "auth", "", "How the app gets access: static or oauth")
	flags.StringSliceVar(&features, "features", nil, "The `features` of the app, with commas between: app-function-endpoint, app-function, card")
	flags.BoolVar(&opts.Force, "force", false, "Also make a project of a platform version that has ended, for local use")
	flags.BoolVar(&opts.JSON, "json", false, "Print JSON, and ask nothing")
	flags.StringVar(&template, "template", "", "For platform versions before 2025.2, as hs names them: no-template for an empty project")
	flags.StringVar(&source, "template-source", "", "Not supported")
	_ = flags.MarkHidden("template") // both defined above
	_ = flags.MarkHidden("template-source")
	_ = cmd.MarkFlagDirname("dest")
	typed(cmd, &opts.TypeScript)
	accepted(cmd)
	complete(cmd, map[string][]string{
		"platform-version": scaffold.Platforms(), "project-base": {baseApp, baseEmpty}, "features": scaffold.Features(),
		"distribution": {scaffold.Private, scaffold.Marketplace}, "auth": {scaffold.Static, scaffold.OAuth},
	})
	return cmd
}

// template reads the flag that hs has for older platform versions.
func (o *ProjectOptions) template(name string) error {
	switch {
	case name == "":
	case name == "no-template" || name == baseEmpty:
		o.Base = baseEmpty
	case strings.Contains(name, "app"): // "getting-started-private-app"
		o.Base = baseApp
	default:
		return cmdutil.Usagef("--template %q: fns has no such template, use --project-base and --features", name)
	}
	return nil
}

func projectRun(ctx context.Context, o *ProjectOptions) error {
	dir, err := o.dir()
	if err != nil {
		return err
	}
	if err := scaffold.OneOf("the platform version", o.Platform, scaffold.Platforms()); err != nil {
		return usage(err)
	}
	ask := newAsker(o.IO, o.JSON)
	name := func(s string) error { return scaffold.CheckName("project", s) }
	if err := ask.text(ctx, &o.Name, "Name of the project", "--name", "", name); err != nil {
		return err
	}
	if err := ask.text(ctx, &o.Dest, "Folder", "--dest", o.Name, func(string) error { return nil }); err != nil {
		return err
	}
	p := scaffold.Project{Name: o.Name, Platform: o.Platform, TypeScript: o.TypeScript, Force: o.Force, Now: o.Now()}
	if err := o.app(ctx, ask, &p); err != nil {
		return err
	}
	to := absolute(dir, o.Dest)
	plan, err := scaffold.NewProject(to, p)
	if err != nil {
		return err
	}
	d := done{Name: o.Name, Platform: o.Platform}
	steps := lifecycle.Platform(o.Platform)
	if past, _ := lifecycle.In(steps, o.Now()); len(past) > 0 {
		d.Warnings = append(d.Warnings, lifecycle.Sentence(steps, o.Now()))
	}
	if strings.HasSuffix(o.Platform, "-beta") {
		d.Warnings = append(d.Warnings, fmt.Sprintf("platform version %s is a beta, which changes without notice", o.Platform))
	}
	next := cd(dir, to)
	switch {
	case p.App == nil:
		next += "fns project add"
	case hasFunctions(o.Features):
		next += "fns dev"
	default:
		next += "fns project upload"
	}
	return write(o.IO, dir, o.JSON, plan, d, next)
}

func hasFunctions(features []scaffold.Feature) bool {
	for _, f := range features {
		if f != scaffold.Card {
			return true
		}
	}
	return false
}

// app asks for the app and its features.
func (o *ProjectOptions) app(ctx context.Context, ask asker, p *scaffold.Project) error {
	if err := ask.choice(ctx, &o.Base, "Start with", baseApp, []string{baseApp, baseEmpty}); err != nil {
		return err
	}
	if err := scaffold.OneOf("the project base", o.Base, []string{baseApp, baseEmpty}); err != nil {
		return usage(err)
	}
	if o.Base == baseEmpty {
		p.Components = components(o.Features, "", "", "")
		return nil
	}
	if err := ask.choice(ctx, &o.Distribution, "Distribution", scaffold.Private, []string{scaffold.Private, scaffold.Marketplace}); err != nil {
		return err
	}
	if o.Distribution == scaffold.Marketplace && o.Auth == "" {
		o.Auth = scaffold.OAuth
	}
	if err := ask.choice(ctx, &o.Auth, "Auth", scaffold.Static, []string{scaffold.Static, scaffold.OAuth}); err != nil {
		return err
	}
	can := o.Distribution == scaffold.Private && o.Auth == scaffold.Static && !lifecycle.WithoutFunctions(o.Platform)
	if !o.chosen && can {
		features, err := askFeatures(ctx, ask)
		if err != nil {
			return err
		}
		o.Features = features
	}
	p.App = &scaffold.App{Name: o.Name, Distribution: o.Distribution, Auth: o.Auth}
	p.Components = components(o.Features, "", "", "")
	return nil
}

// askFeatures asks which features to add; the usual one is a function with a URL.
func askFeatures(ctx context.Context, ask asker) ([]scaffold.Feature, error) {
	var answer string
	var features []scaffold.Feature
	question := "Features, with commas between: " + strings.Join(scaffold.Features(), ", ")
	err := ask.text(ctx, &answer, question, "--features", string(scaffold.EndpointFunction), func(s string) (err error) {
		features, err = scaffold.ParseFeatures([]string{s})
		return err
	})
	return features, err
}

// AddOptions holds what `fns project add` needs.
type AddOptions struct {
	environment

	Features     []scaffold.Feature
	Name         string
	Path         string
	Method       string
	Distribution string
	Auth         string
	TypeScript   bool
	chosen       bool // TypeScript was given
	JSON         bool
}

// NewCmdProjectAdd wires the flags; tests pass runF to see the parsed options.
func NewCmdProjectAdd(f *factory.Factory, runF func(context.Context, *AddOptions) error) *cobra.Command {
	opts := &AddOptions{environment: newEnvironment(f)}
	var features []string
	var kind string
	cmd := &cobra.Command{
		Use:   "add",
		Short: "Add functions and cards to a developer project",
		Long: `Add components to the developer project that the current folder lies in, and an app
where it has none. Features are app-function-endpoint, a function with a URL,
app-function, one that UI extensions call, and card, a UI extension, which calls the
app-function if there is one.

Functions are written in TypeScript with --typescript, or if the project's other
functions are. Files that exist are never overwritten; in projects before 2025.2 the
function is added to serverless.json, which otherwise stays as it is written.`,
		Example: "  fns project add --features app-function-endpoint --name orders --endpoint-path orders/new --endpoint-method POST\n  fns project add --features app-function,card --name points",
		Args:    cobra.ArbitraryArgs, // features, see parseFeatures
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if kind != "" {
				features = append(features, kind[strings.LastIndexByte(kind, '/')+1:])
			}
			if opts.Features, err = parseFeatures(features, args); err != nil {
				return err
			}
			opts.chosen = cmd.Flags().Changed("typescript") || cmd.Flags().Changed("ts")
			if runF != nil {
				return runF(cmd.Context(), opts)
			}
			return addRun(cmd.Context(), opts)
		},
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&features, "features", nil, "The `features` to add, with commas between: app-function-endpoint, app-function, card")
	flags.StringVar(&kind, "type", "", "One feature, as hs has it for older platform versions")
	flags.StringVar(&opts.Name, "name", "", "The `name` of the component")
	flags.StringVar(&opts.Path, "endpoint-path", "", "The `path` of the endpoint behind /hs/serverless/, its name if not given")
	flags.StringVar(&opts.Method, "endpoint-method", "", "The HTTP `method` of the endpoint, GET if not given")
	flags.StringVar(&opts.Distribution, "distribution", scaffold.Private, "Of an app that is added: private or marketplace")
	flags.StringVar(&opts.Auth, "auth", scaffold.Static, "Of an app that is added: static or oauth")
	flags.BoolVar(&opts.JSON, "json", false, "Print JSON, and ask nothing")
	_ = flags.MarkHidden("type") // defined above
	typed(cmd, &opts.TypeScript)
	accepted(cmd)
	complete(cmd, map[string][]string{
		"features": scaffold.Features(), "endpoint-method": scaffold.Methods(),
		"distribution": {scaffold.Private, scaffold.Marketplace}, "auth": {scaffold.Static, scaffold.OAuth},
	})
	return cmd
}

func addRun(ctx context.Context, o *AddOptions) error {
	dir, err := o.dir()
	if err != nil {
		return err
	}
	p, list := project.Discover(dir)
	if len(p.Developer) != 1 || !p.Developer[0].Contains(dir) {
		return errors.New("the current folder lies in no developer project: go to one, or make one with fns project create")
	}
	d := p.Developer[0]
	if d.SourceDir == "" {
		return list.Err()
	}
	ask := newAsker(o.IO, o.JSON)
	if len(o.Features) == 0 {
		if !ask.can {
			return cmdutil.Usagef("--features is needed: nobody is there to ask")
		}
		if o.Features, err = askFeatures(ctx, ask); err != nil {
			return err
		}
	}
	if ask.can {
		check := func(s string) error { return scaffold.CheckName("component", s) }
		if err := ask.text(ctx, &o.Name, "Name", "--name", components(o.Features[:1], "", "", "")[0].Name, check); err != nil {
			return err
		}
	}
	if !o.chosen {
		for _, fn := range p.Functions {
			o.TypeScript = o.TypeScript || d.Contains(fn.Dir) && strings.HasSuffix(fn.Entry, ".ts")
		}
	}
	app := scaffold.App{Distribution: o.Distribution, Auth: o.Auth}
	plan, err := scaffold.Add(p, d, app, components(o.Features, o.Name, o.Path, o.Method), o.TypeScript)
	if err != nil {
		return err
	}
	return write(o.IO, dir, o.JSON, plan, done{Name: d.Name, Platform: d.Version}, "fns dev")
}
