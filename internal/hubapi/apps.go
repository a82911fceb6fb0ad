package hubapi

import (
	"context"

	"github.com/fns-dev/fns/internal/wire"
)

// Apps lists the apps of the account.
func (c *Client) Apps(ctx context.Context) ([]wire.App, error) {
	var out wire.AppList
	err := c.json(ctx, get("list the apps", wire.Apps), &out)
	return out.Results, err
}

// AppInProject gives the app of a project by the uid in its metadata file.
func (c *Client) AppInProject(ctx context.Context, projectID int64, uid string) (*wire.App, error) {
	k := get("look up the app "+uid, wire.Path(wire.AppInProject, id(projectID), uid))
	k.query.Add(wire.ParamSourceID, uid)
	var out wire.App
	return &out, c.json(ctx, k, &out)
}

// AppByID gives an app.
func (c *Client) AppByID(ctx context.Context, appID int64) (*wire.App, error) {
	var out wire.App
	return &out, c.json(ctx, get("look up app "+id(appID), wire.Path(wire.AppByID, id(appID))), &out)
}

// AppInstalls gives in how many accounts an app is installed, test accounts not
// counted.
func (c *Client) AppInstalls(ctx context.Context, appID int64) (int, error) {
	var out wire.InstallCount
	err := c.json(ctx, get("count the installations of app "+id(appID), wire.Path(wire.AppInstalls, id(appID))), &out)
	return out.Portals, err
}
