package main

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAtATerminalProjectsAreAskedForAndProgressIsDrawn(t *testing.T) {
	t.Parallel()
	hub := newFakeHub()
	hub.server = httptest.NewServer(hub.handler)
	t.Cleanup(hub.server.Close)
	home := t.TempDir()
	files := with(shop(), "shop/src/hsprofile.dev.json", `{ "accountId": 123 }`, "shop/src/hsprofile.prod.json", `{ "accountId": 123 }`, "shop/src/app/elsewhere/x-hsmeta.json", `{ "uid": "x", "type": "card", "config": {} }`)
	for name, text := range files {
		path := filepath.Join(home, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := newTerminal(t)
	cmd := p.start(home, hub, "account", "auth", "--pak", "pat-acme", "--name", "shop")
	p.wait(cmd, 0)
	dir := filepath.Join(home, "shop")

	cmd = p.startIn(dir, home, hub, "project", "upload")
	p.expect(" 2 prod")
	p.expect("Profile: ")
	p.typeLine("dev")
	p.expect("HubSpot does not read app/elsewhere/x-hsmeta.json. Upload without? [y/N]: ")
	p.typeLine("y")
	p.expect(`account shop (123) has no project "shop". Create it? [y/N]: `)
	p.typeLine("n")
	p.expect("nothing was uploaded: account shop (123) has no project")
	p.wait(cmd, 1)

	cmd = p.startIn(dir, home, hub, "project", "upload", "--profile", "dev", "--force")
	p.expect("\x1b[") // drawn in place
	p.expect("function hello  building")
	p.expect("+ function hello  built")
	p.expect("deploy of build #1  deployed")
	p.expect("build #1 of shop is deployed in account shop (123): ")
	p.wait(cmd, 0)

	hub.mu.Lock()
	hub.makeProject("shop", []string{"builds=12", "never"})
	hub.makeProject("other", []string{"builds=1"})
	hub.mu.Unlock()
	cmd = p.startIn(dir, home, hub, "project", "upload", "--profile", "dev", "--force")
	p.expect("build #13  building")
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	p.expect("stopped looking: build #13 of shop is BUILDING")
	p.wait(cmd, 130)

	hub.mu.Lock()
	hub.makeProject("shop", nil)
	hub.mu.Unlock()
	cmd = p.startIn(dir, home, hub, "project", "list-builds")
	p.expect("#4 ")
	p.expect("Enter for more, Ctrl-C to end: ")
	p.typeLine("")
	p.expect("#1 (deployed)")
	p.wait(cmd, 0)

	cmd = p.startIn(dir, home, hub, "project", "deploy", "--profile", "dev")
	p.expect("Build to deploy (12): ")
	p.typeLine("x")
	p.expect("the number of a build, please")
	p.typeLine("#11")
	p.expect("build #11 of shop is deployed")
	p.wait(cmd, 0)

	cmd = p.start(home, hub, "project", "download", "--dest", "out")
	p.expect(" 1 other")
	p.expect("Project: ")
	p.typeLine("other")
	p.expect("build #1 of other from account shop (123): 2 files in ")
	p.wait(cmd, 0)
	if strings.Contains(p.text(), "pat-acme") {
		t.Error("the terminal shows the key")
	}
}
