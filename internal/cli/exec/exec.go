// Package exec implements `fns exec`: a test command with everything that it
// needs around it.
package exec

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/devserver"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/report"
)

// The variables that the command gets, beside those for hs.
const (
	VarURL       = "FNS_URL"        // of the dev server
	VarPortalURL = "FNS_PORTAL_URL" // of the portal
)

// NewCmdExec is the command.
func NewCmdExec(f *factory.Factory) *cobra.Command {
	var flags cmdutil.FunctionFlags
	path, quiet := "", false
	cmd := &cobra.Command{
		Use: "exec -- <command>", Short: "Run a test command with a dev server and a local portal around it", Args: cobra.MinimumNArgs(1),
		Long: `Serve the functions of the current folder on a free port, and the account local on
another; run a command that finds them in FNS_URL and FNS_PORTAL_URL; then stop
both. The exit code is the command's. The variables for hs are set, too.

Logs of functions go to stderr.`,
		Example: "  fns exec -- npx jest\n  fns exec --path my-project -- sh -c 'curl -f $FNS_URL/_hcms/api/hello'",
		RunE: func(cmd *cobra.Command, args []string) error {
			return run(cmd.Context(), f, &flags, path, quiet, args)
		},
	}
	cmd.Flags().SetInterspersed(false)
	flags.AddTo(cmd, f.Sys)
	cmd.Flags().StringVar(&path, "path", "", "Serve the functions of this `folder`")
	cmd.Flags().BoolVarP(&quiet, "quiet", "q", false, "Do not print the logs of functions")
	return cmd
}

// lines prints what functions say on stderr, away from the command's own output,
// and waits for the start.
type lines struct {
	f       *factory.Factory
	quiet   bool
	started chan event.Started
}

// Emit implements event.Sink.
func (l *lines) Emit(e event.Event) {
	switch ev := e.(type) {
	case event.Started:
		l.started <- ev
	case event.Log:
		if !l.quiet {
			fmt.Fprintf(l.f.IO.Err, "[%s] %s %s\n", report.Clean(ev.Function), ev.Level, report.Clean(ev.Message))
		}
	case event.Invocation:
		if l.quiet {
			return
		}
		fmt.Fprintf(l.f.IO.Err, "[%s] %s %s %d %s in %.0f ms\n", report.Clean(ev.Function), ev.Method, report.Clean(ev.Path), ev.HTTPStatus, ev.Status, ev.Duration)
		if ev.Error != nil {
			fmt.Fprintf(l.f.IO.Err, "[%s] %s\n", report.Clean(ev.Function), report.Clean(ev.Error.Error()))
		}
	}
}

func run(ctx context.Context, f *factory.Factory, flags *cmdutil.FunctionFlags, path string, quiet bool, args []string) (err error) {
	p, err := cmdutil.StartPortal(ctx, f, cmdutil.PortalFlags{Shared: true, Engine: flags.Engine}, nil)
	if err != nil {
		return err
	}
	defer func() { err = join(err, p.Stop()) }()

	sink := &lines{f: f, quiet: quiet, started: make(chan event.Started, 1)}
	server, pool, err := flags.DevServer(ctx, f.Sys, path, func(string) event.Sink { return sink })
	if err != nil {
		return err
	}
	defer func() { err = join(err, pool.Close()) }()
	state := cmdutil.DevState(f, &server)
	defer state.Close()

	serving, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- devserver.New(server).Run(serving) }()
	defer func() {
		stop()
		if ended != nil {
			err = join(err, <-ended)
		}
	}()
	var started event.Started
	select {
	case started = <-sink.started:
	case err := <-ended:
		ended = nil
		return err
	}
	key, err := p.Store.AccessKey(ctx)
	if err != nil {
		return err
	}
	environ, err := cmdutil.HSEnviron(f.Sys, p.Instance, p.Place, key, false)
	if err != nil {
		return err
	}
	environ = append(environ, VarURL+"="+strings.TrimSuffix(started.URL, "/"), VarPortalURL+"="+p.Instance.HTTP)
	return cmdutil.RunChild(ctx, f.Sys, args, environ)
}

// join keeps the exit code of the command before what went wrong around it.
func join(err, other error) error {
	var exit *cmdutil.ExitError
	if errors.As(err, &exit) || errors.Is(other, context.Canceled) {
		return err
	}
	return errors.Join(err, other)
}
