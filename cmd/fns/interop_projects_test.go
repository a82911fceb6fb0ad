package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"mime"
	"mime/multipart"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// shop is a project of the current platform version.
func shop() map[string]string {
	return map[string]string{
		"shop/hsproject.json":                      `{ "name": "shop", "srcDir": "src", "platformVersion": "2026.03" }`,
		"shop/src/app/app-hsmeta.json":             `{ "uid": "shop-app", "type": "app", "config": { "name": "App", "distribution": "private", "auth": { "type": "static" } } }`,
		"shop/src/app/functions/package.json":      `{ "name": "functions", "version": "1.0.0" }`,
		"shop/src/app/functions/hello-hsmeta.json": `{ "uid": "hello", "type": "app-function", "config": { "entrypoint": "/app/functions/hello.js", "endpoint": { "path": "hello", "methods": ["GET"] }, "secretKeys": [] } }`,
		"shop/src/app/functions/hello.js":          "exports.main = async () => ({ statusCode: 200 });\n",
		"shop/src/app/functions/.env":              "A=b\n",
		"shop/src/notes.log":                       "x\n",
		"shop/src/node_modules/x/index.js":         "x\n",
		"shop/src/app/cards/card.jsx":              "export default () => null;\n",
		"shop/src/app/cards/card-hsmeta.json":      `{ "uid": "card", "type": "card", "config": { "name": "Card <&>", "entrypoint": "/app/cards/card.jsx", "location": "crm.record.tab", "objectTypes": ["contacts"] } }`,
	}
}

// with gives files with others beside them, or in their place.
func with(files map[string]string, more ...string) map[string]string {
	for i := 0; i < len(more); i += 2 {
		files[more[i]] = more[i+1]
	}
	return files
}

// older is a project of a version whose functions stand in serverless.json.
func older() map[string]string {
	return map[string]string{
		"old/hsproject.json":                                `{ "name": "old", "srcDir": "src", "platformVersion": "2025.1" }`,
		"old/src/app/app.json":                              `{ "name": "old", "public": false, "scopes": [] }`,
		"old/src/app/app.functions/package.json":            `{ "name": "functions", "version": "1.0.0" }`,
		"old/src/app/app.functions/serverless.json":         `{ "appFunctions": { "hello": { "file": "hello.js" } } }`,
		"old/src/app/app.functions/hello.js":                "exports.main = async () => 1;\n",
		"old/src/app/app.functions/lib/unused/.gitkeep":     "",
		"old/src/app/extensions/card.json":                  `{ "type": "crm-card" }`,
		"old/src/app/app.functions/package-lock.json":       `{ "lockfileVersion": 3 }`,
		"old/src/app/app.functions/node_modules/x/index.js": "x\n",
	}
}

func projectTasks() []task {
	has := func(name string, words ...string) func(*fakeHub) {
		return func(h *fakeHub) { h.makeProject(name, words) }
	}
	app := func(h *fakeHub) {
		h.makeProject("shop", []string{"builds=3", "deployed=2"})
		h.files["/apps-dev/external/public/v3/project-id/70/source-id/shop-app"] = []byte(`{"id":9,"name":"Cards","authType":"static","distributionType":"private"}`)
	}
	upload := func(more ...string) []string { return append([]string{"project", "upload"}, more...) }
	deploy := func(more ...string) []string { return append([]string{"project", "deploy"}, more...) }
	deployWarnings := []string{"GET /dfs/logging/v1/logs/projects/shop/deploys/1000/combined/warn?portalId=123"}
	listed, unlisted := []string{"GET /developer/projects/v1?portalId=123"}, "the list of projects is asked for only to choose from it"
	warned := "`deploy` prints the warnings of its deploy"
	profiles := with(shop(), "shop/src/hsprofile.beta.json", `{ "accountId": 123, "variables": { "NAME": "x", "N": 3, "BIG": 5000000000, "ON": true } }`,
		"shop/src/app/functions/hello-hsmeta.json", `{ "uid": "hello", "type": "app-function", "config": { "entrypoint": "/app/functions/hello.js", "a": "${NAME}-y", "n": "${N}", "on": "${ON}" } }`)
	several := with(with(map[string]string{}, "shop/src/hsprofile.dev.json", `{ "accountId": 456 }`))
	for path, text := range profiles {
		several[path] = text
	}
	return []task{
		{name: "upload a new project", files: shop(), dir: "shop", hs: upload("--force", "-m", "First & <one>", "--json"), json: true},
		{name: "upload a project", files: shop(), dir: "shop/src/app", hs: upload("--json"), before: has("shop", "warning=slow"), json: true},
		{name: "upload a project without its deploy", files: shop(), dir: "shop", hs: upload("--skip-auto-deploy", "--json"), before: has("shop"), json: true},
		{name: "upload a project that deploys by hand", files: shop(), dir: "shop", hs: upload("--json"), before: has("shop", "manual"), json: true},
		{name: "upload a project whose build fails", files: shop(), dir: "shop", hs: upload("--json"), before: has("shop", "build-fails"), fails: true, json: true},
		{name: "upload a project whose deploy fails", files: shop(), dir: "shop", hs: upload("--json"), before: has("shop", "deploy-fails"), fails: true, json: true},
		{name: "upload a locked project", files: shop(), dir: "shop", hs: upload(), before: has("shop", "locked"), fails: true},
		{name: "upload a project that does not exist", files: shop(), dir: "shop", hs: upload(), fails: true},
		{name: "upload with the only profile", files: profiles, dir: "shop", hs: upload("--json"), before: has("shop"), json: true},
		{name: "upload with one of several profiles", files: several, dir: "shop", hs: upload("--profile", "beta"), before: has("shop")},
		{name: "upload with a profile that does not exist", files: profiles, dir: "shop", hs: upload("--profile", "none"), before: has("shop"), fails: true, theirs: exchange123(), why: "checked before the login"},
		{
			name: "upload a project with a broken manifest", files: with(shop(), "shop/src/app/functions/hello-hsmeta.json", `{ "uid": "hello", "type": "app-function"`), dir: "shop",
			hs: upload(), before: has("shop"), fails: true,
		},
		{
			name: "upload an older project", files: older(), dir: "old", hs: upload("-m", "hi"), fns: upload("-m", "hi", "--skip-validation"), before: has("old"),
			why: "an ended one is refused before the upload",
		},
		{
			name: "upload an older project without its deploy", files: older(), dir: "old", hs: upload("--skip-auto-deploy"), fns: upload("--skip-validation", "--skip-auto-deploy"),
			before: has("old"), why: "an ended one is refused before the upload",
		},

		{name: "deploy a build", files: shop(), dir: "shop", hs: deploy("--build", "1", "--json"), before: has("shop", "builds=3", "deployed=2"), json: true, ours: deployWarnings, why: warned},
		{name: "deploy the latest build", files: shop(), dir: "shop", hs: deploy("--deployLatestBuild"), before: has("shop", "builds=3", "deployed=2"), ours: deployWarnings, why: warned},
		{name: "deploy the last good build", files: shop(), dir: "shop", hs: deploy("--deploy-latest-build"), before: has("shop", "builds=3", "failed=3"), ours: deployWarnings, why: warned},
		{name: "deploy with force", files: shop(), dir: "shop", hs: deploy("--build-id", "1", "--force"), before: has("shop", "builds=3", "warned"), ours: deployWarnings, why: warned},
		{name: "deploy a build that HubSpot warns of", files: shop(), dir: "shop", hs: deploy("--build", "1"), before: has("shop", "builds=3", "warned"), fails: true},
		{name: "deploy a build that is blocked", files: shop(), dir: "shop", hs: deploy("--build", "1", "-f"), before: has("shop", "builds=3", "blocked"), fails: true},
		{name: "deploy a build that is deployed", files: shop(), dir: "shop", hs: deploy("--build", "2"), before: has("shop", "builds=3", "deployed=2"), fails: true},
		{name: "deploy a build that does not exist", files: shop(), dir: "shop", hs: deploy("--build", "9"), before: has("shop", "builds=3"), fails: true},
		{name: "deploy a build, which fails", files: shop(), dir: "shop", hs: deploy("--build", "1"), before: has("shop", "builds=3", "deploy-fails"), fails: true, ours: deployWarnings, why: warned},
		{name: "deploy from elsewhere", hs: deploy("--project", "shop", "--build", "1"), before: has("shop", "builds=3"), ours: deployWarnings, why: warned},
		{name: "deploy a project that does not exist", hs: deploy("--project", "none", "--build", "1"), fails: true},
		{
			name: "deploy an older project", files: older(), dir: "old", hs: deploy("--build", "1", "--force"), before: has("old", "builds=2", "version=2025.1", "warned"),
			ours: []string{strings.Replace(deployWarnings[0], "shop", "old", 1)}, why: warned,
		},
		{name: "deploy an older project that would lose something", files: older(), dir: "old", hs: deploy("--build", "1"), before: has("old", "builds=2", "version=2025.1", "warned"), fails: true},

		{
			name: "add a profile", files: with(shop(), "shop/src/hsprofile.prod.json", `{"accountId":123,"variables":{"SIZE":3,"PATH":"hello"}}`), dir: "shop",
			hs:     []string{"project", "profile", "add", "qa", "--target-account", "456", "--copy-from", "prod"},
			theirs: exchange123(), why: "asks nobody on the network", makes: []string{"shop/src/hsprofile.qa.json"},
		},
		{
			name: "delete a profile", files: with(shop(), "shop/src/hsprofile.qa.json", `{"accountId":456,"variables":{}}`), dir: "shop",
			hs:     []string{"project", "profile", "delete", "qa"},
			theirs: append(exchange123(), "POST /localdevauth/v1/auth/refresh?portalId=456", "GET /developer/projects/v1/by-name/shop?portalId=456"), why: "asks nobody on the network", makes: []string{"shop/src/hsprofile.qa.json"},
		},
		{
			name: "delete a project", hs: []string{"project", "delete", "--project-name", "shop", "--force"}, before: has("shop", "builds=2", "deployed=1"),
			theirs: []string{"GET /developer/projects/v1?portalId=123"}, why: "the list of projects is asked for only to choose from it",
		},
		{
			name: "delete an older project", hs: []string{"project", "delete", "--project-name", "old", "--force"}, before: has("old", "builds=1", "version=2025.1"),
			theirs: []string{"GET /developer/projects/v1?portalId=123"}, why: "the list of projects is asked for only to choose from it",
		},
		{
			name: "delete a project that does not exist", hs: []string{"project", "delete", "--project-name", "none", "--force"}, fails: true,
			theirs: []string{"GET /developer/projects/v1?portalId=123"}, ours: []string{"GET /developer/projects/v1/by-name/none?portalId=123"}, why: "the list of projects is asked for only to choose from it",
		},
		{name: "list projects", hs: []string{"project", "list"}, before: has("shop", "builds=1")},
		{name: "list builds", files: shop(), dir: "shop", hs: []string{"project", "list-builds"}, before: has("shop", "builds=12", "deployed=2")},
		{name: "list builds as JSON", hs: []string{"project", "list-builds", "--project", "shop", "--limit", "2", "--json"}, before: has("shop", "builds=3", "deployed=2"), json: true},
		{name: "list builds of nothing", hs: []string{"project", "list-builds", "--project", "none"}, fails: true},
		{name: "show a project", files: shop(), dir: "shop", hs: []string{"project", "info", "--json"}, before: app, json: true},
		{name: "show a project that is not deployed", files: shop(), dir: "shop", hs: []string{"project", "info"}, before: has("shop", "builds=1"), fails: true},
		{name: "download a project", hs: []string{"project", "download", "--project", "shop"}, before: has("shop", "builds=3"), makes: []string{"shop/hsproject.json", "shop/src/app/app-hsmeta.json"}, theirs: listed, why: unlisted},
		{
			name: "download a build", hs: []string{"project", "download", "--project", "a: b.", "--build", "1", "--dest", "x"}, before: has("a: b.", "builds=3"),
			makes: []string{"x/a- b/hsproject.json", "x/a- b/src/app/app-hsmeta.json"}, theirs: listed, why: unlisted,
		},
		{name: "download into a project", files: shop(), dir: "shop", hs: []string{"project", "download", "--project", "shop"}, before: has("shop", "builds=3"), fails: true, theirs: exchange123(), why: "checked before the login"},
		{name: "open a project", hs: []string{"project", "open", "--project", "shop"}, before: has("shop")},
		{name: "validate a project", files: shop(), dir: "shop", hs: []string{"project", "validate"}},
		{name: "validate a project with its profile", files: profiles, dir: "shop", hs: []string{"project", "validate"}},
		{name: "validate a project with one of its profiles", files: several, dir: "shop", hs: []string{"project", "validate", "--profile", "beta"}},
	}
}

func exchange123() []string { return []string{"POST /localdevauth/v1/auth/refresh?portalId=123"} }

// received is one part of a multipart body.
type received struct {
	Name, Type string
	File       bool   // has a file name
	FileName   string // that of a single file; a zip may have any
	Content    any    // of a zip the contents by name, of JSON its value
}

// multipart takes a body apart if it is of that kind.
func (c *call) multipart(t *testing.T, body []byte) bool {
	t.Helper()
	kind, params, err := mime.ParseMediaType(c.ContentType)
	if err != nil || kind != "multipart/form-data" {
		return false
	}
	c.ContentType = kind
	c.Line = strings.SplitN(c.Line, " --", 2)[0]
	var all []received
	for r := multipart.NewReader(bytes.NewReader(body), params["boundary"]); ; {
		part, err := r.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Errorf("%s: %v", c.Line, err)
			break
		}
		data, err := io.ReadAll(part)
		if err != nil {
			t.Errorf("%s: %v", c.Line, err)
		}
		p := received{Name: part.FormName(), Type: part.Header.Get("Content-Type"), File: part.FileName() != "", Content: string(data)}
		if p.Type != "application/zip" {
			p.FileName = part.FileName()
		}
		if p.Type == "application/zip" {
			p.Content = unzipped(t, data)
		} else if strings.HasPrefix(string(data), "{") {
			p.Content = nil
			if err := json.Unmarshal(data, &p.Content); err != nil {
				t.Errorf("%s: %v", c.Line, err)
			}
		}
		all = append(all, p)
	}
	c.Body = all
	return true
}

// unzipped gives the contents of a zip by name, without folders that hold nothing
// (docs/hs-differences.md).
func unzipped(t *testing.T, data []byte) map[string]string {
	t.Helper()
	files, used := map[string]string{}, map[string]bool{}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Error(err)
		return files
	}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Error(err)
			continue
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Error(err)
		}
		files[f.Name] = string(text)
	}
	for name := range files {
		for dir := path.Dir(name); dir != "." && !strings.HasSuffix(name, "/"); dir = path.Dir(dir) {
			used[dir+"/"] = true
		}
	}
	maps.DeleteFunc(files, func(name, _ string) bool { return strings.HasSuffix(name, "/") && !used[name] })
	return files
}

var (
	look       = regexp.MustCompile(`^GET (?:/cms/v3/functions/build/77/poll|/dfs/(v1/projects/[^/]+/builds/\d+/status|deploy/v1/deploy-status/projects/[^/]+/deploys/\d+))\?`)
	structures = regexp.MustCompile(`^GET /dfs/.*/structure\?`)
)

// withoutPolling leaves the first of the looks at each build and deploy. hs asks
// for their parts at the same time; they are put behind.
func withoutPolling(calls []call) []call {
	seen := map[string]bool{}
	calls = slices.DeleteFunc(calls, func(c call) bool {
		again := seen[c.Line]
		seen[c.Line] = look.MatchString(c.Line)
		return again
	})
	for i := range calls[:max(len(calls)-1, 0)] {
		if structures.MatchString(calls[i].Line) && look.MatchString(calls[i+1].Line) {
			calls[i], calls[i+1] = calls[i+1], calls[i]
		}
	}
	return calls
}

// results gives what a tool has printed and made, in the form of calls.
func results(t *testing.T, tt task, home string, stdout []byte) []call {
	t.Helper()
	var all []call
	if tt.json {
		c := call{Line: "prints"}
		if err := json.Unmarshal(stdout, &c.Body); err != nil {
			t.Errorf("no JSON: %v\n%s", err, stdout)
		}
		all = append(all, c)
	}
	for _, path := range tt.makes {
		text, err := os.ReadFile(filepath.Join(home, filepath.FromSlash(path)))
		c := call{Line: "makes " + path, Body: strings.TrimRight(string(text), "\n")}
		if err != nil {
			c.Body = errors.Is(err, fs.ErrNotExist) // which it should be
		}
		all = append(all, c)
	}
	return all
}
