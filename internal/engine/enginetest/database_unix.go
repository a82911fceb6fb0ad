//go:build unix

package enginetest

import (
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// PostgreSQL refuses to run as root, which tests in a container do.

// asOther lets a command of root run as nobody.
func asOther(cmd *exec.Cmd) {
	if uid, gid, ok := other(); ok {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uid, Gid: gid}}
	}
}

// giveAway makes a folder of root nobody's.
func giveAway(dir string) error {
	uid, gid, ok := other()
	if !ok {
		return nil
	}
	return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chown(path, int(uid), int(gid))
	})
}

func other() (uid, gid uint32, ok bool) {
	if os.Getuid() != 0 {
		return 0, 0, false
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		return 0, 0, false
	}
	u, uerr := strconv.ParseUint(nobody.Uid, 10, 32)
	g, gerr := strconv.ParseUint(nobody.Gid, 10, 32)
	return uint32(u), uint32(g), uerr == nil && gerr == nil
}
