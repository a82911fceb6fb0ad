package main

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/sysx"
	"github.com/fns-dev/fns/internal/ui"
)

// keyPage is the page of personal access keys, opened at the address that a tool
// shows.
type keyPage struct {
	t     *testing.T
	conn  *websocket.Conn
	token string
	heard []map[string]any
}

var callback = regexp.MustCompile(`/l/personal-access-key\?cliCallbackPort=(\d+)&cliCallbackToken=([\w-]+)\s`)

// openKeyPage waits for the address, and connects as the page does.
func (p *terminal) openKeyPage() *keyPage {
	p.t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		if found := callback.FindStringSubmatch(p.text()); found != nil {
			conn, resp, err := websocket.Dial(p.t.Context(), "ws://localhost:"+found[1], &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {"https://app.hubspot.com"}}})
			if err != nil {
				p.t.Fatal(err)
			}
			if resp.Body != nil {
				_ = resp.Body.Close()
			}
			p.t.Cleanup(func() { _ = conn.CloseNow() })
			return &keyPage{t: p.t, conn: conn, token: found[2]}
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("no address of the page is shown:\n%s", p.text())
		}
	}
}

func (k *keyPage) send(key, token string) {
	k.t.Helper()
	message := map[string]any{"type": "client:personalAccessKey", "data": map[string]any{"personalAccessKey": key, "cliCallbackToken": token}}
	if err := wsjson.Write(k.t.Context(), k.conn, message); err != nil {
		k.t.Fatal(err)
	}
}

// hear waits for the next message.
func (k *keyPage) hear() {
	k.t.Helper()
	ctx, cancel := context.WithTimeout(k.t.Context(), patience)
	defer cancel()
	var m map[string]any
	if err := wsjson.Read(ctx, k.conn, &m); err != nil {
		k.t.Fatalf("after %v: %v", k.heard, err)
	}
	k.heard = append(k.heard, m)
}

func TestAtATerminalThePageMaySendTheKey(t *testing.T) {
	t.Parallel()
	p, home, hub := atTerminal(t)

	cmd := p.start(home, hub, "account", "auth")
	page := p.openKeyPage()
	p.expect("Personal access key: ")
	page.send("pat-acme", page.token)
	p.expect("the browser has sent the key")
	p.expect("Name of the account (acme-dev): ")
	if !p.echo() {
		t.Error("the name would not be shown")
	}
	p.typeLine("shop") // read by the question for the key, which is still open
	p.expect("account shop (123) added")
	p.wait(cmd, 0)
	if strings.Contains(p.text(), "pat-acme") {
		t.Errorf("the terminal shows the key:\n%s", p.text())
	}
}

// TestAPromptThatIsGivenUpLeavesTheTerminalAsItWas gives up before the reader has
// silenced the terminal, which it does on its own time.
func TestAPromptThatIsGivenUpLeavesTheTerminalAsItWas(t *testing.T) {
	t.Parallel()
	for range 20 {
		p := newTerminal(t)
		s := ui.New(&sysx.System{Stdin: p.fns, Stdout: p.fns, Stderr: p.fns})
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := s.AskHidden(ctx, "Key"); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		for range 20 {
			if !p.echo() {
				t.Fatal("the terminal was left without echo")
			}
			time.Sleep(time.Millisecond) // the reader has time to do harm
		}
	}
}

// TestBothToolsTakeTheKeyFromThePage logs in with hs and with fns at a terminal,
// as the page that both open, and compares what the page hears.
func TestBothToolsTakeTheKeyFromThePage(t *testing.T) {
	t.Parallel()
	hs := os.Getenv("FNS_HS")
	if hs == "" {
		t.Skip("make hs-interop runs it with the official hs")
	}
	login := func(tool string, args ...string) []map[string]any {
		h := newFakeHub()
		home := t.TempDir()
		pem, way := h.overTLS(t)
		ca := filepath.Join(home, "ca.pem")
		if err := os.WriteFile(ca, []byte(pem), 0o600); err != nil {
			t.Fatal(err)
		}
		p := newTerminal(t)
		cmd := exec.Command(tool, append(args, "account", "auth", "--use-default-name")...)
		cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = home, p.fns, p.fns, p.fns
		cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "NODE_EXTRA_CA_CERTS=" + ca}, append(quiet(way), "BROWSER=true")...) // a browser that shows nothing
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		page := p.openKeyPage()
		page.hear()
		page.send("evil", "another-token")
		page.hear()
		page.send("pat-acme", page.token)
		page.hear()
		p.wait(cmd, 0)
		text, err := os.ReadFile(filepath.Join(home, ".hscli", "config.yml"))
		if err != nil || !strings.Contains(string(text), "personalAccessKey: pat-acme") {
			t.Errorf("%s has not kept the key: %v\n%s\n%s", tool, err, text, p.text())
		}
		if data, ok := page.heard[0]["data"].(map[string]any); ok {
			delete(data, "cliVersion")
		}
		return page.heard
	}
	if diff := cmp.Diff(login("node", hs), login("fns")); diff != "" {
		t.Errorf("the page hears: -hs +fns\n%s", diff)
	}
}
