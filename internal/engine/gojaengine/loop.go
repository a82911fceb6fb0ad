package gojaengine

import (
	"container/heap"
	"errors"
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/fns-dev/fns/internal/native"
)

// loop is the event loop of one runtime. It runs only while run is called, as
// Lambda freezes a sandbox between invocations; what became due meanwhile runs
// first in the next call.
type loop struct {
	mu    sync.Mutex
	queue []func()
	held  int           // work that keeps the loop alive
	wake  chan struct{} // one token: the queue or held changed

	timers      timers
	latest      time.Time // when the timer started last is due
	latestDelay time.Duration

	// after runs behind every macrotask: nextTick queue, promise jobs, and the
	// check for unhandled rejections.
	after func() error
	// failed is what a macrotask threw.
	failed error
}

var errHalted = errors.New("halted")

func newLoop() *loop {
	return &loop{wake: make(chan struct{}, 1)}
}

func (l *loop) signal() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// post queues fn; held is added to the count of held work when it is taken.
func (l *loop) post(fn func(), release bool) {
	l.mu.Lock()
	l.queue = append(l.queue, fn)
	if release {
		l.held--
	}
	l.mu.Unlock()
	l.signal()
}

// hold implements native.Host.
func (l *loop) hold() (done func(fn func())) {
	l.mu.Lock()
	l.held++
	l.mu.Unlock()
	var once sync.Once
	return func(fn func()) {
		once.Do(func() {
			if fn == nil {
				fn = func() {}
			}
			l.post(fn, true)
		})
	}
}

// next takes the next macrotask. idle is true when nothing is left that could
// ever make one.
func (l *loop) next() (fn func(), idle bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.queue) > 0 {
		fn = l.queue[0]
		l.queue[0] = nil
		l.queue = l.queue[1:]
		if len(l.queue) == 0 {
			l.queue = nil
		}
		return fn, false
	}
	return nil, l.held <= 0
}

// run executes macrotasks until done reports true, the loop is idle, a
// macrotask fails, or stop is closed. It reports whether done was reached.
func (l *loop) run(stop <-chan struct{}, done func() bool) (reached bool, err error) {
	for !done() {
		fn, idle := l.next()
		if fn == nil {
			if idle {
				return false, nil
			}
			select {
			case <-l.wake:
			case <-stop:
				return false, errHalted
			}
			continue
		}
		fn()
		if l.failed == nil {
			l.failed = l.after()
		}
		if l.failed != nil {
			err, l.failed = l.failed, nil
			return false, err
		}
	}
	return true, nil
}

// timer is a native.Timer on the loop.
type timer struct {
	loop    *loop
	t       *time.Timer
	cb      native.Callback
	when    time.Time
	place   int // in loop.timers; -1 when it is not there
	mu      sync.Mutex
	ref     bool
	settled bool // fired or stopped
}

// timers is a heap of running timers, the next one first. Timers of the same
// delay must fire in the order they were started, which time.AfterFunc does not
// promise.
type timers []*timer

func (h timers) Len() int           { return len(h) }
func (h timers) Less(i, j int) bool { return h[i].when.Before(h[j].when) }
func (h timers) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].place, h[j].place = i, j
}

// Push implements heap.Interface.
func (h *timers) Push(v any) {
	t, _ := v.(*timer)
	t.place = len(*h)
	*h = append(*h, t)
}

// Pop implements heap.Interface.
func (h *timers) Pop() any {
	last := len(*h) - 1
	t := (*h)[last]
	(*h)[last] = nil
	*h = (*h)[:last]
	t.place = -1
	return t
}

func (l *loop) startTimer(d time.Duration, ref bool, cb native.Callback) native.Timer {
	t := &timer{loop: l, ref: ref, cb: cb}
	l.mu.Lock()
	t.when = time.Now().Add(d)
	// A clock may tell two timers the same time; the later one comes later.
	if !t.when.After(l.latest) && d == l.latestDelay {
		t.when = l.latest.Add(1)
	}
	l.latest, l.latestDelay = t.when, d
	if ref {
		l.held++
	}
	heap.Push(&l.timers, t)
	l.mu.Unlock()
	// The timer keeps its hold until its callback runs, so a loop that looks
	// now does not take itself for idle.
	t.t = time.AfterFunc(time.Until(t.when), func() { l.post(l.runTimer, false) })
	return t
}

// runTimer runs the timer that is due first, as one macrotask.
func (l *loop) runTimer() {
	now := time.Now()
	l.mu.Lock()
	if len(l.timers) == 0 || l.timers[0].when.After(now) {
		l.mu.Unlock()
		return
	}
	t, _ := heap.Pop(&l.timers).(*timer)
	more := len(l.timers) > 0 && !l.timers[0].when.After(now)
	l.mu.Unlock()
	if more {
		l.post(l.runTimer, false)
	}
	if t.settle() {
		t.cb()
	}
}

// settle marks the timer as over and gives up its hold; false if it was over.
func (t *timer) settle() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.settled {
		return false
	}
	t.settled = true
	if t.ref {
		t.loop.mu.Lock()
		t.loop.held--
		t.loop.mu.Unlock()
	}
	return true
}

func (t *timer) Stop() {
	t.t.Stop()
	t.loop.mu.Lock()
	if t.place >= 0 {
		heap.Remove(&t.loop.timers, t.place)
	}
	t.loop.mu.Unlock()
	t.settle()
}

func (t *timer) SetRef(ref bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.settled || t.ref == ref {
		return
	}
	t.ref = ref
	t.loop.mu.Lock()
	if ref {
		t.loop.held++
	} else {
		t.loop.held--
	}
	t.loop.mu.Unlock()
	t.loop.signal()
}

// rejections collects promises that were rejected without a handler.
type rejections struct {
	pending []*goja.Promise
}

func (r *rejections) track(p *goja.Promise, op goja.PromiseRejectionOperation) {
	switch op {
	case goja.PromiseRejectionReject:
		r.pending = append(r.pending, p)
	case goja.PromiseRejectionHandle:
		for i, q := range r.pending {
			if q == p {
				r.pending = append(r.pending[:i], r.pending[i+1:]...)
				return
			}
		}
	}
}

// take removes the first one that is still unhandled; nil if there is none.
func (r *rejections) take() *goja.Promise {
	if len(r.pending) == 0 {
		return nil
	}
	p := r.pending[0]
	r.pending = r.pending[1:]
	return p
}
