package diag_test

import (
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/diag"
)

func TestSourceTurnsOffsetsIntoPlaces(t *testing.T) {
	t.Parallel()
	s := diag.NewSource("/f", "a\r\nbä😀c\rd\n\n")
	tests := []struct {
		offset int
		want   diag.Position
		line   string
	}{
		{0, diag.Position{Line: 1, Column: 1}, "a"},
		{2, diag.Position{Line: 1, Column: 3}, "a"},
		{3, diag.Position{Line: 2, Column: 1}, "bä😀c"},
		{10, diag.Position{Line: 2, Column: 4}, "bä😀c"},
		{12, diag.Position{Line: 3, Column: 1}, "d"},
		{14, diag.Position{Line: 4, Column: 1}, ""},
		{99, diag.Position{Line: 5, Column: 1}, ""},
		{-1, diag.Position{Line: 1, Column: 1}, "a"},
	}
	for _, tt := range tests {
		if r := s.Range(tt.offset, tt.offset); r.Start != tt.want || r.LineText != tt.line || r.End != r.Start {
			t.Errorf("offset %d is %v in %q, want %v in %q", tt.offset, r.Start, r.LineText, tt.want, tt.line)
		}
	}
	if r := diag.NewSource("/f", strings.Repeat("x", 5000)).Range(4999, 5000); r.LineText != "" || r.Start.Column != 5000 {
		t.Errorf("a long line is carried along, or its column is wrong: %v", r.Start)
	}
}

func TestEveryRuleIsComplete(t *testing.T) {
	t.Parallel()
	codes, slugs := map[string]bool{}, map[string]bool{}
	last := ""
	for _, r := range diag.Rules() {
		if r.Code == "" || r.Slug == "" || r.Title == "" || r.Why == "" || r.Fix == "" || r.Severity == "" {
			t.Errorf("%+v lacks something", r)
		}
		if codes[r.Code] || slugs[r.Slug] {
			t.Errorf("%s (%s) is there twice", r.Code, r.Slug)
		}
		if r.Code <= last {
			t.Errorf("%s comes after %s", r.Code, last)
		}
		if strings.HasSuffix(r.Title, ".") || !strings.HasSuffix(r.Why, ".") || !strings.HasSuffix(r.Fix, ".") {
			t.Errorf("%s: the title takes no full stop, the others do", r.Code)
		}
		codes[r.Code], slugs[r.Slug], last = true, true, r.Code
	}
	if _, ok := diag.RuleFor(diag.InvalidJSON); !ok {
		t.Error("no rule for InvalidJSON")
	}
	if _, ok := diag.RuleFor("FNS0000"); ok {
		t.Error("a rule for a code that does not exist")
	}
}
