package ir_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/ir"
	"github.com/fns-dev/fns/internal/project"
)

// tree is a project: contents by path.
type tree map[string]string

const (
	app      = `{"uid":"my-app","type":"app","config":{"name":"My App","distribution":"private","auth":{"type":"static"}}}`
	function = `{"uid":"hello","type":"app-function","config":{"entrypoint":"/app/functions/hello.js","secretKeys":["A"]}}`
)

// with gives the usual project with some files changed; "" takes one away.
func with(changes tree) tree {
	all := tree{
		"hsproject.json":                      `{"name":"p","srcDir":"src","platformVersion":"2026.03"}`,
		"src/app/app-hsmeta.json":             app,
		"src/app/functions/hello-hsmeta.json": function,
		"src/app/functions/hello.js":          "exports.main = async () => 1;",
		"src/app/functions/package.json":      "{}",
	}
	maps.Copy(all, changes)
	maps.DeleteFunc(all, func(_, content string) bool { return content == "" })
	return all
}

// projects are looked at by both. The profile's name stands behind @.
func projects() map[string]tree {
	meta := func(uid, kind, more string) string {
		return fmt.Sprintf(`{"uid":%q,"type":%q,"config":{}%s}`, uid, kind, more)
	}
	variables := func(v string) string { return `{"accountId":123,"variables":` + v + `}` }
	function2 := strings.ReplaceAll(function, `"hello"`, `"${UID}"`)
	return map[string]tree{
		"one function":           with(nil),
		"a lock file":            with(tree{"src/app/functions/package-lock.json": "{}"}),
		"no functions":           with(tree{"src/app/functions/hello-hsmeta.json": ""}),
		"two functions":          with(tree{"src/app/functions/a-hsmeta.json": meta("zz", "app-function", "")}),
		"uids that are numbers":  with(tree{"src/app/cards/a-hsmeta.json": meta("20", "card", ""), "src/app/cards/b-hsmeta.json": meta("3", "card", ""), "src/app/cards/c-hsmeta.json": meta("03", "card", "")}),
		"objects":                with(tree{"src/app/app-objects/b-hsmeta.json": meta("b", "app-object", ""), "src/app/app-objects/a-hsmeta.json": meta("a", "app-object", ""), "src/app/app-events/e-hsmeta.json": meta("e", "app-event", "")}),
		"dependencies":           with(tree{"src/app/cards/c-hsmeta.json": meta("c", "card", `,"dependencies":{"other":"hello","app":"mine","list":["a","b"]}`)}),
		"dependencies of an app": with(tree{"src/app/app-hsmeta.json": strings.Replace(app, `"config"`, `"dependencies":{"x":"hello"},"config"`, 1)}),
		"all types": with(tree{
			"src/app/scim/s-hsmeta.json": meta("s", "scim", ""), "src/app/telemetry/t-hsmeta.json": meta("t", "telemetry", ""),
			"src/theme/t-hsmeta.json": meta("theme", "theme", ""), "src/cms-assets/c-hsmeta.json": meta("assets", "cms-assets", ""),
			"src/app/pages/p-hsmeta.json": meta("p", "pages", ""), "src/app/webhooks/w-hsmeta.json": meta("w", "webhooks", ""),
			"src/app/workflow-actions/w-hsmeta.json": meta("wa", "workflow-action", ""), "src/app/actions/a-hsmeta.json": meta("ba", "crm-bulk-action", ""),
		}),
		"page":                          with(tree{"src/app/pages/p-hsmeta.json": meta("p", "page", "")}),
		"permissions":                   with(tree{"hsproject.json": `{"name":"p","srcDir":"src","platformVersion":"2026.09"}`, "src/app/cards/c-hsmeta.json": meta("c", "card", `,"permissions":{"requiredScopes":["a"]}`)}),
		"permissions too early":         with(tree{"src/app/cards/c-hsmeta.json": meta("c", "card", `,"permissions":{}`)}),
		"null permissions":              with(tree{"src/app/cards/c-hsmeta.json": meta("c", "card", `,"permissions":null`)}),
		"null dependencies":             with(tree{"src/app/cards/c-hsmeta.json": meta("c", "card", `,"dependencies":null`)}),
		"values of all types":           with(tree{"src/app/cards/c-hsmeta.json": `{"uid":"c","type":"card","config":{"n":-1.5,"e":1e3,"t":true,"f":false,"z":null,"u":"ü\u00e9<&>\n","l":[{"a":[]},{}],"":1,"__x":2}}`}),
		"a key twice":                   with(tree{"src/app/cards/c-hsmeta.json": `{"uid":"b","uid":"c","type":"card","config":{"a":1,"b":2,"a":3}}`}),
		"files in deeper folders":       with(tree{"src/app/functions/deep/x-hsmeta.json": meta("x", "app-function", ""), "src/x-hsmeta.json": meta("y", "card", ""), "src/other/x-hsmeta.json": "{"}),
		"files of packages":             with(tree{"src/app/node_modules/x/app/x-hsmeta.json": meta("x", "card", "")}),
		"a hidden folder":               with(tree{"src/.hidden/x-hsmeta.json": meta("x", "card", "")}),
		"no srcDir of that name":        with(tree{"hsproject.json": `{"name":"p","srcDir":"./src/","platformVersion":"2025.2"}`}),
		"no package.json":               with(tree{"src/app/functions/package.json": ""}),
		"no app":                        with(tree{"src/app/app-hsmeta.json": ""}),
		"only a theme":                  {"hsproject.json": `{"name":"p","srcDir":"src","platformVersion":"2026.03"}`, "src/theme/t-hsmeta.json": meta("t", "theme", "")},
		"nothing":                       {"hsproject.json": `{"name":"p","srcDir":"src","platformVersion":"2026.03"}`, "src/readme.md": "x"},
		"broken JSON":                   with(tree{"src/app/cards/c-hsmeta.json": `{"uid":"c",`}),
		"a comment":                     with(tree{"src/app/cards/c-hsmeta.json": "// no\n" + meta("c", "card", "")}),
		"an empty file":                 with(tree{"src/app/cards/c-hsmeta.json": " "}),
		"an unknown key":                with(tree{"src/app/cards/c-hsmeta.json": meta("c", "card", `,"extra":1`)}),
		"one uid twice":                 with(tree{"src/app/cards/c-hsmeta.json": meta("hello", "card", "")}),
		"no uid":                        with(tree{"src/app/cards/c-hsmeta.json": `{"type":"card","config":{}}`}),
		"an empty uid":                  with(tree{"src/app/cards/c-hsmeta.json": meta("", "card", "")}),
		"a uid with a space":            with(tree{"src/app/cards/c-hsmeta.json": meta("a b", "card", "")}),
		"a uid of 64":                   with(tree{"src/app/cards/c-hsmeta.json": meta(strings.Repeat("x", 64), "card", "")}),
		"a uid of 65":                   with(tree{"src/app/cards/c-hsmeta.json": meta(strings.Repeat("x", 65), "card", "")}),
		"the uid of the package":        with(tree{"src/app/cards/c-hsmeta.json": meta("hubspot-serverless-package-uid", "card", "")}),
		"no type":                       with(tree{"src/app/cards/c-hsmeta.json": `{"uid":"c","config":{}}`}),
		"no config":                     with(tree{"src/app/cards/c-hsmeta.json": `{"uid":"c","type":"card"}`}),
		"a null config":                 with(tree{"src/app/cards/c-hsmeta.json": `{"uid":"c","type":"card","config":null}`}),
		"a type in the wrong folder":    with(tree{"src/app/cards/c-hsmeta.json": meta("c", "webhooks", "")}),
		"two apps":                      with(tree{"src/app/b-hsmeta.json": strings.Replace(app, "my-app", "b", 1)}),
		"two settings":                  with(tree{"src/app/settings/a-hsmeta.json": meta("a", "settings", ""), "src/app/settings/b-hsmeta.json": meta("b", "settings", "")}),
		"no profile in force@":          with(tree{"src/app/functions/hello-hsmeta.json": strings.Replace(function, `"A"`, `"${NAME}"`, 1)}),
		"a profile@qa":                  with(tree{"src/app/functions/hello-hsmeta.json": strings.Replace(function2, `"A"`, `"${NAME}","x${N}y${B}"`, 1), "src/hsprofile.qa.json": variables(`{"UID":"filled","NAME":"S","N":5,"B":true,"X":1.5,"L":3000000000,"M":-2147483648,"O":{"a":1},"Z":null}`)}),
		"a number in a uid@qa":          with(tree{"src/app/functions/hello-hsmeta.json": function2, "src/hsprofile.qa.json": variables(`{"UID":12}`)}),
		"typed values@qa":               with(tree{"src/app/cards/c-hsmeta.json": `{"uid":"c","type":"card","config":{"n":"${N}","b":"${B}","s":"${S}","k${N}":["${N}","${N}${N}"]}}`, "src/hsprofile.qa.json": variables(`{"N":7,"B":false,"S":"s"}`)}),
		"an unknown variable@qa":        with(tree{"src/app/functions/hello-hsmeta.json": function2, "src/hsprofile.qa.json": variables(`{}`)}),
		"a variable that is a list@qa":  with(tree{"src/app/functions/hello-hsmeta.json": function2, "src/hsprofile.qa.json": variables(`{"UID":[1]}`)}),
		"a profile without values@qa":   with(tree{"src/hsprofile.qa.json": `{"accountId":1}`}),
		"a profile that is not there@x": with(nil),
		"a broken profile@qa":           with(tree{"src/hsprofile.qa.json": `{"accountId":1`}),
		"bounds of an int@qa":           with(tree{"src/hsprofile.qa.json": variables(`{"A":2147483647,"B":2147483648,"C":-2147483648,"D":-2147483649,"E":2147483647.5,"F":0}`)}),
	}
}

// The official library asks HubSpot for schemas; here any component is right.
const hooks = `
export async function load(url, context, next) {
  if (url.endsWith('/project-parsing-lib/src/lib/schemas.js'))
    return { format: 'module', shortCircuit: true, source: 'export async function getIntermediateRepresentationSchema() { return new Proxy({}, { get: (_, k) => k ? {} : undefined }); }' };
  return next(url, context);
}`

const script = `
import { register } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
register('data:text/javascript,' + encodeURIComponent(process.env.HOOKS), import.meta.url);
const { translate } = await import('@hubspot/project-parsing-lib/translate');
const out = [];
for (const { dir, profile } of JSON.parse(fs.readFileSync(0, 'utf8'))) {
  const c = JSON.parse(fs.readFileSync(path.join(dir, 'hsproject.json'), 'utf8'));
  try {
    const r = await translate({ projectSourceDir: path.join(dir, c.srcDir), platformVersion: c.platformVersion, accountId: 1 }, { skipValidation: false, profile });
    out.push({ ir: r.intermediateRepresentation, keys: Object.keys(r.intermediateRepresentation.intermediateNodesIndexedByUid), skipped: r.skippedHsMetaFiles });
  } catch (e) {
    out.push({ error: String(e.toString()) });
  }
}
fs.writeFileSync(1, JSON.stringify(out));`

func TestRepresentationsAreThoseOfHubSpotsCLI(t *testing.T) {
	t.Parallel()
	hs, err := filepath.Abs("../../testdata/hs")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(hs, "node_modules", "@hubspot", "project-parsing-lib")); err != nil {
		t.Skip("testdata/hs is not installed: make hs-interop")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node on PATH")
	}
	type question struct {
		Dir     string `json:"dir"`
		Profile string `json:"profile,omitempty"`
	}
	all := projects()
	names := slices.Sorted(maps.Keys(all))
	var questions []question
	for i, name := range names {
		_, profile, _ := strings.Cut(name, "@")
		questions = append(questions, question{place(t, fmt.Sprint("p", i), all[name]), profile})
	}
	input, err := json.Marshal(questions)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "--input-type=module", "-e", script)
	cmd.Dir, cmd.Stdin = hs, bytes.NewReader(input)
	cmd.Env = append(os.Environ(), "HOOKS="+hooks)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	var answers []struct {
		IR      any
		Keys    []string
		Skipped []string
		Error   string
	}
	if err := json.Unmarshal(out, &answers); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for i, q := range questions {
		t.Run(names[i], func(t *testing.T) {
			want := answers[i]
			p, _ := project.DiscoverAs(q.Dir, q.Profile)
			rep, list := ir.Of(p.Developer[0], q.Profile)
			if list.HasErrors() != (want.Error != "") {
				t.Fatalf("errors here:\n%v\nthere: %s", list, want.Error)
			}
			if list.HasErrors() {
				return
			}
			got := map[string]any{"intermediateNodesIndexedByUid": rep.NodesJSON(), "profileData": rep.ProfileData}
			if diff := cmp.Diff(want.IR, decoded(t, got)); diff != "" {
				t.Errorf("there -, here +\n%s", diff)
			}
			if diff := cmp.Diff(want.Keys, keys(t, rep.NodesJSON())); diff != "" {
				t.Errorf("order of the nodes: there -, here +\n%s", diff)
			}
			if strings.Join(want.Skipped, "|") != strings.Join(rep.Skipped, "|") {
				t.Errorf("skipped there %q, here %q", want.Skipped, rep.Skipped)
			}
		})
	}
}

// place writes a project.
func place(t *testing.T, name string, files tree) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	for path, content := range files {
		file := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func decoded(t *testing.T, v any) any {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// keys gives the keys of an object in their order.
func keys(t *testing.T, object json.RawMessage) []string {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(object))
	var all []string
	if _, err := dec.Token(); err != nil {
		t.Fatal(err)
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, key.(string))
		var skip json.RawMessage
		if err := dec.Decode(&skip); err != nil {
			t.Fatal(err)
		}
	}
	return all
}
