package gateway

import (
	"sync"
	"time"

	"github.com/fns-dev/fns/internal/limits"
)

// budget counts the execution time of all functions over a sliding minute. What
// still runs counts with the time it has run so far.
type budget struct {
	mu      sync.Mutex
	slots   [budgetSlots]time.Duration // finished executions, by slot of time
	newest  int64                      // number of the slot that is filled now
	sum     time.Duration              // of slots
	running int64
	starts  time.Duration // sum of the starts of what runs
	origin  time.Time
}

const (
	budgetSlots = 240
	budgetSlot  = limits.BudgetWindow / budgetSlots
)

func newBudget() *budget { return &budget{origin: time.Now()} }

// advance empties the slots that have left the window. mu must be held.
func (b *budget) advance(at time.Duration) {
	now := int64(at / budgetSlot)
	if now-b.newest >= budgetSlots {
		b.slots, b.sum, b.newest = [budgetSlots]time.Duration{}, 0, now
		return
	}
	for b.newest < now {
		b.newest++
		i := b.newest % budgetSlots
		b.sum -= b.slots[i]
		b.slots[i] = 0
	}
}

// used must be called with mu held.
func (b *budget) used(at time.Duration) time.Duration {
	return b.sum + time.Duration(b.running)*at - b.starts
}

// begin counts an execution that starts now, unless most is used up already; 0
// is no limit. It gives what was used before it, and for end when it began.
func (b *budget) begin(now time.Time, most time.Duration) (used, began time.Duration, ok bool) {
	at := now.Sub(b.origin)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.advance(at)
	used = b.used(at)
	if most > 0 && used >= most {
		return used, 0, false
	}
	b.running++
	b.starts += at
	return used, at, true
}

// end counts what the execution has taken.
func (b *budget) end(began time.Duration, now time.Time, took time.Duration) {
	at := now.Sub(b.origin)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.advance(at)
	b.running--
	b.starts -= began
	b.slots[b.newest%budgetSlots] += took
	b.sum += took
}

// retryAfter gives the time until less than most is used, if nothing more runs.
func (b *budget) retryAfter(now time.Time, most time.Duration) time.Duration {
	at := now.Sub(b.origin)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.advance(at)
	left := b.used(at)
	for n := b.newest - budgetSlots + 1; n <= b.newest; n++ {
		if n < 0 {
			continue
		}
		left -= b.slots[n%budgetSlots]
		if left < most {
			return time.Duration(n+budgetSlots)*budgetSlot - at
		}
	}
	return limits.BudgetWindow
}
