package bundle

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/fns-dev/fns/internal/resolve"
)

// record is what one build met; esbuild fills it from several goroutines.
type record struct {
	mu     sync.Mutex
	files  map[string]bool // loaded
	dirs   map[string]bool // where something missing may appear
	linked map[string]bool // entry files of packages outside node_modules
}

func newRecord() *record {
	return &record{files: map[string]bool{}, dirs: map[string]bool{}, linked: map[string]bool{}}
}

func (r *record) add(set map[string]bool, path string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	set[path] = true
}

func (r *record) sorted(set map[string]bool) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Sorted(maps.Keys(set))
}

func (r *record) loaded() []string      { return r.sorted(r.files) }
func (r *record) folders() []string     { return r.sorted(r.dirs) }
func (r *record) linkedFiles() []string { return r.sorted(r.linked) }

// external is an import that is left to run time. It travels as the detail of a
// warning, because esbuild adds the place to those.
type external struct {
	specifier string
	err       error // why it can't be found now
	optional  bool  // and that this is no finding
}

// inner marks the questions that the plugin itself asks.
type inner struct{}

// setup is the plugin; awaiting says that the bundle has top-level await.
func (b *Builder) setup(build api.PluginBuild, awaiting bool) {
	outside := func(kind api.ResolveKind, found api.OnResolveResult) api.OnResolveResult {
		if awaiting && kind == api.ResolveJSImportStatement {
			return required(found)
		}
		return found
	}
	if awaiting {
		setupRequired(build)
	}
	build.OnResolve(api.OnResolveOptions{Filter: "^" + placeModule}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
		return api.OnResolveResult{Path: args.Path, Namespace: "fns-place"}, nil
	})
	build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: "fns-place"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		code := placeCode(args.Path)
		return api.OnLoadResult{Contents: &code, Loader: api.LoaderJS}, nil
	})
	build.OnResolve(api.OnResolveOptions{Filter: `^[^./]`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
		if _, own := args.PluginData.(inner); own || args.Kind == api.ResolveEntryPoint || filepath.IsAbs(args.Path) {
			return api.OnResolveResult{}, nil
		}
		if b.spec.IsBuiltin(args.Path) {
			return outside(args.Kind, api.OnResolveResult{Path: args.Path, External: true}), nil
		}
		found := build.Resolve(args.Path, api.ResolveOptions{
			Importer: args.Importer, Namespace: args.Namespace, ResolveDir: args.ResolveDir,
			Kind: args.Kind, With: args.With, PluginData: inner{},
		})
		if b.spec.BundlePackages {
			if pkg, _ := resolve.Package(args.Path); len(found.Errors) > 0 || b.native[pkg] { // then it is left to run time
				found.External, found.Path = true, args.Path
			}
		}
		if !found.External { // the user's own file, by tsconfig.json or "imports"
			return api.OnResolveResult{}, nil
		}
		if b.spec.IsBuiltin(found.Path) {
			return outside(args.Kind, api.OnResolveResult{Path: found.Path, External: true}), nil
		}
		path, err := b.locate(found.Path, args.Importer)
		// These often ask whether something is there.
		optional := args.Kind == api.ResolveJSRequireResolve || b.spec.BundlePackages && inPackage(args.Importer)
		return outside(args.Kind, api.OnResolveResult{Path: path, External: true, Warnings: []api.Message{
			{Detail: external{specifier: found.Path, err: err, optional: optional}},
		}}), nil
	})
	build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: "file"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		b.rec.add(b.rec.files, args.Path)
		return b.load(args.Path), nil
	})
}

// locate says what a package import becomes: the specifier, or the absolute
// path of its file where the folder of the importing file has another version of
// the package than that of the entry, which the bundle is loaded from.
func (b *Builder) locate(specifier, importer string) (string, error) {
	here, err := b.resolver.Resolve(specifier, importer)
	if err != nil {
		for dir := range parents(filepath.Dir(importer), b.root) {
			b.rec.add(b.rec.dirs, dir)
		}
		return specifier, err
	}
	if here.Format == resolve.Builtin {
		return here.Path, nil
	}
	if !inPackage(here.Path) {
		b.rec.add(b.rec.linked, here.Path)
	}
	if b.spec.Node == "" && filepath.Dir(importer) != filepath.Dir(b.entry) {
		if there, err := b.resolver.Resolve(specifier, b.entry); err != nil || there.Path != here.Path {
			return here.Path, nil
		}
	}
	return specifier, nil
}

// inPackage tells whether a file belongs to an installed package.
func inPackage(path string) bool {
	return strings.Contains(filepath.ToSlash(path), "/node_modules/")
}

// parents yields dir and the folders above it up to root, or dir alone where it
// is outside of root; of each also node_modules, where it exists.
func parents(dir, root string) func(func(string) bool) {
	return func(yield func(string) bool) {
		inside := within(dir, root)
		for {
			if !yield(dir) {
				return
			}
			nm := filepath.Join(dir, "node_modules")
			if _, err := os.Stat(nm); err == nil && !yield(nm) {
				return
			}
			if !inside || dir == root || filepath.Dir(dir) == dir {
				return
			}
			dir = filepath.Dir(dir)
		}
	}
}

// within tells whether path is root or below it.
func within(path, root string) bool {
	rel, err := filepath.Rel(root, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// load fills in __filename, __dirname and import.meta of files that use them:
// in a bundle they would all be those of the bundle. Other files are left to
// esbuild, and so is any file with a mistake, so that the message shows it as it
// is.
func (b *Builder) load(path string) api.OnLoadResult {
	loader, ok := loaderFor(path)
	if !ok {
		return api.OnLoadResult{}
	}
	src, err := os.ReadFile(path)
	if err != nil {
		return api.OnLoadResult{}
	}
	text := string(src)
	if !strings.Contains(text, "__filename") && !strings.Contains(text, "__dirname") && !strings.Contains(text, "import.meta") {
		return api.OnLoadResult{}
	}
	defines, prefix := place(path), ""
	defines["__filename"], defines["__dirname"] = quoted(path), quoted(filepath.Dir(path))
	if b.spec.Node != "" {
		defines, prefix = b.placeThere(path, text)
	}
	result := api.Transform(text, api.TransformOptions{
		LogLevel: api.LogLevelSilent, Loader: loader, Define: defines,
		Target: api.ESNext, TsconfigRaw: nearestTsconfig(path, loader), Charset: api.CharsetUTF8,
		Sourcefile: filepath.Base(path), Sourcemap: api.SourceMapInline, SourcesContent: api.SourcesContentExclude,
	})
	if len(result.Errors) > 0 {
		return api.OnLoadResult{}
	}
	code := string(result.Code)
	if prefix != "" {
		code = withStatement(code, prefix)
	}
	return api.OnLoadResult{Contents: &code, Loader: api.LoaderJS, ResolveDir: filepath.Dir(path)}
}

// nearestTsconfig is the text of the tsconfig.json that rules a TypeScript
// file. What it extends does not count here.
func nearestTsconfig(path string, loader api.Loader) string {
	if loader != api.LoaderTS && loader != api.LoaderTSX {
		return ""
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if text, err := os.ReadFile(filepath.Join(dir, "tsconfig.json")); err == nil {
			return string(text)
		}
		if filepath.Dir(dir) == dir {
			return ""
		}
	}
}

func loaderFor(path string) (api.Loader, bool) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".js", ".mjs", ".cjs":
		return api.LoaderJS, true
	case ".jsx":
		return api.LoaderJSX, true
	case ".ts", ".mts", ".cts":
		return api.LoaderTS, true
	case ".tsx":
		return api.LoaderTSX, true
	}
	return api.LoaderNone, false
}
