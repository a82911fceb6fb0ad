package gojaengine

import "testing"

func TestPatternsAreFound(t *testing.T) {
	t.Parallel()
	if _, err := patternLayoutOf(); err != nil {
		t.Errorf("goja keeps expressions in another way: %v", err)
	}
}

func TestBoundariesAreSpelt(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string]string{
		`foo`:            `foo`,
		`\bfoo\b`:        `(?<!\w)foo(?!\w)`,
		`\Boo\B`:         `(?<=\w)oo(?=\w)`,
		`a\Bb`:           `ab`,
		`a\bb`:           `a(?!)b`,
		`a\B?b`:          `a(?:(?<=\w)(?=\w)|(?<!\w)(?!\w))?b`,
		`\w+\b`:          `\w+(?!\w)`,
		`\w+?\b`:         `\w+?(?:(?<=\w)(?!\w)|(?<!\w)(?=\w))`,
		`[\b\B]\d*`:      `[\b\B]\d*`,
		`\\b\u00fc`:      `\\b\u00fc`,
		`\x66\b`:         `\x66(?:(?<=\w)(?!\w)|(?<!\w)(?=\w))`,
		`(?<a>\bf)\k<a>`: `(?<a>(?<!\w)f)\k<a>`,
		`f{2}\b`:         `f{2}(?:(?<=\w)(?!\w)|(?<!\w)(?=\w))`,
		`\`:              `\`,
	} {
		if got := spellBoundaries(pattern); got != want {
			t.Errorf("%s: %s, want %s", pattern, got, want)
		}
	}
}

func TestWhatCanBeEmptyIsKnown(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string]bool{`a`: false, `a*`: true, `a*b`: false, `(a?)(b?)`: true, `a|b*`: true, `[a-z]+`: false, `\b`: true, `^`: true, `a{0,2}`: true, ``: true} {
		if canBeEmpty(pattern) != want {
			t.Errorf("%s: %t, want %t", pattern, !want, want)
		}
	}
}
