package native

import (
	"context"
	"net"
	"strconv"
	"strings"
	"time"
)

// readSize is how much one read takes from a connection at most: libuv's.
const readSize = 64 << 10

// A write of at most promptSize bytes is over at once unless the peer is stuck.
// libuv then reports it before anything that is read later, and Node's http
// relies on that order; promptWait is how long a read lets such a write go first.
const (
	promptSize = 64 << 10
	promptWait = 100 * time.Millisecond
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
