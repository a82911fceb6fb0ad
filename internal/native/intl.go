package native

import (
	"math/big"

	"github.com/fns-dev/fns/internal/intl"
)

// intlNatives are the work behind Intl; the classes check the options.
//
//	intlCanonical(tag)                     → tag, or undefined for none
//	intlSupported(tag)                     → locale, or undefined
//	intlResolve([tag…])                    → [locale, {extension keys}]
//	intlNumber({options})                  → handle
//	intlNumberText(handle, n)              → text; n is a number, a BigInt or digits
//	intlNumberParts(handle, n)             → [type, value, …]
//	intlCurrencyDigits(code)               → digits
//	intlPlural({options}, n, ordinal)      → category
//	intlPluralCategories(locale, ordinal)  → [category…]
//	intlTimeZone(name)                     → canonical name, or undefined
//	intlDate({options})                    → [handle, hour cycle]
//	intlDateText(handle, ms)               → text
//	intlDateParts(handle, ms)              → [type, value, …]
//	intlDateRange(handle, from, to)        → [type, value, source, …]
//	intlRelative(handle, style, unit, auto, n) → [type, value, …]
//	intlList(locale, type, style, [text…]) → [type, value, …]
//	intlName(locale, type, code)           → name, or ""
//	intlCollator(locale, sensitivity, numeric, ignorePunctuation, caseFirst) → handle
//	intlSegments(text, granularity)        → [text, wordLike, …]
//	intlCase(locale, text, upper)          → text
//	intlValues(key)                        → [value…], or undefined
func intlNatives() Table {
	return Table{
		"intlCanonical": func(_ Host, a Args) (any, error) { return orNil(intl.Canonical(a.String(0))) },
		"intlSupported": func(_ Host, a Args) (any, error) { return orNil(intl.Supported(a.String(0))) },
		"intlResolve": func(_ Host, a Args) (any, error) {
			found, keys := intl.Resolve(texts(a.Any(0)))
			values := map[string]any{}
			for key, value := range keys {
				values[key] = value
			}
			return []any{found, values}, nil
		},
		"intlNumber":         func(_ Host, a Args) (any, error) { return &Handle{V: intl.NewNumber(numberOptions(a.Map(0)))}, nil },
		"intlNumberText":     func(_ Host, a Args) (any, error) { return intl.Join(formatNumber(a)), nil },
		"intlNumberParts":    func(_ Host, a Args) (any, error) { return flat(formatNumber(a)), nil },
		"intlCurrencyDigits": func(_ Host, a Args) (any, error) { return int64(intl.CurrencyDigits(a.String(0))), nil },
		"intlPlural": func(_ Host, a Args) (any, error) {
			return intl.Plural(numberOptions(a.Map(0)), a.Float(1), a.Bool(2)), nil
		},
		"intlPluralCategories": func(_ Host, a Args) (any, error) { return anyList(intl.PluralCategories(a.String(0), a.Bool(1))), nil },
		"intlTimeZone":         func(_ Host, a Args) (any, error) { return orNil(intl.TimeZone(a.String(0))) },
		"intlDate": func(_ Host, a Args) (any, error) {
			d, err := intl.NewDate(dateOptions(a.Map(0)))
			if err != nil {
				return nil, err
			}
			return []any{&Handle{V: d}, d.Cycle}, nil
		},
		"intlDateText":  func(_ Host, a Args) (any, error) { return intl.DateText(formatDate(a)), nil },
		"intlDateParts": func(_ Host, a Args) (any, error) { return flat(formatDate(a)), nil },
		"intlDateRange": func(_ Host, a Args) (any, error) {
			d, _ := HandleOf[*intl.Date](a, 0)
			var list []any
			for _, p := range d.Between(a.Float(1), a.Float(2)) {
				list = append(list, p.Type, p.Value, p.Source)
			}
			return list, nil
		},
		"intlRelative": func(_ Host, a Args) (any, error) {
			n, _ := HandleOf[*intl.Number](a, 0)
			return flat(intl.Relative(n, a.String(1), a.String(2), a.Bool(3), a.Float(4))), nil
		},
		"intlList": func(_ Host, a Args) (any, error) {
			return flat(intl.List(a.String(0), a.String(1), a.String(2), texts(a.Any(3)))), nil
		},
		"intlName": func(_ Host, a Args) (any, error) { return intl.Name(a.String(0), a.String(1), a.String(2)), nil },
		"intlCollator": func(_ Host, a Args) (any, error) {
			return &Handle{V: intl.NewCollator(a.String(0), a.String(1), a.Bool(2), a.Bool(3), a.String(4))}, nil
		},
		"intlSegments": func(_ Host, a Args) (any, error) {
			var list []any
			for _, s := range intl.Segments(a.String(0), a.String(1)) {
				list = append(list, s.Text, s.WordLike)
			}
			return list, nil
		},
		"intlCase": func(_ Host, a Args) (any, error) {
			if a.Bool(2) {
				return intl.Upper(a.String(0), a.String(1)), nil
			}
			return intl.Lower(a.String(0), a.String(1)), nil
		},
		"intlValues": func(_ Host, a Args) (any, error) {
			if list := intl.Values(a.String(0)); list != nil {
				return anyList(list), nil
			}
			return nil, nil
		},
	}
}

func orNil(s string, ok bool) (any, error) {
	if !ok {
		return nil, nil
	}
	return s, nil
}

func anyList(list []string) []any {
	all := make([]any, len(list))
	for i, s := range list {
		all[i] = s
	}
	return all
}

func texts(v any) []string {
	list, _ := v.([]any)
	all := make([]string, len(list))
	for i, item := range list {
		all[i], _ = item.(string)
	}
	return all
}

func flat(parts []intl.Part) []any {
	list := make([]any, 0, 2*len(parts))
	for _, p := range parts {
		list = append(list, p.Type, p.Value)
	}
	return list
}

func formatNumber(a Args) []intl.Part {
	n, _ := HandleOf[*intl.Number](a, 0)
	switch v := a.Any(1).(type) {
	case *big.Int:
		parts, _ := n.Text(v.String())
		return parts
	case string:
		if parts, ok := n.Text(v); ok {
			return parts
		}
	}
	return n.Float(a.Float(1))
}

func formatDate(a Args) []intl.Part {
	d, _ := HandleOf[*intl.Date](a, 0)
	return d.Parts(a.Float(1))
}

// optionText and optionInt read an option.
func optionText(m map[string]any, name string) string { s, _ := m[name].(string); return s }

func optionInt(m map[string]any, name string) int { return int(Args{m[name]}.Int(0)) }

func numberOptions(m map[string]any) intl.NumberOptions {
	text := func(name string) string { return optionText(m, name) }
	number := func(name string) int { return optionInt(m, name) }
	return intl.NumberOptions{
		Locale: text("locale"), Style: text("style"), Currency: text("currency"), Display: text("currencyDisplay"), Sign: text("currencySign"),
		Unit: text("unit"), UnitDisplay: text("unitDisplay"), Notation: text("notation"), CompactDisplay: text("compactDisplay"),
		SignDisplay: text("signDisplay"), Grouping: text("useGrouping"), MinInteger: number("minimumIntegerDigits"),
		MinFraction: number("minimumFractionDigits"), MaxFraction: number("maximumFractionDigits"),
		MinSignificant: number("minimumSignificantDigits"), MaxSignificant: number("maximumSignificantDigits"),
		Rounding: text("rounding"), RoundingMode: text("roundingMode"), TrailingZeroes: text("trailingZeroDisplay"), RoundingIncrement: number("roundingIncrement"),
	}
}

func dateOptions(m map[string]any) intl.DateOptions {
	text := func(name string) string { return optionText(m, name) }
	return intl.DateOptions{
		Locale: text("locale"), TimeZone: text("timeZone"), Weekday: text("weekday"), Era: text("era"), Year: text("year"), Month: text("month"),
		Day: text("day"), Hour: text("hour"), Minute: text("minute"), Second: text("second"), Fraction: optionInt(m, "fractionalSecondDigits"),
		ZoneName: text("timeZoneName"), DateStyle: text("dateStyle"), TimeStyle: text("timeStyle"), Hour12: text("hour12"), HourCycle: text("hourCycle"),
	}
}
