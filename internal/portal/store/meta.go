package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
)

// The names of single values.
const (
	metaID       = "id"       // of this state, part of the name of its key
	metaKeyPlace = "key"      // where that key is
	metaKeyCheck = "keyCheck" // what it makes of a known text
	metaToken    = "token"    // the personal access key of the account, which signs its tokens
	metaSite     = "site"     // counts changes of what is deployed
)

// querier is a database or a transaction.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// meta gives a single value, "" where there is none.
func meta(ctx context.Context, q querier, name string) (string, error) {
	var value string
	err := q.QueryRowContext(ctx, "SELECT value FROM meta WHERE name = ?", name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

func setMeta(ctx context.Context, tx *sql.Tx, name, value string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
	return err
}

// once gives a value that is made at the first call and stays.
func (s *Store) once(ctx context.Context, name string) (string, error) {
	if value, err := meta(ctx, s.read, name); err != nil || value != "" {
		return value, err
	}
	var value string
	err := s.update(ctx, func(tx *sql.Tx) error {
		var err error
		value, err = onceIn(ctx, tx, name)
		return err
	})
	return value, err
}

func onceIn(ctx context.Context, tx *sql.Tx, name string) (string, error) {
	value, err := meta(ctx, tx, name)
	if err != nil || value != "" {
		return value, err
	}
	value = random()
	return value, setMeta(ctx, tx, name, value)
}

// random gives a text that can't be guessed. It has letters and digits only: hs
// takes a key that begins with a dash for flags.
func random() string { return rand.Text() }

// AccessKey gives the personal access key of the account, which also signs its
// access tokens.
func (s *Store) AccessKey(ctx context.Context) (string, error) { return s.once(ctx, metaToken) }

// Site gives a text that changes with what is deployed.
func (s *Store) Site(ctx context.Context) (string, error) { return meta(ctx, s.read, metaSite) }

// touchSite says that something else is deployed from now on.
func touchSite(ctx context.Context, tx *sql.Tx) error { return setMeta(ctx, tx, metaSite, random()) }
