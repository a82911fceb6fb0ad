package project_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/project"
)

func TestProfilesFillInVariables(t *testing.T) {
	t.Parallel()
	base := map[string]string{
		"hsproject.json": `{"name": "p", "srcDir": "src", "platformVersion": "2026.03"}`,
		"src/app/functions/f-hsmeta.json": `{"uid": "f-${STAGE}", "type": "app-function", "config": {
  "entrypoint": "/app/functions/${FILE}.js",
  "secretKeys": ["${STAGE}_KEY"],
  "endpoint": {"path": "${STAGE}/f", "methods": ["${METHOD}"]}}}`,
		"src/app/functions/f.js": "",
	}
	const variables = `"STAGE": "qa", "FILE": "f", "METHOD": "POST"`
	qa := `{"accountId": 4711, "variables": {` + variables + `}}`
	live := strings.ReplaceAll(strings.ReplaceAll(qa, "qa", "live"), "4711", "4712")
	for _, tt := range []struct {
		name     string
		profiles map[string]string
		wanted   string
		url      string // of the one function, "" for none
		account  int64
		findings []string
	}{
		{"the only one", map[string]string{"qa": qa}, "", "POST /hs/serverless/qa/f", 4711, nil},
		{"the one asked for", map[string]string{"qa": qa, "live": live}, "live", "POST /hs/serverless/live/f", 4712, nil},
		{"a number keeps its type", map[string]string{"qa": strings.Replace(qa, `"POST"`, "7", 1)}, "", "", 0, []string{
			`src/app/functions/f-hsmeta.json:4:50 FNS1007 function "f-qa": each method in "methods" must be a string, not a number`}},
		{"but in a text it is text", map[string]string{"qa": strings.Replace(qa, `"STAGE": "qa"`, `"STAGE": 42`, 1)}, "", "POST /hs/serverless/42/f", 4711, []string{
			`src/app/functions/f-hsmeta.json:3:18 FNS2008 function "f-42": HubSpot can't store a secret named "42_KEY" | start with a letter, go on with letters, digits and _, at least two characters`}},
		{"one that does not exist", map[string]string{"qa": qa, "live": live}, "lvie", "", 0, []string{
			`.:0:0 FNS1014 there is no profile "lvie" | did you mean "live"?`}},
		{"a variable without a value", map[string]string{"qa": strings.Replace(qa, "FILE", "FIEL", 1)}, "", "", 0, []string{
			`src/app/functions/f-hsmeta.json:2:17 FNS1015 ${FILE} has no value in src/hsprofile.qa.json | did you mean "${FIEL}"?`}},
		{"one that is an object", map[string]string{"qa": strings.Replace(qa, `"f"`, `{}`, 1)}, "", "", 0, []string{
			`src/app/functions/f-hsmeta.json:2:17 FNS1015 ${FILE} must be a string, a number, true or false, not an object, in src/hsprofile.qa.json`}},
		{"an account that is text", map[string]string{"qa": strings.Replace(qa, "4711", `"4711"`, 1)}, "", "POST /hs/serverless/qa/f", 0, []string{
			`src/hsprofile.qa.json:1:15 FNS1007 "accountId" must be a number, not a string`}},
		{"no JSON", map[string]string{"qa": `{"accountId": `}, "", "", 0, []string{
			`src/hsprofile.qa.json:1:15 FNS1003 the file ends where a value is expected`}},
		{"names with a dot are none", map[string]string{"a.b": `{`}, "a.b", "", 0, []string{
			`.:0:0 FNS1014 there is no profile "a.b" | create hsprofile.a.b.json in the project's source folder, or leave --profile out`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			files := maps.Clone(base)
			for name, text := range tt.profiles {
				files["src/hsprofile."+name+".json"] = text
			}
			root := write(t, files)
			p, list := project.DiscoverAs(root, tt.wanted)
			if diff := cmp.Diff(tt.findings, findings(root, list)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if len(p.Functions) == 0 {
				if tt.url != "" {
					t.Errorf("no function, want %s", tt.url)
				}
				return
			}
			fn := p.Functions[0]
			if url := fn.Endpoint.Methods[0] + " " + fn.URLPath(); url != tt.url || fn.AccountID != tt.account {
				t.Errorf("got %s of account %d, want %s of %d", url, fn.AccountID, tt.url, tt.account)
			}
		})
	}
}

func TestSeveralProfilesAreNotGuessedAt(t *testing.T) {
	t.Parallel()
	root := write(t, map[string]string{
		"hsproject.json":                  `{"name": "p", "srcDir": "src", "platformVersion": "2026.03"}`,
		"src/hsprofile.qa.json":           `{"accountId": 1}`,
		"src/hsprofile.live.json":         `{"accountId": 2}`,
		"src/app/functions/f-hsmeta.json": `{"uid": "${UID}", "type": "app-function", "config": {"entrypoint": "/app/functions/f.js"}}`,
		"src/app/functions/f.js":          "",
	})
	p, list := project.Discover(root)
	want := []string{`src/app/functions/f-hsmeta.json:1:9 FNS1015 ${UID} is not filled in: the project has several profiles | choose a profile: --profile live or --profile qa`}
	if diff := cmp.Diff(want, findings(root, list)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"live", "qa"}, p.Profiles); diff != "" {
		t.Errorf("profiles (-want +got):\n%s", diff)
	}
	if len(p.Functions) != 1 || p.Functions[0].Name != "${UID}" || p.Functions[0].AccountID != 0 {
		t.Errorf("functions %+v", p.Functions)
	}
}
