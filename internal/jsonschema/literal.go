package jsonschema

import (
	"encoding/json"
	"maps"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/fns-dev/fns/internal/jsonpos"
)

// literal is a value that a schema names.
type literal struct {
	form string // as canonical gives it
	text string // for messages
}

func newLiteral(value any) literal {
	text, err := json.Marshal(value)
	if err != nil {
		text = []byte("?") // what came out of JSON goes into it
	}
	var b strings.Builder
	canonicalAny(&b, value)
	return literal{b.String(), string(text)}
}

// canonical writes a value so that equal values have equal texts: members sorted,
// of doubled ones the last, numbers by their value.
func canonical(v *jsonpos.Value) string {
	var b strings.Builder
	canonicalValue(&b, v)
	return b.String()
}

func canonicalValue(b *strings.Builder, v *jsonpos.Value) {
	switch v.Kind {
	case jsonpos.Object:
		members := membersOf(v)
		b.WriteByte('{')
		for _, key := range slices.Sorted(maps.Keys(members)) {
			b.WriteString(strconv.Quote(key) + ":")
			canonicalValue(b, members[key].Value)
			b.WriteByte(',')
		}
		b.WriteByte('}')
	case jsonpos.List:
		b.WriteByte('[')
		for _, item := range v.Items {
			canonicalValue(b, item)
			b.WriteByte(',')
		}
		b.WriteByte(']')
	case jsonpos.String:
		b.WriteString(strconv.Quote(v.Text))
	case jsonpos.Number:
		b.WriteString(rational(v.Text).RatString())
	default:
		b.WriteString(v.Text)
	}
}

func canonicalAny(b *strings.Builder, value any) {
	switch v := value.(type) {
	case map[string]any:
		b.WriteByte('{')
		for _, key := range slices.Sorted(maps.Keys(v)) {
			b.WriteString(strconv.Quote(key) + ":")
			canonicalAny(b, v[key])
			b.WriteByte(',')
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for _, item := range v {
			canonicalAny(b, item)
			b.WriteByte(',')
		}
		b.WriteByte(']')
	case string:
		b.WriteString(strconv.Quote(v))
	case json.Number:
		b.WriteString(rational(string(v)).RatString())
	case bool:
		b.WriteString(strconv.FormatBool(v))
	default:
		b.WriteString("null")
	}
}

// membersOf gives the members that count.
func membersOf(v *jsonpos.Value) map[string]jsonpos.Member {
	members := make(map[string]jsonpos.Member, len(v.Members))
	for _, m := range v.Members {
		members[m.Key] = m
	}
	return members
}

// Numbers with more digits, or a larger exponent, are taken as float64 has them,
// so that a short text can't become a number that fills the memory.
const (
	maxDigits   = 400
	maxExponent = 400
)

// rational gives the value of a number of JSON, exactly if it is of a usual size.
func rational(text string) *big.Rat {
	_, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	if n, err := strconv.Atoi(strings.TrimPrefix(exponent, "+")); len(text) <= maxDigits && (exponent == "" || err == nil && n >= -maxExponent && n <= maxExponent) {
		if exact, ok := new(big.Rat).SetString(text); ok {
			return exact
		}
	}
	f, _ := strconv.ParseFloat(text, 64) // an infinity, where it is too large
	if math.IsInf(f, 0) {
		f = math.Copysign(math.MaxFloat64, f)
	}
	return new(big.Rat).SetFloat64(f)
}
