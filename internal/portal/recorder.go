package portal

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/gateway"
	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/wire"
)

// Recorder writes the invocations that pass by as events into the log of a
// portal. The one who emits only puts them in a list; they are written together,
// a moment later, in another goroutine. It is an event.Sink.
type Recorder struct {
	next  event.Sink
	open  func() (*store.Store, error)
	app   func(*store.Run) int64
	warn  func(error)
	wake  chan struct{}
	ended chan struct{}

	mu      sync.Mutex
	room    *sync.Cond
	logs    map[string]*strings.Builder // of invocations that run, by id
	pending []store.Run
	closed  bool
}

// RecorderOptions set up a Recorder. Open is required.
type RecorderOptions struct {
	// Next gets every event as well; nil for none.
	Next event.Sink
	// Open gives the store when the first run is to be written. The Recorder does
	// not close it.
	Open func() (*store.Store, error)
	// App gives the app that a run belongs to, 0 for none; may be nil.
	App func(*store.Run) int64
	// Warn hears once that runs can't be written; may be nil.
	Warn func(error)
}

const (
	// gather is how long runs wait for others before they are written.
	gather = 100 * time.Millisecond
	// pendingMost is how many may wait; whoever emits more waits for the disk.
	pendingMost = 1 << 16
	// maxLog bounds what is kept of one run's log, in bytes.
	maxLog = 256 << 10
)

// NewRecorder makes a Recorder. Close must be called.
func NewRecorder(o RecorderOptions) *Recorder {
	r := &Recorder{
		next: o.Next, open: o.Open, app: o.App, warn: o.Warn, logs: map[string]*strings.Builder{},
		wake: make(chan struct{}, 1), ended: make(chan struct{}),
	}
	r.room = sync.NewCond(&r.mu)
	go r.run()
	return r
}

// Emit implements event.Sink.
func (r *Recorder) Emit(e event.Event) {
	switch ev := e.(type) {
	case event.Log:
		r.line(&ev)
	case event.Invocation:
		r.add(&ev)
	}
	if r.next != nil {
		r.next.Emit(e)
	}
}

func (r *Recorder) line(ev *event.Log) {
	r.mu.Lock()
	defer r.mu.Unlock()
	b := r.logs[ev.ID]
	if b == nil {
		b = &strings.Builder{}
		r.logs[ev.ID] = b
	}
	if b.Len() >= maxLog {
		return
	}
	// As CloudWatch has it, which HubSpot's logs come from.
	b.WriteString(ev.Time.UTC().Format(wire.TimeLayout))
	b.WriteByte('\t')
	b.WriteString(string(ev.Level))
	b.WriteByte('\t')
	b.WriteString(ev.Message[:min(len(ev.Message), maxLog)])
	b.WriteByte('\n')
}

func (r *Recorder) add(ev *event.Invocation) {
	run := store.Run{
		ID: ev.ID, At: ev.Time.Add(-time.Duration(ev.Duration * float64(time.Millisecond))), Function: ev.Function, Method: ev.Method, Path: ev.Path,
		Status: string(ev.Status), HTTP: ev.HTTPStatus, Duration: ev.Duration, MemoryMB: ev.MemoryMB, MemoryOf: ev.MemoryMax,
	}
	path, _, _ := strings.Cut(ev.Path, "?")
	switch {
	case strings.HasPrefix(path, gateway.PrivatePath):
		run.System = wire.SystemServerlessExecution
		if id, err := strconv.ParseInt(strings.TrimPrefix(path, gateway.PrivatePath), 10, 64); err == nil {
			run.AppID = id
		}
	case strings.HasPrefix(path, appPrefix):
		run.System, run.Route = wire.SystemGatewayExecution, RouteOf(path)
	default:
		run.Route = RouteOf(path)
	}
	if ev.Error != nil {
		run.Error = &wire.LogFault{Type: ev.Error.Type, Message: ev.Error.Message, StackTrace: ev.Error.Stack, StatusCode: wire.ID(strconv.Itoa(ev.HTTPStatus))}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if b := r.logs[ev.ID]; b != nil {
		run.Log = b.String()
		delete(r.logs, ev.ID)
	}
	for len(r.pending) >= pendingMost && !r.closed {
		r.room.Wait()
	}
	r.pending = append(r.pending, run)
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// The paths below which functions are called.
const (
	cmsPrefix = "/_hcms/api/"
	appPrefix = "/hs/serverless/"
)

// RouteOf gives the endpoint that a request path is for.
func RouteOf(path string) string {
	path, _, _ = strings.Cut(path, "?")
	return strings.Trim(strings.TrimPrefix(strings.TrimPrefix(path, cmsPrefix), appPrefix), "/")
}

// run writes until Close.
func (r *Recorder) run() {
	defer close(r.ended)
	var db *store.Store
	var broken bool
	for range r.wake {
		r.mu.Lock()
		closed := r.closed
		r.mu.Unlock()
		if !closed {
			time.Sleep(gather)
		}
		r.mu.Lock()
		runs := r.pending
		r.pending = nil
		closed = r.closed
		r.room.Broadcast()
		r.mu.Unlock()
		var err error
		if len(runs) > 0 && db == nil {
			db, err = r.open()
		}
		for i := range runs {
			if err == nil && runs[i].AppID == 0 && runs[i].System != "" && r.app != nil {
				runs[i].AppID = r.app(&runs[i])
			}
		}
		if len(runs) > 0 && err == nil {
			err = db.AddRuns(context.Background(), runs)
		}
		if err != nil && !broken {
			broken = true
			if r.warn != nil {
				r.warn(err)
			}
		}
		if closed {
			return
		}
	}
}

// Close writes what waits and ends the Recorder.
func (r *Recorder) Close() {
	r.mu.Lock()
	already := r.closed
	r.closed = true
	r.room.Broadcast()
	r.mu.Unlock()
	if !already {
		select {
		case r.wake <- struct{}{}:
		default:
		}
	}
	<-r.ended
}
