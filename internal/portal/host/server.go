package host

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/fns-dev/fns/internal/gateway"
	"github.com/fns-dev/fns/internal/portal/store"
)

// ServerOptions say where to listen.
type ServerOptions struct {
	Handler http.Handler
	Store   *store.Store
	Data    string // the user's folder for data: the authority is in it
	Port    int    // of HTTP, 0 for any that is free
	TLSPort int    // of HTTPS, 0 for any that is free
	// Shared lets several processes serve one state at the same time; else only
	// one may.
	Shared bool
}

// Server is a portal that listens on the loopback interface: HTTP for fns and for
// calls of functions, HTTPS for hs.
type Server struct {
	Instance store.Instance

	opts    ServerOptions
	server  *http.Server
	plain   net.Listener
	secure  net.Listener
	abort   context.CancelFunc
	wg      sync.WaitGroup
	failed  chan error
	stopped chan struct{}
}

// Start listens and serves until Stop.
func Start(ctx context.Context, o ServerOptions) (*Server, error) {
	dir := filepath.Join(o.Data, "ca")
	a, err := loadAuthority(dir, time.Now())
	if err != nil {
		return nil, fmt.Errorf("make the certificate for hs: %w", err)
	}
	leaf, err := a.leaf(time.Now())
	if err != nil {
		return nil, fmt.Errorf("make the certificate for hs: %w", err)
	}
	s := &Server{opts: o, failed: make(chan error, 3), stopped: make(chan struct{})}
	if s.plain, err = listen(ctx, o.Port); err != nil {
		return nil, err
	}
	if s.secure, err = listen(ctx, o.TLSPort); err != nil {
		_ = s.plain.Close()
		return nil, err
	}
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails: it ends the program instead
	s.Instance = store.Instance{
		ID: hex.EncodeToString(id[:]), PID: os.Getpid(), HTTP: "http://" + s.plain.Addr().String(), TLS: s.secure.Addr().String(),
		CA: filepath.Join(dir, CertificateFile), Started: time.Now(),
	}
	if !o.Shared {
		if err := s.claim(ctx); err != nil {
			return nil, errors.Join(err, s.plain.Close(), s.secure.Close())
		}
	}
	serving, abort := context.WithCancel(context.WithoutCancel(ctx))
	s.abort = abort
	s.server = &http.Server{
		Handler: o.Handler, ErrorLog: log.New(io.Discard, "", 0), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		BaseContext: func(net.Listener) context.Context { return gateway.WithLifetime(serving) },
	}
	wrapped := tls.NewListener(s.secure, &tls.Config{Certificates: []tls.Certificate{leaf}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}})
	for _, l := range []net.Listener{s.plain, wrapped} {
		s.wg.Go(func() {
			if err := s.server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
				s.failed <- fmt.Errorf("serve on %s: %w", l.Addr(), err)
			}
		})
	}
	if !o.Shared {
		s.wg.Go(s.stay)
	}
	return s, nil
}

// claim makes this process the one that serves the state. One that was killed
// can't give it up, so whoever does not answer any more has lost it.
func (s *Server) claim(ctx context.Context) error {
	err := s.opts.Store.Serve(ctx, s.Instance)
	var running *store.RunningError
	if !errors.As(err, &running) || Alive(ctx, running.Instance) {
		return err
	}
	if err := s.opts.Store.Served(ctx, running.Instance); err != nil {
		return err
	}
	return s.opts.Store.Serve(ctx, s.Instance)
}

// aliveTime is how long a server of this machine may take to accept a connection.
const aliveTime = time.Second

// Alive reports whether a server still listens where the state says so.
func Alive(ctx context.Context, i store.Instance) bool {
	dialer := net.Dialer{Timeout: aliveTime}
	conn, err := dialer.DialContext(ctx, "tcp", strings.TrimPrefix(i.HTTP, "http://"))
	if err != nil {
		return false
	}
	_ = conn.Close() // nothing was said
	return true
}

// Running gives the server that serves a state; ok is false if there is none.
func Running(ctx context.Context, s *store.Store) (i store.Instance, ok bool, err error) {
	i, ok, err = s.Instance(ctx)
	return i, ok && err == nil && Alive(ctx, i), err
}

// listen opens a port of 127.0.0.1 only: hs is told this address.
func listen(ctx context.Context, port int) (net.Listener, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, fmt.Errorf("listen on port %d: %w", port, err)
	}
	return l, nil
}

// stay says again and again that this process serves the state.
func (s *Server) stay() {
	t := time.NewTicker(store.InstanceLease / 3)
	defer t.Stop()
	for {
		select {
		case <-s.stopped:
			return
		case <-t.C:
			if err := s.opts.Store.Serve(context.Background(), s.Instance); err != nil {
				s.failed <- err
				return
			}
		}
	}
}

// Failed gets the error that ends serving.
func (s *Server) Failed() <-chan error { return s.failed }

// drainTime is what running requests get to finish at the end.
const drainTime = 2 * time.Second

// Stop ends serving.
func (s *Server) Stop() error {
	close(s.stopped)
	ctx, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	if s.server.Shutdown(ctx) != nil {
		s.abort()
		_ = s.server.Close() // whoever is left has had its time
	}
	s.abort()
	s.wg.Wait()
	if s.opts.Shared {
		return nil
	}
	return s.opts.Store.Served(context.Background(), s.Instance)
}

// Domain gives the value of HUBAPI_DOMAIN_OVERRIDE for an instance: hs makes
// https://<value>.com of it, and the portal does not mind the segment.
func Domain(i store.Instance) string { return i.TLS + "/x" }
