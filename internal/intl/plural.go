package intl

import (
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

var forms = map[plural.Form]string{
	plural.Other: "other", plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many",
}

// plural gives the category of a rounded number that is shown with at least
// minFraction digits behind the point.
func (l *locale) plural(d decimal, minFraction int, ordinal bool) string {
	whole, fraction := d.split()
	for len(fraction) < minFraction {
		fraction += "0"
	}
	trimmed := strings.TrimRight(fraction, "0")
	number := func(digits string) int {
		n, _ := strconv.Atoi(digits[max(0, len(digits)-9):])
		if len(digits) > 9 {
			n += 1_000_000_000 // large, with the same last digits
		}
		return n
	}
	rules := plural.Cardinal
	if ordinal {
		rules = plural.Ordinal
	}
	// x/text's rules are older than this one of CLDR 38.
	if !ordinal && fraction == "" && len(whole) > 6 && strings.HasSuffix(whole, "000000") {
		switch base, _, _ := strings.Cut(l.tag, "-"); base {
		case "fr", "es", "it", "pt":
			return "many"
		}
	}
	return forms[rules.MatchPlural(language.Make(l.tag), number(whole), len(fraction), len(trimmed), number("0"+fraction), number("0"+trimmed))]
}

// Plural gives the category of a number for Intl.PluralRules; the digits are those
// of o.
func Plural(o NumberOptions, x float64, ordinal bool) string {
	n := NewNumber(o)
	d := parseDecimal(x)
	d.negative = false
	rounded, minFraction := n.rounded(d)
	return n.l.plural(rounded, minFraction, ordinal)
}

// PluralCategories are those that a locale has, in Node's order.
func PluralCategories(tag string, ordinal bool) []string {
	if l := load(tag); ordinal {
		return l.Plurals.Ordinal
	}
	return load(tag).Plurals.Cardinal
}
