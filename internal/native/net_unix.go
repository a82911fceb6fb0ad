//go:build !windows

package native

import (
	"context"
	"net"
	"syscall"
)

func socketErrnos() []namedErrno {
	return []namedErrno{
		{syscall.ECONNREFUSED, "ECONNREFUSED"},
		{syscall.ECONNRESET, "ECONNRESET"},
		{syscall.EPIPE, "EPIPE"},
		{syscall.ETIMEDOUT, "ETIMEDOUT"},
		{syscall.EHOSTUNREACH, "EHOSTUNREACH"},
		{syscall.ENETUNREACH, "ENETUNREACH"},
		{syscall.ENETDOWN, "ENETDOWN"},
		{syscall.EADDRNOTAVAIL, "EADDRNOTAVAIL"},
		{syscall.EADDRINUSE, "EADDRINUSE"},
		{syscall.ECONNABORTED, "ECONNABORTED"},
		{syscall.ENOTCONN, "ENOTCONN"},
		{syscall.ENOENT, "ENOENT"},
		{syscall.ENOTDIR, "ENOTDIR"},
		{syscall.EACCES, "EACCES"},
		{syscall.EPERM, "EPERM"},
		{syscall.EINVAL, "EINVAL"},
	}
}

// dialLocal connects to a Unix domain socket.
func dialLocal(ctx context.Context, d *net.Dialer, path string) (net.Conn, error) {
	return d.DialContext(ctx, "unix", path)
}
