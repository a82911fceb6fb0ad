// Package portal is a HubSpot account on the own machine: an http.Handler that
// answers the calls of fns, of the official hs and of HubSpot's library for
// tools, in the shapes of internal/wire, from the state in internal/portal/store.
//
// Uploads become builds that run the checks of fns validate and bundle every
// function, builds are deployed, and package host serves what is deployed. A call
// that has no answer here gets 501 and is counted as a gap.
//
// It accepts what HubSpot has closed for new code (design manager, old platform
// versions): what is to be tested here is often the way out of them.
package portal

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/portal/store"
)

// AccountID is the id of the account.
const AccountID = account.LocalID

// UserID is the id of the user that all calls come from.
const UserID = 1

// Options set up a Portal. Only Store is required.
type Options struct {
	Store *store.Store
	// CacheDir is the user's folder for caches, where the packages are that the
	// design manager preloads; "" for none.
	CacheDir string
	// WorkDir is the absolute folder for files that are needed for a moment, outside
	// of any project; "" for the system's.
	WorkDir string
	// Version is that of fns, for those who ask the portal what it is.
	Version string
	// RateLimit is how many calls are answered in RateWindow before the answer is
	// 429; 0 for no limit.
	RateLimit int
	// Now tells the time; nil is the clock.
	Now func() time.Time
}

// RateWindow is the time that Options.RateLimit counts over.
const RateWindow = 10 * time.Second

// Portal answers HubSpot's API. Close must be called.
type Portal struct {
	opts  Options
	store *store.Store
	mux   *http.ServeMux
	// settings are the patterns that overlap with some of mux, which come first.
	settings *http.ServeMux
	rate     rate

	ctx    context.Context // of work in the background
	cancel context.CancelFunc
	work   sync.WaitGroup
}

// New makes a Portal. It does not own opts.Store.
func New(opts Options) *Portal {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	p := &Portal{opts: opts, store: opts.Store, mux: http.NewServeMux(), settings: http.NewServeMux()}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	p.routes()
	return p
}

// Close stops builds and deploys that run; whoever asks for them next goes on
// with them.
func (p *Portal) Close() {
	p.cancel()
	p.work.Wait()
}

// Resume goes on with builds and deploys that nobody works on: their process was
// killed.
func (p *Portal) Resume(ctx context.Context) error {
	builds, deploys, err := p.store.Unfinished(ctx)
	if err != nil {
		return err
	}
	for _, b := range builds {
		p.resumeBuild(ctx, b)
	}
	for _, id := range deploys {
		p.resumeDeploy(ctx, id)
	}
	return nil
}

// workFolder makes a folder for a moment. It lies in no project: discovery would
// find that one.
func (p *Portal) workFolder() (string, error) {
	if p.opts.WorkDir != "" {
		if err := os.MkdirAll(p.opts.WorkDir, 0o700); err != nil {
			return "", err
		}
	}
	dir, err := os.MkdirTemp(p.opts.WorkDir, "fns-portal-")
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(dir)
}
