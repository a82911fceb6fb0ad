package devserver

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/fns-dev/fns/internal/bundle"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/env"
	"github.com/fns-dev/fns/internal/gateway"
	"github.com/fns-dev/fns/internal/project"
)

// site is one state of the project: what was found, what was built of it, and
// what is wrong. A reload makes a new one from the last and throws it away if a
// newer change comes.
type site struct {
	project  *project.Project // the last good discovery
	found    diag.List        // of the newest discovery
	envFound diag.List
	units    []unit // in the project's order
	epoch    int    // counts changes of packages
}

// unit is one function with everything it takes to serve it.
type unit struct {
	fn       *project.Function
	spec     specKey
	builder  *bundle.Builder
	out      *bundle.Output // the newest good build, nil if there was none
	problems diag.List      // of the newest build
	env      env.Resolved
	engine   *engine.Function // made of out and env
	fresh    bool             // out is none of builder's
}

// specKey is what a builder was made from.
type specKey struct {
	name, entry, dir, root, packages string
	preloaded                        bool
}

func (u *unit) failing() bool { return u.problems.HasErrors() }

// problems lists everything that is wrong.
func (s *site) problems() diag.List {
	list := slices.Concat(s.found, s.envFound)
	seen := make(map[string]bool)
	for _, u := range s.units {
		for _, d := range u.problems {
			// Two functions that import one broken file share its finding.
			if key := d.String(); !seen[key] {
				seen[key] = true
				list = append(list, d)
			}
		}
	}
	list.Sort()
	return list
}

// discover finds the functions anew. Units of functions that are built from the
// same files keep their builders and builds. With errors the last good project
// stays.
func (s *site) discover(opts Options) error {
	p, list := project.DiscoverAs(opts.Start, opts.Profile)
	s.found = list
	if list.HasErrors() || p == nil {
		return nil
	}
	s.project = p
	s.found = append(s.found, opts.Engine.findings(p)...)
	return s.arrange(opts.CacheDir)
}

// arrange makes the units fit the project and its packages.
func (s *site) arrange(cacheDir string) error {
	old := make(map[specKey]unit, len(s.units))
	named := make(map[string]unit, len(s.units))
	for _, u := range s.units {
		old[u.spec], named[u.fn.Name] = u, u
	}
	// A new list: the old one belongs to the site that is served.
	s.units = make([]unit, 0, len(s.project.Functions))
	for _, fn := range s.project.Functions {
		spec := bundle.SpecOf(fn, s.project.Root, cacheDir)
		key := specKey{
			name: spec.Name, entry: spec.Entry, dir: spec.Dir, root: spec.Root,
			packages: strings.Join(spec.PackageDirs, "\n"), preloaded: spec.IsPreloaded != nil,
		}
		u, known := old[key]
		u.fn = fn
		if !known {
			b, err := bundle.New(spec)
			if err != nil {
				return err
			}
			// Until it builds, what has this name goes on as it is.
			was := named[fn.Name]
			u.out, u.engine = was.out, was.engine
			u.spec, u.builder, u.fresh = key, b, true
		}
		s.units = append(s.units, u)
	}
	return nil
}

// build builds the units that pick chooses, several at a time. Where one does
// not build, its last good build stays. It gives false if ctx ended first.
func (s *site) build(ctx context.Context, pick func(*unit) bool) bool {
	var wg sync.WaitGroup
	slots := make(chan struct{}, max(2, runtime.GOMAXPROCS(0)))
	for i := range s.units {
		u := &s.units[i]
		if !pick(u) {
			continue
		}
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			out, list := u.builder.Build(ctx)
			if out == nil && list == nil {
				return // canceled
			}
			u.problems, u.fresh = list, false
			if out != nil {
				u.out = out
			}
		})
	}
	wg.Wait()
	return ctx.Err() == nil
}

// resolve reads the .env files anew.
func (s *site) resolve(opts env.Options) {
	all, list := env.All(s.project, opts)
	s.envFound = list
	for i := range s.units {
		s.units[i].env = all[s.units[i].fn]
	}
}

// assemble makes an engine.Function of every unit whose code, environment or
// packages differ from what is served.
func (s *site) assemble(opts Options) {
	for i := range s.units {
		u := &s.units[i]
		if u.out == nil {
			u.engine = nil
			continue
		}
		fn := &engine.Function{
			Name: u.fn.Name, Entry: u.fn.Entry, Dir: u.fn.Dir,
			Root: s.project.Root, Code: u.out.Code, Map: u.out.Map,
			Contract: engine.Return,
			Vars:     u.env.Vars,
			Limits:   opts.Limits.ForEngine(u.fn),
			Preloads: u.spec.preloaded,
		}
		if u.fn.UsesCallback {
			fn.Contract = engine.Callback
		}
		if u.spec.packages != "" {
			fn.PackageDirs = []string{u.spec.packages}
		}
		fn.Hash = hash(u.out.Hash, fn, s.epoch)
		if u.engine == nil || u.engine.Hash != fn.Hash {
			u.engine = fn
		}
	}
}

func hash(code string, fn *engine.Function, epoch int) string {
	h := sha256.New()
	put := func(parts ...string) {
		for _, p := range parts {
			var n [8]byte
			binary.LittleEndian.PutUint64(n[:], uint64(len(p)))
			h.Write(n[:])
			h.Write([]byte(p))
		}
	}
	put(code, fn.Name, fn.Entry, fn.Dir, string(fn.Contract), fmt.Sprint(fn.Limits, epoch))
	put(fn.PackageDirs...)
	for _, name := range slices.Sorted(maps.Keys(fn.Vars)) {
		put(name, fn.Vars[name])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// functions are the engine functions in service.
func (s *site) functions() []*engine.Function {
	list := make([]*engine.Function, 0, len(s.units))
	for i := range s.units {
		if fn := s.units[i].engine; fn != nil {
			list = append(list, fn)
		}
	}
	return list
}

func (s *site) generation(opts Options) *gateway.Generation {
	routes := make([]gateway.Route, len(s.units))
	for i, u := range s.units {
		routes[i] = gateway.Route{Function: u.fn, Engine: u.engine, Env: u.env, Problems: u.problems}
	}
	return gateway.NewGeneration(routes, opts.Limits, opts.AccountID, s.problems().HasErrors())
}

// changed names the functions that answer differently from those of old, and
// says whether anything else of what is served differs.
func (s *site) changed(old *site) (names []string, any bool) {
	was := make(map[string]*unit, len(old.units))
	for i := range old.units {
		was[old.units[i].fn.Name] = &old.units[i]
	}
	for i := range s.units {
		u := &s.units[i]
		o := was[u.fn.Name]
		delete(was, u.fn.Name)
		if o == nil || o.engine != u.engine || !reflect.DeepEqual(o.env, u.env) || !sameFunction(o.fn, u.fn) {
			names = append(names, u.fn.Name)
		}
	}
	slices.Sort(names)
	return names, len(names) > 0 || len(was) > 0
}

// sameFunction compares what a manifest says, wherever in the file it says it.
func sameFunction(a, b *project.Function) bool {
	if a == b {
		return true
	}
	plain := func(f *project.Function) project.Function {
		c := *f
		c.Range = diag.Range{}
		c.Secrets = slices.Clone(f.Secrets)
		for i := range c.Secrets {
			c.Secrets[i].Range = diag.Range{}
		}
		if f.Endpoint != nil {
			e := *f.Endpoint
			e.Range = diag.Range{}
			c.Endpoint = &e
		}
		return c
	}
	return reflect.DeepEqual(plain(a), plain(b))
}

// closeBuilders closes the builders of s that keep does not use.
func (s *site) closeBuilders(keep *site) {
	used := make(map[*bundle.Builder]bool)
	if keep != nil {
		for _, u := range keep.units {
			used[u.builder] = true
		}
	}
	for _, u := range s.units {
		if u.builder != nil && !used[u.builder] {
			u.builder.Close()
		}
	}
}
