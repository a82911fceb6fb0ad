package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/wire"
)

// Bounds are how much of the log is kept: what is older or more goes.
type Bounds struct {
	Age  time.Duration
	Size int64 // bytes of all records together
}

// DefaultBounds keep as long as HubSpot keeps logs, and what a disk does not feel.
func DefaultBounds() Bounds { return Bounds{Age: 90 * 24 * time.Hour, Size: 256 << 20} }

// pruneEvery is how often a process looks for records to delete.
const pruneEvery = time.Minute

// Run is one invocation of a function.
type Run struct {
	Seq      int64          `json:"-"` // order of arrival, from 1 on
	ID       string         `json:"id"`
	At       time.Time      `json:"at"`
	Route    string         `json:"route,omitempty"` // of an endpoint, without slashes around it
	Function string         `json:"function"`
	AppID    int64          `json:"app,omitempty"`
	System   string         `json:"system,omitempty"` // wire.SystemServerlessExecution and so on, "" for the design manager
	Method   string         `json:"method"`
	Path     string         `json:"path"` // with the query
	Status   string         `json:"status"`
	HTTP     int            `json:"http"`
	Duration float64        `json:"durationMs"`
	MemoryMB int            `json:"memoryMB"`
	MemoryOf int            `json:"memoryLimitMB"`
	Log      string         `json:"log"`
	Error    *wire.LogFault `json:"error,omitempty"`
}

// Failed reports whether the run did not succeed.
func (r *Run) Failed() bool { return r.Status != wire.LogSuccess }

// together is how many runs one statement adds.
const together = 64

// AddRuns stores runs in their order. At times it deletes what Bounds no longer allow.
func (s *Store) AddRuns(ctx context.Context, runs []Run) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		if err := addRuns(ctx, tx, runs); err != nil {
			return err
		}
		s.mu.Lock()
		due := s.opts.Now().Sub(s.pruned) >= pruneEvery
		if due {
			s.pruned = s.opts.Now()
		}
		s.mu.Unlock()
		if !due {
			return nil
		}
		return s.prune(ctx, tx)
	})
}

func addRuns(ctx context.Context, tx *sql.Tx, runs []Run) error {
	var insert *sql.Stmt
	for some := range slices.Chunk(runs, together) {
		if insert == nil || len(some) < together {
			rows := strings.Repeat(", (?, ?, ?, ?, ?, ?, ?, ?, ?)", len(some))
			next, err := tx.PrepareContext(ctx, "INSERT INTO runs (id, at, route, function, app, system, failed, size, doc) VALUES "+rows[2:])
			if err != nil {
				return err
			}
			defer next.Close() // at most two
			insert = next
		}
		args := make([]any, 0, 9*len(some))
		for i := range some {
			r := &some[i]
			doc, err := json.Marshal(r)
			if err != nil {
				return err
			}
			args = append(args, r.ID, millis(r.At), r.Route, r.Function, r.AppID, r.System, r.Failed(), len(doc), doc)
		}
		if _, err := insert.ExecContext(ctx, args...); err != nil {
			return err
		}
	}
	return nil
}

// prune deletes what is too old, then the oldest of what is too much.
func (s *Store) prune(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM runs WHERE at < ?", millis(s.opts.Now().Add(-s.opts.Logs.Age))); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM runs WHERE seq <= (
		SELECT seq FROM (SELECT seq, sum(size) OVER (ORDER BY seq DESC) AS total FROM runs) WHERE total > ? ORDER BY seq DESC LIMIT 1)`, s.opts.Logs.Size)
	return err
}

// Prune deletes what Bounds do not allow now.
func (s *Store) Prune(ctx context.Context) error {
	return s.update(ctx, func(tx *sql.Tx) error { return s.prune(ctx, tx) })
}

// RunQuery says which runs are wanted.
type RunQuery struct {
	Route  string // of an endpoint, or the name of a function that has none; "" for any
	AppID  int64  // with System; 0 for any
	System string
	Failed bool      // only these
	Since  time.Time // inclusive
	Until  time.Time // inclusive
	After  int64     // only runs with a higher Seq
	Before int64     // only runs with a lower Seq; 0 for all
	Oldest bool      // the oldest first, not the newest
	Limit  int       // 0 for none
	Offset int
}

// Runs gives the runs that a query wants.
func (s *Store) Runs(ctx context.Context, q RunQuery) ([]Run, error) {
	var where []string
	var args []any
	add := func(cond string, values ...any) {
		where = append(where, cond)
		args = append(args, values...)
	}
	if q.Route != "" {
		add("(route = ? OR route = '' AND function = ?)", q.Route, q.Route)
	}
	if q.AppID != 0 {
		add("app = ?", q.AppID)
	}
	if q.System != "" {
		add("system = ?", q.System)
	}
	if q.Failed {
		add("failed = 1")
	}
	if !q.Since.IsZero() {
		add("at >= ?", millis(q.Since))
	}
	if !q.Until.IsZero() {
		add("at <= ?", millis(q.Until))
	}
	if q.After != 0 {
		add("seq > ?", q.After)
	}
	if q.Before != 0 {
		add("seq < ?", q.Before)
	}
	query := "SELECT seq, doc FROM runs"
	if len(where) > 0 {
		query += " WHERE " + strings.Join(where, " AND ")
	}
	if q.Oldest {
		query += " ORDER BY seq"
	} else {
		query += " ORDER BY seq DESC"
	}
	if q.Limit > 0 {
		query += " LIMIT ? OFFSET ?"
		args = append(args, q.Limit, q.Offset)
	}
	return rows(ctx, s.read, scanRun, query, args...)
}

func scanRun(scan func(...any) error) (Run, error) {
	var seq int64
	var doc []byte
	if err := scan(&seq, &doc); err != nil {
		return Run{}, err
	}
	var r Run
	err := json.Unmarshal(doc, &r)
	r.Seq = seq
	return r, err
}

// Run gives the run with an id, ErrNotFound if there is none.
func (s *Store) Run(ctx context.Context, id string) (Run, error) {
	r, err := scanRun(s.read.QueryRowContext(ctx, "SELECT seq, doc FROM runs WHERE id = ? ORDER BY seq DESC LIMIT 1", id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return r, ErrNotFound
	}
	return r, err
}
