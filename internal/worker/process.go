package worker

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/engine/gojaengine"
	"github.com/fns-dev/fns/internal/engine/nodeengine"
)

// errNotBegun says that a worker was gone before it took an invocation, which
// can safely be given to another.
var errNotBegun = errors.New("the worker ended while idle")

// process is one worker, as the pool sees it. Its owner uses it alone.
type process struct {
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stdout io.Closer // nil where waiting for cmd closes it
	out    frameWriter
	in     *frameReader
	stderr *tailBuffer

	node    *nodeengine.Engine // nil for a worker that is this binary
	running sync.Mutex         // guards cmd of a Node process, which changes

	folder string // for its temporary files
	files  func(paths []string, began time.Time)

	name       string // of the function it serves
	loaded     *engine.Function
	engineName string
	idleSince  time.Time
	began      time.Time // the newest invocation
	fresh      bool      // loaded, not yet invoked
	init       time.Duration
	broken     bool // the pipe failed
	killed     atomic.Bool
	timedOut   atomic.Bool
}

func startProcess(executable, tmp string) (*process, error) {
	cmd := exec.Command(executable)
	// The environment of the user stays here: what a function sees comes with
	// the function.
	cmd.Env = []string{childEnv + "=" + tmp, "TMPDIR=" + tmp, "TMP=" + tmp, "TEMP=" + tmp, "HOME=" + tmp}
	if root := os.Getenv("SystemRoot"); root != "" { // Windows needs it to open sockets
		cmd.Env = append(cmd.Env, "SystemRoot="+root)
	}
	isolate(cmd)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	w := &process{cmd: cmd, stdin: stdin, out: frameWriter{w: stdin}, in: newFrameReader(stdout), stderr: &tailBuffer{}, folder: tmp, engineName: gojaengine.Name}
	cmd.Stderr = w.stderr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return w, nil
}

// load makes fn the function that the worker runs, unless it is already. The
// error is fn's own, or wraps errNotBegun; a worker that broke has broken set.
func (w *process) load(fn *engine.Function) (init time.Duration, cold bool, err error) {
	if w.loaded == fn {
		if !w.fresh {
			return 0, false, nil
		}
		return w.init, true, nil // warmed before anybody asked
	}
	w.loaded = nil
	began := time.Now()
	if w.node != nil {
		if err := w.restart(fn); errors.Is(err, errNotBegun) {
			w.broken = true
			return 0, false, err
		} else if err != nil {
			w.broken = true
			return 0, true, &engine.FunctionError{Cause: engine.CauseCrash, Message: err.Error()}
		}
	}
	if !w.debugging() {
		guard := time.AfterFunc(initGrace, func() { w.timedOut.Store(true); w.kill() })
		defer guard.Stop()
	}
	reply, err := w.start(fn)
	if err != nil {
		w.broken = true
		if errors.Is(err, errNotBegun) {
			return 0, false, err
		}
		if w.timedOut.Load() {
			return time.Since(began), true, &engine.FunctionError{Cause: engine.CauseTimeout, Type: "Runtime.InitError", Message: "the module did not load in 10 seconds"}
		}
		return time.Since(began), true, w.died(engine.Invocation{}, err).Error
	}
	if reply.Error != nil {
		w.broken = endsProcess(reply.Error)
		w.explain(fn, reply.Error)
		return reply.Init, true, reply.Error
	}
	w.loaded, w.fresh, w.init = fn, true, time.Since(began)
	return w.init, true, nil
}

func (w *process) start(fn *engine.Function) (startReply, error) {
	var reply startReply
	buf, err := encodeFunction(w.out.begin(kindStart), fn)
	if err != nil {
		return reply, err
	}
	if err := w.out.flush(buf); err != nil {
		return reply, fmt.Errorf("%w: %w", errNotBegun, err)
	}
	began := time.Now()
	for {
		k, body, err := w.in.next()
		if err != nil {
			return reply, err
		}
		switch k {
		case kindFiles:
			if err := w.took(body, began); err != nil {
				return reply, err
			}
		case kindReady:
			return reply, json.Unmarshal(body, &reply)
		default:
			return reply, errFrame
		}
	}
}

// took passes on which files of packages the worker has read since began.
func (w *process) took(body []byte, began time.Time) error {
	paths, err := decodeFiles(body)
	if err != nil {
		return err
	}
	w.files(paths, began)
	return nil
}

// invoke runs one invocation. An error means that the worker is gone.
// It ends with ctx.
func (w *process) invoke(ctx context.Context, inv engine.Invocation, logs func(engine.LogRecord)) (engine.Result, error) {
	w.fresh = false
	w.began = time.Now()
	if ctx.Done() != nil {
		defer context.AfterFunc(ctx, w.kill)()
	}
	if inv.Time > 0 {
		guard := time.AfterFunc(inv.Time+killAfter, func() { w.timedOut.Store(true); w.kill() })
		defer guard.Stop()
	}
	if err := w.out.flush(encodeInvocation(w.out.begin(kindInvoke), inv)); err != nil {
		return engine.Result{}, fmt.Errorf("%w: %w", errNotBegun, err)
	}
	for {
		k, body, err := w.in.next()
		if err != nil {
			return engine.Result{}, err
		}
		switch k {
		case kindLog:
			r, err := decodeLog(body)
			if err != nil {
				return engine.Result{}, err
			}
			logs(r)
		case kindFiles:
			if err := w.took(body, w.began); err != nil {
				return engine.Result{}, err
			}
		case kindDone:
			res, err := decodeResult(body)
			if err == nil {
				w.explain(w.loaded, res.Error)
				w.engineName = res.Stats.Engine
				if endsSandbox(res.Error) {
					w.loaded = nil
				}
			}
			return res, err
		default:
			return engine.Result{}, errFrame
		}
	}
}

// died says how an invocation ended whose worker is gone.
func (w *process) died(inv engine.Invocation, err error) engine.Result {
	w.broken = true
	w.loaded = nil
	fe := &engine.FunctionError{Cause: engine.CauseCrash, Type: "Runtime.ExitError", Message: "Runtime exited without providing a reason"}
	text := w.stderr.String()
	switch own := w.nodeDied(); {
	case w.timedOut.Load():
		fe = timeoutError(inv.Time)
	case own != nil:
		fe = own
	case strings.Contains(text, "out of memory") || strings.Contains(text, "cannot allocate"):
		fe = memoryError(0, 0)
		fe.Hint = "one allocation asked for more memory than the machine gives"
	case w.killed.Load():
		fe.Cause, fe.Message = engine.CauseCanceled, "the server stopped"
	default:
		if text != "" {
			fe.Message += ": " + strings.TrimSpace(firstLine(text))
		} else if !errors.Is(err, io.EOF) {
			fe.Message += ": " + err.Error()
		}
	}
	took := time.Since(w.began)
	if w.timedOut.Load() {
		took = inv.Time
	}
	return engine.Result{Error: fe, Stats: engine.Stats{Duration: took, Engine: w.engineName}}
}

// timeoutError is the verdict on an invocation over its limit, in Lambda's words.
func timeoutError(limit time.Duration) *engine.FunctionError {
	return &engine.FunctionError{Cause: engine.CauseTimeout, Message: fmt.Sprintf("Task timed out after %.2f seconds", limit.Seconds())}
}

func (w *process) kill() {
	w.killed.Store(true)
	if w.node != nil {
		w.running.Lock()
		defer w.running.Unlock()
		if w.cmd == nil {
			return
		}
	}
	killGroup(w.cmd)
}

func (w *process) reap() {
	if w.cmd != nil {
		w.reapCommand()
	}
	_ = os.RemoveAll(w.folder) // what can't be removed now goes with the pool's
}

func (w *process) reapCommand() {
	_ = w.stdin.Close()
	_ = w.cmd.Wait()
	if w.stdout != nil {
		_ = w.stdout.Close()
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// tailBuffer keeps the first kilobytes of what a worker writes to its standard
// error: only a crashing Go runtime writes there.
type tailBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (t *tailBuffer) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if room := 8<<10 - t.buf.Len(); room > 0 {
		t.buf.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

func (t *tailBuffer) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.buf.String()
}

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain structs only
	}
	return b
}
