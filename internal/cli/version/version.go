// Package version implements `fns version`.
package version

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/buildinfo"
	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/ui"
)

// Options holds what the command needs: dependencies, then flags.
type Options struct {
	IO    *ui.IOStreams
	Build buildinfo.Info

	JSON bool
}

// NewCmdVersion wires the flags; tests pass runF to see the parsed Options.
func NewCmdVersion(f *factory.Factory, runF func(context.Context, *Options) error) *cobra.Command {
	opts := &Options{IO: f.IO, Build: f.Build}
	cmd := &cobra.Command{
		Use:     "version",
		Short:   "Print the version of fns",
		Example: "  fns version\n  fns version --json",
		Args:    cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if runF != nil {
				return runF(cmd.Context(), opts)
			}
			return versionRun(opts)
		},
	}
	cmd.Flags().BoolVar(&opts.JSON, "json", false, "Print a JSON object")
	return cmd
}

func versionRun(opts *Options) error {
	if opts.JSON {
		enc := json.NewEncoder(opts.IO.Out)
		enc.SetIndent("", "  ")
		return enc.Encode(opts.Build)
	}
	_, err := fmt.Fprintln(opts.IO.Out, opts.Build)
	return err
}
