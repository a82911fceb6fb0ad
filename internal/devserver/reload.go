package devserver

import (
	"context"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/watch"
)

const (
	// patience is how often a build is given up for a newer change before one is
	// let finish: something that writes without end must not stop all reloads.
	patience = 5
	// packagesQuiet is how long packages must stay as they are: an npm install
	// changes them for seconds.
	packagesQuiet = 300 * time.Millisecond
)

// changes is what happened since the site that is served was made.
type changes struct {
	ops    map[string]watch.Op
	unsure map[string]bool // of ops: it may be what the site was made of
	rescan bool
	env    bool // secrets from elsewhere
}

func (c *changes) add(b watch.Batch) {
	if c.ops == nil {
		c.ops = make(map[string]watch.Op)
	}
	for _, ch := range b.Changes {
		if !ch.Unsure {
			delete(c.unsure, ch.Path)
		} else if _, seen := c.ops[ch.Path]; !seen {
			c.doubt(ch.Path)
		}
		if was, seen := c.ops[ch.Path]; seen && was != ch.Op {
			// It came or went in between: the cautious reading.
			c.ops[ch.Path] = watch.Removed
			if ch.Op != watch.Removed {
				c.ops[ch.Path] = watch.Created
			}
			continue
		}
		c.ops[ch.Path] = ch.Op
	}
	c.rescan = c.rescan || b.Rescan
}

func (c *changes) doubt(path string) {
	if c.unsure == nil {
		c.unsure = make(map[string]bool)
	}
	c.unsure[path] = true
}

func (c *changes) merge(older changes) {
	if c.ops == nil {
		c.ops, c.unsure = older.ops, older.unsure
	} else {
		for path, op := range older.ops {
			if _, seen := c.ops[path]; !seen {
				c.ops[path] = op
				if older.unsure[path] {
					c.doubt(path)
				}
			}
		}
	}
	c.rescan = c.rescan || older.rescan
	c.env = c.env || older.env
}

func (c *changes) empty() bool { return len(c.ops) == 0 && !c.rescan && !c.env }

// onlyPackages reports whether nothing but packages changed.
func (c *changes) onlyPackages() bool {
	for path := range c.ops {
		if !isPackages(path) {
			return false
		}
	}
	return !c.rescan && !c.env
}

// Watch reloads after each change until ctx ends. It must be called once at most.
func (l *Loaded) Watch(ctx context.Context) error {
	w, err := watch.New(watch.Options{Poll: l.opts.Poll})
	if err != nil { // no notifications: polling does it too
		if w, err = watch.New(watch.Options{Poll: true}); err != nil {
			return err
		}
	}
	defer func() { _ = w.Close() }()
	w.Set(l.watched(nil), l.begun)

	var (
		packages []string    // files of packages that functions have loaded
		pending  changes     // not in any reload yet
		taken    changes     // in the running reload
		done     chan bool   // of the running reload: whether it came to its end
		cancel   = func() {} // stops the running reload
		canceled int         // in a row
		settle   <-chan time.Time
		started  time.Time
	)
	start := func() {
		taken, pending = pending, changes{}
		settle = nil
		started = time.Now()
		run, stop := context.WithCancel(ctx)
		cancel = stop
		ended := make(chan bool, 1)
		done = ended
		loaded := packages
		go func() { ended <- l.reload(run, taken, loaded, started) }()
	}
	for {
		select {
		case <-ctx.Done():
			cancel()
			if done != nil {
				<-done
			}
			return nil
		case <-l.opts.Pool.MoreFiles():
			var since time.Time
			packages, since = l.opts.Pool.Files()
			w.Set(l.watched(packages), since)
		case <-l.opts.SecretsChanged:
			pending.env = true
			if done == nil {
				start()
			}
		case b := <-w.Changes():
			pending.add(b)
			switch {
			case done != nil && canceled < patience:
				cancel()
			case done != nil:
			case pending.onlyPackages():
				settle = time.After(packagesQuiet)
			default:
				start()
			}
		case <-settle:
			start()
		case complete := <-done:
			cancel()
			done = nil
			if complete {
				canceled = 0
				w.Set(l.watched(packages), started)
			} else {
				canceled++
				pending.merge(taken)
			}
			if !pending.empty() {
				start()
			}
		}
	}
}

// plan is what a set of changes calls for.
type plan struct {
	discover bool
	packages bool
	env      bool
	build    func(*unit) bool
}

// plan says what c calls for. Packages are the files of packages that functions
// have loaded, sorted.
func (s *site) plan(c changes, packages []string) plan {
	if c.rescan {
		return plan{discover: true, packages: true, env: true, build: func(*unit) bool { return true }}
	}
	// A project that is wrong, and a function that does not build, are tried
	// again whatever changes.
	p := plan{discover: s.found.HasErrors(), env: c.env}
	affected := make(map[string]bool)
	for path, op := range c.ops {
		// A package.json from just before the start is no reason to load every
		// function again.
		_, loaded := slices.BinarySearch(packages, path)
		p.packages = p.packages || (loaded || isPackages(path)) && !c.unsure[path]
		p.discover = p.discover || s.declares(path, op)
		for i := range s.units {
			u := &s.units[i]
			p.env = p.env || slices.Contains(u.env.Watch, path)
			depends := u.builder.Watch()
			_, input := slices.BinarySearch(depends.Files, path)
			if input || op != watch.Written && slices.Contains(depends.Dirs, filepath.Dir(path)) {
				affected[u.fn.Name] = true
			}
		}
	}
	all := p.packages
	p.build = func(u *unit) bool { return all || u.fresh || u.out == nil || u.failing() || affected[u.fn.Name] }
	return p
}

// declares reports whether discovery may see path.
func (s *site) declares(path string, op watch.Op) bool {
	base := filepath.Base(path)
	_, profile := project.ProfileName(base)
	switch {
	case profile, base == "serverless.json", base == "hsproject.json", strings.HasSuffix(base, "-hsmeta.json"),
		strings.HasSuffix(base, ".functions"), slices.Contains(s.project.Manifests, path):
		return true
	case op == watch.Written:
		return false
	}
	return slices.ContainsFunc(s.units, func(u unit) bool { return u.fn.Entry == path })
}

// isPackages reports whether path says which packages there are.
func isPackages(path string) bool {
	base := filepath.Base(path)
	return base == "package.json" || base == "node_modules" ||
		strings.Contains(filepath.ToSlash(path), "/node_modules/")
}

// reload makes a new site of the changes and serves it. It gives false if ctx
// ended first; then nothing has happened.
func (l *Loaded) reload(ctx context.Context, c changes, packages []string, begun time.Time) bool {
	old := l.now()
	plan := old.plan(c, packages)
	next := &site{project: old.project, found: old.found, envFound: old.envFound, units: slices.Clone(old.units), epoch: old.epoch}
	giveUp := func() bool { next.closeBuilders(old); return false }
	var err error
	if plan.discover {
		err = next.discover(l.opts)
	}
	if plan.packages && err == nil {
		next.epoch++
		err = next.arrange(l.opts.CacheDir)
	}
	if err != nil {
		// A builder refuses paths only that discovery never gives.
		l.opts.Sink.Emit(event.Diagnostics{Time: time.Now(), List: unexpected(err), Stale: true})
		giveUp()
		return true
	}
	if !next.build(ctx, plan.build) {
		return giveUp()
	}
	if plan.env || plan.discover || plan.packages {
		next.resolve(l.envOptions(next))
	}
	next.assemble(l.opts)
	if ctx.Err() != nil {
		return giveUp()
	}
	l.commit(old, next, c, begun)
	return true
}

func (l *Loaded) commit(old, next *site, c changes, begun time.Time) {
	names, any := next.changed(old)
	var fresh []*engine.Function
	for i := range next.units {
		if fn := next.units[i].engine; fn != nil && slices.Contains(names, next.units[i].fn.Name) {
			fresh = append(fresh, fn)
		}
	}
	l.serve(next, fresh)
	old.closeBuilders(next)
	if any {
		ev := event.Reloaded{
			Time: time.Now(), Changed: next.causes(c, names), Functions: append([]string{}, names...),
			Elapsed: float64(time.Since(begun).Microseconds()) / 1000,
		}
		if now := l.endpoints(next); !reflect.DeepEqual(now, l.endpoints(old)) {
			ev.Endpoints = now
		}
		l.opts.Sink.Emit(ev)
	}
	l.report(next.problems())
	if any {
		l.handler.Reload()
	}
}

// causes gives the changed paths for people, sorted. One that may be older than
// what was served counts if a function that has changed is made of it.
func (s *site) causes(c changes, functions []string) []string {
	paths := make([]string, 0, len(c.ops))
	for path := range c.ops {
		if !c.unsure[path] || s.madeOf(path, functions) {
			paths = append(paths, relative(s.project.Root, path))
		}
	}
	slices.Sort(paths)
	return paths
}

func (s *site) madeOf(path string, functions []string) bool {
	return slices.ContainsFunc(s.units, func(u unit) bool {
		_, input := slices.BinarySearch(u.builder.Watch().Files, path)
		return (input || path == u.fn.Manifest) && slices.Contains(functions, u.fn.Name)
	})
}

// watched are the folders in which a change may matter to what is served, and
// the files of packages.
func (l *Loaded) watched(packages []string) watch.Dirs {
	s := l.now()
	root := s.project.Root
	flat := slices.Clone(s.project.Dirs)
	for _, path := range s.project.Manifests {
		flat = append(flat, filepath.Dir(path))
	}
	for i := range s.units {
		u := &s.units[i]
		depends := u.builder.Watch()
		for _, path := range slices.Concat(depends.Files, u.env.Watch, []string{u.fn.Entry, u.fn.Manifest}) {
			flat = append(flat, filepath.Dir(path))
		}
		flat = append(flat, depends.Dirs...)
		for dir := u.fn.Dir; ; dir = filepath.Dir(dir) {
			flat = append(flat, filepath.Join(dir, "node_modules"))
			if dir == root || dir == filepath.Dir(dir) || !strings.HasPrefix(dir, root) {
				break
			}
		}
	}
	return watch.Dirs{Flat: flat, Trees: []string{root}, Files: packages}
}
