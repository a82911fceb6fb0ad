package validate

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/lifecycle"
	"github.com/fns-dev/fns/internal/project"
)

// permissionsSince is the first platform version whose components may have
// permissions (npm @hubspot/project-parsing-lib 0.23.0).
const permissionsSince = "2026.09-beta"

// checkApp says whether the project has what its functions need around them.
func checkApp(p *project.Project, d project.Developer) diag.List {
	var functions []*project.Function
	for _, fn := range p.Functions {
		if fn.Generation != project.DesignManager && d.Contains(fn.Manifest) {
			functions = append(functions, fn)
		}
	}
	if len(functions) == 0 {
		return nil
	}
	if d.Legacy {
		return checkLegacyApp(d)
	}
	list := checkPackageFile(functions, filepath.Join(d.SourceDir, "app", "functions"))
	return append(list, checkComponents(d, functions)...)
}

// checkPackageFile wants a package.json next to the functions, in their home.
func checkPackageFile(functions []*project.Function, home string) diag.List {
	if !slices.ContainsFunc(functions, func(fn *project.Function) bool { return fn.Dir == home }) {
		return nil
	}
	file := filepath.Join(home, "package.json")
	if _, err := os.Lstat(file); err == nil {
		_, list := jsonpos.Read(file)
		return list
	}
	return diag.List{{
		Code: diag.PackageFile, Severity: diag.Error,
		Summary: "package.json does not exist; the build of the functions needs one",
		Range:   diag.Range{File: home},
		Hint:    `create it, for instance with { "name": "functions", "version": "1.0.0", "dependencies": {} }`,
	}}
}

// component is an -hsmeta.json file of any type.
type component struct {
	doc       *jsonpos.Document
	uid, kind string
}

// componentFiles gives the metadata of all components, which HubSpot reads only
// from these folders below srcDir.
func componentFiles(src string) []string {
	var files []string
	for _, pattern := range []string{"app/*-hsmeta.json", "app/*/*-hsmeta.json", "theme/*-hsmeta.json", "cms-assets/*-hsmeta.json"} {
		found, err := filepath.Glob(filepath.Join(escape(src), filepath.FromSlash(pattern)))
		if err == nil { // the pattern is one
			files = append(files, found...)
		}
	}
	return files
}

// escape takes the meaning from the characters of a path that Glob gives one.
func escape(path string) string {
	if filepath.Separator == '\\' {
		return path // there is no escape on Windows
	}
	return strings.NewReplacer(`*`, `\*`, `?`, `\?`, `[`, `\[`, `\`, `\\`).Replace(path)
}

// checkComponents looks at the metadata that stands around the functions: the
// app's own, uids that are used twice, keys that the version does not know.
func checkComponents(d project.Developer, functions []*project.Function) diag.List {
	var list diag.List
	var app *component
	first := map[string]component{}
	for _, file := range componentFiles(d.SourceDir) {
		doc, problems := jsonpos.Read(file)
		if !doc.Root.Is(jsonpos.Object) {
			if filepath.Dir(file) == filepath.Join(d.SourceDir, "app") {
				list = append(list, problems...) // it may be the app's
			}
			continue
		}
		c := component{doc: doc, uid: text(doc.Root, "uid"), kind: text(doc.Root, "type")}
		if c.kind == "app" && app == nil {
			app = &c
			list = append(list, problems...)
		}
		list = append(list, checkPermissions(d, doc)...)
		if other, twice := first[c.uid]; twice && (c.kind != "app-function" || other.kind != "app-function") {
			list = append(list, diag.Diagnostic{
				Code: diag.DuplicateName, Severity: diag.Error,
				Summary: fmt.Sprintf("two components have the uid %q", c.uid),
				Range:   doc.Range(doc.Root.Get("uid")),
				Related: []diag.Related{{Message: "the other one is here", Range: other.doc.Range(other.doc.Root.Get("uid"))}},
				Hint:    "a uid is unique in a project: change one of them",
			})
		} else if c.uid != "" {
			first[c.uid] = c
		}
	}
	if app == nil {
		return append(list, diag.Diagnostic{
			Code: diag.NoApp, Severity: diag.Error,
			Summary: fmt.Sprintf("the project has functions (%s) but no app", someNames(functions)),
			Range:   diag.Range{File: d.File},
			Hint:    fmt.Sprintf("add %s/app/app-hsmeta.json of type \"app\", with static auth and private distribution", filepath.Base(d.SourceDir)),
		})
	}
	return append(list, checkAuth(app.doc)...)
}

// checkAuth wants the only kind of app that may have functions.
func checkAuth(doc *jsonpos.Document) diag.List {
	var list diag.List
	config := doc.Root.Get("config")
	for _, want := range []struct {
		value *jsonpos.Value
		key   string
		good  string
	}{
		{config.Get("auth").Get("type"), "auth.type", "static"},
		{config.Get("distribution"), "distribution", "private"},
	} {
		if want.value.Is(jsonpos.String) && want.value.Text != want.good && !strings.Contains(want.value.Text, "${") {
			list = append(list, diag.Diagnostic{
				Code: diag.AppAuth, Severity: diag.Error,
				Summary: fmt.Sprintf("an app with %s %q can't have functions", want.key, want.value.Text),
				Range:   doc.Range(want.value),
				Hint:    fmt.Sprintf("set it to %q, or move the functions to an app of that kind", want.good),
			})
		}
	}
	return list
}

func checkPermissions(d project.Developer, doc *jsonpos.Document) diag.List {
	member, ok := doc.Root.Member("permissions")
	if !ok || !lifecycle.Before(d.Version, permissionsSince) {
		return nil
	}
	return diag.List{{
		Code: diag.Permissions, Severity: diag.Error,
		Summary: fmt.Sprintf("\"permissions\" is not known to platform version %s", d.Version),
		Range:   doc.KeyRange(member),
		Hint:    "remove it, or set platformVersion to 2026.09",
	}}
}

// checkLegacyApp wants the private app of a project up to 2025.1.
func checkLegacyApp(d project.Developer) diag.List {
	folder := filepath.Join(d.SourceDir, "app")
	public := filepath.Join(folder, "public-app.json")
	if _, err := os.Stat(public); err == nil {
		return diag.List{{
			Code: diag.AppAuth, Severity: diag.Error, Summary: "a public app can't have functions",
			Range: diag.Range{File: public}, Hint: "move the functions to a private app (app.json)",
		}}
	}
	file := filepath.Join(folder, "app.json")
	if _, err := os.Stat(file); err != nil {
		return diag.List{{
			Code: diag.NoApp, Severity: diag.Error, Summary: "the project has functions but no app",
			Range: diag.Range{File: d.File}, Hint: fmt.Sprintf("add %s/app/app.json", filepath.Base(d.SourceDir)),
		}}
	}
	doc, list := jsonpos.Read(file)
	if v := doc.Root.Get("public"); v.Is(jsonpos.Bool) && v.Text == "true" {
		list = append(list, diag.Diagnostic{
			Code: diag.AppAuth, Severity: diag.Error, Summary: "a public app can't have functions",
			Range: doc.Range(v), Hint: "set it to false, or move the functions to a private app",
		})
	}
	return list
}

func text(v *jsonpos.Value, key string) string {
	if s := v.Get(key); s.Is(jsonpos.String) {
		return s.Text
	}
	return ""
}

// someNames gives the names of the first functions.
func someNames(functions []*project.Function) string {
	const most = 3
	var names []string
	for _, fn := range functions[:min(most, len(functions))] {
		names = append(names, fn.Name)
	}
	joined := strings.Join(names, ", ")
	if more := len(functions) - most; more > 0 {
		joined += fmt.Sprintf(" and %d more", more)
	}
	return joined
}
