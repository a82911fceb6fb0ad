package enginetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestManyDifferencesInOnePlaceAreOne(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ in, want []string }{
		"few":               {[]string{"/answer/a/1", "/answer/b/1"}, []string{"/answer/a/1", "/answer/b/1"}},
		"many":              {[]string{"/answer/a/1", "/answer/a/2", "/answer/a/3", "/answer/b/1"}, []string{"/answer/a", "/answer/b/1"}},
		"the whole answer":  {[]string{"/answer/1", "/answer/2", "/answer/3"}, []string{"/answer/1", "/answer/2", "/answer/3"}},
		"one that has some": {[]string{"/answer", "/answer/2"}, []string{"/answer"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diffs []Difference
			for _, at := range tc.in {
				diffs = append(diffs, Difference{At: at})
			}
			if d := cmp.Diff(tc.want, gather(diffs)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestTheFirstLineSaysWhichNodesACaseIsFor(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][]int{
		"'use strict';\n// node >= 22": {18, 20, 22, 24},
		"// node >= 22":                {22, 24},
		"// node <= 20\n":              {18, 20},
		"// node 20 24":                {20, 24},
	} {
		m, err := majorsOf([]byte(line))
		if err != nil {
			t.Errorf("%q: %v", line, err)
		}
		var got []int
		for _, n := range []int{18, 20, 22, 24} {
			if m.include(n) {
				got = append(got, n)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q: %s", line, d)
		}
	}
	for _, line := range []string{"// node >=", "// node > 20", "// node x"} {
		if _, err := majorsOf([]byte(line + "\n")); err == nil {
			t.Errorf("%q is taken", line)
		}
	}
}

func TestWhatLaterNodesChangedHoldsForThemAlone(t *testing.T) {
	t.Parallel()
	known := []Known{{At: "/a"}, {At: "/b", Node: []int{22, 24}}, {At: "/c", Node: []int{24}}}
	for major, want := range map[int]int{20: 1, 21: 1, 22: 2, 23: 2, 24: 3, 26: 3} {
		if got := forMajor(known, major); len(got) != want {
			t.Errorf("Node %d: %v", major, got)
		}
	}
}

func TestPlacesAreThoseOfTheUsersOwnFrames(t *testing.T) {
	t.Parallel()
	got := Places([]string{
		"    at Object.fail (/p/lib/a.js:1:2)", "    at new Thing (b.ts:3:4)", "    at JSON.parse (<anonymous>)", "    at /p/c.js:5:6",
		"    at f (/p/node_modules/x/i.js:1:1)", "    at node:internal/timers:1:1", "    at async main (/p/d.js:7:8)", "    at late (/p/e.js:1:1)",
	}, "/p")
	if d := cmp.Diff([]string{"lib/a.js:1:2", "b.ts:3:4", "c.js:5:6"}, got); d != "" {
		t.Error(d)
	}
}
