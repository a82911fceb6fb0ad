// Package explain implements `fns explain`.
package explain

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/suggest"
	"github.com/fns-dev/fns/internal/ui"
)

// Options holds what the command needs: dependencies, then flags.
type Options struct {
	IO *ui.IOStreams

	Rule string // "" lists all
	JSON bool
}

// NewCmdExplain wires the flags; tests pass runF to see the parsed Options.
func NewCmdExplain(f *factory.Factory, runF func(context.Context, *Options) error) *cobra.Command {
	opts := &Options{IO: f.IO}
	cmd := &cobra.Command{
		Use:   "explain [code]",
		Short: "Explain a finding by its code",
		Long: `Print the page about a code such as FNS2003: what it means on HubSpot, what to do,
and an example. Without a code it lists all of them.`,
		Example:           "  fns explain\n  fns explain FNS2003\n  fns explain shared-state",
		Args:              cmdutil.AtMostOne,
		ValidArgsFunction: complete,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				opts.Rule = args[0]
			}
			if runF != nil {
				return runF(cmd.Context(), opts)
			}
			return explainRun(opts)
		},
	}
	cmd.Flags().BoolVar(&opts.JSON, "json", false, "Print JSON")
	return cmd
}

func complete(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var list []cobra.Completion
	for _, r := range diag.Rules() {
		list = append(list, cobra.CompletionWithDesc(r.Code, r.Title), cobra.CompletionWithDesc(r.Slug, r.Title))
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}

func explainRun(opts *Options) error {
	if opts.Rule == "" {
		return list(opts)
	}
	rule, ok := diag.RuleFor(opts.Rule)
	if !ok {
		var names []string
		for _, r := range diag.Rules() {
			names = append(names, r.Code, r.Slug)
		}
		if near := suggest.Closest(opts.Rule, names); near != "" {
			return cmdutil.Usagef("there is no code %q, did you mean %q?", opts.Rule, near)
		}
		return cmdutil.Usagef("there is no code %q; fns explain without one lists them all", opts.Rule)
	}
	if opts.JSON {
		return encode(opts, rule)
	}
	_, err := fmt.Fprint(opts.IO.Out, report.Page(rule))
	return err
}

func list(opts *Options) error {
	if opts.JSON {
		return encode(opts, diag.Rules())
	}
	for _, r := range diag.Rules() {
		if _, err := fmt.Fprintf(opts.IO.Out, "%s  %-7s  %-26s %s\n", r.Code, r.Severity, r.Slug, r.Title); err != nil {
			return err
		}
	}
	return nil
}

func encode(opts *Options, v any) error {
	enc := json.NewEncoder(opts.IO.Out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
