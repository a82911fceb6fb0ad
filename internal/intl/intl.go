// Package intl formats numbers, dates, lists and names, and compares text, as
// Node's Intl does. What it knows about locales was measured on Node by
// measure/measure.js and lies in data, a compressed file for each; plural rules
// and collation are those of golang.org/x/text, time zones those of Go.
//
// It knows no JavaScript engine: the classes of Intl are in package nodecore,
// which checks options and hands them here.
package intl

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	_ "time/tzdata" // for systems that have no zones of their own

	"golang.org/x/text/language"
)

//go:generate node measure/measure.js data

//go:embed data/*.json.gz
var files embed.FS

// Default is the locale of functions: Lambda sets LANG to en_US.UTF-8.
const Default = "en-US"

// common is what does not depend on the locale.
type common struct {
	Available  []string
	Zones      []string
	Links      map[string]string
	Digits     map[string]int
	Units      []string
	Currencies []string
}

// locale is what is known about one.
type locale struct {
	tag      string // of the data
	Dates    dateData
	Numbers  numberData
	Relative map[string]map[string]relativeData
	Lists    map[string]listData
	Plurals  struct{ Cardinal, Ordinal []string }
	Names    struct{ Region, Language, Currency map[string]string }
}

// read decodes a file of data.
func read(name string, into any) error {
	raw, err := files.ReadFile("data/" + name + ".json.gz")
	if err != nil {
		return err
	}
	unzip, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	return json.NewDecoder(unzip).Decode(into)
}

// loadCommon and load read what is asked for once; the files are part of the
// program, so that they can't be wrong.
var loadCommon = sync.OnceValue(func() *common {
	c := &common{}
	if err := read("common", c); err != nil {
		panic(fmt.Sprintf("intl: %v", err))
	}
	return c
})

var loaded sync.Map // of *locale by tag

func load(tag string) *locale {
	name := dataFor(tag)
	if l, ok := loaded.Load(name); ok {
		return l.(*locale)
	}
	l := &locale{tag: name}
	if err := read(name, l); err != nil {
		panic(fmt.Sprintf("intl: %v", err))
	}
	kept, _ := loaded.LoadOrStore(name, l)
	return kept.(*locale)
}

// measured lists the locales that have data.
var measured = sync.OnceValue(func() []string {
	entries, err := files.ReadDir("data")
	if err != nil {
		panic(fmt.Sprintf("intl: %v", err))
	}
	var tags []string
	for _, e := range entries {
		if tag := strings.TrimSuffix(e.Name(), ".json.gz"); tag != "common" {
			tags = append(tags, tag)
		}
	}
	return tags
})

// dataFor gives the data that a locale takes: its own, that of a relative, that of
// its language.
func dataFor(tag string) string {
	if slices.Contains(measured(), tag) {
		return tag
	}
	base, _, _ := strings.Cut(tag, "-")
	switch {
	case strings.HasPrefix(tag, "zh-Hant"):
		return "zh-TW"
	case base == "en" && (slices.Contains([]string{"150", "001"}, tag[min(3, len(tag)):])):
		return "en-GB"
	case base == "es" && len(tag) == 5 && tag != "es-ES":
		return "es-MX"
	case base == "pt" && len(tag) == 5 && tag != "pt-BR":
		return "pt-PT"
	}
	return base
}

// Canonical gives a language tag in its canonical form; ok is false for what is
// none (RangeError: Incorrect locale information provided).
func Canonical(tag string) (canonical string, ok bool) {
	if !wellFormed().MatchString(tag) {
		return "", false
	}
	t, err := language.Raw.Parse(tag)
	if err != nil {
		// Well formed, but with a language or region that nobody has registered.
		if _, isValue := err.(language.ValueError); !isValue {
			return "", false
		}
		return shape(tag), true
	}
	return t.String(), true
}

// wellFormed is the syntax of BCP 47: language, script, region, variants,
// extensions, private use.
var wellFormed = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^([a-z]{2,3}|[a-z]{5,8})(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*(-[a-wyz0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?$`)
})

// shape writes the parts of a tag in the case that they usually have.
func shape(tag string) string {
	parts := strings.Split(strings.ToLower(tag), "-")
	for i, p := range parts[1:] {
		switch len(p) {
		case 1:
			return strings.Join(parts, "-")
		case 2:
			parts[i+1] = strings.ToUpper(p)
		case 4:
			parts[i+1] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "-")
}

// Supported gives the locale among the available ones that a canonical tag means,
// without the extensions of Unicode; ok is false where there is none.
func Supported(tag string) (found string, ok bool) {
	tag, _ = Extensions(tag)
	for tag != "" {
		if slices.Contains(loadCommon().Available, tag) {
			return tag, true
		}
		// A script that is the usual one is left out.
		if parts := strings.Split(tag, "-"); len(parts) == 3 && len(parts[1]) == 4 {
			if short := parts[0] + "-" + parts[2]; slices.Contains(loadCommon().Available, short) && likely(parts[0], parts[1]) {
				return short, true
			}
		}
		i := strings.LastIndexByte(tag, '-')
		if i < 0 {
			return "", false
		}
		if i >= 2 && tag[i-2] == '-' {
			i -= 2
		}
		tag = tag[:i]
	}
	return "", false
}

func likely(base, script string) bool {
	t, err := language.Parse(base)
	if err != nil {
		return false
	}
	s, _ := t.Script()
	return s.String() == script
}

// Resolve gives the first of the canonical tags that is supported, and the
// extension keys that it was asked for with; Default where none is.
func Resolve(tags []string) (found string, keys map[string]string) {
	for _, tag := range tags {
		if found, ok := Supported(tag); ok {
			_, keys := Extensions(tag)
			return found, keys
		}
	}
	return Default, nil
}

// Extensions takes the Unicode extension off a tag and gives its keys:
// "de-u-nu-latn" is "de" with nu=latn.
func Extensions(tag string) (base string, keys map[string]string) {
	i := strings.Index(tag, "-u-")
	if i < 0 {
		return tag, nil
	}
	base, rest := tag[:i], strings.Split(tag[i+3:], "-")
	keys = map[string]string{}
	key := ""
	for j, part := range rest {
		if len(part) == 1 { // another extension
			base += "-" + strings.Join(rest[j:], "-")
			break
		}
		if len(part) == 2 {
			key = part
			keys[key] = ""
			continue
		}
		if key != "" && keys[key] == "" {
			keys[key] = part
		} else if key != "" {
			keys[key] += "-" + part
		}
	}
	return base, keys
}

// Part is a piece of a formatted text, as formatToParts gives it.
type Part struct{ Type, Value string }

// Join gives the text of parts.
func Join(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Value)
	}
	return b.String()
}

// Values lists what Intl.supportedValuesOf knows; nil for an unknown key.
func Values(key string) []string {
	switch key {
	case "timeZone":
		return loadCommon().Zones
	case "currency":
		return loadCommon().Currencies
	case "unit":
		return loadCommon().Units
	case "calendar":
		return []string{"gregory"}
	case "numberingSystem":
		return []string{"latn"}
	case "collation":
		return []string{"default", "emoji", "eor"}
	}
	return nil
}
