package portal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/fns-dev/fns/internal/archive"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/wire"
)

func (p *Portal) functionRoutes() {
	p.closed("GET", wire.Routes, (*call).listRoutes)
	p.closed("POST", wire.FolderBuild, (*call).buildFolder)
	p.closed("GET", wire.FolderBuildStatus, (*call).folderBuild)
}

func (c *call) listRoutes() (any, error) {
	routes, err := c.store.Routes(c.ctx())
	if err != nil {
		return nil, err
	}
	page := wire.RoutePage{Objects: []wire.Route{}, Limit: 1000}
	for _, r := range routes {
		for _, method := range r.Methods {
			info := r.Info
			info.Method = method
			page.Objects = append(page.Objects, info)
		}
	}
	page.Total, page.TotalCount = len(page.Objects), len(page.Objects)
	return page, nil
}

// manifest is the file that names the functions of a folder.
const manifest = "serverless.json"

// cmsRoutes finds the endpoints of the design manager after a change of the file
// changed. What is wrong with a serverless.json that was just uploaded is a fault;
// in others it only costs their endpoints. others is how many endpoints there are
// beside those of files.
func (p *Portal) cmsRoutes(_ context.Context, files []store.File, others int, changed string) ([]store.Route, error) {
	dir, err := p.workFolder()
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var routes []store.Route
	now := p.opts.Now().UnixMilli()
	for _, folder := range store.Folders(files) {
		at := filepath.Join(dir, filepath.FromSlash(folder))
		if err := writeBelow(dir, manifests(files, folder)); err != nil {
			return nil, err
		}
		if _, err := os.Stat(filepath.Join(at, manifest)); err != nil {
			continue
		}
		found, list := project.Discover(at)
		if path.Join(folder, manifest) == changed {
			if f := manifestFault(list); f != nil {
				return nil, f
			}
		}
		for _, fn := range found.Functions {
			if fn.Endpoint == nil || fn.Generation != project.DesignManager {
				continue
			}
			asset := path.Join(folder, filepath.ToSlash(relative(at, fn.Entry)))
			r := store.Route{Kind: store.RouteOfFiles, Owner: folder, Path: fn.Endpoint.Path, Methods: fn.Endpoint.Methods}
			r.Info = routeInfo(fn, asset, now)
			routes = append(routes, r)
		}
	}
	slices.SortStableFunc(routes, func(a, b store.Route) int { return strings.Compare(a.Path, b.Path) })
	for i, r := range routes {
		if i == 0 || routes[i-1].Path != r.Path {
			continue
		}
		// Only whoever brings the second one is told; what is there stays.
		if strings.HasPrefix(changed, r.Owner+"/") || strings.HasPrefix(changed, routes[i-1].Owner+"/") {
			return nil, invalid("the endpoint %s is in %s and in %s: paths must be unique in an account", r.Path, routes[i-1].Owner, r.Owner)
		}
	}
	routes = slices.CompactFunc(routes, func(a, b store.Route) bool { return a.Path == b.Path })
	if most := limits.All().Max(limits.Endpoints, nil, false); int64(len(routes)+others) > most && path.Base(changed) == manifest {
		return nil, invalid("there would be %d endpoints, and an account can have %d", len(routes)+others, most)
	}
	return routes, nil
}

// manifests gives the manifest of a folder, and its other files without content:
// that is all that finding endpoints needs.
func manifests(files []store.File, folder string) []archive.File {
	var list []archive.File
	for _, f := range files {
		if !strings.HasPrefix(f.Path, folder+"/") {
			continue
		}
		file := archive.File{Name: f.Path}
		if f.Path == folder+"/"+manifest {
			file.Data = f.Data
		}
		list = append(list, file)
	}
	return list
}

// manifestFault gives what HubSpot would refuse in a manifest. That a function's
// file is missing is none: it may come with the next upload.
func manifestFault(list diag.List) error {
	f := invalid("%s has errors", manifest)
	for _, d := range list {
		if d.Severity != diag.Error || d.Code == diag.EntryNotFound || d.Code == diag.NoFunctions {
			continue
		}
		f.body.Errors = append(f.body.Errors, detail(d))
	}
	if len(f.body.Errors) == 0 {
		return nil
	}
	return f
}

// detail puts a finding into HubSpot's form.
func detail(d diag.Diagnostic) wire.ErrorDetail {
	text := d.Summary
	if d.Hint != "" {
		text += "; " + d.Hint
	}
	out := wire.ErrorDetail{Message: text, Code: d.Code}
	if d.Range.Start.Line > 0 {
		out.ErrorTokens = &wire.ErrorTokens{Line: wire.ID(strconv.Itoa(d.Range.Start.Line))}
	}
	return out
}

func routeInfo(fn *project.Function, asset string, now int64) wire.Route {
	user := int64(UserID)
	name := userName
	info := wire.Route{
		PortalID: AccountID, Route: fn.Endpoint.Path, RawAssetPath: asset, SecretNames: []string{}, Created: now, Updated: now,
		AuthorFullName: &name, CreatedByID: &user, UpdatedByID: &user, Deployed: true, DeployedNullable: true,
	}
	for _, s := range fn.Secrets {
		info.SecretNames = append(info.SecretNames, s.Name)
	}
	return info
}

func relative(dir, file string) string {
	rel, err := filepath.Rel(dir, file)
	if err != nil {
		return file
	}
	return rel
}

// writeBelow writes files below a folder that is there; names were checked when
// they came in, and are again.
func writeBelow(dir string, files []archive.File) error {
	_, err := archive.Extract(dir, files, true)
	return err
}

// buildFolder builds a .functions folder, as hs cms function deploy asks.
func (c *call) buildFolder() (any, error) {
	var req wire.FolderBuildRequest
	if err := c.json(&req); err != nil {
		return nil, err
	}
	folder, err := filePath(req.FolderPath)
	if err != nil {
		return nil, err
	}
	if _, err := c.store.File(c.ctx(), folder+"/package.json", false); err != nil {
		if errors.Is(err, store.ErrNotFound) {
			return nil, missing("%s has no package.json", folder)
		}
		return nil, err
	}
	begun := c.opts.Now()
	state := wire.FolderBuildState{Status: wire.FolderBuildSuccess, BuildStartedAt: wire.Time{Time: begun}, UpdateCutoff: wire.Time{Time: begun}, UserID: UserID, DeployID: wire.ID(newID())}
	files, err := c.store.FunctionFiles(c.ctx())
	if err != nil {
		return nil, err
	}
	dir, err := c.workFolder()
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := writeBelow(dir, inFolder(files, folder)); err != nil {
		return nil, err
	}
	list, err := c.check(c.ctx(), filepath.Join(dir, filepath.FromSlash(folder)))
	if err != nil {
		return nil, err
	}
	if errs := errorsOf(list); len(errs) > 0 {
		state.Status, state.ErrorReason = wire.FolderBuildError, summary(errs)
	}
	state.BuildTime = float64(c.opts.Now().Sub(begun).Milliseconds())
	id, err := c.store.AddFolderBuild(c.ctx(), state)
	if err != nil {
		return nil, err
	}
	return strconv.FormatInt(id, 10), nil
}

func inFolder(files []store.File, folder string) []archive.File {
	var list []archive.File
	for _, f := range files {
		if strings.HasPrefix(f.Path, folder+"/") {
			list = append(list, archive.File{Name: f.Path, Data: f.Data})
		}
	}
	return list
}

func summary(list diag.List) string {
	text := list[0].Summary
	if len(list) > 1 {
		text += fmt.Sprintf(" (and %d more)", len(list)-1)
	}
	return text
}

func (c *call) folderBuild() (any, error) {
	id, err := c.id("id")
	if err != nil {
		return nil, err
	}
	state, err := c.store.FolderBuild(c.ctx(), id)
	if errors.Is(err, store.ErrNotFound) {
		return nil, missing("there is no build %d", id)
	}
	return state, err
}
