package portal

import (
	"context"
	"encoding/json"
	"path"
	"strconv"
	"time"

	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/wire"
)

func (p *Portal) appRoutes() {
	p.closed("GET", wire.Apps, (*call).listApps)
	p.closed("GET", wire.AppsBySource, (*call).appBySource)
	p.closed("GET", wire.AppInProject, (*call).appInProject)
	p.closed("GET", wire.AppByID, func(c *call) (any, error) {
		a, err := c.app("appId")
		if err != nil {
			return nil, err
		}
		return c.describe(a), nil
	})
	p.closed("GET", wire.AppInstalls, (*call).installs)
	p.closed("GET", wire.TestInstalls, func(c *call) (any, error) {
		if _, err := c.app("appId"); err != nil {
			return nil, err
		}
		return []any{}, nil
	})
	p.closed("POST", wire.InstallInfo, (*call).installInfo)
	p.closed("POST", wire.StaticInstall, (*call).install)
	p.closed("POST", wire.StaticInstallHere, (*call).install)
	p.closed("GET", wire.UserToken, (*call).userToken)
	p.closed("POST", wire.UserToken, (*call).userToken)
	p.closed("PUT", wire.UserToken, (*call).userToken)
	p.closed("POST", wire.DevSessions, func(*call) (any, error) { return wire.DevSession{SessionID: newID()}, nil })
	p.closed("POST", wire.DevSessionHeartbeat, func(*call) (any, error) { return struct{}{}, nil })
	p.closed("DELETE", wire.DevSessionEnd, func(*call) (any, error) { return nil, nil })
}

// makeApps makes the apps of a build that is good; later builds change them.
func (p *Portal) makeApps(ctx context.Context, pr store.Project, b *store.Build) error {
	all, err := nodes(b.Request.Upload.Nodes)
	if err != nil {
		return err
	}
	for _, uid := range sortedKeys(all) {
		n := all[uid]
		if n.ComponentType != typeApp {
			continue
		}
		var config struct {
			Name         string `json:"name"`
			Description  string `json:"description"`
			Distribution string `json:"distribution"`
			Auth         struct {
				Type string `json:"type"`
			} `json:"auth"`
		}
		_ = json.Unmarshal(n.Config, &config) // the build has checked it
		info := wire.App{Name: config.Name, Description: config.Description, AuthType: config.Auth.Type, DistributionType: config.Distribution}
		if _, err := p.store.EnsureApp(ctx, pr.ID, uid, info); err != nil {
			return err
		}
	}
	for _, s := range b.State.Subbuilds {
		if b.Request.Legacy && (s.Type == typePrivateApp || s.Type == typePublicApp) {
			if _, err := p.store.EnsureApp(ctx, pr.ID, s.Name, wire.App{Name: s.Name, AuthType: "static", DistributionType: "private"}); err != nil {
				return err
			}
		}
	}
	return nil
}

// describe gives an app with what follows from where it is.
func (p *Portal) describe(a store.App) wire.App {
	info := a.Info
	info.ID, info.PortalID, info.ProjectID, info.SourceID = a.ID, AccountID, a.Project, a.UID
	info.ClientID = "local-" + strconv.FormatInt(a.ID, 10)
	info.ScopeGroupIDs = []int64{1}
	if info.Name == "" {
		info.Name = path.Base(a.UID)
	}
	return info
}

// app gives the app whose id a wildcard of the path is.
func (c *call) app(name string) (store.App, error) {
	id, err := c.id(name)
	if err != nil {
		return store.App{}, err
	}
	apps, err := c.store.Apps(c.ctx(), 0)
	if err != nil {
		return store.App{}, err
	}
	for _, a := range apps {
		if a.ID == id {
			return a, nil
		}
	}
	return store.App{}, missing("there is no app %d", id)
}

func (c *call) listApps() (any, error) {
	apps, err := c.store.Apps(c.ctx(), 0)
	out := wire.AppList{Results: []wire.App{}}
	for _, a := range apps {
		out.Results = append(out.Results, c.describe(a))
	}
	return out, err
}

func (c *call) findApp(project int64, uid string) (store.App, error) {
	apps, err := c.store.Apps(c.ctx(), project)
	if err != nil {
		return store.App{}, err
	}
	for _, a := range apps {
		if a.UID == uid {
			return a, nil
		}
	}
	return store.App{}, missing("there is no app with the uid %q", uid)
}

func (c *call) appBySource() (any, error) {
	a, err := c.findApp(0, c.param(wire.ParamSourceID))
	if err != nil {
		return nil, err
	}
	return c.describe(a), nil
}

func (c *call) appInProject() (any, error) {
	id, err := c.id("projectId")
	if err != nil {
		return nil, err
	}
	a, err := c.findApp(id, c.path("uid"))
	if err != nil {
		return nil, err
	}
	return c.describe(a), nil
}

// installs counts the accounts that an app is installed in: this one, once its
// project is deployed.
func (c *call) installs() (any, error) {
	a, err := c.app("appId")
	if err != nil {
		return nil, err
	}
	on, err := c.installed(a)
	out := wire.InstallCount{}
	if on {
		out.Portals = 1
	}
	return out, err
}

func (c *call) installed(a store.App) (bool, error) {
	pr, err := c.store.ProjectByID(c.ctx(), a.Project)
	return pr.Deployed != 0, err
}

func (c *call) installInfo() (any, error) {
	var q wire.InstallQuery
	if err := c.json(&q); err != nil {
		return nil, err
	}
	a, err := c.findApp(q.ProjectID, q.SourceID)
	if err != nil {
		return nil, err
	}
	on, err := c.installed(a)
	return wire.InstallState{AppID: a.ID, InstalledWithScopes: on, PreviouslyAuthorizedScopes: []wire.NamedScope{}}, err
}

func (c *call) install() (any, error) {
	var req wire.StaticInstallRequest
	if err := c.json(&req); err != nil {
		return nil, err
	}
	apps, err := c.store.Apps(c.ctx(), 0)
	if err != nil {
		return nil, err
	}
	for _, a := range apps {
		if a.ID == req.AppID {
			return struct{}{}, nil // an app is installed with its project
		}
	}
	return nil, missing("there is no app %d", req.AppID)
}

// userTokenTime is how long a user's token for an app holds, as HubSpot's.
const userTokenTime = 15 * time.Minute

func (c *call) userToken() (any, error) {
	a, err := c.app("appId")
	if err != nil {
		return nil, err
	}
	text, expires, err := c.sign(c.ctx(), kindAccess, userTokenTime)
	if err != nil {
		return nil, err
	}
	return wire.AppUserToken{
		UserID: UserID, PortalID: AccountID, AppID: a.ID, ScopeGroups: scopes(), Key: text, ExpiresAt: wire.Time{Time: expires}, ClientID: c.describe(a).ClientID,
	}, nil
}
