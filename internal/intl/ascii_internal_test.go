package intl

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// The short way has to agree with the long one.
func TestASCIIIsOrderedAsUnicodeIs(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		alphabets := []string{"abAB", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "019aZ .-_", "llchnjdžzsLLCHij", "aAoäöé\u0308\u0301ßı日あア", ""}
		alphabet := []rune(alphabets[random.IntN(len(alphabets))])
		var b strings.Builder
		for range random.IntN(8) {
			if len(alphabet) == 0 {
				b.WriteByte(byte(random.IntN(128)))
			} else {
				b.WriteRune(alphabet[random.IntN(len(alphabet))])
			}
		}
		return b.String()
	}
	for _, tag := range append(strings.Fields(asciiLanguages), "en-GB", "pt-BR", "zh-Hant") {
		for _, sensitivity := range []string{"base", "accent", "case", "variant"} {
			for _, numeric := range []bool{false, true} {
				c := NewCollator(tag, sensitivity, numeric, false, "false")
				if c.ascii == nil {
					t.Errorf("%s has no order of ASCII", tag)
					continue
				}
				for range 600 {
					a, b := text(), text()
					if random.IntN(3) == 0 {
						b = strings.ToUpper(a) + b
					}
					if got, want := c.Compare(a, b), c.compare(a, b); got != want {
						t.Errorf("%s, %s, numeric %t: %q and %q: %d, want %d", tag, sensitivity, numeric, a, b, got, want)
					}
				}
			}
		}
	}
	for _, tag := range []string{"cs", "da", "hu", "es-u-co-trad"} {
		if NewCollator(tag, "variant", false, false, "false").ascii != nil {
			t.Errorf("%s counts two letters as one", tag)
		}
	}
}
