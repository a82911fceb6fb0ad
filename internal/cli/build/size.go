package build

import (
	"fmt"
	"strconv"
	"strings"
)

// Size is a number of bytes as a flag.
type Size int64

// Set parses a number with an optional unit: b, kb (1024 bytes) or mb.
func (s *Size) Set(text string) error {
	number := strings.ToLower(strings.TrimSpace(text))
	factor := 1.0
	for _, unit := range []struct {
		suffix string
		bytes  float64
	}{{"kib", 1 << 10}, {"mib", 1 << 20}, {"kb", 1 << 10}, {"mb", 1 << 20}, {"k", 1 << 10}, {"m", 1 << 20}, {"b", 1}} {
		if rest, ok := strings.CutSuffix(number, unit.suffix); ok {
			number, factor = strings.TrimSpace(rest), unit.bytes
			break
		}
	}
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || !(n > 0 && n*factor < 1<<40) || n*factor < 1 || strings.ContainsAny(number, "xpni_") {
		return fmt.Errorf("%q is not a size: want one such as 500kb or 1.5mb", text)
	}
	*s = Size(n * factor)
	return nil
}

// String gives the size for people.
func (s *Size) String() string {
	if *s == 0 {
		return ""
	}
	return size(int(*s))
}

// Type names the value in help texts.
func (*Size) Type() string { return "size" }

// size writes bytes for people, in the units of Set.
func size(n int) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d B", n)
	case n < 1<<20:
		return trimmed(float64(n)/(1<<10)) + " KB"
	default:
		return trimmed(float64(n)/(1<<20)) + " MB"
	}
}

func trimmed(n float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", n), ".0") }
