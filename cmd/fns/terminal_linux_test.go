package main

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// terminal is a pseudo terminal: what fns prints on it, and what a user types.
type terminal struct {
	t     *testing.T
	user  *os.File
	fns   *os.File
	mu    sync.Mutex
	shown bytes.Buffer
	read  int // of shown, by expect
}

func newTerminal(t *testing.T) *terminal {
	t.Helper()
	user, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("no pseudo terminals here: %v", err)
	}
	fd := int(user.Fd())
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	fns, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	term := &terminal{t: t, user: user, fns: fns}
	go func() {
		buf := make([]byte, 4096)
		for {
			n, err := user.Read(buf)
			term.mu.Lock()
			term.shown.Write(buf[:n])
			term.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() { _ = fns.Close(); _ = user.Close() })
	return term
}

// atTerminal gives a terminal, a home folder and a HubSpot for fns.
func atTerminal(t *testing.T) (p *terminal, home string, hub *fakeHub) {
	t.Helper()
	hub = newFakeHub()
	hub.server = httptest.NewServer(hub.handler)
	t.Cleanup(hub.server.Close)
	return newTerminal(t), t.TempDir(), hub
}

// expect waits until a text is shown, behind what was waited for before.
func (p *terminal) expect(text string) {
	p.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		p.mu.Lock()
		i := bytes.Index(p.shown.Bytes()[p.read:], []byte(text))
		if i >= 0 {
			p.read += i + len(text)
		}
		p.mu.Unlock()
		if i >= 0 {
			return
		}
	}
	p.t.Fatalf("%q was not shown; the terminal shows:\n%s", text, p.text())
}

func (p *terminal) text() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.shown.String()
}

// echo reports whether the terminal shows what is typed.
func (p *terminal) echo() bool {
	state, err := unix.IoctlGetTermios(int(p.fns.Fd()), unix.TCGETS)
	if err != nil {
		p.t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}

// typeHidden types once the terminal has stopped showing it.
func (p *terminal) typeHidden(text string) {
	p.t.Helper()
	for deadline := time.Now().Add(patience); p.echo(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatal("the terminal still shows what is typed")
		}
	}
	p.typeLine(text)
}

func (p *terminal) typeLine(text string) {
	p.t.Helper()
	if _, err := p.user.WriteString(text + "\n"); err != nil {
		p.t.Fatal(err)
	}
}

// start runs fns at the terminal.
func (p *terminal) start(home string, hub *fakeHub, args ...string) *exec.Cmd {
	p.t.Helper()
	return p.startIn(home, home, hub, args...)
}

// startIn runs fns at the terminal, in a folder.
func (p *terminal) startIn(dir, home string, hub *fakeHub, args ...string) *exec.Cmd {
	p.t.Helper()
	cmd := exec.Command("fns", args...)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "FNS_API_ORIGIN=" + hub.server.URL, "BROWSER=none", "NO_COLOR=1"}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = p.fns, p.fns, p.fns
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	return cmd
}

func (p *terminal) wait(cmd *exec.Cmd, code int) {
	p.t.Helper()
	_ = cmd.Wait() // the code tells
	if got := cmd.ProcessState.ExitCode(); got != code {
		p.t.Errorf("%v ended with %d, want %d; the terminal shows:\n%s", cmd.Args, got, code, p.text())
	}
	if !p.echo() {
		p.t.Error("the terminal was left without echo")
	}
}

func TestAtATerminalSecretsAreAskedForAndNotShown(t *testing.T) {
	t.Parallel()
	p, home, hub := atTerminal(t)

	cmd := p.start(home, hub, "account", "auth")
	p.expect("https://app.hubspot.com/l/personal-access-key")
	p.expect("Personal access key: ")
	p.typeHidden("pat-acme")
	p.expect("Name of the account (acme-dev): ")
	p.typeLine("shop")
	p.expect("account shop (123) added")
	p.wait(cmd, 0)

	cmd = p.start(home, hub, "account", "auth")
	p.expect("Personal access key: ")
	p.typeHidden("pat-beta")
	p.expect("Name of the account (beta): ")
	p.typeLine("")
	p.expect("Make beta (456) the default account? [y/N]: ")
	p.typeLine("n")
	p.expect("account beta (456) added")
	p.wait(cmd, 0)

	cmd = p.start(home, hub, "secrets", "add")
	p.expect("Name of the secret: ")
	p.typeLine("API_KEY")
	p.expect("Value of API_KEY: ")
	p.typeHidden("hush-hush")
	p.expect("secret API_KEY added in account shop (123)")
	p.wait(cmd, 0)

	cmd = p.start(home, hub, "app", "secrets", "list")
	p.expect(" 2 Other (10)")
	p.expect("App: ")
	p.typeLine("7")
	p.expect("a number from 1 to 2")
	p.typeLine("2")
	p.expect("0 secrets in app Other (10)")
	p.wait(cmd, 0)

	cmd = p.start(home, hub, "secrets", "delete")
	p.expect(" 1 API_KEY")
	p.typeLine("API_KEY")
	p.expect("Delete the secret API_KEY of account shop (123)? [y/N]: ")
	p.typeLine("y")
	p.expect("secret API_KEY deleted")
	p.wait(cmd, 0)

	cmd = p.start(home, hub, "account", "use")
	p.expect("Default account: ")
	p.typeLine("beta (456)")
	p.expect("the default account is now beta (456)")
	p.wait(cmd, 0)

	// Ctrl-C at a hidden prompt gives the terminal back as it was.
	cmd = p.start(home, hub, "secrets", "add", "OTHER")
	p.expect("Value of OTHER: ")
	for deadline := time.Now().Add(patience); p.echo() && time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	p.wait(cmd, 130)

	for _, hidden := range []string{"pat-acme", "pat-beta", "hush-hush"} {
		if strings.Contains(p.text(), hidden) {
			t.Errorf("the terminal shows %s:\n%s", hidden, p.text())
		}
	}
}
