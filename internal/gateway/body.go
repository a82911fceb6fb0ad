package gateway

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/fns-dev/fns/internal/limits"
)

// contextRoom is what a context usually needs beside the body, in bytes.
const contextRoom = 1024

var errTooLarge = errors.New("too large")

// readBody appends the request's body to dst. It reads at most most bytes, 0 for
// no limit.
func readBody(req *http.Request, dst []byte, most int64) ([]byte, error) {
	n := req.ContentLength
	if req.Body == nil || req.Body == http.NoBody || n == 0 {
		return dst, nil
	}
	if most > 0 && n > most {
		return dst, errTooLarge
	}
	if n > 0 {
		start := len(dst)
		// Grow with what arrives: a header may promise more than is sent.
		dst = append(dst, make([]byte, min(n, 1<<20))...)
		read := 0
		for int64(read) < n {
			if start+read == len(dst) {
				dst = append(dst, make([]byte, min(n-int64(read), int64(len(dst))))...)
			}
			m, err := io.ReadFull(req.Body, dst[start+read:])
			read += m
			if err != nil {
				return dst[:start], fmt.Errorf("read the request's body: %w", err)
			}
		}
		return dst, nil
	}
	limited := io.Reader(req.Body)
	if most > 0 {
		limited = io.LimitReader(req.Body, most+1)
	}
	buf := bytes.NewBuffer(dst)
	m, err := buf.ReadFrom(limited)
	switch {
	case err != nil:
		return dst, fmt.Errorf("read the request's body: %w", err)
	case most > 0 && m > most:
		return dst, errTooLarge
	}
	return buf.Bytes(), nil
}

// drain reads on for a moment, so that a client that writes before it reads
// finds the refusal instead of a broken connection.
func drain(w http.ResponseWriter, req *http.Request) {
	const most, wait = 32 << 20, 5 * time.Second
	if req.Body == nil || req.Header.Get("Expect") != "" {
		return
	}
	if http.NewResponseController(w).SetReadDeadline(time.Now().Add(wait)) != nil {
		return
	}
	_, _ = io.CopyN(io.Discard, req.Body, most)
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{})
}

type mediaType int

const (
	mediaNone mediaType = iota
	mediaJSON
	mediaForm
	mediaOther
)

func media(contentType string) mediaType {
	switch contentType {
	case "":
		return mediaNone
	case "application/json":
		return mediaJSON
	}
	name, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		name, _, _ = strings.Cut(contentType, ";")
		name = strings.ToLower(strings.TrimSpace(name))
	}
	switch name {
	case "application/json":
		return mediaJSON
	case "application/x-www-form-urlencoded":
		return mediaForm
	}
	return mediaOther
}

// accepts reports whether a body of that type reaches the function.
func (r *route) accepts(m mediaType) bool {
	return r.mime == "" || m == mediaJSON || m == mediaForm && r.forms
}

// body reads the body into its place in the context, checks it, and gives the
// context so far. form is the text of a posted form, whose values become
// parameters. A refusal says what is wrong.
func (r *route) body(req *http.Request) (ctx []byte, form string, no *refusal) {
	n := max(req.ContentLength, 0)
	if r.requestMax > 0 && n > r.requestMax {
		return nil, "", tooLarge(req, r.requestMax)
	}
	m := media(req.Header.Get("Content-Type"))
	if n > 0 && !r.accepts(m) {
		return nil, "", r.wrongType(req)
	}
	ctx = make([]byte, 0, len(r.head)+len(r.tail)+contextRoom+int(min(n, 1<<20)))
	ctx = append(ctx, r.head...)
	start := len(ctx)
	ctx, err := readBody(req, ctx, r.requestMax)
	if errors.Is(err, errTooLarge) {
		return nil, "", tooLarge(req, r.requestMax)
	}
	if err != nil {
		return nil, "", &refusal{status: http.StatusBadRequest, category: "VALIDATION_ERROR", message: err.Error()}
	}
	if len(ctx) == start {
		return append(ctx, '{', '}'), "", nil
	}
	if !r.accepts(m) {
		return nil, "", r.wrongType(req)
	}
	switch m {
	case mediaForm:
		if r.forms {
			form = string(ctx[start:])
			return append(ctx[:start], '{', '}'), form, nil
		}
	case mediaJSON:
		return r.json(ctx, start)
	case mediaNone:
		if json.Valid(ctx[start:]) && utf8.Valid(ctx[start:]) {
			return ctx, "", nil
		}
	case mediaOther:
	}
	// Only without the content type limit: the text as it is.
	text := string(ctx[start:])
	return appendString(ctx[:start], text), "", nil
}

// json checks the body that stands in ctx from start.
func (r *route) json(ctx []byte, start int) ([]byte, string, *refusal) {
	body := ctx[start:]
	if trimmed := bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")); len(trimmed) < len(body) {
		ctx = append(ctx[:start], trimmed...)
		body = ctx[start:]
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return append(ctx[:start], '{', '}'), "", nil
	}
	if !utf8.Valid(body) {
		ctx = append(ctx[:start], bytes.ToValidUTF8(bytes.Clone(body), []byte("\uFFFD"))...)
		body = ctx[start:]
	}
	if !json.Valid(body) {
		return nil, "", malformed(body)
	}
	return ctx, "", nil
}

// malformed says where body is no JSON.
func malformed(body []byte) *refusal {
	var raw json.RawMessage
	err := json.Unmarshal(body, &raw)
	message := "the request's body is no JSON"
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		before := body[:min(max(int(syntax.Offset)-1, 0), len(body))]
		line := 1 + bytes.Count(before, []byte("\n"))
		column := 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
		message = fmt.Sprintf("%s: line %d, column %d: %v", message, line, column, syntax)
	}
	return &refusal{status: http.StatusBadRequest, category: "VALIDATION_ERROR", subCategory: "INVALID_JSON", message: message}
}

func tooLarge(req *http.Request, most int64) *refusal {
	size := "more"
	if req.ContentLength > 0 {
		size = fmt.Sprintf("%d bytes", req.ContentLength)
	}
	return &refusal{
		status: http.StatusRequestEntityTooLarge, category: "VALIDATION_ERROR", subCategory: "PAYLOAD_TOO_LARGE",
		limit: limits.Request, max: fmt.Sprint(most), drain: true,
		message: fmt.Sprintf("the request's body is too large: %s, and HubSpot takes at most %d MB (%d bytes); --no-request-limit lifts this here", size, most>>20, most),
	}
}

func (r *route) wrongType(req *http.Request) *refusal {
	got := "no Content-Type"
	if ct := req.Header.Get("Content-Type"); ct != "" {
		got = fmt.Sprintf("Content-Type %q", ct)
	}
	takes := r.mime
	if r.forms {
		takes += " (or an HTML form's application/x-www-form-urlencoded)"
	}
	return &refusal{
		status: http.StatusUnsupportedMediaType, category: "VALIDATION_ERROR", subCategory: "UNSUPPORTED_MEDIA_TYPE",
		limit: limits.ContentType, max: r.mime, drain: true,
		message: fmt.Sprintf("the request has a body and %s, HubSpot takes %s; --no-content-type-limit lifts this here", got, takes),
	}
}
