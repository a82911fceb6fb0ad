//go:build !windows

package worker

import (
	"fmt"
	"os"

	"github.com/fns-dev/fns/internal/engine"
)

// startNode starts a Node process whose frames take the file descriptors 3 and
// 4: what a native addon writes to its standard streams is none.
func (w *process) startNode(fn *engine.Function, main string) error {
	theirIn, ourOut, err := os.Pipe()
	if err != nil {
		return err
	}
	defer func() { _ = theirIn.Close() }()
	ourIn, theirOut, err := os.Pipe()
	if err != nil {
		_ = ourOut.Close()
		return err
	}
	defer func() { _ = theirOut.Close() }()
	cmd := w.node.Command(fn, main, 3, 4)
	cmd.ExtraFiles = []*os.File{theirIn, theirOut}
	cmd.Stdout, cmd.Stderr = w.stderr, w.stderr
	isolate(cmd)
	if err := cmd.Start(); err != nil {
		_ = ourOut.Close()
		_ = ourIn.Close()
		return fmt.Errorf("%w: %w", errNoNode, err)
	}
	w.cmd, w.stdin, w.stdout = cmd, ourOut, ourIn
	w.out, w.in = frameWriter{w: ourOut}, newFrameReader(ourIn)
	return nil
}
