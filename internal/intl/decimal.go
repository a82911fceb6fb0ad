package intl

import (
	"math"
	"strconv"
	"strings"
)

// decimal is a number as digits: 0.d1d2d3… × 10^exp, with no zeros at either end.
type decimal struct {
	negative bool
	digits   string
	exp      int
}

// parseDecimal reads a finite number: the shortest digits that stand for x, as
// JavaScript writes it.
func parseDecimal(x float64) decimal {
	d := decimal{negative: math.Signbit(x)}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(math.Abs(x), 'e', -1, 64), "e")
	e, _ := strconv.Atoi(exponent)
	d.digits, d.exp = strings.Replace(mantissa, ".", "", 1), e+1
	return d.trim()
}

// maxExponent bounds how many zeros a number can be written with.
const maxExponent = 1000

// parseDecimalText reads the digits of a BigInt or a decimal text such as "-12.50".
func parseDecimalText(s string) (decimal, bool) {
	d := decimal{}
	s = strings.TrimSpace(s)
	switch {
	case strings.HasPrefix(s, "-"):
		d.negative, s = true, s[1:]
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	}
	mantissa, exponent, hasExponent := strings.Cut(strings.ToLower(s), "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if whole+fraction == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return d, false
	}
	e := 0
	if hasExponent {
		var err error
		if e, err = strconv.Atoi(exponent); err != nil || e > maxExponent || e < -maxExponent {
			return d, false
		}
	}
	d.digits, d.exp = whole+fraction, len(whole)+e
	return d.trim(), true
}

func (d decimal) trim() decimal {
	n := len(d.digits)
	d.digits = strings.TrimLeft(d.digits, "0")
	d.exp -= n - len(d.digits)
	d.digits = strings.TrimRight(d.digits, "0")
	if d.digits == "" {
		d.exp = 0
	}
	return d
}

func (d decimal) zero() bool { return d.digits == "" }

// scale multiplies by a power of ten.
func (d decimal) scale(by int) decimal {
	if !d.zero() {
		d.exp += by
	}
	return d
}

// magnitude is the power of ten of the first digit: 2 for 123.
func (d decimal) magnitude() int {
	if d.zero() {
		return 0
	}
	return d.exp - 1
}

// keep rounds to so many digits, with mode as in RoundingMode; n may be zero or
// negative.
func (d decimal) keep(n int, mode string) decimal {
	if n >= len(d.digits) {
		return d
	}
	up := false
	rest := "0"
	if n >= 0 {
		rest = d.digits[n:]
	} else {
		rest = "0" + d.digits // less than half
	}
	half := strings.TrimRight(rest, "0") == "5"
	odd := n > 0 && (d.digits[n-1]-'0')%2 == 1
	switch mode {
	case "ceil":
		up = !d.negative
	case "floor":
		up = d.negative
	case "expand":
		up = true
	case "trunc":
		up = false
	case "halfCeil":
		up = rest[0] > '5' || rest[0] == '5' && (!half || !d.negative)
	case "halfFloor":
		up = rest[0] > '5' || rest[0] == '5' && (!half || d.negative)
	case "halfTrunc":
		up = rest[0] > '5' || rest[0] == '5' && !half
	case "halfEven":
		up = rest[0] > '5' || rest[0] == '5' && (!half || odd)
	default: // halfExpand
		up = rest[0] >= '5'
	}
	if n < 0 {
		if up {
			return decimal{negative: d.negative, digits: "1", exp: d.exp - n + 1}
		}
		return decimal{negative: d.negative}
	}
	kept := []byte(d.digits[:n])
	if !up {
		d.digits = string(kept)
		return d.trim()
	}
	for i := n - 1; i >= 0; i-- {
		if kept[i] != '9' {
			kept[i]++
			d.digits = string(kept)
			return d.trim()
		}
		kept[i] = '0'
	}
	return decimal{negative: d.negative, digits: "1", exp: d.exp + 1}
}

// round rounds to so many digits behind the point.
func (d decimal) round(fraction int, mode string) decimal {
	if d.zero() {
		return d
	}
	return d.keep(d.exp+fraction, mode)
}

// split gives the digits before and behind the point, the first at least "0".
func (d decimal) split() (whole, fraction string) {
	switch {
	case d.zero():
		return "0", ""
	case d.exp <= 0:
		return "0", strings.Repeat("0", -d.exp) + d.digits
	case d.exp >= len(d.digits):
		return d.digits + strings.Repeat("0", d.exp-len(d.digits)), ""
	}
	return d.digits[:d.exp], d.digits[d.exp:]
}
