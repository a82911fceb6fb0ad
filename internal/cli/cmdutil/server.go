package cmdutil

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/factory"
	"github.com/fns-dev/fns/internal/devserver"
	"github.com/fns-dev/fns/internal/engine/nodeengine"
	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/portal"
	"github.com/fns-dev/fns/internal/portal/host"
	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/sysx"
	"github.com/fns-dev/fns/internal/worker"
)

// PortalFlags are the flags of commands that start a server for the account
// `local`.
type PortalFlags struct {
	Port      Port
	TLSPort   Port
	RateLimit int
	Engine    EngineFlags
	// Shared lets others serve the same state.
	Shared bool
}

// AddTo gives cmd the flags.
func (p *PortalFlags) AddTo(cmd *cobra.Command) {
	cmd.Flags().IntVar(&p.RateLimit, "rate-limit", 0, fmt.Sprintf("Answer 429 after this `number` of calls in %s; 0 for no limit", portal.RateWindow))
	p.Engine.AddTo(cmd)
}

// PortalServer is a running server of the account `local`.
type PortalServer struct {
	*host.Server
	Store    *store.Store
	Place    portal.Place
	host     *host.Host
	portal   *portal.Portal
	recorder *portal.Recorder
}

// StartPortal starts a server. sink hears of invocations, nil for nobody.
func StartPortal(ctx context.Context, f *factory.Factory, flags PortalFlags, sink event.Sink) (*PortalServer, error) {
	s, place, err := OpenPortal(ctx, f)
	if err != nil {
		return nil, err
	}
	dir, err := f.Sys.Getwd()
	if err != nil {
		return nil, err
	}
	node, err := flags.Engine.runtime(ctx, f.Sys, dir)
	if err != nil {
		return nil, err
	}
	describe := devserver.Engine{}
	if node != nil {
		describe = devserver.Engine{Name: nodeengine.Name, Version: node.Version, Major: node.Major}
	}
	cache, err := f.Sys.UserCacheDir()
	if err != nil {
		cache = "" // then there are no preloaded packages
	}
	p := &PortalServer{Store: s, Place: place, portal: NewPortal(f, s, place, flags.RateLimit)}
	p.recorder = portal.NewRecorder(portal.RecorderOptions{
		Next: sink, Open: func() (*store.Store, error) { return s, nil }, Warn: func(err error) { Warn(f, fmt.Errorf("the log of functions is not kept: %w", err)) },
		App: appOfRoute(s),
	})
	npm, err := exec.LookPath("npm")
	if err != nil {
		npm = "" // needed only by functions with packages
	}
	p.host, err = host.New(host.Options{
		Portal: p.portal, Store: s, Sink: p.recorder, Engine: describe, WorkDir: place.WorkDir(), CacheDir: cache, Limits: limits.All(),
		NewPool:  func() (host.Pool, error) { return worker.New(worker.Options{Node: node}) },
		Packages: host.Linker{Project: place.Project, Npm: npm, Env: f.Sys.Environ}.Packages,
		Report:   func(err error) { Warn(f, err) },
	})
	if err != nil {
		p.recorder.Close()
		return nil, err
	}
	p.Server, err = host.Start(ctx, host.ServerOptions{
		Handler: p.host, Store: s, Data: place.Data, Port: int(flags.Port), TLSPort: int(flags.TLSPort), Shared: flags.Shared,
	})
	if err != nil {
		p.recorder.Close()
		return nil, errors.Join(err, p.host.Close())
	}
	if err := errors.Join(p.portal.Resume(ctx), p.host.Sync(ctx)); err != nil {
		return nil, errors.Join(err, p.Stop())
	}
	return p, nil
}

// Stop ends the server and everything that it runs.
func (p *PortalServer) Stop() error {
	err := p.Server.Stop()
	p.portal.Close()
	err = errors.Join(err, p.host.Close())
	p.recorder.Close()
	return err
}

// appOfRoute gives what finds the app that an endpoint belongs to.
func appOfRoute(s *store.Store) func(*store.Run) int64 {
	return func(r *store.Run) int64 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		id, err := s.AppOfRoute(ctx, r.Route)
		if err != nil {
			return 0 // then it is in the log of the endpoint only
		}
		return id
	}
}

// HSEnviron gives the environment of a program that finds the portal where it
// looks for HubSpot: the own one, without what leads elsewhere. ownHome gives it
// another home folder, because hs writes to files there whatever it is told.
func HSEnviron(sys *sysx.System, i store.Instance, place portal.Place, key string, ownHome bool) ([]string, error) {
	set, err := HSVariables(i, place, key)
	if err != nil {
		return nil, err
	}
	home, err := sys.UserHomeDir()
	if ownHome && err == nil {
		fake := hsHome(place)
		set = append(set, "HOME="+fake, "USERPROFILE="+fake)
		for name, file := range map[string]string{"npm_config_cache": ".npm", "npm_config_userconfig": ".npmrc", "GIT_CONFIG_GLOBAL": ".gitconfig"} {
			if _, there := sys.LookupEnv(name); !there {
				set = append(set, name+"="+filepath.Join(home, file))
			}
		}
	}
	var environ []string
	for _, v := range sys.Environ {
		name, _, _ := strings.Cut(v, "=")
		if !misleads(name) {
			environ = append(environ, v)
		}
	}
	return append(environ, set...), nil
}

// misleads reports whether a variable would bring hs to another account.
func misleads(name string) bool {
	switch name {
	case "HUBSPOT_PERSONAL_ACCESS_KEY", "HUBSPOT_ACCOUNT_ID", "HUBSPOT_PORTAL_ID", "HUBSPOT_CLIENT_ID", "HUBSPOT_CLIENT_SECRET", "HUBSPOT_REFRESH_TOKEN",
		"HUBSPOT_API_KEY", "HUBSPOT_ENVIRONMENT", "HUBSPOT_CONFIG_PATH", "USE_ENVIRONMENT_HUBSPOT_CONFIG", "HTTP_USE_LOCALHOST", "FNS_API_ORIGIN",
		"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy":
		return true
	}
	return false
}
