// Package watch tells which files of a set of directories have changed. It owns
// the debounce, the comparison of contents and the difference between the
// systems' notifications and polling; what a change means is not its business.
//
// A change is never lost: what a directory holds is compared with what it held,
// so a save that happens while the receiver is busy, or before the directory
// was watched, is in the next batch.
package watch

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Op is what happened to a path between two batches.
type Op string

// The operations.
const (
	Created Op = "created"
	Written Op = "written" // the content differs
	Removed Op = "removed"
)

// Change is one path that is not what it was.
type Change struct {
	Path string // absolute, with the system's separators
	Op   Op
	// Unsure is true where the path may be what the receiver has read: its time
	// is just before the one given to Set.
	Unsure bool
}

// Batch is what changed in one burst of saves, sorted by path.
type Batch struct {
	Changes []Change
	// Rescan is true where the system lost notifications. Everything watched
	// was read again, and Changes holds what that found, but the receiver had
	// better doubt what it derived from paths that are not watched.
	Rescan bool
}

// Options say how to watch. The zero value is ready to use.
type Options struct {
	// Quiet is how long nothing must happen before a batch is sent; 0 means 15 ms.
	Quiet time.Duration
	// Max is how long a batch is held back at most; 0 means 200 ms.
	Max time.Duration
	// Poll reads the directories again and again instead of asking the system
	// to tell: for network mounts and containers.
	Poll bool
	// Interval is how often directories are read that cannot be watched
	// otherwise; 0 means 250 ms.
	Interval time.Duration
}

// Watcher watches directories until Close. Its methods may be called from any
// goroutine.
type Watcher struct {
	opts    Options
	native  *fsnotify.Watcher // nil when polling
	batches chan Batch
	sets    chan setRequest
	stop    chan struct{}
	stopped chan struct{}
}

type setRequest struct {
	dirs  Dirs
	since time.Time
	done  chan struct{}
}

// Dirs says what to watch.
type Dirs struct {
	// Flat are directories whose own entries are watched, and directories that
	// are made in them later.
	Flat []string
	// Trees are directories watched with everything below, but node_modules
	// and directories whose name starts with a dot.
	Trees []string
	// Files are watched alone: of their directories nothing else is looked at.
	// They may be many, as those of packages are, so until one changes its size
	// and time stand for its content.
	Files []string
}

// New starts a watcher of no directories. An error means that the system gives
// no notifications at all; polling needs none.
func New(opts Options) (*Watcher, error) {
	opts.Quiet = orDefault(opts.Quiet, 15*time.Millisecond)
	opts.Max = orDefault(opts.Max, 200*time.Millisecond)
	opts.Interval = orDefault(opts.Interval, 250*time.Millisecond)
	w := &Watcher{
		opts:    opts,
		batches: make(chan Batch),
		sets:    make(chan setRequest),
		stop:    make(chan struct{}),
		stopped: make(chan struct{}),
	}
	if !opts.Poll {
		native, err := fsnotify.NewWatcher()
		if err != nil {
			return nil, fmt.Errorf("watch files (polling needs no support by the system): %w", err)
		}
		w.native = native
	}
	go w.run()
	return w, nil
}

func orDefault(d, def time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return def
}

// Changes gives the batches. A receiver that is busy finds everything that
// happened meanwhile in one batch. The channel is closed by Close.
func (w *Watcher) Changes() <-chan Batch { return w.batches }

// Set replaces the directories and files that are watched; those that stay keep their
// state. Of a directory that is new, everything changed after since is reported
// at once: give the time before the files were read. Directories may be missing
// and are watched as soon as they appear.
func (w *Watcher) Set(dirs Dirs, since time.Time) {
	req := setRequest{dirs: clean(dirs), since: since, done: make(chan struct{})}
	select {
	case w.sets <- req:
		<-req.done
	case <-w.stopped:
	}
}

func clean(d Dirs) Dirs {
	abs := func(list []string) []string {
		out := make([]string, 0, len(list))
		for _, p := range list {
			out = append(out, filepath.Clean(p))
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	return Dirs{Flat: abs(d.Flat), Trees: abs(d.Trees), Files: abs(d.Files)}
}

// Close ends watching and waits for its goroutine.
func (w *Watcher) Close() error {
	close(w.stop)
	<-w.stopped
	if w.native == nil {
		return nil
	}
	if err := w.native.Close(); err != nil && !errors.Is(err, fsnotify.ErrClosed) {
		return fmt.Errorf("stop watching files: %w", err)
	}
	return nil
}

// run owns all state of the watcher.
func (w *Watcher) run() {
	defer close(w.stopped)
	defer close(w.batches)
	s := newSnapshot(w.native)
	var events chan fsnotify.Event
	var errs chan error
	if w.native != nil {
		events, errs = w.native.Events, w.native.Errors
	}
	tick := time.NewTicker(w.opts.Interval)
	defer tick.Stop()
	flush := time.NewTimer(time.Hour)
	flush.Stop()
	defer flush.Stop()

	p := &pending{opts: w.opts}
	var ready *Batch // waits for the receiver
	for {
		var out chan Batch
		var next Batch
		if ready != nil {
			out, next = w.batches, *ready
		}
		select {
		case <-w.stop:
			return
		case req := <-w.sets:
			changed, unsure := s.set(req.dirs, req.since)
			p.add(changed...)
			p.doubt(unsure...)
			close(req.done)
		case ev := <-events:
			if ev.Op == fsnotify.Chmod {
				continue
			}
			p.add(s.notified(ev)...)
		case err := <-errs:
			if errors.Is(err, fsnotify.ErrEventOverflow) {
				p.rescan = true
				p.add(s.paths(false)...)
			}
		case <-tick.C:
			if s.needsPolling() {
				p.add(s.poll()...)
			}
		case <-flush.C:
			if s.halfWritten(p) {
				p.hold()
				break
			}
			ready = merge(ready, s.compare(p.take()))
		case out <- next:
			ready = nil
		}
		if d, ok := p.due(); ok {
			flush.Reset(d)
		}
	}
}

// merge adds b to what the receiver has not taken yet.
func merge(a *Batch, b Batch) *Batch {
	if len(b.Changes) == 0 && !b.Rescan {
		return a
	}
	if a == nil {
		return &b
	}
	changes := make(map[string]Change, len(a.Changes)+len(b.Changes))
	for _, c := range a.Changes {
		changes[c.Path] = c
	}
	for _, c := range b.Changes {
		switch was, seen := changes[c.Path]; {
		case seen && c.Unsure:
		case seen && was.Op == Created && c.Op == Removed:
			delete(changes, c.Path)
		case seen && was.Op == Created:
		case seen && was.Op == Removed && c.Op == Created:
			changes[c.Path] = Change{Path: c.Path, Op: Written}
		default:
			changes[c.Path] = c
		}
	}
	out := Batch{Rescan: a.Rescan || b.Rescan}
	for _, c := range changes {
		out.Changes = append(out.Changes, c)
	}
	slices.SortFunc(out.Changes, func(x, y Change) int { return strings.Compare(x.Path, y.Path) })
	if len(out.Changes) == 0 && !out.Rescan {
		return nil
	}
	return &out
}
