package intl_test

import (
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/intl"
)

func number(locale string) *intl.Number {
	return intl.NewNumber(intl.NumberOptions{
		Locale: locale, Style: "currency", Currency: "EUR", Display: "symbol", Sign: "standard", Notation: "standard", SignDisplay: "auto", Grouping: "auto",
		MinInteger: 1, MinFraction: 2, MaxFraction: 2, Rounding: "fraction", RoundingMode: "halfExpand",
	})
}

func TestEveryLocaleFormats(t *testing.T) {
	t.Parallel()
	for _, zone := range intl.Values("timeZone") {
		if _, err := intl.NewDate(intl.DateOptions{Locale: "en", TimeZone: zone, Hour: "numeric", ZoneName: "long"}); err != nil {
			t.Error(err)
		}
	}
	for _, tag := range []string{"en", "en-US", "en-GB", "en-NG", "de", "de-LI", "fr", "fr-CA", "es", "es-PE", "it", "pt", "pt-AO", "nl", "sv", "ja", "zh", "zh-Hant-TW", "zh-HK", "ru", "pl"} {
		found, ok := intl.Supported(tag)
		if !ok {
			t.Errorf("%s is not supported", tag)
			continue
		}
		if text := intl.Join(number(found).Float(-1234.5)); !strings.Contains(text, "234") || !strings.Contains(text, "50") {
			t.Errorf("%s: %q", tag, text)
		}
		d, err := intl.NewDate(intl.DateOptions{Locale: found, TimeZone: "Europe/Berlin", DateStyle: "full", TimeStyle: "full"})
		if err != nil {
			t.Fatal(err)
		}
		if text := intl.Join(d.Parts(1767625449000)); strings.ContainsAny(text, "{}") || !strings.Contains(text, "2026") {
			t.Errorf("%s: %q", tag, text)
		}
	}
}

func TestTagsAreCheckedAndCutBack(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]string{
		"EN-us": "en-US", "de-u-nu-latn": "de-u-nu-latn", "zh-hant-tw": "zh-Hant-TW", "": "", "e": "", "en_US": "", "en-": "", "abcd": "", "toolonglanguage": "", "en-US-x-twain": "en-US-x-twain",
	} {
		if got, ok := intl.Canonical(tag); got != want || ok != (want != "") {
			t.Errorf("Canonical(%q) = %q, %v", tag, got, ok)
		}
	}
	for tag, want := range map[string]string{"de-XX": "de", "en-US-u-hc-h23": "en-US", "tlh": "", "de-Latn-AT": "de-AT"} {
		if got, _ := intl.Supported(tag); got != want {
			t.Errorf("Supported(%q) = %q", tag, got)
		}
	}
	if tag, keys := intl.Resolve([]string{"tlh", "fr-u-hc-h12-nu-latn"}); tag != "fr" || keys["hc"] != "h12" || keys["nu"] != "latn" {
		t.Errorf("got %s %v", tag, keys)
	}
}

// FuzzFormat formats numbers and times of any size in any locale.
func FuzzFormat(f *testing.F) {
	f.Add("en", 1234.5, "1e400", "compact", 3)
	f.Add("ja", -0.00001, "-99999999999999999999.995", "scientific", 0)
	f.Add("zh-Hant", 1e300, "", "engineering", 20)
	f.Fuzz(func(t *testing.T, tag string, x float64, digits, notation string, places int) {
		canonical, ok := intl.Canonical(tag)
		if !ok {
			return
		}
		found, _ := intl.Resolve([]string{canonical})
		places = max(0, min(places, 100))
		n := intl.NewNumber(intl.NumberOptions{
			Locale: found, Style: "decimal", Notation: notation, CompactDisplay: "short", SignDisplay: "auto", Grouping: "auto", MinInteger: 1,
			MaxFraction: places, MinSignificant: 1, MaxSignificant: places + 1, Rounding: "morePrecision", RoundingMode: "halfEven", RoundingIncrement: 1,
		})
		n.Float(x)
		if len(digits) < 400 {
			n.Text(digits)
		}
		if ms := x; ms > -8.64e15 && ms < 8.64e15 {
			d, err := intl.NewDate(intl.DateOptions{Locale: found, TimeZone: "America/New_York", Weekday: "long", Era: "short", Year: "numeric", Month: "long", Hour: "numeric", ZoneName: "short"})
			if err != nil {
				t.Fatal(err)
			}
			d.Parts(ms)
		}
		intl.Segments(digits, "word")
	})
}
