package bundle

import (
	"github.com/fns-dev/fns/internal/nodecore"
	"github.com/fns-dev/fns/internal/preload"
	"github.com/fns-dev/fns/internal/project"
)

// SpecOf says what to build for a function of the project at root. cacheDir is the
// user's cache folder, which holds the packages that the design manager preloads;
// "" means that there is none.
func SpecOf(fn *project.Function, root, cacheDir string) Spec {
	spec := Spec{Name: fn.Name, Entry: fn.Entry, Dir: fn.Dir, Root: root, IsBuiltin: nodecore.IsBuiltin}
	if fn.Generation == project.DesignManager && preload.Applies(fn.Dir) {
		spec.IsPreloaded = preload.Provides
		if dir, ok := preload.Installed(cacheDir); ok && cacheDir != "" {
			spec.PackageDirs = []string{dir}
		}
	}
	return spec
}
