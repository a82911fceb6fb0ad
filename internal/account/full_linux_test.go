package account

import (
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestAFullDiskLeavesTheOldFile runs itself again with a limit on the size of
// files, which fails a write half-way as a full disk does.
func TestAFullDiskLeavesTheOldFile(t *testing.T) {
	t.Parallel()
	if home := os.Getenv("FNS_TEST_FULL_DISK"); home != "" {
		signal.Ignore(syscall.SIGXFSZ)
		w := Where{Home: home, Dir: home, Getenv: os.Getenv}
		c, err := Load(w)
		if err != nil {
			t.Fatal(err)
		}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 100, Max: 100}); err != nil {
			t.Fatal(err)
		}
		if err := c.SetDefault(777); err == nil || !strings.Contains(err.Error(), "not changed: file too large") {
			t.Errorf("writing gave %v", err)
		}
		return
	}
	w := folders(t, global, nil)
	cmd := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), "FNS_TEST_FULL_DISK="+w.Home)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if got := content(t, w.GlobalPath()); got != global {
		t.Errorf("the file was changed to:\n%s", got)
	}
	left, err := os.ReadDir(filepath.Dir(w.GlobalPath()))
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
