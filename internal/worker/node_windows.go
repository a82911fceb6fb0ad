package worker

import (
	"fmt"

	"github.com/fns-dev/fns/internal/engine"
)

// startNode starts a Node process whose frames take its standard streams: others
// cannot be handed down here.
func (w *process) startNode(fn *engine.Function, main string) error {
	cmd := w.node.Command(fn, main, 0, 1)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	cmd.Stderr = w.stderr
	isolate(cmd)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("%w: %w", errNoNode, err)
	}
	w.cmd, w.stdin, w.stdout = cmd, stdin, stdout
	w.out, w.in = frameWriter{w: stdin}, newFrameReader(stdout)
	return nil
}
