//go:build !windows

package worker

import (
	"os/exec"
	"syscall"
)

// isolate gives the worker a process group of its own, so that Ctrl-C in the
// terminal reaches the server alone and the whole group can be killed.
func isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

func killGroup(cmd *exec.Cmd) {
	if cmd.Process != nil {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
}
