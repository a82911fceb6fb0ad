package resolve

import (
	"encoding/json"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// undefined is the result of a target none of whose conditions hold; nil is the
// result of a target that was closed with null.
type undefined struct{}

// builtinTarget is the result of an imports target that is a module of Node.
type builtinTarget string

// exports resolves a specifier through the exports of a package in the folder
// nm; ok is false where the package has none.
func (s *search) exports(nm, spec string) (path string, ok bool, err error) {
	name, subpath := Package(spec)
	if name == "" {
		return "", false, nil
	}
	dir := filepath.Join(nm, filepath.FromSlash(name))
	pkg, err := s.d.packageJSON(dir)
	if err != nil || pkg == nil || pkg.exports == nil {
		return "", false, err
	}
	path, err = s.exported(dir, pkg, "."+subpath, false)
	return path, true, err
}

// self resolves a package's reference to itself by its own name.
func (s *search) self() (path string, ok bool, err error) {
	dir, pkg, err := s.d.scope(s.dir)
	if err != nil || pkg == nil || pkg.exports == nil || pkg.name == "" {
		return "", false, err
	}
	rest, found := strings.CutPrefix(s.specifier, pkg.name)
	if !found || (rest != "" && rest[0] != '/') {
		return "", false, nil
	}
	path, err = s.exported(dir, pkg, "."+rest, true)
	return path, true, err
}

// imports resolves a specifier that begins with #.
func (s *search) imports() (path string, ok bool, err error) {
	dir, pkg, err := s.d.scope(s.dir)
	if err != nil || pkg == nil || pkg.imports == nil {
		return "", false, err
	}
	if s.specifier == "#" || strings.HasPrefix(s.specifier, "#/") {
		return "", false, &Error{Code: InvalidModuleSpecifier, Specifier: s.specifier, From: s.from,
			Message: `Invalid module "` + s.specifier + `" is not a valid internal imports specifier name imported from ` + s.from}
	}
	t := target{s: s, dir: dir, subpath: s.specifier, internal: true}
	result, err := t.matchEither(pkg.imports, s.specifier)
	if err != nil {
		return "", false, err
	}
	switch r := result.(type) {
	case builtinTarget:
		s.builtin = true
		return string(r), true, nil
	case string:
		path, err = s.finish(r)
		return path, true, err
	}
	return "", false, &Error{Code: PackageImportNotDefined, Specifier: s.specifier, From: s.from,
		Message: `Package import specifier "` + s.specifier + `" is not defined in package ` +
			filepath.Join(dir, "package.json") + " imported from " + s.from}
}

// exported resolves a subpath such as "./x" or "." in a package with exports.
func (s *search) exported(dir string, pkg *packageJSON, subpath string, self bool) (string, error) {
	exports, sugar, err := exportsObject(dir, pkg.exports)
	if err != nil {
		return "", err
	}
	if sugar {
		exports = &object{keys: []string{"."}, values: map[string]any{".": pkg.exports}}
	}
	t := target{s: s, dir: dir, subpath: subpath, self: self}
	result, err := t.matchEither(exports, subpath)
	if err != nil {
		return "", err
	}
	if path, ok := result.(string); ok {
		return s.finish(path)
	}
	config := filepath.Join(dir, "package.json")
	e := &Error{Code: PackagePathNotExported, Specifier: s.specifier, From: s.from}
	e.Message = "Package subpath '" + subpath + `' is not defined by "exports" in ` + config
	if subpath == "." {
		e.Message = `No "exports" main defined in ` + config
	}
	if self {
		e.Message += " imported from " + s.from
	}
	return "", e
}

// exportsObject tells whether exports is the short form for ".".
func exportsObject(dir string, exports any) (obj *object, sugar bool, err error) {
	obj, ok := exports.(*object)
	if !ok {
		return nil, true, nil
	}
	for i, key := range obj.keys {
		short := !strings.HasPrefix(key, ".")
		if i > 0 && short != sugar {
			return nil, false, &Error{Code: InvalidPackageConfig, Message: "Invalid package config " +
				filepath.Join(dir, "package.json") + `. "exports" cannot contain some keys starting with '.' and some not.` +
				" The exports object must either be an object of package subpath keys or an object of main entry condition name keys only."}
		}
		sugar = short
	}
	return obj, sugar, nil
}

// finish checks that the file an exports or imports entry names exists: no
// extension is added here.
func (s *search) finish(path string) (string, error) {
	if s.d.stat(path) == isFile {
		return s.d.realpath(path), nil
	}
	if ts := s.typeScriptSource(path); ts != "" {
		return ts, nil
	}
	return "", &Error{Code: ModuleNotFound, Specifier: s.specifier, From: s.from, Message: "Cannot find module '" + path + "'"}
}

// target resolves the right-hand sides of one package's exports or imports.
type target struct {
	s          *search
	dir        string // of the package
	internal   bool   // imports, not exports
	self       bool   // the package refers to itself
	subpath    string // what is looked up: "./x", or "#x" for imports
	conditions map[string]bool

	key string // of the entry being resolved
}

// matchEither tries the conditions of require, and then those with "import".
func (t target) matchEither(entries *object, key string) (any, error) {
	t.conditions = t.s.r.conditions
	result, err := t.match(entries, key)
	if _, no := result.(undefined); err == nil && (no || result == nil) {
		t.conditions = t.s.r.withImport
		return t.match(entries, key)
	}
	return result, err
}

func (t target) match(entries *object, key string) (any, error) {
	if to, ok := entries.values[key]; ok && !strings.Contains(key, "*") && !strings.HasSuffix(key, "/") {
		t.key = key
		return t.resolve(to, "", false)
	}
	best, matched := "", ""
	for _, pattern := range entries.keys {
		prefix, suffix, ok := strings.Cut(pattern, "*")
		if !ok || strings.Contains(suffix, "*") || len(key) < len(pattern) ||
			!strings.HasPrefix(key, prefix) || !strings.HasSuffix(key, suffix) {
			continue
		}
		if best == "" || morePrecise(pattern, best) {
			best, matched = pattern, key[len(prefix):len(key)-len(suffix)]
		}
	}
	if best == "" {
		return undefined{}, nil
	}
	t.key = best
	return t.resolve(entries.values[best], matched, true)
}

// morePrecise tells whether pattern a has the longer part before the *, or the
// same and is longer as a whole.
func morePrecise(a, b string) bool {
	ai, bi := strings.IndexByte(a, '*'), strings.IndexByte(b, '*')
	return ai > bi || (ai == bi && len(a) > len(b))
}

// resolve gives a path, a builtinTarget, undefined or nil.
func (t target) resolve(to any, matched string, pattern bool) (any, error) {
	switch to := to.(type) {
	case nil:
		return nil, nil
	case bool:
		return undefined{}, nil
	case float64: // Node reads it as text
		return nil, t.invalid(strconv.FormatFloat(to, 'g', -1, 64))
	case string:
		return t.text(to, matched, pattern)
	case []any:
		return t.first(to, matched, pattern)
	case *object:
		for _, condition := range to.keys {
			if isIndex(condition) {
				return nil, &Error{Code: InvalidPackageConfig, Message: "Invalid package config " +
					filepath.Join(t.dir, "package.json") + `. "exports" cannot contain numeric property keys.`}
			}
		}
		for _, condition := range to.keys {
			if condition != "default" && !t.conditions[condition] {
				continue
			}
			result, err := t.resolve(to.values[condition], matched, pattern)
			if _, no := result.(undefined); no && err == nil {
				continue
			}
			return result, err
		}
		return undefined{}, nil
	}
	return nil, t.invalid(to)
}

// first gives the first alternative that is well formed and defined.
func (t target) first(list []any, matched string, pattern bool) (any, error) {
	var last error
	for _, to := range list {
		result, err := t.resolve(to, matched, pattern)
		if e, ok := err.(*Error); ok && e.Code == InvalidPackageTarget {
			last = err
			continue
		}
		if err != nil {
			return nil, err
		}
		switch result.(type) {
		case undefined:
		case nil:
			last = nil
		default:
			return result, nil
		}
	}
	return nil, last
}

// badSegment finds segments that would lead out of the package or into its
// node_modules, percent-encoded or not.
var badSegment = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(^|\\|/)((\.|%2e)(\.|%2e)?|(n|%6e|%4e)(o|%6f|%4f)(d|%64|%44)(e|%65|%45)(_|%5f)(m|%6d|%4d)(o|%6f|%4f)(d|%64|%44)(u|%75|%55)(l|%6c|%4c)(e|%65|%45)(s|%73|%53))(\\|/|$)`)
})

func (t target) text(to, matched string, pattern bool) (any, error) {
	if !strings.HasPrefix(to, "./") {
		if !t.internal || strings.HasPrefix(to, "../") || strings.HasPrefix(to, "/") || isURL(to) {
			return nil, t.invalid(to)
		}
		name := to
		if pattern {
			name = strings.ReplaceAll(to, "*", matched)
		}
		if t.s.r.IsBuiltin != nil && t.s.r.IsBuiltin(name) {
			return builtinTarget(name), nil
		}
		path, err := t.s.bare(name, t.dir)
		if err != nil {
			return nil, err
		}
		return path, nil
	}
	if badSegment().MatchString(to[2:]) {
		return nil, t.invalid(to)
	}
	if pattern && badSegment().MatchString(matched) {
		return nil, &Error{Code: InvalidModuleSpecifier, Specifier: t.s.specifier, From: t.s.from,
			Message: `Invalid module "` + t.subpath + `" request is not a valid match in pattern "` + t.key + `" for the "` +
				t.field() + `" resolution of ` + filepath.Join(t.dir, "package.json") + t.importedFrom()}
	}
	if pattern {
		to = strings.ReplaceAll(to, "*", matched)
	}
	if strings.Contains(to, "%") {
		if plain, err := url.PathUnescape(to); err == nil {
			to = plain
		}
	}
	return filepath.Join(t.dir, filepath.FromSlash(to)), nil
}

// importedFrom is how Node ends a message about the importing package itself.
func (t target) importedFrom() string {
	if t.internal || t.self {
		return " imported from " + t.s.from
	}
	return ""
}

func (t target) field() string {
	if t.internal {
		return "imports"
	}
	return "exports"
}

func (t target) invalid(to any) error {
	text, isText := to.(string)
	shown, _ := json.Marshal(plain(to)) // made of JSON's own types
	config := filepath.Join(t.dir, "package.json")
	e := &Error{Code: InvalidPackageTarget, Specifier: t.s.specifier, From: t.s.from}
	e.Message = `Invalid "` + t.field() + `" target ` + string(shown) + " defined for '" + t.key + "' in the package config " + config
	if t.key == "." {
		e.Message = `Invalid "exports" main target ` + string(shown) + " defined in the package config " + config
	}
	e.Message += t.importedFrom()
	if isText && !t.internal && text != "" && !strings.HasPrefix(text, "./") {
		e.Message += `; targets must start with "./"`
	}
	return e
}

func plain(v any) any {
	if obj, ok := v.(*object); ok {
		return obj.values
	}
	return v
}

func isURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && len(u.Scheme) > 1
}

func isIndex(key string) bool {
	return key != "" && !slices.ContainsFunc([]byte(key), func(c byte) bool { return c < '0' || c > '9' }) &&
		(key == "0" || key[0] != '0')
}
