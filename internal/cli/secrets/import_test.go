package secrets

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseJSON(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in string
		want     []pair
		err      string
	}{
		{"texts in their order", `{"B": "x", "A": "y\nz"}`, []pair{{"B", "x"}, {"A", "y\nz"}}, ""},
		{"numbers keep their digits", `{"N": 12345678901234567890, "F": 1.50, "T": true}`, []pair{{"N", "12345678901234567890"}, {"F", "1.50"}, {"T", "true"}}, ""},
		{"nothing", `{}`, nil, ""},
		{"a list", `["hush-hush"]`, nil, "want a JSON object"},
		{"a nested value", `{"A": ["hush-hush"]}`, nil, `the value of "A" is no text`},
		{"null", `{"A": null}`, nil, `the value of "A" is no text`},
		{"a broken value", `{"A": hush-hush}`, nil, `broken after "A"`},
		{"a broken end", `{"A": "hush-hush"`, nil, "broken|in the middle"},
		{"an unfinished text", `{"A": "hush-hush`, nil, `broken after "A"`},
		{"a missing comma", `{"A": "hush-hush" "B": "x"}`, nil, "broken"},
		{"text behind", `{"A": "x"} hush-hush`, nil, "behind"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := parseJSON([]byte(tt.in))
			if tt.err == "" {
				if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(pair{})); err != nil || diff != "" {
					t.Error(err, diff)
				}
				return
			}
			if err == nil {
				t.Fatalf("read as %v", got)
			}
			if strings.Contains(err.Error(), "hush") {
				t.Errorf("the error shows a value: %v", err)
			}
			for _, want := range strings.Split(tt.err, "|") {
				if strings.Contains(err.Error(), want) {
					return
				}
			}
			t.Errorf("error %q, want %q", err, tt.err)
		})
	}
}

func TestOnlyAndRepeatedNames(t *testing.T) {
	t.Parallel()
	all := []pair{{"AA", "1"}, {"BB", "2"}, {"AA", "3"}, {"EMPTY", ""}}
	tests := []struct {
		name string
		only []string
		in   []pair
		want []pair
		err  string
	}{
		{"the last value counts", []string{"AA"}, all, []pair{{"AA", "3"}}, ""},
		{"an empty one that is not wanted", []string{"BB"}, all, []pair{{"BB", "2"}}, ""},
		{"an empty one", nil, all, nil, "EMPTY has no value"},
		{"a name that is not there", []string{"CC"}, all, nil, "has no CC"},
		{"a name that can't be", nil, []pair{{"A B", "x"}}, nil, "can't be the name"},
		{"nothing", nil, nil, nil, "holds no secrets"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := &importOptions{only: tt.only, fileName: ".env"}
			got, err := o.chosen(tt.in)
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Errorf("error %v, want %q", err, tt.err)
				}
				return
			}
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(pair{})); err != nil || diff != "" {
				t.Error(err, diff)
			}
		})
	}
}
