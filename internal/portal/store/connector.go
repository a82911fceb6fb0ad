package store

import (
	"context"
	"database/sql/driver"

	"modernc.org/sqlite"
)

// connector opens connections without the global registry of drivers.
type connector struct{ dsn string }

// Connect opens one.
func (c connector) Connect(context.Context) (driver.Conn, error) { return c.Driver().Open(c.dsn) }

// Driver gives SQLite's.
func (c connector) Driver() driver.Driver { return &sqlite.Driver{} }
