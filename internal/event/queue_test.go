package event_test

import (
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/event"
)

// recorder keeps what is printed.
type recorder struct {
	mu     sync.Mutex
	prints [][]event.Event
	came   chan struct{}
}

func newRecorder() *recorder { return &recorder{came: make(chan struct{}, 1)} }

func (r *recorder) Print(events []event.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.prints = append(r.prints, append([]event.Event(nil), events...))
	select {
	case r.came <- struct{}{}:
	default:
	}
}

func (r *recorder) ids() (ids []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range r.prints {
		for _, e := range p {
			l, _ := e.(event.Log)
			ids = append(ids, l.ID)
		}
	}
	return ids
}

func TestASingleEventIsPrintedBeforeEmitReturns(t *testing.T) {
	t.Parallel()
	r := newRecorder()
	event.NewQueue(r).Emit(event.Log{ID: "1"})
	if diff := cmp.Diff([]string{"1"}, r.ids()); diff != "" {
		t.Error(diff)
	}
}

func TestEveryEventIsPrintedInOrderAndSoon(t *testing.T) {
	t.Parallel()
	r := newRecorder()
	q := event.NewQueue(r)
	var want []string
	for i := range 10000 {
		id := strconv.Itoa(i)
		want = append(want, id)
		q.Emit(event.Log{ID: id})
	}
	deadline := time.After(30 * time.Second)
	for len(r.ids()) < len(want) { // nobody calls Flush
		select {
		case <-r.came:
		case <-deadline:
			t.Fatalf("%d of %d events printed", len(r.ids()), len(want))
		}
	}
	if diff := cmp.Diff(want, r.ids()); diff != "" {
		t.Error(diff)
	}
	if len(r.prints) == len(want) {
		t.Error("nothing was printed together")
	}
}

func TestEventsFromManySidesAreAllPrinted(t *testing.T) {
	t.Parallel()
	r := newRecorder()
	q := event.NewQueue(r)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 1000 {
				q.Emit(event.Log{})
			}
		})
	}
	wg.Wait()
	q.Flush()
	if n := len(r.ids()); n != 8000 {
		t.Errorf("%d of 8000 events printed", n)
	}
}
