package intl

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/text/cases"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Collator compares text in the order of a language.
type Collator struct {
	collator *collate.Collator
	upper    bool // capitals come first
	skip     bool // ignorePunctuation
	plain    bool // without accents

	ascii    *asciiOrder // nil: not for these settings
	numeric  bool
	capitals bool // differ from small letters
}

// NewCollator prepares a comparison: sensitivity is base, accent, case or variant.
func NewCollator(tag, sensitivity string, numeric, ignorePunctuation bool, caseFirst string) *Collator {
	var opts []collate.Option
	switch sensitivity {
	case "base":
		opts = append(opts, collate.Loose, collate.IgnoreCase, collate.IgnoreDiacritics)
	case "accent":
		opts = append(opts, collate.IgnoreCase)
	}
	if numeric {
		opts = append(opts, collate.Numeric)
	}
	// Danish has capitals first.
	upper := caseFirst == "upper" || caseFirst == "false" && strings.HasPrefix(tag, "da")
	c := &Collator{collator: collate.New(language.Make(tag), opts...), upper: upper, skip: ignorePunctuation, plain: sensitivity == "case"}
	if !c.upper && !c.skip {
		c.ascii, c.numeric, c.capitals = newASCIIOrder(tag), numeric, sensitivity == "variant" || sensitivity == "case"
	}
	return c
}

// Compare gives -1, 0 or 1.
func (c *Collator) Compare(a, b string) int {
	if c.ascii != nil {
		if result, ok := c.ascii.compare(a, b, c.numeric, c.capitals); ok {
			return result
		}
	}
	return c.compare(a, b)
}

// compare looks at all of Unicode.
func (c *Collator) compare(a, b string) int {
	if c.skip {
		a, b = withoutPunctuation(a), withoutPunctuation(b)
	}
	if c.plain {
		a, b = withoutMarks(a), withoutMarks(b)
	}
	result := c.collator.CompareString(a, b)
	if c.upper && result != 0 && strings.EqualFold(a, b) {
		return -result
	}
	return result
}

func withoutMarks(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

func withoutPunctuation(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" !\"#%&'()*,-./:;?@[\\]_{}¡§«¶·»¿–—‘’“”„…\u00a0", r) {
			return -1
		}
		return r
	}, s)
}

// Segment is a piece of text and where it begins, in bytes.
type Segment struct {
	Text     string
	At       int
	WordLike bool
}

// Segments cuts text at the boundaries of granularity: grapheme, word or sentence.
func Segments(text, granularity string) []Segment {
	var list []Segment
	state, at := -1, 0
	for rest := text; rest != ""; {
		var piece string
		switch granularity {
		case "word":
			piece, rest, state = uniseg.FirstWordInString(rest, state)
		case "sentence":
			piece, rest, state = uniseg.FirstSentenceInString(rest, state)
		default:
			piece, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		}
		list = append(list, Segment{Text: piece, At: at, WordLike: granularity == "word" && wordLike(piece)})
		at += len(piece)
	}
	return list
}

func wordLike(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xAA && r != 0xD7 && r != 0xF7 && (unicode.IsLetter(r) || unicode.IsDigit(r))
	})
}

// Upper and Lower write text in capital or small letters as a language does.
func Upper(tag, s string) string { return cases.Upper(language.Make(tag)).String(s) }

// Lower is Upper's opposite.
func Lower(tag, s string) string { return cases.Lower(language.Make(tag)).String(s) }
