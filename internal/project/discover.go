package project

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
)

// Discover finds the functions that start means: start is a .functions folder, a
// tree with several of them, a developer project, or any file or folder inside
// one of these. It looks upwards for hsproject.json, then for an enclosing
// .functions folder, and otherwise downwards from start, at last from the root
// of the Git repository.
//
// The Project is never nil. With errors in the list it holds the functions that
// are not touched by them, and its Manifests and Dirs are complete, so that a
// watcher notices the correction.
func Discover(start string) (*Project, diag.List) { return DiscoverAs(start, "") }

// DiscoverAs is Discover with the named profile in force. Without a name it is
// the only one of a project; of several, none.
func DiscoverAs(start, profile string) (*Project, diag.List) {
	abs, err := filepath.Abs(start)
	if err != nil {
		abs = start
	}
	l := &loader{project: &Project{Root: abs, Name: filepath.Base(abs)}, reported: map[string]bool{}}
	info, err := os.Stat(abs)
	if err != nil {
		l.add(diag.Diagnostic{
			Code: diag.FileUnreadable, Severity: diag.Error,
			Summary: fmt.Sprintf("%s does not exist or can't be read", start),
			Range:   diag.Range{File: abs},
			Hint:    "name a folder with functions, or leave the path out to start in the current folder",
		})
		return l.project, l.list
	}
	if !info.IsDir() {
		abs = filepath.Dir(abs)
	}
	found := l.locate(abs)
	l.load(found, profile)
	l.settle()
	if len(l.project.Functions) == 0 && !l.list.HasErrors() {
		l.reportNone(found)
	}
	l.list.Sort()
	return l.project, l.list
}

// Enclosing gives the hsproject.json of the developer project that dir, an
// absolute folder, lies in, "" where there is none.
func Enclosing(dir string) string {
	for up := range ancestors(dir) {
		if file := projectFile(up); file != "" {
			return file
		}
	}
	return ""
}

// Home gives the folder that Discover would look in for a file in dir, an absolute
// folder, without searching: that of the developer project around it, else the
// .functions folder; "" where there is neither.
func Home(dir string) string {
	if file := Enclosing(dir); file != "" {
		return filepath.Dir(file)
	}
	return enclosingFolder(dir)
}

// loader collects a Project while its files are read.
type loader struct {
	project  *Project
	configs  []*config
	list     diag.List
	reported map[string]bool // what list holds, so that nothing is said twice
	looked   []string        // the folders searched, for saying so
	// noProfile is true where a profile was asked for that no project has.
	noProfile bool
}

// add notes a finding and gives it, for more to be said about it until the next.
func (l *loader) add(d diag.Diagnostic) *diag.Diagnostic {
	key := d.String()
	if l.reported[key] {
		return &d
	}
	l.reported[key] = true
	l.list = append(l.list, d)
	return &l.list[len(l.list)-1]
}

func (l *loader) addAll(list diag.List) {
	for _, d := range list {
		l.add(d)
	}
}

// locate decides on the project's root and walks it.
func (l *loader) locate(dir string) tree {
	for up := range ancestors(dir) {
		if projectFile(up) != "" {
			return l.look(up, false)
		}
	}
	if folder := enclosingFolder(dir); folder != "" {
		return l.look(folder, false)
	}
	roots := []string{dir}
	for up := range ancestors(dir) {
		if _, err := os.Lstat(filepath.Join(up, ".git")); err == nil && up != dir {
			roots = append(roots, up)
			break
		}
	}
	for _, root := range roots {
		for _, outputs := range []bool{false, true} {
			if found := l.look(root, outputs); !found.empty() {
				return found
			}
		}
	}
	return l.look(dir, true)
}

// look walks root and makes it the project's root.
func (l *loader) look(root string, outputs bool) tree {
	l.project.Root, l.project.Name = root, filepath.Base(root)
	if !slices.Contains(l.looked, root) {
		l.looked = append(l.looked, root)
	}
	return walk(root, outputs)
}

// enclosingFolder gives the nearest .functions folder around dir, or dir itself;
// one with a manifest before one without; "" where there is none.
func enclosingFolder(dir string) string {
	without := ""
	for up := range ancestors(dir) {
		if !isFunctionsFolder(filepath.Base(up)) {
			continue
		}
		if _, err := os.Stat(filepath.Join(up, manifestName)); err == nil {
			return up
		}
		if without == "" {
			without = up
		}
	}
	return without
}

// ancestors gives dir and every folder around it, from the inside out.
func ancestors(dir string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for {
			if !yield(dir) {
				return
			}
			up := filepath.Dir(dir)
			if up == dir {
				return
			}
			dir = up
		}
	}
}

// load reads every manifest of the tree, with a profile in force.
func (l *loader) load(found tree, profile string) {
	if found.cut {
		l.add(diag.Diagnostic{
			Code: diag.SearchCutShort, Severity: diag.Warning,
			Summary: fmt.Sprintf("stopped looking for functions after %d files and folders", maxEntries),
			Range:   diag.Range{File: l.project.Root},
			Hint:    "start in the folder that holds the functions",
		})
	}
	for _, file := range found.projects {
		l.configs = append(l.configs, l.readConfig(file))
	}
	if len(l.configs) == 1 {
		if c := l.configs[0]; c.name != "" {
			l.project.Name, l.project.PlatformVersion = c.name, c.version
		} else {
			l.project.PlatformVersion = c.version
		}
	}
	l.chooseProfiles(profile)
	for _, dir := range found.folders {
		l.loadFolder(dir, l.configFor(dir))
	}
	for _, file := range found.metas {
		l.loadMeta(file, l.configFor(filepath.Dir(file)))
	}
	for _, file := range found.strays {
		l.loadStray(file)
	}
	for _, c := range l.configs {
		l.project.Developer = append(l.project.Developer, Developer{
			File: c.file, Name: c.name, SourceDir: c.srcDir, Version: c.version, VersionRange: c.versionRange, Legacy: c.legacy,
		})
		l.checkPlatform(c)
	}
}

// configFor gives the innermost developer project around dir, nil for none.
func (l *loader) configFor(dir string) *config {
	var best *config
	for _, c := range l.configs {
		if within(c.dir, dir) && (best == nil || len(c.dir) > len(best.dir)) {
			best = c
		}
	}
	return best
}

// within reports whether path is dir or lies below it.
func within(dir, path string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// read notes that a manifest was read.
func (l *loader) read(file string) {
	if !slices.Contains(l.project.Manifests, file) {
		l.project.Manifests = append(l.project.Manifests, file)
	}
}

// hold notes that a folder holds functions.
func (l *loader) hold(dir string) {
	if !slices.Contains(l.project.Dirs, dir) {
		l.project.Dirs = append(l.project.Dirs, dir)
	}
}

// rel gives a path as messages show it: from the root, with slashes.
func (l *loader) rel(path string) string {
	rel, err := filepath.Rel(l.project.Root, path)
	if err != nil {
		return filepath.ToSlash(path)
	}
	return filepath.ToSlash(rel)
}

// reportNone says where fns looked, what for, and what came near.
func (l *loader) reportNone(found tree) {
	d := diag.Diagnostic{
		Code: diag.NoFunctions, Severity: diag.Error,
		Summary: "no functions found in " + strings.Join(l.looked, " and in "),
		Detail: "looked for folders named <name>.functions with a serverless.json (\"endpoints\" or \"appFunctions\"), " +
			"and for *-hsmeta.json files of type \"app-function\"",
		Range: diag.Range{File: l.project.Root},
		Hint:  "start in the folder that holds the functions, or name it: fns dev path/to/folder; fns project create makes a new project",
	}
	for _, dir := range found.folders {
		file := filepath.Join(dir, manifestName)
		if _, err := os.Stat(file); err == nil {
			d.Related = append(d.Related, diag.Related{Message: "declares no functions", Range: diag.Range{File: file}})
		}
	}
	for _, file := range found.metas {
		d.Related = append(d.Related, diag.Related{Message: "is not of type app-function", Range: diag.Range{File: file}})
	}
	d.Related = d.Related[:min(len(d.Related), 5)]
	l.add(d)
}
