package analyze

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/resolve"
)

// packages remembers what is known of package.json files and of installed
// packages.
type packages struct {
	mu     sync.Mutex
	listed map[string]*jsonpos.Document // by path of a package.json
	native map[string]string            // by the folder of a package: its compiled file, "" for none
}

func newPackages() *packages {
	return &packages{listed: map[string]*jsonpos.Document{}, native: map[string]string{}}
}

// checkPackages looks at the packages that the function's own files import: that
// package.json lists them, and that HubSpot can load them.
func (f *check) checkPackages(all *shared) {
	said := map[string]bool{}
	for _, im := range f.out.Packages {
		name, _ := resolve.Package(im.Specifier)
		if name == "" || said[name] || isBuiltin(im.Specifier) || inPackage(im.File) {
			continue
		}
		said[name] = true
		at := f.files.get(im.File).importLine(im.Line, im.Specifier)
		dir := installed(name, filepath.Dir(im.File))
		if dir == "" {
			continue // the bundler has said so
		}
		if binary := all.packages.compiled(dir); binary != "" {
			f.report(diag.NativePackage, at, fmt.Sprintf("package %q has compiled parts (%s)", name, binary), "Use a package without native code; locally it runs with --engine node only")
		}
		if what := slowPackage(name); what != "" {
			f.report(diag.SlowPackage, at, fmt.Sprintf("package %q %s", name, what), "Run the function with --engine node where it runs into the time limit")
		}
		if f.Generation == project.DesignManager && f.preloaded {
			continue
		}
		f.checkListed(all.packages, name, at)
	}
}

// slowPackage says what a package does that takes the embedded engine far longer
// than Node; docs/performance.md has the measurements.
func slowPackage(name string) string {
	if name == "bcryptjs" {
		return "makes a hash of 10 rounds in 40 s in the embedded engine, in 0.2 s on HubSpot"
	}
	return ""
}

// checkListed reports a package that HubSpot would not install.
func (f *check) checkListed(all *packages, name string, at diag.Range) {
	file := filepath.Join(f.Dir, "package.json")
	doc := all.read(file)
	switch {
	case !doc.Root.Is(jsonpos.Object):
		if _, err := os.Stat(file); err == nil {
			return // it can't be read, which is a finding of its own
		}
		f.report(diag.UnlistedPackage, at, fmt.Sprintf("package %q is used, but there is no package.json in %s", name, filepath.Base(f.Dir)),
			fmt.Sprintf("Create one there with %q in dependencies", name))
	case doc.Root.Get("dependencies").Get(name) != nil || doc.Root.Get("optionalDependencies").Get(name) != nil:
	case doc.Root.Get("devDependencies").Get(name) != nil:
		f.report(diag.UnlistedPackage, at, fmt.Sprintf("package %q is only in devDependencies, which HubSpot does not install", name), "Move it to dependencies")
	default:
		f.report(diag.UnlistedPackage, at, fmt.Sprintf("package %q is installed, but not in the dependencies of package.json", name), "Add it to dependencies: npm install "+name)
	}
}

func (p *packages) read(file string) *jsonpos.Document {
	p.mu.Lock()
	defer p.mu.Unlock()
	doc := p.listed[file]
	if doc == nil {
		doc, _ = jsonpos.Read(file)
		p.listed[file] = doc
	}
	return doc
}

// installed gives the folder of a package as seen from dir, "" for none.
func installed(name, dir string) string {
	for {
		candidate := filepath.Join(dir, "node_modules", filepath.FromSlash(name))
		if info, err := os.Stat(candidate); err == nil && info.IsDir() {
			return candidate
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// maxLooked is how many files of a package are looked at for compiled ones.
const maxLooked = 400

// compiled gives a file of native code of a package, or of one that it takes for
// the system it is on (as sharp does), "" for none.
func (p *packages) compiled(dir string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if file, known := p.native[dir]; known {
		return file
	}
	file := nativeFile(dir)
	if file == "" {
		doc, _ := jsonpos.Read(filepath.Join(dir, "package.json"))
		if optional := doc.Root.Get("optionalDependencies"); optional.Is(jsonpos.Object) {
			for _, member := range optional.Members {
				if other := installed(member.Key, dir); other != "" && file == "" {
					if inner := nativeFile(other); inner != "" {
						file = member.Key + "/" + inner
					}
				}
			}
		}
	}
	p.native[dir] = file
	return file
}

// nativeFile finds a compiled addon, or the recipe for one, in a folder.
func nativeFile(dir string) string {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	found, looked := "", 0
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error { // what can't be read has nothing
		looked++
		switch {
		case err != nil:
			return nil
		case looked > maxLooked:
			return fs.SkipAll
		case d.IsDir() && d.Name() == "node_modules":
			return fs.SkipDir
		case d.Name() == "binding.gyp" && filepath.Dir(path) == dir, strings.HasSuffix(d.Name(), ".node") && d.Type().IsRegular():
			found = relative(dir, path)
			return fs.SkipAll
		}
		return nil
	})
	return found
}

// importLine gives the place of an import on a line.
func (s *source) importLine(line int, specifier string) diag.Range {
	if line < 1 || line > len(s.lines) {
		return s.shown.Whole()
	}
	start := s.lines[line-1]
	end := len(s.text)
	if line < len(s.lines) {
		end = s.lines[line]
	}
	for _, q := range []string{"'", `"`, "`"} {
		if i := strings.Index(s.text[start:end], q+specifier+q); i >= 0 {
			return s.shown.Range(start+i, start+i+len(specifier)+2)
		}
	}
	return s.shown.Range(start, start)
}
