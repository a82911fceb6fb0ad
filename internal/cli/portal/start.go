package portal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/portal/host"
	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/ui"
)

// The ports of a portal where nobody asks for others.
const (
	defaultPort    = 4500
	defaultTLSPort = 4501
)

func newStart(f *factory.Factory) *cobra.Command {
	flags := cmdutil.PortalFlags{Port: defaultPort, TLSPort: defaultTLSPort}
	asJSON := false
	cmd := &cobra.Command{
		Use: "start", Short: "Serve the local portal to hs and to other tools", Args: cobra.NoArgs,
		Long: `Serve the account local: HubSpot's API over HTTP for fns and over TLS for hs, and
the functions that are deployed in it at /_hcms/api/ and /hs/serverless/. It
listens on this machine only.

fns itself needs no server for the account local.`,
		Example: "  fns portal start\n  fns portal start --port 4600 --rate-limit 100\n  eval \"$(fns portal env)\"; hs secret list",
	}
	flags.AddTo(cmd)
	cmd.Flags().Var(&flags.Port, "port", "Listen on this `port` with HTTP")
	cmd.Flags().Var(&flags.TLSPort, "tls-port", "Listen on this `port` with TLS")
	cmd.Flags().BoolVar(&asJSON, "json", false, "Print one JSON object for each event")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		ctx := cmd.Context()
		if !cmd.Flags().Changed("port") && !free(ctx, int(flags.Port)) {
			flags.Port = 0
		}
		if !cmd.Flags().Changed("tls-port") && !free(ctx, int(flags.TLSPort)) {
			flags.TLSPort = 0
		}
		dir, err := f.Sys.Getwd()
		if err != nil {
			return err
		}
		var printer event.Printer = ui.NewEventPrinter(f.IO.Out, dir)
		if asJSON {
			printer = ui.NewJSONPrinter(f.IO.Out, dir)
		}
		queue := event.NewQueue(printer)
		defer queue.Flush()
		p, err := cmdutil.StartPortal(ctx, f, flags, queue)
		if err != nil {
			return err
		}
		if asJSON {
			err = printLine(f, p.Instance)
		} else {
			fmt.Fprintf(f.IO.Out, "local portal at %s, for hs at https://%s\nstate in %s\n", p.Instance.HTTP, p.Instance.TLS, p.Place.Dir)
			fmt.Fprintln(f.IO.Out, "fns portal env prints the variables for hs; Ctrl-C ends the server")
		}
		if err == nil {
			select {
			case <-ctx.Done():
			case err = <-p.Failed():
			}
		}
		return errors.Join(err, p.Stop())
	}
	return cmd
}

// free reports whether nobody listens on a port.
func free(ctx context.Context, port int) bool {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return false
	}
	return l.Close() == nil
}

// running gives the server that runs for the state.
func running(ctx context.Context, s *store.Store) (store.Instance, error) {
	i, ok, err := host.Running(ctx, s)
	if err == nil && !ok {
		err = errNotRunning{}
	}
	return i, err
}

type errNotRunning struct{}

// Error says that there is no server.
func (errNotRunning) Error() string { return "no server runs for the local portal" }

// Hint says how to get one.
func (errNotRunning) Hint() string {
	return "start one with fns portal start, or use fns portal exec -- hs …, which does it for one command"
}

func newEnv(f *factory.Factory) *cobra.Command {
	shell, asJSON := "sh", false
	shells := []string{"sh", "fish", "powershell", "cmd"}
	cmd := &cobra.Command{
		Use: "env", Short: "Print the variables that lead hs to the local portal", Args: cobra.NoArgs,
		Long: `Print commands for a shell that make hs, and HubSpot's library for tools, use the
running local portal: its address, the certificate to trust, a config file of its
own with the account local, and no reports of usage. Your own config and the
system's certificates stay as they are.

hs account auth writes to the home folder whatever it is told; run that with
fns portal exec.`,
		Example: "  eval \"$(fns portal env)\"\n  fns portal env --shell fish | source\n  fns portal env --shell powershell | Invoke-Expression",
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, place, err := cmdutil.OpenPortal(cmd.Context(), f)
			if err != nil {
				return err
			}
			i, err := running(cmd.Context(), s)
			if err != nil {
				return err
			}
			key, err := s.AccessKey(cmd.Context())
			if err != nil {
				return err
			}
			vars, err := cmdutil.HSVariables(i, place, key)
			if err != nil {
				return err
			}
			if asJSON {
				all := map[string]string{}
				for _, v := range vars {
					name, value, _ := strings.Cut(v, "=")
					all[name] = value
				}
				return printJSON(f.IO.Out, all)
			}
			for _, v := range vars {
				name, value, _ := strings.Cut(v, "=")
				line, err := assignment(shell, name, value)
				if err != nil {
					return err
				}
				fmt.Fprintln(f.IO.Out, line)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&shell, "shell", shell, "Print for this `shell`: "+strings.Join(shells, ", "))
	cmd.Flags().BoolVar(&asJSON, "json", false, "Print JSON")
	_ = cmd.RegisterFlagCompletionFunc("shell", cobra.FixedCompletions(shells, cobra.ShellCompDirectiveNoFileComp)) // fails only for flags that do not exist
	return cmd
}

// assignment sets a variable in the language of a shell.
func assignment(shell, name, value string) (string, error) {
	switch shell {
	case "sh", "bash", "zsh":
		return "export " + name + "='" + strings.ReplaceAll(value, "'", `'\''`) + "'", nil
	case "fish":
		return "set -gx " + name + " '" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(value) + "'", nil
	case "powershell", "pwsh":
		return "$env:" + name + " = '" + strings.ReplaceAll(value, "'", "''") + "'", nil
	case "cmd":
		return "set \"" + name + "=" + value + "\"", nil
	}
	return "", cmdutil.Usagef("--shell %s is not known: want sh, fish, powershell or cmd", shell)
}

func newExec(f *factory.Factory) *cobra.Command {
	flags := cmdutil.PortalFlags{Shared: true}
	cmd := &cobra.Command{
		Use: "exec -- <command>", Short: "Run one command, for instance hs, against the local portal", Args: cobra.MinimumNArgs(1),
		Long: `Run a command with the variables of fns portal env and a home folder of its own,
so that hs touches neither your config nor your caches. A server is started for
the time of the command where none runs. The exit code is the command's.`,
		Example: "  fns portal exec -- hs secret list\n  fns portal exec -- npx hs project upload",
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			s, place, err := cmdutil.OpenPortal(ctx, f)
			if err != nil {
				return err
			}
			i, ok, err := host.Running(ctx, s)
			if err != nil {
				return err
			}
			if !ok {
				p, err := cmdutil.StartPortal(ctx, f, flags, nil)
				if err != nil {
					return err
				}
				defer func() { _ = p.Stop() }() // how the command ended counts
				i = p.Instance
			}
			key, err := s.AccessKey(ctx)
			if err != nil {
				return err
			}
			environ, err := cmdutil.HSEnviron(f.Sys, i, place, key, true)
			if err != nil {
				return err
			}
			return cmdutil.RunChild(ctx, f.Sys, args, environ)
		},
	}
	cmd.Flags().SetInterspersed(false)
	flags.AddTo(cmd)
	return cmd
}

func printLine(f *factory.Factory, i store.Instance) error {
	return json.NewEncoder(f.IO.Out).Encode(struct {
		Event string `json:"event"`
		store.Instance
	}{"portal", i})
}
