package portal

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/wire"
)

// The account as HubSpot would describe it.
const (
	hubName = "local"
	// accountType makes the account one that apps can be tested in without
	// another.
	accountType = wire.AccountDeveloperTest
	userName    = "you@localhost"
)

// tokenTime is how long access tokens hold, as HubSpot's.
const tokenTime = 30 * time.Minute

// The kinds of tokens.
const (
	kindAccess  = "access"
	kindRefresh = "refresh" // of OAuth
)

// token is what a token says; it is signed and not stored.
type token struct {
	Kind    string `json:"k"`
	Expires int64  `json:"e"` // ms since 1970, 0 for never
	Nonce   string `json:"n"`
}

// scopes are those of every token: all that the portal has anything for.
func scopes() []string {
	return []string{
		"developer.projects.write", "developer.app_functions.read", "developer.app_functions.write",
		"developer.sandboxes.read", "developer.test_accounts.read", "developer.app.install",
		"developer.private_app.temporary_token.read", "developer.private_app.temporary_token.write",
		"design_manager.access", "cms.functions.read_write", "cms.source_code.read", "cms.source_code.write",
	}
}

// sign makes a token that this portal alone can have made.
func (p *Portal) sign(ctx context.Context, kind string, life time.Duration) (text string, expires time.Time, err error) {
	key, err := p.store.AccessKey(ctx)
	if err != nil {
		return "", time.Time{}, err
	}
	t := token{Kind: kind, Nonce: newID()}
	if life > 0 {
		expires = p.opts.Now().Add(life)
		t.Expires = expires.UnixMilli()
	}
	body, err := json.Marshal(t)
	if err != nil {
		return "", time.Time{}, err
	}
	encoded := base64.RawURLEncoding.EncodeToString(body)
	return encoded + "." + signature(key, encoded), expires, nil
}

func signature(key, text string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// verify reads a token and reports whether it holds.
func (p *Portal) verify(ctx context.Context, text, kind string) (token, bool, error) {
	key, err := p.store.AccessKey(ctx)
	if err != nil {
		return token{}, false, err
	}
	body, mac, _ := strings.Cut(text, ".")
	if !hmac.Equal([]byte(mac), []byte(signature(key, body))) {
		return token{}, false, nil
	}
	data, err := base64.RawURLEncoding.DecodeString(body)
	var t token
	if err != nil || json.Unmarshal(data, &t) != nil || t.Kind != kind {
		return token{}, false, nil
	}
	return t, t.Expires == 0 || p.opts.Now().UnixMilli() < t.Expires, nil
}

// authorize reads the token of a call.
func (p *Portal) authorize(req *http.Request) (token, error) {
	var t token
	query := req.URL.Query()
	bearer, found := strings.CutPrefix(req.Header.Get("Authorization"), "Bearer ")
	switch apiKey := query.Get(wire.APIKey); {
	case found:
		var ok bool
		var err error
		if t, ok, err = p.verify(req.Context(), bearer, kindAccess); err != nil {
			return t, err
		}
		if !ok && t.Expires != 0 {
			return t, fail(http.StatusUnauthorized, "EXPIRED_AUTHENTICATION", "the access token has expired")
		}
		if !ok {
			return t, fail(http.StatusUnauthorized, wire.CategoryAuthentication, "the access token is not one of the local portal")
		}
	case apiKey != "":
		key, err := p.store.AccessKey(req.Context())
		if err != nil {
			return t, err
		}
		if subtle.ConstantTimeCompare([]byte(apiKey), []byte(key)) != 1 {
			return t, fail(http.StatusUnauthorized, wire.CategoryAuthentication, "the API key is not that of the local portal")
		}
		t = token{Kind: kindAccess}
	default:
		return t, fail(http.StatusUnauthorized, wire.CategoryAuthentication, "the call has no access token")
	}
	if portal := query.Get(wire.PortalID); portal != "" && portal != strconv.FormatInt(AccountID, 10) {
		return t, fail(http.StatusForbidden, "FORBIDDEN", "the token is for account %d, and the call for %s", AccountID, portal)
	}
	return t, nil
}

func (p *Portal) authRoutes() {
	p.open("POST", wire.AuthRefresh, (*call).exchange)
	p.open("POST", wire.OAuthToken, (*call).oauth)
	p.open("GET", wire.AccessTokenInfo, (*call).tokenInfo)
	p.closed("GET", wire.CheckScopes, func(*call) (any, error) {
		return wire.ScopeCheck{PortalScopes: scopes(), UserScopes: scopes()}, nil
	})
	p.closed("GET", wire.EnabledFeatures, func(*call) (any, error) { return wire.Features{Enabled: map[string]bool{}}, nil })
	p.closed("GET", wire.ScopeGroups, (*call).scopeGroups)
	p.closed("GET", wire.UnifiedPlatform, func(*call) (any, error) { return true, nil })
	p.closed("GET", wire.SandboxSelf, func(*call) (any, error) { return wire.SandboxParent{ParentHubID: AccountID}, nil })
	p.closed("GET", wire.TestPortalSelf, func(*call) (any, error) { return wire.TestPortalParent{ParentPortalID: AccountID}, nil })
	p.closed("GET", wire.TestPortals, func(*call) (any, error) { return map[string]any{"results": []any{}}, nil })
	// Neither notices nor counting of users.
	p.closed("GET", wire.FireAlarm, func(*call) (any, error) { return []wire.Alarm{}, nil })
	for _, path := range []string{wire.Usage} {
		p.open("POST", path, func(*call) (any, error) { return nil, nil })
	}
}

// exchange makes an access token for a personal access key.
func (c *call) exchange() (any, error) {
	var body wire.AuthRefreshRequest
	if err := c.json(&body); err != nil {
		return nil, err
	}
	key, err := c.store.AccessKey(c.ctx())
	if err != nil {
		return nil, err
	}
	if subtle.ConstantTimeCompare([]byte(body.Key), []byte(key)) != 1 {
		return nil, fail(http.StatusUnauthorized, wire.CategoryAuthentication, "the personal access key is not that of the local portal; fns portal env shows it")
	}
	if portal := c.param(wire.PortalID); portal != "" && portal != strconv.FormatInt(AccountID, 10) {
		return nil, fail(http.StatusUnauthorized, wire.CategoryAuthentication, "the personal access key is that of account %d, not of %s", AccountID, portal).with(wire.InvalidPortalID)
	}
	text, expires, err := c.sign(c.ctx(), kindAccess, tokenTime)
	if err != nil {
		return nil, err
	}
	return wire.AccessToken{
		HubID: AccountID, UserID: UserID, Token: text, ExpiresAtMillis: expires.UnixMilli(), ScopeGroups: scopes(),
		EnabledFeatures: map[string]float64{}, Key: body.Key, HubName: hubName, AccountType: accountType,
	}, nil
}

// oauth makes an access token for a refresh token, which is the personal access
// key or one that this made.
func (c *call) oauth() (any, error) {
	data, err := io.ReadAll(http.MaxBytesReader(nil, c.req.Body, maxJSON))
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(data))
	if err != nil {
		return nil, invalid("the body is no form: %v", err)
	}
	given := form.Get(wire.GrantRefresh)
	switch grant := form.Get(wire.GrantType); grant {
	case wire.GrantRefresh:
	case wire.GrantCode:
		given = form.Get(wire.FieldCode)
	default:
		return nil, invalid("grant_type %q is not known", grant)
	}
	if form.Get(wire.FieldClientID) == "" || form.Get(wire.FieldClientSecret) == "" {
		return nil, invalid("client_id and client_secret are required")
	}
	key, err := c.store.AccessKey(c.ctx())
	if err != nil {
		return nil, err
	}
	_, ok, err := c.verify(c.ctx(), given, kindRefresh)
	if err != nil {
		return nil, err
	}
	if !ok && subtle.ConstantTimeCompare([]byte(given), []byte(key)) != 1 {
		f := invalid("missing or invalid %s", form.Get(wire.GrantType))
		f.body.ErrorType = "BAD_REFRESH_TOKEN"
		return nil, f
	}
	refresh := given
	if !ok {
		if refresh, _, err = c.sign(c.ctx(), kindRefresh, 0); err != nil {
			return nil, err
		}
	}
	access, _, err := c.sign(c.ctx(), kindAccess, tokenTime)
	if err != nil {
		return nil, err
	}
	return wire.OAuthGrant{RefreshToken: refresh, AccessToken: access, ExpiresIn: int64(tokenTime.Seconds())}, nil
}

// tokenInfo tells what a token is; whoever has it may know.
func (c *call) tokenInfo() (any, error) {
	text := c.path("token")
	t, ok, err := c.verify(c.ctx(), text, kindAccess)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, missing("the access token is not known, or has expired")
	}
	return wire.TokenInfo{
		Token: text, User: userName, HubDomain: "localhost", Scopes: scopes(), HubID: AccountID, UserID: UserID,
		ExpiresIn: (t.Expires - c.opts.Now().UnixMilli()) / 1000, TokenType: kindAccess,
	}, nil
}

func (c *call) scopeGroups() (any, error) {
	var out wire.AuthorizedScopes
	for _, name := range scopes() {
		s := wire.AuthorizedScope{PortalAuthorized: true, UserAuthorized: true}
		s.ScopeGroup.Name, s.ScopeGroup.ShortDescription, s.ScopeGroup.LongDescription = name, name, name
		out.Results = append(out.Results, s)
	}
	return out, nil
}

// Token gives an access token to whoever has the state itself.
func (p *Portal) Token(ctx context.Context) (string, error) {
	text, _, err := p.sign(ctx, kindAccess, 24*time.Hour)
	return text, err
}
