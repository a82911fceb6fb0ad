package project

import (
	"os"
	"path/filepath"
	"strings"
)

// manifestName is the manifest of a .functions folder.
const manifestName = "serverless.json"

// maxEntries is how many files and folders a search looks at: enough for any
// repository, and an end for one that was started in / or in a home folder.
const maxEntries = 200_000

// tree is what a walk came across, each list in the order of the walk.
type tree struct {
	projects []string // hsproject.json files
	folders  []string // .functions folders
	metas    []string // *-hsmeta.json files
	strays   []string // serverless.json files outside a .functions folder
	cut      bool     // the walk ended at maxEntries
}

// empty reports whether the walk found nothing that could declare a function.
func (t tree) empty() bool { return len(t.folders)+len(t.metas) == 0 }

// isFunctionsFolder reports whether a folder of that name holds functions.
func isFunctionsFolder(name string) bool {
	return strings.HasSuffix(name, ".functions") && !strings.HasPrefix(name, ".")
}

// walker walks a tree once. Real folders come first; links to folders are
// followed afterwards, and only to places not seen yet, so a loop of links ends
// and a function is found under its real path where it has one.
type walker struct {
	tree    tree
	outputs bool
	most    int // entries
	entries int
	seen    map[string]bool // real paths of the folders walked
	links   []string
}

// walk looks for manifests in root and below. outputs says whether to look into
// the folders that build tools write, which hold copies of what lies elsewhere.
func walk(root string, outputs bool) tree {
	return (&walker{outputs: outputs, most: maxEntries, seen: map[string]bool{}}).walk(root)
}

func (w *walker) walk(root string) tree {
	w.link(root)
	for len(w.links) > 0 {
		link := w.links[0]
		w.links = w.links[1:]
		if info, err := os.Stat(link); err == nil && info.IsDir() {
			w.link(link)
		}
	}
	return w.tree
}

// link walks a folder whose path may lead over links.
func (w *walker) link(dir string) {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		w.folder(dir, real)
	}
}

// folder walks dir, whose real path is real.
func (w *walker) folder(dir, real string) {
	if w.seen[real] || w.tree.cut {
		return
	}
	w.seen[real] = true
	entries, err := os.ReadDir(dir)
	if err != nil {
		return // an unreadable folder holds nothing for us
	}
	if w.entries += len(entries); w.entries > w.most {
		w.tree.cut = true
		return
	}
	if w.files(dir, entries) {
		return
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		switch {
		case w.skip(e.Name()):
		case e.IsDir():
			w.folder(path, filepath.Join(real, e.Name()))
		case e.Type()&os.ModeSymlink != 0:
			w.links = append(w.links, path)
		}
	}
}

// files notes the manifests in a folder; done says that nothing below matters,
// because a functions folder can't hold another one.
func (w *walker) files(dir string, entries []os.DirEntry) (done bool) {
	functions := isFunctionsFolder(filepath.Base(dir))
	if functions {
		w.tree.folders = append(w.tree.folders, dir)
	}
	for _, e := range entries {
		name, path := e.Name(), filepath.Join(dir, e.Name())
		switch {
		case e.IsDir():
		case strings.EqualFold(name, configName):
			w.tree.projects = append(w.tree.projects, path)
		case strings.HasSuffix(name, metaSuffix):
			w.tree.metas = append(w.tree.metas, path)
		case name == manifestName && functions:
			done = true
		case name == manifestName:
			w.tree.strays = append(w.tree.strays, path)
		}
	}
	return done
}

// skip reports whether a walk leaves out folders and links of that name.
func (w *walker) skip(name string) bool {
	if strings.HasPrefix(name, ".") {
		return true
	}
	switch name {
	case "node_modules", "bower_components":
		return true
	case "dist", "build", "out", "coverage":
		return !w.outputs
	default:
		return false
	}
}
