package gateway

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/env"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/project"
)

// Route is one function as it is served.
type Route struct {
	Function *project.Function
	// Engine is the build to run. Nil means that there has never been one that
	// works; Problems says why.
	Engine   *engine.Function
	Env      env.Resolved
	Problems diag.List
}

// Generation is one state of the project, ready to be served: an immutable map
// from path and method to function. Requests keep the one they began with.
type Generation struct {
	endpoints map[string]*endpoint
	private   map[string]*route // by name
	paths     []string          // of endpoints, sorted
	stale     bool
	budget    time.Duration // 0: no limit
}

// endpoint is everything behind one path.
type endpoint struct {
	methods []methodRoute
	allow   string // value of the Allow header
}

type methodRoute struct {
	method string
	*route
}

// route is a Route with what can be prepared before any request.
type route struct {
	Route
	requestMax  int64 // bytes, 0 for no limit
	mime        string
	forms       bool // takes x-www-form-urlencoded
	time        time.Duration
	privateTime time.Duration
	each        time.Duration // what an execution may take on HubSpot
	memoryMB    int
	head, tail  []byte // of the context, around the body
	budgetMock  env.Mock
	account     int64
	secrets     []byte // of the private context, JSON
}

// NewGeneration prepares routes for serving. account is context.accountId, 0 for
// that of the .env file. stale says that newer sources do not build.
func NewGeneration(routes []Route, set limits.Set, account int64, stale bool) *Generation {
	g := &Generation{
		endpoints: make(map[string]*endpoint),
		private:   make(map[string]*route),
		stale:     stale,
		budget:    time.Duration(set.Max(limits.Budget, nil, false)) * time.Millisecond,
	}
	for _, r := range routes {
		prepared := prepare(r, set, account)
		fn := r.Function
		if fn.Private {
			g.private[fn.Name] = prepared
		}
		if fn.Endpoint == nil {
			continue
		}
		path := fn.URLPath()
		e := g.endpoints[path]
		if e == nil {
			e = &endpoint{}
			g.endpoints[path] = e
		}
		for _, method := range fn.Endpoint.Methods {
			// Of two claims the first holds; discovery has reported the second.
			if e.find(method) == nil {
				e.methods = append(e.methods, methodRoute{method, prepared})
			}
		}
	}
	for _, e := range g.endpoints {
		e.allow = e.allowed()
	}
	g.paths = slices.Sorted(maps.Keys(g.endpoints))
	return g
}

func prepare(r Route, set limits.Set, account int64) *route {
	fn := r.Function
	p := &route{
		Route:       r,
		requestMax:  set.Max(limits.Request, fn, false),
		forms:       fn.Generation == project.DesignManager,
		time:        set.TimeFor(fn, false),
		privateTime: set.TimeFor(fn, true),
		each:        limits.All().TimeFor(fn, false),
		mime:        contentType(set),
		memoryMB:    int(set.Max(limits.Memory, fn, false) >> 20),
		budgetMock:  r.Env.Mock,
		account:     cmp.Or(account, r.Function.AccountID, r.Env.Mock.AccountID),
	}
	p.secrets = appendSecrets(nil, tokenSecrets(r.Env.Values))
	p.head, p.tail = contextFrame(p)
	return p
}

// contentType gives the only type that a body may have, "" where any may.
func contentType(set limits.Set) string {
	if set.On(limits.ContentType) {
		for _, l := range limits.Table() {
			if l.ID == limits.ContentType {
				return l.Text
			}
		}
	}
	return ""
}

func (e *endpoint) find(method string) *route {
	for i := range e.methods {
		if e.methods[i].method == method {
			return e.methods[i].route
		}
	}
	return nil
}

// route finds the function for a method; HEAD falls to that for GET.
func (e *endpoint) route(method string) *route {
	if r := e.find(method); r != nil {
		return r
	}
	if method == "HEAD" {
		return e.find("GET")
	}
	return nil
}

func (e *endpoint) allowed() string {
	names := make([]string, 0, len(e.methods)+2)
	for _, m := range e.methods {
		names = append(names, m.method)
	}
	if e.find("GET") != nil && e.find("HEAD") == nil {
		names = append(names, "HEAD")
	}
	if e.find("OPTIONS") == nil {
		names = append(names, "OPTIONS")
	}
	return strings.Join(names, ", ")
}

// lookup finds the endpoint of a path; one slash at its end is forgiven.
func (g *Generation) lookup(path string) *endpoint {
	if e := g.endpoints[path]; e != nil {
		return e
	}
	if trimmed, ok := strings.CutSuffix(path, "/"); ok {
		return g.endpoints[trimmed]
	}
	return nil
}
