// Package devserver ties the parts together: it finds the functions, builds them,
// serves them through gateway on the loopback interface, watches their files and
// replaces what is served after each change. It owns the generation that is
// served; everything it shows is an event.
package devserver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/gateway"
	"github.com/fns-dev/fns/internal/limits"
)

// Pool runs functions; worker.Pool is one. The caller of this package owns it
// and closes it after use.
type Pool interface {
	gateway.Pool
	// Warm loads a function in the background.
	Warm(fn *engine.Function)
	// Retire names the functions in service; all others may go.
	Retire(current []*engine.Function)
	// Files gives the files of packages that functions have loaded, and a time
	// before the first that was not in the last answer was read.
	Files() (paths []string, since time.Time)
	// MoreFiles has a value when there is more in Files than was last given.
	MoreFiles() <-chan struct{}
}

// Redactor hides the values of secrets; redact.Redactor is one. It is told the
// values as the .env files give them.
type Redactor interface {
	gateway.Redactor
	Set(values map[string]string)
}

// Options say what to serve and how. Start, Sink and Pool are required.
type Options struct {
	Start string // absolute path to look for functions at
	Port  int
	// PortGiven says that no other port will do. Without it the next free one
	// is taken.
	PortGiven bool
	Profile   string // of a developer project; "" for its only one
	Limits    limits.Set
	Mode      string // chooses .env.{mode} files
	Sink      event.Sink
	Pool      Pool
	Engine    Engine   // what Pool runs functions in
	CacheDir  string   // the user's folder for caches, for the preloaded packages; "" for none
	Redactor  Redactor // nil hides nothing
	NoWatch   bool     // serve what there is, without reload
	// Secrets gives secrets from elsewhere, which stand behind those of the .env
	// files, for the functions of a developer project by name or for "" of the
	// design manager. It may be nil.
	Secrets func(project string) map[string]string
	// SecretsChanged has a value when Secrets may give others; may be nil.
	SecretsChanged <-chan struct{}
	Poll           bool  // watch by polling
	AccountID      int64 // context.accountId, 0 for that of the .env file
	// Anonymous leaves the visitor's contact out of the context.
	Anonymous bool
	// AllHeaders, Hosts and Origins are gateway's.
	AllHeaders bool
	Hosts      []string
	Origins    []string
}

// Server serves a project until its context ends.
type Server struct{ opts Options }

// New gives a server; nothing happens before Run.
func New(opts Options) *Server { return &Server{opts: opts} }

const (
	// drainTime is what running requests get to finish at the end.
	drainTime = 2 * time.Second
	// warmMax is how many functions are loaded before anybody asks for them.
	warmMax = 4
	// servingGCPercent is the collector's pace once the server runs.
	servingGCPercent = 400
)

// Run serves until ctx ends. It fails with a *diag.ListError where the project
// has errors, and with a *PortError where the port is taken.
func (s *Server) Run(ctx context.Context) error {
	begun := time.Now()
	listeners, port, err := listen(ctx, s.opts.Port, s.opts.PortGiven)
	if err != nil {
		return err
	}
	loaded, list, err := Load(ctx, s.opts)
	if err != nil {
		for _, l := range listeners {
			_ = l.Close()
		}
		return err
	}
	loaded.url = fmt.Sprintf("http://localhost:%d", port)

	// Requests outlive ctx by drainTime.
	serving, abort := context.WithCancel(context.WithoutCancel(ctx))
	defer abort()
	// No timeouts for slow clients: only this machine connects, and deadlines
	// would cost each request a tenth of its time.
	var running sync.WaitGroup // requests
	server := &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			running.Add(1)
			defer running.Done()
			loaded.ServeHTTP(w, req)
		}),
		ErrorLog:    log.New(io.Discard, "", 0), // broken connections are nobody's business
		BaseContext: func(net.Listener) context.Context { return gateway.WithLifetime(serving) },
	}
	failed := make(chan error, len(listeners))
	var wg sync.WaitGroup
	for _, l := range listeners {
		wg.Go(func() {
			if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
				failed <- fmt.Errorf("serve on %s: %w", l.Addr(), err)
			}
		})
	}
	started := loaded.started(port, begun)
	if port != s.opts.Port && s.opts.Port != 0 {
		started.RequestedPort = s.opts.Port
	}
	s.opts.Sink.Emit(started)
	loaded.report(list)
	// Starting leaves garbage that an idle server would hold on to. What lives
	// then is small, so that collecting seldom costs little memory.
	tidy := time.AfterFunc(time.Second, func() {
		debug.FreeOSMemory()
		debug.SetGCPercent(servingGCPercent)
	})
	defer tidy.Stop()

	watching, stop := context.WithCancel(ctx)
	defer stop()
	if !s.opts.NoWatch {
		wg.Go(func() {
			if err := loaded.Watch(watching); err != nil {
				failed <- err
			}
		})
	}
	reason := "interrupted"
	select {
	case <-ctx.Done():
	case err = <-failed:
		reason = err.Error()
	}
	stop()
	loaded.handler.Close()
	drain, cancel := context.WithTimeout(serving, drainTime)
	defer cancel()
	if server.Shutdown(drain) != nil {
		abort()
		_ = server.Close() // whoever is left has had its time
	}
	wg.Wait()
	running.Wait()
	s.opts.Sink.Emit(event.Stopped{Time: time.Now(), Reason: reason})
	return errors.Join(err, loaded.Close())
}
