package gojaengine

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
)

// goja parses \p{…} in a pattern but never matches it. So a program that uses
// one has it replaced, in the syntax tree and in what the RegExp constructor is
// given, by the ranges of code points that it stands for. And it confuses classes
// of halves of surrogate pairs, which are written in another way.

// expandLiterals rewrites the regular expressions of a program. It returns what
// each of them was.
func expandLiterals(program *ast.Program) map[string]string {
	written := map[string]string{}
	visit(reflect.ValueOf(program), func(node any) {
		re, ok := node.(*ast.RegExpLiteral)
		if !ok {
			return
		}
		before := re.Pattern
		if !strings.ContainsAny(re.Flags, "uv") {
			re.Pattern = separateHalves(before)
		} else if pattern, err := expandProperties(before); err == nil {
			re.Pattern = pattern
		}
		if re.Pattern != before {
			written[re.Pattern] = before
		}
	})
	return written
}

// keepSources makes the literals of a compiled program show how they were written.
func keepSources(program *goja.Program, written map[string]string) {
	layout, err := instructionLayoutOf()
	if err != nil || len(written) == 0 {
		return
	}
	code := *(*[]instruction)(unsafe.Add(unsafe.Pointer(program), layout.code))
	for i := range code {
		t, data := layout.typeOf(program, i), wordsOf(&code[i]).data
		if t.Kind() == reflect.Pointer && t.Elem().Name() == "newRegexp" {
			keepSource(reflect.NewAt(t.Elem(), data).Elem().FieldByName("src"), written)
		}
		for _, at := range layout.programsIn(t) {
			if inner := *(**goja.Program)(unsafe.Add(data, at)); inner != nil {
				keepSources(inner, written)
			}
		}
	}
}

// keepSource sets a field that has a rewritten pattern to how it was written.
func keepSource(field reflect.Value, written map[string]string) {
	if !field.IsValid() || field.Kind() != reflect.Interface || field.IsNil() {
		return
	}
	field = reflect.NewAt(field.Type(), field.Addr().UnsafePointer()).Elem()
	source, ok := field.Interface().(goja.Value)
	if !ok {
		return
	}
	if before, ok := written[source.String()]; ok {
		setText(field, before)
	}
}

// setText puts a string into a field of the engine's.
func setText(field reflect.Value, text string) {
	if v := reflect.ValueOf(goja.StringFromUTF16(utf16.Encode([]rune(text)))); v.Type().AssignableTo(field.Type()) {
		field.Set(v)
	}
}

// setSource gives an object of the class RegExp the source that it was made of,
// escaped as V8 does it.
func setSource(made *goja.Object, pattern string) {
	self := reflect.ValueOf(made).Elem().FieldByName("self")
	if !self.IsValid() || self.Kind() != reflect.Interface || self.Elem().Kind() != reflect.Pointer || self.Elem().Type().Elem().Name() != "regexpObject" {
		return
	}
	field := self.Elem().Elem().FieldByName("source")
	if !field.IsValid() || field.Kind() != reflect.Interface {
		return
	}
	setText(reflect.NewAt(field.Type(), field.Addr().UnsafePointer()).Elem(), escapedSource(pattern))
}

// escapedSource escapes what can't stand in a literal.
func escapedSource(pattern string) string {
	var out strings.Builder
	inClass := false
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		switch {
		case c == '\\' && i+1 < len(pattern) && pattern[i+1] != '\n' && pattern[i+1] != '\r':
			out.WriteString(pattern[i : i+2])
			i++
			continue
		case c == '\n':
			out.WriteString(`\n`)
			continue
		case c == '\r':
			out.WriteString(`\r`)
			continue
		case c == '/' && !inClass:
			out.WriteByte('\\')
		case c == '[':
			inClass = true
		case c == ']':
			inClass = false
		}
		out.WriteByte(c)
	}
	return out.String()
}

// needsExpansion reports whether expandLiterals could have something to do.
func needsExpansion(src string) bool {
	return strings.Contains(src, `\p{`) || strings.Contains(src, `\P{`) || hasHalf(src) || hasPair(src)
}

// separateHalves rewrites the classes of a pattern that name halves of surrogate
// pairs, and puts the halves of a pair apart. goja's matcher keeps the classes and
// texts of a pattern under a name in UTF-8, where all halves are the same
// character, and so takes one class for another. Each class gets one more
// character, of those for private use, and an assertion that it is not there.
func separateHalves(pattern string) string {
	pattern = escapePairs(pattern)
	if !hasHalf(pattern) {
		return pattern
	}
	var out strings.Builder
	marks := rune(0xF8D0)
	half := false // the last character was one
	for i := 0; i < len(pattern); {
		if pattern[i] == '[' {
			end := classEnd(pattern, i)
			class := pattern[i:end]
			switch rest, negated := strings.CutPrefix(class, "[^"); {
			case !hasHalf(class):
				out.WriteString(class)
			case negated:
				fmt.Fprintf(&out, `(?:[^\u%X%s|\u%[1]X)`, marks, rest)
				marks++
			default:
				fmt.Fprintf(&out, `(?:(?!\u%X)[\u%[1]X%s)`, marks, class[1:])
				marks++
			}
			i, half = end, false
			continue
		}
		size := 1
		if pattern[i] == '\\' && i+1 < len(pattern) {
			size = 2
		}
		isHalf := hasHalf(pattern[i:min(len(pattern), i+len(`\uD800`))]) && size == 2
		if isHalf {
			size = len(`\uD800`)
			if half {
				out.WriteString(`(?!\uF8CF)`)
			}
		}
		out.WriteString(pattern[i : i+size])
		i, half = i+size, isHalf
	}
	return out.String()
}

// escapePairs writes characters that are surrogate pairs as escapes.
func escapePairs(pattern string) string {
	if !hasPair(pattern) {
		return pattern
	}
	var out strings.Builder
	for _, c := range pattern {
		if high, low := utf16.EncodeRune(c); high != unicode.ReplacementChar {
			fmt.Fprintf(&out, `\u%X\u%X`, high, low)
		} else {
			out.WriteRune(c)
		}
	}
	return out.String()
}

// hasPair reports whether there is a character that is a surrogate pair.
func hasPair(text string) bool {
	for i := range len(text) {
		if text[i] >= 0xF0 {
			return true
		}
	}
	return false
}

// classEnd gives where the class ends that begins at an offset.
func classEnd(pattern string, open int) int {
	for i := open + 1; i < len(pattern); i++ {
		switch pattern[i] {
		case '\\':
			i++
		case ']':
			return i + 1
		}
	}
	return len(pattern)
}

// hasHalf reports whether there is an escape of a half of a surrogate pair.
func hasHalf(text string) bool {
	for i := 0; i+len(`\uD800`) <= len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		if text[i+1] == 'u' && text[i+2]|0x20 == 'd' && strings.IndexByte("89abcdefABCDEF", text[i+3]) >= 0 {
			return true
		}
		i++
	}
	return false
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
