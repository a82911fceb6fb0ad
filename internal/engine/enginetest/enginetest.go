// Package enginetest runs function files under Node and under an embedded engine
// and compares what they answer, log and throw. Node is the oracle: a case holds
// no expectation of its own.
//
// A case is a file that exports main, in a folder <cases>/<area>/. It is called
// with a context that names a loopback HTTP server made for this one call (see
// Server) and ends with a JSON answer or an error. What is known to differ
// stands, with the reason, in a file beside the cases; an entry there that
// differs no longer fails the test, so the list can only shrink.
package enginetest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// deadline is how long one case may take on one engine.
const deadline = 30 * time.Second

// Suite is a folder of cases and what is known to differ in them.
type Suite struct {
	Cases string // absolute folder of areas
	Known string // absolute path of the JSON file of known differences, see Known
	// PackageDirs are node_modules folders that packages come from when none
	// lies above the cases.
	PackageDirs []string
	// Normalise replaces what else is volatile in an outcome; may be nil.
	Normalise func(text string) string
}

// Case is one file.
type Case struct {
	Name string // "area/file" without extension
	Path string
	// NodeMajor is the oldest Node that can run it, from a first line like
	// "// node >= 22"; 0 for any.
	NodeMajor int
}

// Outcome is how a case ended on one engine.
type Outcome struct {
	Answer json.RawMessage `json:"answer,omitempty"`
	Error  *Failure        `json:"error,omitempty"`
	Logs   []Log           `json:"logs"`
}

// Failure is the error a case ended with.
type Failure struct {
	Cause   string `json:"cause"`
	Type    string `json:"type"`
	Message string `json:"message"`
	Stack   string `json:"-"` // shown when a test fails, not compared
}

// Log is one console record.
type Log struct {
	Level   string `json:"level"`
	Message string `json:"message"`
}

// List finds the cases of a folder.
func List(dir string) ([]Case, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil {
		return nil, err
	}
	var cases []Case
	for _, path := range files {
		ext := filepath.Ext(path)
		if !slices.Contains([]string{".js", ".cjs", ".mjs", ".ts"}, ext) || strings.HasPrefix(filepath.Base(path), "_") {
			continue
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		c := Case{Name: filepath.Base(filepath.Dir(path)) + "/" + strings.TrimSuffix(filepath.Base(path), ext), Path: path}
		first, _, _ := bytes.Cut(src, []byte("\n"))
		if version, ok := strings.CutPrefix(strings.TrimSpace(string(first)), "// node >= "); ok {
			if c.NodeMajor, err = strconv.Atoi(version); err != nil {
				return nil, fmt.Errorf("%s: first line %q: want a number after >=", path, first)
			}
		}
		cases = append(cases, c)
	}
	if len(cases) == 0 {
		return nil, fmt.Errorf("no cases in %s", dir)
	}
	return cases, nil
}

// Run runs every case as a subtest named area/file.
func Run(t *testing.T, s Suite) {
	cases, err := List(s.Cases)
	if err != nil {
		t.Fatal(err)
	}
	known, err := ReadKnown(s.Known)
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t, s)
	names := map[string]bool{}
	for _, c := range cases {
		names[c.Name] = true
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			b.run(t, c, known[c.Name])
		})
	}
	for name := range known {
		if !names[name] {
			t.Errorf("%s names the case %s, which does not exist", s.Known, name)
		}
	}
}

// bench lends pairs of engines to subtests, one pair for each processor: an
// engine keeps its compiled programs and a Node process starts slowly.
type bench struct {
	suite Suite
	free  chan *pair
	major int
}

type pair struct {
	node     *node
	embedded *embedded
}

func newBench(t *testing.T, s Suite) *bench {
	b := &bench{suite: s, free: make(chan *pair, runtime.GOMAXPROCS(0))}
	bootstrap := writeBootstrap(t)
	for range cap(b.free) {
		p := &pair{node: &node{bootstrap: bootstrap}, embedded: newEmbedded(s.PackageDirs)}
		t.Cleanup(p.node.stop)
		b.free <- p
	}
	b.major = nodeMajor(t)
	return b
}

func (b *bench) run(t *testing.T, c Case, known []Known) {
	if c.NodeMajor > b.major {
		t.Skipf("needs Node %d, this is %d", c.NodeMajor, b.major)
	}
	p := <-b.free
	defer func() { b.free <- p }()

	want := b.outcome(t, p.node, c)
	got := b.outcome(t, p.embedded, c)
	diffs, err := Compare(want, got)
	if err != nil {
		t.Fatal(err)
	}
	unknown, gone := split(diffs, known)
	for _, k := range gone {
		t.Errorf("%s no longer differs: remove the entry (%s)", k.At, k.Reason)
	}
	if len(unknown) == 0 {
		return
	}
	for i, d := range unknown {
		if i == 20 {
			t.Errorf("and %d more differences", len(unknown)-i)
			break
		}
		t.Errorf("at %s\n  node:     %s\n  embedded: %s", d.At, d.Want, d.Got)
	}
	if got.Error != nil && got.Error.Stack != "" {
		t.Logf("embedded stack:\n%s", got.Error.Stack)
	}
	if want.Error != nil && want.Error.Stack != "" {
		t.Logf("node stack:\n%s", want.Error.Stack)
	}
	if d := cmp.Diff(want.Logs, got.Logs); d != "" {
		t.Logf("logs (-node +embedded):\n%s", d)
	}
}

// runner is one side of the comparison.
type runner interface {
	run(c Case, context []byte) (Outcome, error)
}

// outcome runs a case against a server of its own and removes from the outcome
// what differs between any two runs.
func (b *bench) outcome(t *testing.T, r runner, c Case) Outcome {
	t.Helper()
	s, err := NewServer()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	context, err := json.Marshal(s.Context())
	if err != nil {
		t.Fatal(err)
	}
	o, err := r.run(c, context)
	if err != nil {
		t.Fatalf("%s: %v", c.Name, err)
	}
	normalise := func(text string) string {
		text = s.normalise(text)
		if b.suite.Normalise != nil {
			text = b.suite.Normalise(text)
		}
		return text
	}
	o.Answer = json.RawMessage(normalise(string(o.Answer)))
	if o.Error != nil {
		o.Error.Message = normalise(o.Error.Message)
	}
	logs := []Log{}
	for _, l := range o.Logs {
		l.Message = normalise(l.Message)
		// Node says this once in the life of a process.
		if !strings.Contains(l.Message, "DeprecationWarning:") {
			logs = append(logs, l)
		}
	}
	o.Logs = logs
	return o
}
