package validate_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/validate"
)

func set(t *testing.T, text string) validate.Setting {
	t.Helper()
	s, err := validate.ParseSetting(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSettingsNameRulesBothWays(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]validate.Setting{
		"FNS3210=off": {Code: "FNS3210"}, "shared-state=error": {Code: "FNS3210", Severity: diag.Error},
		"fns3210 = warn": {Code: "FNS3210", Severity: diag.Warning}, "large-log=note": {Code: "FNS3216", Severity: diag.Note},
	} {
		if got := set(t, text); got != want {
			t.Errorf("%s gives %+v", text, got)
		}
	}
	for text, want := range map[string]string{
		"shared-sate=off": `did you mean "shared-state"`, "FNS3210": "rule=severity", "FNS3210=loud": "off, note, warn or error", "FNS9999=off": "no rule",
	} {
		if _, err := validate.ParseSetting(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s gives %v, want %q", text, err, want)
		}
	}
}

const leaky = "let total = 0;\nexports.main = async () => {\n  total += 1;\n  return { statusCode: 200, body: String(total) };\n};\n"

func TestTheCommandLineWinsOverTheRuleFile(t *testing.T) {
	t.Parallel()
	dir := lay(t, "platform", map[string]string{
		"src/app/functions/hello.js": leaky, "fns.json": `{ "rules": { "shared-state": "off" } }`,
	})
	if list := findings(t, dir, validate.Options{}); len(list) > 0 {
		t.Errorf("the rule file: %v", places(list, dir))
	}
	list := findings(t, dir, validate.Options{Rules: []validate.Setting{set(t, "shared-state=error")}})
	if len(list) != 1 || list[0].Severity != diag.Error {
		t.Errorf("the command line: %v", list)
	}
}

func TestFindingsAreSilencedWithAReason(t *testing.T) {
	t.Parallel()
	at := func(comment string) string { return strings.Replace(leaky, "  total += 1;", comment, 1) }
	for name, tc := range map[string]struct {
		code, file string
		want       []string
	}{
		"on the line":          {at("  total += 1; // fns-ignore FNS3210 -- a counter for the demo"), "", nil},
		"on the line before":   {at("  // fns-ignore shared-state -- a counter for the demo\n  total += 1;"), "", nil},
		"one of several":       {at("  /* fns-ignore FNS3216, FNS3210: a counter */\n  total += 1;"), "", nil},
		"without a reason":     {at("  total += 1; // fns-ignore FNS3210"), "", []string{"FNS1020 src/app/functions/hello.js:3"}},
		"another rule":         {at("  total += 1; // fns-ignore FNS3216 -- no"), "", []string{"FNS3210 src/app/functions/hello.js:3"}},
		"behind other code":    {at("  const a = 1; // fns-ignore FNS3210 -- about a\n  total += a;"), "", []string{"FNS3210 src/app/functions/hello.js:4"}},
		"in the rule file":     {leaky, `{ "ignore": [{ "rule": "FNS3210", "file": "src/**/*.js", "reason": "a demo" }] }`, nil},
		"for every file":       {leaky, `{ "ignore": [{ "rule": "shared-state", "reason": "a demo" }] }`, nil},
		"for another file":     {leaky, `{ "ignore": [{ "rule": "FNS3210", "file": "web/*.js", "reason": "a demo" }] }`, []string{"FNS1020 fns.json:1", "FNS3210 src/app/functions/hello.js:3"}},
		"with no reason there": {leaky, `{ "ignore": [{ "rule": "FNS3210" }] }`, []string{"FNS1021 fns.json:1", "FNS3210 src/app/functions/hello.js:3"}},
		"the portal's":         {leaky, `{ "rules": { "FNS3210": "off" }, "portal": { "logDays": 30, "logMegabytes": 0.5 } }`, nil},
		"wrong for the portal": {leaky, `{ "rules": { "FNS3210": "off" },
			"portal": { "logDays": 0 } }`, []string{"FNS1021 fns.json:2"}},
		"an unknown key": {leaky, `{ "ignores": [] }`, []string{"FNS1021 fns.json:1", "FNS3210 src/app/functions/hello.js:3"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{"src/app/functions/hello.js": tc.code}
			if tc.file != "" {
				files["fns.json"] = tc.file
			}
			dir := lay(t, "platform", files)
			got := places(findings(t, dir, validate.Options{}), dir)
			if d := cmp.Diff(tc.want, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestEveryProfileIsTried(t *testing.T) {
	t.Parallel()
	dir := lay(t, "platform", map[string]string{
		"src/app/functions/hello-hsmeta.json": `{ "uid": "hello-${STAGE}", "type": "app-function", "config": { "entrypoint": "/app/functions/hello.js" } }`,
		"src/hsprofile.qa.json":               `{ "accountId": 1, "variables": { "STAGE": "qa" } }`,
		"src/hsprofile.live.json":             `{ "accountId": 2, "variables": {} }`,
	})
	list := findings(t, dir, validate.Options{})
	if len(list) != 1 || list[0].Code != diag.ProfileVariable || !strings.Contains(list[0].Summary, "hsprofile.live.json") {
		t.Errorf("all profiles: %v", list)
	}
	if list := findings(t, dir, validate.Options{Profile: "qa"}); len(list) > 0 {
		t.Errorf("qa alone: %v", list)
	}
}

func TestCredentialsAreMaskedInEveryLine(t *testing.T) {
	t.Parallel()
	const token = "pat-eu1-1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"
	dir := lay(t, "design-manager", map[string]string{
		"my.functions/serverless.json": `{ "runtime": "nodejs20.x", "version": "1.0", "environment": { "TOKEN": "` + token + `" }, "endpionts": {}, "endpoints": { "hello": { "file": "hello.js" } } }`,
		"my.functions/hello.js":        "exports.main = (context, sendResponse) => { if (process.env.TOKEN === '" + token + "') sendResponse({ body: '" + token + "' }); };\n",
	})
	list := findings(t, dir, validate.Options{})
	if !has(list, diag.Credential) || !has(list, diag.UnknownKey) {
		t.Fatalf("got %v", places(list, dir))
	}
	for _, d := range list {
		for _, text := range []string{d.Summary, d.Detail, d.Hint, d.Range.LineText} {
			if strings.Contains(text, token) {
				t.Errorf("%s shows it: %s", d.Code, text)
			}
		}
	}
}
