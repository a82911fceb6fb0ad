package scaffold

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/lifecycle"
	"github.com/fns-dev/fns/internal/project"
)

// Feature is a kind of component, as hs names it.
type Feature string

// The features that there are templates for.
const (
	PrivateFunction  Feature = "app-function"          // UI extensions call it
	EndpointFunction Feature = "app-function-endpoint" // it has a URL
	Card             Feature = "card"                  // a UI extension
)

// Features are the names of all features.
func Features() []string {
	return []string{string(EndpointFunction), string(PrivateFunction), string(Card)}
}

// The values of an app that hs knows.
const (
	Private     = "private"
	Marketplace = "marketplace"
	Static      = "static"
	OAuth       = "oauth"
)

// App is the app of a project.
type App struct {
	Name         string
	Distribution string // Private or Marketplace
	Auth         string // Static or OAuth
}

// check says why the app can't have a feature.
func (a App) check(features []Feature) error {
	if err := OneOf("the distribution", a.Distribution, []string{Private, Marketplace}); err != nil {
		return err
	}
	if err := OneOf("the kind of auth", a.Auth, []string{Static, OAuth}); err != nil {
		return err
	}
	if a.Distribution == Marketplace && a.Auth == Static {
		return fmt.Errorf("an app for the marketplace needs auth %s, not %s", OAuth, Static)
	}
	for _, f := range features {
		if f != Card && (a.Distribution != Private || a.Auth != Static) {
			return fmt.Errorf("only an app with distribution %s and auth %s can have functions (%s)", Private, Static, f)
		}
	}
	return nil
}

// Component is a component to add.
type Component struct {
	Feature Feature
	Name    string
	Path    string // of an endpoint, "" for the name
	Method  string // of an endpoint, "" for GET
}

// Project is a new project.
type Project struct {
	Name       string
	Platform   string // version
	App        *App   // nil for a project without one
	Components []Component
	TypeScript bool
	Force      bool // also with a platform version that has ended
	Now        time.Time
}

// legacy is the first version that is not: its functions are declared in
// -hsmeta.json files.
const legacy = "2025.2"

// NewProject plans a project in dir, an absolute folder.
func NewProject(dir string, p Project) (*Plan, error) {
	if err := CheckName("project", p.Name); err != nil {
		return nil, err
	}
	if file, ok := findUp(dir, "hsproject.json"); ok {
		return nil, fmt.Errorf("%s lies in a project already (%s): choose another folder", dir, file)
	}
	if err := p.checkPlatform(); err != nil {
		return nil, err
	}
	if p.App == nil && len(p.Components) > 0 {
		return nil, fmt.Errorf("features belong to an app: a project without one can't have %s", p.Components[0].Feature)
	}
	b := &builder{
		plan: &Plan{Root: dir, files: map[string]*file{}}, source: "src", version: p.Platform,
		legacy: lifecycle.Before(p.Platform, legacy), typed: p.TypeScript,
		uids: map[string]bool{}, paths: map[string]bool{}, project: p.Name,
	}
	functions := ""
	if slices.ContainsFunc(p.Components, func(c Component) bool { return c.Feature != Card }) {
		functions = "src/" + b.functionsFolder()
	}
	data := map[string]any{"Name": p.Name, "Platform": p.Platform, "Functions": functions}
	for name, from := range map[string]string{"hsproject.json": "hsproject.json", ".gitignore": "gitignore", "README.md": "README.md"} {
		if err := b.plan.add(name, "project/"+from, data); err != nil {
			return nil, err
		}
	}
	if p.TypeScript {
		for _, name := range []string{"package.json", "tsconfig.json", "fns.json"} {
			if err := b.plan.add(name, "project/"+name, data); err != nil {
				return nil, err
			}
		}
	}
	if p.App == nil {
		b.plan.files["src/.gitkeep"] = &file{}
		return b.plan, nil
	}
	if err := b.app(*p.App, p.Components); err != nil {
		return nil, err
	}
	return b.plan, b.components(p.Components)
}

func (p *Project) checkPlatform() error {
	if err := OneOf("the platform version", p.Platform, Platforms()); err != nil {
		return err
	}
	steps := lifecycle.Platform(p.Platform)
	if past, _ := lifecycle.In(steps, p.Now); len(past) > 0 && !p.Force {
		return fmt.Errorf("HubSpot takes no new projects of platform version %s: since %s %s; leave the version out for %s, or add --force to make one for local use",
			p.Platform, past[len(past)-1].Date, past[len(past)-1].Effect, lifecycle.Current)
	}
	return runsFunctions(p.Platform, p.Components)
}

func runsFunctions(version string, components []Component) error {
	for _, c := range components {
		if c.Feature != Card && lifecycle.WithoutFunctions(version) {
			return fmt.Errorf("platform version %s runs no functions (%s): use %s", version, c.Feature, lifecycle.Current)
		}
	}
	return nil
}

// Platforms are the versions that a project can be made for, the oldest first.
func Platforms() []string {
	return slices.DeleteFunc(lifecycle.Platforms(), func(v string) bool {
		return v == "2023.1" || v == "unstable"
	})
}

// Add plans components for a project that exists, and where it has no app, that
// one too. p is what was discovered at d.
func Add(p *project.Project, d project.Developer, app App, components []Component, typed bool) (*Plan, error) {
	root := filepath.Dir(d.File)
	source, err := filepath.Rel(root, d.SourceDir)
	if err != nil || !filepath.IsLocal(source) {
		return nil, fmt.Errorf("%s: srcDir is not a folder inside the project", d.File)
	}
	if err := runsFunctions(d.Version, components); err != nil {
		return nil, err
	}
	b := &builder{
		plan: &Plan{Root: root, files: map[string]*file{}}, source: filepath.ToSlash(source), version: d.Version,
		legacy: d.Legacy, typed: typed, uids: map[string]bool{}, paths: map[string]bool{}, project: d.Name,
	}
	for _, fn := range p.Functions {
		b.uids[fn.Name] = true
		if fn.Endpoint != nil {
			b.paths[fn.Endpoint.Path] = true
		}
		if d.Legacy && fn.Generation == project.ProjectServerless && d.Contains(fn.Dir) && b.folder == "" {
			if rel, err := filepath.Rel(d.SourceDir, fn.Dir); err == nil {
				b.folder = filepath.ToSlash(rel)
			}
		}
	}
	found, err := b.read(d)
	if err != nil {
		return nil, err
	}
	if found == nil {
		if app.Name == "" {
			app.Name = d.Name
		}
		if err := b.app(app, components); err != nil {
			return nil, err
		}
	} else if err := found.check(features(components)); err != nil {
		return nil, fmt.Errorf("the project's app: %w", err)
	}
	return b.plan, b.components(components)
}

func features(components []Component) []Feature {
	var list []Feature
	for _, c := range components {
		list = append(list, c.Feature)
	}
	return list
}

// ParseFeatures reads names of features, of which several may stand in one with
// commas between.
func ParseFeatures(names []string) ([]Feature, error) {
	var list []Feature
	for _, name := range names {
		for part := range strings.SplitSeq(name, ",") {
			part = strings.TrimSpace(part)
			if part == "" {
				continue
			}
			if err := OneOf("the feature", part, Features()); err != nil {
				return nil, fmt.Errorf("%w (others: hs project add)", err)
			}
			if !slices.Contains(list, Feature(part)) {
				list = append(list, Feature(part))
			}
		}
	}
	return list, nil
}
