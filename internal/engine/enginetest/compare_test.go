package enginetest

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCompareNamesThePlaceOfEachDifference(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		want, got Outcome
		places    []string
	}{
		"the same":         {Outcome{Answer: json.RawMessage(`{"a":[1,null]}`)}, Outcome{Answer: json.RawMessage(`{"a":[1,null]}`)}, nil},
		"a value":          {Outcome{Answer: json.RawMessage(`{"a":[1,2]}`)}, Outcome{Answer: json.RawMessage(`{"a":[1,3]}`)}, []string{"/answer/a/1"}},
		"a type":           {Outcome{Answer: json.RawMessage(`1`)}, Outcome{Answer: json.RawMessage(`[1]`)}, []string{"/answer"}},
		"a number's text":  {Outcome{Answer: json.RawMessage(`1`)}, Outcome{Answer: json.RawMessage(`1.0`)}, []string{"/answer"}},
		"order of keys":    {Outcome{Answer: json.RawMessage(`{"a":1,"b":2}`)}, Outcome{Answer: json.RawMessage(`{"b":2,"a":1}`)}, []string{"/answer"}},
		"a member more":    {Outcome{Answer: json.RawMessage(`{}`)}, Outcome{Answer: json.RawMessage(`{"a/b":null}`)}, []string{"/answer/a~1b"}},
		"an item less":     {Outcome{Answer: json.RawMessage(`[1,2]`)}, Outcome{Answer: json.RawMessage(`[1]`)}, []string{"/answer/1"}},
		"answer and error": {Outcome{Answer: json.RawMessage(`1`)}, Outcome{Error: &Failure{Cause: "error"}}, []string{"/answer", "/error"}},
		"a message":        {Outcome{Error: &Failure{Message: "a"}}, Outcome{Error: &Failure{Message: "b"}}, []string{"/error/message"}},
		"a log's level":    {Outcome{Logs: []Log{{"INFO", "x"}}}, Outcome{Logs: []Log{{"WARN", "x"}}}, []string{"/logs/0/level"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			diffs, err := Compare(tc.want, tc.got)
			if err != nil {
				t.Fatal(err)
			}
			var places []string
			for _, d := range diffs {
				places = append(places, d.At)
			}
			if d := cmp.Diff(tc.places, places); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestKnownDifferencesMustStillDiffer(t *testing.T) {
	t.Parallel()
	diffs := []Difference{{At: "/answer/a/b"}, {At: "/answer/ab"}}
	unknown, gone := split(diffs, []Known{{At: "/answer/a", Reason: "r"}, {At: "/logs", Reason: "s"}})
	if d := cmp.Diff([]Difference{{At: "/answer/ab"}}, unknown); d != "" {
		t.Errorf("unknown: %s", d)
	}
	if d := cmp.Diff([]Known{{At: "/logs", Reason: "s"}}, gone); d != "" {
		t.Errorf("gone: %s", d)
	}
}
