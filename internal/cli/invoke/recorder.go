package invoke

import (
	"sync"

	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/ui"
)

// call is what the events told about one call.
type call struct {
	invocation *event.Invocation // nil if no function ran
	refused    string            // why, if the request was refused
	logs       []event.Log
}

// recorder is the event.Sink of a run: it keeps what happened for the answer and
// shows it on stderr.
type recorder struct {
	show event.Sink // nil shows nothing

	mu   sync.Mutex
	call call

	reloaded chan struct{} // room for one: several saves are one reason to run again
}

func newRecorder(dir string, opts *Options) *recorder {
	r := &recorder{reloaded: make(chan struct{}, 1)}
	if !opts.JSON {
		r.show = ui.NewEventPrinter(opts.IO.Err, dir)
	}
	return r
}

// Emit keeps and shows an event.
func (r *recorder) Emit(e event.Event) {
	r.mu.Lock()
	switch e := e.(type) {
	case event.Log:
		r.call.logs = append(r.call.logs, e)
	case event.Invocation:
		r.call.invocation = &e
	case event.Refused:
		r.call.refused = e.Reason
	case event.Reloaded:
		select {
		case r.reloaded <- struct{}{}:
		default:
		}
	}
	r.mu.Unlock()
	switch e.(type) {
	case event.Started, event.Stopped: // there is no server to speak of
	default:
		if r.show != nil {
			r.show.Emit(e)
		}
	}
}

func (r *recorder) begin() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.call = call{}
}

func (r *recorder) end() call {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.call
}
