// Package sysx is the one window of fns to the process it runs in: arguments,
// environment, standard streams, working directory, signals and exit. Every
// other package takes a System, so a test can hand it one made of buffers.
package sysx

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// Interrupted is the exit code of a run that the user broke off: 128 + SIGINT,
// as shells have it.
const Interrupted = 130

// System is the process as fns sees it. New gives the real one.
type System struct {
	Args    []string // without the program's name
	Environ []string // "NAME=value"
	Stdin   io.Reader
	Stdout  io.Writer
	Stderr  io.Writer

	Getwd        func() (string, error)
	UserCacheDir func() (string, error)
	UserHomeDir  func() (string, error)
	Executable   func() (string, error)
	// Exit ends the process at once, without deferred calls.
	Exit func(code int)
	// Interrupts delivers a value for each SIGINT or SIGTERM until stop is called.
	Interrupts func() (signals <-chan os.Signal, stop func())
}

// New gives the System of this process.
func New() *System {
	return &System{
		Args:         os.Args[1:],
		Environ:      os.Environ(),
		Stdin:        os.Stdin,
		Stdout:       os.Stdout,
		Stderr:       os.Stderr,
		Getwd:        os.Getwd,
		UserCacheDir: os.UserCacheDir,
		UserHomeDir:  os.UserHomeDir,
		Executable:   os.Executable,
		Exit:         os.Exit,
		Interrupts: func() (<-chan os.Signal, func()) {
			// Room for two: the second is the one that must not be lost.
			c := make(chan os.Signal, 2)
			signal.Notify(c, os.Interrupt, syscall.SIGTERM)
			return c, func() { signal.Stop(c) }
		},
	}
}

// LookupEnv gives the value of an environment variable and whether it is set.
// Of several entries with one name the last counts, as in os/exec.
func (s *System) LookupEnv(name string) (string, bool) {
	for i := len(s.Environ) - 1; i >= 0; i-- {
		if k, v, ok := strings.Cut(s.Environ[i], "="); ok && k == name {
			return v, true
		}
	}
	return "", false
}

// Getenv gives the value of an environment variable, "" where it is not set.
func (s *System) Getenv(name string) string {
	v, _ := s.LookupEnv(name)
	return v
}

// errInterrupted is the cause of a context that the user cancelled.
type errInterrupted struct{ sig os.Signal }

// Error names the signal.
func (e errInterrupted) Error() string { return e.sig.String() }

// WithInterrupt gives a context that the first SIGINT or SIGTERM cancels, so
// that a command can end cleanly; the second ends the process at once with
// Interrupted. Call stop when the command is done.
func (s *System) WithInterrupt(parent context.Context) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals, stopSignals := s.Interrupts()
	done := make(chan struct{})
	go func() {
		for n := 0; ; n++ {
			select {
			case sig := <-signals:
				if n > 0 {
					fmt.Fprintln(s.Stderr, "fns: ended at once")
					s.Exit(Interrupted)
					return
				}
				cancel(errInterrupted{sig})
			case <-done:
				return
			}
		}
	}()
	return ctx, func() {
		stopSignals()
		close(done)
		cancel(nil)
	}
}

// WasInterrupted reports whether a signal cancelled ctx.
func WasInterrupted(ctx context.Context) bool {
	_, ok := context.Cause(ctx).(errInterrupted)
	return ok
}
