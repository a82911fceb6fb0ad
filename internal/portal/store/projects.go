package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/fns-dev/fns/internal/wire"
)

// Project is a project of the account.
type Project struct {
	ID         int64
	Name       string
	Created    time.Time
	Updated    time.Time
	AutoDeploy bool
	Deployed   int64 // the build that is deployed, 0 for none
	LastBuild  int64 // the number of the newest build, 0 for none
	Staged     int64 // the build that files are being collected for, 0 for none
}

const projectColumns = "id, name, created_at, updated_at, auto_deploy, deployed, last_build, staged"

func scanProject(scan func(...any) error) (Project, error) {
	var p Project
	var created, updated int64
	err := scan(&p.ID, &p.Name, &created, &updated, &p.AutoDeploy, &p.Deployed, &p.LastBuild, &p.Staged)
	p.Created, p.Updated = fromMillis(created), fromMillis(updated)
	return p, notFound(err)
}

// Projects lists the projects by name.
func (s *Store) Projects(ctx context.Context) ([]Project, error) {
	return rows(ctx, s.read, scanProject, "SELECT "+projectColumns+" FROM projects ORDER BY name")
}

// Project gives a project by name, ErrNotFound if there is none.
func (s *Store) Project(ctx context.Context, name string) (Project, error) {
	return scanProject(s.read.QueryRowContext(ctx, "SELECT "+projectColumns+" FROM projects WHERE name = ?", name).Scan)
}

// ProjectByID gives a project by its id, ErrNotFound if there is none.
func (s *Store) ProjectByID(ctx context.Context, id int64) (Project, error) {
	return scanProject(s.read.QueryRowContext(ctx, "SELECT "+projectColumns+" FROM projects WHERE id = ?", id).Scan)
}

// CreateProject makes a project, ErrExists if there is one of that name.
func (s *Store) CreateProject(ctx context.Context, name string) (Project, error) {
	var p Project
	err := s.update(ctx, func(tx *sql.Tx) error {
		now := millis(s.opts.Now())
		res, err := tx.ExecContext(ctx, `INSERT INTO projects (name, created_at, updated_at, auto_deploy, deployed, last_build, staged)
			VALUES (?, ?, ?, 1, 0, 0, 0) ON CONFLICT (name) DO NOTHING`, name, now, now)
		if errors.Is(oneRow(res, err), ErrNotFound) {
			return ErrExists
		}
		if err != nil {
			return err
		}
		p, err = scanProject(tx.QueryRowContext(ctx, "SELECT "+projectColumns+" FROM projects WHERE name = ?", name).Scan)
		return err
	})
	return p, err
}

// SetAutoDeploy switches automatic deploys of a project.
func (s *Store) SetAutoDeploy(ctx context.Context, name string, on bool) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		return oneRow(tx.ExecContext(ctx, "UPDATE projects SET auto_deploy = ?, updated_at = ? WHERE name = ?", on, millis(s.opts.Now()), name))
	})
}

// SetStaged says for which build files are collected, 0 for none.
func (s *Store) SetStaged(ctx context.Context, project, build int64) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		return oneRow(tx.ExecContext(ctx, "UPDATE projects SET staged = ? WHERE id = ?", build, project))
	})
}

// DeleteProject deletes a project with its builds, deploys and apps, and the
// secrets of these.
func (s *Store) DeleteProject(ctx context.Context, name string) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		apps, err := column[int64](ctx, tx, "SELECT apps.id FROM apps JOIN projects ON projects.id = apps.project WHERE projects.name = ?", name)
		if err != nil {
			return err
		}
		for _, id := range apps {
			if _, err := tx.ExecContext(ctx, "DELETE FROM secrets WHERE scope = ?", AppScope(id)); err != nil {
				return err
			}
		}
		if err := oneRow(tx.ExecContext(ctx, "DELETE FROM projects WHERE name = ?", name)); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM routes WHERE kind = ? AND owner = ?", RouteOfProject, name); err != nil {
			return err
		}
		return touchSite(ctx, tx)
	})
}

// App is an app of a project. Info has no ids; App adds them.
type App struct {
	ID      int64
	Project int64
	UID     string
	Info    wire.App
}

// EnsureApp gives the app of a project with a uid, made or changed to what info
// says.
func (s *Store) EnsureApp(ctx context.Context, project int64, uid string, info wire.App) (App, error) {
	doc, err := json.Marshal(info)
	if err != nil {
		return App{}, err
	}
	app := App{Project: project, UID: uid, Info: info}
	err = s.update(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT INTO apps (project, uid, doc) VALUES (?, ?, ?) ON CONFLICT (project, uid) DO UPDATE SET doc = excluded.doc", project, uid, doc); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, "SELECT id FROM apps WHERE project = ? AND uid = ?", project, uid).Scan(&app.ID)
	})
	return app, err
}

// Apps lists the apps, of one project or of all for 0.
func (s *Store) Apps(ctx context.Context, project int64) ([]App, error) {
	return rows(ctx, s.read, func(scan func(...any) error) (a App, err error) {
		var doc []byte
		if err := scan(&a.ID, &a.Project, &a.UID, &doc); err != nil {
			return a, err
		}
		return a, json.Unmarshal(doc, &a.Info)
	}, "SELECT id, project, uid, doc FROM apps WHERE ? IN (0, project) ORDER BY id", project)
}
