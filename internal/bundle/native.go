package bundle

import (
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// nativePackages notes the packages whose compiled parts made a build fail, and
// reports whether there were any not noted before: these are left to run time, and
// the build has to be repeated.
func (b *Builder) nativePackages(result api.BuildResult) bool {
	if !b.spec.BundlePackages {
		return false
	}
	found := false
	for _, m := range result.Errors {
		if m.Location == nil || !strings.HasPrefix(m.Text, "No loader is configured for ") || !strings.Contains(m.Text, `".node" files`) {
			continue
		}
		if pkg := packageOf(b.absolute(m.Location.File)); pkg != "" && !b.native[pkg] {
			b.native[pkg], found = true, true
		}
	}
	return found
}

// packageOf is the name of the installed package that a file belongs to, "" for
// none.
func packageOf(file string) string {
	path := filepath.ToSlash(file)
	i := strings.LastIndex(path, "/node_modules/")
	if i < 0 {
		return ""
	}
	parts := strings.SplitN(path[i+len("/node_modules/"):], "/", 3)
	if strings.HasPrefix(parts[0], "@") && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}
