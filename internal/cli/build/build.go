// Package build implements `fns build`.
package build

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/sysx"
	"github.com/fns-dev/fns/internal/ui"
)

// Options holds what the command needs: dependencies, then flags.
type Options struct {
	IO  *ui.IOStreams
	Sys *sysx.System

	Path     string
	Out      string // "" for the folder that outFolder chooses
	Profile  string
	Metafile string // to write, "" for none
	Minify   bool
	Packages bool // into the bundles
	NoBundle bool
	Budget   Size // of each function, 0 for none
	JSON     bool
}

const long = `Make the files that an upload sends, and show how large the functions are.

Every function becomes one file: split code is bundled and TypeScript compiled, and
the manifest that is written names the .js file. A function that is one JavaScript
file already stays as it is, byte for byte. Packages stay in package.json, which
HubSpot installs; --bundle-packages puts them into the functions, with their
licences.

The files go to .fns/build in the project, or with --out to another folder, as a
whole or not at all. A folder that fns build did not write itself is never replaced.
The same sources give the same bytes on every machine.

With --budget it fails if a function is larger, in bytes as sent; a number stands
for bytes, kb and mb for 1024 and 1048576 of them.`

const example = `  fns build
  fns build my-project --out dist --minify
  fns build --bundle-packages --budget 500kb
  fns build --metafile meta.json --json`

// NewCmdBuild wires the flags; tests pass runF to see the parsed Options.
func NewCmdBuild(f *factory.Factory, runF func(context.Context, *Options) error) *cobra.Command {
	opts := &Options{IO: f.IO, Sys: f.Sys}
	cmd := &cobra.Command{
		Use:     "build [path]",
		Short:   "Make what an upload sends, and show its sizes",
		Long:    long,
		Example: example,
		Args:    cmdutil.AtMostOne,
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Path = "."
			if len(args) > 0 {
				opts.Path = args[0]
			}
			if runF != nil {
				return runF(cmd.Context(), opts)
			}
			return buildRun(cmd.Context(), opts)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&opts.Out, "out", "o", "", "Write the files into this `folder`")
	flags.BoolVar(&opts.Minify, "minify", false, "Remove white space and comments from the functions")
	flags.BoolVar(&opts.Packages, "bundle-packages", false, "Put installed packages into the functions")
	flags.BoolVar(&opts.NoBundle, "no-bundle", false, "Leave every file as it is, as HubSpot's CLI does")
	flags.StringVar(&opts.Metafile, "metafile", "", "Write esbuild's report on what is in the functions into this `file`")
	flags.Var(&opts.Budget, "budget", "Fail if a function is larger than this `size`, such as 500kb")
	flags.StringVarP(&opts.Profile, "profile", "p", "", "Use the values of hsprofile.<`name`>.json")
	flags.BoolVar(&opts.JSON, "json", false, "Print JSON")
	cmd.MarkFlagsMutuallyExclusive("no-bundle", "bundle-packages")
	cmd.MarkFlagsMutuallyExclusive("no-bundle", "minify")
	cmd.MarkFlagsMutuallyExclusive("no-bundle", "metafile")
	// These fail only for flags that do not exist.
	_ = cmd.RegisterFlagCompletionFunc("profile", func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		dir := "."
		if len(args) > 0 {
			dir = args[0]
		}
		return project.Profiles(dir), cobra.ShellCompDirectiveNoFileComp
	})
	_ = cmd.MarkFlagDirname("out")
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return nil, cobra.ShellCompDirectiveFilterDirs
	}
	return cmd
}
