package hubapi

import (
	"context"
	"net/http"

	"github.com/fns-dev/fns/internal/wire"
)

// Projects lists the projects of the account.
func (c *Client) Projects(ctx context.Context) ([]wire.Project, error) {
	var out wire.ProjectList
	err := c.json(ctx, get("list the projects", wire.Projects), &out)
	return out.Results, err
}

// CreateProject makes an empty project.
func (c *Client) CreateProject(ctx context.Context, name string) (*wire.Project, error) {
	var out wire.Project
	return &out, c.send(ctx, "create the project "+name, http.MethodPost, wire.Projects, wire.NewProject{Name: name}, &out)
}

// Project gives a project with its latest and its deployed build; IsNotFound(err)
// if there is none of that name.
func (c *Client) Project(ctx context.Context, name string) (*wire.Project, error) {
	var out wire.Project
	return &out, c.json(ctx, get("look up the project "+name, wire.Path(wire.ProjectByName, name)), &out)
}

// ProjectSettings gives the switches of a project.
func (c *Client) ProjectSettings(ctx context.Context, name string) (*wire.ProjectOptions, error) {
	var out wire.ProjectOptions
	return &out, c.json(ctx, get("look up the settings of the project "+name, wire.Path(wire.ProjectSettings, name)), &out)
}

// DeleteProject deletes a project that has nothing deployed.
func (c *Client) DeleteProject(ctx context.Context, name string) error {
	return c.json(ctx, &call{what: "delete the project " + name, method: http.MethodDelete, path: wire.Path(wire.ProjectDelete, name)}, nil)
}

// StageDeletion takes down what a project has deployed, or with dryRun only
// lists it.
func (c *Client) StageDeletion(ctx context.Context, name string, dryRun bool) (*wire.Deletion, error) {
	k, err := withJSON("take down the project "+name, http.MethodPost, wire.StageDeletion, wire.DeletionRequest{ProjectName: name, DryRun: dryRun})
	if err != nil {
		return nil, err
	}
	k.repeat = dryRun
	var out wire.Deletion
	return &out, c.json(ctx, k, &out)
}

// PlatformVersions lists the platform versions that HubSpot takes now.
func (c *Client) PlatformVersions(ctx context.Context) (*wire.PlatformVersionList, error) {
	var out wire.PlatformVersionList
	return &out, c.json(ctx, get("list the platform versions", wire.PlatformVersions), &out)
}

// Schemas gives the JSON Schemas of the components of a platform version.
func (c *Client) Schemas(ctx context.Context, platformVersion string) (wire.Schemas, error) {
	var out wire.Schemas
	err := c.json(ctx, get("get the schemas of platform version "+platformVersion, wire.Path(wire.ProjectSchemas, platformVersion)), &out)
	return out, err
}

// UploadProject uploads a project of platform version 2025.2 or newer and gives
// the id of the build that this starts. It is not repeated when its answer is
// lost, which would start a second build.
func (c *Client) UploadProject(ctx context.Context, zip Content, platformVersion string, req wire.UploadRequest) (buildID int64, err error) {
	if req.ProfileData.Vars.Variables == nil {
		req.ProfileData.Vars.Variables = map[string]wire.ProfileVariable{}
	}
	text, err := encodeJSON(req)
	if err != nil {
		return 0, err
	}
	zip.Type = "application/zip"
	body, err := multipartPayload(
		part{name: wire.PartZip, file: &zip},
		part{name: wire.PartPlatformVersion, value: platformVersion},
		part{name: wire.PartRequest, value: string(text)},
	)
	if err != nil {
		return 0, err
	}
	k := &call{what: "upload the project " + req.ProjectName, method: http.MethodPost, path: wire.ProjectUpload, body: body, timeout: uploadTimeout}
	var out wire.UploadResult
	err = c.json(ctx, k, &out)
	return out.CreatedBuildID, err
}

// LegacyUpload is what goes with the zip of a legacy project.
type LegacyUpload struct {
	Message         string
	PlatformVersion string // "" where hsproject.json has none
	SkipAutoDeploy  bool
}

// UploadLegacyProject uploads a project of a platform version before 2025.2 and
// gives the id of the build that this starts. It is not repeated when its answer
// is lost.
func (c *Client) UploadLegacyProject(ctx context.Context, name string, zip Content, o LegacyUpload) (buildID int64, err error) {
	zip.Type = "application/zip"
	parts := []part{{name: wire.PartOldZip, file: &zip}, {name: wire.PartOldMessage, value: o.Message}}
	if o.PlatformVersion != "" {
		parts = append(parts, part{name: wire.PartPlatformVersion, value: o.PlatformVersion})
	}
	if o.SkipAutoDeploy {
		parts = append(parts, part{name: wire.PartOldSkip, value: "true"})
	}
	body, err := multipartPayload(parts...)
	if err != nil {
		return 0, err
	}
	k := &call{what: "upload the project " + name, method: http.MethodPost, path: wire.Path(wire.ProjectUploadOld, name), body: body, timeout: uploadTimeout}
	var out wire.LegacyUploadResult
	err = c.json(ctx, k, &out)
	return out.BuildID, err
}

// ProjectArchive gives the zip of a build's sources: one root folder with
// hsproject.json and the source folder in it.
func (c *Client) ProjectArchive(ctx context.Context, name string, buildID int64) ([]byte, error) {
	k := get("download the project "+name, wire.Path(wire.ProjectArchive, name, id(buildID)))
	k.accept, k.jsonType, k.timeout = "application/zip", true, uploadTimeout
	ans, err := c.do(ctx, k)
	if err != nil {
		return nil, err
	}
	return ans.body, nil
}

// DeployedComponents gives what a legacy project has deployed.
func (c *Client) DeployedComponents(ctx context.Context, projectID int64) ([]wire.DeployedComponent, error) {
	var out wire.DeployedBuild
	err := c.json(ctx, get("look up what is deployed", wire.Path(wire.DeployedComponents, id(projectID))), &out)
	return out.Components, err
}
