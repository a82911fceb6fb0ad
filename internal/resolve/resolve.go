// Package resolve finds the file behind require(specifier) as Node's CommonJS
// loader does: relative and absolute paths, node_modules folders upwards,
// package.json main, exports, imports and type, self-references and symbolic
// links.
//
// It differs from Node in three points. A package that offers only an "import"
// condition is resolved through it, because import statements arrive here as
// require calls. Outside node_modules TypeScript extensions are tried last. And
// "node-addons" is no condition, because native addons can't be loaded, so a
// package that has a fallback gives it.
package resolve

import (
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
)

// Format says how a resolved file is to be loaded.
type Format string

// The formats. Module is decided by extension and by "type" in package.json as
// Node does; a file called CommonJS here may still turn out to hold ES module
// syntax.
const (
	CommonJS Format = "commonjs"
	Module   Format = "module"
	JSON     Format = "json"
	Addon    Format = "addon"
	Builtin  Format = "builtin" // Path is the name of a Node module
)

// Resolved is a file that a specifier stands for.
type Resolved struct {
	Path   string // absolute, symbolic links followed
	Format Format
}

// NodeConditions are the export conditions of require in Node 20.19 and later,
// without "node-addons".
func NodeConditions() []string { return []string{"node", "require", "module-sync"} }

// Resolver resolves specifiers and remembers what it saw on disk until Reset.
// Its methods may be called from several goroutines; its fields are set before
// the first call.
type Resolver struct {
	// PackageDirs are node_modules folders that are searched after all others.
	PackageDirs []string
	// IsBuiltin tells the names of Node's own modules, which an entry of
	// "imports" may lead to. Nil knows none.
	IsBuiltin func(name string) bool

	conditions map[string]bool
	withImport map[string]bool
	disk       atomic.Pointer[disk]
}

// New gives a Resolver for the given export conditions; "default" always holds,
// and nil stands for NodeConditions.
func New(conditions []string) *Resolver {
	if conditions == nil {
		conditions = NodeConditions()
	}
	r := &Resolver{conditions: map[string]bool{}, withImport: map[string]bool{"import": true}}
	for _, c := range conditions {
		r.conditions[c], r.withImport[c] = true, true
	}
	r.Reset()
	return r
}

// Reset forgets everything seen on disk, so that changes to files and packages
// are noticed.
func (r *Resolver) Reset() { r.disk.Store(new(disk)) }

// Resolve finds the file that require(specifier) in fromFile loads. fromFile is
// absolute and need not exist. Names of Node's own modules are not treated
// specially: the caller asks its table first. The error is an *Error.
func (r *Resolver) Resolve(specifier, fromFile string) (Resolved, error) {
	d := r.disk.Load()
	key := request{specifier: specifier, dir: filepath.Dir(fromFile)}
	if strings.HasPrefix(specifier, "#") {
		key.from = fromFile // the message names the file
	}
	if a, ok := d.answers.Load(key); ok {
		ans := a.(*answer)
		return ans.resolved, ans.err
	}
	s := &search{r: r, d: d, specifier: specifier, from: fromFile, dir: key.dir}
	path, err := s.resolve()
	ans := &answer{err: err}
	switch {
	case err != nil:
	case s.builtin:
		ans.resolved = Resolved{Path: path, Format: Builtin}
	default:
		ans.resolved = Resolved{Path: path, Format: d.format(path)}
	}
	d.answers.Store(key, ans)
	return ans.resolved, ans.err
}

// Format tells how the file at path, absolute, is to be loaded.
func (r *Resolver) Format(path string) Format { return r.disk.Load().format(path) }

// Package splits a bare specifier into the package's name and the subpath with
// its leading slash; the name is "" for anything else.
func Package(specifier string) (name, subpath string) {
	if specifier == "" || strings.HasPrefix(specifier, ".") || strings.ContainsAny(specifier[:1], `/\#`) ||
		filepath.IsAbs(specifier) || strings.HasPrefix(specifier, "node:") {
		return "", ""
	}
	name = specifier
	slash := strings.IndexByte(specifier, '/')
	if specifier[0] == '@' {
		if slash < 0 {
			return "", ""
		}
		if next := strings.IndexByte(specifier[slash+1:], '/'); next >= 0 {
			slash += 1 + next
		} else {
			slash = -1
		}
	}
	if slash >= 0 {
		name, subpath = specifier[:slash], specifier[slash:]
	}
	if strings.ContainsAny(name, `\%`) || strings.HasSuffix(name, "/") {
		return "", ""
	}
	return name, subpath
}

// search is one call of Resolve that was not answered before.
type search struct {
	r         *Resolver
	d         *disk
	specifier string
	from, dir string
	builtin   bool // the answer is a module of Node
}

func (s *search) resolve() (string, error) {
	spec := s.specifier
	if spec == "" {
		return "", &Error{Code: InvalidArgValue, Specifier: spec, From: s.from,
			Message: "The argument 'id' must be a non-empty string. Received ''"}
	}
	if isRelative(spec) {
		return s.found(s.path(filepath.Join(s.dir, filepath.FromSlash(spec)), endsInSlash(spec)))
	}
	if filepath.IsAbs(spec) || strings.HasPrefix(spec, "/") {
		return s.found(s.path(filepath.Clean(filepath.FromSlash(spec)), endsInSlash(spec)))
	}
	if spec[0] == '#' {
		if path, ok, err := s.imports(); ok || err != nil {
			return path, err
		}
	}
	if path, ok, err := s.self(); ok || err != nil {
		return path, err
	}
	return s.bare(spec, s.dir)
}

// found turns "no such file" into the error that names the specifier.
func (s *search) found(path string, err error) (string, error) {
	if err == nil && path == "" {
		err = s.notFound()
	}
	return path, err
}

// bare looks through the node_modules folders from dir upwards, and then
// through the extra ones.
func (s *search) bare(spec, dir string) (string, error) {
	for _, nm := range s.nodeModules(dir) {
		if s.d.stat(nm) != isDir {
			continue
		}
		if path, ok, err := s.exports(nm, spec); ok || err != nil {
			return path, err
		}
		path, err := s.path(filepath.Join(nm, filepath.FromSlash(spec)), endsInSlash(spec))
		if path != "" || err != nil {
			return path, err
		}
	}
	return "", s.notFound()
}

func (s *search) nodeModules(dir string) []string {
	var dirs []string
	for {
		if filepath.Base(dir) != "node_modules" {
			dirs = append(dirs, filepath.Join(dir, "node_modules"))
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			break
		}
		dir = parent
	}
	return slices.Concat(dirs, s.r.PackageDirs)
}

// path finds a file for an absolute path: itself, with an extension, or as a
// folder. It gives "" where there is none.
func (s *search) path(path string, slash bool) (string, error) {
	kind := s.d.stat(path)
	if !slash {
		if kind == isFile {
			return s.d.realpath(path), nil
		}
		if p := s.extensions(path); p != "" {
			return p, nil
		}
	}
	if kind == isDir {
		return s.folder(path)
	}
	if p := s.typeScriptSource(path); p != "" && !slash {
		return p, nil
	}
	return "", nil
}

// folder finds the file of a folder by package.json main or index.
func (s *search) folder(dir string) (string, error) {
	pkg, err := s.d.packageJSON(dir)
	if err != nil {
		return "", err
	}
	index := filepath.Join(dir, "index")
	if pkg == nil || pkg.main == "" {
		return s.extensions(index), nil
	}
	main := filepath.Join(dir, filepath.FromSlash(pkg.main))
	if s.d.stat(main) == isFile {
		return s.d.realpath(main), nil
	}
	for _, base := range []string{main, filepath.Join(main, "index"), index} {
		if p := s.extensions(base); p != "" {
			return p, nil
		}
	}
	return "", &Error{Code: ModuleNotFound, Specifier: s.specifier, From: s.from,
		Message: "Cannot find module '" + main + `'. Please verify that the package.json has a valid "main" entry`}
}

func (s *search) extensions(base string) string {
	for _, ext := range []string{".js", ".json", ".node"} {
		if s.d.stat(base+ext) == isFile {
			return s.d.realpath(base + ext)
		}
	}
	if inPackages(base) {
		return ""
	}
	for _, ext := range []string{".ts", ".cts", ".mts", ".tsx"} {
		if s.d.stat(base+ext) == isFile {
			return s.d.realpath(base + ext)
		}
	}
	return ""
}

// typeScriptSource finds x.ts for x.js, which is how TypeScript wants its
// imports written.
func (s *search) typeScriptSource(path string) string {
	swap := map[string]string{".js": ".ts", ".mjs": ".mts", ".cjs": ".cts"}
	ext := filepath.Ext(path)
	if ts := swap[ext]; ts != "" && !inPackages(path) {
		if p := strings.TrimSuffix(path, ext) + ts; s.d.stat(p) == isFile {
			return s.d.realpath(p)
		}
	}
	return ""
}

func inPackages(path string) bool {
	return slices.Contains(strings.Split(filepath.ToSlash(path), "/"), "node_modules")
}

func isRelative(spec string) bool {
	if filepath.Separator == '\\' && (strings.HasPrefix(spec, `.\`) || strings.HasPrefix(spec, `..\`)) {
		return true
	}
	return spec == "." || spec == ".." || strings.HasPrefix(spec, "./") || strings.HasPrefix(spec, "../")
}

func endsInSlash(spec string) bool {
	last := spec[strings.LastIndexByte(spec, '/')+1:]
	return last == "" || last == "." || last == ".."
}
