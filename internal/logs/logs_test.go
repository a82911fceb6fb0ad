package logs

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/wire"
)

var began = time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)

func record(id string, after time.Duration, took time.Duration, status, log string) Record {
	r := Record{Source: "hello", ID: id, Time: began.Add(after), Duration: took, Status: status, Log: log}
	if status != wire.LogSuccess {
		r.Error = &Failure{Type: "TypeError", Message: "x is undefined", Stack: []string{"main (hello.js:3:1)"}}
	}
	return r
}

const printed = `2026-11-01T12:00:00.000Z	INFO	one
more of one
2026-11-01T12:00:00.001Z	0d7b-id	WARN	two
2026-11-01T12:00:00.002Z	DEBUG	three`

func TestFilters(t *testing.T) {
	t.Parallel()
	records := []Record{
		record("a", 0, 10*time.Millisecond, wire.LogSuccess, printed),
		record("b", time.Minute, 900*time.Millisecond, wire.LogUnhandledError, ""),
		record("c", 2*time.Minute, 20*time.Millisecond, wire.LogHandledError, "plain"),
	}
	tests := []struct {
		name   string
		filter Filter
		want   string
	}{
		{"none", Filter{}, "abc"},
		{"failures", Filter{Failed: true}, "bc"},
		{"successes", Filter{Succeeded: true}, "a"},
		{"a status", Filter{Statuses: []string{wire.LogHandledError}}, "c"},
		{"two statuses", Filter{Succeeded: true, Statuses: []string{wire.LogHandledError}}, "ac"},
		{"a text of the log", Filter{Search: "TWO"}, "a"},
		{"a text of the error", Filter{Search: "is undefined"}, "bc"},
		{"a text of the stack", Filter{Search: "hello.js:3"}, "bc"},
		{"since", Filter{Since: began.Add(time.Minute)}, "bc"},
		{"until", Filter{Until: began.Add(time.Minute)}, "ab"},
		{"duration", Filter{MinDuration: 20 * time.Millisecond}, "bc"},
		{"an id", Filter{RequestID: "c"}, "c"},
		{"an id in the log", Filter{RequestID: "0d7b-id"}, "a"},
		{"a level", Filter{Level: "WARN"}, "abc"},
		{"a level of successes", Filter{Level: "ERROR", Succeeded: true}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := ""
			for _, r := range records {
				if tt.filter.Apply(&r) {
					got += r.ID
				}
			}
			if got != tt.want || tt.filter.Empty() != (tt.name == "none") {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestALevelKeepsTheLinesFromItUp(t *testing.T) {
	t.Parallel()
	for level, want := range map[string]string{
		"DEBUG": printed,
		"INFO":  strings.Join(strings.Split(printed, "\n")[:3], "\n"),
		"WARN":  "2026-11-01T12:00:00.001Z\t0d7b-id\tWARN\ttwo",
		"FATAL": "",
	} {
		if got := linesFrom(printed, level); got != want {
			t.Errorf("%s: %q", level, got)
		}
	}
}

func TestParseTime(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Time{
		"10m": began.Add(-10 * time.Minute), "2h": began.Add(-2 * time.Hour), "1d": began.Add(-24 * time.Hour), "90s": began.Add(-90 * time.Second),
		"2026-10-31T10:00:00Z": time.Date(2026, 10, 31, 10, 0, 0, 0, time.UTC), "2026-10-31": time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC),
	} {
		if got, err := ParseTime(text, began); err != nil || !got.Equal(want) {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "m", "-5m", "10", "tomorrow", "10w"} {
		if got, err := ParseTime(text, began); err == nil {
			t.Errorf("%q was read as %v", text, got)
		}
	}
}

func TestStats(t *testing.T) {
	t.Parallel()
	var records []Record
	for i := range 100 {
		records = append(records, record(fmt.Sprint(i), time.Duration(i)*time.Second, time.Duration(i+1)*100*time.Millisecond, wire.LogSuccess, ""))
	}
	for i := range 3 {
		records[i*7].Status = wire.LogError
	}
	got := Summarize("hello", records, 600*time.Second, time.Minute)
	want := Stats{
		Source: "hello", Count: 100, Errors: 3, ErrorRate: 0.03, P50: 5000, P95: 9500, Max: 10000,
		From: "2026-11-01T12:00:00Z", To: "2026-11-01T12:01:39Z",
		PeakSeconds: 427, BudgetSeconds: 600, // the last 61: 4.0 s to 10.0 s
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := Summarize("x", nil, time.Minute, time.Minute); got.Count != 0 || got.Max != 0 {
		t.Errorf("%+v", got)
	}
}

func TestHostileFiguresDoNoHarm(t *testing.T) {
	t.Parallel()
	for _, ms := range []float64{-1, 1e300} {
		if got := milliseconds(ms); got != 0 {
			t.Errorf("%g gives %v", ms, got)
		}
	}
}

// tape is an endpoint's log that grows, with HubSpot's cursors.
type tape struct {
	mu       sync.Mutex
	records  []wire.LogRecord
	noPaging bool
	stutter  bool // gives the last record again
	fail     []int
	cursors  []string
}

func (p *tape) add(ids ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, id := range ids {
		p.records = append(p.records, wire.LogRecord{ID: wire.ID(id), CreatedAt: began.UnixMilli() + int64(len(p.records)), Status: wire.LogSuccess})
	}
}

func (p *tape) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.fail) > 0 {
		status := p.fail[0]
		p.fail = p.fail[1:]
		if status > 0 {
			w.WriteHeader(status)
			return
		}
	}
	if strings.HasSuffix(r.URL.Path, "/latest") {
		if len(p.records) == 0 {
			w.WriteHeader(404)
			return
		}
		_ = json.NewEncoder(w).Encode(p.records[len(p.records)-1])
		return
	}
	after := r.URL.Query().Get("after")
	p.cursors = append(p.cursors, after)
	if plain, err := url.QueryUnescape(after); err == nil {
		after = plain
	}
	id, err := base64.StdEncoding.DecodeString(after)
	if err != nil {
		w.WriteHeader(400)
		return
	}
	from := 0
	for i, rec := range p.records {
		if string(rec.ID) == string(id) {
			from = i + 1
			if p.stutter {
				from = i
			}
		}
	}
	page := wire.LogPage{Results: []wire.LogRecord{}}
	last := string(id)
	for _, rec := range p.records[from:min(len(p.records), from+followLimit)] {
		page.Results = append(page.Results, rec)
		last = string(rec.ID)
	}
	if !p.noPaging {
		page.Paging = &wire.Paging{Next: &wire.PageAfter{After: base64.StdEncoding.EncodeToString([]byte(last))}}
	}
	_ = json.NewEncoder(w).Encode(page)
}

// follow runs Follow over a tape; step happens between two looks, until it
// returns false.
func follow(t *testing.T, p http.Handler, step func(n int) bool) (ids []string, waits []time.Duration, lost, back int, err error) {
	t.Helper()
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	client := hubapi.New(hubapi.Options{Origins: hubapi.Origins{API: server.URL}, AccountID: 1, Sleep: func(context.Context, time.Duration) error { return nil }})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	err = Follow(ctx, []Source{&Endpoint{Client: client, Route: "a/b"}}, Events{
		Record: func(r Record) error { ids = append(ids, r.ID); return nil },
		Lost:   func(error) { lost++ },
		Back:   func() { back++ },
		Sleep: func(ctx context.Context, d time.Duration) error {
			waits = append(waits, d)
			if !step(len(waits)) {
				cancel()
			}
			return ctx.Err()
		},
	})
	return ids, waits, lost, back, err
}

func TestFollowingGivesEachNewRunOnce(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]*tape{"with cursors": {}, "without cursors": {noPaging: true}, "with repetitions": {stutter: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p.add("old1", "old2")
			ids, waits, lost, _, err := follow(t, p, func(n int) bool {
				switch n {
				case 1:
					p.add("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")
				case 4:
					p.add("13")
				}
				return n < 8
			})
			if err != nil || lost != 0 {
				t.Fatal(err, lost)
			}
			if diff := cmp.Diff("1 2 3 4 5 6 7 8 9 10 11 12 13", strings.Join(ids, " ")); diff != "" {
				t.Error(diff)
			}
			if waits[0] != 1500*time.Millisecond || waits[1] != shortest || waits[7] <= shortest || waits[7] > longest {
				t.Errorf("waits: %v", waits)
			}
		})
	}
}

func TestFollowingBeginsBeforeTheFirstRun(t *testing.T) {
	t.Parallel()
	p := &tape{}
	ids, _, _, _, err := follow(t, p, func(n int) bool {
		if n == 1 {
			p.add("1")
		}
		return n < 3
	})
	if err != nil || strings.Join(ids, " ") != "1" || p.cursors[0] != "" {
		t.Error(ids, p.cursors, err)
	}
}

func TestFollowingSurvivesABreak(t *testing.T) {
	t.Parallel()
	p := &tape{}
	p.add("old")
	ids, _, lost, back, err := follow(t, p, func(n int) bool {
		if n == 1 {
			p.mu.Lock()
			p.fail = []int{503, 503, 503, 503, 500, 0}
			p.mu.Unlock()
			p.add("1")
		}
		return n < 6
	})
	if err != nil || strings.Join(ids, " ") != "1" || lost != 1 || back != 1 {
		t.Errorf("%v, lost %d, back %d, %v", ids, lost, back, err)
	}
}

func TestFollowingEndsWhereHubSpotRefuses(t *testing.T) {
	t.Parallel()
	p := &tape{fail: []int{403}}
	_, _, _, _, err := follow(t, p, func(int) bool { return false })
	if hubapi.StatusOf(err) != 403 {
		t.Error(err)
	}
	p = &tape{}
	p.add("old")
	stop := errors.New("stdout is gone")
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	e := &Endpoint{Client: hubapi.New(hubapi.Options{Origins: hubapi.Origins{API: server.URL}}), Route: "a"}
	err = Follow(t.Context(), []Source{e}, Events{
		Record: func(Record) error { return stop },
		Sleep:  func(context.Context, time.Duration) error { p.add("new"); return nil },
	})
	if !errors.Is(err, stop) {
		t.Error(err)
	}
}

// search is an app's log that grows; entries may come late.
type search struct {
	mu      sync.Mutex
	entries []wire.AppLog
}

func (s *search) add(id string, at time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.entries = append(s.entries, wire.AppLog{ID: wire.ID(id), System: wire.SystemWebhooks, ExecutedAt: began.Add(at).UnixMilli()})
}

func (s *search) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if id := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]; r.Method == http.MethodGet {
		if id == "gone" {
			w.WriteHeader(404)
			return
		}
		fmt.Fprintf(w, `{"log":{"id":%q,"serverlessFunction":"fn-%s"},"consoleOutput":"one\rtwo"}`, id, id)
		return
	}
	var req wire.AppLogRequest
	_ = json.NewDecoder(r.Body).Decode(&req)
	from := 0
	if req.After != "" {
		_, _ = fmt.Sscan(req.After, &from)
	}
	page := wire.AppLogPage{Results: []wire.AppLog{}}
	for i := range s.entries {
		e := s.entries[i]
		if req.Query.Order == wire.Descending {
			e = s.entries[len(s.entries)-1-i]
		}
		if e.ExecutedAt < req.Query.StartTime || i < from {
			continue
		}
		if len(page.Results) == req.Limit {
			page.Paging = &wire.Paging{Next: &wire.PageAfter{After: fmt.Sprint(i)}}
			break
		}
		page.Results = append(page.Results, e)
	}
	_ = json.NewEncoder(w).Encode(page)
}

func TestFollowingAnAppsLogTakesLateEntriesAndWholeBursts(t *testing.T) {
	t.Parallel()
	s := &search{}
	s.add("old", 0)
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	a := &App{Client: hubapi.New(hubapi.Options{Origins: hubapi.Origins{API: server.URL}}), AppID: 1, System: wire.SystemWebhooks}
	var ids []string
	n := 0
	err := Follow(t.Context(), []Source{a}, Events{
		Record: func(r Record) error { ids = append(ids, r.ID); return nil },
		Sleep: func(context.Context, time.Duration) error {
			switch n++; n {
			case 1:
				s.add("1", 10*time.Second)
			case 2:
				s.add("late", 5*time.Second)
			case 3:
				for i := range 120 {
					s.add(fmt.Sprintf("b%d", i), 11*time.Second)
				}
			case 5:
				return context.Canceled
			}
			return nil
		},
	})
	if err != nil || len(ids) != 122 || ids[0] != "1" || ids[1] != "late" || ids[2] != "b0" || ids[121] != "b119" {
		t.Errorf("%d records: %v, %v", len(ids), ids, err)
	}
}

func TestDetailsTellWhatWasPrintedAndByWhom(t *testing.T) {
	t.Parallel()
	s := &search{}
	for _, id := range []string{"a", "gone", "b"} {
		s.add(id, 0)
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	a := &App{
		Client: hubapi.New(hubapi.Options{Origins: hubapi.Origins{API: server.URL}}), AppID: 1, System: wire.SystemWebhooks, Details: true,
		Wanted: func(r *Record) bool { return r.Function != "fn-b" },
	}
	got, err := a.Recent(t.Context(), 10)
	if err != nil || len(got) != 2 || got[0].ID != "gone" || got[1].Function != "fn-a" || got[1].Log != "one\ntwo" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestSystemsHaveTheNamesOfHS(t *testing.T) {
	t.Parallel()
	for _, system := range wire.LogSystems() {
		if got, ok := SystemByName(SystemName(system)); !ok || got != system {
			t.Errorf("%s becomes %s, %v", system, got, ok)
		}
	}
	if _, ok := SystemByName("nothing"); ok {
		t.Error("an unknown name is known")
	}
}
