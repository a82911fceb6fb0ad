package ui

import (
	"fmt"
	"strings"

	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/report"
)

// started writes the banner: what is served, where, with which secrets and
// limits.
func (p *EventPrinter) started(b *strings.Builder, e event.Started) {
	t := p.out.Theme
	title := report.Clean(e.Project)
	if e.Platform != "" {
		title += " (platform " + report.Clean(e.Platform) + ")"
	}
	fmt.Fprintf(b, "%s is served at %s, ready in %dms\n", t.Bold(title), t.Name(e.URL), millis(e.Elapsed))
	if e.RequestedPort != 0 && e.RequestedPort != e.Port {
		fmt.Fprintf(b, "%s: port %d is in use, so %d is taken\n", t.Warn("note"), e.RequestedPort, e.Port)
	}
	p.endpoints(b, e.Endpoints)
	if e.EngineVersion != "" {
		fmt.Fprintf(b, "\n%s\n  Node.js %s runs the functions\n", t.Bold("Engine"), report.Clean(e.EngineVersion))
	}
	p.limits(b, e.Limits)
	p.missingSecrets(b, e.Endpoints)
	if p.out.TTY {
		fmt.Fprintf(b, "%s\n", t.Quiet("Press Ctrl-C to stop."))
	}
	b.WriteByte('\n')
}

func (p *EventPrinter) endpoints(b *strings.Builder, list []event.Endpoint) {
	t := p.out.Theme
	fmt.Fprintf(b, "\n%s\n", t.Bold("Endpoints"))
	if len(list) == 0 {
		b.WriteString("  none\n")
	}
	width := 0
	for _, e := range list {
		width = max(width, len(methods(e)))
	}
	indent := strings.Repeat(" ", width+4)
	for _, e := range list {
		url := t.Accent(report.Clean(e.URL))
		if e.Private {
			url += " " + t.Quiet("(private, called by UI extensions)")
		}
		fmt.Fprintf(b, "  %s  %s\n", t.Bold(fmt.Sprintf("%-*s", width, methods(e))), url)
		fmt.Fprintf(b, "%sfunction %s %s\n", indent, report.Clean(e.Function), t.Quiet("("+report.Clean(e.File)+")"))
		if len(e.Secrets) > 0 {
			parts := make([]string, len(e.Secrets))
			for i, s := range e.Secrets {
				word := t.Good("present")
				if !s.Present {
					word = t.Bad("missing")
				}
				parts[i] = report.Clean(s.Name) + " " + word
			}
			fmt.Fprintf(b, "%ssecrets  %s\n", indent, strings.Join(parts, ", "))
		}
		if e.Debugger != "" {
			fmt.Fprintf(b, "%sdebugger %s\n", indent, t.Accent(report.Clean(e.Debugger)))
		}
		if e.EnvFile != "" {
			fmt.Fprintf(b, "%senv file %s\n", indent, report.Clean(e.EnvFile))
		}
	}
}

func methods(e event.Endpoint) string { return strings.Join(e.Methods, ", ") }

// limits writes the limits in as many lines as the width asks for.
func (p *EventPrinter) limits(b *strings.Builder, list []event.Limit) {
	if len(list) == 0 {
		return
	}
	t := p.out.Theme
	fmt.Fprintf(b, "\n%s\n", t.Bold("Limits"))
	column := 0
	for i, l := range list {
		plain := len(l.ID) + 1 + len(l.Value)
		switch {
		case column == 0:
			b.WriteString("  ")
			column = 2
		case column+2+plain+1 > p.out.Width:
			b.WriteString(",\n  ")
			column = 2
		default:
			b.WriteString(", ")
			column += 2
		}
		value := l.Value
		if value == "off" {
			value = t.Warn(value)
		}
		b.WriteString(l.ID + " " + value)
		column += plain
		if i == len(list)-1 {
			b.WriteByte('\n')
		}
	}
}

// missingSecrets names each declared secret without a value and the file to
// put it in, once.
func (p *EventPrinter) missingSecrets(b *strings.Builder, list []event.Endpoint) {
	t := p.out.Theme
	type place struct{ name, file string }
	seen := map[place]bool{}
	for _, e := range list {
		for _, s := range e.Secrets {
			at := place{s.Name, e.WantedEnvFile}
			if s.Present || seen[at] {
				continue
			}
			if len(seen) == 0 {
				b.WriteByte('\n')
			}
			seen[at] = true
			file := report.Clean(e.WantedEnvFile)
			if file == "" {
				file = "the .env file of its folder"
			}
			fmt.Fprintf(b, "%s: secret %s has no value: put %s=<value> into %s\n",
				t.Warn("warning"), t.Bold(report.Clean(s.Name)), report.Clean(s.Name), file)
		}
	}
}
