package worker

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/fns-dev/fns/internal/engine"
)

// lane is the workers of one function and the calls that wait for one of them,
// served in the order they came. The pool's mutex guards it.
type lane struct {
	idle    []*process // the one used last at the end
	busy    map[*process]bool
	loading int // of busy: workers that are made ready for whoever waits
	waiting []*waiter
	moved   time.Time   // when a worker was last given back
	look    *time.Timer // looks whether those who wait need another worker
}

// waiter is a call in the queue.
type waiter struct {
	fn    *engine.Function
	ready chan handover // holds one
	since time.Time
}

// handover is what a waiter gets: a worker, or the reason why there is none.
type handover struct {
	worker *process
	err    error
}

// spawnAfter is how long a queue must stand still before other processes are
// started: short functions share a few warm workers, slow ones get one each. To
// start one costs about as much, and a busy machine may well leave a worker
// without a processor for some milliseconds.
const spawnAfter = 10 * time.Millisecond

// queueMost is how long a call waits in a queue that does move, before another
// process is started all the same.
const queueMost = 50 * time.Millisecond

// spawnAtOnce is how many processes may be made ready at a time.
const spawnAtOnce = 4

func (p *Pool) lane(name string) *lane {
	l := p.lanes[name]
	if l == nil {
		l = &lane{busy: map[*process]bool{}}
		p.lanes[name] = l
	}
	return l
}

// take pops the most recently used idle worker, preferring one that has this
// very build loaded.
func (l *lane) take(fn *engine.Function) *process {
	for i := len(l.idle) - 1; i >= 0; i-- {
		if l.idle[i].loaded == fn || i == 0 {
			w := l.idle[i]
			l.idle = slices.Delete(l.idle, i, i+1)
			l.busy[w] = true
			return w
		}
	}
	return nil
}

// answer gives the first in the queue what it waits for.
func (l *lane) answer(h handover) {
	first := l.waiting[0]
	l.waiting = slices.Delete(l.waiting, 0, 1)
	if h.worker != nil {
		l.busy[h.worker] = true
	}
	first.ready <- h
}

func (l *lane) close() {
	if l.look != nil {
		l.look.Stop()
	}
	for len(l.waiting) > 0 {
		l.answer(handover{err: errClosed})
	}
}

// starving reports whether calls wait and no worker will ever come for them.
func (l *lane) starving() bool { return len(l.waiting) > 0 && len(l.busy) == 0 }

// acquire gives a worker for fn: an idle one of the same function, else a new
// one. The caller owns it until release.
func (p *Pool) acquire(ctx context.Context, fn *engine.Function) (*process, error) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, errClosed
	}
	l := p.lane(fn.Name)
	if w := l.take(fn); w != nil {
		p.mu.Unlock()
		return w, nil
	}
	if len(l.busy) == 0 && p.room() {
		defer p.mu.Unlock()
		return p.spawn(l, fn.Name)
	}
	self := &waiter{fn: fn, ready: make(chan handover, 1), since: time.Now()}
	l.waiting = append(l.waiting, self)
	if len(l.waiting) == 1 {
		p.lookAfter(l)
	}
	p.mu.Unlock()

	select {
	case h := <-self.ready:
		return h.worker, h.err
	case <-ctx.Done():
	}
	p.mu.Lock()
	i := slices.Index(l.waiting, self)
	if i >= 0 {
		l.waiting = slices.Delete(l.waiting, i, i+1)
	}
	p.mu.Unlock()
	if i < 0 { // it has been served meanwhile
		if h := <-self.ready; h.worker != nil {
			p.release(h.worker, true)
		}
	}
	return nil, ctx.Err()
}

// lookAfter starts the timer that starts workers for a queue.
func (p *Pool) lookAfter(l *lane) {
	if l.look == nil {
		l.look = time.AfterFunc(spawnAfter, func() { p.relieve(l) })
	} else {
		l.look.Reset(spawnAfter)
	}
}

// relieve starts other workers if there has been a queue for a while and it does
// not move, or moves too slowly.
func (p *Pool) relieve(l *lane) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || len(l.waiting) == 0 || p.alone(l) {
		return
	}
	now := time.Now()
	waited := now.Sub(l.waiting[0].since)
	stuck := waited >= spawnAfter && now.Sub(l.moved) >= spawnAfter
	// Quick functions too have a use for a worker for each core, and for as many
	// again while the first wait for the pipe.
	few := len(l.busy)+len(l.idle) < 2*runtime.NumCPU()
	if stuck || few || waited >= queueMost {
		most := spawnAtOnce
		if !stuck {
			most = 1
		}
		for l.loading < min(len(l.waiting), most) && p.room() && p.expand(l, l.waiting[l.loading].fn) {
		}
	}
	p.lookAfter(l)
}

// alone reports whether the workers that the lane has must do: a debugger can
// look at one.
func (p *Pool) alone(l *lane) bool {
	return p.opts.Node != nil && p.opts.Node.Debugging() && len(l.busy)+len(l.idle) > 0
}

// expand starts a worker of fn and makes it ready in the background, for
// whoever is first in the queue then. It reports whether one was started.
func (p *Pool) expand(l *lane, fn *engine.Function) bool {
	w, err := p.spawn(l, fn.Name)
	if err != nil {
		if l.starving() { // nobody else will tell
			l.answer(handover{err: err})
		}
		return false
	}
	p.load(l, w, fn)
	return true
}

// load makes a worker ready in the background. An error of the module waits for
// the next call; one that ended the worker goes to the first in the queue.
func (p *Pool) load(l *lane, w *process, fn *engine.Function) {
	l.loading++
	p.wg.Go(func() {
		_, _, err := w.load(fn)
		p.mu.Lock()
		l.loading--
		if w.broken && len(l.waiting) > 0 {
			l.answer(handover{err: err})
		}
		p.mu.Unlock()
		p.release(w, !w.broken)
	})
}

// room reports whether another process may be started; the longest unused idle
// worker makes place.
func (p *Pool) room() bool {
	if len(p.alive) < p.opts.MaxWorkers {
		return true
	}
	var of *lane
	for _, l := range p.lanes {
		if len(l.idle) > 0 && (of == nil || l.idle[0].idleSince.Before(of.idle[0].idleSince)) {
			of = l
		}
	}
	if of == nil {
		return false
	}
	p.end(of.idle[0])
	of.idle = slices.Delete(of.idle, 0, 1)
	return true
}

func (p *Pool) spawn(l *lane, name string) (*process, error) {
	folder, err := p.folders.make()
	if err != nil {
		return nil, fmt.Errorf("start a worker: %w", err)
	}
	var w *process
	if p.opts.Node != nil {
		w = newNodeProcess(p.opts.Node, folder)
	} else if w, err = startProcess(p.opts.Executable, folder); err != nil {
		_ = os.Remove(folder)
		return nil, fmt.Errorf("start a worker: %w", err)
	}
	w.name, w.files = name, p.files.add
	p.alive[w] = true
	l.busy[w] = true
	return w, nil
}

// release gives a worker back; one that is not fit ends.
func (p *Pool) release(w *process, fit bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.lane(w.name)
	delete(l.busy, w)
	l.moved = time.Now()
	gone := p.current != nil && p.current[w.name] == nil
	switch {
	case !fit || p.closed || gone && len(l.waiting) == 0:
		p.end(w)
	case len(l.waiting) > 0 && !p.yields(l):
		l.answer(handover{worker: w})
	case len(l.waiting) > 0:
		p.end(w)
	default:
		w.idleSince = l.moved
		l.idle = append(l.idle, w)
		if p.sweeper == nil {
			p.sweeper = time.AfterFunc(p.opts.IdleAfter, p.sweep)
		}
	}
	if p.closed || !l.starving() && len(p.alive) < p.opts.MaxWorkers-1 {
		return
	}
	for _, l := range p.lanes {
		if l.starving() && p.room() {
			p.expand(l, l.waiting[0].fn)
		}
	}
}

// yields reports whether a worker of a lane must make place for a call of another
// function that has waited longer and has no process left.
func (p *Pool) yields(own *lane) bool {
	if len(p.alive) < p.opts.MaxWorkers {
		return false
	}
	for _, l := range p.lanes {
		if l != own && l.starving() && l.waiting[0].since.Before(own.waiting[0].since) {
			return true
		}
	}
	return false
}

// sweep ends workers that were idle for too long, but the last of a function.
func (p *Pool) sweep() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	for _, l := range p.lanes {
		for len(l.idle) > 1 && time.Since(l.idle[0].idleSince) >= p.opts.IdleAfter {
			p.end(l.idle[0])
			l.idle = slices.Delete(l.idle, 0, 1)
		}
	}
	p.sweeper.Reset(p.opts.IdleAfter)
}
