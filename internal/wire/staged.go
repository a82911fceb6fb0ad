package wire

// The paths of staged builds, which hs project watch collects files for.
const (
	StagedProvision = "/dfs/v1/projects/{name}/builds/staged/provision"       // POST ?platformVersion= → LegacyUploadResult
	StagedFile      = "/dfs/v1/projects/{name}/builds/staged/files/{path...}" // PUT multipart; DELETE
	StagedQueue     = "/dfs/v1/projects/{name}/builds/staged/queue"           // POST ?platformVersion=
	StagedCancel    = "/dfs/v1/projects/{name}/builds/staged/cancel"          // POST
	ParamPlatform   = "platformVersion"
)

// The paths of sessions of local development.
const (
	DevSessions         = "/projects-localdev/2025-09/dev-sessions/register" // POST → DevSession
	DevSessionHeartbeat = "/projects-localdev/2025-09/dev-sessions/{sessionId}/heartbeat"
	DevSessionEnd       = "/projects-localdev/2025-09/dev-sessions/{sessionId}" // DELETE
	TestInstalls        = "/apps-dev/external/public/v3/{appId}/test-portal-installs"
	StaticInstallHere   = "/apps-hublets/external/static-token/v3/current-account" // POST StaticInstallRequest
)

// DevSession is a session of local development.
type DevSession struct {
	SessionID string `json:"sessionId"`
}
