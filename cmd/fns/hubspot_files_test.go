package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/fns-dev/fns/internal/wire"
)

// fakeDesignManager is the design manager of account 123: files by path, without
// a slash in front, drafts apart from what is published.
type fakeDesignManager struct {
	published, drafts map[string]string
	builds            []wire.FolderBuildState // to be answered one after the other
	routes            []wire.Route
}

func newDesignManager() *fakeDesignManager {
	return &fakeDesignManager{published: map[string]string{}, drafts: map[string]string{}}
}

// handleFiles answers the calls about files and functions of the design manager.
func (h *fakeHub) handleFiles(mux *http.ServeMux) {
	mux.HandleFunc("POST "+wire.FileUpload, h.authorized(h.uploadFile))
	mux.HandleFunc("GET "+wire.FileStream, h.authorized(h.streamFile))
	mux.HandleFunc("GET "+wire.FileMeta, h.authorized(h.fileMeta))
	mux.HandleFunc("DELETE "+wire.FileDelete, h.authorized(h.deleteFile))
	mux.HandleFunc("PUT "+wire.FileRename, h.authorized(h.renameFile))
	mux.HandleFunc("GET "+wire.Routes, h.authorized(func(w http.ResponseWriter, r *http.Request, portal string) {
		if _, ok := h.files[r.URL.Path]; ok { // of the script
			h.file(w, r, portal)
			return
		}
		_ = json.NewEncoder(w).Encode(wire.RoutePage{Objects: append([]wire.Route{}, h.cms.routes...)})
	}))
	mux.HandleFunc("POST "+wire.FolderBuild, h.authorized(h.buildFolder))
	mux.HandleFunc("GET "+wire.FolderBuildStatus, h.authorized(h.folderBuild))
	mux.HandleFunc("GET /build.log", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			w.WriteHeader(400)
		}
		fmt.Fprint(w, "npm install\nadded 1 package\n")
	})
}

// uncleaned answers the look at the root, whose address ServeMux would clean.
func (h *fakeHub) uncleaned(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/meta//") {
			r.SetPathValue("path", "/")
			h.authorized(h.fileMeta)(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// version gives the files that a query means.
func (m *fakeDesignManager) version(r *http.Request) map[string]string {
	if r.URL.Query().Get("buffer") == "true" {
		return m.drafts
	}
	return m.published
}

func (h *fakeHub) uploadFile(w http.ResponseWriter, r *http.Request, _ string) {
	file, head, err := r.FormFile(wire.FilePart)
	if err != nil || r.URL.Query().Get("environmentId") != "1" || len(r.MultipartForm.File) != 1 || len(r.MultipartForm.Value) != 0 || head.Filename == "" {
		refuse(w, 400, wire.CategoryValidation, "no upload of one file")
		return
	}
	text, err := io.ReadAll(file)
	if err != nil {
		refuse(w, 400, wire.CategoryValidation, "cut off")
		return
	}
	h.cms.version(r)[strings.Trim(path.Clean("/"+r.PathValue("dest")), "/")] = string(text)
	fmt.Fprint(w, `{"path":"x"}`)
}

func (h *fakeHub) streamFile(w http.ResponseWriter, r *http.Request, _ string) {
	text, ok := h.cms.version(r)[strings.Trim(r.PathValue("path"), "/")]
	if !ok {
		refuse(w, 404, wire.CategoryNotFound, "no such file")
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", `attachment; filename="x"; creation-date="1600000000000"; modification-date="1700000000000"`)
	_, _ = io.WriteString(w, text)
}

func (h *fakeHub) fileMeta(w http.ResponseWriter, r *http.Request, _ string) {
	at := strings.Trim(r.PathValue("path"), "/")
	files := h.cms.version(r)
	info := wire.FileInfo{Name: path.Base(at), Path: at, Folder: true, Children: []string{}}
	if _, ok := files[at]; ok {
		info.Folder = false
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		rest, below := strings.CutPrefix(name, at+"/")
		if at == "" {
			rest, below = name, !strings.HasPrefix(name, "@")
		}
		if child, _, _ := strings.Cut(rest, "/"); below && !slices.Contains(info.Children, child) {
			info.Children = append(info.Children, child)
		}
	}
	if at == "" {
		info.Name = ""
	} else if info.Folder && len(info.Children) == 0 && at != "@hubspot" {
		refuse(w, 404, wire.CategoryNotFound, "no such folder")
		return
	}
	_ = json.NewEncoder(w).Encode(info)
}

// take removes a file or a folder with all in it and gives what it held.
func (m *fakeDesignManager) take(at string) map[string]string {
	at = strings.Trim(at, "/")
	taken := map[string]string{}
	for name, text := range m.published {
		if rest, below := strings.CutPrefix(name, at); below && (rest == "" || rest[0] == '/') {
			taken[rest] = text
			delete(m.published, name)
		}
	}
	return taken
}

func (h *fakeHub) deleteFile(w http.ResponseWriter, r *http.Request, _ string) {
	if len(h.cms.take(r.PathValue("path"))) == 0 {
		refuse(w, 404, wire.CategoryNotFound, "nothing to delete")
		return
	}
	w.WriteHeader(204)
}

func (h *fakeHub) renameFile(w http.ResponseWriter, r *http.Request, _ string) {
	to := strings.Trim(r.URL.Query().Get("path"), "/")
	if _, there := h.cms.published[to]; there {
		refuse(w, 409, wire.CategoryValidation, "in the way")
		return
	}
	taken := h.cms.take(r.PathValue("src"))
	if len(taken) == 0 || r.Header.Get("Content-Type") != "application/json" {
		refuse(w, 404, wire.CategoryNotFound, "nothing to move")
		return
	}
	for rest, text := range taken {
		h.cms.published[to+rest] = text
	}
	w.WriteHeader(204)
}

func (h *fakeHub) buildFolder(w http.ResponseWriter, r *http.Request, _ string) {
	var b wire.FolderBuildRequest
	if !body(w, r, &b) {
		return
	}
	if _, there := h.cms.published[b.FolderPath+"/package.json"]; !there {
		refuse(w, 404, wire.CategoryNotFound, "no package.json")
		return
	}
	w.Header().Set("Content-Type", "text/plain")
	fmt.Fprint(w, "77")
}

func (h *fakeHub) folderBuild(w http.ResponseWriter, r *http.Request, _ string) {
	state := wire.FolderBuildState{Status: wire.FolderBuildSuccess, BuildTime: 1234}
	if len(h.cms.builds) > 0 {
		state, h.cms.builds = h.cms.builds[0], h.cms.builds[1:]
	}
	_ = json.NewEncoder(w).Encode(state)
}

// scriptFiles: hubspot cms put <path> <file> | has <path> <regexp> | lacks <path> |
// draft <path> <regexp> | build <status> [reason] | route <path> <method> [secrets]
func (h *fakeHub) scriptFiles(ts *testscript.TestScript, args []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	expect := func(files map[string]string) {
		text, ok := files[args[1]]
		if !ok {
			ts.Fatalf("HubSpot has no %s, but %v", args[1], slices.Sorted(maps.Keys(files)))
		}
		if !regexp.MustCompile(args[2]).MatchString(text) {
			ts.Fatalf("%s holds\n%s", args[1], text)
		}
	}
	switch {
	case args[0] == "put" && len(args) == 3:
		h.cms.published[args[1]] = ts.ReadFile(args[2])
	case args[0] == "has" && len(args) == 3:
		expect(h.cms.published)
	case args[0] == "draft" && len(args) == 3:
		expect(h.cms.drafts)
	case args[0] == "lacks" && len(args) == 2:
		if text, ok := h.cms.published[args[1]]; ok {
			ts.Fatalf("HubSpot has %s:\n%s", args[1], text)
		}
	case args[0] == "build" && len(args) >= 2:
		state := wire.FolderBuildState{Status: args[1], BuildTime: 1234}
		if state.Status != wire.FolderBuildStarted {
			state.LogURL = h.server.URL + "/build.log"
		}
		if len(args) > 2 {
			state.ErrorReason = args[2]
		}
		h.cms.builds = append(h.cms.builds, state)
	case args[0] == "route" && len(args) >= 3:
		h.cms.routes = append(h.cms.routes, wire.Route{PortalID: 123, ID: int64(len(h.cms.routes) + 1), Route: args[1], Method: args[2], SecretNames: append([]string{}, args[3:]...), Created: 1700000000000, Updated: 1700000000000, Deployed: true})
	default:
		ts.Fatalf("hubspot cms %v: unknown or incomplete", args)
	}
}
