package devserver

import (
	"encoding/hex"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// offlineEnv tells this test binary that it runs without a network, or that
// its sockets are to be watched.
const offlineEnv = "FNS_TEST_OFFLINE"

// Probe 22: a function is served on a machine without any network. The test
// starts itself again in a network namespace of its own, which has nothing but
// a loopback interface. Where the system allows none, its sockets are watched
// instead: none may lead out of this machine.
func TestProbe22AFunctionIsServedWithoutANetwork(t *testing.T) {
	t.Parallel()
	switch os.Getenv(offlineEnv) {
	case "":
		out, err := again("namespace")
		if err != nil && !strings.Contains(string(out), begunOffline) {
			t.Logf("this system allows no network namespaces: %v", err)
			out, err = again("watched")
		}
		if err != nil {
			t.Errorf("%v\n%s", err, out)
		}
	case "namespace":
		alone(t)
		fmt.Println(begunOffline)
		serveAndReload(t)
	case "watched":
		sockets := watchSockets()
		serveAndReload(t)
		seen, out := sockets()
		if seen == 0 {
			t.Error("not even the server's own socket was seen")
		}
		for _, address := range out {
			t.Errorf("a socket leads to %s", address)
		}
	}
}

// begunOffline is said once there is no network.
const begunOffline = "begun without a network"

// again runs this test in a process of its own.
func again(how string) ([]byte, error) {
	cmd := exec.Command("/proc/self/exe", "-test.run=^TestProbe22", "-test.v")
	cmd.Env = append(os.Environ(), offlineEnv+"="+how)
	if how == "namespace" {
		cmd.SysProcAttr = &syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
		}
	}
	return cmd.CombinedOutput()
}

func serveAndReload(t *testing.T) {
	t.Helper()
	r := start(t, twoFunctions())
	r.awaitBody("/_hcms/api/a", "a1")
	r.write("my.functions/a.js", answering("a2"))
	r.awaitBody("/_hcms/api/a", "a2")
}

// watchSockets looks at the sockets of this process and its children until the
// answer is asked for: how many there were, and where those lead that lead out
// of this machine or to a name server.
func watchSockets() (end func() (int, []string)) {
	seen, out := map[string]bool{}, map[string]bool{}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
			}
			own := ownSockets()
			for _, table := range []string{"tcp", "tcp6", "udp", "udp6"} {
				text, _ := os.ReadFile("/proc/self/net/" + table)
				for line := range strings.Lines(string(text)) {
					f := strings.Fields(line)
					if len(f) < 10 || !own[f[9]] {
						continue
					}
					seen[f[9]] = true
					if leavesMachine(f[2]) {
						out[f[2]] = true
					}
				}
			}
		}
	}()
	return func() (int, []string) {
		close(stop)
		<-stopped
		return len(seen), slices.Sorted(maps.Keys(out))
	}
}

// ownSockets gives the inodes of the sockets of this process and its children.
func ownSockets() map[string]bool {
	pids := []string{"self"}
	tasks, _ := filepath.Glob("/proc/self/task/*/children")
	for _, path := range tasks {
		text, _ := os.ReadFile(path)
		pids = append(pids, strings.Fields(string(text))...)
	}
	own := map[string]bool{}
	for _, pid := range pids {
		files, _ := filepath.Glob("/proc/" + pid + "/fd/*")
		for _, file := range files {
			target, _ := os.Readlink(file)
			if inode, ok := strings.CutPrefix(target, "socket:["); ok {
				own[strings.TrimSuffix(inode, "]")] = true
			}
		}
	}
	return own
}

// leavesMachine reads an address as /proc/net has it: in hexadecimal, the four
// bytes of each word reversed, and the port.
func leavesMachine(address string) bool {
	host, port, _ := strings.Cut(address, ":")
	raw, err := hex.DecodeString(host)
	if err != nil {
		return true
	}
	for i := 0; i+4 <= len(raw); i += 4 {
		slices.Reverse(raw[i : i+4])
	}
	ip := net.IP(raw)
	return port == "0035" || !ip.IsUnspecified() && !ip.IsLoopback()
}

// alone makes sure that there is no network but loopback.
func alone(t *testing.T) {
	t.Helper()
	if links, err := net.Interfaces(); err != nil || len(links) != 1 {
		t.Fatalf("not alone with the loopback interface: %v %v", links, err)
	}
	raiseLoopback(t)
	if _, err := net.Dial("udp", "192.0.2.1:9"); err == nil {
		t.Fatal("there is a network after all")
	}
}

func TestAddressesThatLeadOut(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"0100007F:0BB8": false, "00000000:0000": false, "00000000000000000000000001000000:1F90": false, "00000000000000000000000000000000:0000": false,
		"0000000000000000FFFF00000100007F:1F90": false, "0100007F:0035": true, "08080808:01BB": true, "B80D0120000000000000000001000000:01BB": true,
	} {
		if got := leavesMachine(address); got != want {
			t.Errorf("%s leads out: %t", address, got)
		}
	}
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
