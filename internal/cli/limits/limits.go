// Package limits implements `fns limits`.
package limits

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/env"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/sysx"
	"github.com/fns-dev/fns/internal/ui"
)

// Options holds what the command needs: dependencies, then flags.
type Options struct {
	IO  *ui.IOStreams
	Sys *sysx.System

	Path string
	JSON bool
}

// row is a limit as it is printed.
type row struct {
	ID      limits.ID `json:"id"`
	Value   string    `json:"value"`
	Max     int64     `json:"max,omitempty"`
	Unit    string    `json:"unit"`
	Scope   string    `json:"scope"`
	Applies string    `json:"applies"`
	Used    *int64    `json:"used,omitempty"` // by the project, where its files tell
	Source  string    `json:"source"`
	Checked string    `json:"checked"`
}

// NewCmdLimits wires the flags; tests pass runF to see the parsed Options.
func NewCmdLimits(f *factory.Factory, runF func(context.Context, *Options) error) *cobra.Command {
	opts := &Options{IO: f.IO, Sys: f.Sys}
	cmd := &cobra.Command{
		Use:   "limits [path]",
		Short: "Show HubSpot's limits and what a project uses of them",
		Long: `Print the limits that fns dev enforces and fns validate checks, each with the page
it comes from and the day that page was last read. Where path, or the current
folder, holds functions, it also shows how much of a limit they use.`,
		Example: "  fns limits\n  fns limits my-project --json",
		Args:    cmdutil.AtMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Path = "."
			if len(args) > 0 {
				opts.Path = args[0]
			}
			if runF != nil {
				return runF(cmd.Context(), opts)
			}
			return limitsRun(opts)
		},
	}
	cmd.Flags().BoolVar(&opts.JSON, "json", false, "Print JSON")
	return cmd
}

func limitsRun(opts *Options) error {
	p, _ := project.Discover(opts.Path) // what is wrong there is fns validate's to say
	used := env.Usage(p)
	var rows []row
	for _, l := range limits.Table() {
		r := row{
			ID: l.ID, Value: l.String(), Max: l.Max, Unit: string(l.Unit), Scope: l.Scope, Applies: l.Applies,
			Source: l.Source, Checked: l.Checked,
		}
		if n, ok := used[l.ID]; ok && len(p.Functions) > 0 {
			r.Used = &n
		}
		rows = append(rows, r)
	}
	if opts.JSON {
		enc := json.NewEncoder(opts.IO.Out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(rows)
	}
	return table(opts.IO.Out, rows)
}

func table(out *ui.Stream, rows []row) error {
	var b strings.Builder
	sources := []string{}
	number := map[string]int{}
	for _, r := range rows {
		if number[r.Source] == 0 {
			sources = append(sources, r.Source+" (read "+r.Checked+")")
			number[r.Source] = len(sources)
		}
		use := ""
		if r.Used != nil {
			use = fmt.Sprintf("%d used here", *r.Used)
		}
		fmt.Fprintf(&b, "%-13s %-17s %-11s %-38s %-13s [%d]\n", r.ID, r.Value, r.Scope, r.Applies, use, number[r.Source])
	}
	b.WriteByte('\n')
	for i, s := range sources {
		fmt.Fprintf(&b, "[%d] %s\n", i+1, s)
	}
	_, err := fmt.Fprint(out, b.String())
	return err
}
