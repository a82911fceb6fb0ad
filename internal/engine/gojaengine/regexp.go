package gojaengine

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/dop251/goja/ast"
)

// goja parses \p{…} in a pattern but never matches it. So a program that uses
// one has it replaced, in the syntax tree and in what the RegExp constructor is
// given, by the ranges of code points that it stands for.

// expandLiterals rewrites the regular expressions of a program.
func expandLiterals(program *ast.Program) {
	visit(reflect.ValueOf(program), func(node any) {
		if re, ok := node.(*ast.RegExpLiteral); ok && strings.ContainsAny(re.Flags, "uv") {
			if pattern, err := expandProperties(re.Pattern); err == nil {
				re.Pattern = pattern
			}
		}
	})
}

// usesProperties reports whether expandLiterals could have something to do.
func usesProperties(src string) bool {
	return strings.Contains(src, `\p{`) || strings.Contains(src, `\P{`)
}

// visit calls f for every node of a syntax tree.
func visit(v reflect.Value, f func(node any)) {
	switch v.Kind() {
	case reflect.Interface:
		if !v.IsNil() {
			visit(v.Elem(), f)
		}
	case reflect.Pointer:
		if v.IsNil() || v.Elem().Kind() != reflect.Struct || v.Type().Elem().PkgPath() != reflect.TypeFor[ast.Program]().PkgPath() {
			return
		}
		f(v.Interface())
		visit(v.Elem(), f)
	case reflect.Struct:
		for i := range v.NumField() {
			// Declaration lists repeat nodes of the bodies.
			if t := v.Type().Field(i); t.IsExported() && t.Name != "DeclarationList" {
				visit(v.Field(i), f)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			visit(v.Index(i), f)
		}
	}
}

// expandProperties replaces each \p{…} and \P{…} of a pattern. An unknown
// property is an error, as in Node.
func expandProperties(pattern string) (string, error) {
	var out strings.Builder
	inClass := false
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		switch {
		case c == '[':
			inClass = true
		case c == ']':
			inClass = false
		case c == '\\' && i+1 < len(pattern):
			next := pattern[i+1]
			end := strings.IndexByte(pattern[i:], '}')
			if (next != 'p' && next != 'P') || i+2 >= len(pattern) || pattern[i+2] != '{' || end < 0 {
				out.WriteString(pattern[i : i+2])
				i++
				continue
			}
			name := pattern[i+3 : i+end]
			ranges, ok := property(name)
			if !ok {
				return "", errPropertyName
			}
			if next == 'P' {
				ranges = complement(ranges)
			}
			if !inClass {
				out.WriteByte('[')
			}
			for _, r := range ranges {
				fmt.Fprintf(&out, `\u{%X}`, r[0])
				if r[1] > r[0] {
					fmt.Fprintf(&out, `-\u{%X}`, r[1])
				}
			}
			if !inClass {
				out.WriteByte(']')
			}
			i += end
			continue
		}
		out.WriteByte(c)
	}
	return out.String(), nil
}

var errPropertyName = errors.New("invalid property name")

// property gives the sorted ranges of a Unicode property, as ECMAScript names it:
// "L", "Letter", "Script=Greek", "Emoji", …
func property(name string) ([][2]rune, bool) {
	key, value, pair := strings.Cut(name, "=")
	if pair {
		switch key {
		case "Script", "sc", "Script_Extensions", "scx":
			if t, ok := unicode.Scripts[value]; ok {
				return tableRanges(t), true
			}
			return nil, false
		case "General_Category", "gc":
			return category(value)
		}
		return nil, false
	}
	if ranges, ok := category(name); ok {
		return ranges, true
	}
	switch name {
	case "Any":
		return [][2]rune{{0, unicode.MaxRune}}, true
	case "ASCII":
		return [][2]rune{{0, 0x7f}}, true
	case "Assigned":
		ranges, _ := category("Cn")
		return complement(ranges), true
	case "Alphabetic", "Alpha":
		return union(unicode.L, unicode.Nl, unicode.Other_Alphabetic), true
	case "Lowercase", "Lower":
		return union(unicode.Ll, unicode.Other_Lowercase), true
	case "Uppercase", "Upper":
		return union(unicode.Lu, unicode.Other_Uppercase), true
	case "ID_Start", "IDS", "XID_Start", "XIDS":
		return minusPatternSyntax(union(unicode.L, unicode.Nl, unicode.Other_ID_Start)), true
	case "ID_Continue", "IDC", "XID_Continue", "XIDC":
		return minusPatternSyntax(union(unicode.L, unicode.Nl, unicode.Other_ID_Start, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Continue)), true
	}
	if long, ok := propertyAliases()[name]; ok {
		name = long
	}
	if t, ok := unicode.Properties[name]; ok {
		return tableRanges(t), true
	}
	return emoji(name)
}

func category(name string) ([][2]rune, bool) {
	if short, ok := categoryNames()[name]; ok {
		name = short
	}
	switch name {
	case "LC":
		return union(unicode.Lu, unicode.Ll, unicode.Lt), true
	case "Cn", "C":
		var assigned []*unicode.RangeTable
		for n, t := range unicode.Categories {
			if len(n) == 2 && n != "Cn" && (name == "Cn" || n[0] != 'C') {
				assigned = append(assigned, t)
			}
		}
		return complement(union(assigned...)), true
	}
	if t, ok := unicode.Categories[name]; ok {
		return tableRanges(t), true
	}
	return nil, false
}

func tableRanges(t *unicode.RangeTable) [][2]rune { return union(t) }

// union merges tables into sorted, disjoint ranges.
func union(tables ...*unicode.RangeTable) [][2]rune {
	var all [][2]rune
	add := func(lo, hi, stride rune) {
		if stride == 1 {
			all = append(all, [2]rune{lo, hi})
			return
		}
		for r := lo; r <= hi; r += stride {
			all = append(all, [2]rune{r, r})
		}
	}
	for _, t := range tables {
		for _, r := range t.R16 {
			add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
		for _, r := range t.R32 {
			add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
	}
	slices.SortFunc(all, func(a, b [2]rune) int { return int(a[0] - b[0]) })
	var merged [][2]rune
	for _, r := range all {
		if n := len(merged); n > 0 && r[0] <= merged[n-1][1]+1 {
			merged[n-1][1] = max(merged[n-1][1], r[1])
			continue
		}
		merged = append(merged, r)
	}
	return merged
}

func complement(ranges [][2]rune) [][2]rune {
	var out [][2]rune
	next := rune(0)
	for _, r := range ranges {
		if r[0] > next {
			out = append(out, [2]rune{next, r[0] - 1})
		}
		next = r[1] + 1
	}
	if next <= unicode.MaxRune {
		out = append(out, [2]rune{next, unicode.MaxRune})
	}
	return out
}

// minusPatternSyntax takes out what Unicode reserves for syntax, which is in no
// identifier.
func minusPatternSyntax(ranges [][2]rune) [][2]rune {
	var out [][2]rune
	for _, r := range ranges {
		from := r[0]
		for c := r[0]; c <= r[1]; c++ {
			if unicode.In(c, unicode.Pattern_Syntax, unicode.Pattern_White_Space) {
				if c > from {
					out = append(out, [2]rune{from, c - 1})
				}
				from = c + 1
			}
			if c > 0x3030 { // the last character of Pattern_Syntax
				break
			}
		}
		if from <= r[1] {
			out = append(out, [2]rune{from, r[1]})
		}
	}
	return out
}

// categoryNames gives the short name of each long one (Unicode's
// PropertyValueAliases.txt).
func categoryNames() map[string]string {
	return map[string]string{
		"Letter": "L", "Cased_Letter": "LC", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll", "Titlecase_Letter": "Lt",
		"Modifier_Letter": "Lm", "Other_Letter": "Lo", "Mark": "M", "Combining_Mark": "M", "Nonspacing_Mark": "Mn",
		"Spacing_Mark": "Mc", "Enclosing_Mark": "Me", "Number": "N", "Decimal_Number": "Nd", "digit": "Nd",
		"Letter_Number": "Nl", "Other_Number": "No", "Punctuation": "P", "punct": "P", "Connector_Punctuation": "Pc",
		"Dash_Punctuation": "Pd", "Open_Punctuation": "Ps", "Close_Punctuation": "Pe", "Initial_Punctuation": "Pi",
		"Final_Punctuation": "Pf", "Other_Punctuation": "Po", "Symbol": "S", "Math_Symbol": "Sm", "Currency_Symbol": "Sc",
		"Modifier_Symbol": "Sk", "Other_Symbol": "So", "Separator": "Z", "Space_Separator": "Zs", "Line_Separator": "Zl",
		"Paragraph_Separator": "Zp", "Other": "C", "Control": "Cc", "cntrl": "Cc", "Format": "Cf", "Surrogate": "Cs",
		"Private_Use": "Co", "Unassigned": "Cn",
	}
}

// propertyAliases gives the long name of the short ones that are in use.
func propertyAliases() map[string]string {
	return map[string]string{
		"space": "White_Space", "Hex": "Hex_Digit", "AHex": "ASCII_Hex_Digit", "Dia": "Diacritic", "Ext": "Extender",
		"Ideo": "Ideographic", "QMark": "Quotation_Mark", "RI": "Regional_Indicator", "STerm": "Sentence_Terminal",
		"Term": "Terminal_Punctuation", "VS": "Variation_Selector", "Pat_WS": "Pattern_White_Space",
		"EPres": "Emoji_Presentation", "EMod": "Emoji_Modifier", "EBase": "Emoji_Modifier_Base", "EComp": "Emoji_Component",
		"ExtPict": "Extended_Pictographic",
	}
}
