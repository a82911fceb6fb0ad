package bundle

import (
	"encoding/json"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// A bundle is CommonJS, which has no top-level await, and esbuild can't give it
// one. Where the function's own ES modules have it, the bundle is made as an ES
// module whose code then becomes the body of an async function, and main waits
// for what it gives. Nothing in that body may be an import or an export
// statement: the entry file is handed over by a call, and each package comes from
// a module of ours that requires it.

// requireSpace is the namespace of the modules that require a package.
const requireSpace = "fns-require"

// awaitingEntry is the code that stands for the entry file.
func (b *Builder) awaitingEntry() string {
	return "import * as entry from " + quoted(b.entry) + "; __fns_loaded([entry]);"
}

// The code around such a bundle. What fails while it is loaded fails each call, as
// a function does whose file can't be loaded.
const (
	awaitingHeader = firstLine + " const __fns_loading = new Promise((__fns_loaded, __fns_failed) => { (async () => {"
	awaitingFooter = `})().catch(__fns_failed); });
__fns_loading.catch(() => {});
exports.main = async function main(...args) {
  const [entry] = await __fns_loading;
  const other = entry.default;
  if (typeof entry.main === "function") return entry.main.apply(this, args);
  if (typeof other === "function") return other.apply(this, args);
  if (other && typeof other.main === "function") return other.main(...args);
  throw new TypeError("main is undefined or not exported");
};`
)

// awaitingOptions are options for a bundle with top-level await.
func (b *Builder) awaitingOptions() api.BuildOptions {
	o := b.options()
	o.EntryPoints = nil
	o.Stdin = &api.StdinOptions{Contents: b.awaitingEntry(), ResolveDir: b.root, Sourcefile: "<entry>", Loader: api.LoaderJS}
	o.Format = api.FormatESModule
	o.Banner = map[string]string{"js": awaitingHeader}
	o.Footer = map[string]string{"js": awaitingFooter}
	o.Plugins = []api.Plugin{{Name: "fns", Setup: func(build api.PluginBuild) { b.setup(build, true) }}}
	return o
}

// setupRequired adds the modules that require a package.
func setupRequired(build api.PluginBuild) {
	build.OnResolve(api.OnResolveOptions{Filter: `.*`, Namespace: requireSpace}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
		return api.OnResolveResult{Path: args.Path, External: true}, nil
	})
	build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: requireSpace}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		code := "module.exports = require(" + quoted(args.Path) + ")"
		return api.OnLoadResult{Contents: &code, Loader: api.LoaderJS}, nil
	})
}

// required puts such a module in the place of an external import.
func required(found api.OnResolveResult) api.OnResolveResult {
	found.External, found.Namespace = false, requireSpace
	return found
}

// awaits reports whether a build failed for nothing but top-level await in ES
// modules that are imported.
func awaits(result api.BuildResult) bool {
	for _, m := range result.Errors {
		if !strings.HasPrefix(m.Text, topLevelAwait) {
			return false
		}
	}
	return len(result.Errors) > 0
}

// awaiting builds a bundle with top-level await, after a build that failed for it.
func (b *Builder) awaiting(failed api.BuildResult) api.BuildResult {
	b.rec = newRecord()
	result := api.Build(b.awaitingOptions())
	var meta metafile
	if len(result.Errors) > 0 || json.Unmarshal([]byte(result.Metafile), &meta) != nil {
		return result
	}
	required := map[string]bool{} // files that must be ready at once
	var require func(name string)
	require = func(name string) {
		if required[name] {
			return
		}
		required[name] = true
		for _, i := range meta.Inputs[name].Imports {
			if i.Kind == "import-statement" {
				require(i.Path)
			}
		}
	}
	for _, input := range meta.Inputs {
		for _, i := range input.Imports {
			if i.Kind == "require-call" {
				require(i.Path)
			}
		}
	}
	for _, m := range failed.Errors { // esbuild lets them pass
		if m.Location != nil && required[m.Location.File] {
			result.Errors = append(result.Errors, m)
		}
	}
	return result
}

// What esbuild says of top-level await where the format can't have it, and where
// a file with it is required.
const (
	topLevelAwait = "Top-level await is "
	requiredAwait = "This require call is not allowed"
)
