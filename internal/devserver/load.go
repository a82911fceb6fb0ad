package devserver

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"path/filepath"
	"reflect"
	"strconv"
	"sync"
	"time"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/env"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/gateway"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/project"
)

// Loaded is a project that is built and answers requests, with or without a
// server around it. It is an http.Handler.
type Loaded struct {
	opts    Options
	handler *gateway.Handler
	begun   time.Time // before any file was read
	url     string    // "http://localhost:3000", for events

	mu      sync.Mutex // guards site; only Load and Watch replace it
	site    *site
	shown   diag.List         // of the last Diagnostics event
	secrets map[string]string // all values ever seen: workers of an old build may still log
}

// Load finds, builds and warms the project at opts.Start. The list holds what is
// wrong; with an Error in it, the error is a *diag.ListError. The Loaded must be
// closed.
func Load(ctx context.Context, opts Options) (*Loaded, diag.List, error) {
	l := &Loaded{opts: opts, begun: time.Now(), secrets: make(map[string]string), url: "http://localhost"}
	s := &site{}
	err := s.discover(opts)
	if err == nil && !s.found.HasErrors() {
		var wg sync.WaitGroup
		wg.Go(func() { s.resolve(l.envOptions(s)) })
		if !s.build(ctx, func(*unit) bool { return true }) {
			err = ctx.Err()
		}
		wg.Wait()
	}
	list := s.problems()
	if err == nil {
		err = list.Err()
	}
	if err != nil {
		s.closeBuilders(nil)
		return nil, list, err
	}
	s.assemble(opts)
	var redactor gateway.Redactor
	if opts.Redactor != nil { // not a nil of another type
		redactor = opts.Redactor
	}
	l.handler = gateway.New(gateway.Options{
		Pool: opts.Pool, Sink: opts.Sink, Redactor: redactor, Limits: opts.Limits,
		AllHeaders: opts.AllHeaders, Hosts: opts.Hosts, Origins: opts.Origins,
	})
	if opts.Engine.Debugger != nil { // the ports go up with the list of functions
		for _, u := range s.units {
			opts.Engine.Debugger(u.fn.Name)
		}
	}
	l.serve(s, s.functions())
	return l, list, nil
}

// serve makes s what is served, and warms some of changed.
func (l *Loaded) serve(s *site, changed []*engine.Function) {
	l.hide(s)
	l.mu.Lock()
	l.site = s
	l.mu.Unlock()
	l.handler.Swap(s.generation(l.opts))
	l.opts.Pool.Retire(s.functions())
	for _, fn := range changed[:min(len(changed), warmMax)] {
		l.opts.Pool.Warm(fn)
	}
}

// hide tells the redactor the values of s before anything can print them.
func (l *Loaded) hide(s *site) {
	if l.opts.Redactor == nil {
		return
	}
	for _, u := range s.units {
		for name, value := range u.env.Values {
			key := name
			for n := 2; l.secrets[key] != "" && l.secrets[key] != value; n++ {
				key = name + "#" + strconv.Itoa(n) // the same name in another folder, or an older value
			}
			l.secrets[key] = value
		}
	}
	l.opts.Redactor.Set(maps.Clone(l.secrets))
}

func (l *Loaded) envOptions(s *site) env.Options {
	o := env.Options{Mode: l.opts.Mode, Anonymous: l.opts.Anonymous}
	if l.opts.Secrets != nil {
		name := ""
		if len(s.project.Developer) > 0 {
			name = s.project.Developer[0].Name
		}
		o.Extra = l.opts.Secrets(name)
	}
	return o
}

// ServeHTTP answers one request with what is loaded now.
func (l *Loaded) ServeHTTP(w http.ResponseWriter, req *http.Request) { l.handler.ServeHTTP(w, req) }

// Project gives the project that is served now.
func (l *Loaded) Project() *project.Project { return l.now().project }

func (l *Loaded) now() *site {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.site
}

// Close frees the builders. Watch must have ended. It does not close the pool.
func (l *Loaded) Close() error {
	if l == nil {
		return errors.New("close: nothing is loaded")
	}
	l.handler.Close()
	l.now().closeBuilders(nil)
	return nil
}

// report sends the list if it differs from what was sent last.
func (l *Loaded) report(list diag.List) {
	if len(list) == 0 && len(l.shown) == 0 || reflect.DeepEqual(list, l.shown) {
		return
	}
	l.shown = list
	l.opts.Sink.Emit(event.Diagnostics{Time: time.Now(), List: append(diag.List{}, list...), Stale: list.HasErrors()})
}

func (l *Loaded) started(port int, begun time.Time) event.Started {
	s := l.now()
	return event.Started{
		URL: l.url, Port: port, Root: s.project.Root, Project: s.project.Name, Platform: s.project.PlatformVersion,
		Engine: l.opts.Engine.name(), EngineVersion: l.opts.Engine.Version,
		Endpoints: l.endpoints(s), Limits: inForce(l.opts.Limits),
		Elapsed: float64(time.Since(begun).Microseconds()) / 1000,
	}
}

// endpoints lists the public routes, and the functions that only a UI extension
// calls.
func (l *Loaded) endpoints(s *site) []event.Endpoint {
	list := make([]event.Endpoint, 0, len(s.units))
	for _, u := range s.units {
		e := event.Endpoint{
			Function: u.fn.Name,
			File:     relative(s.project.Root, u.fn.Entry),
			Secrets:  append([]event.Secret{}, u.env.Secrets...),
		}
		if u.fn.Endpoint != nil {
			e.Methods, e.URL = u.fn.Endpoint.Methods, l.url+u.fn.URLPath()
		} else {
			e.Methods, e.URL, e.Private = []string{http.MethodPost}, l.url+gateway.PrivatePath+"{appId}", true
		}
		if l.opts.Engine.Debugger != nil {
			e.Debugger = l.opts.Engine.Debugger(u.fn.Name)
		}
		if u.env.File != "" {
			e.EnvFile = relative(s.project.Root, u.env.File)
		}
		if u.env.Wanted != "" {
			e.WantedEnvFile = relative(s.project.Root, u.env.Wanted)
		}
		list = append(list, e)
	}
	return list
}

// relative gives a path for people, with slashes.
func relative(root, path string) string {
	rel, err := filepath.Rel(root, path)
	if err != nil {
		rel = path
	}
	return filepath.ToSlash(rel)
}

// inForce puts the limits into words.
func inForce(set limits.Set) []event.Limit {
	table := limits.Table()
	index := make(map[limits.ID]int)
	var list []event.Limit
	for _, row := range table {
		value := "off"
		if set.On(row.ID) {
			value = row.String()
		}
		if i, seen := index[row.ID]; seen { // the time of private app functions
			if set.On(row.ID) {
				list[i].Value += ", " + value + " for " + row.Applies
			}
			continue
		}
		index[row.ID] = len(list)
		list = append(list, event.Limit{ID: string(row.ID), Value: value})
	}
	return list
}
