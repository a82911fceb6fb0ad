package gojaengine

import (
	"context"
	"fmt"
	"time"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/native"
)

// The methods of native.Host.

func (in *instance) Context() context.Context { return in.ctx }
func (in *instance) Hold() func(fn func())    { return in.loop.hold() }
func (in *instance) Post(fn func())           { in.loop.post(fn, false) }
func (in *instance) Config() *native.Config   { return in.config }
func (in *instance) StartTimer(d time.Duration, ref bool, cb native.Callback) native.Timer {
	return in.loop.startTimer(d, ref, cb)
}

func (in *instance) Log(level, message string) {
	r := engine.LogRecord{Time: time.Now(), Level: engine.Level(level), Message: message}
	if in.logs == nil {
		in.early = append(in.early, r)
		return
	}
	in.logs(r)
}

func (in *instance) Exit(code int) {
	message := "Runtime exited without providing a reason"
	if code != 0 {
		message = fmt.Sprintf("Runtime exited with error: exit status %d", code)
	}
	in.vm.Interrupt(&stop{engine.CauseExit, message})
}
