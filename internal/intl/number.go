package intl

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// numberData is what a locale does with numbers. In patterns # stands for the
// digits and {cUSD} for a part: the letter is its type, see partTypes.
type numberData struct {
	Decimal, Group, Minus, Plus, Infinity, Nan, Exponent string

	Grouped4 bool  // whether 1234 has a separator
	Sizes    []int // of the groups of 123456789012

	CurrencyDecimal, CurrencyGroup string
	CurrencyGrouped4               bool

	Plain, Percent []string // for 5, -5 and +5
	// Currencies have, by display, their symbol and the index of its form; a form
	// holds the patterns for 5, -5 and +5, then the same for accounting.
	Currencies    map[string]currencyData
	CurrencyForms [][]string
	// CompactForms stand for the form CompactForm in short amounts.
	CompactForms []string
	CompactForm  int
	Compact      map[string][]map[string]compactData // from a thousand on, by plural category
	Units        map[string][]map[string]string      // short, long, narrow, by plural category
}

type currencyData struct {
	S, N, C [2]any
	Name    map[string]string
}

// compactData is a pattern and how many digits stand before its word.
type compactData [2]any

func (c compactData) pattern() string { return c[0].(string) }
func (c compactData) digits() int     { return int(c[1].(float64)) }

// NumberOptions are the resolved options of Intl.NumberFormat.
type NumberOptions struct {
	Locale                         string // one that Resolve gave
	Style                          string // decimal, percent, currency, unit
	Currency, Display, Sign        string // USD; symbol, narrowSymbol, code, name; standard, accounting
	Unit, UnitDisplay              string
	Notation, CompactDisplay       string
	SignDisplay                    string
	Grouping                       string // auto, always, min2, "" for none
	MinInteger                     int
	MinFraction, MaxFraction       int
	MinSignificant, MaxSignificant int    // 0 for none
	Rounding                       string // fraction, significant, morePrecision, lessPrecision
	RoundingMode, TrailingZeroes   string
	RoundingIncrement              int
}

// Number formats numbers in one way.
type Number struct {
	NumberOptions
	l *locale
}

// NewNumber prepares a way to format numbers.
func NewNumber(o NumberOptions) *Number { return &Number{NumberOptions: o, l: load(o.Locale)} }

// CurrencyDigits is how many digits an amount has behind the point.
func CurrencyDigits(code string) int {
	if n, ok := loadCommon().Digits[code]; ok {
		return n
	}
	return 2
}

// Float formats a number.
func (n *Number) Float(x float64) []Part {
	switch {
	case math.IsNaN(x):
		return n.dress([]Part{{"nan", n.l.Numbers.Nan}}, false, false, true, "other")
	case math.IsInf(x, 0):
		return n.dress([]Part{{"infinity", n.l.Numbers.Infinity}}, x < 0, false, false, "other")
	}
	return n.decimal(parseDecimal(x))
}

// Text formats a number that is given as its digits, for BigInt and exact text; ok
// is false for what is none.
func (n *Number) Text(s string) (parts []Part, ok bool) {
	d, ok := parseDecimalText(s)
	if !ok {
		return nil, false
	}
	return n.decimal(d), true
}

func (n *Number) decimal(d decimal) []Part {
	if n.Style == "percent" {
		d = d.scale(2)
	}
	switch n.Notation {
	case "compact":
		return n.compact(d)
	case "scientific", "engineering":
		return n.scientific(d)
	}
	rounded, minFraction := n.rounded(d)
	category := n.category(rounded, minFraction)
	return n.dress(n.digits(rounded, minFraction, n.grouping()), d.negative, rounded.zero(), false, category)
}

// rounded rounds, and gives how many digits are shown behind the point at least.
func (n *Number) rounded(d decimal) (decimal, int) {
	byFraction := func() (decimal, int) {
		if n.RoundingIncrement > 1 {
			return d.increment(n.RoundingIncrement, n.MaxFraction, n.RoundingMode), n.MinFraction
		}
		return d.round(n.MaxFraction, n.RoundingMode), n.MinFraction
	}
	bySignificant := func() (decimal, int) {
		r := d.keep(n.MaxSignificant, n.RoundingMode)
		return r, max(0, n.MinSignificant-1-r.magnitude())
	}
	var r decimal
	var minFraction int
	switch n.Rounding {
	case "significant":
		r, minFraction = bySignificant()
	case "morePrecision", "lessPrecision":
		// The one that rounds at the smaller, or the larger, place.
		significantPlace := d.magnitude() - n.MaxSignificant + 1
		if (significantPlace <= -n.MaxFraction) == (n.Rounding == "morePrecision") {
			r, minFraction = bySignificant()
		} else {
			r, minFraction = byFraction()
		}
	default:
		r, minFraction = byFraction()
	}
	if n.TrailingZeroes == "stripIfInteger" {
		if _, fraction := r.split(); fraction == "" {
			minFraction = 0
		}
	}
	return r, minFraction
}

// increment rounds to a multiple of step in the last place.
func (d decimal) increment(step, fraction int, mode string) decimal {
	scaled := d.scale(fraction)
	whole, rest := scaled.split()
	n := 0
	for _, c := range whole[max(0, len(whole)-9):] {
		n = n*10 + int(c-'0')
	}
	over := n % step
	part := parseDecimal((float64(over) + parseFraction(rest)) / float64(step))
	part.negative = d.negative
	if part.round(0, mode).zero() {
		n -= over
	} else {
		n += step - over
	}
	high := whole[:max(0, len(whole)-9)]
	result, _ := parseDecimalText(strings.TrimLeft(high+pad(n, min(9, len(whole))), "0") + "0")
	result.negative = d.negative
	return result.scale(-1 - fraction)
}

func parseFraction(digits string) float64 {
	f, scale := 0.0, 0.1
	for _, c := range digits {
		f += float64(c-'0') * scale
		scale /= 10
	}
	return f
}

func pad(n, width int) string {
	s := ""
	for n > 0 || len(s) < width {
		s = string(rune('0'+n%10)) + s
		n /= 10
	}
	return s
}

// grouping is from how many digits on separators stand: 0 for never.
func (n *Number) grouping() int {
	four := n.l.Numbers.Grouped4
	if n.Style == "currency" {
		four = n.l.Numbers.CurrencyGrouped4
	}
	switch {
	case n.Grouping == "":
		return 0
	case n.Grouping == "always" || n.Grouping == "auto" && four:
		return 4
	}
	return 5
}

// digits writes a rounded number without its sign.
func (n *Number) digits(d decimal, minFraction, groupFrom int) []Part {
	whole, fraction := d.split()
	for len(whole) < n.MinInteger {
		whole = "0" + whole
	}
	for len(fraction) < minFraction {
		fraction += "0"
	}
	point, separator := n.l.Numbers.Decimal, n.l.Numbers.Group
	if n.Style == "currency" {
		point, separator = n.l.Numbers.CurrencyDecimal, n.l.Numbers.CurrencyGroup
	}
	var parts []Part
	for i, group := range n.groups(whole, groupFrom) {
		if i > 0 {
			parts = append(parts, Part{"group", separator})
		}
		parts = append(parts, Part{"integer", group})
	}
	if fraction != "" {
		parts = append(parts, Part{"decimal", point}, Part{"fraction", fraction})
	}
	return parts
}

// groups cuts digits into groups.
func (n *Number) groups(whole string, from int) []string {
	sizes := n.l.Numbers.Sizes
	if from == 0 || len(whole) < from || len(sizes) < 2 {
		return []string{whole}
	}
	first, others := sizes[len(sizes)-1], sizes[len(sizes)-2]
	var groups []string
	for size := first; len(whole) > size; size = others {
		groups = append(groups, whole[len(whole)-size:])
		whole = whole[:len(whole)-size]
	}
	groups = append(groups, whole)
	slices.Reverse(groups)
	return groups
}

func (n *Number) category(d decimal, minFraction int) string {
	if n.Style != "unit" && !(n.Style == "currency" && n.Display == "name") && n.Notation != "compact" {
		return "other"
	}
	return n.l.plural(d, minFraction, false)
}

// compact writes 1234567 as 1.2M.
func (n *Number) compact(d decimal) []Part {
	table := n.l.Numbers.Compact[n.CompactDisplay]
	entry := func(magnitude int) (map[string]compactData, int) {
		if magnitude < 3 || len(table) == 0 {
			return nil, 0
		}
		at := min(magnitude-3, len(table)-1)
		e := table[at]
		if e["other"].pattern() == "#" {
			return nil, 0
		}
		return e, at + 3 + 1 - e["other"].digits()
	}
	e, shift := entry(d.magnitude())
	rounded, minFraction := n.rounded(d.scale(-shift))
	if !rounded.zero() && rounded.scale(shift).magnitude() > d.magnitude() { // 999,999 is 1M
		e, shift = entry(d.magnitude() + 1)
		rounded, minFraction = n.rounded(d.scale(-shift))
	}
	category := n.l.plural(rounded, minFraction, false)
	parts := n.digits(rounded, minFraction, n.grouping())
	if e != nil {
		word, ok := e[category]
		_, fraction := rounded.split()
		// A word without a number, as mille, is for exactly one.
		alone := ok && !strings.Contains(word.pattern(), "#") && rounded.digits == "1" && rounded.exp == 1
		if fractional, is := e["1.5 "+category]; is && !alone && (fraction != "" || minFraction > 0) {
			word, ok = fractional, true
		}
		if !ok {
			word = e["other"]
		}
		parts = fill(word.pattern(), parts)
	}
	return n.dress(parts, d.negative, rounded.zero(), false, category)
}

// scientific writes 1234567 as 1.235E6.
func (n *Number) scientific(d decimal) []Part {
	exponent := func(d decimal) int {
		e := d.magnitude()
		if n.Notation == "engineering" {
			e = int(math.Floor(float64(e)/3)) * 3
		}
		return e
	}
	e := exponent(d)
	rounded, minFraction := n.rounded(d.scale(-e))
	if next := exponent(rounded.scale(e)); next != e && !rounded.zero() {
		e = next
		rounded, minFraction = n.rounded(d.scale(-e))
	}
	parts := append(n.digits(rounded, minFraction, 0), Part{"exponentSeparator", n.l.Numbers.Exponent})
	if e < 0 {
		parts, e = append(parts, Part{"exponentMinusSign", n.l.Numbers.Minus}), -e
	}
	parts = append(parts, Part{"exponentInteger", pad(e, 1)})
	return n.dress(parts, d.negative, rounded.zero(), false, "other")
}

// dress puts sign, currency, unit or percent sign around digits.
func (n *Number) dress(digits []Part, negative, zero, nan bool, category string) []Part {
	sign := n.sign(negative, zero, nan)
	data := &n.l.Numbers
	switch n.Style {
	case "percent":
		return n.signed(data.Percent, sign, digits)
	case "currency":
		if n.Display == "name" {
			return fill(n.named(category), n.signed(data.Plain, sign, digits))
		}
		return n.amount(sign, digits)
	case "unit":
		return n.measure(sign, digits, category)
	}
	return n.signed(data.Plain, sign, digits)
}

// The signs a number can be shown with.
const (
	noSign = iota
	minusSign
	plusSign
)

func (n *Number) sign(negative, zero, nan bool) int {
	if nan {
		negative = false
	}
	switch n.SignDisplay {
	case "never":
		return noSign
	case "always":
		if negative {
			return minusSign
		}
		return plusSign
	case "exceptZero":
		switch {
		case zero || nan:
			return noSign
		case negative:
			return minusSign
		}
		return plusSign
	case "negative":
		if negative && !zero {
			return minusSign
		}
		return noSign
	}
	if negative {
		return minusSign
	}
	return noSign
}

func (n *Number) signed(patterns []string, sign int, digits []Part) []Part {
	return fill(patterns[sign], digits)
}

// amount writes a currency with its symbol.
func (n *Number) amount(sign int, digits []Part) []Part {
	data := &n.l.Numbers
	entry, known := data.Currencies[n.Currency]
	symbol, form := n.Currency, 0
	if !known {
		entry = data.Currencies["XTS"] // the code for tests: it has no symbol
	}
	pick := entry.S
	switch n.Display {
	case "narrowSymbol":
		pick = entry.N
	case "code":
		pick = entry.C
	}
	if f, ok := pick[1].(float64); ok {
		form = int(f)
	}
	if text, ok := pick[0].(string); ok && known {
		symbol = text
	}
	index := sign
	if n.Sign == "accounting" {
		index += 3
	}
	pattern := data.CurrencyForms[form][index]
	if n.Notation == "compact" && form == data.CompactForm {
		pattern = data.CompactForms[index]
	}
	parts := fill(pattern, digits)
	for i := range parts {
		if parts[i].Type == "currency" {
			parts[i].Value = symbol
		}
	}
	return parts
}

// named is the pattern with the currency's name.
func (n *Number) named(category string) string {
	names := n.l.Numbers.Currencies[n.Currency].Name
	if p, ok := names[category]; ok {
		return p
	}
	if p, ok := names["other"]; ok {
		return p
	}
	other := n.l.Numbers.Currencies["XTS"].Name["other"]
	return other[:strings.LastIndex(other, "{c")] + "{c" + n.Currency + "}"
}

// measure writes a quantity with its unit.
func (n *Number) measure(sign int, digits []Part, category string) []Part {
	pick := func(unit string) string {
		forms := n.l.Numbers.Units[unit]
		if len(forms) == 0 {
			return ""
		}
		byCategory := forms[map[string]int{"short": 0, "long": 1, "narrow": 2}[n.UnitDisplay]]
		if p, ok := byCategory[category]; ok {
			return p
		}
		return byCategory["other"]
	}
	signed := n.signed(n.l.Numbers.Plain, sign, digits)
	if p := pick(n.Unit); p != "" {
		return fill(p, signed)
	}
	per, over, _ := strings.Cut(n.Unit, "-per-")
	parts := fill(pick(per), signed)
	for _, p := range fill(pick(over), nil) {
		if p.Type == "unit" {
			parts = append(parts, Part{"unit", "/" + p.Value})
		}
	}
	return parts
}

// partTypes are the letters of the patterns.
var partTypes = map[byte]string{
	'-': "minusSign", '+': "plusSign", '%': "percentSign", 'c': "currency", 'l': "literal", 'u': "unit", 'k': "compact",
	'e': "exponentSeparator", 'x': "exponentInteger", 'y': "exponentMinusSign",
}

// fill puts digits in place of # in a pattern.
func fill(pattern string, digits []Part) []Part {
	var parts []Part
	for len(pattern) > 0 {
		switch pattern[0] {
		case '#':
			parts = append(parts, digits...)
			pattern = pattern[1:]
		case '{':
			end := strings.IndexByte(pattern, '}')
			parts = append(parts, Part{partTypes[pattern[1]], pattern[2:end]})
			pattern = pattern[end+1:]
		default:
			_, size := utf8.DecodeRuneInString(pattern)
			parts = append(parts, Part{"literal", pattern[:size]})
			pattern = pattern[size:]
		}
	}
	return parts
}
