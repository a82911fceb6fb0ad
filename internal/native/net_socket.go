package native

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

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
	waited  func(read []byte)             // takes part in a handover: runs when the read under way ended
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
				waited(buf[:n:n])
				return
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

// release ends the read under way, if any, and then calls next on the loop with
// what it read after all: the connection is then nobody's.
func (s *socket) release(next func(read []byte)) {
	if s.reading == nil {
		next(nil)
		return
	}
	conn := s.conn
	s.waited = func(read []byte) {
		_ = conn.SetReadDeadline(time.Time{})
		next(read)
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
