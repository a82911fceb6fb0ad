package gojaengine

import "testing"

func TestMoveFirstColumnShiftsEveryColumnOfAMap(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"AAAA":         "AAAC", // column 0 becomes 1
		";;AAAA,CAAC":  ";;AAAC,CAAC",
		"AAAD":         "AAAA",        // −1 becomes 0
		"A,AAAf;AACA":  "A,AAAd;AACA", // −15 becomes −14, behind a segment without a source
		"AAA+BA":       "AAAgCA",      // 31 becomes 32, with a name behind
		"AAAgBA,SAASA": "AAAiBA,SAASA",
	} {
		if got, ok := moveFirstColumn(in); !ok || got != want {
			t.Errorf("%s: got %s %v, want %s", in, got, ok, want)
		}
	}
	for _, in := range []string{"", ";;;", "A;A,C"} {
		if got, ok := moveFirstColumn(in); ok {
			t.Errorf("%q: got %s from a map without columns", in, got)
		}
	}
}

func FuzzOneBasedNeverPanics(f *testing.F) {
	f.Add([]byte(`{"version":3,"mappings":"AAAA"}`))
	f.Add([]byte(`{"version":3,"mappings":"!!!!,~~"}`))
	f.Fuzz(func(_ *testing.T, src []byte) { oneBased(src) })
}
