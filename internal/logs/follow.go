package logs

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/fns-dev/fns/internal/hubapi"
)

// How long Follow waits between two looks: shortly after something came, then
// longer and longer; hs always waits 5 s.
const (
	shortest = time.Second
	longest  = 5 * time.Second
)

// Events are what Follow tells about.
type Events struct {
	Record func(Record) error // a new run; its error ends following
	Lost   func(err error)    // the connection broke; told once until it is back
	Back   func()
	// Sleep waits; nil takes the clock. Tests set it.
	Sleep func(ctx context.Context, d time.Duration) error
}

// Follow gives the records of all sources as they come, until ctx ends, which is
// no error, or HubSpot refuses. It goes on through broken connections and
// HubSpot's own troubles.
func Follow(ctx context.Context, sources []Source, on Events) error {
	if on.Sleep == nil {
		on.Sleep = sleep
	}
	wait := shortest
	lost, came := false, false
	for {
		more, failed := false, error(nil)
		for _, s := range sources {
			records, further, err := s.Next(ctx)
			if ctx.Err() != nil {
				return nil //nolint:nilerr // the user has seen enough
			}
			if err != nil {
				if !passing(err) {
					return err
				}
				failed = err
				continue
			}
			more = more || further
			for _, r := range records {
				came = true
				if err := on.Record(r); err != nil {
					return err
				}
			}
		}
		switch {
		case failed != nil && !lost:
			lost = true
			on.Lost(failed)
		case failed == nil && lost:
			lost = false
			on.Back()
		}
		if more && failed == nil {
			continue
		}
		if came {
			wait = shortest
		} else {
			wait = min(wait*3/2, longest)
		}
		came = false
		if on.Sleep(ctx, wait) != nil {
			return nil
		}
	}
}

// passing reports whether an error may go away by itself: no connection, too
// many calls, trouble at HubSpot's.
func passing(err error) bool {
	var network *hubapi.NetworkError
	if errors.As(err, &network) {
		return true
	}
	status := hubapi.StatusOf(err)
	return status == http.StatusTooManyRequests || status >= 500
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
