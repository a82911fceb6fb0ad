// Package store keeps the state of the account `local` on disk: secrets, the log
// of functions, files of the design manager, projects with their builds and
// deploys. It knows nothing of HTTP.
//
// It is one SQLite database in WAL mode. Several processes may use it at the same
// time. What a method has reported as done is on disk: a process that is killed,
// or a machine that loses power, takes nothing of it away.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"modernc.org/sqlite"

	"github.com/fns-dev/fns/internal/sysx"
)

// FileName is the name of the database in its folder.
const FileName = "portal.db"

// patience is how long an access waits for another process that writes.
const patience = 15 * time.Second

// Options say where the state is and how it is kept.
type Options struct {
	Dir  string // absolute folder of the database, made where it is missing
	Keys Keys   // where the key of the secrets is kept
	Logs Bounds // of the log; the zero value means DefaultBounds
	// Now tells the time; nil is the clock.
	Now func() time.Time
}

// Store is an open database. Its methods may be called from any goroutine.
type Store struct {
	opts  Options
	read  *sql.DB
	write *sql.DB // one connection: SQLite has one writer at a time

	mu     sync.Mutex
	sealer *sealer // once a secret was read or written
	pruned time.Time
}

// Exists reports whether a folder holds a database.
func Exists(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, FileName))
	return err == nil && info.Mode().IsRegular()
}

// Open opens the database of a folder, and makes it where there is none. Close
// must be called.
func Open(ctx context.Context, opts Options) (*Store, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Logs == (Bounds{}) {
		opts.Logs = DefaultBounds()
	}
	if err := prepareFolder(opts.Dir); err != nil {
		return nil, err
	}
	path := filepath.Join(opts.Dir, FileName)
	// SQLite would give the file the permissions of umask.
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	_ = f.Close() // nothing was written
	s := &Store{opts: opts}
	s.write = sql.OpenDB(connector{dsn(path, "immediate")})
	s.write.SetMaxOpenConns(1)
	s.read = sql.OpenDB(connector{dsn(path, "deferred")})
	s.read.SetMaxOpenConns(4)
	if err := s.start(ctx); err != nil {
		_ = s.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return s, nil
}

// start brings the database to the present schema. Two processes that make it at
// the same time meet in locks that do not wait; so this does.
func (s *Store) start(ctx context.Context) error {
	for deadline := time.Now().Add(patience); ; {
		err := migrate(ctx, s.write, migrations())
		if err == nil || !busy(err) || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Close ends all connections.
func (s *Store) Close() error { return errors.Join(s.read.Close(), s.write.Close()) }

// Dir gives the folder of the database.
func (s *Store) Dir() string { return s.opts.Dir }

// dsn is the address of a database file with the settings of each connection.
func dsn(path, lock string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive
	}
	q := url.Values{"_txlock": {lock}}
	for _, pragma := range []string{
		fmt.Sprintf("busy_timeout(%d)", patience.Milliseconds()),
		"journal_mode(wal)", "synchronous(full)", "foreign_keys(on)", "cache_size(-1000)", "journal_size_limit(4194304)",
	} {
		q.Add("_pragma", pragma)
	}
	return (&url.URL{Scheme: "file", OmitHost: false, Path: path, RawQuery: q.Encode()}).String()
}

// busy reports whether another process was in the way.
func busy(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code()&0xff == 5 || e.Code()&0xff == 6) // SQLITE_BUSY, SQLITE_LOCKED
}

// update runs f in a transaction that is on disk when update returns nil.
func (s *Store) update(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		_ = tx.Rollback() // the first error counts
		return err
	}
	return tx.Commit()
}

// millis is the form of times in the database.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// ignoreFile keeps the folder out of Git, whatever the project's own rules are.
const ignoreFile = "*\n"

// prepareFolder makes the folder, for its owner alone.
func prepareFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	path := filepath.Join(dir, ".gitignore")
	if err := sysx.WriteNewFile(path, []byte(ignoreFile), 0o644); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	return nil
}
