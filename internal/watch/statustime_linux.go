package watch

import (
	"os"
	"syscall"
	"time"
)

// statusTime is when the path was last put in place or changed in any way: an
// old file that is moved here keeps its modification time.
func statusTime(path string) time.Time {
	fi, err := os.Stat(path)
	if err != nil {
		return time.Time{}
	}
	if st, ok := fi.Sys().(*syscall.Stat_t); ok {
		return time.Unix(int64(st.Ctim.Sec), int64(st.Ctim.Nsec)) //nolint:unconvert // 32-bit systems have other types
	}
	return time.Time{}
}
