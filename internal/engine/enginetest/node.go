package enginetest

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/engine/nodeengine"
	"github.com/fns-dev/fns/internal/worker"
)

// nodesVariable holds the paths of the Nodes to compare with, as PATH does.
// make conformance sets it.
const nodesVariable = "FNS_CONFORMANCE_NODES"

// Nodes gives the Nodes that tests compare with: those that make conformance
// names, else the one on PATH.
func Nodes(t *testing.T) []nodeengine.Node {
	t.Helper()
	paths := filepath.SplitList(os.Getenv(nodesVariable))
	if len(paths) == 0 {
		paths = []string{""}
	}
	var nodes []nodeengine.Node
	for _, path := range paths {
		node, err := nodeengine.Find(t.Context(), path, os.Getenv("PATH"))
		if err != nil {
			t.Fatalf("these tests compare with Node: %v", err)
		}
		nodes = append(nodes, node)
	}
	return nodes
}

// Conformance reports whether make conformance runs the tests.
func Conformance() bool { return os.Getenv(nodesVariable) != "" }

// oracle runs cases in one Node, in the engine that users get with --engine node.
type oracle struct {
	nodeengine.Node
	pool        *worker.Pool
	packageDirs []string
	// source runs the file itself instead of the bundle where Node can, so that
	// what bundling changes is found too.
	source bool
}

func newOracle(t *testing.T, node nodeengine.Node, s Suite) *oracle {
	t.Helper()
	pool, err := worker.New(worker.Options{Node: &nodeengine.Engine{Node: node}, MaxWorkers: runtime.GOMAXPROCS(0)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
	})
	return &oracle{Node: node, pool: pool, packageDirs: s.PackageDirs, source: !Conformance()}
}

// run implements runner.
func (o *oracle) run(c Case, in []byte) (Outcome, error) {
	fn, err := function(c, o.packageDirs)
	if err != nil {
		return Outcome{}, err
	}
	if o.source && slices.Contains([]string{".js", ".cjs"}, filepath.Ext(c.Path)) {
		if fn.Code, err = os.ReadFile(c.Path); err != nil {
			return Outcome{}, err
		}
		fn.Map = nil
	}
	out := newRecorder()
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	res := o.pool.Invoke(ctx, fn, engine.Invocation{ID: "1", Context: in, Time: deadline}, out.log)
	return out.outcome(fn, res.Payload, res.Error), nil
}
