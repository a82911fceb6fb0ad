package ui

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/report"
)

// JSONPrinter writes one JSON object a line for each event:
// {"event":"invocation","time":…,…}. Arrays are never null, times are UTC. It
// is an event.Sink and an event.Printer.
type JSONPrinter struct {
	out io.Writer
	dir string
	now func() time.Time

	mu sync.Mutex
}

// NewJSONPrinter writes to out and shows the paths of diagnostics below dir
// relative to it.
func NewJSONPrinter(out io.Writer, dir string) *JSONPrinter {
	return &JSONPrinter{out: out, dir: dir, now: time.Now}
}

// Emit prints one event.
func (p *JSONPrinter) Emit(e event.Event) { p.Print([]event.Event{e}) }

// Print writes events with one write.
func (p *JSONPrinter) Print(events []event.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var lines []byte
	for _, e := range events {
		line, err := p.encode(e)
		if err != nil {
			line = fmt.Appendf(nil, "{\"event\":\"error\",\"message\":%q}\n", err.Error())
		}
		lines = append(lines, line...)
	}
	// Whoever read this is gone; there is nobody to tell.
	_, _ = p.out.Write(lines)
}

func (p *JSONPrinter) encode(e event.Event) ([]byte, error) {
	head := fmt.Sprintf(`{"event":%q`, e.Kind())
	var body any = e
	switch e := e.(type) {
	case event.Started:
		head += fmt.Sprintf(`,"formatVersion":%q,"time":%q`, report.FormatVersion, p.now().UTC().Format(time.RFC3339Nano))
		e.Endpoints = fullEndpoints(e.Endpoints)
		e.Limits = full(e.Limits)
		body = e
	case event.Log:
		e.Time = e.Time.UTC()
		body = e
	case event.Invocation:
		e.Time = e.Time.UTC()
		if e.Error != nil {
			fe := *e.Error
			fe.Stack = full(fe.Stack)
			e.Error = &fe
		}
		body = e
	case event.Refused:
		e.Time = e.Time.UTC()
		body = e
	case event.Reloaded:
		e.Time = e.Time.UTC()
		e.Changed, e.Functions = full(e.Changed), full(e.Functions)
		if e.Endpoints != nil {
			e.Endpoints = fullEndpoints(e.Endpoints)
		}
		body = e
	case event.Diagnostics:
		e.Time = e.Time.UTC()
		e.List = diag.List(report.NewFindings(e.List, p.dir).Diagnostics)
		body = e
	case event.Stopped:
		e.Time = e.Time.UTC()
		body = e
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(body); err != nil {
		return nil, fmt.Errorf("encode event %q: %w", e.Kind(), err)
	}
	rest := b.Bytes()[1:] // behind the brace
	if rest[0] != '}' {
		head += ","
	}
	return append([]byte(head), rest...), nil
}

func full[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func fullEndpoints(list []event.Endpoint) []event.Endpoint {
	out := make([]event.Endpoint, len(list))
	for i, e := range list {
		e.Methods, e.Secrets = full(e.Methods), full(e.Secrets)
		out[i] = e
	}
	return out
}
