package event

import (
	"sync"
	"time"
)

// Printer shows several events at a time, in order.
type Printer interface{ Print(events []Event) }

// Queue is a Sink that keeps the printing away from those who emit. A single
// event is printed at once; when they come thick and fast, they are gathered
// for a moment and printed together.
type Queue struct {
	printer Printer

	printing sync.Mutex // held while printing, so that order is kept

	mu      sync.Mutex
	events  []Event
	spare   []Event // what was printed last, to be filled again
	printed time.Time
	timer   *time.Timer
	armed   bool
}

// gather is how long events wait for others.
const gather = 4 * time.Millisecond

// queueMost is how many events may wait; whoever emits more waits for the
// printer.
const queueMost = 4096

// NewQueue makes a queue before printer.
func NewQueue(printer Printer) *Queue {
	q := &Queue{printer: printer}
	q.timer = time.AfterFunc(time.Hour, q.Flush)
	q.timer.Stop()
	return q
}

// Emit implements Sink.
func (q *Queue) Emit(e Event) {
	q.mu.Lock()
	q.events = append(q.events, e)
	now := len(q.events) >= queueMost || !q.armed && time.Since(q.printed) > gather
	if !now && !q.armed {
		q.armed = true
		q.timer.Reset(gather)
	}
	q.mu.Unlock()
	if now {
		q.Flush()
	}
}

// Flush prints what waits.
func (q *Queue) Flush() {
	q.printing.Lock()
	defer q.printing.Unlock()
	q.mu.Lock()
	events := q.events
	q.events, q.spare = q.spare[:0], nil
	q.armed = false
	q.printed = time.Now()
	q.mu.Unlock()
	if len(events) == 0 {
		return
	}
	q.printer.Print(events)
	clear(events)
	q.mu.Lock()
	if cap(events) <= queueMost {
		q.spare = events
	}
	q.mu.Unlock()
}
