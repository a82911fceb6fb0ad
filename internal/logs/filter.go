package logs

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Filter says which records are wanted. The zero Filter wants all.
type Filter struct {
	Failed    bool     // only failures
	Succeeded bool     // only successes
	Statuses  []string // only these, in upper case
	// Level keeps the lines of the log from this level up, and the runs that have
	// such a line or failed; "" keeps all.
	Level       string
	Search      string // a text in log or error, in any case
	Since       time.Time
	Until       time.Time
	MinDuration time.Duration
	RequestID   string // id or trace id of the run, or a text in its log
}

// Empty reports whether the filter wants all.
func (f Filter) Empty() bool {
	return !f.Failed && !f.Succeeded && len(f.Statuses) == 0 && f.Level == "" && f.Search == "" && f.Since.IsZero() && f.Until.IsZero() &&
		f.MinDuration == 0 && f.RequestID == ""
}

// Levels are the levels of log lines, from the least to the most important.
func Levels() []string { return []string{"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"} }

// Statuses are the words that SetStatus takes.
func Statuses() []string {
	return []string{"success", "error", "unhandled_error", "handled_error"}
}

// SetStatus adds a status, which "error" takes for any failure.
func (f *Filter) SetStatus(word string) error {
	switch strings.ToLower(strings.ReplaceAll(word, "-", "_")) {
	case "success":
		f.Succeeded = true
	case "error":
		f.Failed = true
	case "unhandled_error", "handled_error":
		f.Statuses = append(f.Statuses, strings.ToUpper(strings.ReplaceAll(word, "-", "_")))
	default:
		return fmt.Errorf("%q is no status: want %s", word, strings.Join(Statuses(), ", "))
	}
	return nil
}

// Apply reports whether a record is wanted, and takes the lines below Level out
// of its log.
func (f Filter) Apply(r *Record) bool {
	switch {
	case !f.status(r),
		!f.Since.IsZero() && r.Time.Before(f.Since),
		!f.Until.IsZero() && r.Time.After(f.Until),
		r.Duration < f.MinDuration,
		f.RequestID != "" && r.ID != f.RequestID && r.TraceID != f.RequestID && !strings.Contains(r.Log, f.RequestID):
		return false
	}
	if f.Search != "" && !r.mentions(f.Search) {
		return false
	}
	if f.Level == "" {
		return true
	}
	r.Log = linesFrom(r.Log, f.Level)
	return r.Log != "" || r.Failed()
}

func (f Filter) status(r *Record) bool {
	if !f.Failed && !f.Succeeded && len(f.Statuses) == 0 {
		return true
	}
	return f.Failed && r.Failed() || f.Succeeded && !r.Failed() || slices.Contains(f.Statuses, r.Status)
}

func (r *Record) mentions(text string) bool {
	texts := []string{r.Log, r.Function, r.Location}
	if r.Error != nil {
		texts = append(texts, r.Error.Type+": "+r.Error.Message)
		texts = append(texts, r.Error.Stack...)
	}
	text = strings.ToLower(text)
	return slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(strings.ToLower(t), text) })
}

// linesFrom keeps the entries of a log from a level up. A line without a level
// belongs to the entry before it.
func linesFrom(log, level string) string {
	least := slices.Index(Levels(), level)
	var kept []string
	keep := false
	for line := range strings.SplitSeq(log, "\n") {
		if at := levelOf(line); at >= 0 {
			keep = at >= least
		}
		if keep {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// levelOf gives the rank of a line's level, -1 for a line without one. Lambda
// writes time, request id and level before the text, HubSpot time and level.
func levelOf(line string) int {
	words := strings.Fields(line)
	if len(words) == 0 || len(words[0]) < 10 || words[0][4] != '-' {
		return -1
	}
	for _, word := range words[1:min(3, len(words))] {
		if i := slices.Index(Levels(), word); i >= 0 {
			return i
		}
	}
	return -1
}

// ParseTime reads a moment: so long ago ("90s", "10m", "2h", "1d") or an
// ISO-8601 time or date.
func ParseTime(text string, now time.Time) (time.Time, error) {
	units := map[byte]time.Duration{'s': time.Second, 'm': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour}
	if len(text) > 1 {
		if unit, ok := units[text[len(text)-1]]; ok {
			if n, err := strconv.Atoi(text[:len(text)-1]); err == nil && n >= 0 && n < 1e6 {
				return now.Add(-time.Duration(n) * unit), nil
			}
		}
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, text, now.Location()); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is no time: want for instance 10m, 2h, 1d or 2026-11-01T12:00:00Z", text)
}
