package portal

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"mime"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/wire"
)

// The bounds of bodies, in bytes. They are not HubSpot's: they keep a broken
// client from filling the memory, far above what any real one sends.
const (
	maxJSON    = 1 << 20
	maxFile    = 64 << 20
	maxArchive = 256 << 20
)

// call is one request on its way to an answer.
type call struct {
	*Portal
	req   *http.Request
	token token // of the caller, zero for open calls
}

func (c *call) ctx() context.Context          { return c.req.Context() }
func (c *call) path(name string) string       { return c.req.PathValue(name) }
func (c *call) param(name string) string      { return c.req.URL.Query().Get(name) }
func (c *call) id(name string) (int64, error) { return number(name, c.path(name)) }

// handler answers a call: with a value that becomes JSON, a text, raw bytes, or
// nil for 204.
type handler func(c *call) (any, error)

// raw is an answer that is no JSON.
type raw struct {
	contentType string
	disposition string
	data        []byte
}

// fault is an answer that is no success.
type fault struct {
	status int
	body   wire.Error
}

// Error gives what the caller is told.
func (f *fault) Error() string { return f.body.Message }

func fail(status int, category, format string, args ...any) *fault {
	return &fault{status: status, body: wire.Error{Category: category, Message: fmt.Sprintf(format, args...)}}
}

// invalid is that a request can't be right.
func invalid(format string, args ...any) *fault {
	return fail(http.StatusBadRequest, wire.CategoryValidation, format, args...)
}

// missing is that something does not exist.
func missing(format string, args ...any) *fault {
	return fail(http.StatusNotFound, wire.CategoryNotFound, format, args...)
}

// with gives the fault a sub-category.
func (f *fault) with(sub string) *fault {
	f.body.SubCategory = sub
	return f
}

// open registers a call that needs no token, closed one that does.
func (p *Portal) open(method, pattern string, h handler) {
	p.mux.Handle(method+" "+pattern, p.serve(h, false))
}

func (p *Portal) closed(method, pattern string, h handler) {
	mux := p.mux
	if pattern == wire.ProjectSettings {
		mux = p.settings // a project may be called "by-name"
	}
	mux.Handle(method+" "+pattern, p.serve(h, true))
}

func (p *Portal) serve(h handler, needsToken bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		c := &call{Portal: p, req: req}
		if needsToken {
			var err error
			if c.token, err = p.authorize(req); err != nil {
				p.answerError(w, err)
				return
			}
		}
		value, err := h(c)
		if err != nil {
			p.answerError(w, err)
			return
		}
		p.answer(w, value)
	})
}

// ServeHTTP answers one call.
func (p *Portal) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	defer func() {
		if cause := recover(); cause != nil {
			if cause == http.ErrAbortHandler { //nolint:errorlint // this very value
				panic(cause)
			}
			log.New(io.Discard, "", 0).Printf("%v\n%s", cause, debug.Stack())
			p.answerError(w, fmt.Errorf("the portal failed at this call: %v", cause))
		}
	}()
	req.Body = http.MaxBytesReader(w, req.Body, maxArchive)
	if err := allowed(req); err != nil {
		p.answerError(w, err)
		return
	}
	if wait, ok := p.rate.take(p.opts.RateLimit, p.opts.Now()); !ok {
		w.Header().Set("Retry-After", fmt.Sprint(int(wait.Seconds())+1))
		f := fail(http.StatusTooManyRequests, wire.CategoryRateLimits, "the portal answers %d calls in %s; this is one more", p.opts.RateLimit, RateWindow)
		f.body.ErrorType = "RATE_LIMIT"
		p.answerError(w, f)
		return
	}
	req = withoutBase(req)
	if strings.HasPrefix(req.URL.Path, fileMapper) {
		p.serve((*call).fileMapper, true).ServeHTTP(w, req)
		return
	}
	for _, mux := range []*http.ServeMux{p.mux, p.settings} {
		if _, pattern := mux.Handler(req); pattern != "" {
			mux.ServeHTTP(w, req)
			return
		}
	}
	p.serve((*call).gap, false).ServeHTTP(w, req)
}

// withoutBase takes the first segment off a path such as /x.com/cms/v3: hs puts
// ".com" behind the address that HUBAPI_DOMAIN_OVERRIDE names, so that the
// address must end in a segment that does not matter.
func withoutBase(req *http.Request) *http.Request {
	escaped := req.URL.EscapedPath()
	first, rest, found := strings.Cut(strings.TrimPrefix(escaped, "/"), "/")
	if !found || !strings.HasSuffix(first, ".com") {
		return req
	}
	path, err := url.PathUnescape("/" + rest)
	if err != nil {
		return req
	}
	r := req.Clone(req.Context())
	r.URL.Path, r.URL.RawPath = path, "/"+rest
	return r
}

// allowed keeps out what a page of the web could make a browser send: requests
// under another name than this machine's, and those of foreign pages.
func allowed(req *http.Request) error {
	if !thisMachine(req.Host) {
		return fail(http.StatusForbidden, "FORBIDDEN", "the Host header %q does not name this machine; use 127.0.0.1 or localhost", req.Host)
	}
	origin := req.Header.Get("Origin")
	if origin == "" {
		return nil
	}
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" || !thisMachine(u.Host) {
		return fail(http.StatusForbidden, "FORBIDDEN", "pages of %s may not call the portal", origin)
	}
	return nil
}

func thisMachine(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(name, "["), "]"))
	return name == "localhost" || name == "127.0.0.1" || name == "::1"
}

// gap answers a call that the portal does not know.
func (c *call) gap() (any, error) {
	// Only for those who could also use the rest: others must not fill the list.
	if _, err := c.authorize(c.req); err != nil {
		return nil, err
	}
	path := c.req.URL.Path
	if len(path) > 500 {
		path = path[:500]
	}
	if err := c.store.AddGap(c.ctx(), c.req.Method, path); err != nil {
		return nil, err
	}
	return nil, fail(http.StatusNotImplemented, "NOT_IMPLEMENTED", "the local portal has no %s %s", c.req.Method, path)
}

func (p *Portal) answer(w http.ResponseWriter, value any) {
	switch v := value.(type) {
	case nil:
		w.WriteHeader(http.StatusNoContent)
	case string:
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, v) // a client that has gone needs no answer
	case raw:
		w.Header().Set("Content-Type", v.contentType)
		if v.disposition != "" {
			w.Header().Set("Content-Disposition", v.disposition)
		}
		_, _ = w.Write(v.data)
	default:
		writeJSON(w, http.StatusOK, v)
	}
}

func (p *Portal) answerError(w http.ResponseWriter, err error) {
	var f *fault
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &f):
	case errors.As(err, &tooLarge):
		f = fail(http.StatusRequestEntityTooLarge, wire.CategoryValidation, "the body has more than %d bytes", tooLarge.Limit)
	case errors.Is(err, store.ErrNotFound):
		f = missing("it does not exist")
	default:
		f = fail(http.StatusInternalServerError, "INTERNAL_ERROR", "%v", err)
	}
	body := f.body
	body.Status = "error"
	body.CorrelationID = newID()
	if f.status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	writeJSON(w, f.status, body)
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	data, err := json.Marshal(value)
	if err != nil { // every value here is one of package wire
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(data) // a client that has gone needs no answer
}

// newID gives a random UUID.
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: it ends the program instead
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// json reads a body.
func (c *call) json(v any) error {
	data, err := io.ReadAll(http.MaxBytesReader(nil, c.req.Body, maxJSON))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, v); err != nil {
		return invalid("the body is not the JSON that is expected here: %v", err)
	}
	return nil
}

// part is one part of a multipart body.
type part struct {
	file string // its file name, "" for a plain field
	data []byte
}

// parts reads a multipart body of at most most bytes.
func (c *call) parts(most int64) (map[string]part, error) {
	kind, params, err := mime.ParseMediaType(c.req.Header.Get("Content-Type"))
	if err != nil || !strings.HasPrefix(kind, "multipart/") || params["boundary"] == "" {
		return nil, invalid("the body must be multipart/form-data, not %q", c.req.Header.Get("Content-Type"))
	}
	reader, err := c.req.MultipartReader()
	if err != nil {
		return nil, invalid("the body can't be read: %v", err)
	}
	all := map[string]part{}
	for {
		p, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, unreadable(err)
		}
		var b bytes.Buffer
		n, err := io.Copy(&b, io.LimitReader(p, most+1))
		if err != nil {
			return nil, unreadable(err)
		}
		if most -= n; most < 0 || len(all) >= 100 {
			return nil, &http.MaxBytesError{Limit: most + n}
		}
		all[p.FormName()] = part{p.FileName(), b.Bytes()}
	}
}

func unreadable(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return invalid("the body can't be read: %v", err)
}

// number reads an id.
func number(name, text string) (int64, error) {
	var n int64
	for _, r := range text {
		if r < '0' || r > '9' || n > 1<<53 {
			return 0, missing("%s %q is no number", name, text)
		}
		n = n*10 + int64(r-'0')
	}
	if text == "" {
		return 0, missing("%s is empty", name)
	}
	return n, nil
}

// rate counts calls.
type rate struct {
	mu    sync.Mutex
	calls []time.Time
}

// take counts a call, or says how long to wait.
func (r *rate) take(most int, now time.Time) (time.Duration, bool) {
	if most <= 0 {
		return 0, true
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.calls) > 0 && now.Sub(r.calls[0]) >= RateWindow {
		r.calls = r.calls[1:]
	}
	if len(r.calls) >= most {
		return RateWindow - now.Sub(r.calls[0]), false
	}
	r.calls = append(r.calls, now)
	return 0, true
}

// InProcess is a transport that hands calls to the portal without a network.
func (p *Portal) InProcess() http.RoundTripper { return inProcess{p} }

type inProcess struct{ p *Portal }

// Origin is the address of calls through InProcess; it names no server.
const Origin = "http://localhost"

// RoundTrip implements http.RoundTripper.
func (t inProcess) RoundTrip(req *http.Request) (*http.Response, error) {
	r := req.Clone(req.Context())
	r.Host, r.RequestURI = "localhost", req.URL.RequestURI()
	if r.Body == nil {
		r.Body = http.NoBody
	}
	defer r.Body.Close()
	w := &memory{header: http.Header{}}
	t.p.ServeHTTP(w, r)
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return &http.Response{
		Status: http.StatusText(w.status), StatusCode: w.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.header, Body: io.NopCloser(&w.body), ContentLength: int64(w.body.Len()), Request: req,
	}, nil
}

// memory is an answer that nobody has to be connected for.
type memory struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (m *memory) Header() http.Header { return m.header }

// WriteHeader implements http.ResponseWriter.
func (m *memory) WriteHeader(status int) {
	if m.status == 0 {
		m.status = status
	}
}

// Write implements http.ResponseWriter.
func (m *memory) Write(data []byte) (int, error) {
	m.WriteHeader(http.StatusOK)
	return m.body.Write(data)
}

// WriteError answers with HubSpot's form of an error.
func WriteError(w http.ResponseWriter, status int, category, message string) {
	writeJSON(w, status, wire.Error{Status: "error", Category: category, Message: message, CorrelationID: newID()})
}
