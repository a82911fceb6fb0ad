package intl

import (
	"math"
	"strconv"
	"strings"
)

// relativeData is how a distance in time is said, by plural category; # stands for
// the number.
type relativeData struct {
	Future, Past map[string]string
	Auto         map[string]string // yesterday, by distance
}

// Relative says a distance in time: style is long, short or narrow, unit one of
// second to year; auto allows words such as yesterday. n formats the number.
func Relative(n *Number, style, unit string, auto bool, value float64) []Part {
	data := n.l.Relative[style][unit]
	negative := math.Signbit(value)
	if auto {
		if text, ok := data.Auto[strconv.FormatFloat(value, 'f', -1, 64)]; ok && (value != 0 || !negative || data.Auto["0"] != "") {
			return []Part{{"literal", text}}
		}
		if value == 0 && data.Auto["0"] != "" {
			return []Part{{"literal", data.Auto["0"]}}
		}
	}
	d := parseDecimal(math.Abs(value))
	rounded, minFraction := n.rounded(d)
	patterns := data.Future
	if negative {
		patterns = data.Past
	}
	pattern, ok := patterns[n.l.plural(rounded, minFraction, false)]
	if !ok {
		pattern = patterns["other"]
	}
	before, after, _ := strings.Cut(pattern, "#")
	var parts []Part
	if before != "" {
		parts = append(parts, Part{"literal", before})
	}
	parts = append(parts, n.digits(rounded, minFraction, n.grouping())...)
	if after != "" {
		parts = append(parts, Part{"literal", after})
	}
	return parts
}

// listData is what stands between the elements of a list.
type listData struct{ Two, Start, Middle, End string }

// List joins elements: kind is conjunction, disjunction or unit, style long, short
// or narrow.
func List(tag, kind, style string, items []string) []Part {
	data := load(tag).Lists[kind+","+style]
	var parts []Part
	for i, item := range items {
		if i > 0 {
			between := data.Middle
			switch {
			case len(items) == 2:
				between = data.Two
			case i == len(items)-1:
				between = data.End
			case i == 1:
				between = data.Start
			}
			if between == " y " && strings.HasPrefix(tag, "es") && startsWithI(item) {
				between = " e "
			}
			if between == " o " && startsWithO(item) && strings.HasPrefix(tag, "es") {
				between = " u "
			}
			parts = append(parts, Part{"literal", between})
		}
		parts = append(parts, Part{"element", item})
	}
	return parts
}

// startsWithI and startsWithO know where Spanish changes y to e and o to u.
func startsWithI(s string) bool {
	s = strings.ToLower(s)
	return strings.HasPrefix(s, "i") || strings.HasPrefix(s, "hi") && !strings.HasPrefix(s, "hia") && !strings.HasPrefix(s, "hie")
}

func startsWithO(s string) bool {
	s = strings.ToLower(s)
	return strings.HasPrefix(s, "o") || strings.HasPrefix(s, "ho") || strings.HasPrefix(s, "8")
}

// Name gives the name of a region, language or currency in a locale, "" where none
// is known.
func Name(tag, kind, code string) string {
	names := load(tag).Names
	switch kind {
	case "region":
		return names.Region[code]
	case "currency":
		return names.Currency[code]
	case "language":
		if name := names.Language[code]; name != "" {
			return name
		}
		base, region, ok := strings.Cut(code, "-")
		if !ok || names.Language[base] == "" {
			return names.Language[base]
		}
		if names.Region[region] != "" {
			region = names.Region[region]
		}
		return names.Language[base] + " (" + region + ")"
	}
	return ""
}
