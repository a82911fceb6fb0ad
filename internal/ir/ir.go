// Package ir makes the intermediate representation of a developer project of
// platform version 2025.2 or newer: what its -hsmeta.json files declare, as one
// object of nodes by uid, which goes to HubSpot beside the zip. It is equal to
// that of npm @hubspot/project-parsing-lib; a test compares the two.
package ir

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/lifecycle"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/wire"
)

// Representation is what a project declares.
type Representation struct {
	Nodes       []wire.Node // in the order of the files; uids are unique
	ProfileData wire.ProfileData
	Profile     *project.Profile // in force, nil for none
	// Skipped are the -hsmeta.json files that HubSpot does not read because of
	// where they lie, from the source folder on, with slashes.
	Skipped []string
}

// Of reads the components of p. profile is the name of one, "" for the only one
// there is. With an Error in the list the Representation is not fit to be sent.
func Of(p project.Developer, profile string) (*Representation, diag.List) {
	files, used, list := project.Components(p, profile)
	t := &translation{p: p, list: list, rep: &Representation{Profile: used, ProfileData: profileData(used)}}
	for _, f := range files {
		t.add(f)
	}
	if len(t.components) == 0 && !t.list.HasErrors() {
		t.fail(diag.NoApp, diag.Range{File: p.SourceDir}, `add app/app-hsmeta.json of type "app" to the source folder`,
			"the project has no components: there is no -hsmeta.json file that HubSpot would read")
	}
	t.relate()
	t.unique()
	t.list.Sort()
	return t.rep, t.list
}

// translation is a Representation in the making.
type translation struct {
	p          project.Developer
	rep        *Representation
	list       diag.List
	components []component
}

// component is an -hsmeta.json file that is read.
type component struct {
	doc       *jsonpos.Document
	uid, kind string
	path      string // from the source folder on, with slashes
}

func (t *translation) report(severity diag.Severity, code string, at diag.Range, hint, format string, args ...any) {
	t.list = append(t.list, diag.Diagnostic{Code: code, Severity: severity, Summary: fmt.Sprintf(format, args...), Range: at, Hint: hint})
}

func (t *translation) fail(code string, at diag.Range, hint, format string, args ...any) {
	t.report(diag.Error, code, at, hint, format, args...)
}

// add takes a file, or says why not.
func (t *translation) add(f project.Component) {
	rel, err := filepath.Rel(t.p.SourceDir, f.File)
	if err != nil {
		rel = f.File
	}
	c := component{doc: f.Doc, path: filepath.ToSlash(rel)}
	if dir := c.dir(); !slices.ContainsFunc(dirs(), func(d string) bool { return d == dir }) {
		if dir == "" {
			dir = filepath.Base(t.p.SourceDir)
		}
		t.rep.Skipped = append(t.rep.Skipped, c.path)
		t.report(diag.Warning, diag.Misplaced, f.Doc.Whole(), "move it to the folder of its type, for instance "+kinds()[typeFunction].dir,
			"HubSpot reads no components from %s: the file is not taken into account", dir)
		return
	}
	t.list = append(t.list, f.Problems...)
	root := f.Doc.Root
	if root == nil {
		return // the parser has said why
	}
	if root.Kind != jsonpos.Object {
		t.fail(diag.WrongType, f.Doc.Range(root), "", "%s must hold an object, not %s", c.path, root.Kind)
		return
	}
	c.uid, c.kind = t.text(c, "uid"), t.text(c, "type")
	known := []string{"uid", "type", "config", "dependencies", "permissions"}
	for _, m := range root.Members {
		if !slices.Contains(known, m.Key) {
			t.fail(diag.UnknownKey, f.Doc.KeyRange(m), "remove it; known are "+strings.Join(known, ", "), "the key %q is not known", m.Key)
		}
	}
	if config := root.Get("config"); config == nil || config.Kind == jsonpos.Null {
		t.fail(diag.MissingKey, f.Doc.Opening(root), `add "config": {}`, `%s has no "config"`, c.path)
	}
	if deps := root.Get("dependencies"); deps != nil && deps.Kind != jsonpos.Object && deps.Kind != jsonpos.Null {
		t.fail(diag.WrongType, f.Doc.Range(deps), "", `"dependencies" must be an object, not %s`, deps.Kind)
	}
	if m, ok := root.Member("permissions"); ok && truthy(m.Value) && lifecycle.Before(t.p.Version, permissionsSince) {
		t.fail(diag.Permissions, f.Doc.KeyRange(m), "remove it, or set platformVersion to 2026.09", "\"permissions\" is not known to platform version %s", t.p.Version)
	}
	if c.uid != "" && !project.ValidUID(c.uid) {
		t.fail(diag.InvalidUID, f.Doc.Range(root.Get("uid")), "use 1 to 64 letters, digits, _, - and .", "uid %q is not valid", c.uid)
	}
	if k, ok := kinds()[c.kind]; ok && c.dir() != k.dir {
		t.fail(diag.Misplaced, f.Doc.Range(root.Get("type")), "move it to "+k.dir, "a component of type %q must lie in %s, not in %s", c.kind, k.dir, c.dir())
	}
	t.components = append(t.components, c)
}

// permissionsSince is the first platform version whose components may have
// permissions (npm @hubspot/project-parsing-lib 0.23.0).
const permissionsSince = "2026.09-beta"

// dir is the folder of the file, from the source folder on.
func (c component) dir() string { return c.path[:max(strings.LastIndexByte(c.path, '/'), 0)] }

// dirs are all folders that components are read from.
func dirs() []string {
	var all []string
	for _, k := range kinds() {
		all = append(all, k.dir)
	}
	return all
}

// text gives a string that every component has.
func (t *translation) text(c component, key string) string {
	v := c.doc.Root.Get(key)
	switch {
	case v == nil || v.Is(jsonpos.String) && v.Text == "":
		t.fail(diag.MissingKey, c.doc.Opening(c.doc.Root), "", "%s has no %q", c.path, key)
	case !v.Is(jsonpos.String):
		t.fail(diag.WrongType, c.doc.Range(v), "", "%q must be a string, not %s", key, v.Kind)
	default:
		return v.Text
	}
	return ""
}

// relate makes the nodes, each with what it depends on. Of several apps the last
// one counts, as for hs; that there are several is reported.
func (t *translation) relate() {
	app, objects, functions := "", []string{}, ""
	for _, c := range t.components {
		switch c.kind {
		case typeApp:
			app = c.uid
		case typeObject:
			objects = append(objects, c.uid)
		case typeFunction:
			functions = c.dir()
		}
	}
	if functions != "" {
		t.packageNode(functions, app, objects)
	}
	for _, c := range t.components {
		deps := &object{}
		deps.fill(c.doc.Root.Get("dependencies"))
		if kinds()[c.kind].feature() {
			if app == "" {
				t.fail(diag.NoApp, c.doc.Range(c.doc.Root.Get("type")), `add app/app-hsmeta.json of type "app" to the source folder`,
					"a component of type %q needs an app in the project", c.kind)
				continue
			}
			deps.set("app", text(app))
			if c.kind != typeObject {
				deps.set("allAppObjects", texts(objects))
			}
			if c.kind == typeFunction {
				deps.set("serverlessPackage", text(wire.ServerlessPackageUID))
			}
		}
		node := wire.Node{
			UID: c.uid, Config: encoded(c.doc.Root.Get("config")), ComponentType: ComponentType(c.kind),
			ComponentDeps: deps.json(), MetaFilePath: c.path,
		}
		if v := c.doc.Root.Get("permissions"); truthy(v) {
			node.Permissions = encoded(v)
		}
		t.rep.Nodes = append(t.rep.Nodes, node)
	}
}

// packageNode makes the node for the package.json of the functions, which no
// file declares.
func (t *translation) packageNode(dir, app string, objects []string) {
	local := filepath.Join(t.p.SourceDir, filepath.FromSlash(dir))
	if _, err := os.Stat(filepath.Join(local, "package.json")); err != nil {
		t.fail(diag.PackageFile, diag.Range{File: local},
			`create it, for instance with { "name": "functions", "version": "1.0.0", "dependencies": {} }`,
			"package.json does not exist; the build of the functions needs one")
	}
	config, deps := &object{}, &object{}
	config.set("packageFile", text(dir+"/package.json"))
	if _, err := os.Stat(filepath.Join(local, "package-lock.json")); err == nil {
		config.set("packageLockfile", text(dir+"/package-lock.json"))
	}
	deps.set("app", text(app))
	deps.set("allAppObjects", texts(objects))
	t.rep.Nodes = append(t.rep.Nodes, wire.Node{
		UID: wire.ServerlessPackageUID, Config: config.json(), ComponentType: "SERVERLESS_PACKAGE",
		ComponentDeps: deps.json(), MetaFilePath: dir + "/package.json",
	})
}

// unique reports uids, and components of which there is one at most, that stand
// there twice.
func (t *translation) unique() {
	uids, single := map[string]component{}, map[string]component{}
	for _, c := range t.components {
		at := c.doc.Range(c.doc.Root.Get("uid"))
		if other, twice := uids[c.uid]; twice && c.uid != "" {
			t.list = append(t.list, diag.Diagnostic{
				Code: diag.DuplicateName, Severity: diag.Error, Summary: fmt.Sprintf("two components have the uid %q", c.uid), Range: at,
				Related: []diag.Related{{Message: "the other one is here", Range: other.doc.Range(other.doc.Root.Get("uid"))}},
				Hint:    "a uid is unique in a project: change one of them",
			})
			continue
		}
		if c.uid == wire.ServerlessPackageUID {
			t.fail(diag.InvalidUID, at, "change it", "the uid %q is HubSpot's own, for the package.json of functions", c.uid)
		}
		uids[c.uid] = c
		if other, twice := single[c.kind]; twice {
			t.list = append(t.list, diag.Diagnostic{
				Code: diag.DuplicateName, Severity: diag.Error, Summary: fmt.Sprintf("a project has one component of type %q at most", c.kind), Range: at,
				Related: []diag.Related{{Message: "the other one is here", Range: other.doc.Range(other.doc.Root.Get("uid"))}},
				Hint:    "remove one of them",
			})
		} else if kinds()[c.kind].single {
			single[c.kind] = c
		}
	}
}

// NodesJSON is the object of nodes by uid, in the order of hs: JavaScript puts
// keys that are array indexes in front.
func (r *Representation) NodesJSON() json.RawMessage {
	nodes := slices.Clone(r.Nodes)
	slices.SortStableFunc(nodes, func(a, b wire.Node) int {
		i, j := arrayIndex(a.UID), arrayIndex(b.UID)
		switch {
		case i < j:
			return -1
		case i > j:
			return 1
		}
		return 0
	})
	o := &object{}
	for _, n := range nodes {
		o.set(n.UID, marshal(n))
	}
	return o.json()
}

// arrayIndex is the number that a key is for JavaScript, or more than any.
func arrayIndex(key string) uint64 {
	n, err := strconv.ParseUint(key, 10, 32)
	if err != nil || n == math.MaxUint32 || strconv.FormatUint(n, 10) != key {
		return math.MaxUint64
	}
	return n
}

// marshal encodes a value whose encoding can't fail, without escapes for HTML.
func marshal(v any) json.RawMessage {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(fmt.Sprintf("encode %T: %v", v, err)) // a mistake in this package
	}
	return bytes.TrimSpace(b.Bytes())
}
