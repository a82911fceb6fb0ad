package portal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/archive"
	"github.com/fns-dev/fns/internal/lifecycle"
	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/wire"
)

// readZip unpacks an archive that a client sent; its faults are the client's.
func readZip(data []byte) ([]archive.File, error) {
	files, err := archive.Read(data, archive.DefaultBounds())
	if err != nil {
		return nil, invalid("the project's archive: %v", err)
	}
	return files, nil
}

func zipped(files []archive.File) ([]byte, error) {
	var b bytes.Buffer
	err := archive.Write(&b, files)
	return b.Bytes(), err
}

// upload takes a project of platform version 2025.2 or newer.
func (c *call) upload() (any, error) {
	parts, err := c.parts(maxArchive)
	if err != nil {
		return nil, err
	}
	zip, ok := parts[wire.PartZip]
	if !ok {
		return nil, invalid("the body has no part %q", wire.PartZip)
	}
	var req store.BuildRequest
	if err := json.Unmarshal(parts[wire.PartRequest].data, &req.Upload); err != nil {
		return nil, invalid("the part %q is not the JSON that is expected: %v", wire.PartRequest, err)
	}
	version := string(parts[wire.PartPlatformVersion].data)
	if err := checkVersion(version); err != nil {
		return nil, err
	}
	id, err := c.newBuild(req.Upload.ProjectName, version, zip.data, req)
	if err != nil {
		return nil, err
	}
	return wire.UploadResult{CreatedBuildID: id}, nil
}

// uploadLegacy takes a project of an older platform version.
func (c *call) uploadLegacy() (any, error) {
	parts, err := c.parts(maxArchive)
	if err != nil {
		return nil, err
	}
	zip, ok := parts[wire.PartOldZip]
	if !ok {
		return nil, invalid("the body has no part %q", wire.PartOldZip)
	}
	req := store.BuildRequest{Legacy: true}
	req.Upload.BuildMessage = string(parts[wire.PartOldMessage].data)
	req.Upload.SkipAutoDeploy = string(parts[wire.PartOldSkip].data) == "true"
	version := string(parts[wire.PartPlatformVersion].data)
	if version != "" {
		if err := checkVersion(version); err != nil {
			return nil, err
		}
	}
	id, err := c.newBuild(c.path("name"), version, zip.data, req)
	if err != nil {
		return nil, err
	}
	return wire.LegacyUploadResult{BuildID: id}, nil
}

func checkVersion(version string) error {
	if version == "" {
		return invalid("the platform version is not specified").with(wire.PlatformVersionMissing)
	}
	if !slices.Contains(lifecycle.Platforms(), version) {
		f := invalid("the platform version %s does not exist", version).with(wire.PlatformVersionUnknown)
		f.body.Context = wire.Context{wire.ContextPlatformVersion: {version}}
		return f
	}
	return nil
}

// newBuild stores what was uploaded and starts the build.
func (c *call) newBuild(name, version string, zip []byte, req store.BuildRequest) (int64, error) {
	pr, err := c.named(name)
	if err != nil {
		return 0, err
	}
	files, err := readZip(zip)
	if err != nil {
		return 0, err
	}
	parts, structure, err := components(files, req)
	if err != nil {
		return 0, err
	}
	if pr.Staged != 0 {
		return 0, invalid("the project %q has a build in progress", pr.Name).with(wire.ProjectLocked)
	}
	req.Structure = structure
	// Written anew: what is stored is ours, whatever wrote the one that came.
	if zip, err = zipped(files); err != nil {
		return 0, err
	}
	b, err := c.store.AddBuild(c.ctx(), pr.ID, zip, func(int64) store.Build {
		return store.Build{Request: req, State: c.pending(pr, version, req, parts)}
	})
	if err != nil {
		return 0, err
	}
	c.startBuild(pr, b)
	return b.State.BuildID, nil
}

func (p *Portal) pending(pr store.Project, version string, req store.BuildRequest, parts []wire.Subbuild) wire.Build {
	return wire.Build{
		Status: wire.StatePending, CreatedAt: wire.Time{Time: p.opts.Now()}, AutoDeployEnabled: pr.AutoDeploy, DeployableState: "DEPLOYABLE",
		PlatformVersion: version, ProjectName: pr.Name, UploadMessage: req.Upload.BuildMessage, PortalID: AccountID,
		ActivitySource: &wire.ActivitySource{Type: "HUBSPOT_USER", UserID: UserID}, Subbuilds: parts,
	}
}

// The types of components that the portal looks into.
const (
	typeApp         = "APPLICATION"
	typePrivateApp  = "PRIVATE_APP"
	typePublicApp   = "PUBLIC_APP"
	typeAppFunction = "APP_FUNCTION"
	typeNothing     = "NO_SUBBUILDS"
)

// components gives the sub-builds of an upload, and which belong to which.
func components(files []archive.File, req store.BuildRequest) ([]wire.Subbuild, map[string][]string, error) {
	var parts []wire.Subbuild
	add := func(name, kind, root string) string {
		id := fmt.Sprintf("%d", len(parts)+1)
		parts = append(parts, wire.Subbuild{ID: wire.ID(id), Name: name, Type: kind, Status: wire.StatePending, Visible: true, RootPath: root})
		return id
	}
	structure := map[string][]string{}
	if req.Legacy {
		if err := legacyComponents(files, add, structure); err != nil {
			return nil, nil, err
		}
	} else if err := nodeComponents(files, req.Upload.Nodes, add, structure); err != nil {
		return nil, nil, err
	}
	if len(parts) == 0 {
		structure[add("project", typeNothing, "")] = []string{}
	}
	return parts, structure, nil
}

// nodes reads the intermediate representation.
func nodes(data json.RawMessage) (map[string]wire.Node, error) {
	if len(data) == 0 {
		return nil, nil
	}
	var all map[string]wire.Node
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, invalid("intermediateNodesIndexedByUid is not an object of components: %v", err)
	}
	return all, nil
}

// nodeComponents takes the components from the intermediate representation, which
// must fit the files.
func nodeComponents(files []archive.File, data json.RawMessage, add func(name, kind, root string) string, structure map[string][]string) error {
	all, err := nodes(data)
	if err != nil {
		return err
	}
	names := map[string]bool{}
	for _, f := range files {
		names[f.Name] = true
	}
	f := invalid("the components do not fit the files")
	apps := map[string]string{} // ids by uid
	for _, uid := range sortedKeys(all) {
		n := all[uid]
		wrong := ""
		switch {
		case n.UID != uid:
			wrong = fmt.Sprintf("the component under %q has the uid %q", uid, n.UID)
		case n.ComponentType == "":
			wrong = fmt.Sprintf("the component %s has no componentType", uid)
		case !names[n.MetaFilePath]:
			wrong = fmt.Sprintf("the component %s is declared in %s, which is not in the archive", uid, n.MetaFilePath)
		}
		if wrong != "" {
			f.body.Errors = append(f.body.Errors, wire.ErrorDetail{Message: wrong})
		}
		if n.ComponentType == typeApp {
			id := add(uid, n.ComponentType, path.Dir(n.MetaFilePath))
			apps[uid], structure[id] = id, []string{}
		}
	}
	if len(f.body.Errors) > 0 {
		return f
	}
	for _, uid := range sortedKeys(all) {
		n := all[uid]
		if n.ComponentType == typeApp {
			continue
		}
		id := add(uid, n.ComponentType, path.Dir(n.MetaFilePath))
		var deps struct {
			App string `json:"app"`
		}
		_ = json.Unmarshal(n.ComponentDeps, &deps) // other dependencies may have any form
		if app, ok := apps[deps.App]; ok {
			structure[app] = append(structure[app], id)
		} else {
			structure[id] = []string{}
		}
	}
	return nil
}

// legacyComponents takes the components from app.json and serverless.json.
func legacyComponents(files []archive.File, add func(name, kind, root string) string, structure map[string][]string) error {
	app := ""
	for _, f := range files {
		base := path.Base(f.Name)
		if base != "app.json" && base != "public-app.json" {
			continue
		}
		var info struct {
			Name string `json:"name"`
			UID  string `json:"uid"`
		}
		if err := json.Unmarshal(f.Data, &info); err != nil {
			return invalid("%s is not the JSON that is expected: %v", f.Name, err)
		}
		kind := typePrivateApp
		if base == "public-app.json" {
			kind = typePublicApp
		}
		name := info.UID
		if name == "" {
			name = info.Name
		}
		app = add(name, kind, path.Dir(f.Name))
		structure[app] = []string{}
	}
	for _, f := range files {
		if path.Base(f.Name) != manifest || !strings.HasSuffix(path.Dir(f.Name), ".functions") {
			continue
		}
		var m struct {
			AppFunctions map[string]json.RawMessage `json:"appFunctions"`
		}
		if err := json.Unmarshal(f.Data, &m); err != nil {
			return invalid("%s is not the JSON that is expected: %v", f.Name, err)
		}
		for _, name := range sortedKeys(m.AppFunctions) {
			id := add(name, typeAppFunction, path.Dir(f.Name))
			if app != "" {
				structure[app] = append(structure[app], id)
			} else {
				structure[id] = []string{}
			}
		}
	}
	return nil
}

func (p *Portal) stagedRoutes() {
	p.closed("POST", wire.StagedProvision, (*call).provision)
	p.closed("PUT", wire.StagedFile, (*call).stageFile)
	p.closed("DELETE", wire.StagedFile, (*call).stageFile)
	p.closed("POST", wire.StagedQueue, (*call).queueStaged)
	p.closed("POST", wire.StagedCancel, (*call).cancelStaged)
}

// provision begins a build that files are collected for, with those of the last.
func (c *call) provision() (any, error) {
	pr, err := c.project()
	if err != nil {
		return nil, err
	}
	var zip []byte
	if pr.Staged != 0 {
		return nil, invalid("the project %q has a build in progress", pr.Name).with(wire.ProjectLocked)
	}
	if pr.LastBuild != 0 {
		if zip, err = c.store.Archive(c.ctx(), pr.ID, pr.LastBuild); err != nil {
			return nil, err
		}
	} else if zip, err = zipped(nil); err != nil {
		return nil, err
	}
	req := store.BuildRequest{Legacy: true, Staged: true, Structure: map[string][]string{}}
	b, err := c.store.AddBuild(c.ctx(), pr.ID, zip, func(int64) store.Build {
		return store.Build{Request: req, State: c.pending(pr, c.param(wire.ParamPlatform), req, []wire.Subbuild{})}
	})
	if err != nil {
		return nil, err
	}
	return wire.LegacyUploadResult{BuildID: b.State.BuildID}, c.store.SetStaged(c.ctx(), pr.ID, b.State.BuildID)
}

// staged gives the project and the build that files are collected for.
func (c *call) staged() (store.Project, store.Build, error) {
	pr, err := c.project()
	if err != nil {
		return pr, store.Build{}, err
	}
	if pr.Staged == 0 {
		return pr, store.Build{}, invalid("the project %q has no build that takes files", pr.Name).with(wire.MissingProjectProvision)
	}
	b, err := c.store.Build(c.ctx(), pr.ID, pr.Staged)
	return pr, b, err
}

func (c *call) stageFile() (any, error) {
	pr, b, err := c.staged()
	if err != nil {
		return nil, err
	}
	name := c.path("path")
	if err := archive.Check(name); err != nil {
		return nil, invalid("%v", err)
	}
	zip, err := c.store.Archive(c.ctx(), pr.ID, b.State.BuildID)
	if err != nil {
		return nil, err
	}
	files, err := readZip(zip)
	if err != nil {
		return nil, err
	}
	files = slices.DeleteFunc(files, func(f archive.File) bool {
		return f.Name == name || c.req.Method == http.MethodDelete && strings.HasPrefix(f.Name, name+"/")
	})
	if c.req.Method == http.MethodPut {
		parts, err := c.parts(maxFile)
		if err != nil {
			return nil, err
		}
		file, ok := parts[wire.FilePart]
		if !ok {
			return nil, invalid("the body has no part %q", wire.FilePart)
		}
		files = append(files, archive.File{Name: name, Data: file.data})
	}
	if zip, err = zipped(files); err != nil {
		return nil, err
	}
	return nil, c.store.SetArchive(c.ctx(), pr.ID, b.State.BuildID, zip)
}

func (c *call) queueStaged() (any, error) {
	pr, b, err := c.staged()
	if err != nil {
		return nil, err
	}
	zip, err := c.store.Archive(c.ctx(), pr.ID, b.State.BuildID)
	if err != nil {
		return nil, err
	}
	files, err := readZip(zip)
	if err != nil {
		return nil, err
	}
	if version := c.param(wire.ParamPlatform); version != "" {
		b.State.PlatformVersion = version
	}
	if b.State.Subbuilds, b.Request.Structure, err = components(files, b.Request); err != nil {
		return nil, err
	}
	b.Request.Staged = false
	if err := errors.Join(c.store.SaveBuild(c.ctx(), b), c.store.SetStaged(c.ctx(), pr.ID, 0)); err != nil {
		return nil, err
	}
	c.startBuild(pr, b)
	return wire.LegacyUploadResult{BuildID: b.State.BuildID}, nil
}

func (c *call) cancelStaged() (any, error) {
	pr, b, err := c.staged()
	if err != nil {
		var f *fault
		if errors.As(err, &f) && f.body.SubCategory == wire.MissingProjectProvision {
			f.body.SubCategory = wire.BuildNotInProgress
		}
		return nil, err
	}
	b.State.Status = wire.StateFailure
	b.State.FinishedAt = wire.Time{Time: c.opts.Now()}
	return nil, errors.Join(c.store.SaveBuild(c.ctx(), b), c.store.SetStaged(c.ctx(), pr.ID, 0))
}
