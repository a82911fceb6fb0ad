// Package host serves what is deployed in a portal: the functions of the design
// manager and of every project, through the same gateway and workers as fns dev,
// beside the portal's own API.
package host

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/fns-dev/fns/internal/archive"
	"github.com/fns-dev/fns/internal/devserver"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/gateway"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/portal"
	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/redact"
	"github.com/fns-dev/fns/internal/sysx"
)

// Pool is a devserver.Pool with its end.
type Pool interface {
	devserver.Pool
	io.Closer
}

// Options set up a Host. Everything but Limits, CacheDir and Packages is required.
type Options struct {
	Portal *portal.Portal
	Store  *store.Store
	// NewPool makes the pool of one project.
	NewPool func() (Pool, error)
	// Engine describes what the pools run functions in.
	Engine devserver.Engine
	// Sink hears of invocations; a portal.Recorder.
	Sink     event.Sink
	WorkDir  string // absolute folder for what is served, outside of any project
	CacheDir string
	Limits   limits.Set
	// Packages makes the packages of a folder with a package.json available in it;
	// project is the name of the project, "" for the design manager, and rel the
	// folder's path there. It may be nil.
	Packages func(ctx context.Context, project, rel, dir string) error
	// Report hears what goes wrong while something is made ready.
	Report func(error)
}

// Host answers calls of functions, and hands all others to the portal. Close must
// be called.
type Host struct {
	opts Options
	dir  string     // of what is served
	lock *sysx.Lock // says that dir is in use

	// loading is the context that projects are made ready in: that of no request, for
	// the next one needs them, too.
	loading context.Context
	stop    context.CancelFunc

	mu    sync.Mutex
	state string           // as of the store
	sites map[string]*site // by name of the project, "" for the design manager
	paths map[string]string
	apps  map[string]string // projects by id of an app

	retiring sync.WaitGroup
}

// site is one project that is served.
type site struct {
	source string            // changes with the code that is served
	given  map[string]string // the secrets that it was made with
	ready  chan struct{}     // closed once the rest is there
	uses   map[string]bool   // names of secrets that it uses; nil where they are not known
	dir    string
	loaded *devserver.Loaded // nil where it can't be loaded
	err    error
	pool   Pool
	// requests are those that run; they are added with Host.mu held, while the
	// site is one of Host.sites.
	requests sync.WaitGroup
}

// New makes a Host; nothing is loaded before the first call.
func New(opts Options) (*Host, error) {
	if err := os.MkdirAll(opts.WorkDir, 0o700); err != nil {
		return nil, err
	}
	dir, lock, err := served(opts.WorkDir)
	if err != nil {
		return nil, err
	}
	loading, stop := context.WithCancel(context.Background())
	return &Host{opts: opts, dir: dir, lock: lock, loading: loading, stop: stop, sites: map[string]*site{}}, nil
}

// Close ends all workers, and requests that still run with them.
func (h *Host) Close() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.stop()
	h.retiring.Wait()
	var errs []error
	for _, s := range h.sites {
		<-s.ready
		errs = append(errs, s.close())
	}
	h.sites = map[string]*site{}
	return errors.Join(append(errs, os.RemoveAll(h.dir), h.lock.Remove())...)
}

func (s *site) close() error {
	var errs []error
	if s.loaded != nil {
		errs = append(errs, s.loaded.Close())
	}
	if s.pool != nil {
		errs = append(errs, s.pool.Close())
	}
	return errors.Join(append(errs, os.RemoveAll(s.dir))...)
}

// The paths below which functions are called.
const (
	cmsPrefix = "/_hcms/api/"
	appPrefix = "/hs/serverless/"
)

// ServeHTTP answers one call.
func (h *Host) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	path := req.URL.Path
	cms, app := strings.HasPrefix(path, cmsPrefix), strings.HasPrefix(path, appPrefix)
	private, isPrivate := strings.CutPrefix(path, gateway.PrivatePath)
	if !cms && !app && !isPrivate {
		h.opts.Portal.ServeHTTP(w, req)
		return
	}
	h.mu.Lock()
	err := h.sync(req.Context())
	name := ""
	switch {
	case app:
		name = h.paths[strings.Trim(strings.TrimPrefix(path, appPrefix), "/")]
	case isPrivate:
		name = h.apps[private]
	}
	var s *site
	if cms || name != "" {
		s = h.sites[name]
	}
	if s != nil {
		s.requests.Add(1)
		defer s.requests.Done()
	}
	h.mu.Unlock()
	if s != nil {
		select {
		case <-s.ready:
		case <-req.Context().Done():
			return // and nobody is left to hear of it
		}
	}
	switch {
	case err != nil:
		portal.WriteError(w, http.StatusInternalServerError, "INTERNAL_ERROR", err.Error())
	case s == nil:
		portal.WriteError(w, http.StatusNotFound, "OBJECT_NOT_FOUND", fmt.Sprintf("nothing is deployed at %s", path))
	case s.err != nil:
		portal.WriteError(w, http.StatusInternalServerError, "INTERNAL_ERROR", fmt.Sprintf("what is deployed can't be served: %v", s.err))
	default:
		s.loaded.ServeHTTP(w, req)
	}
}

// Sync begins to make everything ready that is deployed now.
func (h *Host) Sync(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.sync(ctx)
}

func (h *Host) sync(ctx context.Context) error {
	state, err := h.opts.Store.Site(ctx)
	if err != nil || state == h.state && h.paths != nil {
		return err
	}
	projects, err := h.opts.Store.Projects(ctx)
	if err != nil {
		return err
	}
	routes, err := h.opts.Store.Routes(ctx)
	if err != nil {
		return err
	}
	apps, err := h.opts.Store.Apps(ctx, 0)
	if err != nil {
		return err
	}
	h.paths, h.apps = map[string]string{}, map[string]string{}
	for _, r := range routes {
		if r.Kind == store.RouteOfProject {
			h.paths[r.Path] = r.Owner
		}
	}
	current := map[string]bool{}
	for _, pr := range projects {
		if pr.Deployed == 0 {
			continue
		}
		current[pr.Name] = true
		for _, a := range apps {
			if a.Project == pr.ID {
				h.apps[strconv.FormatInt(a.ID, 10)] = pr.Name
			}
		}
		secrets, err := portal.FunctionSecrets(ctx, h.opts.Store, pr.Name)
		if err != nil {
			return err
		}
		h.replace(pr.Name, digest(strconv.FormatInt(pr.Deployed, 10), nil), secrets, func(ctx context.Context, dir string) error {
			return h.opts.Portal.Unpack(ctx, pr, pr.Deployed, dir)
		})
	}
	files, err := h.opts.Store.FunctionFiles(ctx)
	if err != nil {
		return err
	}
	if len(store.Folders(files)) > 0 {
		current[""] = true
		secrets, err := portal.FunctionSecrets(ctx, h.opts.Store, "")
		if err != nil {
			return err
		}
		h.replace("", digest("", files), secrets, func(_ context.Context, dir string) error {
			var list []archive.File
			for _, f := range files {
				list = append(list, archive.File{Name: f.Path, Data: f.Data})
			}
			_, err := archive.Extract(dir, list, true)
			return err
		})
	}
	for name, s := range h.sites {
		if !current[name] {
			delete(h.sites, name)
			h.retire(s)
		}
	}
	h.state = state
	return nil
}

func digest(build string, files []store.File) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q", build)
	for _, f := range files {
		fmt.Fprintf(sum, "%q%q", f.Path, f.Data)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// replace serves another state of a project, unless it is served already. The old
// one finishes its requests.
func (h *Host) replace(name, source string, secrets map[string]string, unpack func(ctx context.Context, dir string) error) {
	old := h.sites[name]
	if old != nil && old.source == source && old.knows(secrets) {
		return
	}
	s := &site{source: source, given: secrets, ready: make(chan struct{})}
	go func() {
		defer close(s.ready)
		s.err = h.load(h.loading, s, name, unpack)
		if s.err != nil && h.opts.Report != nil && h.loading.Err() == nil {
			h.opts.Report(fmt.Errorf("serve %s: %w", label(name), s.err))
		}
		if s.err == nil {
			s.uses = map[string]bool{project.TokenVariable: true}
			for _, fn := range s.loaded.Project().Functions {
				for _, secret := range fn.Secrets {
					s.uses[secret.Name] = true
				}
			}
		}
	}()
	h.sites[name] = s
	if old != nil {
		h.retire(old)
	}
}

// knows reports whether the site has these values of the secrets that it uses; of
// all secrets, where it is not yet known which these are.
func (s *site) knows(secrets map[string]string) bool {
	var uses map[string]bool
	select {
	case <-s.ready:
		uses = s.uses
	default:
	}
	used := func(all map[string]string) map[string]string {
		all = maps.Clone(all)
		maps.DeleteFunc(all, func(name, _ string) bool { return uses != nil && !uses[name] })
		return all
	}
	return maps.Equal(used(s.given), used(secrets))
}

func label(name string) string {
	if name == "" {
		return "the functions of the design manager"
	}
	return "the project " + name
}

// retire ends a site that is none of h.sites any more, once its requests are done.
func (h *Host) retire(s *site) {
	h.retiring.Go(func() {
		<-s.ready
		s.requests.Wait()
		if err := s.close(); err != nil && h.opts.Report != nil {
			h.opts.Report(err)
		}
	})
}

func (h *Host) load(ctx context.Context, s *site, name string, unpack func(ctx context.Context, dir string) error) error {
	var err error
	if s.dir, err = os.MkdirTemp(h.dir, "site-"); err != nil {
		return err
	}
	if err := unpack(ctx, s.dir); err != nil {
		return err
	}
	if h.opts.Packages != nil {
		h.packages(ctx, name, s.dir)
	}
	if s.pool, err = h.opts.NewPool(); err != nil {
		return err
	}
	s.loaded, _, err = devserver.Load(ctx, devserver.Options{
		Start: s.dir, Limits: h.opts.Limits, Sink: h.opts.Sink, Pool: s.pool, Engine: h.opts.Engine, CacheDir: h.opts.CacheDir,
		Redactor: redact.New(nil), NoWatch: true, AccountID: portal.AccountID,
		Secrets: func(string) map[string]string { return s.given },
	})
	return err
}

// packages looks for folders with a package.json.
func (h *Host) packages(ctx context.Context, name, dir string) {
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() != "package.json" {
			return err
		}
		folder := filepath.Dir(path)
		rel, err := filepath.Rel(dir, folder)
		if err != nil {
			return err
		}
		return h.opts.Packages(ctx, name, filepath.ToSlash(rel), folder)
	})
	if err != nil && h.opts.Report != nil {
		h.opts.Report(fmt.Errorf("packages of %s: %w", label(name), err))
	}
}
