package store

import (
	"context"
	"database/sql"
	"time"
)

// Gap is a call that the portal had no answer to.
type Gap struct {
	Method string    `json:"method"`
	Path   string    `json:"path"`
	Count  int       `json:"count"`
	First  time.Time `json:"first"`
	Last   time.Time `json:"last"`
}

// gapsMost bounds how many different calls are remembered.
const gapsMost = 1000

// AddGap counts a call.
func (s *Store) AddGap(ctx context.Context, method, path string) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		now := millis(s.opts.Now())
		_, err := tx.ExecContext(ctx, `INSERT INTO gaps (method, path, count, first_at, last_at)
			SELECT ?, ?, 1, ?, ? WHERE (SELECT count(*) FROM gaps) < ? OR EXISTS (SELECT 1 FROM gaps WHERE method = ? AND path = ?)
			ON CONFLICT (method, path) DO UPDATE SET count = count + 1, last_at = excluded.last_at`, method, path, now, now, gapsMost, method, path)
		return err
	})
}

// Gaps lists them, the last first.
func (s *Store) Gaps(ctx context.Context) ([]Gap, error) {
	list, err := rows(ctx, s.read, func(scan func(...any) error) (g Gap, err error) {
		var first, last int64
		err = scan(&g.Method, &g.Path, &g.Count, &first, &last)
		g.First, g.Last = fromMillis(first), fromMillis(last)
		return g, err
	}, "SELECT method, path, count, first_at, last_at FROM gaps ORDER BY last_at DESC, path")
	if list == nil && err == nil {
		list = []Gap{}
	}
	return list, err
}
