// Package cli is the command line of fns: the command tree, and the one place
// where an error becomes a message and an exit code.
package cli

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/sysx"
)

// Main runs fns with the arguments of sys and gives the exit code.
func Main(ctx context.Context, sys *sysx.System) (code int) {
	f := factory.New(sys)
	defer func() {
		if cause := recover(); cause != nil {
			fmt.Fprintf(sys.Stderr, "fns: internal error: %v\n%s\nplease report this with the text above and the output of fns version\n",
				cause, debug.Stack())
			code = cmdutil.ExitInternal
		}
	}()
	ctx, stop := sys.WithInterrupt(ctx)
	defer stop()

	defer f.End()

	args := append([]string{}, hsArgs(sys.Args)...) // never nil, which would mean os.Args
	root := newRoot(f, args)
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	if err = cmdutil.GroupError(err); err != nil {
		printError(ctx, f, cmd.CommandPath(), err)
	}
	return cmdutil.ExitCode(ctx, err)
}

// printError says on stderr what went wrong, and where there is one, what to do.
func printError(ctx context.Context, f *factory.Factory, command string, err error) {
	if errors.Is(err, cmdutil.ErrSilent) || errors.As(err, new(cmdutil.SilentFindings)) || errors.As(err, new(*cmdutil.ExitError)) {
		return
	}
	if errors.Is(err, context.Canceled) && sysx.WasInterrupted(ctx) {
		return
	}
	out := f.IO.Err
	var list *diag.ListError
	if errors.As(err, &list) {
		dir, wdErr := f.Sys.Getwd()
		if wdErr != nil {
			dir = ""
		}
		// If stderr is gone, the exit code still tells.
		_ = report.Text(out, report.NewFindings(list.List, dir), out.Theme.Paint())
		return
	}
	fmt.Fprintf(out, "%s %s\n", out.Theme.Bad("fns:"), report.Clean(f.Redactor.Redact(err.Error())))
	var hinted interface{ Hint() string }
	if errors.As(err, &hinted) && hinted.Hint() != "" {
		fmt.Fprintf(out, "  %s: %s\n", out.Theme.Accent("hint"), report.Clean(f.Redactor.Redact(strings.TrimSpace(hinted.Hint()))))
	}
	if errors.As(err, new(*cmdutil.UsageError)) {
		fmt.Fprintf(out, "Run '%s --help' for usage.\n", command)
	}
}
