package cli

import (
	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/account"
	"github.com/fns-dev/fns/internal/cli/build"
	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/cms"
	"github.com/fns-dev/fns/internal/cli/create"
	"github.com/fns-dev/fns/internal/cli/dev"
	"github.com/fns-dev/fns/internal/cli/exec"
	"github.com/fns-dev/fns/internal/cli/explain"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/cli/invoke"
	"github.com/fns-dev/fns/internal/cli/limits"
	"github.com/fns-dev/fns/internal/cli/logs"
	"github.com/fns-dev/fns/internal/cli/packages/install"
	"github.com/fns-dev/fns/internal/cli/portal"
	"github.com/fns-dev/fns/internal/cli/projects"
	"github.com/fns-dev/fns/internal/cli/secrets"
	"github.com/fns-dev/fns/internal/cli/validate"
	"github.com/fns-dev/fns/internal/cli/version"
	"github.com/fns-dev/fns/internal/ui"
)

const long = `fns runs HubSpot serverless functions on your machine: the functions of the
design manager and of developer projects, with HubSpot's limits, secrets from
.env files, and live reload. It needs no account, no network and no Node.js.`

// newRoot builds the command tree.
func newRoot(f *factory.Factory) *cobra.Command {
	root := &cobra.Command{
		Use:           "fns <command>",
		Short:         "Run HubSpot serverless functions locally",
		Long:          long,
		Example:       "  fns dev\n  fns dev my-project --port 8080\n  fns invoke hello -f event.json",
		Version:       f.Build.String(),
		Args:          cobra.ArbitraryArgs, // so that RunE sees unknown commands
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return cmdutil.UnknownCommand(cmd, args[0])
			}
			return cmd.Help()
		},
	}
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetFlagErrorFunc(cmdutil.FlagError)
	root.SetIn(f.IO.In)
	root.SetOut(f.IO.Out)
	root.SetErr(f.IO.Err)
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveDefault)

	color := ui.ColorAuto
	noColor := false
	flags := root.PersistentFlags()
	flags.Var(&color, "color", "Use colours: auto, always or never")
	flags.BoolVar(&noColor, "no-color", false, "Use no colours, same as --color never")
	flags.BoolVar(&noColor, "noColor", false, "Use no colours, as hs spells it")
	_ = flags.MarkHidden("noColor") // the flag exists: defined on the line above
	root.PersistentPreRun = func(*cobra.Command, []string) {
		if noColor {
			color = ui.ColorNever
		}
		f.IO.SetColor(color)
	}

	root.AddCommand(
		dev.NewCmdDev(f, nil),
		invoke.NewCmdInvoke(f, nil),
		build.NewCmdBuild(f, nil),
		cmdutil.Group("project", "Work with developer projects", []string{"projects"}, append(projects.Commands(f),
			create.NewCmdProjectCreate(f, nil), create.NewCmdProjectAdd(f, nil), dev.NewCmdDev(f, nil), validate.NewCmdProjectValidate(f), logs.NewCmdProjectLogs(f))...),
		cmdutil.Group("functions", "Work with serverless functions", []string{"function"}, create.NewCmdFunction(f, nil), cms.NewCmdFunctionsList(f), cms.NewCmdFunctionsDeploy(f), dev.NewCmdServer(f, nil), logs.NewCmdLogs(f)),
		cmdutil.Group("cms", "Work with the design manager, as hs spells it", nil, append(cms.Commands(f), cmdutil.Group("function", "Work with serverless functions", []string{"functions"},
			create.NewCmdFunction(f, nil), cms.NewCmdFunctionsList(f), cms.NewCmdFunctionsDeploy(f), dev.NewCmdServer(f, nil), logs.NewCmdLogs(f)))...),
		cmdutil.Group("packages", "Manage the packages that HubSpot preloads", []string{"package"}, install.NewCmdInstall(f, nil)),
		validate.NewCmdValidate(f, nil),
		explain.NewCmdExplain(f, nil),
		limits.NewCmdLimits(f, nil),
		account.NewCmdAccount(f),
		secrets.NewCmdSecrets(f),
		cmdutil.Group("app", "Work with the apps of projects", []string{"apps"}, secrets.NewCmdAppSecrets(f), logs.NewCmdAppLogs(f), logs.NewCmdAppLogDetails(f)),
		logs.NewCmdLogs(f),
		account.NewCmdAuth(f),
		account.NewCmdInit(f),
		account.NewCmdConfig(f),
		portal.NewCmdPortal(f),
		exec.NewCmdExec(f),
		version.NewCmdVersion(f, nil),
	)
	root.AddCommand(cms.Commands(f)...)
	return root
}
