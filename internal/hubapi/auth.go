package hubapi

import (
	"context"
	"net/http"
	"strconv"

	"github.com/fns-dev/fns/internal/wire"
)

// ExchangeKey gets an access token for a personal access key. accountID is 0 in
// the first exchange, when the account is not known yet.
func (c *Client) ExchangeKey(ctx context.Context, key string, accountID int64) (*wire.AccessToken, error) {
	c.opts.Trace.Hide("personal access key", key)
	k, err := withJSON("exchange the personal access key", http.MethodPost, wire.AuthRefresh, wire.AuthRefreshRequest{Key: key})
	if err != nil {
		return nil, err
	}
	k.anonymous, k.auth, k.repeat, k.portalID = true, true, true, accountID
	var token wire.AccessToken
	if err := c.json(ctx, k, &token); err != nil {
		return nil, err
	}
	c.opts.Trace.Hide("access token", token.Token)
	return &token, nil
}

// RefreshOAuth gets an access token for the refresh token of an OAuth app.
func (c *Client) RefreshOAuth(ctx context.Context, clientID, clientSecret, refreshToken string) (*wire.OAuthGrant, error) {
	return c.grant(ctx, "renew the OAuth login", true, wire.Query{
		{Name: wire.GrantType, Value: wire.GrantRefresh},
		{Name: wire.FieldClientID, Value: clientID},
		{Name: wire.FieldClientSecret, Value: clientSecret},
		{Name: wire.GrantRefresh, Value: refreshToken},
	})
}

// AuthorizeOAuth gets the tokens for the code that an OAuth login ended with. A
// code works once, so the call is not repeated.
func (c *Client) AuthorizeOAuth(ctx context.Context, clientID, clientSecret, redirectURI, code string) (*wire.OAuthGrant, error) {
	return c.grant(ctx, "finish the OAuth login", false, wire.Query{
		{Name: wire.GrantType, Value: wire.GrantCode},
		{Name: wire.FieldClientID, Value: clientID},
		{Name: wire.FieldClientSecret, Value: clientSecret},
		{Name: wire.FieldRedirect, Value: redirectURI},
		{Name: wire.FieldCode, Value: code},
	})
}

func (c *Client) grant(ctx context.Context, what string, repeat bool, form wire.Query) (*wire.OAuthGrant, error) {
	for _, f := range form {
		switch f.Name {
		case wire.FieldClientSecret, wire.GrantRefresh, wire.FieldCode:
			c.opts.Trace.Hide(f.Name, f.Value)
		}
	}
	k := &call{what: what, method: http.MethodPost, path: wire.OAuthToken, body: formPayload(form), anonymous: true, auth: true, repeat: repeat}
	var grant wire.OAuthGrant
	if err := c.json(ctx, k, &grant); err != nil {
		return nil, err
	}
	return &grant, nil
}

// CheckScopes says who has which scopes of a group.
func (c *Client) CheckScopes(ctx context.Context, group string) (*wire.ScopeCheck, error) {
	k := get("check the scope "+group, wire.Path(wire.CheckScopes))
	k.query.Add("scopeGroup", group)
	var out wire.ScopeCheck
	return &out, c.json(ctx, k, &out)
}

// ScopeGroups lists the scope groups of the account's key.
func (c *Client) ScopeGroups(ctx context.Context) ([]wire.AuthorizedScope, error) {
	var out wire.AuthorizedScopes
	err := c.json(ctx, get("list the scopes of the key", wire.ScopeGroups), &out)
	return out.Results, err
}

// EnabledFeatures gives the switches of the account.
func (c *Client) EnabledFeatures(ctx context.Context) (map[string]bool, error) {
	var out wire.Features
	err := c.json(ctx, get("look up the features of the account", wire.EnabledFeatures), &out)
	return out.Enabled, err
}

// InstallInfo says whether an app of a project is installed in the account that
// q names.
func (c *Client) InstallInfo(ctx context.Context, q wire.InstallQuery) (*wire.InstallState, error) {
	k, err := withJSON("look up the installation of the app", http.MethodPost, wire.InstallInfo, q)
	if err != nil {
		return nil, err
	}
	k.repeat = true
	var out wire.InstallState
	return &out, c.json(ctx, k, &out)
}

// SandboxParent gives the account that a sandbox belongs to.
func (c *Client) SandboxParent(ctx context.Context) (int64, error) {
	var out wire.SandboxParent
	err := c.json(ctx, get("look up the account of the sandbox", wire.SandboxSelf), &out)
	return out.ParentHubID, err
}

// TestPortalParent gives the account that a test account belongs to.
func (c *Client) TestPortalParent(ctx context.Context) (int64, error) {
	var out wire.TestPortalParent
	err := c.json(ctx, get("look up the account of the test account", wire.TestPortalSelf), &out)
	return out.ParentPortalID, err
}

// HasUnifiedPlatform reports whether the account has the new developer platform.
func (c *Client) HasUnifiedPlatform(ctx context.Context) (bool, error) {
	var out bool
	err := c.json(ctx, get("look up the developer platform of the account", wire.UnifiedPlatform), &out)
	return out, err
}

// UserToken gives the token that a user has for a private app; IsNotFound(err)
// if there is none.
func (c *Client) UserToken(ctx context.Context, appID int64) (*wire.AppUserToken, error) {
	var out wire.AppUserToken
	return &out, c.json(ctx, get("look up the app's token", userTokenPath(appID)), &out)
}

// CreateUserToken makes a user's token for a private app.
func (c *Client) CreateUserToken(ctx context.Context, appID int64, req wire.UserTokenRequest) (*wire.AppUserToken, error) {
	var out wire.AppUserToken
	return &out, c.send(ctx, "make a token of the app", http.MethodPost, userTokenPath(appID), req, &out)
}

// RenewUserToken renews a user's token for a private app; req.Key names it.
func (c *Client) RenewUserToken(ctx context.Context, appID int64, req wire.UserTokenRequest) (*wire.AppUserToken, error) {
	var out wire.AppUserToken
	return &out, c.send(ctx, "renew the token of the app", http.MethodPut, userTokenPath(appID), req, &out)
}

func userTokenPath(appID int64) string { return wire.Path(wire.UserToken, id(appID)) }

func id(n int64) string { return strconv.FormatInt(n, 10) }
