package validate

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/ir"
	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/jsonschema"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/suggest"
	"github.com/fns-dev/fns/internal/wire"
)

// Account is what is asked of HubSpot; a *hubapi.Client is one.
type Account interface {
	Secrets(ctx context.Context) ([]string, error)
	Routes(ctx context.Context) ([]wire.Route, error)
	Schemas(ctx context.Context, platformVersion string) (wire.Schemas, error)
}

// Usage is how much of its limits an account uses.
type Usage struct {
	Secrets    int `json:"secrets"`
	MaxSecrets int `json:"maxSecrets"`
	Endpoints  int `json:"endpoints"`
	MaxRoutes  int `json:"maxEndpoints"`
}

// checkAccount compares p with what an account has: secrets and routes.
func checkAccount(ctx context.Context, a Account, p *project.Project) (diag.List, Usage, error) {
	all := limits.All()
	use := Usage{MaxSecrets: int(all.Max(limits.Secrets, nil, false)), MaxRoutes: int(all.Max(limits.Endpoints, nil, false))}
	names, err := a.Secrets(ctx)
	if err != nil {
		return nil, use, err
	}
	use.Secrets = len(names)
	list := missingSecrets(p, names, use)
	routes, err := a.Routes(ctx)
	if err != nil {
		return nil, use, err
	}
	routes = slices.DeleteFunc(routes, func(r wire.Route) bool { return r.DeletedAt > 0 })
	use.Endpoints = len(routes)
	list = append(list, takenRoutes(p, routes, use)...)
	return list, use, nil
}

func missingSecrets(p *project.Project, names []string, use Usage) diag.List {
	var list diag.List
	missing := map[string]diag.Range{}
	for _, fn := range p.Functions {
		for _, s := range fn.Secrets {
			if slices.Contains(names, s.Name) || s.Name == project.TokenVariable {
				continue
			}
			missing[s.Name] = s.Range
			d := diag.Diagnostic{
				Code: diag.SecretMissing, Severity: diag.Error, Range: s.Range,
				Summary: fmt.Sprintf("the account has no secret %q", s.Name), Hint: "add it: fns secrets add " + s.Name,
			}
			if fn.Generation == project.DesignManager {
				d.Severity = diag.Warning // the upload succeeds, the function finds nothing
			}
			if near := suggest.Closest(s.Name, names); near != "" {
				d.Hint = fmt.Sprintf("did you mean %q? If not, add it: fns secrets add %s", near, s.Name)
			}
			list = append(list, d)
		}
	}
	if total := len(names) + len(missing); len(missing) > 0 && total > use.MaxSecrets {
		for _, at := range missing {
			return append(list, diag.Diagnostic{
				Code: diag.SecretsFull, Severity: diag.Error, Range: diag.Range{File: at.File},
				Summary: fmt.Sprintf("the account has %d of %d secrets, and %d more are needed", len(names), use.MaxSecrets, len(missing)),
				Hint:    "delete some that nobody uses: fns secrets list",
			})
		}
	}
	return list
}

func takenRoutes(p *project.Project, routes []wire.Route, use Usage) diag.List {
	var list diag.List
	added := 0
	for _, fn := range p.Functions {
		if fn.Endpoint == nil {
			continue
		}
		known := false
		for _, r := range routes {
			if strings.Trim(r.Route, "/") != fn.Endpoint.Path || !answers(r, fn.Endpoint.Methods) || designManagerRoute(r) != (fn.Generation == project.DesignManager) {
				continue
			}
			known = true
			if owner, other := ownerOf(r, p, fn); other {
				list = append(list, diag.Diagnostic{
					Code: diag.RouteTaken, Severity: diag.Warning, Range: fn.Endpoint.Range,
					Summary: fmt.Sprintf("%s %s is answered by %s in the account already", r.Method, fn.URLPath(), owner),
					Hint:    "choose another path, or remove the other endpoint first",
				})
			}
			break
		}
		if !known {
			added++
		}
	}
	if len(routes)+added > use.MaxRoutes && added > 0 {
		list = append(list, diag.Diagnostic{
			Code: diag.EndpointsFull, Severity: diag.Error, Range: diag.Range{File: p.Root},
			Summary: fmt.Sprintf("the account has %d of %d endpoints, and %d more are new", len(routes), use.MaxRoutes, added),
			Hint:    "serve several actions from one endpoint, or delete others",
		})
	}
	return list
}

// answers reports whether a route takes one of the methods.
func answers(r wire.Route, methods []string) bool {
	return r.Method == "" || slices.ContainsFunc(methods, func(m string) bool {
		return slices.ContainsFunc(strings.Split(r.Method, ","), func(have string) bool { return strings.EqualFold(strings.TrimSpace(have), m) })
	})
}

// designManagerRoute tells the routes of the design manager from those of projects.
func designManagerRoute(r wire.Route) bool { return r.ProjectName == nil && r.AppID == nil }

// ownerOf names who holds a route, and whether that is somebody else than fn.
func ownerOf(r wire.Route, p *project.Project, fn *project.Function) (owner string, other bool) {
	if r.ProjectName != nil {
		return fmt.Sprintf("the project %q", *r.ProjectName), *r.ProjectName != p.Name
	}
	if fn.Generation != project.DesignManager {
		return "another app", false // which one, the answer does not tell
	}
	folder := path.Dir(strings.TrimPrefix(r.RawAssetPath, "/"))
	return "the folder " + folder, !strings.Contains("/"+folder+"/", "/"+filepath.Base(fn.Dir)+"/")
}

// componentSchemas checks the components of a project against HubSpot's schemas,
// with the values of each of the profiles, as hs project validate does. Without
// a name of one in profiles that is the only one there is, or none.
func componentSchemas(ctx context.Context, schemas SchemaSource, d project.Developer, profiles []string) (diag.List, error) {
	if d.Legacy || d.Version == "" {
		return nil, nil
	}
	var list diag.List
	for _, name := range profiles {
		components, used, _ := project.Components(d, name) // what is wrong with the files is said elsewhere
		if used == nil && name != "" {
			continue // a profile of another project
		}
		known, err := schemas(ctx, used, d.Version)
		if err != nil {
			return nil, err
		}
		compiled := map[string]*jsonschema.Schema{}
		for _, c := range components {
			config := c.Doc.Root.Get("config")
			kind := ir.ComponentType(text(c.Doc.Root, "type"))
			raw, there := known[kind]
			if config == nil || !there {
				continue
			}
			schema := compiled[kind]
			if schema == nil {
				if schema, err = jsonschema.Compile(raw); err != nil {
					return nil, fmt.Errorf("read HubSpot's schema of %s: %w", kind, err)
				}
				compiled[kind] = schema
			}
			found, err := misfits(schema, c.Doc, config)
			if err != nil {
				return nil, fmt.Errorf("check %s: HubSpot's schema: %w", c.Doc.File(), err)
			}
			list = append(list, found...)
		}
	}
	return list, nil
}

// SchemaSource gives HubSpot's schemas of a platform version, as the account of
// a profile sees them; the profile is nil where none is in force.
type SchemaSource func(ctx context.Context, profile *project.Profile, platformVersion string) (wire.Schemas, error)

// profilesOf gives the profiles that a run is about: the one asked for, else all.
func profilesOf(p *project.Project, wanted string) []string {
	if wanted == "" && len(p.Profiles) > 1 {
		return p.Profiles
	}
	return []string{wanted}
}

// misfits reports where a config does not fit a schema.
func misfits(schema *jsonschema.Schema, doc *jsonpos.Document, config *jsonpos.Value) (diag.List, error) {
	found, err := schema.Check(config)
	var list diag.List
	for _, m := range found {
		where := strings.ReplaceAll("config"+m.Pointer, "/", ".")
		list = append(list, diag.Diagnostic{
			Code: diag.ComponentSchema, Severity: diag.Error, Range: rangeOf(doc, m),
			Summary: fmt.Sprintf("%s: %s", where, m.Text), Hint: m.Hint,
		})
	}
	return list, err
}

func rangeOf(doc *jsonpos.Document, m jsonschema.Misfit) diag.Range {
	switch {
	case m.Key != nil:
		return doc.KeyRange(*m.Key)
	case m.Missing:
		return doc.Opening(m.Value)
	default:
		return doc.Range(m.Value)
	}
}
