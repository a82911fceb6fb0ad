package wire

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ID is an id that HubSpot writes as a text in some answers and as a number in
// others. It is sent as text.
type ID string

// UnmarshalJSON takes a text, a number or null.
func (id *ID) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	var s string
	if len(data) > 0 && data[0] == '"' {
		if err := json.Unmarshal(data, &s); err != nil {
			return err
		}
		*id = ID(s)
		return nil
	}
	var n json.Number
	if err := json.Unmarshal(data, &n); err != nil {
		return err
	}
	*id = ID(n)
	return nil
}

// Int gives the id as a number, 0 if it is none.
func (id ID) Int() int64 {
	n, err := strconv.ParseInt(string(id), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// Time is a moment that HubSpot writes in milliseconds since 1970 or as
// ISO-8601. It is sent as ISO-8601 in UTC with milliseconds, as HubSpot's own
// client expects it, and as null where it is zero.
type Time struct{ time.Time }

// TimeLayout is ISO-8601 in UTC with milliseconds, as JavaScript writes it.
const TimeLayout = "2006-01-02T15:04:05.000Z"

// UnmarshalJSON takes a number, a text or null.
func (t *Time) UnmarshalJSON(data []byte) error {
	text := string(data)
	if text == "null" || text == `""` {
		*t = Time{}
		return nil
	}
	if unquoted, ok := strings.CutPrefix(text, `"`); ok {
		unquoted = strings.TrimSuffix(unquoted, `"`)
		parsed, err := time.Parse(time.RFC3339Nano, unquoted)
		if err == nil {
			*t = Time{parsed}
			return nil
		}
		text = unquoted // HubSpot also writes numbers as text
	}
	ms, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return fmt.Errorf("time %s is neither milliseconds nor ISO-8601", data)
	}
	*t = Time{}
	if ms != 0 {
		*t = Time{time.UnixMilli(int64(ms)).UTC()}
	}
	return nil
}

// MarshalJSON gives ISO-8601, or null.
func (t Time) MarshalJSON() ([]byte, error) {
	if t.IsZero() {
		return []byte("null"), nil
	}
	return []byte(`"` + t.UTC().Format(TimeLayout) + `"`), nil
}

// Milli gives milliseconds since 1970, 0 for the zero Time.
func (t Time) Milli() int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// Paging is where a list goes on.
type Paging struct {
	Next *PageAfter  `json:"next,omitempty"`
	Prev *PageBefore `json:"prev,omitempty"`
}

// PageAfter is the cursor of the next page.
type PageAfter struct {
	After string `json:"after"`
	Link  string `json:"link,omitempty"`
}

// PageBefore is the cursor of the page before.
type PageBefore struct {
	Before string `json:"before"`
	Link   string `json:"link,omitempty"`
}

// After gives the cursor of the next page, "" where there is none.
func (p *Paging) After() string {
	if p == nil || p.Next == nil {
		return ""
	}
	return p.Next.After
}
