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

	"github.com/fns-dev/fns/internal/wire"
)

// parts reads a multipart body: names, and contents by name.
func parts(r *http.Request) (names []string, contents map[string][]byte, err error) {
	contents = map[string][]byte{}
	reader, err := r.MultipartReader()
	for err == nil {
		part, next := reader.NextPart()
		if next == io.EOF {
			return names, contents, nil
		}
		if err = next; err == nil {
			names = append(names, part.FormName())
			contents[part.FormName()], err = io.ReadAll(part)
		}
	}
	return nil, nil, err
}

func (h *fakeHub) upload(w http.ResponseWriter, r *http.Request, _ string) {
	names, contents, err := parts(r)
	var req wire.UploadRequest
	if err != nil || !slices.Equal(names, []string{wire.PartZip, wire.PartPlatformVersion, wire.PartRequest}) || json.Unmarshal(contents[wire.PartRequest], &req) != nil {
		refuse(w, 400, wire.CategoryValidation, fmt.Sprintf("bad upload: %v %v", names, err))
		return
	}
	p := h.projects[req.ProjectName]
	if p == nil {
		refuse(w, 404, wire.CategoryNotFound, "no such project")
		return
	}
	if b := p.take(w, contents[wire.PartZip], string(contents[wire.PartPlatformVersion]), req.BuildMessage, req.SkipAutoDeploy); b != nil {
		_ = json.NewEncoder(w).Encode(wire.UploadResult{CreatedBuildID: b.id})
	}
}

func (h *fakeHub) uploadOld(w http.ResponseWriter, r *http.Request, p *fakeProject) {
	_, contents, err := parts(r)
	if err != nil {
		refuse(w, 400, wire.CategoryValidation, "bad upload")
		return
	}
	if b := p.take(w, contents[wire.PartOldZip], string(contents[wire.PartPlatformVersion]), string(contents[wire.PartOldMessage]), string(contents[wire.PartOldSkip]) == "true"); b != nil {
		_ = json.NewEncoder(w).Encode(wire.LegacyUploadResult{BuildID: b.id})
	}
}

// take begins a build, or refuses.
func (p *fakeProject) take(w http.ResponseWriter, data []byte, version, message string, skip bool) *fakeBuild {
	if p.is("locked") {
		w.WriteHeader(400)
		_ = json.NewEncoder(w).Encode(wire.Error{Status: "error", Category: wire.CategoryValidation, SubCategory: wire.ProjectLocked, Message: "locked"})
		return nil
	}
	if _, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err != nil {
		refuse(w, 400, wire.CategoryValidation, "no zip")
		return nil
	}
	b := &fakeBuild{id: int64(len(p.builds) + 1), message: message, version: version, zip: data, skip: skip, failed: p.is("build-fails")}
	p.builds = append(p.builds, b)
	return b
}

// listBuilds gives pages; a cursor is the number of the last build.
func (h *fakeHub) listBuilds(w http.ResponseWriter, r *http.Request, p *fakeProject) {
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil {
		limit = 10
	}
	page := wire.BuildPage{Results: []wire.Build{}}
	for i := len(p.builds) - 1; i >= 0; i-- {
		b := p.builds[i]
		if after, err := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64); err == nil && b.id >= after {
			continue
		}
		if len(page.Results) == limit {
			page.Paging = &wire.Paging{Next: &wire.PageAfter{After: fmt.Sprint(p.builds[i+1].id)}}
			break
		}
		page.Results = append(page.Results, p.build(b))
	}
	_ = json.NewEncoder(w).Encode(page)
}

func (h *fakeHub) queueDeploy(w http.ResponseWriter, r *http.Request, _ string) {
	var req wire.DeployRequest
	if !body(w, r, &req) {
		return
	}
	p := h.projects[req.ProjectName]
	switch {
	case p == nil:
		refuse(w, 404, wire.CategoryNotFound, "no such project")
	case p.is("blocked") || p.is("warned") && !req.IgnoreWarnings:
		_ = json.NewEncoder(w).Encode(wire.DeployQueued{Result: wire.DeployIsBlocked, Issues: []wire.DeployIssue{{
			UID: "old", ComponentType: "APP_FUNCTION", Errors: []string{}, Blocking: []wire.BlockingMessage{{Message: "it would be removed", Warning: !p.is("blocked")}},
		}}})
	default:
		_ = json.NewEncoder(w).Encode(wire.DeployQueued{ID: wire.ID(fmt.Sprint(p.newDeploy(req.TargetBuildID).id)), Result: wire.DeployIsQueued})
	}
}

func (h *fakeHub) queueOldDeploy(w http.ResponseWriter, r *http.Request, _ string) {
	var req wire.LegacyDeployRequest
	if !body(w, r, &req) {
		return
	}
	p := h.projects[req.ProjectName]
	switch {
	case p == nil:
		refuse(w, 404, wire.CategoryNotFound, "no such project")
	case p.is("warned") && !req.SkipRemovalWarning:
		w.WriteHeader(400)
		_ = json.NewEncoder(w).Encode(wire.Error{Status: "error", Category: wire.CategoryValidation, Message: "would remove", Errors: []wire.ErrorDetail{
			{Message: "removal", SubCategory: wire.DeployContainsRemovals, Context: wire.Context{wire.ContextComponent: {"old"}}},
		}})
	default:
		_ = json.NewEncoder(w).Encode(wire.DeployQueued{ID: wire.ID(fmt.Sprint(p.newDeploy(req.BuildID).id))})
	}
}

// takeDown is a deploy that removes all.
func (h *fakeHub) takeDown(w http.ResponseWriter, r *http.Request, _ string) {
	var req wire.DeletionRequest
	if !body(w, r, &req) {
		return
	}
	p := h.projects[req.ProjectName]
	if p == nil {
		refuse(w, 404, wire.CategoryNotFound, "no such project")
		return
	}
	out := wire.Deletion{Components: []wire.DeletedComponent{}, Deployed: p.deployed > 0}
	if p.deployed > 0 {
		out.Components = append(out.Components, wire.DeletedComponent{Type: "APP_FUNCTION", ID: "hello"}, wire.DeletedComponent{Type: wire.ServerlessPackageType, ID: "package"})
	}
	if !req.DryRun && p.deployed > 0 {
		d := p.newDeploy(p.deployed)
		d.removal = true
		out.DeployID = wire.ID(fmt.Sprint(d.id))
	}
	_ = json.NewEncoder(w).Encode(out)
}
