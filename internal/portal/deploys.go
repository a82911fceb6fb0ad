package portal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/wire"
)

func (p *Portal) deployRoutes() {
	p.closed("POST", wire.DeployQueue, (*call).queueDeploy)
	p.closed("POST", wire.DeployQueueOld, (*call).queueLegacyDeploy)
	p.closed("GET", wire.DeployStatus, (*call).deployStatus)
	p.closed("GET", wire.DeployStructure, (*call).deployStructure)
	p.closed("GET", wire.DeployWarnings, (*call).deployWarnings)
}

// What a deploy does with components.
const (
	actionInstall = "INSTALL"
	actionRemove  = "REMOVE"
)

// newDeploy makes the record of a deploy that is to run.
func (p *Portal) newDeploy(pr store.Project, b *store.Build, action string) store.Deploy {
	d := store.Deploy{Project: pr.ID, State: wire.Deploy{
		BuildID: b.State.BuildID, PortalID: AccountID, UserID: UserID, ProjectName: pr.Name, Status: wire.StatePending, Source: "HUBSPOT_USER",
		EnqueuedAt: wire.Time{Time: p.opts.Now()}, Subdeploys: []wire.Subdeploy{},
	}}
	for _, s := range b.State.Subbuilds {
		d.State.Subdeploys = append(d.State.Subdeploys, wire.Subdeploy{
			ID: s.ID, Name: s.Name, Type: s.Type, Action: action, Status: wire.StatePending, Visible: s.Visible,
		})
	}
	return d
}

// target gives project and build of a request to deploy.
func (c *call) target(name string, id int64) (store.Project, store.Build, error) {
	pr, err := c.named(name)
	if err != nil {
		return pr, store.Build{}, err
	}
	b, err := c.buildOf(pr, id)
	switch {
	case err != nil:
	case b.State.Status != wire.StateSuccess:
		err = invalid("build %d of the project %q can't be deployed: its state is %s", id, name, b.State.Status)
	case pr.Deployed == id:
		err = invalid("build %d of the project %q is deployed already", id, name)
	}
	return pr, b, err
}

func (c *call) queueDeploy() (any, error) {
	var req wire.DeployRequest
	if err := c.json(&req); err != nil {
		return nil, err
	}
	pr, b, err := c.target(req.ProjectName, req.TargetBuildID)
	if err != nil {
		return nil, err
	}
	gone, err := c.removed(pr, &b)
	if err != nil {
		return nil, err
	}
	if len(gone) > 0 && !req.IgnoreWarnings {
		out := wire.DeployQueued{Result: wire.DeployIsBlocked}
		for _, s := range gone {
			out.Issues = append(out.Issues, wire.DeployIssue{
				UID: s.Name, ComponentType: s.Type, Errors: []string{}, Blocking: []wire.BlockingMessage{{Message: removalText(s, b), Warning: true}},
			})
		}
		return out, nil
	}
	return c.queue(pr, &b, wire.DeployIsQueued)
}

func (c *call) queueLegacyDeploy() (any, error) {
	var req wire.LegacyDeployRequest
	if err := c.json(&req); err != nil {
		return nil, err
	}
	pr, b, err := c.target(req.ProjectName, req.BuildID)
	if err != nil {
		return nil, err
	}
	gone, err := c.removed(pr, &b)
	if err != nil {
		return nil, err
	}
	if len(gone) > 0 && !req.SkipRemovalWarning {
		f := invalid("the deploy would remove components")
		for _, s := range gone {
			f.body.Errors = append(f.body.Errors, wire.ErrorDetail{
				Message: removalText(s, b), SubCategory: wire.DeployContainsRemovals, Context: wire.Context{wire.ContextComponent: {s.Name}},
			})
		}
		return nil, f
	}
	return c.queue(pr, &b, "")
}

func removalText(s wire.Subbuild, b store.Build) string {
	return fmt.Sprintf("%s is deployed, and is not in build %d: it would be removed", s.Name, b.State.BuildID)
}

// removed gives the components that are deployed and not in a build.
func (c *call) removed(pr store.Project, b *store.Build) ([]wire.Subbuild, error) {
	if pr.Deployed == 0 {
		return nil, nil
	}
	now, err := c.store.Build(c.ctx(), pr.ID, pr.Deployed)
	if err != nil {
		return nil, err
	}
	var gone []wire.Subbuild
	for _, s := range now.State.Subbuilds {
		if s.Type != typeNothing && !slices.ContainsFunc(b.State.Subbuilds, func(o wire.Subbuild) bool { return o.Name == s.Name && o.Type == s.Type }) {
			gone = append(gone, s)
		}
	}
	return gone, nil
}

// queue stores a deploy and starts it.
func (c *call) queue(pr store.Project, b *store.Build, result string) (any, error) {
	d := c.newDeploy(pr, b, actionInstall)
	if err := c.store.AddDeploy(c.ctx(), &d); err != nil {
		return nil, err
	}
	c.startDeploy(d)
	id := strconv.FormatInt(d.State.DeployID, 10)
	out := wire.DeployQueued{ID: wire.ID(id), Result: result}
	out.Links = &struct {
		Status string `json:"status"`
	}{wire.Path(wire.DeployStatus, pr.Name, id)}
	return out, nil
}

// removal starts a deploy that takes everything down and gives its id.
func (p *Portal) removal(ctx context.Context, pr store.Project, b *store.Build) (string, error) {
	d := p.newDeploy(pr, b, actionRemove)
	if err := p.store.AddDeploy(ctx, &d); err != nil {
		return "", err
	}
	p.startDeploy(d)
	return strconv.FormatInt(d.State.DeployID, 10), nil
}

func (p *Portal) startDeploy(d store.Deploy) {
	d.State.Subdeploys = slices.Clone(d.State.Subdeploys) // as in startBuild
	p.background(d.Project, 0, d.State.DeployID, func(ctx context.Context) error { return p.runDeploy(ctx, d) })
}

// resumeDeploy goes on with a deploy whose process has died.
func (p *Portal) resumeDeploy(ctx context.Context, id int64) {
	mine, err := p.store.ClaimDeploy(ctx, id)
	if err != nil || !mine {
		return
	}
	if d, err := p.store.Deploy(ctx, id); err == nil {
		p.startDeploy(d)
	}
}

// runDeploy brings a deploy to its end.
func (p *Portal) runDeploy(ctx context.Context, d store.Deploy) error {
	pr, err := p.store.ProjectByID(ctx, d.Project)
	if err != nil {
		return err
	}
	d.State.Status, d.State.StartedAt = wire.StateDeploying, wire.Time{Time: p.opts.Now()}
	removing := false
	for i := range d.State.Subdeploys {
		s := &d.State.Subdeploys[i]
		s.Status, s.StartedAt = wire.StateDeploying, d.State.StartedAt
		removing = removing || s.Action == actionRemove
	}
	if err := p.store.SaveDeploy(ctx, d); err != nil {
		return err
	}
	l := &pipeline{now: p.opts.Now}
	var routes []store.Route
	build := int64(0)
	faults := map[string]*wire.Error{} // by name of the component
	if !removing {
		build = d.State.BuildID
		if routes, faults, err = p.checkDeploy(ctx, pr, build, l); err != nil {
			return err
		}
	}
	finish := func(state string) {
		d.State.Status, d.State.FinishedAt = state, wire.Time{Time: p.opts.Now()}
		for i := range d.State.Subdeploys {
			s := &d.State.Subdeploys[i]
			s.Status, s.FinishedAt = wire.StateSuccess, d.State.FinishedAt
			f := faults[s.Name]
			if f == nil && state == wire.StateFailure && (s.Type == typeApp || s.Type == typePrivateApp || s.Type == typePublicApp) {
				f = &wire.Error{Status: "error", Message: "a component of it could not be deployed", SubCategory: wire.DependentSubdeployFailed, CorrelationID: newID()}
			}
			if f != nil {
				s.Status, s.ErrorMessage, s.StandardError = wire.StateFailure, f.Message, f
			}
		}
		d.Log = l.log
	}
	if len(faults) == 0 {
		finish(wire.StateSuccess)
		most := int(limits.All().Max(limits.Endpoints, nil, false))
		err := p.store.FinishDeploy(ctx, d, pr, build, routes, most)
		var taken *store.RouteError
		switch {
		case errors.As(err, &taken):
			at := slices.IndexFunc(routes, func(r store.Route) bool { return r.Path == taken.Path })
			faults[routes[max(at, 0)].Info.RawAssetPath] = deployFault("the endpoint %s belongs to the project %q already", taken.Path, taken.Taken)
		case errors.Is(err, store.ErrFull):
			faults[routes[len(routes)-1].Info.RawAssetPath] = deployFault("the account would have more than %d endpoints", most)
		default:
			return err
		}
	}
	for _, name := range sortedKeys(faults) {
		l.say(levelError, "", name, "%s", faults[name].Message)
	}
	finish(wire.StateFailure)
	return p.store.SaveDeploy(ctx, d)
}

func deployFault(format string, args ...any) *wire.Error {
	text := fmt.Sprintf(format, args...)
	return &wire.Error{Status: "error", Message: text, Category: wire.CategoryValidation, CorrelationID: newID()}
}

// checkDeploy gives the endpoints of a build, and what stands in the way of
// deploying it, by component.
func (p *Portal) checkDeploy(ctx context.Context, pr store.Project, build int64, l *pipeline) ([]store.Route, map[string]*wire.Error, error) {
	dir, err := p.workFolder()
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(dir)
	if err := p.Unpack(ctx, pr, build, dir); err != nil {
		return nil, nil, err
	}
	found, _ := project.Discover(dir)
	have, err := p.secretNames(ctx, pr)
	if err != nil {
		return nil, nil, err
	}
	var routes []store.Route
	faults := map[string]*wire.Error{}
	now := p.opts.Now().UnixMilli()
	for _, fn := range found.Functions {
		if fn.Generation == project.DesignManager {
			continue
		}
		var lacks []string
		for _, s := range fn.Secrets {
			if !have[s.Name] {
				lacks = append(lacks, s.Name)
			}
		}
		if len(lacks) > 0 {
			faults[fn.Name] = deployFault("%s needs secrets that do not exist: %s; add them with hs secret add or fns secrets add", fn.Name, strings.Join(lacks, ", "))
		}
		if fn.Endpoint == nil {
			continue
		}
		r := store.Route{Kind: store.RouteOfProject, Owner: pr.Name, Path: fn.Endpoint.Path, Methods: fn.Endpoint.Methods}
		r.Info = routeInfo(fn, fn.Name, now)
		r.Info.ProjectName = &pr.Name
		routes = append(routes, r)
		l.say(levelInfo, "", fn.Name, "%s is served at %s", fn.Name, fn.URLPath())
	}
	return routes, faults, nil
}

// secretNames gives the secrets that functions of a project can have: those of
// the account and of the project's apps.
func (p *Portal) secretNames(ctx context.Context, pr store.Project) (map[string]bool, error) {
	have := map[string]bool{}
	apps, err := p.store.Apps(ctx, pr.ID)
	if err != nil {
		return nil, err
	}
	scopes := []string{store.AccountScope}
	for _, a := range apps {
		scopes = append(scopes, store.AppScope(a.ID))
	}
	for _, scope := range scopes {
		names, err := p.store.SecretNames(ctx, scope)
		if err != nil {
			return nil, err
		}
		for _, n := range names {
			have[n] = true
		}
	}
	return have, nil
}

// namedDeploy gives the deploy that the path names.
func (c *call) namedDeploy() (store.Deploy, error) {
	pr, err := c.project()
	if err != nil {
		return store.Deploy{}, err
	}
	id, err := c.id("id")
	if err != nil {
		return store.Deploy{}, err
	}
	d, err := c.store.Deploy(c.ctx(), id)
	if errors.Is(err, store.ErrNotFound) || err == nil && d.Project != pr.ID {
		return d, missing("the project %q has no deploy %d", pr.Name, id)
	}
	if err == nil && !wire.Finished(d.State.Status) {
		c.resumeDeploy(c.ctx(), id)
	}
	return d, err
}

func (c *call) deployStatus() (any, error) {
	d, err := c.namedDeploy()
	return d.State, err
}

func (c *call) deployStructure() (any, error) {
	d, err := c.namedDeploy()
	if err != nil {
		return nil, err
	}
	b, err := c.store.Build(c.ctx(), d.Project, d.State.BuildID)
	return structured(b.Request.Structure), err
}

func (c *call) deployWarnings() (any, error) {
	d, err := c.namedDeploy()
	return warnings(d.Log), err
}
