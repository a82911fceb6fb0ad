//go:build !windows

package browsertest

import (
	"os/exec"
	"syscall"
)

// endGroup starts cmd in a process group of its own, so that killGroup ends its
// children too.
func endGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func killGroup(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
