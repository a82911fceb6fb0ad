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
	"github.com/fns-dev/fns/internal/engine/nodeengine"
	"github.com/fns-dev/fns/internal/limits"
)

// Options set up a Pool; the zero value of a field means its default.
type Options struct {
	// Executable is the binary to start, by default this one.
	Executable string
	// Node is what functions run in; nil for the embedded engine.
	Node *nodeengine.Engine
	// MaxWorkers bounds the processes alive at one time (default 32). A call
	// that finds all busy waits.
	MaxWorkers int
	// IdleAfter is how long an unused worker is kept (default 5 minutes, about
	// as long as Lambda keeps a sandbox warm).
	IdleAfter time.Duration
}

// Pool starts, reuses and ends workers. It is safe for concurrent use.
type Pool struct {
	opts    Options
	folders folders
	files   packageFiles

	mu      sync.Mutex
	lanes   map[string]*lane // by function name
	alive   map[*process]bool
	current map[string]*engine.Function // in service; nil before the first Retire
	closed  bool
	sweeper *time.Timer
	wg      sync.WaitGroup
}

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
	return &Pool{opts: opts, files: newPackageFiles(), lanes: map[string]*lane{}, alive: map[*process]bool{}}, nil
}

var errClosed = errors.New("the worker pool is closed")

// Invoke runs one invocation of fn and passes its log on as it comes; where fn
// has a log limit, the log comes when the invocation ends, less what is over the
// limit. It never fails: what goes wrong is the Result's Error.
func (p *Pool) Invoke(ctx context.Context, fn *engine.Function, inv engine.Invocation, logs func(engine.LogRecord)) engine.Result {
	tail := newLogTail(fn.Limits.Log, logs)
	for {
		w, err := p.acquire(ctx, fn)
		var fe *engine.FunctionError
		switch {
		case errors.As(err, &fe): // the worker that was made ready for this call broke
			return engine.Result{Error: fe}
		case err != nil:
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
	l := p.lane(fn.Name)
	if w := l.take(fn); w != nil {
		p.load(l, w, fn)
		return
	}
	if len(l.busy) == 0 {
		if p.room() {
			p.expand(l, fn)
		}
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
	p.current = names
	for name, l := range p.lanes {
		if names[name] == nil {
			for _, w := range l.idle {
				p.end(w)
			}
			l.idle = nil
		}
	}
}

// end kills a worker and reaps it in the background.
func (p *Pool) end(w *process) {
	delete(p.alive, w)
	w.kill()
	p.wg.Go(w.reap)
}

// Files gives the files of packages that workers have loaded since the pool was
// made, and a time before the first that was not in the last answer was read.
func (p *Pool) Files() (paths []string, since time.Time) { return p.files.take() }

// MoreFiles has a value when there is more in Files than was last given.
func (p *Pool) MoreFiles() <-chan struct{} { return p.files.more }

// Close ends every worker and removes their files. Running invocations fail.
func (p *Pool) Close() error {
	p.mu.Lock()
	p.closed = true
	if p.sweeper != nil {
		p.sweeper.Stop()
	}
	for _, l := range p.lanes {
		l.close()
		for _, w := range l.idle {
			p.end(w)
		}
		l.idle = nil
	}
	for w := range p.alive {
		w.kill() // its owner sees the end of the pipe and releases it
	}
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
	return p.folders.close()
}

// initGrace is what a module gets to load before its process is killed.
const initGrace = limits.InitTime + killAfter
