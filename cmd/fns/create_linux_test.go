package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAtATerminalWhatIsMissingForAProjectIsAskedFor(t *testing.T) {
	t.Parallel()
	p, home, hub := atTerminal(t)

	cmd := p.start(home, hub, "project", "create")
	p.expect("Name of the project: ")
	p.typeLine(".hidden")
	p.expect("starts with a dot")
	p.typeLine("shop")
	p.expect("Folder (shop): ")
	p.typeLine("")
	p.expect(" 1 app")
	p.expect("Start with: ")
	p.typeLine("app")
	p.expect("Distribution: ")
	p.typeLine("1")
	p.expect("Auth: ")
	p.typeLine("static")
	p.expect("(app-function-endpoint): ")
	p.typeLine("app-function, crad")
	p.expect(`did you mean "card"`)
	p.typeLine("app-function, card")
	p.expect("next: cd shop && fns dev")
	p.wait(cmd, 0)
	card, err := os.ReadFile(filepath.Join(home, "shop/src/app/cards/greeting-card.jsx"))
	if err != nil || !strings.Contains(string(card), "hubspot.serverless('greeting'") {
		t.Errorf("the card is %s, %v", card, err)
	}

	cmd = p.start(home, hub, "functions", "create")
	p.expect("Folder of the functions: ")
	p.typeLine("web")
	p.expect("File of the function: ")
	p.typeLine("")
	p.expect("a value, please")
	p.typeLine("hello")
	p.expect("Path of the endpoint")
	p.typeLine("hello")
	p.expect("warning: functions of the design manager end")
	p.wait(cmd, 0)
	if _, err := os.Stat(filepath.Join(home, "web.functions/hello.js")); err != nil {
		t.Error(err)
	}
}
