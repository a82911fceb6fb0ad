package logs

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/wire"
)

// Source is where records come from. It is for one goroutine.
type Source interface {
	// Name is what it was asked for by.
	Name() string
	// Recent gives at most limit records, the newest first.
	Recent(ctx context.Context, limit int) ([]Record, error)
	// Next gives records that are new since the last Next, the oldest first; the
	// first call finds where to begin and gives none. more says that there may be
	// further ones at once.
	Next(ctx context.Context) (records []Record, more bool, err error)
}

// followLimit is how many runs hs asks for at once while it follows.
const followLimit = 5

// Endpoint is the log of one endpoint, by its path below /_hcms/api/ or
// /hs/serverless/.
type Endpoint struct {
	Client *hubapi.Client
	Route  string

	begun  bool
	cursor string
	seen   seen
}

// Name gives the route.
func (e *Endpoint) Name() string { return e.Route }

// Recent reads one page. hubapi.IsNotFound(err) if there is no such endpoint, or
// no log of it.
func (e *Endpoint) Recent(ctx context.Context, limit int) ([]Record, error) {
	page, err := e.Client.FunctionLogs(ctx, e.Route, hubapi.LogPageOptions{Limit: limit})
	if err != nil {
		return nil, err
	}
	records := make([]Record, 0, len(page.Results))
	for _, w := range page.Results {
		records = append(records, ofFunction(e.Route, w))
	}
	return records, nil
}

// Latest gives the last run.
func (e *Endpoint) Latest(ctx context.Context) (Record, error) {
	w, err := e.Client.LatestFunctionLog(ctx, e.Route)
	if err != nil {
		return Record{}, err
	}
	return ofFunction(e.Route, *w), nil
}

// Next follows with HubSpot's cursor. An answer without one is gone on from with
// the id of the last record; hs stops there.
func (e *Endpoint) Next(ctx context.Context) ([]Record, bool, error) {
	if !e.begun {
		latest, err := e.Latest(ctx)
		if err != nil && !hubapi.IsNotFound(err) {
			return nil, false, err
		}
		e.begun = true
		if err == nil {
			e.seen.add(latest.ID)
			e.cursor = hubapi.FollowCursor(latest.ID)
		}
	}
	page, err := e.Client.FunctionLogs(ctx, e.Route, hubapi.LogPageOptions{Limit: followLimit, After: e.cursor, Follow: true})
	if hubapi.IsNotFound(err) {
		return nil, false, nil // it has not run yet
	}
	if err != nil {
		return nil, false, err
	}
	var fresh []Record
	for _, w := range page.Results {
		if r := ofFunction(e.Route, w); e.seen.add(r.ID) {
			fresh = append(fresh, r)
		}
	}
	slices.SortStableFunc(fresh, byTime)
	if after := page.Paging.After(); after != "" {
		e.cursor = after
	} else if len(fresh) > 0 {
		e.cursor = hubapi.FollowCursor(fresh[len(fresh)-1].ID)
	}
	return fresh, len(fresh) > 0 && len(page.Results) >= followLimit, nil
}

func byTime(a, b Record) int { return a.Time.Compare(b.Time) }

// App is one type of the log of an app.
type App struct {
	Client *hubapi.Client
	AppID  int64
	System string
	// Details asks for what the function printed, one call for each entry.
	Details bool
	// Wanted leaves out entries by their details; nil takes all.
	Wanted     func(*Record) bool
	ErrorsOnly bool
	Since      time.Time
	Until      time.Time

	begun bool
	last  time.Time
	after string
	seen  seen
}

// appLimit is how many entries hs asks for.
const appLimit = 50

// overlap is how far back entries are asked for again while following: they may
// reach the search later than others that are newer.
const overlap = 30 * time.Second

// Name gives the type as the command line spells it.
func (a *App) Name() string { return SystemName(a.System) }

func (a *App) query(order string, limit int) wire.AppLogRequest {
	q := wire.AppLogRequest{Limit: limit, Query: wire.AppLogQuery{System: a.System, Limit: limit, Order: order}}
	if a.ErrorsOnly {
		q.Query.ErrorTypes = []string{"*"}
	}
	if !a.Since.IsZero() {
		q.Query.StartTime = a.Since.UnixMilli()
	}
	if !a.Until.IsZero() {
		q.Query.EndTime = a.Until.UnixMilli()
	}
	return q
}

// Recent reads one page.
func (a *App) Recent(ctx context.Context, limit int) ([]Record, error) {
	page, err := a.Client.SearchAppLogs(ctx, a.AppID, a.query(wire.Descending, limit))
	if err != nil {
		return nil, err
	}
	records := make([]Record, 0, len(page.Results))
	for _, w := range page.Results {
		records = append(records, ofApp(w))
	}
	return a.complete(ctx, records)
}

// detailsAtOnce is how many details are asked for at the same time.
const detailsAtOnce = 4

// complete asks for the details of records where they are wanted.
func (a *App) complete(ctx context.Context, records []Record) ([]Record, error) {
	if a.Details {
		ctx, cancel := context.WithCancelCause(ctx)
		defer cancel(nil)
		slots := make(chan struct{}, detailsAtOnce)
		var wg sync.WaitGroup
		for i := range records {
			wg.Go(func() {
				slots <- struct{}{}
				defer func() { <-slots }()
				if ctx.Err() != nil {
					return
				}
				d, err := a.Client.AppLogDetails(ctx, a.AppID, records[i].System, records[i].ID)
				switch {
				case err == nil:
					records[i].detail(d)
				case !hubapi.IsNotFound(err): // details may be gone before the entry is
					cancel(err)
				}
			})
		}
		wg.Wait()
		if err := context.Cause(ctx); err != nil {
			return nil, err
		}
	}
	if a.Wanted != nil {
		records = slices.DeleteFunc(records, func(r Record) bool { return !a.Wanted(&r) })
	}
	return records, nil
}

// Next follows by time, with an overlap in which entries are known by their ids.
// It begins with what comes from now on, or at Since.
func (a *App) Next(ctx context.Context) ([]Record, bool, error) {
	if !a.begun {
		a.last = a.Since
		if a.Since.IsZero() {
			newest, err := a.Client.SearchAppLogs(ctx, a.AppID, a.query(wire.Descending, appLimit))
			if err != nil {
				return nil, false, err
			}
			for _, w := range newest.Results {
				r := ofApp(w)
				a.seen.add(r.ID)
				a.last = latest(a.last, r.Time)
			}
		}
		a.begun = true
	}
	q := a.query(wire.Ascending, appLimit)
	q.Query.StartTime, q.After = 0, a.after
	if !a.last.IsZero() {
		q.Query.StartTime = latest(a.last.Add(-overlap), a.Since).UnixMilli()
	}
	page, err := a.Client.SearchAppLogs(ctx, a.AppID, q)
	if err != nil {
		return nil, false, err
	}
	var fresh []Record
	for _, w := range page.Results {
		if r := ofApp(w); !a.seen.has(r.ID) {
			fresh = append(fresh, r)
		}
	}
	ids := make([]string, len(fresh))
	newest := a.last
	for i, r := range fresh {
		ids[i] = r.ID
		newest = latest(newest, r.Time)
	}
	if fresh, err = a.complete(ctx, fresh); err != nil {
		return nil, false, err // nothing is marked as seen, so the next call gives them
	}
	for _, id := range ids {
		a.seen.add(id)
	}
	// A full page is gone on from with its cursor, and the start stays until all
	// pages are read.
	full := len(page.Results) >= appLimit && page.Paging.After() != ""
	if full {
		a.after = page.Paging.After()
	} else {
		a.after, a.last = "", newest
	}
	slices.SortStableFunc(fresh, byTime)
	return fresh, full && len(fresh) > 0, nil
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// maxSeen is how many ids are remembered: more than come within the overlap.
const maxSeen = 20_000

// seen remembers the last ids.
type seen struct {
	ids   map[string]bool
	order []string
}

func (s *seen) has(id string) bool { return s.ids[id] }

// add reports whether the id is new. A record without one always is.
func (s *seen) add(id string) bool {
	if id == "" {
		return true
	}
	if s.ids[id] {
		return false
	}
	if s.ids == nil {
		s.ids = map[string]bool{}
	}
	s.ids[id] = true
	s.order = append(s.order, id)
	if len(s.order) > maxSeen {
		delete(s.ids, s.order[0])
		s.order = s.order[1:]
	}
	return true
}
