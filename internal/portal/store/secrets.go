package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
)

// AccountScope is the scope of the secrets of the account.
const AccountScope = "account"

// AppScope is the scope of the secrets of an app.
func AppScope(appID int64) string { return "app:" + strconv.FormatInt(appID, 10) }

// The errors about secrets and other named things.
var (
	ErrExists   = errors.New("it exists already")
	ErrNotFound = errors.New("it does not exist")
	ErrFull     = errors.New("there is no room for more")
)

// SecretNames lists the secrets of a scope by name. Values are not read.
func (s *Store) SecretNames(ctx context.Context, scope string) ([]string, error) {
	return column[string](ctx, s.read, "SELECT name FROM secrets WHERE scope = ? ORDER BY name", scope)
}

// AddSecret stores a new secret: ErrExists if there is one of that name, ErrFull
// if there are most of them.
func (s *Store) AddSecret(ctx context.Context, scope, name, value string, most int) error {
	sealer, err := s.unlock(ctx, true)
	if err != nil {
		return err
	}
	return s.update(ctx, func(tx *sql.Tx) error {
		var all, same int
		err := tx.QueryRowContext(ctx, "SELECT count(*), coalesce(sum(name = ?), 0) FROM secrets WHERE scope = ?", name, scope).Scan(&all, &same)
		switch {
		case err != nil:
			return err
		case same > 0:
			return ErrExists
		case all >= most:
			return ErrFull
		}
		now := millis(s.opts.Now())
		_, err = tx.ExecContext(ctx, "INSERT INTO secrets (scope, name, value, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
			scope, name, sealer.seal(scope, name, value), now, now)
		if err != nil {
			return err
		}
		return touchSite(ctx, tx)
	})
}

// SetSecret changes a secret: ErrNotFound if there is none.
func (s *Store) SetSecret(ctx context.Context, scope, name, value string) error {
	sealer, err := s.unlock(ctx, true)
	if err != nil {
		return err
	}
	return s.update(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "UPDATE secrets SET value = ?, updated_at = ? WHERE scope = ? AND name = ?",
			sealer.seal(scope, name, value), millis(s.opts.Now()), scope, name)
		if err := oneRow(res, err); err != nil {
			return err
		}
		return touchSite(ctx, tx)
	})
}

// DeleteSecret deletes a secret: ErrNotFound if there is none.
func (s *Store) DeleteSecret(ctx context.Context, scope, name string) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "DELETE FROM secrets WHERE scope = ? AND name = ?", scope, name)
		if err := oneRow(res, err); err != nil {
			return err
		}
		return touchSite(ctx, tx)
	})
}

// Secrets gives the secrets of a scope with their values.
func (s *Store) Secrets(ctx context.Context, scope string) (map[string]string, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT name, value FROM secrets WHERE scope = ?", scope)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	sealed := map[string][]byte{}
	for rows.Next() {
		var name string
		var value []byte
		if err := rows.Scan(&name, &value); err != nil {
			return nil, err
		}
		sealed[name] = value
	}
	if err := rows.Err(); err != nil || len(sealed) == 0 {
		return nil, err
	}
	sealer, err := s.unlock(ctx, false)
	if err != nil {
		return nil, err
	}
	if sealer == nil {
		return nil, fmt.Errorf("the local secrets have no key; fns portal reset --only secrets begins anew")
	}
	values := make(map[string]string, len(sealed))
	for name, value := range sealed {
		if values[name], err = sealer.open(scope, name, value); err != nil {
			return nil, err
		}
	}
	return values, nil
}

// oneRow is ErrNotFound where a statement found nothing.
func oneRow(res sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if err == nil && n == 0 {
		return ErrNotFound
	}
	return err
}
