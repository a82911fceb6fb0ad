package intl

import (
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Most texts that functions sort are ASCII, which needs no look at tables of
// Unicode: in these languages no two characters of it count as one, so the order
// of texts follows from that of characters.
const asciiLanguages = "de en es fi fr it ja ko nl pl pt ru sv tr uk zh"

// asciiOrder is the order of ASCII in a language. Texts differ by the first letters
// that differ; where none do, by the first one that is a capital in one only.
type asciiOrder struct {
	letter  [128]uint8 // 0: does not count
	capital [128]uint8
}

// newASCIIOrder asks the collation of the language for it, nil where it can't be told.
func newASCIIOrder(tag string) *asciiOrder {
	parsed := language.Make(tag)
	base, _ := parsed.Base()
	if !slices.Contains(strings.Fields(asciiLanguages), base.String()) || parsed.TypeForKey("co") != "" {
		return nil
	}
	letters := collate.New(parsed, collate.Loose, collate.IgnoreCase, collate.IgnoreDiacritics, collate.IgnoreWidth)
	all := collate.New(parsed)
	chars := make([]string, 128)
	for i := range chars {
		chars[i] = string(rune(i))
	}
	slices.SortStableFunc(chars, all.CompareString)
	o := &asciiOrder{}
	for i, c := range chars {
		at := c[0]
		switch {
		case all.CompareString(c, "") == 0:
			continue
		case i == 0 || o.letter[chars[i-1][0]] == 0:
			o.letter[at] = 1
		case letters.CompareString(chars[i-1], c) == 0:
			o.letter[at] = o.letter[chars[i-1][0]]
			o.capital[at] = o.capital[chars[i-1][0]]
			if all.CompareString(chars[i-1], c) != 0 {
				o.capital[at]++
			}
		default:
			o.letter[at] = o.letter[chars[i-1][0]] + 1
		}
	}
	return o
}

// compare gives -1, 0 or 1; ok is false where there is more to a text than this
// order knows: characters beyond ASCII, and digits if these count as numbers.
func (o *asciiOrder) compare(a, b string, numeric, capitals bool) (result int, ok bool) {
	difference := 0 // of capitals
	i, j := 0, 0
	for {
		var x, y uint8
		var s, t uint8
		for ; i < len(a); i++ {
			if s = a[i]; s >= 128 || numeric && isDigit(s) {
				return 0, false
			}
			if x = o.letter[s]; x != 0 {
				i++
				break
			}
		}
		for ; j < len(b); j++ {
			if t = b[j]; t >= 128 || numeric && isDigit(t) {
				return 0, false
			}
			if y = o.letter[t]; y != 0 {
				j++
				break
			}
		}
		switch {
		case x == 0 && y == 0:
			return difference, true
		case x != y:
			// What follows could still combine with these.
			if i < len(a) && a[i] >= 128 || j < len(b) && b[j] >= 128 {
				return 0, false
			}
			if x < y {
				return -1, true
			}
			return 1, true
		case capitals && difference == 0 && o.capital[s] != o.capital[t]:
			difference = 1
			if o.capital[s] < o.capital[t] {
				difference = -1
			}
		}
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
