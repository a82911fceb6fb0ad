package wire

// The paths about accounts themselves.
const (
	SandboxSelf     = "/sandbox-hubs/v1/self"             // GET → SandboxParent
	TestPortalSelf  = "/integrators/test-portals/v2/self" // GET → TestPortalParent
	TestPortals     = "/integrators/test-portals/v2"
	UnifiedPlatform = "/developer-tooling/external/developer-portal/has-unified-dev-platform-access" // GET → true or false
)

// The types of accounts, as AccessToken.AccountType and config files have them.
const (
	AccountStandard           = "STANDARD"
	AccountDeveloperTest      = "DEVELOPER_TEST"
	AccountAppDeveloper       = "APP_DEVELOPER"
	AccountStandardSandbox    = "STANDARD_SANDBOX"
	AccountDevelopmentSandbox = "DEVELOPMENT_SANDBOX"
)

// SandboxParent names the account that a sandbox belongs to.
type SandboxParent struct {
	ParentHubID int64 `json:"parentHubId"`
}

// TestPortalParent names the account that a test account belongs to.
type TestPortalParent struct {
	ParentPortalID int64 `json:"parentPortalId"`
}
