package invoke

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/devserver"
	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/sysx"
	"github.com/fns-dev/fns/internal/ui"
)

// server is what a run needs of a loaded dev server.
type server interface {
	http.Handler
	Project() *project.Project
	// Watch reloads after each save and says so with an event, until ctx ends.
	Watch(ctx context.Context) error
}

// invokeRun loads the functions and makes the call, with --watch again after
// each save.
func invokeRun(ctx context.Context, opts *Options) (err error) {
	dir, err := opts.Sys.Getwd()
	if err != nil {
		return fmt.Errorf("find the current folder: %w", err)
	}
	// Read first: a wrong event is noticed before anything is built, and stdin
	// can be read only once.
	ev, err := opts.event(dir)
	if err != nil {
		return err
	}
	if err := opts.findFile(dir); err != nil {
		return err
	}
	rec := newRecorder(dir, opts)
	options, pool, err := opts.Flags.DevServer(ctx, opts.Sys, opts.Dir, func(string) event.Sink { return rec })
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	if opts.debugger = options.Engine.Debugger; opts.debugger != nil {
		options.Pool, options.Engine.Debugger = cold{options.Pool}, nil
	}
	loaded, findings, err := devserver.Load(ctx, options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, loaded.Close()) }()
	if len(findings) > 0 {
		rec.Emit(event.Diagnostics{Time: time.Now(), List: findings})
	}
	return run(ctx, opts, loaded, rec, dir, ev)
}

// cold is a pool that starts a function when it is called, not before: only the
// one that is called has the debugger.
type cold struct{ devserver.Pool }

// Warm does nothing.
func (cold) Warm(*engine.Function) {}

func (o *Options) event(dir string) (Event, error) {
	return readEvent(o.EventFile, o.IO.In, func(file string) ([]byte, error) {
		if !filepath.IsAbs(file) {
			file = filepath.Join(dir, file)
		}
		return os.ReadFile(file)
	})
}

func run(ctx context.Context, opts *Options, srv server, rec *recorder, dir string, ev Event) error {
	err := once(ctx, opts, srv, rec, ev)
	if !opts.Watch || errors.As(err, new(*cmdutil.UsageError)) {
		return err
	}
	watched := make(chan error, 1)
	watchCtx, stop := context.WithCancel(ctx)
	defer stop()
	go func() { watched <- srv.Watch(watchCtx) }()
	for {
		select {
		case <-rec.reloaded:
			// A run that fails has said so; the next save is another chance.
			err := once(ctx, opts, srv, rec, ev)
			if err != nil && !errors.Is(err, cmdutil.ErrSilent) && ctx.Err() == nil {
				fmt.Fprintf(opts.IO.Err, "%s %s\n", opts.IO.Err.Theme.Bad("fns:"), report.Clean(err.Error()))
			}
			if opts.EventFile != "" && opts.EventFile != "-" {
				if again, err := opts.event(dir); err == nil {
					ev = again
				}
			}
		case err := <-watched:
			if sysx.WasInterrupted(ctx) {
				return nil
			}
			return err
		}
	}
}

// once makes one call and prints its answer.
func once(ctx context.Context, opts *Options, srv server, rec *recorder, ev Event) error {
	method := opts.Method
	if method == "" {
		method = ev.Method
	}
	t, err := findTarget(opts.Target, opts.file, method, opts.Private || ev.Private != nil, srv.Project().Functions)
	if err != nil {
		return err
	}
	req, err := newRequest(ctx, opts, t, ev)
	if err != nil {
		return err
	}
	if opts.debugger != nil {
		fmt.Fprintf(opts.IO.Err, "the debugger of %s listens on %s\n", report.Clean(t.fn.Name), opts.debugger(t.fn.Name))
	}
	rec.begin()
	answer := &response{header: http.Header{}}
	srv.ServeHTTP(answer, req)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	ended := rec.end()
	if err := printAnswer(opts, t, answer, ended); err != nil {
		return err
	}
	if ended.invocation == nil || ended.invocation.Status != event.Success {
		return cmdutil.ErrSilent
	}
	return nil
}

// printAnswer writes the answer to stdout.
func printAnswer(opts *Options, t target, answer *response, ended call) error {
	out := opts.IO.Out
	if opts.JSON {
		return writeJSON(out, answer, ended)
	}
	body := answer.body.Bytes()
	if opts.Include {
		fmt.Fprintf(out, "HTTP/1.1 %d %s\n", answer.code(), http.StatusText(answer.code()))
		names := make([]string, 0, len(answer.header))
		for name := range answer.header {
			names = append(names, name)
		}
		sort.Strings(names)
		for _, name := range names {
			for _, v := range answer.header[name] {
				fmt.Fprintf(out, "%s: %s\n", name, v)
			}
		}
		fmt.Fprintln(out)
	} else if t.private && answer.code() == http.StatusOK {
		// What hubspot.serverless resolves to is the value, not its envelope.
		var envelope struct{ Response json.RawMessage }
		if json.Unmarshal(body, &envelope) == nil && envelope.Response != nil {
			body = envelope.Response
		}
	}
	if len(body) > 0 && !bytes.HasSuffix(body, []byte("\n")) {
		body = append(slices.Clone(body), '\n')
	}
	if out.TTY {
		body = []byte(report.Clean(string(body)))
	}
	_, err := out.Write(body)
	return err
}

// writeJSON writes the whole call as one line.
func writeJSON(out *ui.Stream, answer *response, ended call) error {
	result := struct {
		FormatVersion string              `json:"formatVersion"`
		StatusCode    int                 `json:"statusCode"`
		Headers       map[string][]string `json:"headers"`
		Body          any                 `json:"body"` // JSON as it is, anything else a string
		Invocation    *event.Invocation   `json:"invocation,omitempty"`
		Refused       string              `json:"refused,omitempty"`
		Logs          []event.Log         `json:"logs"`
	}{
		FormatVersion: report.FormatVersion,
		StatusCode:    answer.code(),
		Headers:       answer.header,
		Body:          answer.body.String(),
		Invocation:    ended.invocation,
		Refused:       ended.refused,
		Logs:          append([]event.Log{}, ended.logs...),
	}
	if strings.Contains(answer.header.Get("Content-Type"), "json") && json.Valid(answer.body.Bytes()) {
		result.Body = json.RawMessage(answer.body.Bytes())
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(result)
}
