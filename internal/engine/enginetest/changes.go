package enginetest

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

// The embedded engine does as Node 20 does. What a later Node does differently
// from Node 20 is no mistake of anybody, but it must be known: it stands in a
// file of its own (Suite.Changes) in the form of Known, written by
//
//	make conformance UPDATE=1
//
// As with Known, an entry that differs no longer fails the test, and so does a
// difference that has no entry.

// reference is the major version that the embedded engine follows.
const reference = 20

// updateVariable asks for Changes to be written anew.
const updateVariable = "FNS_CONFORMANCE_UPDATE"

// crowd is how many differences in one place stand there as one.
const crowd = 3

// changes collects what each later Node does differently.
type changes struct {
	mu   sync.Mutex
	seen map[string]map[string][]int // majors by case and place
}

// updating reports whether Changes is to be written.
func updating() bool { return os.Getenv(updateVariable) != "" }

// add notes the differences of one case to one Node that stand in no list.
func (c *changes) add(name string, major int, diffs []Difference) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.seen == nil {
		c.seen = map[string]map[string][]int{}
	}
	if c.seen[name] == nil {
		c.seen[name] = map[string][]int{}
	}
	for _, at := range gather(diffs) {
		c.seen[name][at] = append(c.seen[name][at], major)
	}
}

// gather gives the places of differences, those of a crowd by what they share.
func gather(diffs []Difference) []string {
	places := map[string]bool{}
	for _, d := range diffs {
		places[d.At] = true
	}
	for {
		children := map[string][]string{}
		for at := range places {
			if i := strings.LastIndexByte(at, '/'); i > 0 && strings.Count(at, "/") > 2 {
				children[at[:i]] = append(children[at[:i]], at)
			}
		}
		merged := false
		for parent, list := range children {
			if len(list) < crowd && !places[parent] {
				continue
			}
			for _, at := range list {
				delete(places, at)
			}
			places[parent], merged = true, true
		}
		if !merged {
			return tops(slices.Sorted(maps.Keys(places)))
		}
	}
}

// tops leaves out places below others.
func tops(places []string) []string {
	return slices.DeleteFunc(slices.Clone(places), func(at string) bool {
		return slices.ContainsFunc(places, func(above string) bool { return strings.HasPrefix(at, above+"/") })
	})
}

// write writes what was collected to path. Reasons in the file stay.
func (c *changes) write(t *testing.T, path string, before map[string][]Known) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	all := map[string][]Known{}
	for name, places := range c.seen {
		for _, at := range slices.Sorted(maps.Keys(places)) {
			k := Known{At: at, Node: places[at]}
			slices.Sort(k.Node)
			k.Reason = fmt.Sprintf("Node %d changed it", k.Node[0])
			for _, old := range before[name] {
				if old.At == at {
					k.Reason = old.Reason
				}
			}
			all[name] = append(all[name], k)
		}
	}
	var out bytes.Buffer // one line for each entry
	out.WriteString("{")
	for i, name := range slices.Sorted(maps.Keys(all)) {
		if i > 0 {
			out.WriteString(",")
		}
		fmt.Fprintf(&out, "\n  %q: [", name)
		for j, k := range all[name] {
			text, err := encode(k)
			if err != nil {
				t.Fatal(err)
			}
			if j > 0 {
				out.WriteString(",")
			}
			fmt.Fprintf(&out, "\n    %s", text)
		}
		out.WriteString("\n  ]")
	}
	out.WriteString("\n}\n")
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// release is the last major version up to n that the lists know: what holds for
// it is taken to hold for versions in between.
func release(n int) int {
	const newest = 24
	return min(n-n%2, newest)
}
