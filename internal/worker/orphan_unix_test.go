//go:build !windows

package worker_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/worker"
)

// parentEnv makes this test binary the parent that is going to be killed.
const parentEnv = "FNS_TEST_PARENT"

// A parent that is killed can end nobody and remove nothing.
func TestWorkersOfAKilledParentEndAndTidyUp(t *testing.T) {
	if os.Getenv(parentEnv) != "" {
		beParent()
	}
	t.Parallel()
	tmp := t.TempDir()
	cmd := exec.Command(os.Args[0], "-test.run=^TestWorkersOfAKilledParentEndAndTidyUp$")
	cmd.Env = append(os.Environ(), parentEnv+"=1", "TMPDIR="+tmp)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var idle, busy int
	if _, err := fmt.Fscan(bufio.NewReader(out), &idle, &busy); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(tmp, "fns-*", "worker-*")); len(left) != 2 {
		t.Errorf("the folders of two workers are %v", left)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	deadline := time.Now().Add(10 * time.Second)
	for {
		left, err := filepath.Glob(filepath.Join(tmp, "*"))
		if err != nil {
			t.Fatal(err)
		}
		if len(left) == 0 && gone(idle) && gone(busy) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("left are %v; the idle worker is gone: %t, the busy one: %t", left, gone(idle), gone(busy))
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func gone(pid int) bool { return syscall.Kill(pid, 0) != nil || zombie(pid) }

// zombie reports whether a process has ended and nobody has asked how, which a
// container without an init leaves so.
func zombie(pid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	var id int
	var name, state string
	_, _ = fmt.Sscan(string(text), &id, &name, &state)
	return state == "Z"
}

// beParent has an idle worker and one in an endless loop, tells their process
// ids and waits for its end.
func beParent() {
	p, err := worker.New(worker.Options{})
	if err != nil {
		panic(err)
	}
	pids := make(chan string, 2)
	say := func(r engine.LogRecord) { pids <- r.Message }
	call := func(name, code string) {
		p.Invoke(context.Background(), function(name, code), engine.Invocation{ID: "id", Context: []byte(`{}`)}, say)
	}
	call("idle", `exports.main = () => { console.log(process.pid) }`)
	go call("busy", `exports.main = () => { console.log(process.pid); for (;;) {} }`)
	fmt.Println(<-pids, <-pids)
	select {}
}
