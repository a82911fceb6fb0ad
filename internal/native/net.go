package native

import (
	"context"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// readSize is how much one read takes from a connection at most: libuv's.
const readSize = 64 << 10

// A write of at most promptSize bytes is over at once unless the peer is stuck.
// libuv then reports it before anything that is read later, and Node's http
// relies on that order; promptWait is how long a read lets such a write go first.
const (
	promptSize = 64 << 10
	promptWait = 2 * time.Millisecond
)

// netNatives serve net.Socket: TCP and local connections outwards.
func netNatives() Table {
	return Table{
		// netConnect({address, port, path, localAddress, localPort, timeout}, cb) → socket;
		// cb(code) or cb(undefined, facts); code is an error's, such as
		// ECONNREFUSED, here and below.
		"netConnect": func(h Host, a Args) (any, error) {
			s := newSocket(h)
			cb := a.Callback(1)
			options := Args{a.Map(0)}.Map(0)
			op := s.begin()
			ctx, cancel := context.WithCancel(h.Context())
			s.onClose = cancel
			go func() {
				conn, err := dial(ctx, options)
				cancel()
				op.end(func() {
					if err != nil {
						cb(socketCode(err))
						return
					}
					if s.closed {
						_ = conn.Close()
						return
					}
					s.use(conn)
					cb(nil, addresses(conn))
				})
			}()
			return Handle{s}, nil
		},
		// netRead(socket, cb): one read; cb(code), cb(undefined, bytes), or
		// cb(undefined, undefined) at the end.
		"netRead": func(h Host, a Args) (any, error) {
			s, ok := HandleOf[*socket](a, 0)
			if !ok || s.conn == nil {
				return nil, Errorf("EBADF", "read EBADF")
			}
			s.read(a.Callback(1))
			return nil, nil
		},
		// netWrite(socket, bytes, cb): cb(code) or cb().
		"netWrite": func(h Host, a Args) (any, error) {
			s, ok := HandleOf[*socket](a, 0)
			if !ok || s.conn == nil {
				return nil, Errorf("EBADF", "write EBADF")
			}
			data := append([]byte(nil), a.Bytes(1)...)
			cb, conn, op := a.Callback(2), s.conn, s.begin()
			written := make(chan struct{})
			if len(data) <= promptSize {
				s.written.Store(&written)
			}
			go func() {
				defer close(written)
				_, err := conn.Write(data)
				op.end(func() { finish(cb, err) })
			}()
			return nil, nil
		},
		// netShutdown(socket, cb): ends the writing side.
		"netShutdown": func(h Host, a Args) (any, error) {
			s, ok := HandleOf[*socket](a, 0)
			if !ok || s.conn == nil {
				return nil, Errorf("ENOTCONN", "shutdown ENOTCONN")
			}
			cb, conn, op := a.Callback(1), s.conn, s.begin()
			go func() {
				var err error
				if w, ok := conn.(interface{ CloseWrite() error }); ok {
					err = w.CloseWrite()
				}
				op.end(func() { finish(cb, err) })
			}()
			return nil, nil
		},
		// netClose(socket, reset)
		"netClose": func(h Host, a Args) (any, error) {
			if s, ok := HandleOf[*socket](a, 0); ok {
				s.close(a.Bool(1))
			}
			return nil, nil
		},
		// netRef(socket, ref): whether waiting for data keeps the loop alive.
		"netRef": func(h Host, a Args) (any, error) {
			if s, ok := HandleOf[*socket](a, 0); ok {
				s.setRef(a.Bool(1))
			}
			return nil, nil
		},
		// netOption(socket, "noDelay" | "keepAlive", on, milliseconds)
		"netOption": func(h Host, a Args) (any, error) {
			s, ok := HandleOf[*socket](a, 0)
			if !ok {
				return nil, nil
			}
			tcp, ok := s.raw.(*net.TCPConn)
			if !ok {
				return nil, nil
			}
			switch a.String(1) {
			case "noDelay":
				_ = tcp.SetNoDelay(a.Bool(2))
			case "keepAlive":
				_ = tcp.SetKeepAlive(a.Bool(2))
				if ms := a.Int(3); a.Bool(2) && ms > 0 {
					_ = tcp.SetKeepAlivePeriod(time.Duration(ms) * time.Millisecond)
				}
			}
			return nil, nil
		},
		// netIsIP(text): 0, 4 or 6.
		"netIsIP": func(h Host, a Args) (any, error) { return ipVersion(a.String(0)), nil },
	}
}

// socket is one connection. Its fields belong to the loop, but for what
// goroutines hold of conn.
type socket struct {
	host    Host
	conn    net.Conn // what is read and written: raw, or TLS over it
	raw     net.Conn
	ref     bool
	closed  bool
	onClose func()
	stop    func() bool // ends the watch for the end of the instance
	reading *operation
	written atomic.Pointer[chan struct{}] // closed when the latest prompt write has ended
	waited  func()                        // takes part in a handover: runs when the read under way ended
}

func newSocket(h Host) *socket { return &socket{host: h, ref: true} }

func (s *socket) use(conn net.Conn) {
	s.conn, s.raw = conn, conn
	s.onClose = nil
	s.stop = context.AfterFunc(s.host.Context(), func() { _ = conn.Close() })
}

// operation is one piece of work under way on a socket. It keeps the loop alive
// while the socket is ref'd.
type operation struct {
	socket *socket
	hold   func(func()) // nil while it does not keep the loop alive
	mu     sync.Mutex
	over   bool
}

func (s *socket) begin() *operation {
	op := &operation{socket: s}
	if s.ref {
		op.hold = s.host.Hold()
	}
	return op
}

// end runs fn on the loop, as the operation's result. It is called once, from
// any goroutine.
func (o *operation) end(fn func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.over = true
	if o.hold != nil {
		o.hold(fn)
		return
	}
	o.socket.host.Post(fn)
}

func (o *operation) setRef(ref bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.over || ref == (o.hold != nil):
	case ref:
		o.hold = o.socket.host.Hold()
	default:
		o.hold(nil)
		o.hold = nil
	}
}

func (s *socket) setRef(ref bool) {
	s.ref = ref
	if s.reading != nil {
		s.reading.setRef(ref)
	}
}

// read reads once. While a handover waits nothing may touch the connection.
func (s *socket) read(cb Callback) {
	if s.reading != nil {
		return
	}
	op, conn := s.begin(), s.conn
	s.reading = op
	go func() {
		buf := make([]byte, readSize)
		n, err := conn.Read(buf)
		// A small answer must not keep a large buffer alive.
		if n < readSize/2 {
			buf = append(make([]byte, 0, n), buf[:n]...)
		}
		if written := s.written.Load(); written != nil {
			wait := time.NewTimer(promptWait)
			select {
			case <-*written:
			case <-wait.C:
			}
			wait.Stop()
		}
		op.end(func() {
			s.reading = nil
			if s.waited != nil {
				waited := s.waited
				s.waited = nil
				waited()
				if n == 0 {
					return
				}
			}
			switch {
			case n > 0:
				cb(nil, buf[:n:n])
			case errors.Is(err, io.EOF):
				cb(nil, nil)
			default:
				finish(cb, err)
			}
		})
	}()
}

// release ends the read under way, if any, and then calls next on the loop: the
// connection is then nobody's.
func (s *socket) release(next func()) {
	if s.reading == nil {
		next()
		return
	}
	conn := s.conn
	s.waited = func() {
		_ = conn.SetReadDeadline(time.Time{})
		next()
	}
	_ = conn.SetReadDeadline(time.Unix(1, 0))
}

func (s *socket) close(reset bool) {
	if s.closed {
		return
	}
	s.closed = true
	if s.onClose != nil {
		s.onClose()
	}
	if s.stop != nil {
		s.stop()
	}
	if s.conn == nil {
		return
	}
	if tcp, ok := s.raw.(*net.TCPConn); ok && reset {
		_ = tcp.SetLinger(0)
	}
	// A TLS close waits for its alert to be written; the loop must not.
	conn := s.conn
	s.conn = nil
	go func() { _ = conn.Close() }()
}

func dial(ctx context.Context, options map[string]any) (net.Conn, error) {
	o := Args{options["address"], options["port"], options["path"], options["localAddress"], options["localPort"], options["timeout"]}
	// Node sets neither keep-alive nor anything else unless asked.
	d := net.Dialer{KeepAlive: -1, Timeout: time.Duration(o.Int(5)) * time.Millisecond}
	if path := o.String(2); path != "" {
		return dialLocal(ctx, &d, path)
	}
	if local := o.String(3); local != "" || o.Int(4) != 0 {
		d.LocalAddr = &net.TCPAddr{IP: net.ParseIP(local), Port: int(o.Int(4))}
	}
	conn, err := d.DialContext(ctx, "tcp", net.JoinHostPort(o.String(0), strconv.FormatInt(o.Int(1), 10)))
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetNoDelay(false)
	}
	return conn, err
}

// addresses tells where a connection begins and ends.
func addresses(conn net.Conn) map[string]any {
	facts := map[string]any{}
	for prefix, addr := range map[string]net.Addr{"local": conn.LocalAddr(), "remote": conn.RemoteAddr()} {
		tcp, ok := addr.(*net.TCPAddr)
		if !ok {
			continue
		}
		family := "IPv6"
		if tcp.IP.To4() != nil {
			family = "IPv4"
		}
		facts[prefix+"Address"], facts[prefix+"Port"], facts[prefix+"Family"] = tcp.IP.String(), int64(tcp.Port), family
	}
	return facts
}

// finish gives cb the outcome of a system call.
func finish(cb Callback, err error) {
	if err != nil {
		cb(socketCode(err))
		return
	}
	cb(nil)
}

func ipVersion(text string) int64 {
	address, zone, zoned := cutZone(text)
	ip := net.ParseIP(address)
	switch {
	case ip == nil || zoned && zone == "":
		return 0
	case strings.IndexByte(address, ':') >= 0:
		return 6
	case zoned:
		return 0
	}
	return 4
}

func cutZone(text string) (address, zone string, zoned bool) {
	if i := strings.IndexByte(text, '%'); i >= 0 {
		return text[:i], text[i+1:], true
	}
	return text, "", false
}
