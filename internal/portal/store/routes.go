package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/fns-dev/fns/internal/wire"
)

// The values of Route.Kind: where endpoints come from, and with that the path
// that they are below.
const (
	RouteOfFiles   = "files"   // the design manager, /_hcms/api/
	RouteOfProject = "project" // /hs/serverless/
)

// Route is an endpoint that is deployed.
type Route struct {
	Kind    string
	Owner   string // project, or .functions folder
	Path    string // without slashes around it
	Methods []string
	Info    wire.Route
}

// RouteError is two endpoints with one path.
type RouteError struct{ Path, Owner, Taken string }

// Error names both.
func (e *RouteError) Error() string {
	return fmt.Sprintf("the endpoint %s of %s exists already, in %s", e.Path, e.Owner, e.Taken)
}

// Routes lists what is deployed, by kind and path.
func (s *Store) Routes(ctx context.Context) ([]Route, error) {
	return rows(ctx, s.read, func(scan func(...any) error) (r Route, err error) {
		var id int64
		var kind, owner, path string
		var doc []byte
		if err := scan(&id, &kind, &owner, &path, &doc); err != nil {
			return r, err
		}
		err = json.Unmarshal(doc, &r)
		r.Kind, r.Owner, r.Path = kind, owner, path
		r.Info.ID = id
		return r, err
	}, "SELECT id, kind, owner, route, doc FROM routes ORDER BY kind, route")
}

// replaceRoutes makes list all endpoints of an owner, or of a kind for the owner
// "". Endpoints that stay keep their id and the time of their making.
func replaceRoutes(ctx context.Context, tx *sql.Tx, kind, owner string, list []Route) error {
	keep := map[string]bool{}
	for _, r := range list {
		var taken string
		var old []byte
		err := tx.QueryRowContext(ctx, "SELECT owner, doc FROM routes WHERE kind = ? AND route = ?", kind, r.Path).Scan(&taken, &old)
		switch {
		case err == sql.ErrNoRows:
		case err != nil:
			return err
		case kind == RouteOfProject && taken != r.Owner, keep[r.Path]:
			return &RouteError{r.Path, r.Owner, taken}
		default:
			var was Route
			if err := json.Unmarshal(old, &was); err != nil {
				return err
			}
			r.Info.Created = was.Info.Created
		}
		keep[r.Path] = true
		doc, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO routes (kind, owner, route, doc) VALUES (?, ?, ?, ?)
			ON CONFLICT (kind, route) DO UPDATE SET owner = excluded.owner, doc = excluded.doc`, kind, r.Owner, r.Path, doc); err != nil {
			return err
		}
	}
	there, err := column[string](ctx, tx, "SELECT route FROM routes WHERE kind = ? AND ? IN ('', owner)", kind, owner)
	if err != nil {
		return err
	}
	for _, path := range there {
		if keep[path] {
			continue
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM routes WHERE kind = ? AND route = ?", kind, path); err != nil {
			return err
		}
	}
	return nil
}

// FinishDeploy makes a build the deployed one with its endpoints, and the deploy
// a success, all in one step. build 0 deploys nothing: everything is taken down.
// It is ErrFull where the account would have more than most endpoints.
func (s *Store) FinishDeploy(ctx context.Context, d Deploy, project Project, build int64, routes []Route, most int) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		if err := replaceRoutes(ctx, tx, RouteOfProject, project.Name, routes); err != nil {
			return err
		}
		var n int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM routes").Scan(&n); err != nil {
			return err
		}
		if n > most && build != 0 {
			return ErrFull
		}
		if err := oneRow(tx.ExecContext(ctx, "UPDATE projects SET deployed = ?, updated_at = ? WHERE id = ?", build, millis(s.opts.Now()), project.ID)); err != nil {
			return err
		}
		if err := s.saveDeploy(ctx, tx, d); err != nil {
			return err
		}
		return touchSite(ctx, tx)
	})
}

// AddFolderBuild stores the build of a .functions folder and gives its id.
func (s *Store) AddFolderBuild(ctx context.Context, state wire.FolderBuildState) (int64, error) {
	doc, err := json.Marshal(state)
	if err != nil {
		return 0, err
	}
	var id int64
	err = s.update(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "INSERT INTO folder_builds (doc) VALUES (?)", doc)
		if err != nil {
			return err
		}
		id, err = res.LastInsertId()
		return err
	})
	return id, err
}

// FolderBuild gives the build of a .functions folder.
func (s *Store) FolderBuild(ctx context.Context, id int64) (wire.FolderBuildState, error) {
	var state wire.FolderBuildState
	var doc []byte
	if err := s.read.QueryRowContext(ctx, "SELECT doc FROM folder_builds WHERE id = ?", id).Scan(&doc); err != nil {
		return state, notFound(err)
	}
	return state, json.Unmarshal(doc, &state)
}

// AppOfRoute gives the app whose function an endpoint of a project is, 0 for none.
func (s *Store) AppOfRoute(ctx context.Context, path string) (int64, error) {
	var id int64
	err := s.read.QueryRowContext(ctx, `SELECT min(apps.id) FROM routes JOIN projects ON projects.name = routes.owner JOIN apps ON apps.project = projects.id
		WHERE routes.kind = ? AND routes.route = ? HAVING min(apps.id) IS NOT NULL`, RouteOfProject, path).Scan(&id)
	if err == sql.ErrNoRows {
		return 0, nil
	}
	return id, err
}
