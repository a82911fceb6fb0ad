package invoke

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"github.com/fns-dev/fns/internal/gateway"
)

// appID is the app that a private call names in its path; it plays no part here.
const appID = "1"

// newRequest makes the request that a client would send for ev. A Host header of
// the event plays no part: it would not name this machine.
func newRequest(ctx context.Context, opts *Options, t target, ev Event) (*http.Request, error) {
	method, path, body := "POST", gateway.PrivatePath+appID, ev.Body
	query := url.Values{}
	if t.private {
		text, err := privateBody(t.fn.Name, ev)
		if err != nil {
			return nil, err
		}
		body = text
	} else {
		method, path = chooseMethod(opts.Method, ev, t.fn), t.fn.URLPath()
		for _, values := range []url.Values{t.query, ev.Query} {
			for name, v := range values {
				query[name] = append(query[name], v...)
			}
		}
	}
	target := "http://localhost" + (&url.URL{Path: path, RawQuery: query.Encode()}).String()
	req, err := http.NewRequestWithContext(gateway.WithLifetime(ctx), method, target, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("make request: %w", err)
	}
	req.RequestURI = req.URL.RequestURI() // a server's handler finds it set
	req.RemoteAddr = "127.0.0.1:0"
	for name, values := range ev.Headers {
		for _, v := range values {
			req.Header.Add(name, v)
		}
	}
	req.Header.Del("Host")
	if body == nil {
		req.Body, req.ContentLength = http.NoBody, 0
	} else if req.Header.Get("Content-Type") == "" && (ev.JSON || t.private) {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

// privateBody is the body of a UI extension's call. An event that is no private
// call by its keys is passed as the parameters.
func privateBody(name string, ev Event) ([]byte, error) {
	call := PrivateCall{}
	switch {
	case ev.Private != nil:
		call = *ev.Private
	case ev.JSON:
		call.Parameters = ev.Body
	}
	return json.Marshal(struct {
		ServerlessFunction string `json:"serverlessFunction"`
		PrivateCall
	}{name, call})
}

// response keeps an answer. It is an http.ResponseWriter.
type response struct {
	status int
	header http.Header
	body   bytes.Buffer
}

// Header gives the headers, to be set before the first write.
func (r *response) Header() http.Header { return r.header }

// WriteHeader keeps the first status but for informational ones.
func (r *response) WriteHeader(status int) {
	if r.status == 0 && status >= http.StatusOK {
		r.status = status
	}
}

// Write keeps p.
func (r *response) Write(p []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(p)
}

func (r *response) code() int {
	if r.status == 0 {
		return http.StatusOK
	}
	return r.status
}
