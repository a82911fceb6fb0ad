package cli

import (
	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/ui"
)

const long = `fns runs HubSpot serverless functions on your machine: the functions of the
design manager and of developer projects, with HubSpot's limits, secrets from
.env files, and live reload. It needs no account, no network and no Node.js.`

// newRoot builds the command tree, as much of it as the arguments need.
func newRoot(f *factory.Factory, args []string) *cobra.Command {
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

	chosen := commandsFor(f, args)
	for _, c := range chosen {
		root.AddCommand(c.make()...)
	}
	root.CompletionOptions.DisableDefaultCmd = len(chosen) < 2 // then it is not asked for
	return root
}
