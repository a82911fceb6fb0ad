package logs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/logs"
	"github.com/fns-dev/fns/internal/report"
	"github.com/fns-dev/fns/internal/wire"
)

// show prints records of one look; looked is how many there were before the
// filters.
func (v *view) show(sources []logs.Source, records []logs.Record, looked int) error {
	if len(sources) > 1 {
		slices.SortStableFunc(records, newestFirst)
	}
	if v.stats {
		return v.figures(sources, records)
	}
	for i, r := range records {
		if err := v.record(r, i == 0); err != nil {
			return err
		}
	}
	if len(records) == 0 && !v.json {
		text := "no logs found"
		if looked > 0 {
			text = fmt.Sprintf("none of the last %d runs match", looked)
		}
		fmt.Fprintln(v.f.IO.Err, text)
	} else if len(records) < looked && !v.json {
		fmt.Fprintf(v.f.IO.Err, "%d of the last %d runs match\n", len(records), looked)
	}
	return nil
}

// record prints one record.
func (v *view) record(r logs.Record, first bool) error {
	if v.json {
		return cmdutil.PrintLine(v.f.IO.Out, r)
	}
	t := v.f.IO.Out.Theme
	var b strings.Builder
	if !first && !v.compact {
		b.WriteByte('\n')
	}
	status := t.Good
	if r.Failed() {
		status = t.Bad
	}
	b.WriteString(t.Bold(r.Time.Format(wire.TimeLayout)) + " - " + status(report.Clean(r.Status)))
	if v.named {
		b.WriteString(" - " + report.Clean(v.nameOf(r)))
	}
	fmt.Fprintf(&b, " - %s %sms", t.Bold("Execution Time:"), number(float64(r.Duration)/float64(time.Millisecond)))
	if r.System != "" && v.compact {
		b.WriteString(" - " + report.Clean(r.ID))
	}
	b.WriteByte('\n')
	if !v.compact {
		v.body(&b, r)
	}
	_, err := io.WriteString(v.f.IO.Out, b.String())
	return err
}

// nameOf is whose record it is.
func (v *view) nameOf(r logs.Record) string {
	if r.Function != "" {
		return r.Function
	}
	return r.Source
}

// number writes milliseconds without useless digits.
func number(ms float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", ms), ".0")
}

func (v *view) body(b *strings.Builder, r logs.Record) {
	t := v.f.IO.Out.Theme
	if r.System != "" {
		facts := []string{"id " + r.ID}
		if r.TraceID != "" {
			facts = append(facts, "trace "+r.TraceID)
		}
		if r.PortalID != 0 {
			facts = append(facts, fmt.Sprintf("account %d", r.PortalID))
		}
		if r.Location != "" {
			facts = append(facts, r.Location)
		}
		fmt.Fprintf(b, "  %s\n", t.Quiet(report.Clean(strings.Join(facts, ", "))))
	}
	if r.Log != "" {
		b.WriteString(strings.TrimRight(report.Clean(r.Log), "\n") + "\n")
	}
	if r.Error != nil {
		text := r.Error.Type
		if r.Error.Message != "" {
			text += ": " + r.Error.Message
		}
		fmt.Fprintf(b, "%s\n", t.Bad(report.Clean(text)))
		for _, line := range r.Error.Stack {
			fmt.Fprintf(b, "  at %s\n", report.Clean(strings.TrimPrefix(strings.TrimSpace(line), "at ")))
		}
	}
}

// figures prints --stats.
func (v *view) figures(sources []logs.Source, records []logs.Record) error {
	budget := time.Duration(limits.All().Max(limits.Budget, nil, false)) * time.Millisecond
	of := func(name string, only func(logs.Record) bool) logs.Stats {
		return logs.Summarize(name, slices.DeleteFunc(slices.Clone(records), func(r logs.Record) bool { return !only(r) }), budget, limits.BudgetWindow)
	}
	var all []logs.Stats
	for _, s := range sources {
		all = append(all, of(s.Name(), func(r logs.Record) bool { return r.Source == s.Name() }))
	}
	if len(sources) > 1 {
		all = append(all, of("all", func(logs.Record) bool { return true }))
	}
	if v.json {
		for _, s := range all {
			if err := cmdutil.PrintLine(v.f.IO.Out, s); err != nil {
				return err
			}
		}
		return nil
	}
	var rows [][]string
	for _, s := range all {
		rows = append(rows, []string{
			s.Source, fmt.Sprint(s.Count), fmt.Sprintf("%d (%.1f%%)", s.Errors, 100*s.ErrorRate),
			number(s.P50) + "ms", number(s.P95) + "ms", number(s.Max) + "ms", fmt.Sprintf("%.1fs of %.0fs", s.PeakSeconds, s.BudgetSeconds), s.From, s.To,
		})
	}
	return v.f.IO.Out.Table([]string{"Endpoint", "Runs", "Errors", "p50", "p95", "Max", "Busiest minute", "From", "To"}, rows)
}

// tail follows sources until the user has seen enough.
func (v *view) tail(ctx context.Context, s *cmdutil.Session, sources []logs.Source) error {
	if !v.json {
		fmt.Fprintf(v.f.IO.Err, "following the logs of account %s; Ctrl-C ends it\n", report.Clean(s.Account.Label()))
	}
	first := true
	err := logs.Follow(ctx, sources, logs.Events{
		Record: func(r logs.Record) error {
			if !v.filter.Apply(&r) {
				return nil
			}
			err := v.record(r, first)
			first = false
			return err
		},
		Lost: func(err error) { cmdutil.Warn(v.f, fmt.Errorf("%w; trying again", err)) },
		Back: func() { fmt.Fprintln(v.f.IO.Err, "the connection is back") },
	})
	if err != nil && len(sources) > 0 && !errors.Is(err, context.Canceled) {
		return v.explain(ctx, s, sources[0], err)
	}
	return err
}
