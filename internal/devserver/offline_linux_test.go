package devserver

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"unsafe"
)

// offlineEnv tells this test binary that it runs without a network.
const offlineEnv = "FNS_TEST_OFFLINE"

// Probe 22: a function is served on a machine without any network. The test
// starts itself again in a network namespace of its own, which has nothing but
// a loopback interface.
func TestProbe22AFunctionIsServedWithoutANetwork(t *testing.T) {
	t.Parallel()
	if os.Getenv(offlineEnv) == "" {
		cmd := exec.Command("/proc/self/exe", "-test.run=^TestProbe22", "-test.v")
		cmd.Env = append(os.Environ(), offlineEnv+"=1")
		cmd.SysProcAttr = &syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
		}
		out, err := cmd.CombinedOutput()
		if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOSPC) {
			t.Skip("this system allows no network namespaces: ", err)
		}
		if err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	if links, err := net.Interfaces(); err != nil || len(links) != 1 {
		t.Fatalf("not alone with the loopback interface: %v %v", links, err)
	}
	raiseLoopback(t)
	if _, err := net.Dial("udp", "192.0.2.1:9"); err == nil {
		t.Fatal("there is a network after all")
	}
	r := start(t, twoFunctions())
	r.awaitBody("/_hcms/api/a", "a1")
	r.write("my.functions/a.js", answering("a2"))
	r.awaitBody("/_hcms/api/a", "a2")
}

// raiseLoopback does what ip link set lo up does.
func raiseLoopback(t *testing.T) {
	t.Helper()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = syscall.Close(fd) }()
	request := struct {
		name  [syscall.IFNAMSIZ]byte
		flags uint16
		_     [22]byte
	}{flags: syscall.IFF_UP | syscall.IFF_RUNNING}
	copy(request.name[:], "lo")
	if _, _, no := syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), syscall.SIOCSIFFLAGS, uintptr(unsafe.Pointer(&request))); no != 0 {
		t.Fatal("raise lo: ", no)
	}
}
