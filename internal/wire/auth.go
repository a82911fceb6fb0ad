package wire

// The paths of logins and of what a login may do.
const (
	AuthRefresh     = "/localdevauth/v1/auth/refresh"                   // POST AuthRefreshRequest → AccessToken
	OAuthToken      = "/oauth/v1/token"                                 //nolint:gosec // a path; POST form → OAuthGrant
	CheckScopes     = "/localdevauth/v1/auth/check-scopes"              // GET ?scopeGroup= → ScopeCheck
	EnabledFeatures = "/localdevauth/v1/auth/enabled-features"          // GET → Features
	ScopeGroups     = "/localdevauth/v1/auth/scope-groups/authorized"   // GET → AuthorizedScopes
	InstallInfo     = "/localdevauth/v1/auth/install-info"              // POST InstallQuery → InstallState
	UserToken       = "/localdevauth/v1/private-app/user-token/{appId}" // GET; POST, PUT UserTokenRequest → AppUserToken
	FireAlarm       = "/firealarm/v4/alarm/hubspot-cli/{accountId}"     // GET → []Alarm
	Usage           = "/local/dev/tools/proxy/v1/usage"                 // POST, not authenticated
	UsageV7         = "/content/filemapper/v1/cms-cli-usage"            // POST; of hs 7
	UsageV7Signed   = "/content/filemapper/v1/cms-cli-usage/authenticated"
)

// Pages of the website, below its origin.
const (
	KeyPage        = "/l/personal-access-key"
	AccountKeyPage = "/personal-access-key/{accountId}"
	OAuthPage      = "/oauth/{accountId}/authorize" // ?client_id&scope&redirect_uri
)

// The query of KeyPage and AccountKeyPage that has the page send the key to a
// WebSocket on this machine.
const (
	QueryCallbackPort  = "cliCallbackPort"
	QueryCallbackToken = "cliCallbackToken" //nolint:gosec // the name of a parameter
)

// The types of the messages between the page of personal access keys and the
// WebSocket.
const (
	MessageMetadata     = "server:cliMetadata"       // LoginMetadata, when the page connects
	MessageKey          = "client:personalAccessKey" // LoginKey
	MessageAuthReceived = "server:authReceived"      // no data
	MessageAuthFailed   = "server:authFailed"        // LoginFailure
)

// TokenMismatch is the Reason of a LoginFailure for a key that came without the
// token of the page's address.
const TokenMismatch = "cliCallbackTokenMismatch" //nolint:gosec // a word

// LoginMessage is what both sides of the WebSocket send.
type LoginMessage[T any] struct {
	Type string `json:"type"`
	Data *T     `json:"data,omitempty"`
}

// LoginMetadata says who listens.
type LoginMetadata struct {
	Version string `json:"cliVersion"`
	Server  int    `json:"accountAuthWebsocketServerVersion"` // LoginServer
}

// LoginServer is the version of the protocol of the WebSocket.
const LoginServer = 1

// LoginKey brings a personal access key.
type LoginKey struct {
	Key   string `json:"personalAccessKey"`
	Token string `json:"cliCallbackToken"`
}

// LoginFailure says why a key was not taken.
type LoginFailure struct {
	Reason string `json:"reason"`
}

// LoginOrigins are the origins of the pages that may send a key.
func LoginOrigins() []string {
	var all []string
	for _, host := range []string{"app", "app-na2", "app-na3", "app-ap1", "app-eu1", "local"} {
		all = append(all, "https://"+host+".hubspot.com", "https://"+host+".hubspotqa.com")
	}
	return all
}

// OAuthCallback is where the browser brings the code of an OAuth login; it is
// registered with the app, so the port can't be another.
const OAuthCallback = "http://localhost:3000/oauth-callback"

// AuthRefreshRequest asks for an access token for a personal access key.
type AuthRefreshRequest struct {
	Key string `json:"encodedOAuthRefreshToken"`
}

// AccessToken answers an AuthRefreshRequest.
type AccessToken struct {
	HubID           int64              `json:"hubId"`
	UserID          int64              `json:"userId"`
	Token           string             `json:"oauthAccessToken"`
	ExpiresAtMillis int64              `json:"expiresAtMillis"`
	ScopeGroups     []string           `json:"scopeGroups"`
	EnabledFeatures map[string]float64 `json:"enabledFeatures"`
	Key             string             `json:"encodedOAuthRefreshToken,omitempty"`
	HubName         string             `json:"hubName"`
	AccountType     string             `json:"accountType"`
}

// The form fields of a request to OAuthToken.
const (
	GrantType         = "grant_type"
	GrantRefresh      = "refresh_token"      // also the field that holds it
	GrantCode         = "authorization_code" // the field is FieldCode
	FieldCode         = "code"
	FieldRedirect     = "redirect_uri"
	FieldClientID     = "client_id"
	FieldClientSecret = "client_secret"
	FieldScope        = "scope"
	FieldState        = "state"
)

// OAuthGrant answers a request to OAuthToken.
type OAuthGrant struct {
	RefreshToken string `json:"refresh_token"`
	AccessToken  string `json:"access_token"`
	ExpiresIn    int64  `json:"expires_in"` // seconds
}

// ScopeCheck says who has which scopes of a group.
type ScopeCheck struct {
	PortalScopes []string `json:"portalScopesInGroup"`
	UserScopes   []string `json:"userScopesInGroup"`
}

// Features are the switches of an account.
type Features struct {
	Enabled map[string]bool `json:"enabledFeatures"`
}

// AuthorizedScopes lists the scope groups that a key can have.
type AuthorizedScopes struct {
	Results []AuthorizedScope `json:"results"`
}

// AuthorizedScope is one group and who has it.
type AuthorizedScope struct {
	ScopeGroup struct {
		Name             string `json:"name"`
		ShortDescription string `json:"shortDescription"`
		LongDescription  string `json:"longDescription"`
	} `json:"scopeGroup"`
	PortalAuthorized bool `json:"portalAuthorized"`
	UserAuthorized   bool `json:"userAuthorized"`
}

// InstallQuery asks whether an app is installed in an account.
type InstallQuery struct {
	PortalID            int64    `json:"portalId"`
	ProjectID           int64    `json:"projectId"`
	SourceID            string   `json:"sourceId"`
	RequiredScopeGroups []string `json:"requiredScopeGroups"`
	OptionalScopeGroups []string `json:"optionalScopeGroups"`
}

// InstallState answers an InstallQuery.
type InstallState struct {
	AppID                      int64        `json:"appId"`
	InstalledWithScopes        bool         `json:"isInstalledWithScopeGroups"`
	PreviouslyAuthorizedScopes []NamedScope `json:"previouslyAuthorizedScopeGroups"`
}

// NamedScope is a scope group with its id.
type NamedScope struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

// UserTokenRequest asks for a token of a private app in a user's name. Key is
// that of the token to renew, for PUT.
type UserTokenRequest struct {
	Key         string   `json:"privateAppUserTokenKey,omitempty"`
	ScopeGroups []string `json:"scopeGroups"`
	ExpiresAt   Time     `json:"expiresAt"`
	AppToken    string   `json:"privateAppToken,omitempty"`
}

// AppUserToken answers a UserTokenRequest.
type AppUserToken struct {
	UserID      int64    `json:"userId"`
	PortalID    int64    `json:"portalId"`
	AppID       int64    `json:"appId"`
	ScopeGroups []string `json:"scopeGroups"`
	Key         string   `json:"userTokenKey"`
	ExpiresAt   Time     `json:"expiresAt"`
	ClientID    string   `json:"clientId"`
}

// Alarm is a notice that HubSpot shows to users of hs of some versions and
// commands.
type Alarm struct {
	ID        int64  `json:"id"`
	Title     string `json:"title"`
	Message   string `json:"message"`
	Versions  string `json:"urlRegexPattern"` // "=8.*", "<=7.2.2"
	Commands  string `json:"querySelector"`   // "*" or "project,upload"
	Severity  string `json:"severity"`
	CreatedAt Time   `json:"createdAt"`
}

// AccessTokenInfo is where HubSpot says what an OAuth token is for.
const AccessTokenInfo = "/oauth/v1/access-tokens/{token}" //nolint:gosec // a path; GET → TokenInfo

// TokenInfo is what HubSpot knows about an access token.
type TokenInfo struct {
	Token     string   `json:"token"`
	User      string   `json:"user"`
	HubDomain string   `json:"hub_domain"`
	Scopes    []string `json:"scopes"`
	HubID     int64    `json:"hub_id"`
	AppID     int64    `json:"app_id"`
	ExpiresIn int64    `json:"expires_in"` // seconds
	UserID    int64    `json:"user_id"`
	TokenType string   `json:"token_type"`
}
