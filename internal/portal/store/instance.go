package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"
)

// metaInstance is the name of the value that says which process serves the state.
const metaInstance = "instance"

// Instance is a process that serves the state to others.
type Instance struct {
	ID      string    `json:"id"`
	PID     int       `json:"pid"`
	HTTP    string    `json:"http"`    // origin, "http://127.0.0.1:4000"
	TLS     string    `json:"tls"`     // address, "127.0.0.1:4001"
	CA      string    `json:"ca"`      // absolute path of a certificate in PEM form
	Started time.Time `json:"started"` // when it began
	Until   time.Time `json:"until"`   // when it is taken for dead; renewed
}

// InstanceLease is how long a process that serves the state is believed to live
// after it last said so.
const InstanceLease = 5 * time.Second

// RunningError is that another process serves the state.
type RunningError struct{ Instance Instance }

// Error says where.
func (e *RunningError) Error() string {
	return fmt.Sprintf("the portal is served already, at %s (process %d)", e.Instance.HTTP, e.Instance.PID)
}

// Instance gives the process that serves the state; ok is false if there is none.
func (s *Store) Instance(ctx context.Context) (i Instance, ok bool, err error) {
	i, ok, err = instance(ctx, s.read)
	return i, ok && s.opts.Now().Before(i.Until), err
}

func instance(ctx context.Context, q querier) (i Instance, ok bool, err error) {
	text, err := meta(ctx, q, metaInstance)
	if err != nil || text == "" {
		return i, false, err
	}
	err = json.Unmarshal([]byte(text), &i)
	return i, err == nil, err
}

// Serve says that a process serves the state, for the first time or again. It is
// a *RunningError where another one does.
func (s *Store) Serve(ctx context.Context, i Instance) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		other, ok, err := instance(ctx, tx)
		if err != nil {
			return err
		}
		now := s.opts.Now()
		if ok && other.ID != i.ID && now.Before(other.Until) {
			return &RunningError{other}
		}
		i.Until = now.Add(InstanceLease)
		data, err := json.Marshal(i)
		if err != nil {
			return err
		}
		return setMeta(ctx, tx, metaInstance, string(data))
	})
}

// Served says that a process has ended.
func (s *Store) Served(ctx context.Context, i Instance) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		other, ok, err := instance(ctx, tx)
		if err != nil || !ok || other.ID != i.ID {
			return err
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM meta WHERE name = ?", metaInstance)
		return err
	})
}
