package worker

import (
	"fmt"
	"runtime"
	"runtime/metrics"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fns-dev/fns/internal/engine"
)

// The memory limit is HubSpot's, counted as Node would use it, but the engine is
// goja, whose objects take several times the bytes of V8's while strings and
// buffers take the same. Go's collector tells the two apart: objects hold
// pointers and are scanned, the bytes of strings and buffers are not. So
//
//	Node's bytes ≈ nodeBaseline + not scanned + scanned / objectScale
//
// docs/memory.md has the measurements behind the two numbers; the benchmark
// BenchmarkMemoryModel repeats them.
const (
	// nodeBaseline is what Node itself holds before the first line of a
	// function: the resident memory of an idle Node 20.
	nodeBaseline = 42 << 20
	// objectScale is how many bytes of scanned goja memory stand for one of V8.
	objectScale = 12
	// hostCap protects the machine: no worker grows beyond it, whatever the
	// estimate says.
	hostCap = 900 << 20
	// sampleEvery is how often memory is looked at during an invocation.
	sampleEvery = 4 * time.Millisecond
	// collectStep is how much the heap must grow before the guard asks for
	// another collection to learn what is really alive.
	collectStep = 24 << 20
)

// memoryGuard watches the heap while an invocation runs.
type memoryGuard struct {
	limit int64 // in Node's bytes, 0 for none
	halt  func(used int64)

	busy  atomic.Bool
	timer *time.Timer
	mu    sync.Mutex // one sample at a time

	sample   []metrics.Sample
	checked  int64 // heap at the last collection that was asked for
	estimate int64 // the highest of this invocation

	sampled bool  // look ran during this invocation
	rest    int64 // estimate between invocations, as of restAt
	restAt  time.Time
}

const (
	metricObjects = "/memory/classes/heap/objects:bytes"
	metricLive    = "/gc/heap/live:bytes"
	metricScan    = "/gc/scan/heap:bytes"
	metricAllocs  = "/gc/heap/allocs:bytes"
)

func newMemoryGuard(limit int64, halt func(used int64)) *memoryGuard {
	g := &memoryGuard{limit: limit, halt: halt, sample: []metrics.Sample{{Name: metricObjects}, {Name: metricLive}, {Name: metricScan}}}
	g.timer = time.AfterFunc(time.Hour, g.look)
	g.timer.Stop()
	return g
}

// begin starts watching.
func (g *memoryGuard) begin() {
	g.busy.Store(true)
	g.timer.Reset(sampleEvery)
}

// end stops watching and gives the highest estimate of the invocation in Node's
// bytes.
func (g *memoryGuard) end() int64 {
	g.busy.Store(false)
	g.timer.Stop()
	g.mu.Lock()
	defer g.mu.Unlock()
	// Reading the metrics takes as long as a short function, so it is done for
	// long ones and every second otherwise.
	if now := time.Now(); g.sampled || now.Sub(g.restAt) > time.Second {
		_, live, scan := g.read()
		g.rest, g.restAt, g.sampled = nodeBytes(live, scan), now, false
		if g.limit > 0 && g.rest > g.limit {
			g.rest = g.collect()
		}
	}
	used := max(g.estimate, g.rest)
	g.estimate = 0
	return used
}

func (g *memoryGuard) running() bool { return g.busy.Load() }

func (g *memoryGuard) read() (objects, live, scan int64) {
	metrics.Read(g.sample)
	return int64(g.sample[0].Value.Uint64()), int64(g.sample[1].Value.Uint64()), int64(g.sample[2].Value.Uint64())
}

// nodeBytes is the model above.
func nodeBytes(live, scan int64) int64 {
	scan = min(scan, live)
	return nodeBaseline + (live - scan) + scan/objectScale
}

// look takes one sample.
func (g *memoryGuard) look() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.busy.Load() {
		return
	}
	g.sampled = true
	objects, _, _ := g.read()
	switch {
	case objects > hostCap:
		g.halt(max(g.estimate, g.limit))
		return
	case g.limit > 0 && nodeBytes(objects, objects/2) > g.limit && objects-g.checked > collectStep:
		// It may be garbage: only a collection tells.
		g.estimate = max(g.estimate, g.collect())
		if g.estimate > g.limit {
			g.halt(g.estimate)
			return
		}
	case objects < g.checked-collectStep:
		g.checked = objects
	}
	g.timer.Reset(sampleEvery)
}

// collect lets the collector run and gives the estimate of what is alive. What
// the function allocates meanwhile counts as alive but is not scanned, objects
// would pass for strings: it is left to the next collection.
func (g *memoryGuard) collect() int64 {
	before := g.allocated()
	runtime.GC()
	_, live, scan := g.read()
	g.checked = live
	return nodeBytes(live-min(live, g.allocated()-before), scan)
}

// allocated is the number of bytes allocated so far.
func (g *memoryGuard) allocated() int64 {
	sample := []metrics.Sample{{Name: metricAllocs}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}

// memoryError is the verdict, in the words of Lambda's log.
func memoryError(used, limit int64) *engine.FunctionError {
	e := &engine.FunctionError{
		Cause:   engine.CauseMemory,
		Type:    "Runtime.OutOfMemory",
		Message: "Runtime exited with error: signal: killed",
		Hint:    "the figure is the embedded engine's estimate of what Node would use, see docs/memory.md",
	}
	if limit > 0 {
		e.Message += fmt.Sprintf(" (about %d MB used of %d MB)", used>>20, limit>>20)
	}
	return e
}
