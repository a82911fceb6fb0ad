package portal

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/wire"
)

// How many entries a page has where nobody says, and at most.
const (
	logPage    = 5
	logPageMax = 500
)

func (p *Portal) logRoutes() {
	p.closed("GET", wire.FunctionLogs, (*call).functionLogs)
	p.closed("GET", wire.LatestFunctionLog, (*call).latestLog)
	p.closed("POST", wire.AppLogSearch, (*call).searchAppLogs)
	p.closed("GET", wire.AppLogDetails, (*call).appLogDetails)
}

// functionLogs gives the runs of an endpoint: the newest ones, newest first, or
// with a cursor those that came after it, oldest first.
func (c *call) functionLogs() (any, error) {
	route := strings.Trim(c.path("route"), "/")
	q := store.RunQuery{Route: route, Limit: logPage}
	if text := c.param(wire.LogLimit); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return nil, invalid("limit=%s is no number of entries", text)
		}
		q.Limit = min(n, logPageMax)
	}
	cursor, follows := c.param(wire.LogAfter), c.req.URL.Query().Has(wire.LogAfter)
	if follows {
		after, err := c.cursor(cursor)
		if err != nil {
			return nil, err
		}
		q.After, q.Oldest = after, true
	}
	runs, err := c.store.Runs(c.ctx(), q)
	if err != nil {
		return nil, err
	}
	if len(runs) == 0 && !follows {
		known, err := c.knowsRoute(route)
		if err != nil {
			return nil, err
		}
		if !known {
			return nil, missing("there is no endpoint %s, and no log of one", route)
		}
	}
	page := wire.LogPage{Results: []wire.LogRecord{}}
	for i := range runs {
		page.Results = append(page.Results, logRecord(&runs[i]))
	}
	if len(runs) > 0 {
		last := runs[0] // the newest
		if follows {
			last = runs[len(runs)-1]
		}
		cursor = base64.StdEncoding.EncodeToString([]byte(last.ID))
	}
	// hs follows for as long as there is a cursor.
	page.Paging = &wire.Paging{Next: &wire.PageAfter{After: cursor}}
	return page, nil
}

func (c *call) knowsRoute(route string) (bool, error) {
	routes, err := c.store.Routes(c.ctx())
	if err != nil {
		return false, err
	}
	for _, r := range routes {
		if r.Path == route {
			return true, nil
		}
	}
	return false, nil
}

// cursor gives the place in the log that a cursor stands for: base64 of the id of
// a run, encoded for a URL once more by hs than it should be.
func (c *call) cursor(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	for range 2 {
		if id, err := base64.StdEncoding.DecodeString(text); err == nil {
			run, err := c.store.Run(c.ctx(), string(id))
			if err == nil {
				return run.Seq, nil
			}
			if !errors.Is(err, store.ErrNotFound) {
				return 0, err
			}
		}
		plain, err := url.PathUnescape(text)
		if err != nil {
			break
		}
		text = plain
	}
	// The run is gone: it was too old, or the log was reset. Following begins anew.
	return 0, nil
}

func (c *call) latestLog() (any, error) {
	route := strings.Trim(c.path("route"), "/")
	runs, err := c.store.Runs(c.ctx(), store.RunQuery{Route: route, Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(runs) == 0 {
		return nil, missing("there is no log of %s", route)
	}
	return logRecord(&runs[0]), nil
}

func logRecord(r *store.Run) wire.LogRecord {
	return wire.LogRecord{
		ID: wire.ID(r.ID), CreatedAt: r.At.UnixMilli(), ExecutionTime: float64(int64(r.Duration + 0.5)),
		Duration: fmt.Sprintf("%.2f ms", r.Duration), Memory: fmt.Sprintf("%d/%d MB", r.MemoryMB, r.MemoryOf),
		Status: r.Status, Log: r.Log, Error: r.Error,
	}
}

// searchAppLogs gives entries of the log of an app.
func (c *call) searchAppLogs() (any, error) {
	app, err := c.app("appId")
	if err != nil {
		return nil, err
	}
	var req wire.AppLogRequest
	if err := c.json(&req); err != nil {
		return nil, err
	}
	limit := req.Query.Limit
	if limit <= 0 {
		limit = req.Limit
	}
	if limit <= 0 || limit > logPageMax {
		limit = logPageMax
	}
	if req.Query.Offset < 0 {
		return nil, invalid("offset %d is negative", req.Query.Offset)
	}
	q := store.RunQuery{
		AppID: app.ID, System: req.Query.System, Failed: len(req.Query.ErrorTypes) > 0,
		Oldest: req.Query.Order == wire.Ascending, Limit: limit + 1, Offset: req.Query.Offset,
	}
	if ms := req.Query.StartTime; ms > 0 {
		q.Since = time.UnixMilli(ms)
	}
	if ms := req.Query.EndTime; ms > 0 {
		q.Until = time.UnixMilli(ms)
	}
	if req.After != "" {
		at, err := strconv.ParseInt(req.After, 10, 64)
		if err != nil {
			return nil, invalid("after %q is no cursor of this portal", req.After)
		}
		if q.Oldest {
			q.After = at
		} else {
			q.Before = at
		}
	}
	runs, err := c.store.Runs(c.ctx(), q)
	if err != nil {
		return nil, err
	}
	page := wire.AppLogPage{Results: []wire.AppLog{}}
	if len(runs) > limit {
		runs = runs[:limit]
		page.Paging = &wire.Paging{Next: &wire.PageAfter{After: strconv.FormatInt(runs[limit-1].Seq, 10)}}
	}
	for i := range runs {
		if id := req.Query.LogID; id == "" || id == runs[i].ID {
			page.Results = append(page.Results, appLog(&runs[i]))
		}
	}
	return page, nil
}

func appLog(r *store.Run) wire.AppLog {
	out := wire.AppLog{
		ID: wire.ID(r.ID), System: r.System, ExecutedAt: r.At.UnixMilli(), RespondedAt: r.At.Add(time.Duration(r.Duration * float64(time.Millisecond))).UnixMilli(),
		Duration: r.Duration, PortalID: AccountID, TraceID: r.ID, AppID: r.AppID, Label: r.Function,
	}
	if r.Failed() {
		out.ErrorType = r.Status
		if r.Error != nil {
			out.ErrorType, out.ErrorMessage = r.Error.Type, r.Error.Message
		}
	}
	return out
}

func (c *call) appLogDetails() (any, error) {
	app, err := c.app("appId")
	if err != nil {
		return nil, err
	}
	r, err := c.store.Run(c.ctx(), c.path("id"))
	if errors.Is(err, store.ErrNotFound) || err == nil && (r.AppID != app.ID || r.System != c.path("type")) {
		return nil, missing("app %d has no entry %s of type %s", app.ID, c.path("id"), c.path("type"))
	}
	if err != nil {
		return nil, err
	}
	facts := wire.AppLogFacts{AppLog: appLog(&r), TraceParentID: r.ID, CorrelationGroupID: r.ID, Function: r.Function, UserID: UserID}
	extra := map[string]string{"method": r.Method, "path": r.Path, "statusCode": strconv.Itoa(r.HTTP), "memory": fmt.Sprintf("%d/%d MB", r.MemoryMB, r.MemoryOf)}
	if facts.ExtraInfo, err = json.Marshal(extra); err != nil {
		return nil, err
	}
	return wire.AppLogDetail{Log: facts, ConsoleOutput: r.Log}, nil
}
