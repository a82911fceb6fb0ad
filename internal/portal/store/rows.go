package store

import (
	"context"
	"database/sql"
)

// rowsQuerier is a database or a transaction.
type rowsQuerier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// column gives the values of a query for one column.
func column[T any](ctx context.Context, q rowsQuerier, query string, args ...any) ([]T, error) {
	list, err := rows(ctx, q, func(scan func(...any) error) (v T, err error) {
		err = scan(&v)
		return v, err
	}, query, args...)
	if list == nil && err == nil {
		list = []T{}
	}
	return list, err
}

// rows gives what read makes of each row of a query; it gets the Scan of the row.
func rows[T any](ctx context.Context, q rowsQuerier, read func(scan func(...any) error) (T, error), query string, args ...any) ([]T, error) {
	found, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer found.Close()
	var list []T
	for found.Next() {
		v, err := read(found.Scan)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, found.Err()
}
