package gateway

import (
	_ "embed" // the script below
	"fmt"
	"net/http"
	"sync"
	"time"
)

// ReloadPath is where pages subscribe to reloads; with ".js" it is the script
// that does it for them.
const ReloadPath = "/_fns/reload"

//go:embed reload.js
var reloadScript string

// pingEvery keeps proxies from closing a silent connection.
const pingEvery = 20 * time.Second

// pages are the browser pages that want to know of reloads. A page that does
// not keep up is dropped, never waited for; its EventSource comes back.
type pages struct {
	boot string // tells a page that comes back to another server

	mu     sync.Mutex
	subs   map[chan struct{}]bool
	closed chan struct{}
}

func newPages() *pages {
	return &pages{boot: newID(), subs: make(map[chan struct{}]bool), closed: make(chan struct{})}
}

// Reload tells the subscribed pages to reload.
func (h *Handler) Reload() {
	p := h.pages
	p.mu.Lock()
	defer p.mu.Unlock()
	for sub := range p.subs {
		select {
		case sub <- struct{}{}:
		default:
			delete(p.subs, sub)
			close(sub)
		}
	}
}

func (p *pages) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.closed:
	default:
		close(p.closed)
	}
}

func (p *pages) subscribe() chan struct{} {
	sub := make(chan struct{}, 4)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.subs[sub] = true
	return sub
}

func (p *pages) unsubscribe(sub chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.subs, sub)
}

// serve answers under ReloadPath. The stream says when something was saved and
// nothing else, so any page may read it: the pages of a site under development
// come from everywhere.
func (p *pages) serve(w http.ResponseWriter, req *http.Request) {
	head := w.Header()
	head.Set("Access-Control-Allow-Origin", "*")
	head.Set("Cache-Control", "no-store")
	switch req.URL.Path {
	case ReloadPath + ".js":
		head.Set("Content-Type", "text/javascript; charset=utf-8")
		_, _ = w.Write([]byte(reloadScript)) // a client that has gone needs no answer
	case ReloadPath:
		p.stream(w, req)
	default:
		http.NotFound(w, req)
	}
}

func (p *pages) stream(w http.ResponseWriter, req *http.Request) {
	out := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	sub := p.subscribe()
	defer p.unsubscribe(sub)
	send := func(format string, args ...any) bool {
		_, err := fmt.Fprintf(w, format, args...)
		return err == nil && out.Flush() == nil
	}
	if !send("retry: 500\nevent: hello\ndata: %s\n\n", p.boot) {
		return
	}
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	for {
		ok := true
		select {
		case <-p.closed:
			return
		case <-req.Context().Done():
			return
		case _, open := <-sub:
			ok = open && send("event: reload\ndata: {}\n\n")
		case <-ping.C:
			ok = send(": ping\n\n")
		}
		if !ok {
			return
		}
	}
}
