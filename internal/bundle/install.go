package bundle

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

// Install is a package that is missing, for which a command is wanted.
type Install struct {
	Package string // name without subpath
	From    string // absolute folder of the importing file
	Dir     string // absolute folder of the functions; "" stands for From
	Root    string // absolute folder the search for package.json ends at; "" means the file system's root
	WorkDir string // absolute folder the command is to be run in; "" gives absolute paths
}

// Command gives the command that installs the package with the package manager
// whose lockfile is there, npm by default, into the folder of the nearest
// package.json, or of the functions where there is none. listed is true where
// that package.json names the package already, so that it only needs installing.
func (in Install) Command() (command string, listed bool) {
	dir, listed := in.folder()
	pm := in.packageManager(dir)
	args := map[string]struct{ install, add, at string }{
		"npm":  {"install", "install", "--prefix"},
		"yarn": {"install", "add", "--cwd"},
		"pnpm": {"install", "add", "--dir"},
		"bun":  {"install", "add", "--cwd"},
	}[pm]
	words := []string{pm}
	// npm and yarn take the folder anywhere, pnpm and yarn 2 only in front of
	// or behind the verb: in front works for yarn and pnpm, behind for npm and bun.
	at := []string{}
	if shown := in.shown(dir); shown != "" {
		at = []string{args.at, shown}
	}
	verb := args.add
	if listed {
		verb = args.install
	}
	if pm == "yarn" || pm == "pnpm" {
		words = append(append(words, at...), verb)
	} else {
		words = append(append(words, verb), at...)
	}
	if !listed {
		words = append(words, in.Package)
	}
	return strings.Join(words, " "), listed
}

// folder is where the package belongs.
func (in Install) folder() (dir string, listed bool) {
	for dir := in.From; ; dir = filepath.Dir(dir) {
		if content, err := os.ReadFile(filepath.Join(dir, "package.json")); err == nil {
			return dir, lists(content, in.Package)
		}
		if dir == in.Root || filepath.Dir(dir) == dir {
			break
		}
	}
	if in.Dir == "" {
		return in.From, false
	}
	return in.Dir, false
}

// lists tells whether a package.json depends on a package in any way that an
// install brings in.
func lists(packageJSON []byte, name string) bool {
	var p struct{ Dependencies, DevDependencies, OptionalDependencies, PeerDependencies map[string]any }
	if json.Unmarshal(packageJSON, &p) != nil {
		return false
	}
	for _, deps := range []map[string]any{p.Dependencies, p.DevDependencies, p.OptionalDependencies, p.PeerDependencies} {
		if _, ok := deps[name]; ok {
			return true
		}
	}
	return false
}

func (in Install) packageManager(dir string) string {
	for ; ; dir = filepath.Dir(dir) {
		for _, lock := range [][2]string{
			{"package-lock.json", "npm"}, {"npm-shrinkwrap.json", "npm"}, {"pnpm-lock.yaml", "pnpm"},
			{"yarn.lock", "yarn"}, {"bun.lock", "bun"}, {"bun.lockb", "bun"},
		} {
			if _, err := os.Stat(filepath.Join(dir, lock[0])); err == nil {
				return lock[1]
			}
		}
		if dir == in.Root || filepath.Dir(dir) == dir {
			return "npm"
		}
	}
}

// shown is the folder as it goes into the command, "" where no word is needed.
func (in Install) shown(dir string) string {
	if in.WorkDir != "" {
		if rel, err := filepath.Rel(followed(in.WorkDir), followed(dir)); err == nil {
			dir = rel
		}
	}
	if dir == "." {
		return ""
	}
	dir = filepath.ToSlash(dir)
	if strings.ContainsFunc(dir, func(r rune) bool {
		return !strings.ContainsRune("-_@%+=:,./", r) && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}) {
		return `"` + dir + `"`
	}
	return dir
}
