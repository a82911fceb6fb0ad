package gateway

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/project"
)

// The context of an endpoint is put together as text: what never changes is
// prepared with the route, the request's body is read right into its place.
//
//	design manager: accountId body contact endpoint secrets | headers limits method params
//	projects:       HS_FUNCTION_NAME accountId body         | headers method params

// contextFrame gives the constant text before and after the body.
func contextFrame(r *route) (head, tail []byte) {
	fn := r.Function
	if fn.Generation != project.DesignManager {
		head = append(head, `{"HS_FUNCTION_NAME":`...)
		head = appendString(head, fn.Name)
		head = append(head, `,"accountId":`...)
		head = strconv.AppendInt(head, r.account, 10)
		if fn.UsesCallback { // platform 2023.1: the token is not in process.env but here
			head = append(append(head, `,"secrets":`...), r.secrets...)
		}
		return append(head, `,"body":`...), nil
	}
	head = append(head, `{"accountId":`...)
	head = strconv.AppendInt(head, r.account, 10)
	head = append(head, `,"body":`...)

	tail = append(tail, `,"contact":`...)
	if c := r.Env.Mock.Contact; c == nil {
		tail = append(tail, `null`...)
	} else {
		tail = append(tail, `{"vid":`...)
		tail = strconv.AppendInt(tail, c.VID, 10)
		tail = append(tail, `,"isLoggedIn":`...)
		tail = strconv.AppendBool(tail, c.IsLoggedIn)
		tail = append(tail, `,"listMemberships":[`...)
		for i, id := range c.ListMemberships {
			if i > 0 {
				tail = append(tail, ',')
			}
			tail = strconv.AppendInt(tail, id, 10)
		}
		tail = append(tail, `]}`...)
	}
	tail = append(tail, `,"endpoint":`...)
	if fn.Endpoint != nil {
		tail = appendString(tail, fn.Endpoint.Path)
	} else {
		tail = append(tail, `null`...)
	}
	tail = append(tail, `,"secrets":`...)
	return head, appendSecrets(tail, r.Env.Values)
}

func appendSecrets(dst []byte, values map[string]string) []byte {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	dst = append(dst, '{')
	for i, name := range names {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendString(dst, name)
		dst = append(dst, ':')
		dst = appendString(dst, values[name])
	}
	return append(dst, '}')
}

// tokenSecrets are the only secrets that HubSpot puts into the context of an
// app's function; the others are in process.env.
func tokenSecrets(values map[string]string) map[string]string {
	out := make(map[string]string)
	for _, name := range []string{project.TokenVariable, "HS_ENVIRONMENT", "HS_HUBLET", "HS_SERVERLESS_FUNCTION_ID"} {
		if v, ok := values[name]; ok {
			out[name] = v
		}
	}
	return out
}

// appendContext appends the text after the body. form holds the values of a
// posted form, "" if there is none.
func (r *route) appendContext(dst []byte, req *http.Request, all bool, form string, used time.Duration) []byte {
	dst = append(dst, r.tail...)
	dst = append(dst, `,"headers":`...)
	dst = appendHeaders(dst, req, all)
	if r.Function.Generation == project.DesignManager {
		dst = append(dst, `,"limits":{"executionsRemaining":`...)
		executions, left := r.remaining(used)
		dst = strconv.AppendInt(dst, executions, 10)
		dst = append(dst, `,"timeRemaining":`...)
		dst = strconv.AppendInt(dst, left, 10)
		dst = append(dst, '}')
	}
	dst = append(dst, `,"method":`...)
	dst = appendString(dst, req.Method)
	dst = append(dst, `,"params":`...)
	dst = appendParams(dst, req.URL.RawQuery, form)
	return append(dst, '}')
}

// remaining gives context.limits: what the .env file says there is (by default
// the account's budget) less what the functions have used in the last minute.
// An execution stands for the time that one may take at most.
func (r *route) remaining(used time.Duration) (executions, ms int64) {
	ms = max(0, r.budgetMock.TimeRemaining-used.Milliseconds())
	executions = max(0, r.budgetMock.ExecutionsRemaining-int64((used+r.each-1)/r.each))
	return executions, ms
}

// passedOn reports whether HubSpot gives the function a header of that name, in
// canonical form: the eleven of its reference (three of which are not found in
// a request), Content-Type, and HubSpot's own signatures. Reports from the
// field disagree on others; a function had better not count on them.
func passedOn(name string) bool {
	switch name {
	case "Accept", "Accept-Encoding", "Accept-Language", "Cache-Control", "Connection", "Cookie",
		"Upgrade-Insecure-Requests", "User-Agent", "Content-Type":
		return true
	}
	return strings.HasPrefix(name, "X-Hubspot-")
}

// appendHeaders appends the headers that the function gets, with names in lower
// case and repeated ones joined; all lets every one through.
func appendHeaders(dst []byte, req *http.Request, all bool) []byte {
	ip := req.RemoteAddr
	if host, _, err := net.SplitHostPort(ip); err == nil {
		ip = host
	}
	dst = append(dst, `{"host":`...)
	dst = appendString(dst, req.Host)
	dst = append(dst, `,"true-client-ip":`...)
	dst = appendString(dst, ip)
	dst = append(dst, `,"x-forwarded-for":`...)
	if f := req.Header["X-Forwarded-For"]; len(f) > 0 {
		dst = appendString(dst, strings.Join(f, ", "))
	} else {
		dst = appendString(dst, ip)
	}
	names := make([]string, 0, 24)
	for name, values := range req.Header {
		if name == "X-Forwarded-For" || name == "True-Client-Ip" || len(values) == 0 || !all && !passedOn(name) {
			continue
		}
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		values := req.Header[name]
		dst = append(dst, ',', '"')
		for i := range len(name) {
			c := name[i]
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			dst = append(dst, c) // net/http has refused anything but token characters
		}
		dst = append(dst, '"', ':')
		value := values[0]
		if len(values) > 1 {
			sep := ", "
			if name == "Cookie" {
				sep = "; "
			}
			value = strings.Join(values, sep)
		}
		dst = appendString(dst, value)
	}
	return append(dst, '}')
}

// missed gives a header that looks meant for the function but is not passed on.
func missed(h http.Header) string {
	first := ""
	for name := range h {
		switch {
		case passedOn(name), name == "X-Forwarded-For", name == "X-Forwarded-Proto", name == "X-Forwarded-Host",
			name == "X-Requested-With", name == "X-Real-Ip":
		case name == "Authorization", strings.HasPrefix(name, "X-"), strings.HasSuffix(name, "-Signature"):
			if first == "" || name < first {
				first = name
			}
		}
	}
	return first
}

type param struct {
	name   string
	values []string
}

// appendParams appends the parameters of a query and a form, each as an array of
// strings, in order of appearance.
func appendParams(dst []byte, query, form string) []byte {
	if query == "" && form == "" {
		return append(dst, '{', '}')
	}
	index := make(map[string]int)
	var params []param
	for _, text := range []string{query, form} {
		for part := range strings.SplitSeq(text, "&") {
			if part == "" {
				continue
			}
			name, value, _ := strings.Cut(part, "=")
			name, value = unescape(name), unescape(value)
			i, seen := index[name]
			if !seen {
				i = len(params)
				index[name] = i
				params = append(params, param{name: name})
			}
			params[i].values = append(params[i].values, value)
		}
	}
	dst = append(dst, '{')
	for i, p := range params {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendString(dst, p.name), ':', '[')
		for j, v := range p.values {
			if j > 0 {
				dst = append(dst, ',')
			}
			dst = appendString(dst, v)
		}
		dst = append(dst, ']')
	}
	return append(dst, '}')
}

// unescape leaves text as it is where an escape is malformed, as browsers do.
func unescape(s string) string {
	if out, err := url.QueryUnescape(s); err == nil {
		return out
	}
	return strings.ReplaceAll(s, "+", " ")
}
