package watch

import (
	"maps"
	"slices"
	"time"
)

// pending is the burst being collected: which paths to look at, and when.
type pending struct {
	opts   Options
	paths  map[string]bool
	unsure map[string]bool // paths that may have changed before they were watched
	rescan bool
	first  time.Time
	last   time.Time
	held   bool // waiting once more for a file that looks half written
}

func (p *pending) add(paths ...string) {
	if len(paths) == 0 {
		return
	}
	now := time.Now()
	if len(p.paths) == 0 {
		p.first = now
		p.paths = make(map[string]bool)
	}
	p.last = now
	for _, path := range paths {
		p.paths[path] = true
	}
}

// doubt adds paths that may have changed.
func (p *pending) doubt(paths ...string) {
	if len(paths) == 0 {
		return
	}
	p.add(paths[:1]...) // starts the clock
	if p.unsure == nil {
		p.unsure = make(map[string]bool)
	}
	for _, path := range paths {
		p.unsure[path] = true
	}
}

// due gives the time left until the burst is over.
func (p *pending) due() (time.Duration, bool) {
	if len(p.paths) == 0 && !p.rescan {
		return 0, false
	}
	quiet := p.opts.Quiet
	if p.held {
		quiet = min(4*p.opts.Quiet, p.opts.Max)
	}
	at := p.last.Add(quiet)
	if latest := p.first.Add(p.opts.Max); at.After(latest) {
		at = latest
	}
	return max(time.Until(at), 0), true
}

// hold waits one more, longer, quiet time.
func (p *pending) hold() {
	p.held = true
	p.last = time.Now()
	p.first = p.last
}

type burst struct {
	paths  []string
	unsure []string
	rescan bool
}

func (p *pending) take() burst {
	b := burst{paths: slices.Sorted(maps.Keys(p.paths)), unsure: slices.Sorted(maps.Keys(p.unsure)), rescan: p.rescan}
	*p = pending{opts: p.opts}
	return b
}
