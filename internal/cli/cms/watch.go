package cms

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/cms"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/pack"
	"github.com/fns-dev/fns/internal/watch"
	"github.com/fns-dev/fns/internal/wire"
)

// watchOptions are the flags of `fns watch`.
type watchOptions struct {
	mode           Mode
	remove         bool
	initial        bool
	noInitial      bool
	notify         string
	poll           bool
	skipValidation bool
	convertFields  bool
	pack           pack.Options
}

func newWatch(f *factory.Factory) *cobra.Command {
	t, o := &target{f: f}, &watchOptions{}
	cmd := &cobra.Command{
		Use:   "watch <source> <destination>",
		Short: "Send the files of a folder to the design manager as they change",
		Long: `Watch a folder, and send to the design manager what changes in it. A function is
sent anew when anything that it imports changes, wherever that lies. With --remove,
what is deleted here is deleted there.

Functions with errors in them are not sent until the errors are gone. While the
network is away, changes are kept and sent when it is back. It runs until you stop
it, which is exit code 0.`,
		Example: `  fns watch my-theme my-theme
  fns watch my-theme my-theme --initial-upload --remove --mode draft
  fns watch my-theme my-theme --notify changes.log`,
		Args: atMost(2),
		RunE: func(cmd *cobra.Command, args []string) error { return watchRun(cmd.Context(), t, o, args) },
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
	}
	t.addTo(cmd)
	modeFlag(cmd, &o.mode, "Send files as drafts, or publish them")
	flags := cmd.Flags()
	flags.BoolVarP(&o.remove, "remove", "r", false, "Delete from the design manager what is deleted here")
	flags.BoolVarP(&o.initial, "initial-upload", "i", false, "Send everything first")
	flags.StringVarP(&o.notify, "notify", "n", "", "Add a line to this `file` for each change that has arrived")
	flags.BoolVar(&o.poll, "poll", false, "Look again and again instead of asking the system to tell: for network drives and containers")
	flags.BoolVar(&o.noInitial, "disable-initial", false, "Accepted for hs; nothing is sent first without --initial-upload")
	_ = flags.MarkHidden("disable-initial") // defined above
	packFlags(cmd, &o.pack, &o.skipValidation)
	fieldFlags(cmd, &o.convertFields)
	return cmd
}

// watching is one run of `fns watch`.
type watching struct {
	*target
	o       *watchOptions
	src     *source
	notify  string // absolute, "" for none
	mirror  *cms.Mirror
	watcher *watch.Watcher
	wait    time.Duration // before the next try, 0 where none is due
}

// The time before what could not be sent is tried again, doubled each time.
const (
	firstRetry = time.Second
	lastRetry  = 30 * time.Second
)

func watchRun(ctx context.Context, t *target, o *watchOptions, args []string) error {
	if o.convertFields {
		return errConvert()
	}
	from, to, err := t.paths(ctx, args)
	if err != nil {
		return err
	}
	w := &watching{target: t, o: o}
	if w.src, err = t.source(from); err != nil {
		return err
	}
	if !w.src.isDir {
		return cmdutil.Usagef("%s is a file: name the folder to watch", from)
	}
	if o.notify != "" {
		if w.notify, err = t.absolute(o.notify); err != nil {
			return err
		}
	}
	cache, dir := w.src.pack.CacheDir, w.src.pack.WorkDir
	w.src.pack, w.src.validate = o.pack, !o.skipValidation
	w.src.pack.CacheDir, w.src.pack.WorkDir = cache, dir
	if err := t.connect(); err != nil {
		return err
	}
	mode, err := t.mode(o.mode)
	if err != nil {
		return err
	}
	w.mirror = &cms.Mirror{Dest: cms.Slashes(to), Remove: o.remove, Sender: &cms.Sender{
		Remote: t.client(), Options: hubapi.FileOptions{Draft: mode == Draft}, Notify: w.event,
	}}
	if w.watcher, err = watch.New(watch.Options{Poll: o.poll}); err != nil {
		return err
	}
	err = w.run(ctx)
	if closeErr := w.watcher.Close(); err == nil {
		err = closeErr
	}
	return err
}

func (w *watching) run(ctx context.Context) error {
	if err := w.sync(ctx, true); err != nil {
		return ended(ctx, err)
	}
	w.announce()
	for {
		var again <-chan time.Time
		if w.wait > 0 {
			again = time.After(w.wait)
		}
		select {
		case <-ctx.Done():
			return nil // it runs until it is stopped
		case <-w.watcher.Changes():
		case <-again:
		}
		if err := w.sync(ctx, false); err != nil {
			return ended(ctx, err)
		}
	}
}

// ended gives no error where the user has stopped it.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

func (w *watching) announce() {
	if w.asJSON {
		w.line(watchEvent{Event: "watching", Source: w.src.name, Path: w.mirror.Dest})
		return
	}
	w.say("watching %s, for %s in %s; Ctrl-C ends it", w.src.name, w.mirror.Dest, w.account())
}

// sync brings the design manager up to date. first is true for the state that is
// found at the start.
func (w *watching) sync(ctx context.Context, first bool) error {
	since := time.Now()
	contents, list, err := w.src.load(ctx)
	if err != nil {
		return err
	}
	contents.Files = slices.DeleteFunc(contents.Files, func(f pack.File) bool { return f.Source != "" && f.Source == w.notify })
	w.watcher.Set(w.dirs(contents), since)
	if first && !w.o.initial {
		w.mirror.Assume(contents)
		return nil
	}
	whole := strings.HasSuffix(contents.Root, ".functions")
	change, err := w.mirror.Sync(ctx, contents, func(dest string) bool {
		return list.HasErrors() && (whole || cms.InFunctions(dest) != "")
	})
	if writeErr := w.record(change); err == nil {
		err = writeErr
	}
	return w.judge(ctx, change, err)
}

// judge decides whether to go on after an error, and when to try again.
func (w *watching) judge(ctx context.Context, change cms.Change, err error) error {
	var network *hubapi.NetworkError
	var api *hubapi.Error
	switch {
	case err == nil && change.Complete():
		w.wait = 0
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil:
	case errors.As(err, &network) && network.Temporary():
	case errors.As(err, &api) && api.Retryable():
	default:
		return err
	}
	if w.wait *= 2; w.wait == 0 {
		w.wait = firstRetry
	}
	w.wait = min(w.wait, lastRetry)
	if err != nil {
		w.note("%v", err)
	}
	w.note("what is missing is sent again in %s", w.wait)
	return nil
}

// dirs are what the upload is made of: the folder, and what functions import from
// elsewhere.
func (w *watching) dirs(c *pack.Contents) watch.Dirs {
	d := watch.Dirs{Trees: []string{w.src.path}}
	for _, f := range c.Functions {
		for _, m := range f.Modules {
			if rel, err := filepath.Rel(w.src.path, m.File); err != nil || !filepath.IsLocal(rel) || strings.Contains(filepath.ToSlash(rel), "node_modules/") {
				d.Files = append(d.Files, m.File)
			}
		}
	}
	return d
}

// watchEvent is a line that `fns watch --json` prints.
type watchEvent struct {
	Event  string `json:"event"` // "watching", "sent", "deleted", "again", "failed"
	Path   string `json:"path"`  // in the design manager
	Source string `json:"source,omitempty"`
	Error  string `json:"error,omitempty"`
}

func (w *watching) line(e watchEvent) {
	// If stdout is gone, so is who would read that.
	_ = cmdutil.PrintLine(w.f.IO.Out, e)
}

// event shows what has happened to one file.
func (w *watching) event(e cms.Event) {
	text := ""
	if e.Err != nil {
		text = w.f.Redactor.Redact(e.Err.Error())
	}
	if w.asJSON {
		w.line(watchEvent{string(e.Kind), e.Remote, e.Local, text})
		return
	}
	switch e.Kind {
	case cms.Sent:
		w.say("%s -> %s", e.Local, e.Remote)
	case cms.Deleted:
		w.say("%s deleted", e.Remote)
	case cms.Failed:
		w.note("%s was not sent: %s", e.Local, text)
		var h interface{ Hint() string }
		if errors.As(e.Err, &h) && h.Hint() != "" {
			w.note("  hint: %s", h.Hint())
		}
	}
}

// record adds the changes to the file of --notify, in the words of hs.
func (w *watching) record(change cms.Change) error {
	if w.notify == "" {
		return nil
	}
	var b strings.Builder
	at := time.Now().UTC().Format(wire.TimeLayout)
	for _, group := range []struct {
		word  string
		paths []string
	}{{"Added", change.Added}, {"Changed", change.Changed}, {"Removed", change.Removed}} {
		for _, path := range group.paths {
			fmt.Fprintf(&b, "%s %s: %s\n", at, group.word, path)
		}
	}
	if b.Len() == 0 {
		return nil
	}
	f, err := os.OpenFile(w.notify, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = f.WriteString(b.String())
	return errors.Join(err, f.Close())
}
