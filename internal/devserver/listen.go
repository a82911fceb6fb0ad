package devserver

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
	"time"

	"github.com/fns-dev/fns/internal/diag"
)

// PortError says that a port the user asked for is taken.
type PortError struct {
	Port   int
	Holder string // "node (process 4711)"; "" if it can't be told
}

// Error names who holds the port, and the ways out.
func (e *PortError) Error() string {
	who := "another program"
	if e.Holder != "" {
		who = e.Holder
	}
	return fmt.Sprintf("port %d is held by %s: end it, or choose another port with --port", e.Port, who)
}

// portTries is how many ports are tried after the first.
const portTries = 100

// listen opens port on the loopback addresses of IPv4 and, where there is one, of
// IPv6: browsers take localhost for either. Port 0 is any free one. Unless given,
// the next free port will do.
func listen(ctx context.Context, port int, given bool) ([]net.Listener, int, error) {
	for p := port; ; p++ {
		listeners, err := listenOn(ctx, p)
		switch {
		case err == nil:
			return listeners, listeners[0].Addr().(*net.TCPAddr).Port, nil
		case !taken(err) || p >= 65535:
			return nil, 0, fmt.Errorf("listen on port %d: %w", p, err)
		case port == 0:
			p = -1 // the free port of one address was taken at the other
		case given:
			return nil, 0, &PortError{Port: p, Holder: holder(p)}
		}
		if p-port >= portTries {
			return nil, 0, fmt.Errorf("listen: ports %d to %d are all taken", port, p)
		}
	}
}

func listenOn(ctx context.Context, port int) ([]net.Listener, error) {
	if port != 0 && answers(ctx, port) {
		return nil, syscall.EADDRINUSE
	}
	var lc net.ListenConfig
	v4, err := lc.Listen(ctx, "tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, err
	}
	v6, err := lc.Listen(ctx, "tcp6", net.JoinHostPort("::1", strconv.Itoa(v4.Addr().(*net.TCPAddr).Port)))
	if err != nil {
		if taken(err) {
			_ = v4.Close()
			return nil, err
		}
		return []net.Listener{v4}, nil // no IPv6 here
	}
	return []net.Listener{v4, v6}, nil
}

// answers reports whether somebody accepts connections on the port. Some systems
// let a program listen on one address while another has the port on all.
func answers(ctx context.Context, port int) bool {
	d := net.Dialer{Timeout: 100 * time.Millisecond}
	c, err := d.DialContext(ctx, "tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return false
	}
	_ = c.Close()
	return true
}

// windowsInUse is WSAEADDRINUSE, which syscall does not name on other systems.
const windowsInUse = syscall.Errno(10048)

func taken(err error) bool {
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, windowsInUse)
}

// unexpected makes a diagnostic of an error that nobody foresaw.
func unexpected(err error) diag.List {
	return diag.List{{Severity: diag.Error, Summary: err.Error()}}
}
