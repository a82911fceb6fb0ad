// Package gateway is the HTTP front of the dev server. It takes a request to the
// function it is for, as HubSpot's gateway would, and the function's answer back:
//
//	Host and Origin → path and method → limits → context → worker → answer
//
// It knows neither files nor processes. What is served is a Generation, replaced
// as a whole while requests run.
package gateway

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/limits"
)

// Pool runs invocations. The log records come while Invoke runs.
type Pool interface {
	Invoke(ctx context.Context, fn *engine.Function, inv engine.Invocation, logs func(engine.LogRecord)) engine.Result
}

// Redactor takes the values of secrets out of a text.
type Redactor interface{ Redact(string) string }

// Options set up a Handler. Pool and Sink are required.
type Options struct {
	Pool     Pool
	Sink     event.Sink
	Redactor Redactor // nil takes nothing out
	Limits   limits.Set
	// AllHeaders gives functions every header of a request, also those that
	// HubSpot keeps back.
	AllHeaders bool
	// Hosts are further names of this machine, in lower case and without port,
	// for instance that of a tunnel.
	Hosts []string
	// Origins are further sites whose pages may call functions, as an Origin
	// header names them: "https://my.test", or "null" for sandboxed frames.
	Origins []string
}

// Handler serves the current Generation. It is an http.Handler.
type Handler struct {
	pool       Pool
	sink       event.Sink
	redactor   Redactor
	limits     limits.Set
	allHeaders bool
	hosts      []string
	origins    []string
	budget     *budget
	pages      *pages
	current    atomic.Pointer[Generation]
}

// New makes a handler that serves nothing yet.
func New(opts Options) *Handler {
	h := &Handler{
		pool: opts.Pool, sink: opts.Sink, redactor: opts.Redactor, limits: opts.Limits,
		allHeaders: opts.AllHeaders, hosts: opts.Hosts, origins: opts.Origins,
		budget: newBudget(), pages: newPages(),
	}
	h.current.Store(NewGeneration(nil, opts.Limits, 0, false))
	return h
}

// Swap serves g from now on. Requests that run keep what they began with.
func (h *Handler) Swap(g *Generation) { h.current.Store(g) }

// Close ends the connections that would otherwise stay open.
func (h *Handler) Close() { h.pages.close() }

func (h *Handler) redact(s string) string {
	if h.redactor == nil || s == "" {
		return s
	}
	return h.redactor.Redact(s)
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	if !h.local(req.Host) {
		h.refuse(w, req, foreignHost(req))
		return
	}
	g := h.current.Load()
	path := req.URL.Path
	e := g.lookup(path)
	if e == nil {
		switch {
		case strings.HasPrefix(path, PrivatePath) && len(path) > len(PrivatePath):
			h.servePrivate(w, req, g)
		case strings.HasPrefix(path, ReloadPath):
			h.pages.serve(w, req)
		default:
			h.allowOrigin(w.Header(), req.Header.Get("Origin"), req.Method)
			h.refuse(w, req, notFound(g, req))
		}
		return
	}
	r := e.route(req.Method)
	if r == nil && req.Method == http.MethodOptions {
		h.preflight(w, req, e.allow)
		return
	}
	if origin := req.Header.Get("Origin"); origin != "" {
		h.allowOrigin(w.Header(), origin, req.Method)
		if req.Method != http.MethodGet && req.Method != http.MethodHead && !h.trusted(origin) {
			h.refuse(w, req, foreignOrigin(req, "pages of this machine"))
			return
		}
	}
	if r == nil {
		h.refuse(w, req, methodNotAllowed(e, req))
		return
	}
	h.serveEndpoint(w, req, g, r)
}

func (h *Handler) serveEndpoint(w http.ResponseWriter, req *http.Request, g *Generation, r *route) {
	context, form, no := r.body(req)
	if no != nil {
		h.refuse(w, req, no)
		return
	}
	inv := invocation{context: context, form: form, time: r.time}
	if !h.allHeaders {
		if name := missed(req.Header); name != "" {
			inv.warnings = append(inv.warnings, "header "+strings.ToLower(name)+" is not given to the function: HubSpot documents only a few")
		}
	}
	h.run(w, req, g, r, inv)
}

// invocation is a call that has passed the gate.
type invocation struct {
	context  []byte // of an endpoint: up to and with the body
	form     string
	time     time.Duration
	private  bool
	warnings []string
}

// run spends the account's budget, runs the function, answers and reports.
func (h *Handler) run(w http.ResponseWriter, req *http.Request, g *Generation, r *route, call invocation) {
	begun := time.Now()
	used, token, ok := h.budget.begin(begun, g.budget)
	if !ok {
		h.refuse(w, req, overBudget(used, g.budget, h.budget.retryAfter(begun, g.budget)))
		return
	}
	if !call.private {
		call.context = r.appendContext(call.context, req, h.allHeaders, call.form, used)
	}
	id := newID()
	name := r.Function.Name
	var result engine.Result
	if r.Engine == nil {
		result.Error = unbuilt(r.Problems)
	} else {
		inv := engine.Invocation{ID: id, Context: call.context, Time: call.time}
		result = h.pool.Invoke(lifetime(req), r.Engine, inv, func(rec engine.LogRecord) {
			h.sink.Emit(event.Log{ID: id, Function: name, Time: rec.Time, Level: rec.Level, Message: h.redact(rec.Message)})
		})
	}
	ended := time.Now()
	h.budget.end(token, ended, result.Stats.Duration)

	ev := event.Invocation{
		ID: id, Time: ended, Function: name, Method: req.Method, Path: h.redact(req.URL.RequestURI()),
		Duration: milliseconds(result.Stats.Duration), Init: milliseconds(result.Stats.Init), Cold: result.Stats.Cold,
		MemoryMB: int((result.Stats.MaxMemory + 1<<20 - 1) >> 20), MemoryMax: r.memoryMB,
		Engine: result.Stats.Engine, LogLost: result.Stats.LogLost, Warnings: call.warnings,
	}
	head := w.Header()
	head["X-Fns-Request-Id"] = []string{id}
	head["X-Fns-Duration"] = []string{strconv.FormatFloat(ev.Duration, 'f', 1, 64)}
	if ev.Cold {
		head["X-Fns-Cold"] = []string{"1"}
	}
	if g.stale {
		head["X-Fns-Stale"] = []string{"1"}
	}
	if result.Error != nil {
		fe := h.redactError(timedOut(*result.Error, id, ended, call.time))
		ev.Error = &fe
	}
	ev.HTTPStatus = h.answer(w, req, r, call.private, result.Payload, &ev)
	switch {
	case ev.Error != nil:
		ev.Status = event.UnhandledError
	case ev.HTTPStatus >= http.StatusInternalServerError:
		ev.Status = event.HandledError
	default:
		ev.Status = event.Success
	}
	h.sink.Emit(ev)
}

// answer sends what the invocation came to and gives its status. An answer that
// can't be sent becomes an error of ev.
func (h *Handler) answer(w http.ResponseWriter, req *http.Request, r *route, private bool, payload []byte, ev *event.Invocation) int {
	name := r.Function.Name
	if private {
		return h.writePrivate(w, name, payload, ev.Error)
	}
	if ev.Error == nil {
		a := interpret(payload, r.Function)
		ev.Warnings = append(ev.Warnings, a.warnings...)
		if a.invalid == "" {
			a.write(w, req)
			return a.status
		}
		ev.Error = &engine.FunctionError{Cause: engine.CauseResponse, Type: "InvalidResponse", Message: h.redact(a.invalid)}
	}
	status := failureStatus(ev.Error)
	writeJSON(w, status, failureBody(ev.Error, name, ev.ID))
	return status
}

// refused reports a refusal whose answer is not refuse's.
func (h *Handler) refused(req *http.Request, status int, reason string) {
	h.sink.Emit(event.Refused{
		Time: time.Now(), Method: req.Method, Path: h.redact(req.URL.RequestURI()), HTTPStatus: status, Reason: reason,
	})
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// lifetimeKey is the key of a connection's context for the context of the
// server that owns it.
type lifetimeKey struct{}

// WithLifetime gives a context for the connections of a server. An invocation
// goes on when its client goes away, as on HubSpot; it ends with ctx.
func WithLifetime(ctx context.Context) context.Context {
	return context.WithValue(ctx, lifetimeKey{}, ctx)
}

func lifetime(req *http.Request) context.Context {
	ctx := req.Context()
	if server, ok := ctx.Value(lifetimeKey{}).(context.Context); ok {
		return server
	}
	return ctx
}
