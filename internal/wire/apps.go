package wire

// The paths of apps.
const (
	Apps          = "/apps-dev/external/public/v3/full/portal"                                 // GET → AppList
	AppsBySource  = "/apps-dev/external/public/v3/full/portal/sourceId"                        // GET ?sourceId= → App
	AppInProject  = "/apps-dev/external/public/v3/project-id/{projectId}/source-id/{uid}"      // GET ?sourceId= → App
	AppByID       = "/apps-dev/external/public/v3/{appId}/full"                                // GET → App
	AppInstalls   = "/apps-dev/external/public/v3/{appId}/install-counts-without-test-portals" // GET → InstallCount
	StaticInstall = "/apps-hublets/external/static-token/v3"                                   // POST StaticInstallRequest
	ParamSourceID = "sourceId"
)

// AppList is the apps of an account.
type AppList struct {
	Results []App `json:"results"`
}

// App is an app, without what functions have no use for.
type App struct {
	ID               int64   `json:"id"`
	Name             string  `json:"name"`
	Description      string  `json:"description,omitempty"`
	PortalID         int64   `json:"portalId,omitempty"`
	ClientID         string  `json:"clientId,omitempty"`
	ProjectID        int64   `json:"projectId,omitempty"`
	SourceID         string  `json:"sourceId,omitempty"` // the uid of the app's metadata file
	AuthType         string  `json:"authType,omitempty"`
	DistributionType string  `json:"distributionType,omitempty"`
	ScopeGroupIDs    []int64 `json:"scopeGroupIds,omitempty"`
	Archived         bool    `json:"archived,omitempty"`
	// Installs counts without test accounts; nil where the answer does not tell.
	Installs *InstallCount `json:"publicApplicationInstallCounts,omitempty"`
}

// InstallCount says in how many accounts an app is installed.
type InstallCount struct {
	Portals int `json:"uniquePortalInstallCount"`
}

// StaticInstallRequest installs an app with static authorisation.
type StaticInstallRequest struct {
	AppID         int64   `json:"appId"`
	PortalID      int64   `json:"targetInstallPortalId"`
	ScopeGroupIDs []int64 `json:"scopeGroupIds"`
}
