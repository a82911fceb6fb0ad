package store

import (
	"context"
	"database/sql"
	"fmt"
)

// migrations are the steps from an empty database to the present schema, in
// order. A step that was ever released is never changed: a further one follows.
func migrations() []string {
	return []string{
		`CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

		CREATE TABLE secrets (scope TEXT NOT NULL, name TEXT NOT NULL, value BLOB NOT NULL,
			created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, PRIMARY KEY (scope, name)) WITHOUT ROWID;

		CREATE TABLE runs (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
			route TEXT NOT NULL, function TEXT NOT NULL, app INTEGER NOT NULL, system TEXT NOT NULL, failed INTEGER NOT NULL,
			size INTEGER NOT NULL, doc BLOB NOT NULL);
		CREATE INDEX runs_by_route ON runs (route, seq);
		CREATE INDEX runs_by_app ON runs (app, system, at, seq);

		CREATE TABLE files (path TEXT NOT NULL, draft INTEGER NOT NULL, data BLOB NOT NULL,
			created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, PRIMARY KEY (path, draft));

		CREATE TABLE projects (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL,
			updated_at INTEGER NOT NULL, auto_deploy INTEGER NOT NULL, deployed INTEGER NOT NULL, last_build INTEGER NOT NULL,
			staged INTEGER NOT NULL);
		CREATE TABLE builds (project INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE, id INTEGER NOT NULL,
			done INTEGER NOT NULL, lease INTEGER NOT NULL, doc BLOB NOT NULL, request BLOB NOT NULL, archive BLOB NOT NULL,
			log BLOB NOT NULL, PRIMARY KEY (project, id));
		CREATE TABLE deploys (id INTEGER PRIMARY KEY AUTOINCREMENT, project INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
			build INTEGER NOT NULL, done INTEGER NOT NULL, lease INTEGER NOT NULL, doc BLOB NOT NULL, log BLOB NOT NULL);
		CREATE TABLE apps (id INTEGER PRIMARY KEY AUTOINCREMENT, project INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
			uid TEXT NOT NULL, doc BLOB NOT NULL, UNIQUE (project, uid));
		CREATE TABLE routes (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, owner TEXT NOT NULL, route TEXT NOT NULL,
			doc BLOB NOT NULL, UNIQUE (kind, route));
		CREATE TABLE folder_builds (id INTEGER PRIMARY KEY AUTOINCREMENT, doc BLOB NOT NULL);

		CREATE TABLE gaps (method TEXT NOT NULL, path TEXT NOT NULL, count INTEGER NOT NULL, first_at INTEGER NOT NULL,
			last_at INTEGER NOT NULL, PRIMARY KEY (method, path)) WITHOUT ROWID;

		INSERT INTO sqlite_sequence (name, seq) VALUES ('projects', 100000), ('apps', 1000000), ('routes', 10000);`,

		// Ids are random: an index of them took nearly half of the time that a run costs,
		// and who looks for one looks for a late one, from the end.
		`CREATE TABLE runs_without_index (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, at INTEGER NOT NULL,
			route TEXT NOT NULL, function TEXT NOT NULL, app INTEGER NOT NULL, system TEXT NOT NULL, failed INTEGER NOT NULL,
			size INTEGER NOT NULL, doc BLOB NOT NULL);
		INSERT INTO runs_without_index SELECT seq, id, at, route, function, app, system, failed, size, doc FROM runs;
		DROP TABLE runs;
		ALTER TABLE runs_without_index RENAME TO runs;
		CREATE INDEX runs_by_route ON runs (route, seq);
		CREATE INDEX runs_by_app ON runs (app, system, at, seq);`,
	}
}

// tables lists what Reset, Export and Import go through, parents before children.
func tables() []string {
	return []string{"secrets", "runs", "files", "projects", "builds", "deploys", "apps", "routes", "folder_builds", "gaps"}
}

// VersionError is a database that a newer fns has made.
type VersionError struct{ Have, Known int }

// Error names both versions.
func (e *VersionError) Error() string {
	return fmt.Sprintf("the state has version %d, and this fns knows %d", e.Have, e.Known)
}

// Hint says what to do.
func (e *VersionError) Hint() string { return "use the newer fns, or begin anew with fns portal reset" }

// migrate applies the steps that a database lacks, all or none of them.
func migrate(ctx context.Context, db *sql.DB, steps []string) error {
	var have int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return err
	}
	if have == len(steps) {
		return nil
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	// Now that others are kept out: has one of them been here?
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return err
	}
	if have > len(steps) {
		return &VersionError{have, len(steps)}
	}
	for i, step := range steps[have:] {
		if _, err := tx.ExecContext(ctx, step); err != nil {
			return fmt.Errorf("bring the state to version %d: %w", have+i+1, err)
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", len(steps))); err != nil {
		return err
	}
	return tx.Commit()
}
