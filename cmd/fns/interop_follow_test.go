package main

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
)

// followTasks are those about logs that go on, and about the folders of accounts.
func followTasks() []task {
	exchange := exchange123()
	offline := "asks nobody on the network"
	logs := func(h *fakeHub) {
		h.addLog("a/b", `{"id":"1","createdAt":1793534401000,"executionTime":12,"status":"SUCCESS","log":"x","error":null}`)
	}
	webhook := func(h *fakeHub) {
		h.addAppLog("WEBHOOKS", `{"id":"w1","loggingSystemType":"WEBHOOKS","requestExecutionTimestamp":1793534409000,"duration":9,"portalId":123,"traceId":"t","appId":9}`)
	}
	deployed := func(h *fakeHub) {
		h.makeProject("shop", []string{"builds=1", "deployed=1"})
		h.files["/dfs/v1/projects/shop/builds/1/archive-full"] = archived(shop())
		h.files["/apps-dev/external/public/v3/project-id/70/source-id/shop-app"] = []byte(`{"id":9,"name":"Cards"}`)
	}
	search := "POST /developers/logs/search/9?portalId=123"
	return []task{
		{
			name: "follow logs", hs: []string{"cms", "function", "logs", "a/b", "--follow"}, fns: []string{"logs", "a/b", "--follow"}, before: logs,
			live: []step{{awaits: `/latest`}, {awaits: `after=MQ%253D%253D&limit=5`}, {awaits: `after=MQ%3D%3D&limit=5`}},
		},
		{
			name: "follow an app's log", hs: []string{"app", "logs", "--app", "9", "--type", "webhooks", "--tail", "--since", "2026-01-01T00:00:00.000Z"}, before: webhook,
			live: []step{{awaits: `logs/search.*"resultsOrder":"ASC","startTime":1767225600000`}},
		},
		{
			name: "logs of a project", files: shop(), dir: "shop", hs: []string{"project", "logs", "--function", "hello"}, before: deployed,
			theirs: []string{"GET /dfs/v1/projects/shop/builds/1/archive-full?portalId=123", "GET /project-components-external/project-schemas/v3/2026.03?portalId=123"},
			ours:   []string{search, search}, why: "the logs of the project's functions, from the app that the local project names",
		},
		{name: "look for dead accounts", hs: []string{"account", "clean"}, theirs: exchange, why: "the key is exchanged once"},
		{
			name: "choose an account for a folder", files: map[string]string{"work/x": ""}, dir: "work", hs: []string{"account", "create-override", "beta"},
			theirs: []string{"POST /localdevauth/v1/auth/refresh?portalId=456"}, why: offline, makes: []string{"work/.hsaccount"},
		},
		{
			name: "work with the account of a folder", files: map[string]string{"work/.hsaccount": "456", "work/sub/x": ""}, dir: "work/sub", hs: []string{"secret", "list"},
		},
		{
			name: "choose no account for a folder", files: map[string]string{"work/.hsaccount": "123"}, dir: "work", hs: []string{"account", "remove-override", "--force"},
			theirs: exchange, why: offline, makes: []string{"work/.hsaccount"},
		},
		{
			name: "work with a linked account", files: map[string]string{"work/.hs/settings.json": `{ "localDefaultAccount": 456, "accounts": [456] }`}, dir: "work", hs: []string{"secret", "list"},
		},
	}
}

// archived packs a project as a download of HubSpot's has it, with one root folder.
func archived(files map[string]string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	var names []string
	for name := range files {
		if !strings.Contains(name, "/.") && !strings.Contains(name, "node_modules") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range append([]string{"shop/"}, names...) {
		out, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(out, files[name])
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}
