// Package worker runs functions in processes of their own. A worker is this same
// binary, re-executed; it runs one invocation at a time and stays warm with its
// module state, as a Lambda sandbox does. Only a process can be stopped for
// certain: an endless loop, a backtracking regular expression or an allocation
// of a terabyte ends a worker, never the server.
//
// Pool is the parent's side, MaybeMain the worker's.
package worker

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/limits"
)

// Options set up a Pool; the zero value of a field means its default.
type Options struct {
	// Executable is the binary to start, by default this one.
	Executable string
	// MaxWorkers bounds the processes alive at one time (default 32). A call
	// that finds all busy waits.
	MaxWorkers int
	// IdleAfter is how long an unused worker is kept (default 5 minutes, about
	// as long as Lambda keeps a sandbox warm).
	IdleAfter time.Duration
}

// Pool starts, reuses and ends workers. It is safe for concurrent use.
type Pool struct {
	opts Options
	tmp  string // every worker's /tmp folders live below it

	mu      sync.Mutex
	cond    *sync.Cond // idle workers or free places changed
	idle    map[string][]*process
	alive   map[*process]bool
	waiting map[string]int // calls of a function that wait for a worker
	retired map[string]*engine.Function
	closed  bool
	sweeper *time.Timer
	wg      sync.WaitGroup
}

// spawnAfter is how long a call waits for a busy worker of its function before
// another process is started: short functions share a few warm workers, slow
// ones get one each.
const spawnAfter = 2 * time.Millisecond

// killAfter is what an invocation gets beyond its limit before its process is
// killed: the time the engine needs to stop by itself and say where it was.
const killAfter = 120 * time.Millisecond

// New makes a pool; it starts no process yet.
func New(opts Options) (*Pool, error) {
	if opts.MaxWorkers <= 0 {
		opts.MaxWorkers = 32
	}
	if opts.IdleAfter <= 0 {
		opts.IdleAfter = 5 * time.Minute
	}
	if opts.Executable == "" {
		self, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("find the own binary: %w", err)
		}
		opts.Executable = self
	}
	tmp, err := os.MkdirTemp("", "fns-")
	if err != nil {
		return nil, fmt.Errorf("make the workers' folder: %w", err)
	}
	p := &Pool{opts: opts, tmp: tmp, idle: map[string][]*process{}, alive: map[*process]bool{}, waiting: map[string]int{}}
	p.cond = sync.NewCond(&p.mu)
	return p, nil
}

var errClosed = errors.New("the worker pool is closed")

// Invoke runs one invocation of fn and passes its log on as it comes; where fn
// has a log limit, the log comes when the invocation ends, less what is over the
// limit. It never fails: what goes wrong is the Result's Error.
func (p *Pool) Invoke(ctx context.Context, fn *engine.Function, inv engine.Invocation, logs func(engine.LogRecord)) engine.Result {
	tail := newLogTail(fn.Limits.Log, logs)
	for {
		w, err := p.acquire(ctx, fn)
		if err != nil {
			return failed(engine.CauseCanceled, err)
		}
		init, cold, err := w.load(fn)
		var res engine.Result
		if err == nil {
			res, err = w.invoke(ctx, inv, tail.add)
		}
		if errors.Is(err, errNotBegun) {
			p.release(w, false)
			continue
		}
		var fe *engine.FunctionError
		if errors.As(err, &fe) { // the module does not load
			p.release(w, !w.broken)
			return engine.Result{Error: fe, Stats: engine.Stats{Init: init, Cold: true, Engine: w.engineName}}
		}
		if err != nil {
			res = w.died(inv, err)
		}
		res.Stats.Init, res.Stats.Cold = init, cold
		res.Stats.LogLost = tail.flush()
		p.release(w, !endsProcess(res.Error))
		return res
	}
}

func failed(cause engine.Cause, err error) engine.Result {
	return engine.Result{Error: &engine.FunctionError{Cause: cause, Message: err.Error()}}
}

// endsProcess reports whether a worker cannot be used again.
func endsProcess(fe *engine.FunctionError) bool {
	if fe == nil {
		return false
	}
	switch fe.Cause {
	case engine.CauseTimeout, engine.CauseMemory, engine.CauseCrash:
		return true
	}
	return false
}

// endsSandbox reports whether the module state is lost, as when Lambda ends a
// runtime: the next invocation is a cold start.
func endsSandbox(fe *engine.FunctionError) bool {
	return endsProcess(fe) || fe != nil && (fe.Cause == engine.CauseExit || fe.Cause == engine.CauseUnhandled)
}

// Warm loads fn in a worker in the background, so that the first request finds
// it ready. Errors wait for that request.
func (p *Pool) Warm(fn *engine.Function) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	p.wg.Go(func() {
		w, err := p.acquire(context.Background(), fn)
		if err != nil {
			return
		}
		_, _, _ = w.load(fn)
		p.release(w, !w.broken)
	})
}

// Retire says which functions are in service from now on. Idle workers of
// functions that are gone end; those of an older build of a function load the
// new one when they are next used, or when Warm asks. Busy ones finish first.
func (p *Pool) Retire(current []*engine.Function) {
	names := make(map[string]*engine.Function, len(current))
	for _, fn := range current {
		names[fn.Name] = fn
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.retired = names
	for name, list := range p.idle {
		if names[name] == nil {
			for _, w := range list {
				p.end(w)
			}
			delete(p.idle, name)
		}
	}
}

// acquire gives a worker for fn: an idle one of the same function, else a new
// one. The caller owns it until release.
func (p *Pool) acquire(ctx context.Context, fn *engine.Function) (*process, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var deadline time.Time
	for {
		if p.closed {
			return nil, errClosed
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if w := p.takeIdle(fn); w != nil {
			return w, nil
		}
		now := time.Now()
		busy := p.busyWith(fn.Name)
		if deadline.IsZero() {
			deadline = now.Add(spawnAfter)
		}
		if busy == 0 || !now.Before(deadline) {
			if len(p.alive) < p.opts.MaxWorkers || p.evict() {
				return p.spawn(fn)
			}
		}
		p.waiting[fn.Name]++
		wakeAt := time.AfterFunc(max(time.Until(deadline), spawnAfter), p.cond.Broadcast)
		p.cond.Wait()
		wakeAt.Stop()
		p.waiting[fn.Name]--
	}
}

// takeIdle pops the most recently used idle worker of fn, preferring one that
// has this very build loaded.
func (p *Pool) takeIdle(fn *engine.Function) *process {
	list := p.idle[fn.Name]
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].loaded == fn || i == 0 {
			w := list[i]
			p.idle[fn.Name] = append(list[:i], list[i+1:]...)
			return w
		}
	}
	return nil
}

func (p *Pool) busyWith(name string) int {
	n := 0
	for w := range p.alive {
		if w.name == name && w.busy {
			n++
		}
	}
	return n
}

// evict ends the longest unused idle worker of any function.
func (p *Pool) evict() bool {
	var oldest *process
	for _, list := range p.idle {
		for _, w := range list {
			if oldest == nil || w.idleSince.Before(oldest.idleSince) {
				oldest = w
			}
		}
	}
	if oldest == nil {
		return false
	}
	p.unlist(oldest)
	p.end(oldest)
	return true
}

func (p *Pool) unlist(w *process) {
	list := p.idle[w.name]
	for i, x := range list {
		if x == w {
			p.idle[w.name] = append(list[:i], list[i+1:]...)
			return
		}
	}
}

func (p *Pool) spawn(fn *engine.Function) (*process, error) {
	w, err := startProcess(p.opts.Executable, p.tmp)
	if err != nil {
		return nil, fmt.Errorf("start a worker: %w", err)
	}
	w.name, w.busy = fn.Name, true
	p.alive[w] = true
	return w, nil
}

// release gives a worker back; one that is not fit ends.
func (p *Pool) release(w *process, fit bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	w.busy = false
	gone := p.retired != nil && p.retired[w.name] == nil
	if !fit || p.closed || gone {
		p.end(w)
	} else {
		w.idleSince = time.Now()
		p.idle[w.name] = append(p.idle[w.name], w)
		if p.sweeper == nil {
			p.sweeper = time.AfterFunc(p.opts.IdleAfter, p.sweep)
		}
	}
	if len(p.waiting) > 0 {
		p.cond.Broadcast()
	}
}

// sweep ends workers that were idle for too long, but the last of a function.
func (p *Pool) sweep() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return
	}
	for name, list := range p.idle {
		for len(list) > 1 && time.Since(list[0].idleSince) >= p.opts.IdleAfter {
			p.end(list[0])
			list = list[1:]
		}
		p.idle[name] = list
	}
	p.sweeper.Reset(p.opts.IdleAfter)
}

// end kills a worker and reaps it in the background.
func (p *Pool) end(w *process) {
	delete(p.alive, w)
	w.kill()
	p.wg.Go(w.reap)
}

// Close ends every worker and removes their files. Running invocations fail.
func (p *Pool) Close() error {
	p.mu.Lock()
	p.closed = true
	if p.sweeper != nil {
		p.sweeper.Stop()
	}
	for _, list := range p.idle {
		for _, w := range list {
			p.end(w)
		}
	}
	p.idle = map[string][]*process{}
	for w := range p.alive {
		w.kill() // its owner sees the end of the pipe and releases it
	}
	p.cond.Broadcast()
	p.mu.Unlock()
	p.wg.Wait()
	for {
		p.mu.Lock()
		n := len(p.alive)
		p.mu.Unlock()
		if n == 0 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	p.wg.Wait()
	return os.RemoveAll(p.tmp)
}

// initGrace is what a module gets to load before its process is killed.
const initGrace = limits.InitTime + killAfter
