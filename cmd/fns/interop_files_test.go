package main

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/wire"
)

// site is a folder for the design manager whose functions are one file each.
func site() map[string]string {
	return map[string]string{
		"site/main.css":                        "body {}\n",
		"site/a b+c&d.html":                    "<p>ä</p>\n",
		"site/picture.PNG":                     "\x89PNG\r\n",
		"site/fonts/f.woff2":                   "wOF2",
		"site/notes.log":                       "x\n",
		"site/code.ts":                         "x\n",
		"site/package-lock.json":               "{}\n",
		"site/.env":                            "A=b\n",
		"site/node_modules/x/index.js":         "x\n",
		"site/teaser.module/meta.json":         `{ "label": "teaser" }`,
		"site/teaser.module/module.html":       "<p></p>\n",
		"site/hello.functions/serverless.json": `{ "runtime": "nodejs20.x", "version": "1.0", "endpoints": { "hello": { "method": "GET", "file": "hello.js" } } }`,
		"site/hello.functions/hello.js":        "exports.main = (context, sendResponse) => sendResponse({ statusCode: 200 });\n",
		"site/hello.functions/package.json":    `{ "name": "hello", "version": "1.0.0" }`,
	}
}

func fileTasks() []task {
	there := func(h *fakeHub) {
		for path, text := range map[string]string{
			"site/main.css": "a", "site/hello.functions/hello.js": "b", "site/hello.functions/package.json": "{}",
			"other/old.html": "d", "@hubspot/menu.module/module.html": "e",
		} {
			h.cms.published[path] = text
			h.cms.drafts[path] = text + " draft"
		}
	}
	refuses := func(call, what string, times int) func(*fakeHub) {
		return func(h *fakeHub) { there(h); h.inject(call, what, times) }
	}
	cms := func(args ...string) []string { return append([]string{"cms"}, args...) }
	function := func(args ...string) []string { return append([]string{"cms", "function"}, args...) }
	exchange, offline := exchange123(), "what can't be sent or built is an error before the login"
	nobody := "asks nobody on the network"
	failure := "a failed `delete`, `mv`, `function list` or `function deploy` 0"
	upload := func(buffer string) []string {
		return []string{"POST /content/filemapper/v1/upload/web/one.css?buffer=" + buffer + "&environmentId=1&portalId=123"}
	}
	status := func(s string) func(*fakeHub) {
		return func(h *fakeHub) {
			there(h)
			h.cms.builds = []wire.FolderBuildState{{Status: wire.FolderBuildStarted}, {Status: s, BuildTime: 1500, ErrorReason: "no such package"}}
		}
	}
	started := "the first look comes at once"
	early := []string{"GET /cms/v3/functions/build/77/poll?portalId=123"}
	return []task{
		{name: "send a file", files: site(), hs: cms("upload", "site/main.css", "web/main.css")},
		{name: "send a file with an odd name", files: site(), hs: cms("upload", "site/a b+c&d.html", "web/ä b/a b+c&d.html")},
		{name: "send a draft", files: site(), hs: cms("upload", "site/main.css", "web/main.css", "--cms-publish-mode", "draft")},
		{name: "send a function", files: site(), hs: cms("upload", "site/hello.functions/hello.js", "web/hello.functions/hello.js")},
		{name: "send a folder", files: site(), hs: cms("upload", "site", "web")},
		{name: "send a folder from within", files: site(), dir: "site", hs: cms("upload", ".", "/web/")},
		{name: "send a folder of functions", files: site(), hs: cms("upload", "site/hello.functions", "web/hello.functions")},
		{name: "send a folder after cleaning", files: site(), hs: cms("upload", "site", "site", "--clean", "--force"), before: there},
		{
			name: "send a folder of drafts", files: map[string]string{"drafts/one.css": "x"}, hs: cms("upload", "drafts", "web", "-m", "draft"),
			theirs: upload("false"), ours: upload("true"), why: "a folder is published, whatever mode is asked for",
		},
		{name: "send a folder of which one file fails once", files: site(), hs: cms("upload", "site", "web"), before: refuses("main.css", `500 {"message":"x"}`, 1)},
		{name: "send a file that is refused", files: site(), hs: cms("upload", "site/main.css", "web/main.css"), before: refuses("upload", `400 {"message":"x"}`, 9), fails: true},
		{name: "send a file without the scope", files: site(), hs: cms("upload", "site/main.css", "web/main.css"), before: refuses("upload", `403 {"category":"MISSING_SCOPES"}`, 9), fails: true},
		{name: "send an ignored file", files: site(), hs: cms("upload", "site/package-lock.json", "web/x.json"), fails: true, hsDoesNot: true, theirs: exchange, why: offline},
		{name: "send a file of another kind", files: site(), hs: cms("upload", "site/code.ts", "web/code.ts"), fails: true, hsDoesNot: true, theirs: exchange, why: offline},
		{name: "send what is not there", hs: cms("upload", "none", "web"), fails: true, hsDoesNot: true, theirs: exchange, why: offline},

		{name: "fetch a file", hs: cms("fetch", "site/main.css"), before: there, makes: []string{"main.css"}},
		{name: "fetch a file to a name", hs: cms("fetch", "site/main.css", "x/y.css"), before: there, makes: []string{"x/y.css"}},
		{name: "fetch a file into a folder", hs: cms("fetch", "/site/main.css", "x"), before: there, makes: []string{"x/main.css"}},
		{
			name: "fetch a file that is there", files: map[string]string{"main.css": "mine"}, hs: cms("fetch", "site/main.css"), before: there, makes: []string{"main.css"},
			theirs: exchange, why: "asks for nothing that it would not write",
		},
		{name: "fetch a file over another", files: map[string]string{"main.css": "mine"}, hs: cms("fetch", "site/main.css", "--overwrite"), before: there, makes: []string{"main.css"}},
		{name: "fetch a draft", hs: cms("fetch", "site/main.css", "-m", "draft"), before: there, makes: []string{"main.css"}},
		{name: "fetch a folder", hs: cms("fetch", "site"), before: there, makes: []string{"site/main.css", "site/hello.functions/hello.js"}},
		{
			name: "fetch a folder with a file without extension", hs: cms("fetch", "site"), makes: []string{"site/main.css"},
			before: func(h *fakeHub) { there(h); h.cms.published["site/LICENSE"] = "c" },
			ours:   []string{"GET /content/filemapper/v1/stream/site/LICENSE?buffer=false&environmentId=1&portalId=123"},
			fails:  false, hsFails: true, why: "a file without extension is taken for a folder",
		},
		{name: "fetch a folder to another", hs: cms("fetch", "site/", "x"), before: there, makes: []string{"x/main.css", "x/hello.functions/package.json"}},
		{name: "fetch a version", hs: cms("fetch", "@hubspot/menu.module", "m", "--asset-version", "2"), before: there, makes: []string{"m/module.html"}},
		{name: "fetch everything", hs: cms("fetch", "/", "all"), before: there, makes: []string{"all/site/main.css", "all/other/old.html", "all/@hubspot/menu.module/module.html"}},
		{name: "fetch a file that is not there", hs: cms("fetch", "site/none.css"), before: there, fails: true},
		{name: "fetch a folder that is not there", hs: cms("fetch", "none"), before: there, fails: true},
		{name: "fetch a folder of which a file fails", hs: cms("fetch", "site"), before: refuses("stream.*main.css", `500 {"message":"x"}`, 9), fails: true, makes: []string{"site/main.css", "site/hello.functions/hello.js"}},

		{name: "list all", hs: cms("list"), before: there},
		{name: "list a folder", hs: cms("ls", "site/hello.functions"), before: there},
		{name: "list HubSpot's folder", hs: cms("ls", "@hubspot"), before: there},
		{name: "list a file", hs: cms("list", "site/main.css"), before: there},
		{name: "list nothing", hs: cms("list", "none"), before: there, fails: true},
		{name: "delete a file", hs: cms("delete", "site/main.css"), before: there},
		{name: "delete a folder", hs: cms("delete", "/site/"), before: there},
		{name: "delete nothing", hs: cms("delete", "none"), before: there, fails: true, hsDoesNot: true, why: failure},
		{name: "move a file", hs: cms("mv", "site/main.css", "other/main.css"), before: there},
		{name: "move a folder", hs: cms("mv", "site/hello.functions", "other"), before: there},
		{name: "move onto another", hs: cms("mv", "site/main.css", "other/old.html"), before: there, fails: true, hsDoesNot: true, why: failure},
		{name: "move nothing", hs: cms("mv", "none.css", "x.css"), before: there, fails: true, hsDoesNot: true, why: failure},

		{name: "list functions", hs: function("list"), before: func(h *fakeHub) {
			h.cms.routes = []wire.Route{{PortalID: 123, ID: 1, Route: "hello", Method: "GET", SecretNames: []string{"A"}, Created: 1700000000000}}
		}},
		{name: "list functions as JSON", hs: function("ls", "--json"), json: true, before: func(h *fakeHub) {
			h.cms.routes = []wire.Route{{PortalID: 123, ID: 1, Route: "hello", Method: "GET", SecretNames: []string{"A"}, Created: 1700000000000}}
		}},
		{name: "list functions while HubSpot fails", hs: function("list"), before: refuses("routes", `500 {"message":"x"}`, 9), fails: true, hsDoesNot: true, why: failure},
		{name: "deploy functions", hs: function("deploy", "site/hello.functions"), before: status(wire.FolderBuildSuccess), why: started},
		{name: "deploy functions whose build fails", hs: function("deploy", "site/hello.functions"), before: status(wire.FolderBuildError), fails: true, hsDoesNot: true, why: failure},
		{name: "deploy functions whose build is taken back", hs: function("deploy", "site/hello.functions"), before: status(wire.FolderBuildReverted), fails: true, hsDoesNot: true, why: failure},
		{name: "deploy functions without packages", hs: function("deploy", "other/x.functions"), before: there, fails: true, hsDoesNot: true, why: failure},
		{name: "deploy no functions", hs: function("deploy", "site"), before: there, fails: true, hsDoesNot: true, theirs: exchange, why: offline},
		{
			name: "deploy functions whose build can't be looked at", hs: function("deploy", "site/hello.functions"),
			before: refuses("poll", `500 {"message":"x"}`, 9), fails: true, hsDoesNot: true, why: failure, ours: early[:0],
		},

		{name: "set the publish mode", hs: []string{"config", "set", "--default-cms-publish-mode", "draft"}, theirs: exchange, why: nobody},
		{
			name: "set all settings", hs: []string{"config", "set", "--http-timeout", "5000", "--allow-usage-tracking=true", "--auto-open-browser=false", "--allow-auto-updates=false"},
			theirs: exchange, why: nobody,
		},
		{name: "set the publish mode of the older file", hs: []string{"config", "set", "--default-cms-publish-mode", "publish"}, older: true, theirs: exchange, why: nobody, config: "keys of an account are kept as they are"},
		{
			name: "bring an older file into the global one", hs: []string{"config", "migrate", "--force"},
			files: map[string]string{"hubspot.config.yml": "defaultPortal: acme\nhttpTimeout: 9000\nportals:\n  - name: acme\n    portalId: 321\n    authType: personalaccesskey\n    accountType: STANDARD\n    env: prod\n    personalAccessKey: pat-x\n    auth:\n      tokenInfo: {}\n"},
			makes: []string{"hubspot.config.yml"}, theirs: exchange, why: nobody, config: "settings of the global file that the older one lacks are dropped",
		},

		{
			name: "watch a folder", files: watched(), hs: cms("watch", "site", "web", "--initial-upload", "--remove"), before: there,
			live: []step{
				{awaits: "upload/web%2Fmain.css"},
				{writes: "site/main.css", text: "body { color: red }\n", awaits: "upload/web%2Fmain.css[^-]*--(?s:.*)color: red"},
				{writes: "site/new.html", text: "<p>new</p>\n", awaits: "upload/web%2Fnew.html"},
				{removes: "site/new.html", awaits: "DELETE .*web%2Fnew.html"},
			},
		},
		{
			name: "watch drafts", files: watched(), hs: cms("watch", "site", "web", "-m", "draft", "-i"), before: there,
			live: []step{
				{awaits: "upload/web%2Fmain.css[?]buffer=true"},
				{writes: "site/main.css", text: "body { color: red }\n", awaits: "upload/web%2Fmain.css[?]buffer=true(?s:.*)color: red"},
			},
		},
	}
}

// watched is a folder of few files.
func watched() map[string]string {
	return map[string]string{"site/main.css": "body {}\n", "site/page.html": "<p></p>\n", "site/notes.log": "x\n"}
}

// atOnce are the calls that a tool makes in no fixed order.
var atOnce = regexp.MustCompile(`^(POST /content/filemapper/v1/upload/|GET /content/filemapper/v1/(stream|meta)/)`)

// inOrder sorts calls that are made at once, and writes the paths of files in one
// way: hs encodes some as a whole, some in parts and some not at all, which is the
// same to a server.
func inOrder(calls []call) []call {
	for i := range calls {
		if !strings.Contains(calls[i].Line, " /content/filemapper/") {
			continue
		}
		path, query, asked := strings.Cut(calls[i].Line, "?")
		if plain, err := url.PathUnescape(path); err == nil {
			calls[i].Line = plain
		}
		if plain, err := url.QueryUnescape(query); err == nil && asked {
			calls[i].Line += "?" + plain
		}
	}
	for from := 0; from < len(calls); from++ {
		to := from
		for to < len(calls) && atOnce.MatchString(calls[to].Line) {
			to++
		}
		if to > from {
			slices.SortFunc(calls[from:to], func(a, b call) int { return cmp.Compare(a.Line, b.Line) })
			from = to
		}
	}
	return calls
}
