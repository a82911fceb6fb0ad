// Package install implements `fns packages install`.
package install

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/preload"
	"github.com/fns-dev/fns/internal/ui"
)

// Options holds what the command needs.
type Options struct {
	IO       *ui.IOStreams
	CacheDir func() (string, error)
	Install  func(ctx context.Context, cacheDir string, progress io.Writer) (dir string, err error)
}

// NewCmdInstall wires the command; tests pass runF to see the Options.
func NewCmdInstall(f *factory.Factory, runF func(context.Context, *Options) error) *cobra.Command {
	opts := &Options{IO: f.IO, CacheDir: f.Sys.UserCacheDir, Install: preload.Install}
	return &cobra.Command{
		Use:   "install",
		Short: "Install the packages that the design manager preloads",
		Long: `Install the npm packages that HubSpot gives to design-manager functions without
a package.json, in the versions of production. They go into your cache folder
once and are shared by all folders. This is the only command that runs npm.`,
		Example: "  fns packages install",
		Args:    cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if runF != nil {
				return runF(cmd.Context(), opts)
			}
			return installRun(cmd.Context(), opts)
		},
	}
}

func installRun(ctx context.Context, opts *Options) error {
	cache, err := opts.CacheDir()
	if err != nil {
		return fmt.Errorf("find the cache folder: %w", err)
	}
	dir, err := opts.Install(ctx, cache, opts.IO.Err)
	if err != nil {
		return err
	}
	versions := preload.Versions()
	for _, name := range slices.Sorted(maps.Keys(versions)) {
		fmt.Fprintf(opts.IO.Out, "%s %s\n", name, versions[name])
	}
	fmt.Fprintf(opts.IO.Err, "installed in %s\n", dir)
	return nil
}
