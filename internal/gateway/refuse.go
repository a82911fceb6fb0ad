package gateway

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/event"
	"github.com/fns-dev/fns/internal/limits"
)

// refusal is a request for which no function runs, and the answer to it.
type refusal struct {
	status      int
	category    string
	subCategory string
	message     string
	limit       limits.ID // the limit that was met, if one was
	max         string
	allow       string
	retryAfter  time.Duration
	drain       bool // the body was not read
	quiet       bool // not worth an event
}

// errorBody is an error in the shape of HubSpot's APIs.
type errorBody struct {
	Status        string              `json:"status"`
	Message       string              `json:"message"`
	CorrelationID string              `json:"correlationId"`
	Category      string              `json:"category,omitempty"`
	SubCategory   string              `json:"subCategory,omitempty"`
	ErrorType     string              `json:"errorType,omitempty"`
	Errors        []errorDetail       `json:"errors,omitempty"`
	Context       map[string][]string `json:"context,omitempty"`
}

// errorDetail is one entry of errors.
type errorDetail struct {
	SubCategory string              `json:"subCategory,omitempty"`
	Message     string              `json:"message"`
	Context     map[string][]string `json:"context,omitempty"`
}

// writeJSON answers with v.
func writeJSON(w http.ResponseWriter, status int, v any) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil { // can't happen: v is strings all the way down
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h["Content-Type"] = []string{jsonType}
	h["Content-Length"] = []string{strconv.Itoa(b.Len())}
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // a client that has gone needs no answer
}

// refuse answers a request that no function runs for.
func (h *Handler) refuse(w http.ResponseWriter, req *http.Request, no *refusal) {
	if no.drain {
		drain(w, req)
	}
	id := newID()
	head := w.Header()
	if no.allow != "" {
		head.Set("Allow", no.allow)
	}
	if no.retryAfter > 0 {
		head.Set("Retry-After", strconv.Itoa(int((no.retryAfter+time.Second-1)/time.Second)))
	}
	body := errorBody{Status: "error", Message: h.redact(no.message), CorrelationID: id, Category: no.category, SubCategory: no.subCategory}
	if no.limit != "" {
		body.Context = map[string][]string{"limit": {string(no.limit)}, "max": {no.max}}
	}
	writeJSON(w, no.status, body)
	if no.quiet {
		return
	}
	h.sink.Emit(event.Refused{
		Time: time.Now(), Method: req.Method, Path: h.redact(req.URL.RequestURI()),
		HTTPStatus: no.status, Reason: h.redact(no.message),
	})
}

// shownPaths is how many endpoints a message lists.
const shownPaths = 20

// notFound names what there is instead.
func notFound(g *Generation, req *http.Request) *refusal {
	no := &refusal{status: http.StatusNotFound, category: "OBJECT_NOT_FOUND", quiet: req.URL.Path == "/favicon.ico"}
	var b strings.Builder
	fmt.Fprintf(&b, "no function answers %s", req.URL.Path)
	if guess := closest(req.URL.Path, g.paths); guess != "" {
		fmt.Fprintf(&b, ", did you mean %s?", guess)
	}
	if len(g.paths) == 0 {
		b.WriteString("; no function has an endpoint")
	} else {
		b.WriteString("; there are: ")
		for i, path := range g.paths[:min(len(g.paths), shownPaths)] {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(path)
		}
		if more := len(g.paths) - shownPaths; more > 0 {
			fmt.Fprintf(&b, " and %d more", more)
		}
	}
	no.message = b.String()
	return no
}

func methodNotAllowed(e *endpoint, req *http.Request) *refusal {
	takes := make([]string, len(e.methods))
	for i, m := range e.methods {
		takes[i] = m.method
	}
	return &refusal{
		status: http.StatusMethodNotAllowed, category: "METHOD_NOT_ALLOWED", allow: e.allow,
		message: fmt.Sprintf("%s does not take %s, but %s", req.URL.Path, req.Method, strings.Join(takes, ", ")),
	}
}

func overBudget(used, most, retry time.Duration) *refusal {
	return &refusal{
		status: http.StatusTooManyRequests, category: "RATE_LIMITS", limit: limits.Budget,
		max: strconv.FormatInt(most.Milliseconds(), 10), retryAfter: retry,
		message: fmt.Sprintf("the account's functions have run for %.1f seconds in the last minute, HubSpot allows %.0f; --no-budget-limit lifts this here",
			used.Seconds(), most.Seconds()),
	}
}

// closest gives the path that was probably meant: one that ends in what was
// asked for, or that differs in a few letters.
func closest(path string, paths []string) string {
	best, distance := "", len(path)/3+1
	trimmed := "/" + strings.Trim(path, "/")
	for _, p := range paths {
		if trimmed != "/" && strings.HasSuffix(p, trimmed) {
			return p
		}
		if d := editDistance(path, p, distance); d < distance {
			best, distance = p, d
		}
	}
	return best
}

// editDistance counts the letters to change between a and b; most or more is
// given as most.
func editDistance(a, b string, most int) int {
	if len(a)-len(b) >= most || len(b)-len(a) >= most || len(a) > 1<<10 {
		return most
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return min(row[len(b)], most)
}
