package native

import (
	"context"
	"net"
	"syscall"

	"golang.org/x/sys/windows"
)

func socketErrnos() []namedErrno {
	return []namedErrno{
		{windows.WSAECONNREFUSED, "ECONNREFUSED"},
		{windows.WSAECONNRESET, "ECONNRESET"},
		{windows.WSAETIMEDOUT, "ETIMEDOUT"},
		{windows.WSAEHOSTUNREACH, "EHOSTUNREACH"},
		{windows.WSAENETUNREACH, "ENETUNREACH"},
		{windows.WSAENETDOWN, "ENETDOWN"},
		{windows.WSAEADDRNOTAVAIL, "EADDRNOTAVAIL"},
		{windows.WSAEADDRINUSE, "EADDRINUSE"},
		{windows.WSAECONNABORTED, "ECONNABORTED"},
		{windows.WSAENOTCONN, "ENOTCONN"},
		{windows.WSAEACCES, "EACCES"},
		{windows.WSAEINVAL, "EINVAL"},
		{syscall.ERROR_FILE_NOT_FOUND, "ENOENT"},
		{syscall.ERROR_PATH_NOT_FOUND, "ENOENT"},
		{syscall.ERROR_ACCESS_DENIED, "EACCES"},
	}
}

// dialLocal connects to a Unix domain socket, which Windows has, too; named
// pipes are not offered.
func dialLocal(ctx context.Context, d *net.Dialer, path string) (net.Conn, error) {
	return d.DialContext(ctx, "unix", path)
}
