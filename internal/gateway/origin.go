package gateway

import (
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
)

// A page on the web can reach a server on this machine through the browser, by
// its address or by a name that it makes point here. So requests must name this
// machine, and pages from elsewhere get no further than they get on HubSpot:
// a GET may come from any page, everything else only from the same site, for
// which here all pages of this machine count. Calls by UI extensions come from
// HubSpot's own pages.

// hostname gives a host without its port, in lower case.
func hostname(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// local reports whether a name stands for this machine whatever a DNS server
// says; hslocal.net is HubSpot's own name for it.
func (h *Handler) local(host string) bool {
	name := hostname(host)
	switch name {
	case "localhost", "127.0.0.1", "::1", "hslocal.net":
		return true
	}
	return strings.HasSuffix(name, ".localhost") || strings.HasSuffix(name, ".hslocal.net") || slices.Contains(h.hosts, name)
}

// trusted reports whether an Origin header names a page of this machine, or one
// that the user trusts. The origin of a sandboxed frame is "null" whoever's page
// it is in, so it is nobody's unless the user says so: HubSpot calls functions
// from its own pages, not from the frame an extension runs in.
func (h *Handler) trusted(origin string) bool {
	if slices.Contains(h.origins, origin) {
		return true
	}
	scheme, host, ok := strings.Cut(origin, "://")
	return ok && (scheme == "http" || scheme == "https") && h.local(host)
}

// hubspotPage reports whether an Origin header names a page of HubSpot's own.
func hubspotPage(origin string) bool {
	host, ok := strings.CutPrefix(origin, "https://")
	if !ok {
		return false
	}
	name := hostname(host)
	for _, domain := range []string{"hubspot.com", "hubspotqa.com"} {
		if name == domain || strings.HasSuffix(name, "."+domain) {
			return true
		}
	}
	return false
}

func foreignHost(req *http.Request) *refusal {
	return &refusal{
		status: http.StatusForbidden, category: "FORBIDDEN", drain: true,
		message: fmt.Sprintf("the Host header %q does not name this machine, so a web page may be posing as it; use localhost", req.Host),
	}
}

func foreignOrigin(req *http.Request, who string) *refusal {
	return &refusal{
		status: http.StatusForbidden, category: "FORBIDDEN", drain: true,
		message: fmt.Sprintf("a page of %s may not send %s here; only %s may (--allow-origin %[1]s lets it)", req.Header.Get("Origin"), req.Method, who),
	}
}

// allowOrigin sets the headers that let a page read the answer.
func (h *Handler) allowOrigin(head http.Header, origin, method string) {
	if origin == "" {
		return
	}
	head.Add("Vary", "Origin")
	switch {
	case h.trusted(origin):
		head.Set("Access-Control-Allow-Origin", origin)
		head.Set("Access-Control-Expose-Headers", exposed)
	case method == http.MethodGet || method == http.MethodHead:
		head.Set("Access-Control-Allow-Origin", "*")
	}
}

const exposed = "X-Fns-Request-Id, X-Fns-Duration, X-Fns-Cold, X-Fns-Stale"

// preflight answers OPTIONS where the function does not.
func (h *Handler) preflight(w http.ResponseWriter, req *http.Request, allow string) {
	head := w.Header()
	head.Set("Allow", allow)
	if wanted := req.Header.Get("Access-Control-Request-Method"); wanted != "" {
		origin := req.Header.Get("Origin")
		h.allowOrigin(head, origin, wanted)
		if head.Get("Access-Control-Allow-Origin") != "" {
			methods := allow
			if !h.trusted(origin) {
				methods = "GET, HEAD"
			}
			h.allowHeaders(head, req, methods)
		}
	}
	w.WriteHeader(http.StatusNoContent)
}

func (h *Handler) allowHeaders(head http.Header, req *http.Request, methods string) {
	head.Set("Access-Control-Allow-Methods", methods)
	if names := req.Header.Get("Access-Control-Request-Headers"); names != "" {
		head.Set("Access-Control-Allow-Headers", names)
	}
	if req.Header.Get("Access-Control-Request-Private-Network") == "true" {
		head.Set("Access-Control-Allow-Private-Network", "true")
	}
}
