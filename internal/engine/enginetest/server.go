package enginetest

import (
	"bufio"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// Server is the HTTP, HTTPS and SMTP server that cases call. It speaks HTTP/1.1 by
// itself, because a case wants to see the header lines as they came, and answers
// that no well-behaved server gives. Routes are in routes.go, services.go and
// hubspot.go, mail is in smtp.go.
type Server struct {
	plain, secure net.Listener
	smtp, smtps   net.Listener // mail; smtps speaks TLS from the start
	tlsConfig     *tls.Config
	unheard       [2]net.Conn // a connection: nobody listens on the port of its first end
	ca            string      // PEM

	mu       sync.Mutex
	conns    map[net.Conn]int // the connections, numbered from 1
	opened   int
	requests []recorded // of all connections, by arrival
	objects  map[string]s3Object
	mails    []mail
	done     chan struct{}
}

// NewServer starts a server on two loopback ports.
func NewServer() (*Server, error) {
	cert, ca, err := Certificate("localhost")
	if err != nil {
		return nil, err
	}
	s := &Server{ca: ca, conns: map[net.Conn]int{}, objects: map[string]s3Object{}, done: make(chan struct{})}
	for _, l := range []*net.Listener{&s.plain, &s.secure, &s.smtp, &s.smtps} {
		if *l, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			return nil, err
		}
	}
	if s.unheard, err = connection(); err != nil {
		return nil, err
	}
	s.tlsConfig = &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}
	config := s.tlsConfig.Clone()
	config.NextProtos = []string{"http/1.1"}
	go s.accept(s.plain, func(c net.Conn, n int) { s.serve(c, c, n) })
	go s.accept(s.secure, func(c net.Conn, n int) { s.serve(tls.Server(c, config), c, n) })
	go s.accept(s.smtp, func(c net.Conn, _ int) { s.serveSMTP(c, false) })
	go s.accept(s.smtps, func(c net.Conn, _ int) { s.serveSMTP(tls.Server(c, s.tlsConfig), true) })
	return s, nil
}

// connection gives the two ends of one. As long as it stands, nobody else who
// looks for a port gets theirs.
func connection() (ends [2]net.Conn, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return ends, err
	}
	defer func() { _ = l.Close() }()
	if ends[0], err = net.Dial("tcp", l.Addr().String()); err != nil {
		return ends, err
	}
	ends[1], err = l.Accept()
	return ends, err
}

// refused is an address that nobody listens on.
func (s *Server) refused() string { return s.unheard[0].LocalAddr().String() }

// Context is the first argument of main.
func (s *Server) Context() map[string]any {
	return map[string]any{
		"url":     "http://" + s.plain.Addr().String(),
		"tls":     "https://localhost:" + port(s.secure),
		"ca":      s.ca, // signed the certificate of tls, for the name localhost only
		"refused": "http://" + s.refused(),
		"smtp":    port(s.smtp),
		"smtps":   port(s.smtps),
	}
}

func port(l net.Listener) string {
	_, p, _ := net.SplitHostPort(l.Addr().String())
	return p
}

// normalise replaces what differs between two servers: their ports.
func (s *Server) normalise(text string) string {
	_, refused, _ := net.SplitHostPort(s.refused())
	for _, p := range []struct{ from, to string }{{port(s.plain), "80801"}, {port(s.secure), "84431"}, {refused, "11111"}, {port(s.smtp), "25251"}, {port(s.smtps), "46501"}} {
		text = regexp.MustCompile(`\b`+p.from+`\b`).ReplaceAllString(text, p.to)
	}
	text = processID.ReplaceAllString(text, "(node:1)")
	return text
}

var processID = regexp.MustCompile(`\(node:\d+\)`)

// Close ends the server and its connections.
func (s *Server) Close() {
	close(s.done)
	for _, l := range []net.Listener{s.plain, s.secure, s.smtp, s.smtps} {
		_ = l.Close()
	}
	for _, end := range s.unheard {
		_ = end.Close()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		_ = c.Close()
	}
}

func (s *Server) accept(l net.Listener, serve func(c net.Conn, number int)) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.opened++
		s.conns[c] = s.opened
		n := s.opened
		s.mu.Unlock()
		go func() {
			serve(c, n)
			_ = c.Close()
			s.mu.Lock()
			delete(s.conns, c)
			s.mu.Unlock()
		}()
	}
}

// request is one request as it came.
type request struct {
	method, target, version string
	path                    string
	query                   url.Values
	headers                 [][2]string // in order, as spelt
	body                    io.Reader
	conn, index             int // which connection, and which request on it, from 1

	raw net.Conn
	out *bufio.Writer
}

// get gives the first value of a header.
func (r *request) get(name string) string {
	for _, h := range r.headers {
		if strings.EqualFold(h[0], name) {
			return h[1]
		}
	}
	return ""
}

func (r *request) int(name string, other int) int {
	if n, err := strconv.Atoi(r.query.Get(name)); err == nil {
		return n
	}
	return other
}

// errEnd ends a connection.
var errEnd = errors.New("end of connection")

// serve answers the requests of one connection.
func (s *Server) serve(c, raw net.Conn, number int) {
	in := bufio.NewReader(c)
	out := bufio.NewWriter(c)
	for index := 1; ; index++ {
		r, err := readRequest(in)
		if err != nil {
			return
		}
		r.conn, r.index, r.raw, r.out = number, index, raw, out
		if strings.EqualFold(r.get("Expect"), "100-continue") {
			fmt.Fprint(out, "HTTP/1.1 100 Continue\r\n\r\n")
			_ = out.Flush()
		}
		if err := s.route(r); err != nil {
			return
		}
		if _, err := io.Copy(io.Discard, r.body); err != nil || out.Flush() != nil {
			return
		}
		if strings.EqualFold(r.get("Connection"), "close") || r.version == "HTTP/1.0" {
			if t, ok := c.(*tls.Conn); ok {
				_ = t.CloseWrite()
			}
			return
		}
	}
}

func readRequest(in *bufio.Reader) (*request, error) {
	line, err := readLine(in)
	if err != nil {
		return nil, err
	}
	method, rest, _ := strings.Cut(line, " ")
	target, version, ok := strings.Cut(rest, " ")
	if !ok {
		return nil, fmt.Errorf("request line %q", line)
	}
	r := &request{method: method, target: target, version: version}
	path, query, _ := strings.Cut(target, "?")
	if u, err := url.Parse(target); err == nil && u.Host != "" { // a proxy's request
		path = u.EscapedPath()
	}
	r.path = path
	if r.query, err = url.ParseQuery(query); err != nil {
		r.query = url.Values{}
	}
	for {
		line, err := readLine(in)
		if err != nil {
			return nil, err
		}
		if line == "" {
			break
		}
		name, value, _ := strings.Cut(line, ":")
		r.headers = append(r.headers, [2]string{name, strings.TrimSpace(value)})
	}
	switch {
	case strings.EqualFold(r.get("Transfer-Encoding"), "chunked"):
		r.body = &chunked{in: in, data: httputil.NewChunkedReader(in)}
	case r.get("Content-Length") != "":
		n, err := strconv.ParseInt(r.get("Content-Length"), 10, 64)
		if err != nil {
			return nil, err
		}
		r.body = io.LimitReader(in, n)
	default:
		r.body = strings.NewReader("")
	}
	return r, nil
}

// chunked reads a chunked body with its trailers.
type chunked struct {
	in       *bufio.Reader
	data     io.Reader
	trailers []string
	ended    bool
}

func (c *chunked) Read(p []byte) (int, error) {
	n, err := c.data.Read(p)
	if errors.Is(err, io.EOF) && !c.ended {
		c.ended = true
		for {
			line, lineErr := readLine(c.in)
			if lineErr != nil {
				return n, lineErr
			}
			if line == "" {
				return n, err
			}
			c.trailers = append(c.trailers, line)
		}
	}
	return n, err
}

func readLine(in *bufio.Reader) (string, error) {
	line, err := in.ReadString('\n')
	return strings.TrimRight(line, "\r\n"), err
}
