package worker

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/engine/gojaengine"
	"github.com/fns-dev/fns/internal/limits"
)

// childEnv switches a process of this binary into a worker; its value is the
// worker's folder. It is a variable and not a command, so that a test binary can
// be one too.
const childEnv = "FNS_INTERNAL_WORKER"

// MaybeMain turns the process into a worker if it was started as one, and
// returns at once otherwise. It is the first call of main, and of TestMain in
// tests that start workers.
func MaybeMain() {
	if os.Getenv(childEnv) == "" {
		return
	}
	os.Exit(childMain(pollable(os.Stdin), pollable(os.Stdout)))
}

// child is the worker's side of the pipe.
type child struct {
	mu       sync.Mutex // guards out: the memory guard may write too
	out      frameWriter
	engine   engine.Engine
	packages *packages
	instance engine.Instance
	fn       *engine.Function
	guard    *memoryGuard
}

// message is a frame taken off the pipe, decoded.
type message struct {
	start  *engine.Function
	invoke *engine.Invocation
}

func childMain(in io.Reader, out io.Writer) int {
	// Lambda's TZ is :UTC and cannot be set by a function; goja's Date follows
	// the zone of the process.
	time.Local = time.UTC
	c := &child{out: frameWriter{w: out}, packages: newPackages()}
	c.engine = gojaengine.New(c.packages)
	messages := make(chan message)
	go func() {
		// The end of the pipe is the end of the parent or its wish that this
		// process ends, whatever it is doing.
		err := receive(in, messages)
		leave()
		if errors.Is(err, io.EOF) {
			os.Exit(0)
		}
		os.Exit(1)
	}()
	for m := range messages {
		var err error
		switch {
		case m.start != nil:
			err = c.start(m.start)
		case m.invoke != nil:
			err = c.invoke(*m.invoke)
		}
		if err != nil {
			return 1
		}
	}
	return 0
}

func receive(in io.Reader, messages chan<- message) error {
	r := newFrameReader(in)
	for {
		k, body, err := r.next()
		if err != nil {
			return err
		}
		var m message
		switch k {
		case kindStart:
			m.start, err = decodeFunction(body)
		case kindInvoke:
			var inv engine.Invocation
			inv, err = decodeInvocation(append([]byte(nil), body...))
			m.invoke = &inv
		default:
			err = errFrame
		}
		if err != nil {
			return err
		}
		messages <- m
	}
}

// start loads a function in place of the one before.
func (c *child) start(fn *engine.Function) error {
	if c.instance != nil {
		_ = c.instance.Close()
		c.instance = nil
	}
	began := time.Now()
	// Loading makes much that lives on, so fewer collections are enough, and they
	// may have every core.
	debug.SetGCPercent(400)
	runtime.GOMAXPROCS(runtime.NumCPU())
	c.packages.preloads = fn.Preloads
	ctx, cancel := context.WithTimeout(context.Background(), limits.InitTime)
	instance, err := c.engine.Start(ctx, fn)
	cancel()
	debug.SetGCPercent(400)
	// JavaScript runs on one thread. A second one would only be woken in vain at
	// every message, which takes longer than a short function.
	defer runtime.GOMAXPROCS(1)
	reply := startReply{Init: time.Since(began)}
	if err != nil {
		if !errors.As(err, &reply.Error) {
			reply.Error = &engine.FunctionError{Cause: engine.CauseCrash, Message: err.Error()}
		}
	}
	c.instance, c.fn = instance, fn
	if err != nil {
		c.instance = nil
	}
	c.guard = newMemoryGuard(fn.Limits.Memory, c.halt)
	if err := c.tellFiles(); err != nil {
		return err
	}
	if err := c.send(kindReady, mustJSON(reply)); err != nil {
		return err
	}
	debug.FreeOSMemory() // what the old instance and the compiler left, while idle
	return nil
}

// invoke runs one invocation.
func (c *child) invoke(inv engine.Invocation) error {
	if c.instance == nil {
		return errors.New("invoked before a start")
	}
	c.guard.begin()
	res := c.instance.Invoke(context.Background(), inv, func(r engine.LogRecord) {
		c.mu.Lock()
		defer c.mu.Unlock()
		_ = c.out.flush(encodeLog(c.out.begin(kindLog), r))
	})
	res.Stats.MaxMemory = c.guard.end()
	if limit := c.guard.limit; limit > 0 && res.Stats.MaxMemory > limit && res.Error == nil {
		// It ended before it could be stopped; on HubSpot it would not have.
		res.Payload, res.Error = nil, memoryError(res.Stats.MaxMemory, limit)
	}
	if err := c.tellFiles(); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	buf, err := encodeResult(c.out.begin(kindDone), res)
	if err != nil {
		return err
	}
	return c.out.flush(buf)
}

// tellFiles tells the parent which files of packages were read since the last
// time.
func (c *child) tellFiles() error {
	news := c.packages.news
	if len(news) == 0 {
		return nil
	}
	c.packages.news = nil
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.out.flush(encodeFiles(c.out.begin(kindFiles), news))
}

// halter is an instance that can be stopped from another goroutine.
type halter interface {
	Halt(cause engine.Cause, message string)
}

// haltGrace is how long a halted instance has to reach its next instruction;
// natives of goja cannot be interrupted.
const haltGrace = 50 * time.Millisecond

// halt ends the running invocation for its memory: by an interrupt, which tells
// where it was, or, where that does not take, with the process.
func (c *child) halt(used int64) {
	fe := memoryError(used, c.fn.Limits.Memory)
	if h, ok := c.instance.(halter); ok {
		h.Halt(fe.Cause, fe.Message)
		time.Sleep(haltGrace)
	}
	if !c.guard.running() {
		return
	}
	if c.mu.TryLock() {
		res := engine.Result{Error: fe, Stats: engine.Stats{MaxMemory: used, Engine: c.engine.Name()}}
		if buf, err := encodeResult(c.out.begin(kindDone), res); err == nil {
			_ = c.out.flush(buf)
		}
	}
	os.Exit(exitMemory)
}

// exitMemory is the exit code of a worker that ended itself for its memory, the
// code of a process killed by the kernel for the same.
const exitMemory = 137

func (c *child) send(k kind, body []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.out.flush(append(c.out.begin(k), body...))
}
