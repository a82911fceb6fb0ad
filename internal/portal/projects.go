package portal

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/archive"
	"github.com/fns-dev/fns/internal/lifecycle"
	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/wire"
)

func (p *Portal) projectRoutes() {
	p.closed("GET", wire.Projects, (*call).listProjects)
	p.closed("POST", wire.Projects, (*call).createProject)
	p.closed("GET", wire.ProjectByName, (*call).projectByName)
	p.closed("GET", wire.ProjectSettings, (*call).projectSettings)
	p.closed("PATCH", wire.ProjectSettings, (*call).changeSettings)
	p.closed("PUT", wire.ProjectSettings, (*call).changeSettings)
	p.closed("DELETE", wire.ProjectDelete, (*call).deleteProject)
	p.closed("GET", wire.PlatformVersions, func(*call) (any, error) {
		return wire.PlatformVersionList{Default: lifecycle.Current, Active: lifecycle.Platforms()}, nil
	})
	p.closed("GET", wire.ProjectSchemas, func(*call) (any, error) { return schemas(), nil })
	p.closed("GET", wire.ProjectArchive, (*call).projectArchive)
	p.closed("GET", wire.DeployedComponents, (*call).deployedComponents)
	p.closed("POST", wire.StageDeletion, (*call).stageDeletion)
}

// project gives the project that the path names.
func (c *call) project() (store.Project, error) { return c.named(c.path("name")) }

func (c *call) named(name string) (store.Project, error) {
	pr, err := c.store.Project(c.ctx(), name)
	if errors.Is(err, store.ErrNotFound) {
		return pr, missing("there is no project %q", name)
	}
	return pr, err
}

// record is a project as HubSpot describes it.
func (p *Portal) record(ctx context.Context, pr store.Project) (wire.Project, error) {
	out := wire.Project{
		ID: pr.ID, Name: pr.Name, PortalID: AccountID, CreatedAt: wire.Time{Time: pr.Created}, UpdatedAt: wire.Time{Time: pr.Updated}, DeployedBuildID: pr.Deployed,
	}
	builds, err := p.store.Builds(ctx, pr.ID, 0, 2)
	if err != nil {
		return out, err
	}
	for _, b := range builds {
		if !b.Request.Staged || wire.Finished(b.State.Status) {
			out.LatestBuild = &b.State
			break
		}
	}
	if pr.Deployed != 0 {
		b, err := p.store.Build(ctx, pr.ID, pr.Deployed)
		if err != nil {
			return out, err
		}
		out.DeployedBuild = &b.State
	}
	return out, nil
}

func (c *call) listProjects() (any, error) {
	list, err := c.store.Projects(c.ctx())
	if err != nil {
		return nil, err
	}
	out := wire.ProjectList{Results: []wire.Project{}}
	for _, pr := range list {
		r, err := c.record(c.ctx(), pr)
		if err != nil {
			return nil, err
		}
		out.Results = append(out.Results, r)
	}
	return out, nil
}

// maxName bounds the names of projects, in bytes.
const maxName = 200

func checkName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return invalid("a project needs a name")
	case len(name) > maxName || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f || r == 0xfffd || r == '/' || r == '\\' }):
		return invalid("%q can't be the name of a project", name)
	}
	return nil
}

func (c *call) createProject() (any, error) {
	var req wire.NewProject
	if err := c.json(&req); err != nil {
		return nil, err
	}
	if err := checkName(req.Name); err != nil {
		return nil, err
	}
	pr, err := c.store.CreateProject(c.ctx(), req.Name)
	if errors.Is(err, store.ErrExists) {
		return nil, fail(http.StatusConflict, "CONFLICT", "there is a project %q already", req.Name)
	}
	if err != nil {
		return nil, err
	}
	return c.record(c.ctx(), pr)
}

func (c *call) projectByName() (any, error) {
	pr, err := c.project()
	if err != nil {
		return nil, err
	}
	return c.record(c.ctx(), pr)
}

func (c *call) projectSettings() (any, error) {
	pr, err := c.project()
	return wire.ProjectOptions{AutoDeploy: pr.AutoDeploy}, err
}

func (c *call) changeSettings() (any, error) {
	pr, err := c.project()
	if err != nil {
		return nil, err
	}
	body := wire.ProjectOptions{AutoDeploy: pr.AutoDeploy}
	if err := c.json(&body); err != nil {
		return nil, err
	}
	return body, c.store.SetAutoDeploy(c.ctx(), pr.Name, body.AutoDeploy)
}

func (c *call) deleteProject() (any, error) {
	pr, err := c.project()
	if err != nil {
		return nil, err
	}
	if pr.Deployed != 0 {
		return nil, invalid("the project %q is deployed; what it has deployed must be taken down before", pr.Name)
	}
	return nil, c.store.DeleteProject(c.ctx(), pr.Name)
}

// srcDir is the source folder of the archives that the portal gives out.
const srcDir = "src"

// hsproject is the hsproject.json of a build.
func hsproject(name, version string) ([]byte, error) {
	return json.MarshalIndent(struct {
		Name            string `json:"name"`
		SrcDir          string `json:"srcDir"`
		PlatformVersion string `json:"platformVersion,omitempty"`
	}{name, srcDir, version}, "", "  ")
}

// sources gives the files of a build as a project on disk has them.
func (p *Portal) sources(ctx context.Context, pr store.Project, b *store.Build) ([]archive.File, error) {
	zip, err := p.store.Archive(ctx, pr.ID, b.State.BuildID)
	if err != nil {
		return nil, err
	}
	files, err := readZip(zip)
	if err != nil {
		return nil, err
	}
	head, err := hsproject(pr.Name, b.State.PlatformVersion)
	if err != nil {
		return nil, err
	}
	out := []archive.File{{Name: "hsproject.json", Data: head}, {Name: srcDir + "/"}}
	for _, f := range files {
		out = append(out, archive.File{Name: srcDir + "/" + f.Name, Data: f.Data})
	}
	return out, nil
}

func (c *call) projectArchive() (any, error) {
	pr, err := c.project()
	if err != nil {
		return nil, err
	}
	b, err := c.build(pr)
	if err != nil {
		return nil, err
	}
	files, err := c.sources(c.ctx(), pr, &b)
	if err != nil {
		return nil, err
	}
	root := rootName(pr.Name)
	for i := range files {
		files[i].Name = root + files[i].Name
	}
	files = append(files, archive.File{Name: root})
	zip, err := zipped(files)
	return raw{contentType: "application/zip", data: zip}, err
}

// rootName makes a folder of a project's name that can stand in any archive.
func rootName(name string) string {
	if archive.Check(name) != nil || strings.Contains(name, "/") {
		return "project/"
	}
	return name + "/"
}

// deployedComponents tells what a project of the older kind has deployed.
func (c *call) deployedComponents() (any, error) {
	id, err := c.id("projectId")
	if err != nil {
		return nil, err
	}
	pr, err := c.store.ProjectByID(c.ctx(), id)
	if errors.Is(err, store.ErrNotFound) || err == nil && pr.Deployed == 0 {
		return nil, missing("project %d has nothing deployed", id)
	}
	if err != nil {
		return nil, err
	}
	b, err := c.store.Build(c.ctx(), pr.ID, pr.Deployed)
	if err != nil {
		return nil, err
	}
	apps, err := c.store.Apps(c.ctx(), pr.ID)
	if err != nil {
		return nil, err
	}
	routes, err := c.store.Routes(c.ctx())
	if err != nil {
		return nil, err
	}
	names := map[string]wire.Subbuild{}
	for _, s := range b.State.Subbuilds {
		names[string(s.ID)] = s
	}
	out := wire.DeployedBuild{Components: []wire.DeployedComponent{}}
	for _, id := range sortedKeys(b.Request.Structure) {
		top := wire.DeployedComponent{Name: names[id].Name}
		top.Type.Name = names[id].Type
		var appID int64
		for _, a := range apps {
			if a.UID == names[id].Name || len(apps) == 1 {
				appID = a.ID
			}
		}
		top.Output.AppID = appID
		for _, child := range b.Request.Structure[id] {
			s := names[child]
			f := wire.DeployedComponent{Name: s.Name}
			f.Type.Name = s.Type
			f.Output = wire.DeployOutput{AppID: appID, FunctionName: s.Name}
			for _, r := range routes {
				if r.Kind == store.RouteOfProject && r.Owner == pr.Name && r.Info.RawAssetPath == s.Name {
					f.Output.Endpoint = &struct {
						Path    string   `json:"path"`
						Methods []string `json:"methods,omitempty"`
					}{r.Path, r.Methods}
				}
			}
			top.Features = append(top.Features, f)
		}
		out.Components = append(out.Components, top)
	}
	return out, nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// stageDeletion takes down what a project has deployed, as a deploy of nothing.
func (c *call) stageDeletion() (any, error) {
	var req wire.DeletionRequest
	if err := c.json(&req); err != nil {
		return nil, err
	}
	pr, err := c.named(req.ProjectName)
	if err != nil {
		return nil, err
	}
	out := wire.Deletion{Components: []wire.DeletedComponent{}, Deployed: pr.Deployed != 0}
	if pr.Deployed == 0 {
		return out, nil
	}
	b, err := c.store.Build(c.ctx(), pr.ID, pr.Deployed)
	if err != nil {
		return nil, err
	}
	for _, s := range b.State.Subbuilds {
		out.Components = append(out.Components, wire.DeletedComponent{Type: s.Type, ID: wire.ID(s.Name)})
	}
	if req.DryRun {
		return out, nil
	}
	d, err := c.removal(c.ctx(), pr, &b)
	out.DeployID = wire.ID(d)
	return out, err
}
