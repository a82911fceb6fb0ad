// Package cmdutil holds what commands share: usage errors, exit codes, argument
// checks and the flags that several of them have.
package cmdutil

import (
	"context"
	"errors"
	"fmt"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/sysx"
)

// The exit codes; docs/exit-codes.md explains them to users.
const (
	ExitOK          = 0
	ExitFailure     = 1  // the command could not do what it was asked for
	ExitFindings    = 2  // the user's files have problems, and they were printed
	ExitInternal    = 70 // fns itself is broken
	ExitInterrupted = sysx.Interrupted
)

// UsageError is a wrong flag or argument. It is printed with a pointer to the
// command's help.
type UsageError struct{ Err error }

// Error gives the message.
func (e *UsageError) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *UsageError) Unwrap() error { return e.Err }

// Usagef makes a UsageError.
func Usagef(format string, args ...any) error {
	return &UsageError{Err: fmt.Errorf(format, args...)}
}

// ErrSilent ends a command with ExitFailure after it has said itself what is
// wrong.
var ErrSilent = errors.New("failed")

// SilentFindings ends a command with ExitFindings after it has shown its
// diagnostics.
type SilentFindings struct{}

// Error says that there are findings.
func (SilentFindings) Error() string { return "problems found" }

// ExitError ends a command with the exit code of a program that it has run, and
// without a word.
type ExitError struct{ Code int }

// Error gives the code.
func (e *ExitError) Error() string { return fmt.Sprintf("exit code %d", e.Code) }

// ExitCode maps how a command ended to the exit code. ctx is the command's: an
// interrupt is 130 where it made the command fail, and where it simply ended one
// that runs until interrupted it is no failure.
func ExitCode(ctx context.Context, err error) int {
	var list *diag.ListError
	var silent SilentFindings
	var exit *ExitError
	switch {
	case err == nil:
		return ExitOK
	case errors.As(err, &exit):
		return exit.Code
	case errors.Is(err, context.Canceled) && sysx.WasInterrupted(ctx):
		return ExitInterrupted
	case errors.As(err, &list), errors.As(err, &silent):
		return ExitFindings
	default:
		return ExitFailure
	}
}
