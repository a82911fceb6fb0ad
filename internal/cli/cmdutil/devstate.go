package cmdutil

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/devserver"
	"github.com/fns-dev/fns/internal/portal"
	"github.com/fns-dev/fns/internal/portal/store"
)

// VarOff switches off what a dev server has to do with the account `local`.
const VarOff = "FNS_PORTAL"

// secretsEvery is how often a dev server looks whether the secrets of the account
// have changed.
const secretsEvery = time.Second

// State ties a dev server to the state of the account `local` of its project: it
// takes secrets from there and writes invocations to its log. Nothing is made
// before the first invocation.
type State struct {
	place    portal.Place
	recorder *portal.Recorder
	warn     func(error)
	stop     context.CancelFunc
	wg       sync.WaitGroup

	mu     sync.Mutex
	store  *store.Store
	failed bool
}

// DevState ties a dev server to the state, and changes its options accordingly.
// FNS_PORTAL=off leaves it alone. Close must be called once the server has ended.
func DevState(f *factory.Factory, o *devserver.Options) *State {
	ctx, stop := context.WithCancel(context.Background())
	s := &State{stop: stop, warn: func(err error) { Warn(f, err) }}
	if f.Sys.Getenv(VarOff) == "off" {
		return s
	}
	dir := o.Start
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		dir = filepath.Dir(dir)
	}
	var err error
	if s.place, err = PortalPlace(f.Sys, dir); err != nil {
		s.warn(fmt.Errorf("the account local is left out: %w", err))
		return s
	}
	o.Secrets = s.secrets
	changed := make(chan struct{}, 1)
	o.SecretsChanged = changed
	s.recorder = portal.NewRecorder(portal.RecorderOptions{
		Next: o.Sink, Open: s.open, Warn: func(err error) { s.warn(fmt.Errorf("the log of functions is not kept: %w", err)) },
		App: func(r *store.Run) int64 {
			db, err := s.open()
			if err != nil {
				return 0
			}
			return appOfRoute(db)(r)
		},
	})
	o.Sink = s.recorder
	s.wg.Go(func() { s.poll(ctx, changed) })
	return s
}

// open opens the store, once.
func (s *State) open() (*store.Store, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.store != nil {
		return s.store, nil
	}
	var err error
	s.store, err = s.place.Open(context.Background())
	return s.store, err
}

// secrets gives the secrets of the account. Without a state there are none, and
// none is made for the question.
func (s *State) secrets(project string) map[string]string {
	if !store.Exists(s.place.Dir) {
		return nil
	}
	db, err := s.open()
	var values map[string]string
	if err == nil {
		values, err = portal.FunctionSecrets(context.Background(), db, project)
	}
	s.mu.Lock()
	known := s.failed
	s.failed = err != nil
	s.mu.Unlock()
	if err != nil && !known {
		s.warn(fmt.Errorf("the secrets of the account local are left out: %w", err))
	}
	return values
}

// poll says when the secrets may have changed.
func (s *State) poll(ctx context.Context, changed chan<- struct{}) {
	last := ""
	first := true
	t := time.NewTicker(secretsEvery)
	defer t.Stop()
	for {
		if store.Exists(s.place.Dir) {
			db, err := s.open()
			if err != nil {
				return // whoever needs it says so
			}
			site, err := db.Site(ctx)
			switch {
			case errors.Is(err, context.Canceled):
				return
			case err == nil && site != last:
				last = site
				if !first {
					select {
					case changed <- struct{}{}:
					default:
					}
				}
			}
		}
		first = false
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
	}
}

// Close writes what waits.
func (s *State) Close() {
	s.stop()
	s.wg.Wait()
	if s.recorder != nil {
		s.recorder.Close()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.store != nil {
		_ = s.store.Close() // all that counts is on disk
	}
}
