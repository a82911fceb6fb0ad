package wire

// The paths of functions of the design manager.
const (
	Routes            = "/cms/v3/functions/routes"          // GET → RoutePage
	FolderBuild       = "/cms/v3/functions/build/async"     // POST FolderBuildRequest → the build's id as text
	FolderBuildStatus = "/cms/v3/functions/build/{id}/poll" // GET → FolderBuildState
)

// RoutePage lists the endpoints of an account.
type RoutePage struct {
	Objects    []Route `json:"objects"`
	Total      int     `json:"total"`
	Limit      int     `json:"limit"`
	Offset     int     `json:"offset"`
	TotalCount int     `json:"totalCount"`
	Message    *string `json:"message"`
}

// Route is one endpoint. The order of the fields is that of hs's JSON.
type Route struct {
	PortalID             int64    `json:"portalId"`
	ID                   int64    `json:"id"`
	ServerlessFunctionID int64    `json:"serverlessFunctionId"`
	Route                string   `json:"route"`
	RawAssetPath         string   `json:"rawAssetPath"`
	Method               string   `json:"method"`
	ConfigHash           int64    `json:"configHash"`
	SecretNames          []string `json:"secretNames"`
	Created              int64    `json:"created"` // ms since 1970
	Updated              int64    `json:"updated"`
	DeletedAt            int64    `json:"deletedAt"`
	DeployID             int64    `json:"deployId"`
	ProjectName          *string  `json:"projectName"`
	AuthorFullName       *string  `json:"authorFullName"`
	CreatedByID          *int64   `json:"createdById"`
	UpdatedByID          *int64   `json:"updatedById"`
	AppID                *int64   `json:"appId"`
	SubbuildID           *int64   `json:"subbuildId"`
	Deployed             bool     `json:"deployed"`
	DeployedNullable     bool     `json:"deployedNullable"`
}

// FolderBuildRequest asks to build a .functions folder of the design manager.
type FolderBuildRequest struct {
	FolderPath string `json:"folderPath"`
}

// The values of FolderBuildState.Status.
const (
	FolderBuildStarted  = "STARTED"
	FolderBuildSuccess  = "SUCCESS"
	FolderBuildError    = "ERROR"
	FolderBuildReverted = "REVERTED"
	FolderBuildFailure  = "FAILURE"
)

// FolderBuildState is how a build of a folder stands.
type FolderBuildState struct {
	Status         string  `json:"status"`
	BuildStartedAt Time    `json:"buildStartedAt"`
	UpdateCutoff   Time    `json:"updateCutoff"`
	LogURL         string  `json:"cdnUrl"`    // "" for none; read without authorisation
	BuildTime      float64 `json:"buildTime"` // ms
	UserID         int64   `json:"userId"`
	DeployID       ID      `json:"deployId"`
	ErrorReason    string  `json:"errorReason"`
}
