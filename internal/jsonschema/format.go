package jsonschema

import (
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// format is one of the values of the keyword format.
type format struct {
	name string // for "… is no …"
	fits func(text string) bool
}

// formats are those of the draft that ajv-formats checks.
var formats = sync.OnceValue(func() map[string]format {
	match := func(expression string) func(string) bool {
		return regexp.MustCompile(expression).MatchString
	}
	return map[string]format{
		"date":          {"date", isDate},
		"time":          {"time with its zone", isTime},
		"date-time":     {"date with time and zone", isDateTime},
		"duration":      {"duration", isDuration(match(`^P(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$`), match(`^P\d+W$`))},
		"uri":           {"address", func(s string) bool { return isReference(s) && match(`^[A-Za-z][A-Za-z0-9+.-]*:`)(s) }},
		"uri-reference": {"address", isReference},
		"url":           {"address", isURL},
		"email":         {"e-mail address", isEmail},
		"hostname":      {"host name", isHost},
		"ipv4":          {"IPv4 address", func(s string) bool { ip, err := netip.ParseAddr(s); return err == nil && ip.Is4() }},
		"ipv6":          {"IPv6 address", func(s string) bool { ip, err := netip.ParseAddr(s); return err == nil && !ip.Is4() && ip.Zone() == "" }},
		"uuid":          {"UUID", match(`^(?i:(urn:uuid:)?[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12})$`)},
		"json-pointer":  {"JSON pointer", match(`^(/([^~/]|~[01])*)*$`)},
		"regex":         {"regular expression", isExpression},
	}
})

func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

var clock = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(\.\d+)?([zZ]|[+-]([01]\d|2[0-3])(:?[0-5]\d)?)$`)
})

// isTime takes a second 60 only where there can be a leap second: at 23:59:60 UTC.
func isTime(text string) bool {
	parts := clock().FindStringSubmatch(text)
	if parts == nil {
		return false
	}
	if parts[3] != "60" {
		return true
	}
	zone := strings.ReplaceAll(strings.ToUpper(parts[5]), ":", "")
	if zone == "Z" {
		zone = "+0000"
	}
	if len(zone) == 3 {
		zone += "00"
	}
	t, err := time.Parse("15:04-0700", parts[1]+":"+parts[2]+zone)
	return err == nil && t.UTC().Format("15:04") == "23:59"
}

func isDateTime(text string) bool {
	i := strings.IndexAny(text, "tT ")
	return i > 0 && isDate(text[:i]) && isTime(text[i+1:])
}

func isDuration(units, weeks func(string) bool) func(string) bool {
	return func(text string) bool {
		return weeks(text) || units(text) && len(text) > 1 && !strings.HasSuffix(text, "T")
	}
}

// isReference takes an address, or a part of one.
func isReference(text string) bool {
	if strings.ContainsAny(text, " \t\r\n\\<>\"{}|^`") || strings.ContainsFunc(text, func(r rune) bool { return r > 0x7e }) {
		return false
	}
	_, err := url.Parse(text)
	return err == nil
}

// isURL takes addresses on the web: a host name with a dot, or an IP address of no
// private network.
func isURL(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "ftp" || strings.ContainsAny(text, " \t\r\n") {
		return false
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil {
		return ip.IsGlobalUnicast() && !ip.IsPrivate()
	}
	return strings.Contains(u.Hostname(), ".")
}

var host = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?i:[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\.?)$`)
})

func isHost(text string) bool { return len(text) < 256 && host().MatchString(text) }

func isEmail(text string) bool {
	a, err := mail.ParseAddress(text)
	if err != nil || a.Address != text {
		return false
	}
	_, domain, _ := strings.Cut(text[strings.LastIndex(text, "@"):], "@")
	return strings.Contains(domain, ".") && isHost(domain)
}

func isExpression(text string) bool {
	_, err := regexp2.Compile(text, regexp2.ECMAScript|regexp2.Unicode)
	return err == nil
}
