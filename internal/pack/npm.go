package pack

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/ignore"
	"github.com/fns-dev/fns/internal/jsonpos"
)

// always are the files that npm puts into every package.
var always = pattern(`(?i)^(?:package\.json|(?:readme|licen[cs]e)(?:\.[^/]*)?)$`)

// never are those that it puts into none (docs.npmjs.com/cli/v10/configuring-npm/
// package-json#files), less what HubSpot's rules leave out anyway.
const never = "node_modules\n*.orig\npackage-lock.json\npnpm-lock.yaml\nyarn.lock\nCVS\nnpm-debug.log\nconfig.gypi\n"

// packLocal adds the files that npm would publish of a package.
func (b *builder) packLocal(l local, rules *ignore.Set) {
	if isTarball(l.dir) {
		b.files[l.to] = File{Path: l.to, Source: l.dir}
		return
	}
	p := published{builder: b, local: l, rules: rules, never: ignore.Rules(never)}
	doc, list := jsonpos.Read(filepath.Join(l.dir, "package.json"))
	if doc.Root == nil {
		b.out.Findings = append(b.out.Findings, list...)
		return
	}
	if files := doc.Root.Get("files"); files.Is(jsonpos.List) {
		var patterns []string
		for _, item := range files.Items {
			name, not := strings.CutPrefix(item.Text, "!")
			name = "/" + strings.Trim(strings.TrimPrefix(name, "./"), "/")
			prefix := ""
			if not {
				prefix = "!"
			}
			patterns = append(patterns, prefix+name, prefix+name+"/**")
		}
		p.only = ignore.Rules(strings.Join(patterns, "\n"))
	}
	p.named = map[string]bool{}
	for _, v := range append([]*jsonpos.Value{doc.Root.Get("main")}, binaries(doc.Root.Get("bin"))...) {
		if v.Is(jsonpos.String) {
			p.named[path.Clean(v.Text)] = true
		}
	}
	p.folder("", nil)
}

func binaries(v *jsonpos.Value) []*jsonpos.Value {
	if !v.Is(jsonpos.Object) {
		return []*jsonpos.Value{v}
	}
	var list []*jsonpos.Value
	for _, m := range v.Members {
		list = append(list, m.Value)
	}
	return list
}

// published finds the files of one package.
type published struct {
	*builder
	local local
	rules *ignore.Set     // of HubSpot
	never *ignore.Set     // of npm
	only  *ignore.Set     // what matches is published; nil for everything
	named map[string]bool // by main and bin
}

// scoped are the ignore rules of one folder.
type scoped struct {
	folder string // "" or ending in a slash
	rules  *ignore.Set
}

// folder adds the files below rel, which is "" or ends in a slash. outer are the
// rules of the folders around.
func (p *published) folder(rel string, outer []scoped) {
	dir := filepath.Join(p.local.dir, filepath.FromSlash(rel))
	entries, err := os.ReadDir(dir)
	if err != nil {
		p.unreadable(dir, err)
		return
	}
	if p.only == nil || rel != "" { // in place of "files", the file at the top counts
		for _, name := range []string{".npmignore", ".gitignore"} {
			if text, err := os.ReadFile(filepath.Join(dir, name)); err == nil {
				outer = append(outer[:len(outer):len(outer)], scoped{rel, ignore.Rules(string(text))})
				break
			}
		}
	}
	for _, e := range entries {
		name := rel + e.Name()
		switch {
		case p.never.Ignores(name, e.IsDir()), p.rules.Ignores(name, e.IsDir()), e.IsDir() && ignored(outer, name, true):
		case e.IsDir():
			p.folder(name+"/", outer)
		case !e.Type().IsRegular():
			p.find(diag.LeftOut, diag.Warning, filepath.Join(dir, e.Name()), name+" is no ordinary file and is not uploaded with its package", "")
		case always().MatchString(name), p.named[name], !ignored(outer, name, false) && (p.only == nil || p.only.Matches(name, false)):
			to := path.Join(p.local.to, name)
			p.files[to] = File{Path: to, Source: filepath.Join(dir, e.Name())}
		}
	}
}

// ignored asks the rules of all folders around a file.
func ignored(outer []scoped, name string, isDir bool) bool {
	for _, s := range outer {
		if s.rules.Ignores(strings.TrimPrefix(name, s.folder), isDir) {
			return true
		}
	}
	return false
}
