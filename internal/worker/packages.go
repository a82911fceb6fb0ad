package worker

import (
	"errors"
	"path/filepath"
	"strings"

	"github.com/fns-dev/fns/internal/bundle"
	"github.com/fns-dev/fns/internal/engine/gojaengine"
	"github.com/fns-dev/fns/internal/native"
	"github.com/fns-dev/fns/internal/nodecore"
	"github.com/fns-dev/fns/internal/preload"
	"github.com/fns-dev/fns/internal/resolve"
)

// packages gives an engine the files of npm packages: found as Node finds them,
// and transformed where goja needs it.
type packages struct {
	resolvers map[string]*resolve.Resolver // by the extra folders
	preloads  bool                         // of the function that is loaded: engine.Function.Preloads
	found     map[string]bool              // the files, ever
	news      []string                     // of found: what the parent has not been told
}

func newPackages() *packages {
	return &packages{resolvers: map[string]*resolve.Resolver{}, found: map[string]bool{}}
}

// note keeps the path of a file for the parent.
func (p *packages) note(path string) {
	if !p.found[path] {
		p.found[path] = true
		p.news = append(p.news, path)
	}
}

// Resolve implements gojaengine.Packages.
func (p *packages) Resolve(specifier, from string, extra []string) (string, gojaengine.Format, error) {
	key := strings.Join(extra, "\x00")
	r, ok := p.resolvers[key]
	if !ok {
		r = resolve.New(nil)
		r.PackageDirs = extra
		r.IsBuiltin = nodecore.IsBuiltin
		p.resolvers[key] = r
	}
	found, err := r.Resolve(specifier, from)
	if err != nil {
		var re *resolve.Error
		if errors.As(err, &re) {
			return "", "", &native.Error{Code: string(re.Code), Message: re.Message, Hint: p.installHint(re)}
		}
		return "", "", err
	}
	if found.Format != resolve.Builtin {
		p.note(found.Path)
	}
	return found.Path, gojaengine.Format(found.Format), nil
}

// installHint gives the command that installs a package that was not found.
func (p *packages) installHint(e *resolve.Error) string {
	name, _ := resolve.Package(e.Specifier)
	if e.Code != resolve.ModuleNotFound || name == "" {
		return ""
	}
	if p.preloads && preload.Provides(name) {
		return "HubSpot provides it; to have it here too, once for all folders: fns packages install"
	}
	command, _ := bundle.Install{Package: name, From: filepath.Dir(e.From)}.Command()
	return "install it: " + command
}

// Transform implements gojaengine.Packages.
func (p *packages) Transform(path string, src []byte) (code, sourceMap []byte, err error) {
	return bundle.Transform(path, src)
}

// Reset implements gojaengine.Packages.
func (p *packages) Reset() {
	for _, r := range p.resolvers {
		r.Reset()
	}
}
