package wire

import "encoding/json"

// The paths of builds and deploys.
const (
	Builds          = "/dfs/v1/projects/{name}/builds"                                       // GET ?limit&after → BuildPage
	BuildStatus     = "/dfs/v1/projects/{name}/builds/{id}/status"                           // GET → Build
	BuildStructure  = "/dfs/v1/builds/by-project-name/{name}/builds/{id}/structure"          // GET → Structure
	BuildLog        = "/dfs/logging/v1/logs/projects/{name}/builds/{id}"                     // GET → StepLogs
	BuildWarnings   = "/dfs/logging/v1/logs/projects/{name}/builds/{id}/combined/warn"       // GET → StepLog
	DeployQueue     = "/dfs/deploy/v3/deploys/queue/async"                                   // POST DeployRequest → DeployQueued
	DeployQueueOld  = "/dfs/deploy/v1/deploys/queue/async"                                   // POST LegacyDeployRequest → DeployQueued
	DeployStatus    = "/dfs/deploy/v1/deploy-status/projects/{name}/deploys/{id}"            // GET → Deploy
	DeployStructure = "/dfs/deploy/v1/deploys/by-project-name/{name}/deploys/{id}/structure" // GET → Structure
	DeployWarnings  = "/dfs/logging/v1/logs/projects/{name}/deploys/{id}/combined/warn"      // GET → StepLog
)

// The states of builds, deploys and their parts.
const (
	StatePending   = "PENDING"
	StateEnqueued  = "ENQUEUED"
	StatePreparing = "PREPARING"
	StateBuilding  = "BUILDING"
	StateDeploying = "DEPLOYING"
	StateSuccess   = "SUCCESS"
	StateFailure   = "FAILURE"
	StateFinished  = "FINISHED" // of deploys that remove
)

// Finished reports whether a state is one that does not change any more.
func Finished(state string) bool {
	return state == StateSuccess || state == StateFailure || state == StateFinished
}

// BuildPage is some builds of a project, newest first.
type BuildPage struct {
	Results []Build `json:"results"`
	Paging  *Paging `json:"paging,omitempty"`
}

// Build is one build of a project.
type Build struct {
	BuildID           int64           `json:"buildId"`
	Status            string          `json:"status"`
	CreatedAt         Time            `json:"createdAt,omitzero"`
	EnqueuedAt        Time            `json:"enqueuedAt,omitzero"`
	StartedAt         Time            `json:"startedAt,omitzero"`
	FinishedAt        Time            `json:"finishedAt,omitzero"`
	AutoDeployEnabled bool            `json:"isAutoDeployEnabled"`
	AutoDeployID      int64           `json:"autoDeployId"` // 0: automatic deployment was skipped
	DeployTask        *TaskLocator    `json:"deployStatusTaskLocator,omitempty"`
	DeployableState   string          `json:"deployableState,omitempty"`
	PlatformVersion   string          `json:"platformVersion,omitempty"`
	ProjectName       string          `json:"projectName,omitempty"`
	UploadMessage     string          `json:"uploadMessage,omitempty"`
	PortalID          int64           `json:"portalId,omitempty"`
	ActivitySource    *ActivitySource `json:"activitySource,omitempty"`
	Subbuilds         []Subbuild      `json:"subbuildStatuses"`
}

// TaskLocator is where a deploy that a build started is found.
type TaskLocator struct {
	ID    ID `json:"id"`
	Links []struct {
		Status string `json:"status"`
	} `json:"links,omitempty"`
}

// UnmarshalJSON takes links as a list and as a single object.
func (t *TaskLocator) UnmarshalJSON(data []byte) error {
	var raw struct {
		ID    ID              `json:"id"`
		Links json.RawMessage `json:"links"`
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	*t = TaskLocator{ID: raw.ID}
	if len(raw.Links) > 0 && raw.Links[0] == '[' {
		return json.Unmarshal(raw.Links, &t.Links)
	}
	return nil
}

// ActivitySource is who started a build.
type ActivitySource struct {
	Type   string `json:"type"` // GITHUB_USER, HUBSPOT, HUBSPOT_USER, DEPRECATED_AUTO_UNDEPLOY
	UserID int64  `json:"userId,omitempty"`
}

// Subbuild is the build of one component.
type Subbuild struct {
	ID            ID     `json:"id"`
	Name          string `json:"buildName"`
	Type          string `json:"buildType"`
	Status        string `json:"status"`
	Visible       bool   `json:"visible"`
	ErrorMessage  string `json:"errorMessage"`
	StandardError *Error `json:"standardError"`
	RootPath      string `json:"rootPath,omitempty"`
	StartedAt     Time   `json:"startedAt,omitzero"`
	FinishedAt    Time   `json:"finishedAt,omitzero"`
}

// Structure says which parts of a build or deploy belong to which.
type Structure struct {
	TopLevel map[string][]ID `json:"topLevelComponentsWithChildren"`
}

// StepLog is log lines of a build or deploy.
type StepLog struct {
	PipelineStepID ID        `json:"pipelineStepId,omitempty"`
	SubstepID      ID        `json:"pipelineSubstepId,omitempty"`
	Logs           []LogLine `json:"logs"`
}

// StepLogs is the log of a whole build.
type StepLogs struct {
	ProjectName string    `json:"projectName"`
	Logs        []StepLog `json:"logs"`
}

// LogLine is one line of a StepLog.
type LogLine struct {
	LineNumber  int    `json:"lineNumber"`
	Level       string `json:"logLevel"` // ERROR, WARN, INFO
	Message     string `json:"message"`
	StepID      ID     `json:"pipelineStepId"`
	SubstepID   ID     `json:"pipelineSubstepId,omitempty"`
	SubstepName string `json:"pipelineSubstepName,omitempty"`
	Timestamp   Time   `json:"timestamp"`
}

// DeployRequest asks to deploy a build.
type DeployRequest struct {
	ProjectName    string `json:"projectName"`
	TargetBuildID  int64  `json:"targetBuildId"`
	IgnoreWarnings bool   `json:"ignoreWarnings"`
}

// LegacyDeployRequest asks to deploy a build of a legacy project.
type LegacyDeployRequest struct {
	ProjectName        string `json:"projectName"`
	BuildID            int64  `json:"buildId"`
	SkipRemovalWarning bool   `json:"skipRemovalWarning"`
}

// The values of DeployQueued.Result.
const (
	DeployIsQueued  = "DEPLOY_QUEUED"
	DeployIsBlocked = "DEPLOY_BLOCKED"
)

// DeployQueued answers a DeployRequest. Result is "" from the legacy path,
// which answers a blocked deploy with an error.
type DeployQueued struct {
	ID     ID     `json:"id,omitempty"`
	Result string `json:"buildResultType,omitempty"`
	Links  *struct {
		Status string `json:"status"`
	} `json:"links,omitempty"`
	Issues []DeployIssue `json:"issues,omitempty"`
}

// DeployIssue is what blocks a deploy.
type DeployIssue struct {
	UID           string            `json:"uid"`
	ComponentType string            `json:"componentTypeName"`
	Errors        []string          `json:"errorMessages"`
	Blocking      []BlockingMessage `json:"blockingMessages"`
}

// BlockingMessage is one reason; a warning can be overridden.
type BlockingMessage struct {
	Message string `json:"message"`
	Warning bool   `json:"isWarning"`
}

// Deploy is one deploy of a build.
type Deploy struct {
	DeployID    int64       `json:"deployId"`
	BuildID     int64       `json:"buildId"`
	PortalID    int64       `json:"portalId"`
	UserID      int64       `json:"userId"`
	ProjectName string      `json:"projectName"`
	Status      string      `json:"status"`
	Source      string      `json:"source"`
	EnqueuedAt  Time        `json:"enqueuedAt,omitzero"`
	StartedAt   Time        `json:"startedAt,omitzero"`
	FinishedAt  Time        `json:"finishedAt,omitzero"`
	Subdeploys  []Subdeploy `json:"subdeployStatuses"`
}

// Subdeploy is the deploy of one component.
type Subdeploy struct {
	ID            ID     `json:"id"`
	Name          string `json:"deployName"`
	Type          string `json:"deployType"`
	Action        string `json:"action"` // INSTALL, REMOVE
	Status        string `json:"status"`
	Visible       bool   `json:"visible"`
	ErrorMessage  string `json:"errorMessage"`
	StandardError *Error `json:"standardError"`
	StartedAt     Time   `json:"startedAt,omitzero"`
	FinishedAt    Time   `json:"finishedAt,omitzero"`
}
