package cmdutil

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"time"

	"github.com/fns-dev/fns/internal/sysx"
)

// endTime is what a child gets to end by itself after an interrupt.
const endTime = 10 * time.Second

// RunChild runs a program with the streams of fns. If it fails, the error is an
// *ExitError with its exit code.
func RunChild(ctx context.Context, sys *sysx.System, args, environ []string) error {
	path, err := exec.LookPath(args[0])
	if err != nil {
		return fmt.Errorf("run %s: %w", args[0], errors.Unwrap(err))
	}
	cmd := exec.CommandContext(ctx, path, args[1:]...)
	cmd.Env = environ
	cmd.Stdin, cmd.Stdout, cmd.Stderr = sys.Stdin, sys.Stdout, sys.Stderr
	cmd.Cancel = func() error {
		if runtime.GOOS == "windows" {
			return cmd.Process.Kill() // there are no signals
		}
		return cmd.Process.Signal(os.Interrupt)
	}
	cmd.WaitDelay = endTime
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil && sysx.WasInterrupted(ctx):
		return ctx.Err()
	case errors.As(err, &exit) && exit.ExitCode() > 0:
		return &ExitError{exit.ExitCode()}
	default: // killed by a signal
		return fmt.Errorf("run %s: %w", args[0], err)
	}
}
