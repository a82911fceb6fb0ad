package project_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/project"
)

func TestBrokenProjectsKeepTheirGoodFunctions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		fixture   string
		functions []string
		want      []string
	}{
		{"broken-json", []string{"menu"}, []string{
			"menu.functions/serverless.json:4:3 FNS1004 JSON has no comments | remove the comment",
			"menu.functions/serverless.json:5:28 FNS1004 JSON has no trailing commas | remove the comma",
			`orders.functions/serverless.json:3:3 FNS1003 unexpected " where a comma or } is expected | a comma may be missing before it`,
		}},
		{"broken-endpoints", []string{"good", "shared/path"}, []string{
			`first.functions/serverless.json:4:3 FNS1009 the key "enviroment" is not known | did you mean "environment"?`,
			`first.functions/serverless.json:5:20 FNS2010 environment variable "TZ" is reserved by AWS Lambda and never set from here | choose another name`,
			`first.functions/serverless.json:5:43 FNS2011 "SHARED" is both an environment variable and a secret; the environment variable is used | use the name for one of them`,
			`first.functions/serverless.json:6:25 FNS2008 HubSpot can't store a secret named "my-secret" | start with a letter, go on with letters, digits and _, at least two characters`,
			`first.functions/serverless.json:9:25 FNS2003 endpoint "typo": method "PSOT" is not supported | did you mean "POST"?`,
			`first.functions/serverless.json:10:25 FNS2003 endpoint "both": method "GET, POST" is not supported | write a list: ["GET", "POST"]`,
			`first.functions/serverless.json:11:23 FNS2002 endpoint "case": file first.functions/Good.js does not exist | did you mean "good.js"?`,
			`first.functions/serverless.json:12:28 FNS2002 endpoint "extension": file first.functions/helper.js does not exist | did you mean "helper.ts"?`,
			`first.functions/serverless.json:13:5 FNS2001 endpoint "nothing": no "file" | add "file": "….js", relative to the folder`,
			`first.functions/serverless.json:14:5 FNS2007 endpoint "query?x=1": path "query?x=1" has a query or a fragment | leave the query out; the function gets it in context.params`,
			`second.functions/serverless.json:5:5 FNS2004 two endpoints answer POST /_hcms/api/shared/path | change the path or the method of one of them, or start fns in one of the folders`,
		}},
		{"broken-2026", []string{"good"}, []string{
			`hsproject.json:4:22 FNS1010 platform version "2026.3" is not known | did you mean "2026.03"?`,
			`src/app/functions/beside-hsmeta.json:4:29 FNS2002 function "beside": entrypoint ./good.js does not exist; it counts from src | did you mean "/app/functions/good.js"?`,
			`src/app/functions/beside-hsmeta.json:4:42 FNS1009 function "beside": the key "secrets" is not known | did you mean "secretKeys"?`,
			`src/app/functions/good-hsmeta.json:2:10 FNS2005 two functions are named "good" | rename one of them`,
			`src/app/functions/good-hsmeta.json:6:20 FNS2009 function "good": PRIVATE_APP_ACCESS_TOKEN is set by HubSpot and must not be declared as a secret | remove it; for local runs put it into the .env file`,
			`src/app/functions/good-hsmeta.json:7:35 FNS2013 function "good": "method" is spelled "methods" here | write "methods"`,
			`src/app/functions/good-hsmeta.json:7:45 FNS2013 function "good": "methods" must be a list | write ["GET"]`,
			`src/app/functions/typo-hsmeta.json:3:11 FNS1012 a component of type "app-funtion" can't lie in app/functions | did you mean "app-function"?`,
		}},
	}
	for _, tt := range tests {
		t.Run(tt.fixture, func(t *testing.T) {
			t.Parallel()
			if runtime.GOOS != "linux" {
				// Where case does not count on disk, the message about it differs.
				for i, w := range tt.want {
					tt.want[i] = strings.Replace(w, "Good.js does not exist", "Good.js is written in other letters on disk; HubSpot tells upper from lower case", 1)
				}
			}
			root := fixture(t, tt.fixture)
			p, list := project.Discover(root)
			if diff := cmp.Diff(tt.want, findings(root, list)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			var names []string
			for _, fn := range p.Functions {
				names = append(names, fn.Name)
			}
			if diff := cmp.Diff(tt.functions, names); diff != "" {
				t.Errorf("functions (-want +got):\n%s", diff)
			}
		})
	}
}

func TestConflictsShowBothPlaces(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ fixture, code, file, text string }{
		{"broken-endpoints", diag.ConflictingPath, "first.functions/serverless.json", `"shared/path"`},
		{"broken-2026", diag.DuplicateName, "src/app/functions/copy-hsmeta.json", `"uid": "good"`},
	} {
		root := fixture(t, tt.fixture)
		_, list := project.Discover(root)
		found := false
		for _, d := range list {
			if d.Code != tt.code {
				continue
			}
			found = true
			if len(d.Related) != 1 || slash(root, d.Related[0].Range.File)[0] != tt.file || !strings.Contains(d.Related[0].Range.LineText, tt.text) {
				t.Errorf("related: %+v", d.Related)
			}
		}
		if !found {
			t.Errorf("%s has no %s", tt.fixture, tt.code)
		}
	}
}

// dm is a design-manager folder with the given serverless.json and a file f.js.
func dm(manifest string) map[string]string {
	return map[string]string{"x.functions/serverless.json": manifest, "x.functions/f.js": "", "x.functions/sub/index.js": ""}
}

// app is a project of that version with a legacy folder.
func app(version, manifest string) map[string]string {
	return map[string]string{
		"hsproject.json":                        `{"name": "p", "srcDir": "src", "platformVersion": "` + version + `"}`,
		"src/app/app.functions/serverless.json": manifest, "src/app/app.functions/f.js": "",
	}
}

// meta is a current project with one -hsmeta.json.
func meta(manifest string) map[string]string {
	return map[string]string{
		"hsproject.json":                  `{"name": "p", "srcDir": "src", "platformVersion": "2026.03"}`,
		"src/app/functions/f-hsmeta.json": manifest, "src/app/functions/f.js": "",
	}
}

func TestFindings(t *testing.T) {
	t.Parallel()
	const dmAt, appAt, metaAt = "x.functions/serverless.json:1:", "src/app/app.functions/serverless.json:1:", "src/app/functions/f-hsmeta.json:1:"
	tests := []struct {
		name  string
		files map[string]string
		want  []string
		loads int // functions that are served all the same
	}{
		{"a manifest that is a list", dm(`[]`), []string{dmAt + "1 FNS1007 serverless.json must be an object, not a list"}, 0},
		{"a manifest with neither kind", dm(`{"runtime": "nodejs20.x", "endpoint": {}}`), []string{dmAt + `1 FNS1008 serverless.json has neither "endpoints" nor "appFunctions" | did you mean "endpoints"?`}, 0},
		{"endpoints that are a list", dm(`{"endpoints": []}`), []string{dmAt + `15 FNS1007 "endpoints" must be an object, not a list`}, 0},
		{"an endpoint that is a string", dm(`{"endpoints": {"a": "f.js"}}`), []string{dmAt + `21 FNS1007 endpoint "a" must be an object, not a string`}, 0},
		{"a file that is a number", dm(`{"endpoints": {"a": {"file": 1}}}`), []string{dmAt + `30 FNS1007 endpoint "a": "file" must be a string, not a number`}, 0},
		{"a file that is empty", dm(`{"endpoints": {"a": {"file": ""}}}`), []string{dmAt + `30 FNS2001 endpoint "a": "file" names no file | name the file that exports main`}, 0},
		{"a file with a backslash", dm(`{"endpoints": {"a": {"file": "sub\\index.js"}}}`), []string{dmAt + `30 FNS2002 endpoint "a": sub\index.js has a backslash in its path | write "sub/index.js"; paths take / on every system`}, 0},
		{"a file that is a folder", dm(`{"endpoints": {"a": {"file": "sub"}}}`), []string{dmAt + `30 FNS2002 endpoint "a": x.functions/sub is not a file | did you mean "sub/index.js"?`}, 0},
		{"a file without extension", dm(`{"endpoints": {"a": {"file": "./f"}}}`), []string{dmAt + `30 FNS2002 endpoint "a": file x.functions/f does not exist | did you mean "f.js"?`}, 0},
		{"a folder in other letters", dm(`{"endpoints": {"a": {"file": "Sub/indx.js"}}}`), []string{dmAt + `30 FNS2002 endpoint "a": file x.functions/Sub/indx.js does not exist | did you mean "sub/index.js"?`}, 0},
		{"a file unlike all others", dm(`{"endpoints": {"a": {"file": "quite-different.js"}}}`), []string{dmAt + `30 FNS2002 endpoint "a": file x.functions/quite-different.js does not exist | the path is relative to x.functions`}, 0},
		{"a file with a slash before it", dm(`{"endpoints": {"a": {"file": "/f.js"}}}`), nil, 1},
		{"an endpoint twice", dm(`{"endpoints": {"a": {"file": "no.js"}, "a": {"file": "f.js"}}}`), []string{dmAt + `40 FNS1005 the key "a" stands twice in the same object; the last one counts | remove or rename one of them`}, 1},
		{"an endpoint with and without slash", dm(`{"endpoints": {"a": {"file": "f.js"}, "/a": {"file": "f.js"}}}`), []string{dmAt + `39 FNS2004 two endpoints answer GET /_hcms/api/a | change the path or the method of one of them, or start fns in one of the folders`}, 1},
		{"an empty path", dm(`{"endpoints": {"/": {"file": "f.js"}}}`), []string{dmAt + `16 FNS2007 endpoint "/": path "/" is empty | name the part of the URL after /_hcms/api/ or /hs/serverless/`}, 0},
		{"a path with a space", dm(`{"endpoints": {"a b": {"file": "f.js"}}}`), []string{dmAt + `16 FNS2007 endpoint "a b": path "a b" has white space in it | use - or _ instead`}, 0},
		{"a path that climbs", dm(`{"endpoints": {"a/../b": {"file": "f.js"}}}`), []string{dmAt + `16 FNS2007 endpoint "a/../b": path "a/../b" has the part "..", which clients remove | write it without empty parts, . and ..`}, 0},
		{"a path that is a URL", dm(`{"endpoints": {"https://x.y/z": {"file": "f.js"}}}`), []string{dmAt + `16 FNS2007 endpoint "https://x.y/z": path "https://x.y/z" is a URL | write only the part of the URL after /_hcms/api/ or /hs/serverless/`}, 0},
		{"a path with HubSpot's prefix", dm(`{"endpoints": {"_hcms/api/a": {"file": "f.js"}}}`), []string{dmAt + `16 FNS2007 endpoint "_hcms/api/a": path "_hcms/api/a" holds the prefix that HubSpot puts before it | write "a"`}, 1},
		{"a method in lower case", dm(`{"endpoints": {"a": {"file": "f.js", "method": ["get", "GET"]}}}`), []string{dmAt + `49 FNS2013 endpoint "a": method "get" is not in upper case | write "GET"`}, 1},
		{"no method at all", dm(`{"endpoints": {"a": {"file": "f.js", "method": []}}}`), []string{dmAt + `48 FNS2003 endpoint "a": "method" is empty | name at least one of GET, POST, PUT, PATCH, DELETE`}, 0},
		{"a method that is an object", dm(`{"endpoints": {"a": {"file": "f.js", "method": {}}}}`), []string{dmAt + `48 FNS1007 endpoint "a": "method" must be a method or a list of methods, not an object`}, 0},
		{"a method among others that is null", dm(`{"endpoints": {"a": {"file": "f.js", "method": ["GET", null]}}}`), []string{dmAt + `56 FNS1007 endpoint "a": each method in "method" must be a string, not null`}, 0},
		{"a method HubSpot does not route", dm(`{"endpoints": {"a": {"file": "f.js", "method": "OPTIONS"}}}`), []string{dmAt + `48 FNS2003 endpoint "a": method "OPTIONS" is not supported | use one of GET, POST, PUT, PATCH, DELETE`}, 0},
		{"methods in place of method", dm(`{"endpoints": {"a": {"file": "f.js", "methods": "POST"}}}`), []string{dmAt + `38 FNS1009 endpoint "a": the key "methods" is not known | did you mean "method"?`}, 1},
		{"secrets that are a string", dm(`{"secrets": "A", "endpoints": {"a": {"file": "f.js"}}}`), []string{dmAt + `13 FNS1007 "secrets" must be a list of names, not a string`}, 1},
		{"a secret that is a number", dm(`{"secrets": [1, "OK_1"], "endpoints": {"a": {"file": "f.js"}}}`), []string{dmAt + `14 FNS1007 each name in "secrets" must be a string, not a number`}, 1},
		{"secrets with names that can't be stored", dm(`{"secrets": ["A", "1A", "AWS_REGION", "PRIVATE_APP_ACCESS_TOKEN"], "endpoints": {"a": {"file": "f.js"}}}`), []string{
			dmAt + `14 FNS2008 HubSpot can't store a secret named "A" | start with a letter, go on with letters, digits and _, at least two characters`,
			dmAt + `19 FNS2008 HubSpot can't store a secret named "1A" | start with a letter, go on with letters, digits and _, at least two characters`,
			dmAt + `25 FNS2010 secret "AWS_REGION" has a name reserved by AWS Lambda | rename the secret`,
		}, 1},
		{"an environment of other types", dm(`{"environment": {"N": 1, "O": {}}, "endpoints": {"a": {"file": "f.js", "environment": []}}}`), []string{
			dmAt + `23 FNS1007 environment variable "N" must be a string | write "1"`,
			dmAt + `31 FNS1007 environment variable "O" must be a string, not an object`,
			dmAt + `87 FNS1007 endpoint "a": "environment" must be an object, not a list`,
		}, 1},
		{"a folder without a manifest", map[string]string{"x.functions/f.js": "", "y.functions/serverless.json": dmGood, "y.functions/f.js": ""}, []string{
			"x.functions:0:0 FNS1012 x.functions has no serverless.json | add a serverless.json that names the endpoints, or rename the folder",
		}, 1},
		{"a manifest outside of a functions folder", map[string]string{"api/serverless.json": dmGood, "api/f.js": "", "y.functions/serverless.json": `{"endpoints": {}}`}, []string{
			"api/serverless.json:0:0 FNS1012 the folder api has a serverless.json, but its name does not end in .functions | rename it to api.functions",
		}, 1},
		{"another tool's serverless.json", map[string]string{"sls/serverless.json": `{"service": "x", "functions": {}}`, "y.functions/serverless.json": dmGood, "y.functions/f.js": ""}, nil, 1},
		{"an endpoint without path", app("2025.1", `{"appFunctions": {"a": {"file": "f.js", "endpoint": {"method": "GET"}}}}`), []string{appAt + `53 FNS1008 function "a": the endpoint has no "path" | add "path", the part of the URL after /hs/serverless/`}, 0},
		{"an endpoint that is a string", app("2025.1", `{"appFunctions": {"a": {"file": "f.js", "endpoint": "a"}}}`), []string{appAt + `53 FNS1007 function "a": "endpoint" must be an object, not a string`}, 0},
		{"a legacy endpoint with methods", app("2025.1", `{"appFunctions": {"a": {"file": "f.js", "endpoint": {"path": "a", "methods": ["PUT"]}}}}`), []string{appAt + `67 FNS2013 function "a": "methods" is spelled "method" here | write "method"`}, 1},
		{"a function without name", app("2025.1", `{"appFunctions": {"": {"file": "f.js"}}}`), []string{appAt + `19 FNS1008 a function in "appFunctions" has no name | give it a name`}, 0},
		{"legacy functions on a current platform", app("2026.03", appGood), []string{`hsproject.json:1:51 FNS1010 platform version 2026.03 does not read appFunctions in serverless.json | give each function an -hsmeta.json in app/functions`}, 1},
		{"functions on 2025.2", app("2025.2", appGood), []string{`hsproject.json:1:51 FNS1010 platform version 2025.2 runs no functions on HubSpot | set it to "2026.03"`}, 1},
		{"a project without settings", map[string]string{"hsproject.json": `{}`, "src/app/functions/f-hsmeta.json": `{"uid": "f", "type": "app-function", "config": {"entrypoint": "/app/functions/f.js"}}`, "src/app/functions/f.js": ""}, []string{
			`hsproject.json:1:1 FNS1008 hsproject.json has no "name" | add "name"; HubSpot's CLI does not work without it`,
			`hsproject.json:1:1 FNS1008 hsproject.json has no "srcDir"; using "src" | add "srcDir", for instance "src"`,
			`hsproject.json:1:1 FNS1008 hsproject.json has no "platformVersion" | add "platformVersion": "2026.03"`,
		}, 1},
		{"a srcDir that is not there", map[string]string{"hsproject.json": `{"name": "p", "srcDir": "scr", "platformVersion": "2025.1"}`, "src/a.functions/serverless.json": appGood, "src/a.functions/f.js": ""}, []string{`hsproject.json:1:25 FNS1011 srcDir "scr" is not a folder | did you mean "src"?`}, 1},
		{"a srcDir outside", map[string]string{"hsproject.json": `{"name": "p", "srcDir": "../src", "platformVersion": "2025.1"}`, "src/a.functions/serverless.json": appGood, "src/a.functions/f.js": ""}, []string{`hsproject.json:1:25 FNS1011 srcDir "../src" lies outside of the project | name a folder below hsproject.json, for instance "src"`}, 1},
		{"a broken hsproject.json", map[string]string{"hsproject.json": `{`, "src/a.functions/serverless.json": appGood, "src/a.functions/f.js": ""}, []string{`hsproject.json:1:2 FNS1003 the file ends before the closing } | close what is open, or restore the end of the file`}, 1},
		{"a function without uid", meta(`{"type": "app-function", "config": {"entrypoint": "/app/functions/f.js"}}`), []string{metaAt + `1 FNS1008 f-hsmeta.json has no "uid" | add "uid": "f"`}, 0},
		{"a uid that is refused", meta(`{"uid": "a b", "type": "app-function", "config": {"entrypoint": "/app/functions/f.js"}}`), []string{metaAt + `9 FNS2006 uid "a b" is not valid | use 1 to 64 letters, digits, _, - and .`}, 1},
		{"a uid from a profile", meta(`{"uid": "${NAME}", "type": "app-function", "config": {"entrypoint": "/app/functions/f.js"}}`), nil, 1},
		{"a function without type", meta(`{"uid": "f"}`), []string{metaAt + `1 FNS1008 f-hsmeta.json has no "type" | add "type": "app-function"`}, 0},
		{"a function without config", meta(`{"uid": "f", "type": "app-function"}`), []string{metaAt + `1 FNS1008 f-hsmeta.json has no "config" | add "config": {"entrypoint": "/app/functions/….js"}`}, 0},
		{"a function without entrypoint", meta(`{"uid": "f", "type": "app-function", "config": {"file": "f.js"}}`), []string{
			metaAt + `48 FNS2001 function "f": no "entrypoint" | an -hsmeta.json has "entrypoint" in place of "file"`,
			metaAt + `49 FNS1009 function "f": the key "file" is not known | remove it; known are entrypoint, secretKeys, endpoint`,
		}, 0},
		{"a function in a deeper folder", map[string]string{
			"hsproject.json":                    `{"name": "p", "srcDir": "src", "platformVersion": "2026.03"}`,
			"src/app/functions/x/f-hsmeta.json": `{"uid": "f", "type": "app-function", "config": {"entrypoint": "/app/functions/x/f.js"}}`, "src/app/functions/x/f.js": "",
		}, []string{"src/app/functions/x/f-hsmeta.json:0:0 FNS1012 HubSpot reads functions only from src/app/functions, not from src/app/functions/x | move it to src/app/functions"}, 1},
		{"a current function on a legacy platform", map[string]string{
			"hsproject.json":                  `{"name": "p", "srcDir": "src", "platformVersion": "2025.1"}`,
			"src/app/functions/f-hsmeta.json": `{"uid": "f", "type": "app-function", "config": {"entrypoint": "/app/functions/f.js"}}`, "src/app/functions/f.js": "",
		}, []string{`hsproject.json:1:51 FNS1010 platform version 2025.1 does not read -hsmeta.json files | set it to "2026.03"`}, 1},
		{"a broken file of another component", map[string]string{
			"hsproject.json":              `{"name": "p", "srcDir": "src", "platformVersion": "2026.03"}`,
			"src/app/cards/c-hsmeta.json": `{"uid": `, "src/app/functions/f-hsmeta.json": `{"uid": "f", "type": "app-function", "config": {"entrypoint": "/app/functions/f.js"}}`, "src/app/functions/f.js": "",
		}, nil, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			root := write(t, tt.files)
			p, list := project.Discover(root)
			if diff := cmp.Diff(tt.want, findings(root, list)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if len(p.Functions) != tt.loads {
				t.Errorf("%d functions are served, want %d", len(p.Functions), tt.loads)
			}
			if len(p.Manifests) == 0 || len(p.Dirs) == 0 && tt.loads > 0 {
				t.Errorf("nothing to watch: %+v", p)
			}
			for _, d := range list {
				if rule, ok := diag.RuleFor(d.Code); !ok {
					t.Errorf("%s has no rule", d.Code)
				} else if d.Severity != rule.Severity && d.Code != diag.DuplicateKey && d.Code != diag.WrongType && d.Code != diag.MissingKey && d.Code != diag.InvalidPath {
					t.Errorf("%s has severity %s, its rule %s", d.Code, d.Severity, rule.Severity)
				}
			}
		})
	}
}

func TestUnreadableManifestsAreReported(t *testing.T) {
	t.Parallel()
	root := write(t, map[string]string{"x.functions/serverless.json": dmGood, "x.functions/f.js": ""})
	file := filepath.Join(root, "x.functions", "serverless.json")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(file, 0o750); err != nil {
		t.Fatal(err)
	}
	_, list := project.Discover(root)
	want := []string{"x.functions/serverless.json:0:0 FNS1002 serverless.json can't be read: it is not an ordinary file"}
	if diff := cmp.Diff(want, findings(root, list)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
