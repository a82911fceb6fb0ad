package dev

import (
	"context"
	"errors"
	"time"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/devserver"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/ui"
)

// devRun serves until ctx ends, which is the way to stop a server and no
// failure.
func devRun(ctx context.Context, opts *Options) (err error) {
	var queue *event.Queue
	server, pool, err := opts.Flags.DevServer(ctx, opts.Sys, opts.Path, func(dir string) event.Sink {
		if opts.JSON {
			queue = event.NewQueue(ui.NewJSONPrinter(opts.IO.Out, dir))
		} else {
			queue = event.NewQueue(ui.NewEventPrinter(opts.IO.Out, dir))
		}
		return queue
	})
	if err != nil {
		return err
	}
	defer func() { queue.Flush() }()
	defer func() { err = errors.Join(err, pool.Close()) }()
	server.Port = int(opts.Port)
	server.PortGiven = opts.PortGiven
	server.NoWatch = !opts.Watch
	state := cmdutil.DevState(opts.Factory, &server)
	defer state.Close()
	if server.NoWatch {
		server.SecretsChanged = nil
	}

	err = devserver.New(server).Run(ctx)
	var findings *diag.ListError
	switch {
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		return ctx.Err() // before it served
	case opts.JSON && errors.As(err, &findings):
		server.Sink.Emit(event.Diagnostics{Time: time.Now(), List: findings.List})
		return cmdutil.SilentFindings{}
	default:
		return err
	}
}
