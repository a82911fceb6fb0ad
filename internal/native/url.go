package native

import (
	"strings"

	"github.com/nlnwa/whatwg-url/url"
	"golang.org/x/net/idna"
)

// urlNatives serve the URL class and the host names of the url module.
func urlNatives() Table {
	parser := url.NewParser()
	return Table{
		// urlParse(input, base) → the parts of urlParts, undefined if it is no URL.
		"urlParse": func(h Host, a Args) (any, error) {
			var u *url.Url
			var err error
			if base, ok := a.Any(1).(string); ok {
				u, err = parser.ParseRef(base, a.String(0))
			} else {
				u, err = parser.Parse(a.String(0))
			}
			if err != nil {
				return nil, nil //nolint:nilerr // what is no URL has no parts
			}
			return urlParts(u), nil
		},
		// urlSet(href, part, value) → the parts after one was assigned.
		"urlSet": func(h Host, a Args) (any, error) {
			u, err := parser.Parse(a.String(0))
			if err != nil {
				return nil, nil //nolint:nilerr // as urlParse
			}
			set, value := urlSetter(u, a.String(1)), a.String(2)
			if set != nil {
				set(value)
			}
			return urlParts(u), nil
		},
		// domainToASCII(domain), domainToUnicode(domain): "" if it is none.
		"domainToASCII": func(h Host, a Args) (any, error) {
			u, err := parser.Parse("ws://" + a.String(0))
			if err != nil {
				return "", nil //nolint:nilerr // as Node: an invalid domain is ""
			}
			return u.Hostname(), nil
		},
		"domainToUnicode": func(h Host, a Args) (any, error) {
			u, err := parser.Parse("ws://" + a.String(0))
			if err != nil {
				return "", nil //nolint:nilerr // as domainToASCII
			}
			name, _ := idna.ToUnicode(u.Hostname())
			return name, nil
		},
	}
}

// urlParts lists the parts in the order that js/internal/web/url.js reads.
func urlParts(u *url.Url) []any {
	return []any{
		u.Href(false), u.Protocol(), u.Username(), u.Password(), u.Host(),
		u.Hostname(), u.Port(), u.Pathname(), u.Search(), u.Hash(),
	}
}

func urlSetter(u *url.Url, part string) func(string) {
	switch part {
	case "protocol":
		return u.SetProtocol
	case "username":
		return u.SetUsername
	case "password":
		return u.SetPassword
	case "host":
		return func(s string) {
			if s != "" || !u.IsSpecialScheme() {
				u.SetHost(s)
			}
		}
	case "hostname":
		return func(s string) {
			if s != "" || !u.IsSpecialScheme() {
				u.SetHostname(s)
			}
		}
	case "port":
		return u.SetPort
	case "pathname":
		return u.SetPathname
	case "search":
		return u.SetSearch
	case "hash":
		return func(s string) { u.SetHash(strings.TrimPrefix(s, "#")) }
	}
	return nil
}
