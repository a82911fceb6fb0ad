// Package factory holds what every command is made from.
package factory

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/fns-dev/fns/internal/buildinfo"
	"github.com/fns-dev/fns/internal/redact"
	"github.com/fns-dev/fns/internal/sysx"
	"github.com/fns-dev/fns/internal/ui"
)

// Factory is handed to the constructor of each command, which takes from it
// what that command needs. What is costly to get becomes a function here, so
// that a command without need of it does not pay.
type Factory struct {
	Sys   *sysx.System
	IO    *ui.IOStreams
	Build buildinfo.Info
	// Redactor takes out of errors what was hidden with Hide.
	Redactor *redact.Redactor

	mu     sync.Mutex
	hidden map[string]string
	atEnd  []func()
}

// AtEnd has f called when the command is done.
func (f *Factory) AtEnd(end func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.atEnd = append(f.atEnd, end)
}

// End calls what AtEnd was given, the last first.
func (f *Factory) End() {
	f.mu.Lock()
	list := f.atEnd
	f.atEnd = nil
	f.mu.Unlock()
	for _, end := range slices.Backward(list) {
		end()
	}
}

// New makes the Factory of one run; IO depends on the environment of sys.
func New(sys *sysx.System) *Factory {
	return &Factory{Sys: sys, IO: ui.New(sys), Build: buildinfo.Read(), Redactor: redact.New(nil), hidden: map[string]string{}}
}

// Hide keeps a value out of every error that is printed from now on; name stands
// in its place.
func (f *Factory) Hide(name, value string) {
	if value == "" {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	key := name
	for n := 2; f.hidden[key] != "" && f.hidden[key] != value; n++ {
		key = fmt.Sprintf("%s %d", name, n)
	}
	f.hidden[key] = value
	f.Redactor.Set(maps.Clone(f.hidden))
}
