package intl

import (
	"math"
	"strings"
	"time"
)

// dateData is what a locale does with dates. Patterns have CLDR's letters between
// braces; the keys are the options that they were measured with.
type dateData struct {
	Names struct {
		Month, Alone, Weekday, WeekdayAlone, Era map[string][]string
		DayPeriod                                []string
	}
	Dates, Times, Styles, Glue map[string]string
	Fraction, Range, Cycle     string
	Zone                       struct {
		Time, Date string
		Offset     struct{ Zero, Plus, Minutes, Minus, Long string }
		Names      [][]string     // short, long, both generic; each in January and in July
		Index      map[string]int // into Names by zone
	}
}

// DateOptions are the options of Intl.DateTimeFormat, "" for those not given.
type DateOptions struct {
	Locale, TimeZone               string
	Weekday, Era, Year, Month, Day string
	Hour, Minute, Second           string
	Fraction                       int
	ZoneName, DateStyle, TimeStyle string
	Hour12                         string // true, false
	HourCycle                      string // h11, h12, h23, h24
}

// Date formats points in time in one way.
type Date struct {
	DateOptions
	l       *locale
	zone    *time.Location
	pattern string
	// Cycle is the hour cycle in force, "" without an hour.
	Cycle string
}

// TimeZone gives the canonical name of a time zone whatever its case, and whether
// there is such a zone.
func TimeZone(name string) (canonical string, ok bool) {
	c := loadCommon()
	for _, zone := range c.Zones {
		if strings.EqualFold(zone, name) {
			return zone, true
		}
	}
	for link, zone := range c.Links {
		if strings.EqualFold(link, name) {
			return zone, true
		}
	}
	if strings.EqualFold(name, "UTC") || strings.EqualFold(name, "GMT") {
		return "UTC", true
	}
	return "", false
}

// NewDate prepares a way to format dates. TimeZone must be a canonical name.
func NewDate(o DateOptions) (*Date, error) {
	zone, err := time.LoadLocation(o.TimeZone)
	if err != nil {
		return nil, err
	}
	d := &Date{DateOptions: o, l: load(o.Locale), zone: zone}
	if o.DateStyle != "" || o.TimeStyle != "" {
		d.pattern = d.styled()
	} else {
		d.pattern = d.built()
	}
	d.Cycle = cycleOf(d.pattern)
	return d, nil
}

var cycles = map[byte]string{'K': "h11", 'h': "h12", 'H': "h23", 'k': "h24"}
var cycleLetters = map[string]string{"h11": "K", "h12": "h", "h23": "H", "h24": "k"}

func cycleOf(pattern string) string {
	for letter, cycle := range cycles {
		if strings.Contains(pattern, "{"+string(letter)) {
			return cycle
		}
	}
	return ""
}

// withCycle writes the hour of a pattern in a cycle.
func withCycle(pattern, cycle string) string {
	letter := cycleLetters[cycle]
	for old := range cycles {
		pattern = strings.ReplaceAll(pattern, "{"+string(old)+string(old)+"}", "{"+letter+letter+"}")
		pattern = strings.ReplaceAll(pattern, "{"+string(old)+"}", "{"+letter+"}")
	}
	return pattern
}

// half says whether hours are counted to twelve: "h" or "H".
func (d *Date) half() string {
	switch {
	case d.Hour12 == "true", d.Hour12 == "" && (d.HourCycle == "h11" || d.HourCycle == "h12"):
		return "h"
	case d.Hour12 == "false", d.HourCycle != "":
		return "H"
	case d.l.Dates.Cycle == "h11" || d.l.Dates.Cycle == "h12":
		return "h"
	}
	return "H"
}

// cycled sets the cycle that was asked for, or the locale's own.
func (d *Date) cycled(pattern string) string {
	switch {
	case d.Hour12 != "":
		return pattern // measured with it
	case d.HourCycle != "":
		return withCycle(pattern, d.HourCycle)
	}
	return withCycle(pattern, d.l.Dates.Cycle)
}

func (d *Date) styled() string {
	data := &d.l.Dates
	pattern := data.Styles[d.DateStyle+","+d.TimeStyle]
	if d.TimeStyle == "" || d.Hour12 == "" && d.HourCycle == "" {
		return pattern
	}
	usual := data.Styles[","+d.TimeStyle]
	return strings.Replace(pattern, usual, d.cycled(data.Styles[","+d.TimeStyle+","+d.half()]), 1)
}

var widths = map[string]string{"": "", "numeric": "n", "2-digit": "2", "long": "l", "short": "s", "narrow": "r"}

func (d *Date) built() string {
	data := &d.l.Dates
	date := ""
	if d.Weekday+d.Era+d.Year+d.Month+d.Day != "" {
		era := d.Era
		if era != "" {
			era = "short"
		}
		key := func(weekday, era string) string {
			return strings.Join([]string{widths[weekday], widths[era], widths[d.Year], widths[d.Month], widths[d.Day]}, ",")
		}
		date = data.Dates[key(d.Weekday, era)]
		if date == "" { // with a weekday and an era, or an era alone
			date = strings.TrimSpace(data.Dates[key(d.Weekday, "")] + " {G}")
		}
		date = strings.ReplaceAll(date, "{G}", map[string]string{"long": "{GGGG}", "narrow": "{GGGGG}"}[d.Era]+map[bool]string{true: "{G}"}[d.Era == "short"])
	}
	clock := ""
	if d.Hour+d.Minute+d.Second != "" || d.Fraction > 0 {
		clock = d.cycled(data.Times[strings.Join([]string{d.half(), widths[d.Hour], widths[d.Minute], widths[d.Second]}, ",")])
		if d.Fraction > 0 {
			clock = d.fractional(clock)
		}
	}
	if d.ZoneName != "" {
		if clock != "" {
			clock = strings.Replace(data.Zone.Time, "{time}", clock, 1)
		} else {
			date = strings.Replace(data.Zone.Date, "{date}", date, 1)
		}
	}
	switch {
	case clock == "":
		return date
	case date == "":
		return clock
	}
	glue := "short"
	switch {
	case d.Month == "long" && d.Weekday != "":
		glue = "full"
	case d.Month == "long":
		glue = "long"
	case d.Month == "short":
		glue = "medium"
	}
	return strings.NewReplacer("{date}", date, "{time}", clock).Replace(data.Glue[glue])
}

// fractional puts the digits of the second behind it.
func (d *Date) fractional(clock string) string {
	separator := strings.TrimSuffix(strings.TrimPrefix(strings.Replace(d.l.Dates.Fraction, "{ss}", "{s}", 1), "{s}"), "{S}")
	if clock == "" {
		return "{S}"
	}
	for _, second := range []string{"{ss}", "{s}"} {
		if strings.Contains(clock, second) {
			return strings.Replace(clock, second, second+separator+"{S}", 1)
		}
	}
	return clock
}

// Parts formats a time in milliseconds since 1970, which must be a number that a
// Date can hold.
func (d *Date) Parts(ms float64) []Part {
	whole := math.Floor(ms)
	sec := math.Floor(whole / 1000)
	t := time.Unix(int64(sec), int64(whole-sec*1000)*int64(time.Millisecond)).In(d.zone)
	var parts []Part
	literal := ""
	for rest := d.pattern; rest != ""; {
		open := strings.IndexByte(rest, '{')
		if open < 0 {
			literal += rest
			break
		}
		literal += rest[:open]
		end := open + strings.IndexByte(rest[open:], '}')
		field := rest[open+1 : end]
		rest = rest[end+1:]
		if literal != "" {
			parts = append(parts, Part{"literal", literal})
			literal = ""
		}
		parts = append(parts, d.field(field, t))
	}
	if literal != "" {
		parts = append(parts, Part{"literal", literal})
	}
	return parts
}

var nameWidths = map[int]string{3: "short", 4: "long", 5: "narrow"}

func (d *Date) field(field string, t time.Time) Part {
	data := &d.l.Dates
	number := func(kind string, n int) Part {
		s := pad(n, 1)
		if len(field) == 2 && len(s) < 2 {
			s = "0" + s
		}
		return Part{kind, s}
	}
	year := t.Year()
	era := 1
	if year <= 0 {
		year, era = 1-year, 0
	}
	width := nameWidths[len(field)]
	switch field[0] {
	case 'G':
		if width == "" {
			width = "short"
		}
		return Part{"era", data.Names.Era[width][era]}
	case 'y':
		if field == "yy" {
			return Part{"year", pad(year%100, 2)}
		}
		return Part{"year", pad(year, 1)}
	case 'M', 'L':
		if width == "" {
			return number("month", int(t.Month()))
		}
		if field[0] == 'L' {
			return Part{"month", data.Names.Alone[width][t.Month()-1]}
		}
		return Part{"month", data.Names.Month[width][t.Month()-1]}
	case 'd':
		return number("day", t.Day())
	case 'E':
		if strings.Trim(d.pattern, "{E}") == "" {
			return Part{"weekday", data.Names.WeekdayAlone[width][t.Weekday()]}
		}
		return Part{"weekday", data.Names.Weekday[width][t.Weekday()]}
	case 'K':
		return number("hour", t.Hour()%12)
	case 'h':
		return number("hour", (t.Hour()+11)%12+1)
	case 'H':
		return number("hour", t.Hour())
	case 'k':
		return number("hour", (t.Hour()+23)%24+1)
	case 'm':
		return number("minute", t.Minute())
	case 's':
		return number("second", t.Second())
	case 'S':
		return Part{"fractionalSecond", pad(t.Nanosecond()/1e6, 3)[:max(1, d.Fraction)]}
	case 'a':
		return Part{"dayPeriod", data.Names.DayPeriod[t.Hour()/12]}
	case 'z':
		return Part{"timeZoneName", d.zoneName(t)}
	}
	return Part{"literal", field}
}

// DateText gives the text of a date's parts as V8 does: where ICU has a narrow
// no-break space it puts an ordinary one, which older programs expect.
func DateText(parts []Part) string { return strings.ReplaceAll(Join(parts), "\u202f", " ") }

// Between formats a range of two times; where both look the same, one.
func (d *Date) Between(from, to float64) []RangePart {
	a, b := d.Parts(from), d.Parts(to)
	var parts []RangePart
	if Join(a) == Join(b) {
		for _, p := range a {
			parts = append(parts, RangePart{p, "shared"})
		}
		return parts
	}
	for _, p := range a {
		parts = append(parts, RangePart{p, "startRange"})
	}
	parts = append(parts, RangePart{Part{"literal", d.l.Dates.Range}, "shared"})
	for _, p := range b {
		parts = append(parts, RangePart{p, "endRange"})
	}
	return parts
}

// RangePart is a Part of a range and the end that it belongs to: startRange,
// endRange or shared.
type RangePart struct {
	Part
	Source string
}
