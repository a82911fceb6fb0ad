package wire

import "encoding/json"

// The paths of projects.
const (
	Projects           = "/developer/projects/v1"                                    // GET → ProjectList; POST NewProject → Project
	ProjectByName      = "/developer/projects/v1/by-name/{name}"                     // GET → Project
	ProjectSettings    = "/developer/projects/v1/{name}/settings"                    // GET → ProjectOptions
	ProjectDelete      = "/developer/projects/v1/{name}"                             // DELETE
	PlatformVersions   = "/developer/projects/v1/platformVersion"                    // GET → PlatformVersionList
	ProjectUpload      = "/project-components-external/v3/upload/new-api"            // POST multipart → UploadResult
	ProjectUploadOld   = "/dfs/v1/projects/upload/{name}"                            // POST multipart → LegacyUploadResult
	ProjectArchive     = "/dfs/v1/projects/{name}/builds/{id}/archive-full"          // GET → zip
	DeployedComponents = "/dfs/v1/projects-deployed-build/{projectId}"               // GET → DeployedBuild
	StageDeletion      = "/dfs/deploy/v3/deploys/delete"                             // POST DeletionRequest → Deletion
	ProjectSchemas     = "/project-components-external/project-schemas/v3/{version}" // GET → Schemas
)

// The pages of projects on the website, for wire.Path.
const (
	PageOfProject  = "/developer-projects/{accountId}/project/{name}"
	PageOfActivity = PageOfProject + "/activity"
	PageOfBuild    = PageOfActivity + "/build/{id}"
	PageOfDeploy   = PageOfActivity + "/deploy/{id}"
)

// The parts of a ProjectUpload, in their order.
const (
	PartZip             = "projectFilesZip"
	PartPlatformVersion = "platformVersion"
	PartRequest         = "uploadRequest" // UploadRequest as JSON
)

// The parts of a ProjectUploadOld, in their order.
const (
	PartOldZip     = "file"
	PartOldMessage = "uploadMessage"
	PartOldSkip    = "skipAutoDeploy" // behind PartPlatformVersion, only "true"
)

// Schemas are JSON Schemas (draft 2020-12) for the config of components, by
// type in upper case.
type Schemas map[string]json.RawMessage

// ProjectList is the projects of an account.
type ProjectList struct {
	Results []Project `json:"results"`
}

// NewProject asks for a project.
type NewProject struct {
	Name string `json:"name"`
}

// Project is a project on the server.
type Project struct {
	ID                int64              `json:"id"`
	Name              string             `json:"name"`
	PortalID          int64              `json:"portalId"`
	CreatedAt         Time               `json:"createdAt"`
	UpdatedAt         Time               `json:"updatedAt"`
	DeletedAt         Time               `json:"deletedAt"`
	IsLocked          bool               `json:"isLocked"`
	LatestBuild       *Build             `json:"latestBuild,omitempty"`
	DeployedBuild     *Build             `json:"deployedBuild,omitempty"`
	DeployedBuildID   int64              `json:"deployedBuildId,omitempty"`
	SourceIntegration *SourceIntegration `json:"sourceIntegration,omitempty"`
}

// SourceIntegration is the repository that a project is built from.
type SourceIntegration struct {
	Source         string `json:"source"`
	Owner          string `json:"owner"`
	RepositoryName string `json:"repositoryName"`
	Branch         string `json:"branch"`
}

// ProjectOptions are the switches of a project.
type ProjectOptions struct {
	AutoDeploy bool `json:"isAutoDeployEnabled"`
}

// PlatformVersionList is what the server takes now.
type PlatformVersionList struct {
	Default string   `json:"defaultPlatformVersion"`
	Active  []string `json:"activePlatformVersions"`
}

// DeletionRequest asks to take down what a project has deployed.
type DeletionRequest struct {
	ProjectName string `json:"projectName"`
	DryRun      bool   `json:"dryRun"`
}

// Deletion answers a DeletionRequest.
type Deletion struct {
	DeployID   ID                 `json:"deployId,omitempty"`
	Components []DeletedComponent `json:"componentsToRemove"`
	Deployed   bool               `json:"hasDeployedComponents"`
}

// DeletedComponent is one of what goes.
type DeletedComponent struct {
	Type string `json:"componentType"`
	ID   ID     `json:"componentId"`
}

// UploadRequest is the JSON beside the zip of an upload.
type UploadRequest struct {
	Nodes          json.RawMessage `json:"intermediateNodesIndexedByUid"` // an object of Node by uid, in the order of hs
	ProfileData    ProfileData     `json:"profileData"`
	ProjectName    string          `json:"projectName"`
	BuildMessage   string          `json:"buildMessage"`
	SkipAutoDeploy bool            `json:"skipAutoDeploy"`
}

// Node is one component in the intermediate representation.
type Node struct {
	UID           string          `json:"uid"`
	Config        json.RawMessage `json:"config"`
	ComponentType string          `json:"componentType"`
	ComponentDeps json.RawMessage `json:"componentDeps"`
	MetaFilePath  string          `json:"metaFilePath"`
	Files         struct{}        `json:"files"`
	Permissions   json.RawMessage `json:"permissions,omitempty"`
}

// The uid and the type of the node for the package.json of functions.
const (
	ServerlessPackageUID  = "hubspot-serverless-package-uid"
	ServerlessPackageType = "SERVERLESS_PACKAGE"
)

// ProfileData is what a profile gave to an upload.
type ProfileData struct {
	Vars ProfileVars `json:"vars"`
}

// ProfileVars holds the variables by name; the map is never null.
type ProfileVars struct {
	Variables map[string]ProfileVariable `json:"profileVariables"`
}

// ProfileVariable is one variable.
type ProfileVariable struct {
	Type  string          `json:"variableType"`
	Value json.RawMessage `json:"value"`
}

// The values of ProfileVariable.Type.
const (
	ProfileString  = "PROFILE_STRING"
	ProfileBoolean = "PROFILE_BOOLEAN"
	ProfileInt     = "PROFILE_INT"  // of signed 32 bits
	ProfileLong    = "PROFILE_LONG" // any other number
)

// UploadResult answers a ProjectUpload.
type UploadResult struct {
	CreatedBuildID int64 `json:"createdBuildId"`
}

// LegacyUploadResult answers a ProjectUploadOld.
type LegacyUploadResult struct {
	BuildID int64 `json:"buildId"`
}

// DeployedBuild is what a legacy project has deployed.
type DeployedBuild struct {
	Components []DeployedComponent `json:"topLevelComponentMetadata"`
}

// DeployedComponent is a component with those below it.
type DeployedComponent struct {
	Type struct {
		Name string `json:"name"`
	} `json:"type"`
	Name     string              `json:"componentName"`
	Output   DeployOutput        `json:"deployOutput"`
	Features []DeployedComponent `json:"featureComponents,omitempty"`
}

// DeployOutput is what deploying a component made.
type DeployOutput struct {
	AppID        int64  `json:"appId,omitempty"`
	FunctionName string `json:"appFunctionName,omitempty"`
	Endpoint     *struct {
		Path    string   `json:"path"`
		Methods []string `json:"methods,omitempty"`
	} `json:"endpoint,omitempty"`
}
