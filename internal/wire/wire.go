// Package wire is HubSpot's REST API as its command line tools use it: every
// path and the shape of every body, and nothing that sends them. The client
// (internal/hubapi) and whoever answers in HubSpot's place share it, so they
// can't drift apart.
//
// The paths are patterns in the form of net/http's ServeMux, without the method
// and below the API's origin; Path fills them in. Fields that HubSpot leaves
// out or sends as null are zero here.
package wire

import (
	"net/url"
	"strings"
)

// PortalID is the query parameter that says which account a call is for. It is
// the last one of every authenticated call.
const PortalID = "portalId"

// APIKey is the query parameter that authenticates accounts with an API key.
const APIKey = "hapikey"

// Path fills the wildcards of a pattern in order. Each value becomes one
// segment, with its slashes encoded; for a wildcard with "..." each of its
// segments is encoded and the slashes between them stay.
func Path(pattern string, values ...string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(pattern, "{")
		b.WriteString(before)
		name, after, closed := strings.Cut(rest, "}")
		if !found || !closed || len(values) == 0 {
			return b.String()
		}
		if strings.HasSuffix(name, "...") {
			segments := strings.Split(values[0], "/")
			for i, s := range segments {
				segments[i] = EncodeComponent(s)
			}
			b.WriteString(strings.Join(segments, "/"))
		} else {
			b.WriteString(EncodeComponent(values[0]))
		}
		pattern, values = after, values[1:]
	}
}

// EncodeComponent encodes as JavaScript's encodeURIComponent does, which is what
// HubSpot's own client uses.
func EncodeComponent(s string) string {
	return strings.NewReplacer("+", "%20", "%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*").Replace(url.QueryEscape(s))
}

// Query is a query string whose parameters keep their order.
type Query []Param

// Param is one parameter of a Query.
type Param struct{ Name, Value string }

// Add puts a parameter at the end.
func (q *Query) Add(name, value string) { *q = append(*q, Param{name, value}) }

// Encode gives the text behind the question mark. As in HubSpot's own client,
// ":", "$" and "," stay as they are and a space becomes "+".
func (q Query) Encode() string {
	keep := strings.NewReplacer("%3A", ":", "%24", "$", "%2C", ",", "%20", "+")
	parts := make([]string, len(q))
	for i, p := range q {
		parts[i] = keep.Replace(EncodeComponent(p.Name)) + "=" + keep.Replace(EncodeComponent(p.Value))
	}
	return strings.Join(parts, "&")
}
