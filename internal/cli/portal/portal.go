// Package portal implements `fns portal`: the account `local` as a server of its
// own, for hs and for other tools.
package portal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/portal/host"
	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/sysx"
)

// NewCmdPortal is the group.
func NewCmdPortal(f *factory.Factory) *cobra.Command {
	return cmdutil.Group("portal", "Run a HubSpot portal on this machine", nil,
		newStart(f), newStatus(f), newEnv(f), newExec(f), newAutoDeploy(f), newGaps(f), newReset(f), newExport(f), newImport(f))
}

// status is the answer of `fns portal status`.
type status struct {
	Dir       string          `json:"dir"`
	AccountID int64           `json:"accountId"`
	Running   *store.Instance `json:"running"`
	Secrets   int             `json:"secrets"`
	Projects  int             `json:"projects"`
	Endpoints int             `json:"endpoints"`
	Gaps      int             `json:"gaps"`
}

func newStatus(f *factory.Factory) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use: "status", Short: "Say where the local portal is and what is in it", Args: cobra.NoArgs,
		Long:    "Say in which folder the state of the account local is, whether a server for it\nruns, and how much is in it.",
		Example: "  fns portal status\n  fns portal status --json | jq -r .running.http",
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			s, place, err := cmdutil.OpenPortal(ctx, f)
			if err != nil {
				return err
			}
			out := status{Dir: place.Dir, AccountID: account.LocalID}
			i, running, err := host.Running(ctx, s)
			if err != nil {
				return err
			}
			if running {
				out.Running = &i
			}
			names, err := s.SecretNames(ctx, store.AccountScope)
			if err != nil {
				return err
			}
			projects, err := s.Projects(ctx)
			if err != nil {
				return err
			}
			routes, err := s.Routes(ctx)
			if err != nil {
				return err
			}
			gaps, err := s.Gaps(ctx)
			if err != nil {
				return err
			}
			out.Secrets, out.Projects, out.Endpoints, out.Gaps = len(names), len(projects), len(routes), len(gaps)
			if asJSON {
				return printJSON(f.IO.Out, out)
			}
			fmt.Fprintf(f.IO.Out, "account    %s (%d)\nstate      %s\n", account.LocalName, out.AccountID, out.Dir)
			if running {
				fmt.Fprintf(f.IO.Out, "server     %s, for hs https://%s (process %d)\n", i.HTTP, i.TLS, i.PID)
			} else {
				fmt.Fprintln(f.IO.Out, "server     none; fns portal start starts one")
			}
			fmt.Fprintf(f.IO.Out, "secrets    %d\nprojects   %d\nendpoints  %d\n", out.Secrets, out.Projects, out.Endpoints)
			if out.Gaps > 0 {
				fmt.Fprintf(f.IO.Out, "gaps       %d; fns portal gaps lists them\n", out.Gaps)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "Print JSON")
	return cmd
}

func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

func newGaps(f *factory.Factory) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use: "gaps", Short: "List the calls that the local portal had no answer to", Args: cobra.NoArgs,
		Long:    "List the calls that got 501 from the local portal, the last first. HubSpot may\nhave an answer to them.",
		Example: "  fns portal gaps\n  fns portal gaps --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, _, err := cmdutil.OpenPortal(cmd.Context(), f)
			if err != nil {
				return err
			}
			gaps, err := s.Gaps(cmd.Context())
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(f.IO.Out, gaps)
			}
			if len(gaps) == 0 {
				fmt.Fprintln(f.IO.Out, "every call had an answer")
			}
			for _, g := range gaps {
				fmt.Fprintf(f.IO.Out, "%6d  %s  %-6s %s\n", g.Count, g.Last.Local().Format(time.DateTime), g.Method, report.Clean(g.Path))
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "Print JSON")
	return cmd
}

func newAutoDeploy(f *factory.Factory) *cobra.Command {
	return &cobra.Command{
		Use: "auto-deploy <project> <on|off>", Short: "Say whether builds of a project are deployed by themselves", Args: cobra.ExactArgs(2),
		Long:    "Switch the setting of a project in the account local that HubSpot has on the\nproject's page: whether a build that succeeds is deployed by itself.",
		Example: "  fns portal auto-deploy shop off",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, on := args[0], args[1] == "on"
			if !on && args[1] != "off" {
				return cmdutil.Usagef("auto-deploy %s is not known: want on or off", args[1])
			}
			s, place, err := cmdutil.OpenPortal(cmd.Context(), f)
			if err != nil {
				return err
			}
			if err := s.SetAutoDeploy(cmd.Context(), name, on); err != nil {
				if errors.Is(err, store.ErrNotFound) {
					return fmt.Errorf("there is no project %q in %s", name, place.Dir)
				}
				return err
			}
			if on {
				fmt.Fprintf(f.IO.Out, "builds of %s are deployed by themselves\n", name)
			} else {
				fmt.Fprintf(f.IO.Out, "builds of %s wait for fns project deploy\n", name)
			}
			return nil
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			switch len(args) {
			case 0:
				return projectNames(cmd, f), cobra.ShellCompDirectiveNoFileComp
			case 1:
				return []cobra.Completion{"on", "off"}, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveNoFileComp
		},
	}
}

// projectNames gives the projects of the account, none where they can't be read.
func projectNames(cmd *cobra.Command, f *factory.Factory) []cobra.Completion {
	s, _, err := cmdutil.OpenPortal(cmd.Context(), f)
	if err != nil {
		return nil
	}
	projects, err := s.Projects(cmd.Context())
	if err != nil {
		return nil
	}
	var names []cobra.Completion
	for _, p := range projects {
		names = append(names, p.Name)
	}
	return names
}

func newReset(f *factory.Factory) *cobra.Command {
	var only []string
	force := false
	parts := slices.Sorted(func(yield func(string) bool) {
		for name := range store.Parts() {
			if !yield(name) {
				return
			}
		}
	})
	cmd := &cobra.Command{
		Use: "reset", Short: "Delete what is in the local portal", Args: cobra.NoArgs,
		Long:    "Delete secrets, logs, files, projects and gaps of the account local, or some of\nthem. Nothing outside of the local portal is touched.",
		Example: "  fns portal reset\n  fns portal reset --only logs --only gaps --force",
		RunE: func(cmd *cobra.Command, _ []string) error {
			for _, name := range only {
				if !slices.Contains(parts, name) {
					return cmdutil.Usagef("--only %s is not known: want %s", name, strings.Join(parts, ", "))
				}
			}
			s, place, err := cmdutil.OpenPortal(cmd.Context(), f)
			if err != nil {
				return err
			}
			what := "everything"
			if len(only) > 0 {
				what = strings.Join(only, ", ")
			}
			if !force {
				if !f.IO.Interactive() {
					return cmdutil.Usagef("reset deletes %s in %s: confirm with --force", what, place.Dir)
				}
				yes, err := f.IO.Confirm(cmd.Context(), fmt.Sprintf("Delete %s in %s?", what, place.Dir))
				if err != nil {
					return err
				}
				if !yes {
					return nil
				}
			}
			if err := s.Reset(cmd.Context(), only...); err != nil {
				return err
			}
			fmt.Fprintf(f.IO.Out, "deleted %s in %s\n", what, place.Dir)
			return nil
		},
	}
	cmd.Flags().StringSliceVar(&only, "only", nil, "Delete this `part` only: "+strings.Join(parts, ", "))
	cmd.Flags().BoolVarP(&force, "force", "f", false, "Do not ask")
	_ = cmd.RegisterFlagCompletionFunc("only", cobra.FixedCompletions(parts, cobra.ShellCompDirectiveNoFileComp)) // fails only for flags that do not exist
	return cmd
}

func newExport(f *factory.Factory) *cobra.Command {
	secrets, force := false, false
	cmd := &cobra.Command{
		Use: "export <file>", Short: "Write the state of the local portal to a file", Args: cobra.ExactArgs(1),
		Long:    "Write everything that is in the account local to a file (- for stdout), which\nfns portal import reads. Secrets are left out unless --secrets asks for them; then\nthe file holds them in the clear.",
		Example: "  fns portal export state.jsonl\n  fns portal export - | gzip > state.gz",
		RunE: func(cmd *cobra.Command, args []string) error {
			s, _, err := cmdutil.OpenPortal(cmd.Context(), f)
			if err != nil {
				return err
			}
			if args[0] == "-" {
				return s.Export(cmd.Context(), f.IO.Out, secrets)
			}
			path, err := cmdutil.Absolute(f.Sys, args[0])
			if err != nil {
				return err
			}
			if _, err := os.Lstat(path); err == nil && !force {
				return fmt.Errorf("%s exists: choose another name, or --force", args[0])
			}
			var b strings.Builder
			if err := s.Export(cmd.Context(), &b, secrets); err != nil {
				return err
			}
			return sysx.ReplaceFile(path, []byte(b.String()), 0o600)
		},
	}
	cmd.Flags().BoolVar(&secrets, "secrets", false, "Write the values of secrets too, unencrypted")
	cmd.Flags().BoolVarP(&force, "force", "f", false, "Replace a file that exists")
	return cmd
}

func newImport(f *factory.Factory) *cobra.Command {
	force := false
	cmd := &cobra.Command{
		Use: "import <file>", Short: "Replace the state of the local portal by an export", Args: cobra.ExactArgs(1),
		Long:    "Replace everything that is in the account local by what fns portal export has\nwritten (- for stdin), or leave it as it is where that can't be read. Secrets stay\nwhere the file holds none.",
		Example: "  fns portal import state.jsonl --force",
		RunE: func(cmd *cobra.Command, args []string) error {
			var in io.Reader = f.IO.In
			if args[0] != "-" {
				path, err := cmdutil.Absolute(f.Sys, args[0])
				if err != nil {
					return err
				}
				file, err := os.Open(path)
				if err != nil {
					return err
				}
				defer file.Close()
				in = file
			}
			s, place, err := cmdutil.OpenPortal(cmd.Context(), f)
			if err != nil {
				return err
			}
			if !force {
				if args[0] == "-" || !f.IO.Interactive() {
					return cmdutil.Usagef("import replaces everything in %s: confirm with --force", place.Dir)
				}
				yes, err := f.IO.Confirm(cmd.Context(), fmt.Sprintf("Replace everything in %s?", place.Dir))
				if err != nil || !yes {
					return err
				}
			}
			if err := s.Import(cmd.Context(), in); err != nil {
				if errors.Is(err, context.Canceled) {
					return err
				}
				return fmt.Errorf("import %s: %w", args[0], err)
			}
			fmt.Fprintf(f.IO.Out, "imported %s into %s\n", args[0], place.Dir)
			return nil
		},
	}
	cmd.Flags().BoolVarP(&force, "force", "f", false, "Do not ask")
	return cmd
}
