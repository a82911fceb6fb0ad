package enginetest

import "os/exec"

func asOther(*exec.Cmd) {}

func giveAway(string) error { return nil }
