package project

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
)

// settle leaves out functions that no call could tell from an earlier one, with
// an error for each, and makes the names of the others unique.
func (l *loader) settle() {
	clash := l.sameNames()
	routes := map[string]*Function{}
	var kept []*Function
	for _, fn := range l.project.Functions {
		if fn.Endpoint != nil && l.sameRoute(routes, fn) {
			continue
		}
		if !clash[fn] {
			kept = append(kept, fn)
		}
	}
	l.project.Functions = kept
	l.qualify()
}

// sameNames reports functions of one project with the name of an earlier one: UI
// extensions call by name. Design-manager endpoints have no names of their own.
func (l *loader) sameNames() map[*Function]bool {
	type key struct{ project, name string }
	first := map[key]*Function{}
	clash := map[*Function]bool{}
	for _, fn := range l.project.Functions {
		if fn.Generation == DesignManager {
			continue
		}
		k := key{l.home(fn), fn.Name}
		other := first[k]
		if other == nil {
			first[k] = fn
			continue
		}
		clash[fn] = true
		l.add(diag.Diagnostic{
			Code: diag.DuplicateName, Severity: diag.Error,
			Summary: fmt.Sprintf("two functions are named %q", fn.Name),
			Range:   fn.Range,
			Related: []diag.Related{{Message: "the other one is here, in " + l.rel(other.Manifest), Range: other.Range}},
			Hint:    "rename one of them",
		})
	}
	return clash
}

// qualify makes names unique where several folders or projects use one.
func (l *loader) qualify() {
	count := map[string]int{}
	for _, fn := range l.project.Functions {
		count[fn.Name]++
	}
	taken := map[string]bool{}
	for _, fn := range l.project.Functions {
		if count[fn.Name] > 1 {
			fn.Name = l.qualified(fn, taken)
		}
		taken[fn.Name] = true
	}
}

// home names the project that a function belongs to.
func (l *loader) home(fn *Function) string {
	if c := l.configFor(fn.Dir); c != nil {
		return c.dir
	}
	return ""
}

// qualified gives a name that is not taken yet: the function's own for app
// functions of the only project, else with the folder's or the project's name in
// front, with the whole path to it, and at last with the methods behind.
func (l *loader) qualified(fn *Function, taken map[string]bool) string {
	var names []string
	switch c := l.configFor(fn.Dir); {
	case fn.Generation == DesignManager:
		names = append(names, filepath.Base(fn.Dir)+"/"+fn.Name, l.rel(fn.Dir)+"/"+fn.Name)
	case len(l.configs) < 2:
		names = append(names, fn.Name, l.rel(fn.Dir)+"/"+fn.Name)
	case c != nil && c.name != "":
		names = append(names, c.name+"/"+fn.Name, l.rel(fn.Dir)+"/"+fn.Name)
	default:
		names = append(names, l.rel(fn.Dir)+"/"+fn.Name)
	}
	last := names[len(names)-1]
	if fn.Endpoint != nil {
		names = append(names, last+":"+strings.Join(fn.Endpoint.Methods, "+"))
	}
	for _, name := range names {
		if !taken[name] {
			return name
		}
	}
	for n := 2; ; n++ {
		if name := fmt.Sprintf("%s-%d", last, n); !taken[name] {
			return name
		}
	}
}

// sameRoute claims the routes of fn, or reports who has one of them.
func (l *loader) sameRoute(routes map[string]*Function, fn *Function) bool {
	for _, method := range fn.Endpoint.Methods {
		other := routes[method+" "+fn.URLPath()]
		if other == nil {
			continue
		}
		l.add(diag.Diagnostic{
			Code: diag.ConflictingPath, Severity: diag.Error,
			Summary: fmt.Sprintf("two endpoints answer %s %s", method, fn.URLPath()),
			Range:   fn.Endpoint.Range,
			Related: []diag.Related{{Message: "the other one is here, in " + l.rel(other.Manifest), Range: other.Endpoint.Range}},
			Hint:    "change the path or the method of one of them, or start fns in one of the folders",
		})
		return true
	}
	for _, method := range fn.Endpoint.Methods {
		routes[method+" "+fn.URLPath()] = fn
	}
	return false
}
