package scaffold

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/project"
)

// builder plans the components of a project.
type builder struct {
	plan    *Plan
	project string // its name
	source  string // srcDir, from the plan's root on
	version string
	legacy  bool
	typed   bool
	folder  string          // of the functions, from srcDir on; "" for the usual one
	uids    map[string]bool // taken
	paths   map[string]bool // of endpoints, taken
	private string          // uid of a private function that a card can call
}

// functionsFolder is the folder of functions, from srcDir on.
func (b *builder) functionsFolder() string {
	switch {
	case b.folder != "":
		return b.folder
	case b.legacy:
		return "app/app.functions"
	default:
		return "app/functions"
	}
}

// at is a path of srcDir, from the plan's root on.
func (b *builder) at(elem ...string) string {
	return path.Join(append([]string{b.source}, elem...)...)
}

func (b *builder) exists(name string) bool {
	_, err := os.Lstat(b.plan.path(name))
	return err == nil || b.plan.files[name] != nil
}

// read notes the components of a project of the newer layout, and gives its app.
// For the older one it looks for the file of the app only.
func (b *builder) read(d project.Developer) (*App, error) {
	if b.legacy {
		if b.exists(b.at("app/app.json")) || b.exists(b.at("app/public-app.json")) {
			return &App{Distribution: Private, Auth: Static}, nil
		}
		return nil, nil
	}
	var app *App
	components, _, _ := project.Components(d, "")
	for _, c := range components {
		root := c.Doc.Root
		if uid := root.Get("uid"); uid.Is(jsonpos.String) {
			b.uids[uid.Text] = true
			if kind := root.Get("type"); kind.Is(jsonpos.String) && kind.Text == "app-function" && root.Get("config").Get("endpoint") == nil {
				b.private = uid.Text
			}
		}
		if kind := root.Get("type"); kind.Is(jsonpos.String) && kind.Text == "app" {
			app = &App{Distribution: Private, Auth: Static} // what is not said is not in the way
			if v := root.Get("config").Get("distribution"); v.Is(jsonpos.String) {
				app.Distribution = v.Text
			}
			if v := root.Get("config").Get("auth").Get("type"); v.Is(jsonpos.String) {
				app.Auth = v.Text
			}
		}
	}
	return app, nil
}

// app plans the app.
func (b *builder) app(a App, components []Component) error {
	if a.Name == "" {
		a.Name = b.project
	}
	if err := a.check(features(components)); err != nil {
		return err
	}
	data := map[string]any{
		"UID": b.free(UID(a.Name) + "-app"), "Name": a.Name, "Description": "",
		"Distribution": a.Distribution, "Auth": a.Auth,
	}
	if b.legacy {
		if a.Auth != Static || a.Distribution != Private {
			return fmt.Errorf("fns makes private apps only for platform version %s", b.version)
		}
		return b.plan.add(b.at("app/app.json"), "legacy/app.json", data)
	}
	return b.plan.add(b.at("app/app-hsmeta.json"), "platform/app-hsmeta.json", data)
}

// free gives a uid that is not taken, and takes it.
func (b *builder) free(uid string) string {
	if !project.ValidUID(uid) {
		uid = strings.Trim(uid[:min(len(uid), 64)], "-.")
	}
	for n, base := 2, uid; b.uids[uid]; n++ {
		uid = fmt.Sprintf("%s-%d", base, n)
	}
	b.uids[uid] = true
	return uid
}

// components plans them, functions before the cards that call them.
func (b *builder) components(list []Component) error {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(x, y Component) int {
		switch {
		case x.Feature != Card && y.Feature == Card:
			return -1
		case x.Feature == Card && y.Feature != Card:
			return 1
		}
		return 0
	})
	for _, c := range list {
		if err := CheckName(string(c.Feature), c.Name); err != nil {
			return err
		}
		add := b.function
		if c.Feature == Card {
			add = b.card
		}
		if err := add(c); err != nil {
			return err
		}
	}
	return nil
}

// extension of the functions' files.
func (b *builder) extension() string {
	if b.typed {
		return ".ts"
	}
	return ".js"
}

func (b *builder) function(c Component) error {
	uid := UID(c.Name)
	if b.uids[uid] {
		return fmt.Errorf("the project has a component %q already: choose another name", uid)
	}
	b.uids[uid] = true
	template := "function/private"
	if c.Feature == EndpointFunction {
		template = "function/endpoint"
		var err error
		if c.Path, c.Method, err = endpoint(c.Path, c.Method, uid); err != nil {
			return err
		}
		if b.paths[c.Path] {
			return fmt.Errorf("the project has an endpoint with the path %q already: choose another one", c.Path)
		}
		b.paths[c.Path] = true
	} else {
		b.private = uid
	}
	folder := b.functionsFolder()
	name := uid + b.extension()
	data := map[string]any{
		"UID": uid, "Name": uid, "Path": c.Path, "Method": c.Method,
		"Entry": "/" + path.Join(folder, name), "Package": UID(b.project) + "-functions",
	}
	if err := b.plan.add(b.at(folder, name), template+b.extension(), data); err != nil {
		return err
	}
	if pkg := b.at(folder, "package.json"); !b.exists(pkg) {
		if err := b.plan.add(pkg, "platform/package.json", data); err != nil {
			return err
		}
	}
	if !b.legacy {
		return b.plan.add(b.at(folder, uid+"-hsmeta.json"), "platform/function-hsmeta.json", data)
	}
	manifest := b.at(folder, "serverless.json")
	if !b.exists(manifest) {
		if err := b.plan.add(manifest, "legacy/serverless.json", data); err != nil {
			return err
		}
	}
	type route struct {
		Path   string   `json:"path"`
		Method []string `json:"method"`
	}
	entry := struct {
		File     string   `json:"file"`
		Secrets  []string `json:"secrets"`
		Endpoint *route   `json:"endpoint,omitempty"`
	}{File: name, Secrets: []string{}}
	if c.Feature == EndpointFunction {
		entry.Endpoint = &route{Path: c.Path, Method: []string{c.Method}}
	}
	return b.plan.insert(manifest, "appFunctions", uid, entry)
}

// card plans a card, for which only the newer layout has a template.
func (b *builder) card(c Component) error {
	if b.legacy {
		return fmt.Errorf("there is no template of a card for platform version %s", b.version)
	}
	uid := UID(c.Name)
	if b.uids[uid] {
		return fmt.Errorf("the project has a component %q already: choose another name", uid)
	}
	b.uids[uid] = true
	name := uid + ".jsx"
	data := map[string]any{
		"UID": uid, "Name": c.Name, "Entry": "/app/cards/" + name, "Function": b.private, "Package": UID(b.project) + "-cards",
	}
	if err := b.plan.add(b.at("app/cards", name), "platform/card.jsx", data); err != nil {
		return err
	}
	if pkg := b.at("app/cards/package.json"); !b.exists(pkg) {
		if err := b.plan.add(pkg, "platform/cards-package.json", data); err != nil {
			return err
		}
	}
	return b.plan.add(b.at("app/cards", uid+"-hsmeta.json"), "platform/card-hsmeta.json", data)
}

// endpoint fills in and checks the path and the method of an endpoint.
func endpoint(at, method, name string) (string, string, error) {
	if at == "" {
		at = name
	}
	if method == "" {
		method = "GET"
	}
	if strings.ContainsAny(at, " \t\n?#\\%\"'`{}$*") || strings.Trim(at, "/") == "" {
		return "", "", fmt.Errorf("the path %q of the endpoint has a character that paths can't have, or is empty: use letters, digits, -, _ and /", at)
	}
	method = strings.ToUpper(method)
	if err := OneOf("the method", method, Methods()); err != nil {
		return "", "", err
	}
	return strings.Trim(at, "/"), method, nil
}

// Methods are those that hs offers for a new endpoint.
func Methods() []string { return []string{"DELETE", "GET", "PATCH", "POST", "PUT"} }

// FolderFunction is a new function of the design manager.
type FolderFunction struct {
	Folder     string // name of the folder, with or without .functions
	File       string // name of the file, with or without its extension
	Path       string // of the endpoint
	Method     string
	Runtime    string
	TypeScript bool
}

// NewFunction plans a function of the design manager in dir, an absolute folder,
// which must not lie in a functions folder itself.
func NewFunction(dir string, f FolderFunction) (*Plan, error) {
	if file, ok := findUp(dir, "serverless.json"); ok {
		return nil, fmt.Errorf("%s lies in a functions folder already (%s), and they can't hold each other: choose another folder", dir, file)
	}
	for _, n := range []struct{ what, name string }{{"functions folder", f.Folder}, {"file", f.File}} {
		if err := CheckName(n.what, n.name); err != nil {
			return nil, err
		}
		if strings.Contains(n.name, " ") {
			return nil, fmt.Errorf("the name %q of the %s has a space", n.name, n.what)
		}
	}
	folder := strings.TrimSuffix(f.Folder, ".functions") + ".functions"
	ext := ".js"
	if f.TypeScript {
		ext = ".ts"
	}
	name := strings.TrimSuffix(f.File, ext) + ext
	at, method, err := endpoint(f.Path, f.Method, strings.TrimSuffix(name, ext))
	if err != nil {
		return nil, err
	}
	plan := &Plan{Root: dir, files: map[string]*file{}}
	data := map[string]any{"Path": at, "Method": method, "Runtime": f.Runtime}
	manifest := path.Join(folder, "serverless.json")
	if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(manifest))); errors.Is(err, fs.ErrNotExist) {
		if err := plan.add(manifest, "folder/serverless.json", data); err != nil {
			return nil, err
		}
	} else if err != nil {
		return nil, err
	}
	if err := plan.insert(manifest, "endpoints", at, struct {
		Method string `json:"method"`
		File   string `json:"file"`
	}{method, name}); err != nil {
		return nil, err
	}
	return plan, plan.add(path.Join(folder, name), "function/folder"+ext, data)
}
