// Package dev implements `fns dev`, which is also `fns project dev`, and the
// older spelling of the same thing, `fns functions server`.
package dev

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/sysx"
	"github.com/fns-dev/fns/internal/ui"
)

// DefaultPort is where fns dev listens if nothing else does.
const DefaultPort = 3000

// ServerPort is the default of `hs functions server`.
const ServerPort = 5432

// Options holds what the command needs: dependencies, then flags and arguments.
type Options struct {
	Factory *factory.Factory
	Sys     *sysx.System
	IO      *ui.IOStreams

	Path      string // where to look for functions; "" is the current folder
	Port      cmdutil.Port
	PortGiven bool // by the user: then no other port will do
	JSON      bool
	Watch     bool
	Flags     cmdutil.FunctionFlags
}

// NewCmdDev wires the flags; tests pass runF to see the parsed Options.
func NewCmdDev(f *factory.Factory, runF func(context.Context, *Options) error) *cobra.Command {
	opts := &Options{Factory: f, Sys: f.Sys, IO: f.IO, Port: DefaultPort}
	cmd := &cobra.Command{
		Use:   "dev [path]",
		Short: "Serve functions locally with live reload",
		Long: `Serve every function found below path (the current folder) on one local
server, as HubSpot would, and reload on each save.

Path is a .functions folder, a tree that holds several of them, or a developer
project; any folder inside one of these will do. Secrets come from .env files
beside the functions. HubSpot's limits are enforced; each has a switch.`,
		Example: `  fns dev
  fns dev my-project --port 8080
  fns dev --json | jq 'select(.event == "invocation")'
  fns dev --no-time-limit --no-budget-limit
  fns dev --engine node
  fns dev --inspect`,
	}
	wire(cmd, opts, runF)
	return cmd
}

// NewCmdServer is `fns functions server`, with the flags and the port that users
// of hs know.
func NewCmdServer(f *factory.Factory, runF func(context.Context, *Options) error) *cobra.Command {
	opts := &Options{Factory: f, Sys: f.Sys, IO: f.IO, Port: ServerPort}
	cmd := &cobra.Command{
		Use:     "server [path]",
		Aliases: []string{"test"},
		Short:   "Serve functions locally, as hs functions server does",
		Long: `The same as fns dev, under the name and with the default port that hs has for
it. Path may leave out ".functions". Logs are always printed as they come.`,
		Example: "  fns functions server my.functions\n  fns functions server my --port 5433 --contact=false",
	}
	wire(cmd, opts, runF)
	cmd.Flags().Bool("log-output", true, "Accepted for hs; logs are always printed")
	return cmd
}

// wire adds what both spellings share.
func wire(cmd *cobra.Command, opts *Options, runF func(context.Context, *Options) error) {
	cmd.Args = cmdutil.AtMostOne
	opts.Flags.AddTo(cmd, opts.Sys)
	flags := cmd.Flags()
	flags.BoolVar(&opts.JSON, "json", false, "Print one JSON object for each event")
	flags.BoolVar(&opts.Watch, "watch", true, "Reload when a file changes")
	flags.StringSliceVar(&opts.Flags.Hosts, "allow-host", nil, "Answer requests for this host `name` too, for instance a tunnel's")
	flags.StringSliceVar(&opts.Flags.Origins, "allow-origin", nil, "Let pages of this `origin` call functions too, for instance https://my.test, or null for sandboxed frames")
	flags.Var(&opts.Port, "port", "Listen on this `port`; without the flag the next free one is taken")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			opts.Path = args[0]
		}
		opts.PortGiven = cmd.Flags().Changed("port")
		if runF != nil {
			return runF(cmd.Context(), opts)
		}
		return devRun(cmd.Context(), opts)
	}
}
