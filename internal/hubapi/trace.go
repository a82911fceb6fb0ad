package hubapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fns-dev/fns/internal/redact"
)

// tracedBody is how much of a body is traced, in bytes.
const tracedBody = 4 << 10

// Tracer writes every call and answer to a stream, without keys, tokens and the
// values of secrets. The nil Tracer writes nothing. Its methods may be called
// from any goroutine.
type Tracer struct {
	mu       sync.Mutex
	out      io.Writer
	redactor *redact.Redactor
	values   map[string]string
}

// NewTracer makes a Tracer that writes to out.
func NewTracer(out io.Writer) *Tracer {
	return &Tracer{out: out, redactor: redact.New(nil), values: map[string]string{}}
}

// Hide keeps a value out of everything that is traced from now on; name stands
// in its place.
func (t *Tracer) Hide(name, value string) {
	if t == nil || value == "" {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	key := name
	for n := 2; t.values[key] != "" && t.values[key] != value; n++ {
		key = fmt.Sprintf("%s %d", name, n)
	}
	if t.values[key] == value {
		return
	}
	t.values[key] = value
	t.redactor.Set(t.values)
}

func (t *Tracer) print(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	t.mu.Lock()
	defer t.mu.Unlock()
	// What can't be traced is no reason to fail.
	_, _ = io.WriteString(t.out, t.redactor.Redact(text)+"\n")
}

func (t *Tracer) request(req *http.Request, k *call) {
	if t == nil {
		return
	}
	var b strings.Builder
	fmt.Fprintf(&b, "> %s %s", req.Method, hideQuery(req))
	for _, name := range slices.Sorted(headerNames(req.Header)) {
		value := req.Header.Get(name)
		if name == "Authorization" {
			scheme, _, _ := strings.Cut(value, " ")
			value = scheme + " [hidden]"
		}
		fmt.Fprintf(&b, "\n> %s: %s", name, value)
	}
	if k.body != nil {
		b.WriteString("\n> " + t.payload(k.body))
	}
	t.print("%s", b.String())
}

// hideQuery gives the address without the key of API-key accounts.
func hideQuery(req *http.Request) string {
	q := req.URL.Query()
	key := q.Get("hapikey")
	if key == "" {
		return req.URL.String()
	}
	return strings.ReplaceAll(req.URL.String(), "hapikey="+key, "hapikey=[hidden]")
}

func headerNames(h http.Header) func(func(string) bool) {
	return func(yield func(string) bool) {
		for name := range h {
			if !yield(name) {
				return
			}
		}
	}
}

func (t *Tracer) payload(p *payload) string {
	if p.masked != "" {
		return short(p.masked)
	}
	body, size, err := p.open()
	if err != nil {
		return fmt.Sprintf("(%v)", err)
	}
	defer body.Close()
	data, err := io.ReadAll(io.LimitReader(body, 1<<20))
	if err != nil {
		return fmt.Sprintf("(%v)", err)
	}
	if strings.HasPrefix(p.contentType, "application/x-www-form-urlencoded") {
		return fmt.Sprintf("(form of %d bytes)", size)
	}
	return t.body(p.contentType, data)
}

func (t *Tracer) answer(ans *answer, took time.Duration) {
	if t == nil {
		return
	}
	var b strings.Builder
	fmt.Fprintf(&b, "< %d %s in %s", ans.status, http.StatusText(ans.status), took.Round(time.Millisecond))
	for _, name := range []string{"Content-Type", "Retry-After", "X-Hubspot-Correlation-Id", "X-Trace", "Cf-Ray"} {
		if v := ans.header.Get(name); v != "" {
			fmt.Fprintf(&b, "\n< %s: %s", name, v)
		}
	}
	if len(ans.body) > 0 {
		b.WriteString("\n< " + t.body(ans.header.Get("Content-Type"), ans.body))
	}
	t.print("%s", b.String())
}

func (t *Tracer) retry(k *call, why string, wait time.Duration, attempt int) {
	if t == nil {
		return
	}
	t.print("* %s: %s; attempt %d in %s", k.what, why, attempt+1, wait.Round(time.Millisecond))
}

// body shows text, JSON without its secrets, and of anything else the size.
func (t *Tracer) body(contentType string, data []byte) string {
	var v any
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if dec.Decode(&v) == nil {
		masked, err := encodeJSON(mask(v, ""))
		if err == nil {
			return short(string(masked))
		}
	}
	if media, _, _ := mime.ParseMediaType(contentType); strings.HasPrefix(media, "text/") {
		return short(string(bytes.ToValidUTF8(data, []byte("?"))))
	}
	return fmt.Sprintf("(%d bytes of %s)", len(data), contentType)
}

func short(s string) string {
	if len(s) <= tracedBody {
		return s
	}
	return fmt.Sprintf("%s… (%d bytes)", strings.ToValidUTF8(s[:tracedBody], ""), len(s))
}

// hiddenFields are the names of fields that hold keys, tokens or the values of
// secrets, in lower case.
func hiddenField(name string) bool {
	switch strings.ToLower(name) {
	case "secret", "value", "encodedoauthrefreshtoken", "oauthaccesstoken", "access_token", "refresh_token", "client_secret",
		"privateapptoken", "privateappusertokenkey", "usertokenkey", "token", "accesstoken", "personalaccesskey":
		return true
	default:
		return false
	}
}

// mask replaces the texts in hidden fields.
func mask(v any, field string) any {
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			v[name] = mask(value, name)
		}
		return v
	case []any:
		for i, value := range v {
			v[i] = mask(value, field)
		}
		return v
	case string:
		if hiddenField(field) && v != "" {
			return "[hidden]"
		}
	}
	return v
}
