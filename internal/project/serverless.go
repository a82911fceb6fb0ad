package project

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/suggest"
)

// withEnvironment is the only project platform whose functions get environment
// and file-wide secrets from serverless.json, and call back with their answer.
const withEnvironment = "2023.1"

// loadFolder reads the serverless.json of a .functions folder.
func (l *loader) loadFolder(dir string, c *config) {
	l.hold(dir)
	file := filepath.Join(dir, manifestName)
	if _, err := os.Stat(file); os.IsNotExist(err) {
		d := diag.Diagnostic{
			Code: diag.Misplaced, Severity: diag.Warning,
			Summary: fmt.Sprintf("%s has no %s", l.rel(dir), manifestName),
			Range:   diag.Range{File: dir},
			Hint:    "add a serverless.json that names the endpoints, or rename the folder",
		}
		if name, ok := spelled(dir, manifestName); ok && name != manifestName {
			d.Hint = fmt.Sprintf("rename %s to %s", name, manifestName)
		}
		l.add(d)
		return
	}
	l.loadServerless(file, c)
}

// loadStray reads a serverless.json outside of a .functions folder if it is
// HubSpot's; other tools use that name, too.
func (l *loader) loadStray(file string) {
	doc, _ := jsonpos.Read(file)
	if !doc.Root.Get("endpoints").Is(jsonpos.Object) && !doc.Root.Get("appFunctions").Is(jsonpos.Object) {
		return
	}
	dir := filepath.Dir(file)
	name := filepath.Base(dir)
	l.add(diag.Diagnostic{
		Code: diag.Misplaced, Severity: diag.Warning,
		Summary: fmt.Sprintf("the folder %s has a serverless.json, but its name does not end in .functions", name),
		Range:   diag.Range{File: file},
		Hint:    fmt.Sprintf("rename it to %s.functions", strings.TrimSuffix(name, "-functions")),
	})
	l.hold(dir)
	l.loadServerless(file, l.configFor(dir))
}

// loadServerless reads the functions of a serverless.json of either generation.
func (l *loader) loadServerless(file string, c *config) {
	m := l.open(file)
	if !m.root("serverless.json") {
		return
	}
	root := m.doc.Root
	endpoints, apps := root.Get("endpoints"), root.Get("appFunctions")
	m.duplicates(diag.Warning, endpoints, apps)
	if endpoints == nil && apps == nil {
		hint := `add "endpoints" (design manager) or "appFunctions" (developer project)`
		for _, member := range root.Members {
			if near := suggest.Closest(member.Key, []string{"endpoints", "appFunctions"}); near != "" {
				hint = didYouMean(near)
			}
		}
		m.fail(diag.MissingKey, m.doc.Opening(root), hint, `serverless.json has neither "endpoints" nor "appFunctions"`)
		return
	}
	m.unknownKeys(root, "", "runtime", "version", "environment", "secrets", "endpoints", "appFunctions")
	shared := &Function{
		Dir: filepath.Dir(file), Manifest: file,
		Runtime: m.optionalText(root.Get("runtime"), `"runtime"`), RuntimeRange: m.doc.Range(root.Get("runtime")),
	}
	if endpoints != nil {
		m.designManager(shared.clone(), endpoints)
	}
	if apps != nil {
		m.appFunctions(shared.clone(), apps, c)
	}
}

// designManager reads "endpoints"; each is a function of its own.
func (m *manifest) designManager(shared *Function, endpoints *jsonpos.Value) {
	if _, ok := m.object(endpoints, `"endpoints"`); !ok {
		return
	}
	shared.Generation, shared.UsesCallback = DesignManager, true
	root := m.doc.Root
	vars := m.environment(root.Get("environment"), "")
	secrets := m.secrets(root.Get("secrets"), "", "secrets", false)
	for _, member := range current(endpoints) {
		where := fmt.Sprintf("endpoint %q: ", member.Key)
		def, ok := m.object(member.Value, fmt.Sprintf("endpoint %q", member.Key))
		if !ok {
			continue
		}
		m.unknownKeys(def, where, "method", "file", "environment", "secrets")
		fn := shared.clone()
		fn.Range = m.doc.KeyRange(member)
		own := m.environment(def.Get("environment"), where)
		m.declare(fn, nil, append(secrets[:len(secrets):len(secrets)], m.secrets(def.Get("secrets"), where, "secrets", false)...))
		m.declare(fn, vars, nil)
		m.declare(fn, own, nil)
		methods, goodMethods := m.methods(def.Get("method"), where, "method")
		path, goodPath := m.path(member.Key, fn.Range, where)
		entry, goodEntry := m.entryOf(def, member, where, shared.Dir)
		if goodMethods && goodPath && goodEntry {
			fn.Name, fn.Entry, fn.EntryRange = path, entry, m.doc.Range(def.Get("file"))
			fn.Endpoint = &Endpoint{Path: path, Methods: methods, Range: fn.Range}
			m.l.project.Functions = append(m.l.project.Functions, fn)
		}
	}
}

// appFunctions reads "appFunctions" of a developer project.
func (m *manifest) appFunctions(shared *Function, apps *jsonpos.Value, c *config) {
	if _, ok := m.object(apps, `"appFunctions"`); !ok {
		return
	}
	shared.Generation, shared.Private = ProjectServerless, true
	if c != nil {
		shared.Platform = c.version
	}
	shared.UsesCallback = shared.Platform == withEnvironment
	vars, secrets := m.fileWide(shared.Platform)
	for _, member := range current(apps) {
		if c != nil {
			c.folders++
		}
		where := fmt.Sprintf("function %q: ", member.Key)
		def, ok := m.object(member.Value, fmt.Sprintf("function %q", member.Key))
		if !ok {
			continue
		}
		m.unknownKeys(def, where, "file", "secrets", "endpoint")
		fn := shared.clone()
		fn.Name, fn.Range = member.Key, m.doc.KeyRange(member)
		m.declare(fn, nil, append(secrets[:len(secrets):len(secrets)], m.secrets(def.Get("secrets"), where, "secrets", true)...))
		m.declare(fn, vars, nil)
		good := true
		if strings.TrimSpace(fn.Name) == "" {
			m.fail(diag.MissingKey, fn.Range, "give it a name", "a function in \"appFunctions\" has no name")
			good = false
		}
		entry, goodEntry := m.entryOf(def, member, where, shared.Dir)
		fn.Entry, fn.EntryRange = entry, m.doc.Range(def.Get("file"))
		if v := def.Get("endpoint"); v != nil && !m.endpoint(fn, v, where, "method", "methods") {
			good = false
		}
		if good && goodEntry {
			m.l.project.Functions = append(m.l.project.Functions, fn)
		}
	}
}

// fileWide reads the environment and secrets of a whole serverless.json, which
// projects have had no use for since 2023.2.
func (m *manifest) fileWide(platform string) ([]variable, []Secret) {
	root := m.doc.Root
	if platform == withEnvironment {
		return m.environment(root.Get("environment"), ""), m.secrets(root.Get("secrets"), "", "secrets", true)
	}
	if root.Get("endpoints").Is(jsonpos.Object) && len(root.Get("endpoints").Members) > 0 {
		return nil, nil // they belong to the endpoints
	}
	for _, key := range []string{"environment", "secrets"} {
		if member, ok := root.Member(key); ok && len(member.Value.Members)+len(member.Value.Items) > 0 {
			hint := `list the secrets in each function's "secrets"`
			if key == "environment" {
				hint = "make the values constants in the code, or secrets"
			}
			m.warn(diag.IgnoredEnv, m.doc.KeyRange(member), hint, "%q has no effect in a project", key)
		}
	}
	return nil, nil
}

// entryOf resolves the "file" of a function declared in serverless.json.
func (m *manifest) entryOf(def *jsonpos.Value, member jsonpos.Member, where, dir string) (string, bool) {
	v := def.Get("file")
	if v == nil {
		m.fail(diag.MissingEntry, m.doc.KeyRange(member), `add "file": "….js", relative to the folder`, "%sno \"file\"", where)
		return "", false
	}
	return m.entry(v, where, "file", dir, m.l.rel(dir))
}

// endpoint reads an endpoint object into fn. key is how this generation spells
// its methods, other how the other one does.
func (m *manifest) endpoint(fn *Function, v *jsonpos.Value, where, key, other string) bool {
	if v.Is(jsonpos.Null) {
		return true
	}
	if _, ok := m.object(v, where+`"endpoint"`); !ok {
		return false
	}
	m.unknownKeys(v, where, "path", key, other)
	spelled, ok := v.Member(key)
	if !ok {
		if spelled, ok = v.Member(other); ok {
			m.warn(diag.MethodSpelling, m.doc.KeyRange(spelled), fmt.Sprintf("write %q", key), "%s%q is spelled %q here", where, other, key).
				Fix = []diag.Edit{m.doc.Rename(spelled, key)}
		}
	}
	if key == "methods" && spelled.Value.Is(jsonpos.String) {
		m.warn(diag.MethodSpelling, m.doc.Range(spelled.Value), fmt.Sprintf("write [%q]", spelled.Value.Text), "%s%q must be a list", where, key).
			Fix = m.rewrite(spelled.Value, "["+jsonpos.Quote(spelled.Value.Text)+"]")
	}
	methods, goodMethods := m.methods(spelled.Value, where, spelled.Key)
	p := v.Get("path")
	if p == nil {
		m.fail(diag.MissingKey, m.doc.Opening(v), "add \"path\", the part of the URL after /hs/serverless/", "%sthe endpoint has no \"path\"", where)
		return false
	}
	text, ok := m.text(p, where+`"path"`)
	if !ok {
		return false
	}
	path, goodPath := m.path(text, m.doc.Range(p), where)
	fn.Endpoint = &Endpoint{Path: path, Methods: methods, Range: m.doc.Range(p)}
	return goodMethods && goodPath
}

// current gives the members of an object that count: the last of each key.
func current(object *jsonpos.Value) []jsonpos.Member {
	last := map[string]int{}
	for i, member := range object.Members {
		last[member.Key] = i
	}
	var members []jsonpos.Member
	for i, member := range object.Members {
		if last[member.Key] == i {
			members = append(members, member)
		}
	}
	return members
}
