package ui

import (
	"fmt"
	"io"
	"math"
	"strings"
	"sync"
	"time"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/report"
)

// timeLayout is how HubSpot's logs write a time, always in UTC.
const timeLayout = "2006-01-02T15:04:05.000Z"

// EventPrinter shows events to people. It is an event.Sink and an event.Printer.
//
// Log lines appear as they come, in the order of their calls. While log lines
// of several invocations mix, each line carries the beginning of its request id.
type EventPrinter struct {
	out *Stream
	dir string

	mu   sync.Mutex
	open map[string]bool // invocations that have logged and not ended: shown with an id
}

// NewEventPrinter prints to out and shows paths below dir relative to it.
func NewEventPrinter(out *Stream, dir string) *EventPrinter {
	return &EventPrinter{out: out, dir: dir, open: map[string]bool{}}
}

// Emit prints one event.
func (p *EventPrinter) Emit(e event.Event) { p.Print([]event.Event{e}) }

// Print prints events with one write.
func (p *EventPrinter) Print(events []event.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var b strings.Builder
	for _, e := range events {
		p.append(&b, e)
	}
	// A terminal that is gone is noticed elsewhere; there is nobody to tell.
	_, _ = io.WriteString(p.out, b.String())
}

func (p *EventPrinter) append(b *strings.Builder, e event.Event) {
	switch e := e.(type) {
	case event.Started:
		p.started(b, e)
	case event.Log:
		p.log(b, e)
	case event.Invocation:
		p.invocation(b, e)
	case event.Refused:
		p.line(b, "", e.Time, p.out.Theme.Warn("REFUSED"), fmt.Sprintf("%s %s", report.Clean(e.Method), report.Clean(e.Path)),
			p.httpStatus(e.HTTPStatus), report.Clean(e.Reason))
	case event.Reloaded:
		p.reloaded(b, e)
	case event.Diagnostics:
		p.diagnostics(b, e)
	case event.Stopped:
		p.line(b, "", e.Time, p.out.Theme.Quiet("STOPPED"), report.Clean(e.Reason))
	default:
		fmt.Fprintf(b, "%s\n", e.Kind())
	}
}

// line writes "time - word - part - part"; empty parts are left out.
func (p *EventPrinter) line(b *strings.Builder, tag string, t time.Time, word string, parts ...string) {
	b.WriteString(tag)
	b.WriteString(p.out.Theme.Bold(t.UTC().Format(timeLayout)))
	b.WriteString(" - " + word)
	for _, part := range parts {
		if part != "" {
			b.WriteString(" - " + part)
		}
	}
	b.WriteByte('\n')
}

// tag notes that the invocation has something to say and gives the mark of its
// lines, "" while it is the only one.
func (p *EventPrinter) tag(id string) string {
	tagged := p.open[id] || len(p.open) > 1
	if _, ok := p.open[id]; !ok {
		tagged = len(p.open) > 0
	}
	p.open[id] = tagged
	if !tagged {
		return ""
	}
	short := report.Clean(id)
	if len(short) > 8 {
		short = short[:8]
	}
	return p.out.Theme.Accent("["+short+"]") + " "
}

func (p *EventPrinter) log(b *strings.Builder, e event.Log) {
	tag := p.tag(e.ID)
	level := string(e.Level)
	switch e.Level {
	case engine.Err, engine.Fatal:
		level = p.out.Theme.Bad(level)
	case engine.Warn:
		level = p.out.Theme.Warn(level)
	case engine.Debug, engine.Trace:
		level = p.out.Theme.Quiet(level)
	}
	message := report.Clean(e.Message)
	if tag != "" {
		message = strings.ReplaceAll(message, "\n", "\n"+tag)
	}
	fmt.Fprintf(b, "%s%s\t%s\t%s\n", tag, p.out.Theme.Quiet(e.Time.UTC().Format(timeLayout)), level, message)
}

func (p *EventPrinter) invocation(b *strings.Builder, e event.Invocation) {
	tag := p.tag(e.ID)
	delete(p.open, e.ID)

	status := string(e.Status)
	if e.Status == event.Success {
		status = p.out.Theme.Good(status)
	} else {
		status = p.out.Theme.Bad(status)
	}
	function := ""
	if !strings.HasSuffix(pathOnly(e.Path), "/"+e.Function) {
		function = report.Clean(e.Function)
	}
	memory := fmt.Sprintf("%d MB", e.MemoryMB)
	switch {
	case e.MemoryMB == 0: // the worker was killed and can't tell
		memory = ""
	case e.MemoryMax > 0:
		memory = fmt.Sprintf("%d/%d MB", e.MemoryMB, e.MemoryMax)
	}
	start := "warm"
	switch {
	case e.Cold && e.Init > 0:
		start = fmt.Sprintf("cold start %dms", millis(e.Init))
	case e.Cold: // loaded before anyone asked
		start = "cold start ahead"
	}
	p.line(b, tag, e.Time, status,
		fmt.Sprintf("%s %dms", p.out.Theme.Bold("Execution Time:"), millis(e.Duration)),
		fmt.Sprintf("%s %s", report.Clean(e.Method), report.Clean(e.Path)),
		p.httpStatus(e.HTTPStatus), function, memory, start)

	if e.Error != nil {
		p.functionError(b, tag, e.Engine, e.Error)
	}
	if e.LogLost > 0 {
		fmt.Fprintf(b, "%s  %s: %d bytes of log are over the limit; the oldest lines are lost on HubSpot\n",
			tag, p.out.Theme.Warn("warning"), e.LogLost)
	}
	for _, w := range e.Warnings {
		fmt.Fprintf(b, "%s  %s: %s\n", tag, p.out.Theme.Warn("warning"), report.Clean(w))
	}
}

func (p *EventPrinter) functionError(b *strings.Builder, tag, engineName string, e *engine.FunctionError) {
	text := report.Clean(e.Message)
	if e.Type != "" {
		text = p.out.Theme.Bad(report.Clean(e.Type)) + ": " + text
	}
	fmt.Fprintf(b, "%s%s\n", tag, strings.ReplaceAll(text, "\n", "\n"+tag))
	for _, frame := range e.Stack {
		fmt.Fprintf(b, "%s%s\n", tag, p.out.Theme.Quiet(report.Clean(p.shorten(frame))))
	}
	if e.Cause == engine.CauseTimeout || e.Cause == engine.CauseMemory {
		fmt.Fprintf(b, "%s  %s: measured by the %s engine; HubSpot runs Node.js, which differs in speed and memory\n",
			tag, p.out.Theme.Accent("note"), report.Clean(engineName))
	}
	if e.Hint != "" {
		fmt.Fprintf(b, "%s  %s: %s\n", tag, p.out.Theme.Accent("hint"), report.Clean(e.Hint))
	}
}

// shorten makes the paths in a stack frame relative.
func (p *EventPrinter) shorten(frame string) string {
	if p.dir == "" {
		return frame
	}
	for _, sep := range []string{"/", `\`} {
		frame = strings.ReplaceAll(frame, p.dir+sep, "")
	}
	return frame
}

func (p *EventPrinter) reloaded(b *strings.Builder, e event.Reloaded) {
	functions := ""
	if len(e.Functions) > 0 {
		functions = report.Clean(strings.Join(e.Functions, ", "))
	}
	p.line(b, "", e.Time, p.out.Theme.Good("RELOADED"), report.Clean(strings.Join(e.Changed, ", ")), functions,
		fmt.Sprintf("%dms", millis(e.Elapsed)))
	if len(e.Endpoints) > 0 {
		p.endpoints(b, e.Endpoints)
		p.missingSecrets(b, e.Endpoints)
	}
}

func (p *EventPrinter) diagnostics(b *strings.Builder, e event.Diagnostics) {
	if len(e.List) == 0 {
		p.line(b, "", e.Time, p.out.Theme.Good("FIXED"), "no problems left")
		return
	}
	// The writer is memory: it can't fail.
	_ = report.Text(b, report.NewFindings(e.List, p.dir), p.out.Theme.Paint())
	if e.Stale {
		fmt.Fprintf(b, "%s\n", p.out.Theme.Warn("the last good version keeps serving until this is fixed"))
	}
}

func (p *EventPrinter) httpStatus(code int) string {
	s := fmt.Sprint(code)
	switch {
	case code >= 500:
		return p.out.Theme.Bad(s)
	case code >= 400:
		return p.out.Theme.Warn(s)
	default:
		return s
	}
}

// millis rounds up: a call that took part of a millisecond did not take none.
func millis(ms float64) int64 { return int64(math.Ceil(ms)) }

func pathOnly(path string) string {
	path, _, _ = strings.Cut(path, "?")
	return path
}
