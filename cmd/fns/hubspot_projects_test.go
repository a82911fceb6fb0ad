package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/fns-dev/fns/internal/wire"
)

// fakeProject is a project of account 123. Its words say how it behaves;
// testdata/script/README.md explains them.
type fakeProject struct {
	id      int64
	name    string
	words   []string
	builds  []*fakeBuild // oldest first, numbered from 1
	deploys []*fakeDeploy
	// deployed is the number of the deployed build, 0 for none.
	deployed int64
}

type fakeBuild struct {
	id      int64
	looks   int // at its status
	skip    bool
	failed  bool
	message string
	version string
	zip     []byte
	deploy  *fakeDeploy
}

type fakeDeploy struct {
	id, build int64
	looks     int
	removal   bool // takes down what is deployed
}

func (p *fakeProject) is(word string) bool { return slices.Contains(p.words, word) }

// value gives what stands behind "word=".
func (p *fakeProject) value(word string) string {
	for _, w := range p.words {
		if v, ok := strings.CutPrefix(w, word+"="); ok {
			return v
		}
	}
	return ""
}

// addProject makes a project, or gives one other words.
func (h *fakeHub) addProject(ts *testscript.TestScript, name string, words []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	ts.Logf("project %s: %v", name, words)
	h.makeProject(name, words)
}

func (h *fakeHub) makeProject(name string, words []string) *fakeProject {
	p := h.projects[name]
	if p == nil {
		p = &fakeProject{id: int64(70 + len(h.projects)), name: name}
		h.projects[name] = p
	}
	p.words = words
	version := p.value("version")
	if version == "" {
		version = "2026.03"
	}
	if n, err := strconv.Atoi(p.value("builds")); err == nil {
		for len(p.builds) < n {
			p.builds = append(p.builds, &fakeBuild{id: int64(len(p.builds) + 1), looks: 1 << 20, version: version, zip: sources(name), message: fmt.Sprintf("change %d", len(p.builds)+1)})
		}
	}
	for _, b := range p.builds {
		b.failed = b.failed || p.value("failed") == fmt.Sprint(b.id)
	}
	if n, err := strconv.ParseInt(p.value("deployed"), 10, 64); err == nil {
		p.deployed = n
	}
	return p
}

// sources is the archive of a build: one root folder.
func sources(name string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range [][2]string{
		{"root/", ""}, {"root/hsproject.json", fmt.Sprintf(`{"name":%q,"srcDir":"src","platformVersion":"2026.03"}`, name)},
		{"root/src/", ""}, {"root/src/app/app-hsmeta.json", `{"uid":"app"}`},
	} {
		out, err := w.Create(f[0])
		if err == nil {
			_, err = io.WriteString(out, f[1])
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

func (h *fakeHub) handleProjects(mux *http.ServeMux) {
	type handler = func(http.ResponseWriter, *http.Request, *fakeProject)
	// of finds the project that a path names.
	of := func(next handler) http.HandlerFunc {
		return h.authorized(func(w http.ResponseWriter, r *http.Request, portal string) {
			p := h.projects[r.PathValue("name")]
			if p == nil || portal != "123" {
				refuse(w, 404, wire.CategoryNotFound, "no such thing as the project "+r.PathValue("name"))
			} else {
				next(w, r, p)
			}
		})
	}
	answer := func(w http.ResponseWriter, v any) { _ = json.NewEncoder(w).Encode(v) }
	mux.HandleFunc("GET "+wire.Projects, h.authorized(func(w http.ResponseWriter, _ *http.Request, _ string) {
		list := wire.ProjectList{Results: []wire.Project{}}
		for _, p := range h.projects {
			list.Results = append(list.Results, p.wire())
		}
		slices.SortFunc(list.Results, func(a, b wire.Project) int { return strings.Compare(a.Name, b.Name) })
		answer(w, list)
	}))
	mux.HandleFunc("POST "+wire.Projects, h.authorized(func(w http.ResponseWriter, r *http.Request, _ string) {
		var req wire.NewProject
		if body(w, r, &req) {
			answer(w, h.makeProject(req.Name, nil).wire())
		}
	}))
	mux.HandleFunc("GET "+wire.ProjectByName, of(func(w http.ResponseWriter, _ *http.Request, p *fakeProject) { answer(w, p.wire()) }))
	mux.HandleFunc("GET "+wire.ProjectSchemas, h.authorized(func(w http.ResponseWriter, _ *http.Request, _ string) {
		answer(w, map[string]any{"APPLICATION": map[string]any{}, "APP_FUNCTION": map[string]any{}, "CARD": map[string]any{}})
	}))
	mux.HandleFunc("POST "+wire.ProjectUpload, h.authorized(h.upload))
	mux.HandleFunc("POST "+wire.ProjectUploadOld, of(h.uploadOld))
	mux.HandleFunc("GET "+wire.Builds, of(h.listBuilds))
	build := func(next func(http.ResponseWriter, *fakeProject, *fakeBuild)) http.HandlerFunc {
		return of(func(w http.ResponseWriter, r *http.Request, p *fakeProject) {
			for _, b := range p.builds {
				if r.PathValue("id") == fmt.Sprint(b.id) {
					next(w, p, b)
					return
				}
			}
			refuse(w, 404, wire.CategoryNotFound, "no such build")
		})
	}
	mux.HandleFunc("GET "+wire.BuildStatus, build(func(w http.ResponseWriter, p *fakeProject, b *fakeBuild) {
		b.looks++
		answer(w, p.build(b))
	}))
	structure := func(w http.ResponseWriter, _ *fakeProject, _ *fakeBuild) {
		answer(w, wire.Structure{TopLevel: map[string][]wire.ID{"a": {"f"}}})
	}
	mux.HandleFunc("GET "+wire.BuildStructure, build(structure))
	mux.HandleFunc("GET "+wire.BuildWarnings, build(func(w http.ResponseWriter, p *fakeProject, _ *fakeBuild) {
		answer(w, p.warnings("build"))
	}))
	mux.HandleFunc("GET "+wire.BuildLog, build(func(w http.ResponseWriter, p *fakeProject, _ *fakeBuild) {
		line := wire.LogLine{Level: "ERROR", Message: "no space left", Timestamp: moment(0)}
		quiet := wire.LogLine{Level: "INFO", Message: "begun", Timestamp: moment(0)}
		answer(w, wire.StepLogs{ProjectName: p.name, Logs: []wire.StepLog{{Logs: []wire.LogLine{quiet, line, line}}}})
	}))
	mux.HandleFunc("GET "+wire.ProjectArchive, build(func(w http.ResponseWriter, _ *fakeProject, b *fakeBuild) {
		w.Header().Set("Content-Type", "application/zip")
		_, _ = w.Write(b.zip)
	}))
	mux.HandleFunc("POST "+wire.StageDeletion, h.authorized(h.takeDown))
	mux.HandleFunc("DELETE "+wire.ProjectDelete, of(func(w http.ResponseWriter, _ *http.Request, p *fakeProject) {
		if p.deployed > 0 {
			refuse(w, 400, wire.CategoryValidation, "it is deployed")
			return
		}
		delete(h.projects, p.name)
		w.WriteHeader(http.StatusNoContent)
	}))
	mux.HandleFunc("POST "+wire.DeployQueue, h.authorized(h.queueDeploy))
	mux.HandleFunc("POST "+wire.DeployQueueOld, h.authorized(h.queueOldDeploy))
	deploy := func(next func(http.ResponseWriter, *fakeProject, *fakeDeploy)) http.HandlerFunc {
		return of(func(w http.ResponseWriter, r *http.Request, p *fakeProject) {
			for _, d := range p.deploys {
				if r.PathValue("id") == fmt.Sprint(d.id) {
					next(w, p, d)
					return
				}
			}
			refuse(w, 404, wire.CategoryNotFound, "no such deploy")
		})
	}
	mux.HandleFunc("GET "+wire.DeployStatus, deploy(func(w http.ResponseWriter, p *fakeProject, d *fakeDeploy) {
		d.looks++
		answer(w, p.deploy(d))
	}))
	mux.HandleFunc("GET "+wire.DeployStructure, deploy(func(w http.ResponseWriter, _ *fakeProject, _ *fakeDeploy) { structure(w, nil, nil) }))
	mux.HandleFunc("GET "+wire.DeployWarnings, deploy(func(w http.ResponseWriter, p *fakeProject, _ *fakeDeploy) {
		answer(w, p.warnings("deploy"))
	}))
}

func (p *fakeProject) warnings(of string) wire.StepLog {
	log := wire.StepLog{Logs: []wire.LogLine{}}
	if text := p.value("warning"); text != "" {
		line := wire.LogLine{Level: "WARN", Message: of + ": " + text, Timestamp: moment(0)}
		log.Logs = append(log.Logs, line, line)
	}
	return log
}

// moment is a time that is always the same.
func moment(seconds int) wire.Time {
	return wire.Time{Time: time.Date(2026, 11, 1, 12, 0, seconds, 0, time.UTC)}
}

func (p *fakeProject) wire() wire.Project {
	out := wire.Project{ID: p.id, Name: p.name, PortalID: 123, IsLocked: p.is("locked"), CreatedAt: moment(0), UpdatedAt: moment(1)}
	if len(p.builds) > 0 {
		latest := p.build(p.builds[len(p.builds)-1])
		out.LatestBuild = &latest
	}
	if p.deployed > 0 {
		b := p.build(p.builds[p.deployed-1])
		out.DeployedBuild, out.DeployedBuildID = &b, p.deployed
	}
	return out
}

// stage gives the state after so many looks.
func stage(looks int, never, fails bool, begun, working string) string {
	switch {
	case looks <= 1:
		return begun
	case looks == 2 || never:
		return working
	case fails:
		return wire.StateFailure
	}
	return wire.StateSuccess
}

func (p *fakeProject) build(b *fakeBuild) wire.Build {
	out := wire.Build{
		BuildID: b.id, Status: stage(b.looks, p.is("never") && b.looks < 1<<20, b.failed, wire.StateEnqueued, wire.StateBuilding),
		CreatedAt: moment(0), EnqueuedAt: moment(1), StartedAt: moment(2),
		AutoDeployEnabled: !p.is("manual"), PlatformVersion: b.version, ProjectName: p.name, UploadMessage: b.message, PortalID: 123,
		DeployableState: "DEPLOYABLE",
	}
	part := func(id, name, kind string) wire.Subbuild {
		s := wire.Subbuild{ID: wire.ID(id), Name: name, Type: kind, Status: out.Status, Visible: true, RootPath: "app", StartedAt: moment(2)}
		if s.Status == wire.StateEnqueued {
			s.Status = wire.StatePending
		}
		return s
	}
	app, function := part("a", "shop-app", "APPLICATION"), part("f", "hello", "APP_FUNCTION")
	if wire.Finished(out.Status) {
		out.FinishedAt, app.FinishedAt, function.FinishedAt = moment(9), moment(8), moment(7)
	}
	if out.Status == wire.StateFailure && !p.is("mute") {
		function.ErrorMessage = "hello.js does not build"
		function.StandardError = &wire.Error{Message: function.ErrorMessage, Errors: []wire.ErrorDetail{{Message: "line 3: unexpected token"}}}
		app.StandardError = &wire.Error{SubCategory: wire.DependentSubbuildFailed}
	}
	out.Subbuilds = []wire.Subbuild{app, function, part("p", wire.ServerlessPackageUID, "SERVERLESS_PACKAGE")}
	if out.Status == wire.StateSuccess && out.AutoDeployEnabled && !b.skip && !p.is("no-deploy") && b.looks < 1<<20 {
		if b.deploy == nil {
			b.deploy = p.newDeploy(b.id)
		}
		out.AutoDeployID = b.deploy.id
		out.DeployTask = &wire.TaskLocator{ID: wire.ID(fmt.Sprint(b.deploy.id))}
	}
	return out
}

func (p *fakeProject) newDeploy(build int64) *fakeDeploy {
	d := &fakeDeploy{id: int64(1000 + len(p.deploys)), build: build}
	p.deploys = append(p.deploys, d)
	return d
}

func (p *fakeProject) deploy(d *fakeDeploy) wire.Deploy {
	out := wire.Deploy{
		DeployID: d.id, BuildID: d.build, PortalID: 123, UserID: 1, ProjectName: p.name, Source: "HUBSPOT",
		Status: stage(d.looks, p.is("deploy-never"), p.is("deploy-fails"), wire.StatePending, wire.StateDeploying),
	}
	for _, s := range [][3]string{{"a", "shop-app", "APPLICATION"}, {"f", "hello", "APP_FUNCTION"}} {
		sub := wire.Subdeploy{ID: wire.ID(s[0]), Name: s[1], Type: s[2], Action: "INSTALL", Status: out.Status, Visible: true}
		if out.Status == wire.StateFailure {
			sub.ErrorMessage = "no room for " + s[1]
		}
		out.Subdeploys = append(out.Subdeploys, sub)
	}
	if out.Status == wire.StateSuccess {
		p.deployed = d.build
		if d.removal {
			p.deployed = 0
		}
	}
	return out
}
