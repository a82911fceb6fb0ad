package intl

import (
	"strings"
	"time"
)

// zoneName names the zone of a time.
func (d *Date) zoneName(t time.Time) string {
	style := d.ZoneName
	if d.TimeStyle == "full" {
		style = "long"
	} else if d.TimeStyle == "long" {
		style = "short"
	}
	index := map[string]int{"short": 0, "long": 2, "shortGeneric": 4, "longGeneric": 6}
	if i, named := index[style]; named {
		if at, known := d.l.Dates.Zone.Index[d.TimeZone]; known {
			names := d.l.Dates.Zone.Names[at]
			_, now := t.Zone()
			_, january := time.Date(t.Year(), time.January, 4, 0, 0, 0, 0, d.zone).Zone()
			if now != january {
				i++
			}
			if names[i] != "" {
				return names[i]
			}
		}
	}
	return d.offset(t, strings.HasPrefix(style, "long"))
}

// offset writes a zone as GMT+5:30, in long form GMT+05:30.
func (d *Date) offset(t time.Time, long bool) string {
	data := &d.l.Dates.Zone.Offset
	_, seconds := t.Zone()
	minutes := seconds / 60
	prefix, sign := strings.TrimSuffix(data.Plus, "+3"), "+"
	if minutes == 0 {
		if long {
			return prefix + "+00:00"
		}
		return data.Zero
	}
	if minutes < 0 {
		minutes, sign = -minutes, strings.TrimSuffix(strings.TrimPrefix(data.Minus, prefix), "3")
	}
	if long {
		return prefix + sign + pad(minutes/60, 2) + ":" + pad(minutes%60, 2)
	}
	text := prefix + sign + pad(minutes/60, 1)
	if minutes%60 != 0 {
		text += ":" + pad(minutes%60, 2)
	}
	return text
}
