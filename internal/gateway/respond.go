package gateway

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"

	"golang.org/x/net/http/httpguts"

	"github.com/fns-dev/fns/internal/project"
)

const (
	jsonType = "application/json; charset=utf-8"
	htmlType = "text/html; charset=utf-8"
	textType = "text/plain; charset=utf-8"
)

// answer is what a function's payload means in HTTP.
type answer struct {
	status   int
	mime     string // "" sets no Content-Type
	body     []byte
	headers  []headerLine
	warnings []string
	invalid  string // why the payload can't be sent; then nothing else counts
}

type headerLine struct{ name, value string }

// shape is the raw members of a response object.
type shape struct {
	status, body, headers, multi []byte
	cookies                      []byte
	found                        bool // any of them
}

func shapeOf(payload []byte) (s shape) {
	members(payload, func(key, value []byte) bool {
		switch string(key) {
		case `"statusCode"`:
			s.status = value
		case `"body"`:
			s.body = value
		case `"headers"`:
			s.headers = value
		case `"multiValueHeaders"`:
			s.multi = value
		case `"Set-Cookie"`, `"set-cookie"`:
			s.cookies = value
		default:
			return true
		}
		s.found = true
		return true
	})
	return s
}

// interpret turns a payload into an answer, as HubSpot does where that is known:
//
//	{statusCode, body, headers, …}  that response; 200 without statusCode
//	body: a string                  its text; text/html for the design manager, otherwise
//	                                JSON where it is an object or array, else text/plain
//	body: anything else             JSON; none for null or if it is missing
//	a bare value of a project's     200 with the value as if it were the body
//	endpoint
//	undefined, and a bare value     200 without a body, and a warning
//	of the design manager
func interpret(payload []byte, fn *project.Function) answer {
	payload = bytes.TrimSpace(payload)
	a := answer{status: http.StatusOK}
	if len(payload) == 0 || string(payload) == "null" {
		a.warnings = append(a.warnings, "the function gave no answer (undefined), the client gets an empty one")
		return a
	}
	s := shapeOf(payload)
	if !s.found {
		if fn.Generation == project.DesignManager {
			a.warnings = append(a.warnings, "the answer has neither statusCode, body nor headers, the client gets an empty one")
			return a
		}
		a.setBody(payload, fn)
		return a
	}
	if a.invalid = a.setStatus(s.status); a.invalid != "" {
		return a
	}
	members(s.headers, func(key, value []byte) bool { a.header(key, value); return true })
	members(s.multi, func(key, value []byte) bool { a.header(key, value); return true })
	if len(s.cookies) > 0 {
		a.header([]byte(`"Set-Cookie"`), s.cookies)
	}
	a.setBody(s.body, fn)
	return a
}

// setStatus takes a number or a text that is one.
func (a *answer) setStatus(raw []byte) (invalid string) {
	if len(raw) == 0 || string(raw) == "null" {
		return ""
	}
	text := string(unquote(raw))
	n, err := strconv.Atoi(text)
	if err != nil { // 2e2 is a JSON number too
		if f, ferr := strconv.ParseFloat(text, 64); ferr == nil && raw[0] != '"' && f == float64(int(f)) {
			n, err = int(f), nil
		}
	}
	// 1xx would only announce an answer, so it can't be one.
	if err != nil || n < 200 || n > 599 {
		return fmt.Sprintf("statusCode is %s, not a whole number from 200 to 599", shorten(string(raw)))
	}
	a.status = n
	return ""
}

func shorten(s string) string {
	const most = 80
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}

func (a *answer) setBody(raw []byte, fn *project.Function) {
	if len(raw) == 0 || string(raw) == "null" {
		return
	}
	if raw[0] != '"' {
		a.mime = jsonType
		a.body = raw
		if fn.Generation == project.Platform && (raw[0] == '{' || raw[0] == '[') {
			var dropped []string
			if a.body, dropped = dropNulls(raw); len(dropped) > 0 {
				a.warnings = append(a.warnings, nullWarning(dropped))
			}
		}
		return
	}
	a.body = unquote(raw)
	switch {
	case fn.Generation == project.DesignManager:
		a.mime = htmlType
	case looksLikeJSON(a.body):
		a.mime = jsonType
	default:
		a.mime = textType
	}
}

func looksLikeJSON(text []byte) bool {
	i := skipSpace(text, 0)
	return i < len(text) && (text[i] == '{' || text[i] == '[') && json.Valid(text)
}

// header adds a header of the response object; an array gives several.
func (a *answer) header(key, value []byte) {
	name := string(unquote(key))
	if !httpguts.ValidHeaderFieldName(name) {
		a.warnings = append(a.warnings, fmt.Sprintf("header %q is left out: that is no name for a header", shorten(name)))
		return
	}
	name = textproto.CanonicalMIMEHeaderKey(name)
	switch name {
	case "Connection", "Content-Length", "Transfer-Encoding", "Keep-Alive", "Upgrade", "Trailer", "Te",
		"Proxy-Authenticate", "Proxy-Connection":
		return // the connection is the server's business
	case "Access-Control-Allow-Origin":
		a.warnings = append(a.warnings, "header Access-Control-Allow-Origin is left out: HubSpot sets its own")
		return
	}
	if len(value) > 0 && value[0] == '[' {
		elements(value, func(v []byte) { a.headerValue(name, v) })
		return
	}
	a.headerValue(name, value)
}

func (a *answer) headerValue(name string, raw []byte) {
	if len(raw) == 0 || string(raw) == "null" {
		return
	}
	value := string(unquote(raw))
	if raw[0] == '{' || raw[0] == '[' || !httpguts.ValidHeaderFieldValue(value) {
		a.warnings = append(a.warnings, fmt.Sprintf("header %s is left out: %s is no value for a header", name, shorten(string(raw))))
		return
	}
	a.headers = append(a.headers, headerLine{name, value})
}

// write sends the answer.
func (a *answer) write(w http.ResponseWriter, req *http.Request) {
	head := w.Header()
	mime := a.mime
	for _, l := range a.headers {
		switch l.name {
		case "Content-Type":
			mime = l.value
			continue
		case "Vary":
			head.Add(l.name, l.value)
			continue
		}
		head[l.name] = append(head[l.name], l.value)
	}
	bare := a.status == http.StatusNoContent || a.status == http.StatusNotModified
	if mime != "" && !bare {
		head["Content-Type"] = []string{mime}
	} else {
		head["Content-Type"] = nil // keeps net/http from guessing
	}
	if !bare {
		head["Content-Length"] = []string{strconv.Itoa(len(a.body))}
	}
	w.WriteHeader(a.status)
	if !bare && req.Method != http.MethodHead {
		_, _ = w.Write(a.body) // a client that has gone needs no answer
	}
}
