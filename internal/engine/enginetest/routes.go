package enginetest

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/andybalholm/brotli"
)

// date is in every answer, so that two runs give the same.
const date = "Thu, 01 Jan 2026 00:00:00 GMT"

// route answers one request. An error ends the connection.
//
//	/echo…             the request as JSON
//	/status/:code      that status; ?body= and ?type=
//	/redirect/:code    to ?to=, /echo by default
//	/redirects/:n      n times 302, then /echo; 0 redirects for ever
//	/gzip /deflate /rawdeflate /br /broken-gzip
//	/slow?ms=          answers late;  /drip?ms= gives the head at once, the body late
//	/hang /hang-body   never answers, or stops in the middle of the body
//	/reset /close /truncate /garbage
//	/stream?n=&ms=     n chunks, one each ms;  /trailers
//	/large?bytes=      that many bytes;  /upload gives length and hash of the body
//	/multipart         the parts of the body
//	/cookies /basic /json-error /early /method
//	/keepalive         the number of the connection and of the request on it
//	/requests          all requests before this one
//	/mail              all mail that was sent over SMTP
//	/stripe… and others of services.go
//	/crm… and others   see hubspot.go
func (s *Server) route(r *request) error {
	first, rest, _ := strings.Cut(strings.TrimPrefix(r.path, "/"), "/")
	number, _ := strconv.Atoi(rest)
	switch first {
	case "echo", "":
		return r.json(http.StatusOK, r.record(), nil)
	case "status":
		body := r.query.Get("body")
		return r.answer(number, []string{"Content-Type", or(r.query.Get("type"), "text/plain")}, []byte(body))
	case "redirect":
		return r.answer(number, []string{"Location", or(r.query.Get("to"), "/echo"), "Content-Type", "text/plain"}, []byte("moved"))
	case "redirects":
		to := "/echo"
		if number == 0 {
			to = "/redirects/0"
		} else if number > 1 {
			to = "/redirects/" + strconv.Itoa(number-1)
		}
		return r.answer(http.StatusFound, []string{"Location", to}, nil)
	case "gzip", "deflate", "rawdeflate", "br", "broken-gzip":
		return r.compressed(first)
	case "slow":
		if !s.wait(r.int("ms", 100)) {
			return errEnd
		}
		return r.json(http.StatusOK, map[string]any{"slow": true}, nil)
	case "hang":
		<-s.done
		return errEnd
	case "drip", "hang-body", "truncate", "reset", "close", "garbage", "reset-body":
		return s.misbehave(r, first)
	case "stream", "trailers":
		return s.stream(r, first == "trailers")
	case "large":
		return r.answer(http.StatusOK, []string{"Content-Type", "application/octet-stream"}, pattern(r.int("bytes", 1<<16)))
	case "upload":
		hash := sha256.New()
		n, err := io.Copy(hash, r.body)
		if err != nil {
			return err
		}
		return r.json(http.StatusOK, map[string]any{"length": n, "sha256": hex.EncodeToString(hash.Sum(nil)), "chunked": r.get("Transfer-Encoding") != ""}, nil)
	case "multipart":
		return r.parts()
	case "cookies":
		return r.json(http.StatusOK, map[string]any{"cookie": r.get("Cookie")}, []string{"Set-Cookie", "a=1; Path=/", "Set-Cookie", "b=2; HttpOnly", "X-Twice", "1", "X-Twice", "2"})
	case "basic":
		if r.get("Authorization") == "" {
			return r.answer(http.StatusUnauthorized, []string{"WWW-Authenticate", `Basic realm="test"`}, []byte("who are you"))
		}
		return r.json(http.StatusOK, map[string]any{"authorization": r.get("Authorization")}, nil)
	case "json-error":
		return r.json(r.int("status", http.StatusBadRequest), map[string]any{"status": "error", "message": "Invalid input JSON on line 1, column 1", "category": "VALIDATION_ERROR"}, nil)
	case "early":
		fmt.Fprint(r.out, "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n")
		return r.json(http.StatusOK, map[string]any{"early": true}, nil)
	case "keepalive":
		return r.json(http.StatusOK, map[string]any{"connection": r.conn, "request": r.index}, nil)
	case "requests":
		s.mu.Lock()
		list := append([]recorded{}, s.requests...)
		s.mu.Unlock()
		return r.json(http.StatusOK, list, nil)
	case "mail":
		s.mu.Lock()
		list := append([]mail{}, s.mails...)
		s.mu.Unlock()
		return r.json(http.StatusOK, list, nil)
	}
	if answer := s.services(first); answer != nil {
		return s.service(r, answer)
	}
	return s.hubspot(r)
}

func or(value, other string) string {
	if value == "" {
		return other
	}
	return value
}

// recorded is a request as /echo and /requests show it.
type recorded struct {
	Method   string      `json:"method"`
	Target   string      `json:"target"`
	Version  string      `json:"version"`
	Headers  [][2]string `json:"headers"`
	Body     string      `json:"body"` // base64 if it is no UTF-8
	Encoding string      `json:"encoding"`
	Length   int         `json:"length"`
	Trailers []string    `json:"trailers,omitempty"`
}

// record reads the body. The boundary of a multipart body, which clients make
// up, is replaced.
func (r *request) record() recorded {
	body, _ := io.ReadAll(r.body)
	rec := recorded{Method: r.method, Target: r.target, Version: r.version, Headers: [][2]string{}, Encoding: "utf8", Length: len(body)}
	if c, ok := r.body.(*chunked); ok {
		rec.Trailers = c.trailers
	}
	_, params, _ := mime.ParseMediaType(r.get("Content-Type"))
	hide := func(text string) string { return text }
	if b := params["boundary"]; b != "" {
		hide = func(text string) string { return strings.ReplaceAll(text, b, "BOUNDARY") }
	}
	for _, h := range r.headers {
		rec.Headers = append(rec.Headers, [2]string{h[0], r.signature(hide(h[1]), digest(string(body)))})
	}
	if utf8.Valid(body) {
		rec.Body = hide(string(body))
	} else {
		rec.Body, rec.Encoding = base64.StdEncoding.EncodeToString(body), "base64"
	}
	return rec
}

// answer writes a whole answer; headers are names and values in turn.
func (r *request) answer(status int, headers []string, body []byte) error {
	r.head(status, headers, len(body))
	if r.method != http.MethodHead && status != http.StatusNoContent && status != http.StatusNotModified {
		_, err := r.out.Write(body)
		return err
	}
	return nil
}

// head writes the head of an answer; length -1 means chunked.
func (r *request) head(status int, headers []string, length int) {
	fmt.Fprintf(r.out, "HTTP/1.1 %d %s\r\nDate: %s\r\n", status, or(r.query.Get("reason"), http.StatusText(status)), date)
	for i := 0; i+1 < len(headers); i += 2 {
		fmt.Fprintf(r.out, "%s: %s\r\n", headers[i], headers[i+1])
	}
	switch {
	case length < 0:
		fmt.Fprint(r.out, "Transfer-Encoding: chunked\r\n")
	case status != http.StatusNoContent && status != http.StatusNotModified:
		fmt.Fprintf(r.out, "Content-Length: %d\r\n", length)
	}
	if strings.EqualFold(r.get("Connection"), "close") {
		fmt.Fprint(r.out, "Connection: close\r\n\r\n")
	} else {
		fmt.Fprint(r.out, "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n\r\n")
	}
}

func (r *request) json(status int, v any, headers []string) error {
	body, err := encode(v)
	if err != nil {
		return err
	}
	return r.answer(status, append([]string{"Content-Type", "application/json; charset=utf-8"}, headers...), body)
}

// pattern makes n bytes that are the same every time.
func pattern(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*7 + i>>8)
	}
	return b
}

func (r *request) compressed(how string) error {
	var buf bytes.Buffer
	text := fmt.Sprintf(`{"encoding":%q,"accept":%q,"filler":%q}`, how, r.get("Accept-Encoding"), strings.Repeat("grüße ", 200))
	name := how
	var w io.WriteCloser
	switch how {
	case "deflate":
		w = zlib.NewWriter(&buf)
	case "rawdeflate":
		w, _ = flate.NewWriter(&buf, flate.DefaultCompression)
		name = "deflate"
	case "br":
		w = brotli.NewWriter(&buf)
	default:
		w, name = gzip.NewWriter(&buf), "gzip"
	}
	if _, err := io.WriteString(w, text); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	body := buf.Bytes()
	if how == "broken-gzip" {
		body = append(body[:20:20], "this is not gzip"...)
	}
	return r.answer(http.StatusOK, []string{"Content-Type", "application/json", "Content-Encoding", name}, body)
}

// wait waits that long; false if the server ends first.
func (s *Server) wait(ms int) bool {
	select {
	case <-time.After(time.Duration(ms) * time.Millisecond):
		return true
	case <-s.done:
		return false
	}
}

// misbehave is what servers should not do.
func (s *Server) misbehave(r *request, how string) error {
	if _, err := io.Copy(io.Discard, r.body); err != nil {
		return err
	}
	flush := func() error { return r.out.Flush() }
	reset := func() {
		if t, ok := r.raw.(*net.TCPConn); ok {
			_ = t.SetLinger(0)
		}
	}
	switch how {
	case "drip":
		r.head(http.StatusOK, []string{"Content-Type", "text/plain"}, 10)
		if err := flush(); err != nil || !s.wait(r.int("ms", 100)) {
			return errEnd
		}
		_, err := r.out.WriteString("0123456789")
		return err
	case "hang-body", "truncate", "reset-body":
		r.head(http.StatusOK, []string{"Content-Type", "text/plain"}, 100)
		_, _ = r.out.WriteString("0123456789")
		_ = flush()
		if how == "hang-body" {
			<-s.done
		}
		if how == "reset-body" {
			s.wait(50)
			reset()
		}
	case "reset":
		reset()
	case "garbage":
		_, _ = r.out.WriteString("this is not HTTP\r\n\r\n")
		_ = flush()
	}
	return errEnd
}

func (s *Server) stream(r *request, trailers bool) error {
	headers := []string{"Content-Type", "text/plain"}
	if trailers {
		headers = append(headers, "Trailer", "X-Checksum")
	}
	r.head(http.StatusOK, headers, -1)
	for i := range r.int("n", 5) {
		chunk := fmt.Sprintf("chunk %d\n", i)
		fmt.Fprintf(r.out, "%x\r\n%s\r\n", len(chunk), chunk)
		if err := r.out.Flush(); err != nil || !s.wait(r.int("ms", 5)) {
			return errEnd
		}
	}
	_, err := r.out.WriteString("0\r\n")
	if trailers {
		_, err = r.out.WriteString("X-Checksum: abc\r\n")
	}
	if err == nil {
		_, err = r.out.WriteString("\r\n")
	}
	return err
}

// parts shows a multipart body in pieces.
func (r *request) parts() error {
	kind, params, err := mime.ParseMediaType(r.get("Content-Type"))
	if err != nil || params["boundary"] == "" {
		return r.json(http.StatusBadRequest, map[string]any{"error": "no boundary in " + r.get("Content-Type")}, nil)
	}
	list := []any{}
	for m := multipart.NewReader(r.body, params["boundary"]); ; {
		p, err := m.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return r.json(http.StatusBadRequest, map[string]any{"error": err.Error(), "parts": list}, nil)
		}
		data, err := io.ReadAll(p)
		if err != nil {
			return err
		}
		list = append(list, map[string]any{"headers": p.Header, "name": p.FormName(), "file": p.FileName(), "length": len(data), "text": string(data)})
	}
	return r.json(http.StatusOK, map[string]any{"type": kind, "length": r.get("Content-Length") != "", "parts": list}, nil)
}
