// Package factory holds what every command is made from.
package factory

import (
	"github.com/fns-dev/fns/internal/buildinfo"
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
}

// New makes the Factory of one run; IO depends on the environment of sys.
func New(sys *sysx.System) *Factory {
	return &Factory{Sys: sys, IO: ui.New(sys), Build: buildinfo.Read()}
}
