package cmdutil

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/portal"
	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/sysx"
)

// localOnly is the configuration where nothing is configured.
func (f *AccountFlags) localOnly(sys *sysx.System) (*account.Config, error) {
	w, err := f.Where(sys)
	if err != nil {
		return nil, err
	}
	return account.LocalOnly(w), nil
}

// sayLocal says whose account the command is for, where nobody has chosen one.
func sayLocal(f *factory.Factory) {
	// If stderr is gone there is nobody to tell.
	fmt.Fprintf(f.IO.Err, "%s no HubSpot account is configured: using the account %s on this machine\n", f.IO.Err.Theme.Accent("fns:"), account.LocalName)
}

// entryOfLocal reports whether an account is the one that fns portal env and fns
// exec have written a config file for, for hs: for fns it is the account `local`
// itself.
func entryOfLocal(sys *sysx.System, a *account.Account) bool {
	key := sys.Getenv(varPortalKey)
	return key != "" && a.ID == account.LocalID && a.PersonalAccessKey.Reveal() == key
}

// PortalPlace says where the state of the account `local` is for a folder.
func PortalPlace(sys *sysx.System, dir string) (portal.Place, error) {
	home, err := sys.UserHomeDir()
	if err != nil {
		home = ""
	}
	return portal.Locate(portal.Where{Dir: dir, Home: home, Getenv: sys.Getenv})
}

// OpenPortal opens the state for the folder that the command runs in. It is
// closed at the end of the command.
func OpenPortal(ctx context.Context, f *factory.Factory) (*store.Store, portal.Place, error) {
	dir, err := f.Sys.Getwd()
	if err != nil {
		return nil, portal.Place{}, fmt.Errorf("find the current folder: %w", err)
	}
	place, err := PortalPlace(f.Sys, dir)
	if err != nil {
		return nil, place, err
	}
	s, err := place.Open(ctx)
	if err != nil {
		return nil, place, err
	}
	f.AtEnd(func() { _ = s.Close() }) // all that counts is on disk
	return s, place, nil
}

// NewPortal makes the portal of a state. It is closed at the end of the command.
func NewPortal(f *factory.Factory, s *store.Store, place portal.Place, rateLimit int) *portal.Portal {
	cache, err := f.Sys.UserCacheDir()
	if err != nil {
		cache = "" // then there are no preloaded packages
	}
	p := portal.New(portal.Options{Store: s, CacheDir: cache, WorkDir: place.WorkDir(), Version: f.Build.Version, RateLimit: rateLimit})
	f.AtEnd(p.Close)
	return p
}

// connectLocal makes the client of the account `local`, which calls the portal in
// this process.
func (f *AccountFlags) connectLocal(fac *factory.Factory, c *account.Config, choice account.Choice) (*Session, error) {
	ctx := context.Background()
	s, place, err := OpenPortal(ctx, fac)
	if err != nil {
		return nil, err
	}
	p := NewPortal(fac, s, place, 0)
	token, err := p.Token(ctx)
	if err != nil {
		return nil, err
	}
	fac.Hide("access token", token)
	origins := hubapi.Origins{API: portal.Origin, Auth: portal.Origin, Web: portal.Origin}
	opts := hubapi.Options{
		UserAgent: "fns/" + fac.Build.Version, Origins: origins, Transport: p.InProcess(), AccountID: choice.Account.ID,
		Tokens: account.FixedToken{Key: account.NewKey(token)},
	}
	if f.Debug {
		opts.Trace = hubapi.NewTracer(fac.IO.Err)
	}
	return &Session{Config: c, Account: choice.Account, From: choice.From, Client: hubapi.New(opts)}, nil
}

// Absolute makes a path of the command line absolute.
func Absolute(sys *sysx.System, path string) (string, error) {
	if filepath.IsAbs(path) {
		return path, nil
	}
	dir, err := sys.Getwd()
	if err != nil {
		return "", fmt.Errorf("find the current folder: %w", err)
	}
	return filepath.Join(dir, path), nil
}
