package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/fns-dev/fns/internal/wire"
)

// Build is one build of a project.
type Build struct {
	Project int64
	State   wire.Build
	Request BuildRequest
	Log     []wire.StepLog
}

// BuildRequest is what came with the archive of a build.
type BuildRequest struct {
	Upload    wire.UploadRequest  `json:"upload"`
	Legacy    bool                `json:"legacy,omitempty"`
	Structure map[string][]string `json:"structure"` // of sub-builds, by id
	Staged    bool                `json:"staged,omitempty"`
}

// Deploy is one deploy of a build.
type Deploy struct {
	Project int64
	State   wire.Deploy
	Log     []wire.StepLog
}

// lease is how long whoever works on a build or deploy has before others think
// that it is dead. It is renewed.
const lease = 10 * time.Second

// AddBuild stores a new build under the next number, which f gets to fill in the
// rest. The caller has its lease.
func (s *Store) AddBuild(ctx context.Context, project int64, archive []byte, f func(id int64) Build) (Build, error) {
	var b Build
	err := s.update(ctx, func(tx *sql.Tx) error {
		var id int64
		now := s.opts.Now()
		if err := tx.QueryRowContext(ctx, "UPDATE projects SET last_build = last_build + 1, updated_at = ? WHERE id = ? RETURNING last_build", millis(now), project).Scan(&id); err != nil {
			return notFound(err)
		}
		b = f(id)
		b.Project, b.State.BuildID = project, id
		state, request, log, err := b.docs()
		if err != nil {
			return err
		}
		if archive == nil {
			archive = []byte{}
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO builds (project, id, done, lease, doc, request, archive, log) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			project, id, wire.Finished(b.State.Status), millis(now.Add(lease)), state, request, archive, log)
		return err
	})
	return b, err
}

func (b *Build) docs() (state, request, log []byte, err error) {
	if state, err = json.Marshal(b.State); err != nil {
		return
	}
	if request, err = json.Marshal(b.Request); err != nil {
		return
	}
	log, err = json.Marshal(b.Log)
	return
}

// SaveBuild stores what a build has come to, and renews the lease.
func (s *Store) SaveBuild(ctx context.Context, b Build) error {
	return s.update(ctx, func(tx *sql.Tx) error { return s.saveBuild(ctx, tx, b) })
}

func (s *Store) saveBuild(ctx context.Context, tx *sql.Tx, b Build) error {
	state, request, log, err := b.docs()
	if err != nil {
		return err
	}
	return oneRow(tx.ExecContext(ctx, "UPDATE builds SET done = ?, lease = ?, doc = ?, request = ?, log = ? WHERE project = ? AND id = ?",
		wire.Finished(b.State.Status), millis(s.opts.Now().Add(lease)), state, request, log, b.Project, b.State.BuildID))
}

// SetArchive replaces the archive of a build that is being staged.
func (s *Store) SetArchive(ctx context.Context, project, build int64, archive []byte) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		return oneRow(tx.ExecContext(ctx, "UPDATE builds SET archive = ? WHERE project = ? AND id = ?", archive, project, build))
	})
}

// FinishBuild stores the end of a build and, in the same step, the deploy that it
// starts; nil for none. deploy gets its id before it is stored, and b can then be
// made to name it.
func (s *Store) FinishBuild(ctx context.Context, b *Build, deploy *Deploy, named func()) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		if deploy != nil {
			if err := s.addDeploy(ctx, tx, deploy); err != nil {
				return err
			}
			named()
		}
		return s.saveBuild(ctx, tx, *b)
	})
}

// ClaimBuild takes over a build that is not done and that nobody works on. It
// reports whether it is the caller's now.
func (s *Store) ClaimBuild(ctx context.Context, project, build int64) (bool, error) {
	return s.claim(ctx, "UPDATE builds SET lease = ? WHERE done = 0 AND lease < ? AND project = ? AND id = ?", project, build)
}

// ClaimDeploy is ClaimBuild for a deploy.
func (s *Store) ClaimDeploy(ctx context.Context, deploy int64) (bool, error) {
	return s.claim(ctx, "UPDATE deploys SET lease = ? WHERE done = 0 AND lease < ? AND id = ?", deploy)
}

func (s *Store) claim(ctx context.Context, query string, ids ...any) (bool, error) {
	now := s.opts.Now()
	err := s.update(ctx, func(tx *sql.Tx) error {
		return oneRow(tx.ExecContext(ctx, query, append([]any{millis(now.Add(lease)), millis(now)}, ids...)...))
	})
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// Renew keeps the lease of a build, or of a deploy where build is 0.
func (s *Store) Renew(ctx context.Context, project, build, deploy int64) error {
	until := millis(s.opts.Now().Add(lease))
	return s.update(ctx, func(tx *sql.Tx) error {
		query, args := "UPDATE builds SET lease = ? WHERE project = ? AND id = ? AND done = 0", []any{until, project, build}
		if build == 0 {
			query, args = "UPDATE deploys SET lease = ? WHERE id = ? AND done = 0", []any{until, deploy}
		}
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	})
}

// Release gives a build or deploy that is not done to whoever asks next.
func (s *Store) Release(ctx context.Context, project, build, deploy int64) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		query, args := "UPDATE builds SET lease = 0 WHERE project = ? AND id = ?", []any{project, build}
		if build == 0 {
			query, args = "UPDATE deploys SET lease = 0 WHERE id = ?", []any{deploy}
		}
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	})
}

// Build gives a build of a project, ErrNotFound if there is none.
func (s *Store) Build(ctx context.Context, project, id int64) (Build, error) {
	return scanBuild(s.read.QueryRowContext(ctx, "SELECT project, doc, request, log FROM builds WHERE project = ? AND id = ?", project, id).Scan)
}

func scanBuild(scan func(...any) error) (Build, error) {
	var b Build
	var state, request, log []byte
	if err := scan(&b.Project, &state, &request, &log); err != nil {
		return b, notFound(err)
	}
	if err := json.Unmarshal(state, &b.State); err != nil {
		return b, err
	}
	if err := json.Unmarshal(request, &b.Request); err != nil {
		return b, err
	}
	return b, json.Unmarshal(log, &b.Log)
}

// Builds gives builds with a lower number than before (0 for all), the newest
// first.
func (s *Store) Builds(ctx context.Context, project, before int64, limit int) ([]Build, error) {
	return rows(ctx, s.read, scanBuild, "SELECT project, doc, request, log FROM builds WHERE project = ? AND (? = 0 OR id < ?) ORDER BY id DESC LIMIT ?", project, before, before, limit)
}

// Archive gives the zip of a build.
func (s *Store) Archive(ctx context.Context, project, build int64) ([]byte, error) {
	var data []byte
	err := s.read.QueryRowContext(ctx, "SELECT archive FROM builds WHERE project = ? AND id = ?", project, build).Scan(&data)
	return data, notFound(err)
}

// AddDeploy stores a new deploy and gives it its id. The caller has its lease.
func (s *Store) AddDeploy(ctx context.Context, d *Deploy) error {
	return s.update(ctx, func(tx *sql.Tx) error { return s.addDeploy(ctx, tx, d) })
}

func (s *Store) addDeploy(ctx context.Context, tx *sql.Tx, d *Deploy) error {
	res, err := tx.ExecContext(ctx, "INSERT INTO deploys (project, build, done, lease, doc, log) VALUES (?, ?, 0, ?, '{}', 'null')",
		d.Project, d.State.BuildID, millis(s.opts.Now().Add(lease)))
	if err != nil {
		return err
	}
	if d.State.DeployID, err = res.LastInsertId(); err != nil {
		return err
	}
	return s.saveDeploy(ctx, tx, *d)
}

// SaveDeploy stores what a deploy has come to, and renews the lease.
func (s *Store) SaveDeploy(ctx context.Context, d Deploy) error {
	return s.update(ctx, func(tx *sql.Tx) error { return s.saveDeploy(ctx, tx, d) })
}

func (s *Store) saveDeploy(ctx context.Context, tx *sql.Tx, d Deploy) error {
	state, err := json.Marshal(d.State)
	if err != nil {
		return err
	}
	log, err := json.Marshal(d.Log)
	if err != nil {
		return err
	}
	return oneRow(tx.ExecContext(ctx, "UPDATE deploys SET done = ?, lease = ?, doc = ?, log = ? WHERE id = ?",
		wire.Finished(d.State.Status), millis(s.opts.Now().Add(lease)), state, log, d.State.DeployID))
}

// Deploy gives a deploy, ErrNotFound if there is none.
func (s *Store) Deploy(ctx context.Context, id int64) (Deploy, error) {
	var d Deploy
	var state, log []byte
	if err := s.read.QueryRowContext(ctx, "SELECT project, doc, log FROM deploys WHERE id = ?", id).Scan(&d.Project, &state, &log); err != nil {
		return d, notFound(err)
	}
	if err := json.Unmarshal(state, &d.State); err != nil {
		return d, err
	}
	return d, json.Unmarshal(log, &d.Log)
}

// Unfinished gives the builds and deploys that are not done.
func (s *Store) Unfinished(ctx context.Context) (builds []Build, deploys []int64, err error) {
	builds, err = rows(ctx, s.read, scanBuild, "SELECT project, doc, request, log FROM builds WHERE done = 0")
	if err != nil {
		return nil, nil, err
	}
	deploys, err = column[int64](ctx, s.read, "SELECT id FROM deploys WHERE done = 0")
	return builds, deploys, err
}
