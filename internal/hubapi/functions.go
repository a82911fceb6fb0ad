package hubapi

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/fns-dev/fns/internal/wire"
)

// Routes lists the endpoints of the account.
func (c *Client) Routes(ctx context.Context) ([]wire.Route, error) {
	var out wire.RoutePage
	err := c.json(ctx, get("list the functions", wire.Routes), &out)
	return out.Objects, err
}

// BuildFolder starts a build of a .functions folder of the design manager and
// gives its id. IsNotFound(err) if the folder has no package.json.
func (c *Client) BuildFolder(ctx context.Context, path string) (string, error) {
	k, err := withJSON("build "+path, http.MethodPost, wire.FolderBuild, wire.FolderBuildRequest{FolderPath: path})
	if err != nil {
		return "", err
	}
	k.accept = "text/plain"
	ans, err := c.do(ctx, k)
	if err != nil {
		return "", err
	}
	buildID := strings.Trim(strings.TrimSpace(string(ans.body)), `"`)
	if buildID == "" || len(buildID) > 100 || strings.ContainsAny(buildID, "<>{} \n") {
		return "", &FormError{What: k.what, Host: hostOf(c.url(k)), Got: "no build id", Sample: sample(ans.body)}
	}
	return buildID, nil
}

// FolderBuild gives how a build of a folder stands.
func (c *Client) FolderBuild(ctx context.Context, buildID string) (*wire.FolderBuildState, error) {
	var out wire.FolderBuildState
	return &out, c.json(ctx, get("look up build "+buildID, wire.Path(wire.FolderBuildStatus, buildID)), &out)
}

// Plain reads a text at an https address that an answer of HubSpot's named, such
// as FolderBuildState.LogURL. Nothing of the login is sent there.
func (c *Client) Plain(ctx context.Context, address string) (string, error) {
	if !strings.HasPrefix(address, "https://") && !(strings.HasPrefix(address, "http://") && loopback(strings.Split(hostOf(address), ":")[0])) {
		return "", fmt.Errorf("read %s: not an https address", address)
	}
	ans, err := c.do(ctx, &call{what: "read " + hostOf(address), method: http.MethodGet, path: address, absolute: true, accept: "*/*"})
	if err != nil {
		return "", err
	}
	return string(ans.body), nil
}
