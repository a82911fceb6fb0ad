package native

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
)

// socketCode finds Node's name of a connection's failure.
func socketCode(err error) string {
	var timeout net.Error
	for _, known := range socketErrnos() {
		if errors.Is(err, known.errno) {
			return known.code
		}
	}
	switch {
	case errors.Is(err, net.ErrClosed), errors.Is(err, context.Canceled):
		return "ECANCELED"
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "ETIMEDOUT"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "ECONNRESET"
	}
	var number syscall.Errno
	if errors.As(err, &number) {
		return fmt.Sprintf("ERRNO%d", int(number))
	}
	return "EIO"
}

type namedErrno struct {
	errno syscall.Errno
	code  string
}
