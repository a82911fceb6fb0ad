package hubapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/wire"
)

// Error is an answer of HubSpot's that is no success.
type Error struct {
	What      string // what the call was for: "list the secrets"
	Method    string
	Path      string // below the origin, without the query
	AccountID int64  // 0 for none
	Status    int
	Body      wire.Error // zero where the answer held no JSON
	Cause     string     // what is really wrong, in words; "" if HubSpot's message says it
	Attempts  int

	hint string
}

// Error gives cause, status, category and correlation id in one line, and what
// HubSpot says in detail one a line behind it.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.What)
	if e.AccountID != 0 {
		fmt.Fprintf(&b, " (account %d)", e.AccountID)
	}
	b.WriteString(": ")
	message := strings.TrimSpace(e.Body.Message)
	switch {
	case e.Cause != "":
		b.WriteString(e.Cause)
	case message != "":
		b.WriteString(message)
	default:
		b.WriteString(statusWords(e.Status))
	}
	facts := []string{fmt.Sprintf("HTTP %d", e.Status)}
	for _, f := range []string{e.Body.Category, e.Body.SubCategory} {
		if f != "" {
			facts = append(facts, f)
		}
	}
	if e.Body.CorrelationID != "" {
		facts = append(facts, "correlation id "+e.Body.CorrelationID)
	}
	if e.Attempts > 1 {
		facts = append(facts, fmt.Sprintf("tried %d times", e.Attempts))
	}
	fmt.Fprintf(&b, " (%s)", strings.Join(facts, ", "))
	if e.Cause != "" && message != "" {
		b.WriteString("\n  HubSpot says: " + message)
	}
	for _, d := range e.Body.Errors {
		if d.Message == "" || d.Message == message {
			continue
		}
		line := d.Message
		if d.ErrorTokens != nil && d.ErrorTokens.Line != "" {
			line = "line " + string(d.ErrorTokens.Line) + ": " + line
		}
		b.WriteString("\n  - " + line)
		for _, scope := range slices.Compact(slices.Clone(d.Context[wire.ContextRequiredScopes])) {
			b.WriteString("\n    - " + scope)
		}
	}
	return b.String()
}

// Hint says what to do next, "" where nothing is known.
func (e *Error) Hint() string { return e.hint }

// Retryable reports whether the same call may succeed a little later.
func (e *Error) Retryable() bool { return e.Status == http.StatusTooManyRequests || e.Status >= 500 }

func statusWords(status int) string {
	switch {
	case status == http.StatusBadRequest:
		return "HubSpot can't read the request"
	case status == http.StatusUnauthorized:
		return "HubSpot does not accept the login"
	case status == http.StatusForbidden:
		return "HubSpot does not allow it"
	case status == http.StatusNotFound:
		return "HubSpot does not know it"
	case status == http.StatusConflict:
		return "it is in the way of what is there already"
	case status == http.StatusTooManyRequests:
		return "too many calls in a short time"
	case status == http.StatusServiceUnavailable:
		return "HubSpot is not available"
	case status >= 500:
		return "HubSpot has a problem of its own"
	default:
		return strings.ToLower(http.StatusText(status))
	}
}

// errorFrom makes an Error of an answer.
func (c *Client) errorFrom(k *call, ans *answer, attempts int) *Error {
	e := &Error{What: k.what, Method: k.method, Path: k.path, AccountID: c.opts.AccountID, Status: ans.status, Attempts: attempts}
	if k.anonymous {
		e.AccountID = k.portalID
	}
	if json.Unmarshal(ans.body, &e.Body) != nil {
		e.Body = wire.Error{}
		if typ := ans.header.Get("Content-Type"); typ == "" || strings.HasPrefix(typ, "text/plain") {
			e.Body.Message = sample(ans.body)
		}
	}
	if e.Body.CorrelationID == "" {
		e.Body.CorrelationID = ans.header.Get("X-Hubspot-Correlation-Id")
	}
	e.Cause, e.hint = explain(e, c.opts.Origins.Web)
	if asked, ok := retryAfter(ans.header, now()); ok && e.Retryable() {
		e.hint = fmt.Sprintf("HubSpot asks to wait %s before the next try", asked.Round(1e9))
	}
	return e
}

// StatusOf gives the HTTP status in err, 0 where there is none.
func StatusOf(err error) int {
	var e *Error
	if errors.As(err, &e) {
		return e.Status
	}
	return 0
}

// IsNotFound reports whether HubSpot answered 404.
func IsNotFound(err error) bool { return StatusOf(err) == http.StatusNotFound }

// IsSubCategory reports whether err is an answer of that sub-category, as a
// whole or in one of its details.
func IsSubCategory(err error, subCategory string) bool {
	var e *Error
	if !errors.As(err, &e) {
		return false
	}
	return e.Body.SubCategory == subCategory ||
		slices.ContainsFunc(e.Body.Errors, func(d wire.ErrorDetail) bool { return d.SubCategory == subCategory })
}

// IsMissingScope reports whether the login lacks a scope for the call.
func IsMissingScope(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Status == http.StatusForbidden && e.Body.Category == wire.CategoryMissingScopes
}
