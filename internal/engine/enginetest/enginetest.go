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
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
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
	// Changes is the absolute path of the JSON file of what later versions of Node
	// do differently from the one that the embedded engine follows.
	Changes string
	// PackageDirs are node_modules folders that packages come from when none
	// lies above the cases.
	PackageDirs []string
	// Context gives what the context of the cases of an area has besides that of
	// Server.Context, see Databases. It may skip the case.
	Context map[string]func(*testing.T) map[string]any
	// Normalise replaces what else is volatile in an outcome; may be nil.
	Normalise func(text string) string
}

// Case is one file.
type Case struct {
	Name string // "area/file" without extension
	Path string
	// majors are the versions of Node that it says the same in as on HubSpot.
	majors majors
}

// area is the folder that a case is in.
func (c Case) area() string {
	area, _, _ := strings.Cut(c.Name, "/")
	return area
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
		if c.majors, err = majorsOf(src); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		cases = append(cases, c)
	}
	if len(cases) == 0 {
		return nil, fmt.Errorf("no cases in %s", dir)
	}
	return cases, nil
}

// Run runs every case as a subtest named area/file; with several Nodes, in a
// subtest of that for each, named node20.
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
	if b.changed, err = ReadKnown(s.Changes); err != nil {
		t.Fatal(err)
	}
	if updating() {
		// Behind all subtests, which run at the same time.
		t.Cleanup(func() { b.news.write(t, s.Changes, b.changed) })
	}
	names := map[string]bool{}
	for _, c := range cases {
		names[c.Name] = true
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			b.run(t, c, known[c.Name])
		})
	}
	for file, list := range map[string]map[string][]Known{s.Known: known, s.Changes: b.changed} {
		for name := range list {
			if !names[name] && !updating() {
				t.Errorf("%s names the case %s, which does not exist", file, name)
			}
		}
	}
}

// bench runs as many cases at a time as there are processors, each on an
// embedded engine that it has for itself: one keeps its compiled programs.
type bench struct {
	suite   Suite
	free    chan *embedded
	oracles []*oracle
	changed map[string][]Known // of Suite.Changes
	news    changes
}

func newBench(t *testing.T, s Suite) *bench {
	t.Helper()
	b := &bench{suite: s, free: make(chan *embedded, runtime.GOMAXPROCS(0))}
	for range cap(b.free) {
		b.free <- newEmbedded(s.PackageDirs)
	}
	for _, node := range Nodes(t) {
		b.oracles = append(b.oracles, newOracle(t, node, s))
	}
	return b
}

func (b *bench) run(t *testing.T, c Case, known []Known) {
	engine := <-b.free
	defer func() { b.free <- engine }()

	var got *Outcome // the same for every Node
	embedded := func(t *testing.T) Outcome {
		if got == nil {
			outcome := b.outcome(t, engine, c)
			got = &outcome
		}
		return *got
	}
	against := func(t *testing.T, o *oracle) {
		if !c.majors.include(o.Major) {
			t.Skipf("not for Node %d", o.Major)
		}
		if updating() && release(o.Major) > reference {
			b.update(t, c, o, embedded(t), known)
			return
		}
		accepted := forMajor(slices.Concat(known, b.changed[c.Name]), o.Major)
		for attempt := 1; ; attempt++ {
			v := judge(t, b.outcome(t, o, c), embedded(t), accepted)
			if !v.failed() {
				if testing.Verbose() { // a case that fails alike everywhere passes too
					t.Logf("both answer %s", v.want.Answer)
				}
				return
			}
			if attempt >= attempts() {
				v.report(t)
				return
			}
			got = nil
		}
	}
	for _, o := range b.oracles {
		if len(b.oracles) == 1 {
			against(t, o)
		} else {
			t.Run(fmt.Sprintf("node%d", o.Major), func(t *testing.T) { against(t, o) })
		}
	}
}

// attempts is how often a case may be run to pass. Some see what a race between
// a timer and a connection comes to, and three Nodes make many races.
func attempts() int {
	if Conformance() {
		return 3
	}
	return 1
}

// update notes what a later Node does differently, twice in a row.
func (b *bench) update(t *testing.T, c Case, o *oracle, got Outcome, known []Known) {
	t.Helper()
	first := judge(t, b.outcome(t, o, c), got, forMajor(known, o.Major)).unknown
	second := judge(t, b.outcome(t, o, c), got, forMajor(known, o.Major)).unknown
	b.news.add(c.Name, release(o.Major), slices.DeleteFunc(first, func(d Difference) bool {
		return !slices.ContainsFunc(second, func(e Difference) bool { return d.At == e.At })
	}))
}

// verdict is what is wrong with an outcome.
type verdict struct {
	want, got Outcome
	unknown   []Difference // not known
	gone      []Known      // known, but there no longer
}

func judge(t *testing.T, want, got Outcome, known []Known) verdict {
	t.Helper()
	if want.Error != nil && got.Error != nil {
		w, g := *want.Error, *got.Error
		Trim(&w.Places, &g.Places)
		want.Error, got.Error = &w, &g
	}
	diffs, err := Compare(want, got)
	if err != nil {
		t.Fatal(err)
	}
	v := verdict{want: want, got: got}
	v.unknown, v.gone = split(diffs, known)
	return v
}

func (v verdict) failed() bool { return len(v.unknown)+len(v.gone) > 0 }

func (v verdict) report(t *testing.T) {
	t.Helper()
	for _, k := range v.gone {
		t.Errorf("%s no longer differs: remove the entry (%s)", k.At, k.Reason)
	}
	if len(v.unknown) == 0 {
		return
	}
	for i, d := range v.unknown {
		if i == 20 {
			t.Errorf("and %d more differences", len(v.unknown)-i)
			break
		}
		t.Errorf("at %s\n  node:     %s\n  embedded: %s", d.At, d.Want, d.Got)
	}
	if v.got.Error != nil && v.got.Error.Stack != "" {
		t.Logf("embedded stack:\n%s", v.got.Error.Stack)
	}
	if v.want.Error != nil && v.want.Error.Stack != "" {
		t.Logf("node stack:\n%s", v.want.Error.Stack)
	}
	if d := cmp.Diff(v.want.Logs, v.got.Logs); d != "" {
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
	members := s.Context()
	if more := b.suite.Context[c.area()]; more != nil {
		maps.Copy(members, more(t))
	}
	context, err := json.Marshal(members)
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
