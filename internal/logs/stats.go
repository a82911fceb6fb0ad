package logs

import (
	"slices"
	"time"
)

// Stats are the figures of some runs.
type Stats struct {
	Source    string  `json:"source"`
	Count     int     `json:"count"`
	Errors    int     `json:"errors"`
	ErrorRate float64 `json:"errorRate"` // 0 to 1
	P50       float64 `json:"p50Ms"`
	P95       float64 `json:"p95Ms"`
	Max       float64 `json:"maxMs"`
	From      string  `json:"from,omitempty"`
	To        string  `json:"to,omitempty"`
	// PeakSeconds is the most execution time in any minute; HubSpot gives an
	// account BudgetSeconds.
	PeakSeconds   float64 `json:"peakSecondsPerMinute"`
	BudgetSeconds float64 `json:"budgetSecondsPerMinute"`
}

// Summarize gives the figures of records, in any order. budget is how long the
// functions of an account may run within window.
func Summarize(source string, records []Record, budget, window time.Duration) Stats {
	s := Stats{Source: source, Count: len(records), BudgetSeconds: budget.Seconds()}
	if len(records) == 0 {
		return s
	}
	sorted := slices.Clone(records)
	slices.SortFunc(sorted, func(a, b Record) int { return a.Time.Compare(b.Time) })
	durations := make([]time.Duration, len(sorted))
	var inWindow, peak time.Duration
	first := 0
	for i, r := range sorted {
		durations[i] = r.Duration
		if r.Failed() {
			s.Errors++
		}
		inWindow += r.Duration
		for sorted[first].Time.Before(r.Time.Add(-window)) {
			inWindow -= sorted[first].Duration
			first++
		}
		peak = max(peak, inWindow)
	}
	slices.Sort(durations)
	s.ErrorRate = float64(s.Errors) / float64(s.Count)
	s.P50, s.P95, s.Max = ms(percentile(durations, 50)), ms(percentile(durations, 95)), ms(durations[len(durations)-1])
	s.PeakSeconds = peak.Seconds()
	s.From, s.To = sorted[0].Time.UTC().Format(time.RFC3339), sorted[len(sorted)-1].Time.UTC().Format(time.RFC3339)
	return s
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// percentile gives the smallest of sorted durations that p percent do not exceed.
func percentile(sorted []time.Duration, p int) time.Duration {
	return sorted[max(0, (len(sorted)*p+99)/100-1)]
}
