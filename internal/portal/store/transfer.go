package store

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Parts are what can be reset by itself, and the tables of each.
func Parts() map[string][]string {
	return map[string][]string{
		"secrets":  {"secrets"},
		"logs":     {"runs"},
		"files":    {"files", "folder_builds"},
		"projects": {"deploys", "builds", "apps", "projects"},
		"gaps":     {"gaps"},
	}
}

// Reset deletes some of Parts, or everything where none is named.
func (s *Store) Reset(ctx context.Context, parts ...string) error {
	var list []string
	all := len(parts) == 0
	if all {
		list = tables()
		slices.Reverse(list)
	}
	for _, p := range parts {
		list = append(list, Parts()[p]...)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	id, err := meta(ctx, s.read, metaID)
	if err != nil {
		return err
	}
	place, err := meta(ctx, s.read, metaKeyPlace)
	if err != nil {
		return err
	}
	err = s.update(ctx, func(tx *sql.Tx) error {
		for _, table := range list {
			if _, err := tx.ExecContext(ctx, "DELETE FROM "+table); err != nil {
				return err
			}
		}
		switch {
		case all:
		case slices.Contains(parts, "files"):
			if _, err := tx.ExecContext(ctx, "DELETE FROM routes WHERE kind = ?", RouteOfFiles); err != nil {
				return err
			}
			fallthrough
		case slices.Contains(parts, "projects"):
			if !slices.Contains(parts, "projects") {
				break
			}
			if _, err := tx.ExecContext(ctx, "DELETE FROM routes WHERE kind = ?", RouteOfProject); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, "DELETE FROM secrets WHERE scope <> ?", AccountScope); err != nil {
				return err
			}
		}
		if slices.Contains(list, "secrets") {
			if _, err := tx.ExecContext(ctx, "DELETE FROM meta WHERE name IN (?, ?, ?)", metaID, metaKeyPlace, metaKeyCheck); err != nil {
				return err
			}
		}
		return touchSite(ctx, tx)
	})
	if err != nil {
		return err
	}
	if slices.Contains(list, "secrets") && id != "" {
		s.opts.Keys.forget(id, place)
		s.sealer = nil
	}
	_, err = s.write.ExecContext(ctx, "VACUUM") // deleted secrets and logs leave the file
	return err
}

// exportFormat is the version of the form that Export writes.
const exportFormat = 1

// header is the first line of an export.
type header struct {
	Format  int  `json:"fnsPortal"`
	Schema  int  `json:"schema"`
	Secrets bool `json:"secrets"` // whether values of secrets are in it, in the clear
}

// row is a further line of an export.
type row struct {
	Table  string `json:"t"`
	Values []cell `json:"v"`
}

// cell is a value: exactly one field is set, or none for null.
type cell struct {
	Int  *int64  `json:"i,omitempty"`
	Text *string `json:"s,omitempty"`
	Blob []byte  `json:"b,omitempty"`
	Nil  bool    `json:"e,omitempty"` // an empty blob
}

// Export writes the whole state as lines of JSON. With secrets their values are
// in it, unencrypted; without, they are left out.
func (s *Store) Export(ctx context.Context, w io.Writer, secrets bool) error {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}) // one moment, whoever writes meanwhile
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // it has changed nothing
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	if err := enc.Encode(header{exportFormat, len(migrations()), secrets}); err != nil {
		return err
	}
	var sealer *sealer
	if secrets {
		if sealer, err = s.unlock(ctx, false); err != nil {
			return err
		}
	}
	for _, table := range tables() {
		if table == "secrets" && sealer == nil {
			continue
		}
		rows, err := tx.QueryContext(ctx, "SELECT * FROM "+table)
		if err != nil {
			return err
		}
		if err := exportRows(rows, enc, table, sealer); err != nil {
			return err
		}
	}
	return out.Flush()
}

func exportRows(rows *sql.Rows, enc *json.Encoder, table string, sealer *sealer) error {
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	for rows.Next() {
		values := make([]any, len(columns))
		targets := make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		r := row{Table: table}
		for i, v := range values {
			if table == "secrets" && columns[i] == "value" {
				text, err := sealer.open(values[0].(string), values[1].(string), v.([]byte))
				if err != nil {
					return err
				}
				v = text
			}
			c, err := toCell(v)
			if err != nil {
				return fmt.Errorf("%s.%s: %w", table, columns[i], err)
			}
			r.Values = append(r.Values, c)
		}
		if err := enc.Encode(r); err != nil {
			return err
		}
	}
	return rows.Err()
}

func toCell(v any) (cell, error) {
	switch v := v.(type) {
	case nil:
		return cell{}, nil
	case int64:
		return cell{Int: &v}, nil
	case string:
		return cell{Text: &v}, nil
	case []byte:
		return cell{Blob: v, Nil: len(v) == 0}, nil
	}
	return cell{}, fmt.Errorf("a value of type %T", v)
}

func (c cell) value() any {
	switch {
	case c.Int != nil:
		return *c.Int
	case c.Text != nil:
		return *c.Text
	case c.Blob != nil || c.Nil:
		return append([]byte{}, c.Blob...)
	}
	return nil
}

// ErrFormat is wrapped by the errors about files that Export has not written.
var ErrFormat = errors.New("this is no export of a portal that this fns can read")

// maxLine bounds the lines that Import reads, in bytes: one holds an archive.
const maxLine = 1 << 30

// Import replaces the whole state by an export, or leaves it as it is. Secrets
// stay where the export holds none.
func (s *Store) Import(ctx context.Context, r io.Reader) error {
	dec := json.NewDecoder(io.LimitReader(r, maxLine))
	var h header
	if err := dec.Decode(&h); err != nil || h.Format != exportFormat || h.Schema != len(migrations()) {
		return fmt.Errorf("%w: the first line names format %d and schema %d, want %d and %d", ErrFormat, h.Format, h.Schema, exportFormat, len(migrations()))
	}
	var sealer *sealer
	if h.Secrets {
		var err error
		if sealer, err = s.unlock(ctx, true); err != nil {
			return err
		}
	}
	return s.update(ctx, func(tx *sql.Tx) error {
		list := tables()
		slices.Reverse(list)
		widths := map[string]int{}
		for _, table := range list {
			if table != "secrets" || h.Secrets {
				if _, err := tx.ExecContext(ctx, "DELETE FROM "+table); err != nil {
					return err
				}
			}
			columns, err := column[string](ctx, tx, "SELECT name FROM pragma_table_info(?)", table)
			if err != nil {
				return err
			}
			widths[table] = len(columns)
		}
		for {
			var line row
			err := dec.Decode(&line)
			if errors.Is(err, io.EOF) {
				return touchSite(ctx, tx)
			}
			if err != nil {
				return fmt.Errorf("%w: %v", ErrFormat, err)
			}
			width := widths[line.Table]
			if width == 0 || len(line.Values) != width || line.Table == "secrets" && !h.Secrets {
				return fmt.Errorf("%w: a line of %q with %d values", ErrFormat, line.Table, len(line.Values))
			}
			args := make([]any, width)
			for i, c := range line.Values {
				args[i] = c.value()
			}
			if line.Table == "secrets" {
				scope, ok1 := args[0].(string)
				name, ok2 := args[1].(string)
				value, ok3 := args[2].(string)
				if !ok1 || !ok2 || !ok3 {
					return fmt.Errorf("%w: a secret that is no text", ErrFormat)
				}
				args[2] = sealer.seal(scope, name, value)
			}
			query := "INSERT INTO " + line.Table + " VALUES (?" + strings.Repeat(", ?", width-1) + ")"
			if _, err := tx.ExecContext(ctx, query, args...); err != nil {
				return fmt.Errorf("%w: %v", ErrFormat, err)
			}
		}
	})
}
