package store

import (
	"context"
	"database/sql"
	"errors"
	"path"
	"slices"
	"strings"
	"time"
)

// File is a file of the design manager.
type File struct {
	Path    string // without a slash in front
	Draft   bool
	Data    []byte
	Created time.Time
	Updated time.Time
}

// Entry is a file or folder of the design manager without its content.
type Entry struct {
	Path     string // "" for the root
	Folder   bool
	Children []string // names, sorted
	Created  time.Time
	Updated  time.Time
}

// Routes are what a change of files leaves deployed: called in the transaction
// with all live files of .functions folders, and the number of endpoints that
// projects have, it gives the endpoints of the files, or an error that takes the
// change back.
type Routes func(files []File, others int) ([]Route, error)

// below matches a path and all below it. Its arguments are path, path+"/",
// path+"0": "0" is the character after the slash.
const below = "(path = ? OR path >= ? AND path < ?)"

func belowArgs(p string) []any { return []any{p, p + "/", p + "0"} }

// PutFile stores a file. A live file takes the place of its draft. It is
// ErrExists where a folder stands in its place, or a file in that of one of its
// folders.
func (s *Store) PutFile(ctx context.Context, f File, routes Routes) error {
	return s.changeFiles(ctx, f.Path, routes, func(tx *sql.Tx) error {
		if err := fits(ctx, tx, f.Path); err != nil {
			return err
		}
		now := millis(s.opts.Now())
		if !f.Draft {
			if _, err := tx.ExecContext(ctx, "DELETE FROM files WHERE path = ? AND draft = 1", f.Path); err != nil {
				return err
			}
		}
		data := f.Data
		if data == nil {
			data = []byte{}
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO files (path, draft, data, created_at, updated_at) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (path, draft) DO UPDATE SET data = excluded.data, updated_at = excluded.updated_at`, f.Path, f.Draft, data, now, now)
		return err
	})
}

// fits is ErrExists where a file can't stand at a path.
func fits(ctx context.Context, tx *sql.Tx, p string) error {
	var n int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM files WHERE path >= ? AND path < ?", p+"/", p+"0").Scan(&n); err != nil {
		return err
	}
	for dir := path.Dir(p); n == 0 && dir != "."; dir = path.Dir(dir) {
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM files WHERE path = ?", dir).Scan(&n); err != nil {
			return err
		}
	}
	if n > 0 {
		return ErrExists
	}
	return nil
}

// changeFiles runs change and, where a .functions folder is touched, finds the
// endpoints anew.
func (s *Store) changeFiles(ctx context.Context, p string, routes Routes, change func(tx *sql.Tx) error) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		if err := change(tx); err != nil {
			return err
		}
		if routes == nil {
			return nil
		}
		files, err := functionFiles(ctx, tx)
		if err != nil {
			return err
		}
		var others int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM routes WHERE kind = ?", RouteOfProject).Scan(&others); err != nil {
			return err
		}
		list, err := routes(files, others)
		if err != nil {
			return err
		}
		if err := replaceRoutes(ctx, tx, RouteOfFiles, "", list); err != nil {
			return err
		}
		return touchSite(ctx, tx)
	})
}

// InFunctions reports whether a path lies in a .functions folder, or is one.
func InFunctions(p string) bool {
	return slices.ContainsFunc(strings.Split(p, "/"), func(part string) bool {
		return strings.HasSuffix(part, ".functions") && part != ".functions"
	})
}

// FunctionFiles gives all live files that lie in .functions folders.
func (s *Store) FunctionFiles(ctx context.Context) ([]File, error) {
	return functionFiles(ctx, s.read)
}

func functionFiles(ctx context.Context, q rowsQuerier) ([]File, error) {
	return queryFiles(ctx, q, "SELECT path, draft, data, created_at, updated_at FROM files WHERE draft = 0 AND path LIKE '%.functions/%' ORDER BY path")
}

func queryFiles(ctx context.Context, q rowsQuerier, query string, args ...any) ([]File, error) {
	return rows(ctx, q, func(scan func(...any) error) (f File, err error) {
		var created, updated int64
		err = scan(&f.Path, &f.Draft, &f.Data, &created, &updated)
		f.Created, f.Updated = fromMillis(created), fromMillis(updated)
		return f, err
	}, query, args...)
}

// File gives a file: the draft if it is asked for and there is one, the live file
// if there is one, and else the draft. ErrNotFound if there is neither.
func (s *Store) File(ctx context.Context, p string, draft bool) (File, error) {
	order := "draft"
	if draft {
		order = "draft DESC"
	}
	list, err := queryFiles(ctx, s.read, "SELECT path, draft, data, created_at, updated_at FROM files WHERE path = ? ORDER BY "+order+" LIMIT 1", p)
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return File{}, err
	}
	return list[0], nil
}

// Entry gives a file or folder; the root always exists.
func (s *Store) Entry(ctx context.Context, p string) (Entry, error) {
	query, args := "SELECT path, min(created_at), max(updated_at) FROM files WHERE "+below+" GROUP BY path ORDER BY path", belowArgs(p)
	if p == "" {
		query, args = "SELECT path, min(created_at), max(updated_at) FROM files GROUP BY path ORDER BY path", nil
	}
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return Entry{}, err
	}
	defer rows.Close()
	e := Entry{Path: p, Folder: p == ""}
	seen := map[string]bool{}
	found := false
	for rows.Next() {
		var name string
		var created, updated int64
		if err := rows.Scan(&name, &created, &updated); err != nil {
			return Entry{}, err
		}
		if at := fromMillis(created); !found || at.Before(e.Created) {
			e.Created = at
		}
		if at := fromMillis(updated); at.After(e.Updated) {
			e.Updated = at
		}
		found = true
		if name == p {
			continue
		}
		e.Folder = true
		child, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(name, p), "/"), "/")
		if !seen[child] {
			seen[child] = true
			e.Children = append(e.Children, child)
		}
	}
	if err := rows.Err(); err != nil {
		return Entry{}, err
	}
	if !found && p != "" {
		return Entry{}, ErrNotFound
	}
	slices.Sort(e.Children)
	return e, nil
}

// DeleteFiles deletes a file or a folder with all in it, drafts too.
func (s *Store) DeleteFiles(ctx context.Context, p string, routes Routes) error {
	return s.changeFiles(ctx, p, routes, func(tx *sql.Tx) error {
		if p == "" {
			return ErrNotFound // the root stays
		}
		res, err := tx.ExecContext(ctx, "DELETE FROM files WHERE "+below, belowArgs(p)...)
		return oneRow(res, err)
	})
}

// MoveFiles moves a file or a folder with all in it. It is ErrExists where
// something stands at dest.
func (s *Store) MoveFiles(ctx context.Context, src, dest string, routes Routes) error {
	return s.changeFiles(ctx, src, routes, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM files WHERE "+below, belowArgs(dest)...).Scan(&n); err != nil {
			return err
		}
		if n > 0 || dest == src || strings.HasPrefix(dest, src+"/") {
			return ErrExists
		}
		if err := fits(ctx, tx, dest); err != nil {
			return err
		}
		args := append([]any{dest, len(src) + 1, millis(s.opts.Now())}, belowArgs(src)...)
		// substr counts characters, and the columns may hold any.
		res, err := tx.ExecContext(ctx, "UPDATE files SET path = ? || CAST(substr(CAST(path AS BLOB), ?) AS TEXT), updated_at = ? WHERE "+below, args...)
		return oneRow(res, err)
	})
}

// Folders gives the paths of all .functions folders that hold live files.
func Folders(files []File) []string {
	var list []string
	for _, f := range files {
		parts := strings.Split(f.Path, "/")
		for i, part := range parts[:len(parts)-1] {
			if strings.HasSuffix(part, ".functions") && part != ".functions" {
				if dir := strings.Join(parts[:i+1], "/"); !slices.Contains(list, dir) {
					list = append(list, dir)
				}
				break
			}
		}
	}
	return list
}

// errNoRows is shared by the look-ups of single rows.
func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}
