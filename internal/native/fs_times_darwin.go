package native

import (
	"syscall"
	"time"
)

func statTimes(st *syscall.Stat_t) (atime, mtime, ctime time.Time) {
	return time.Unix(st.Atimespec.Unix()), time.Unix(st.Mtimespec.Unix()), time.Unix(st.Ctimespec.Unix())
}
