package ignore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// FileName is the file with the user's own rules.
const FileName = ".hsignore"

// builtin is what HubSpot's CLI never uploads (npm @hubspot/local-dev-lib 5.10.3,
// lib/ignoreRules.js). The name of macOS's folder icons ends in a carriage return,
// which is misspelt there and right here.
const builtin = `fields.output.json
hubspot.config.yml
hubspot.config.yaml
node_modules
.*
*.log
*.swp
Iconr
Icon` + "[\r]" + `
__MACOSX
~
*~
Thumbs.db
ehthumbs.db
Desktop.ini
@eaDir
`

// Set is what holds for the files of one folder.
type Set struct {
	// File is the .hsignore in force, absolute, "" for none.
	File  string
	rules []rule
	// above is the way from the folder of File down to the folder, with slashes.
	above string
}

// Load reads the rules for the files in dir, an absolute path: the built-in ones,
// then those of the nearest .hsignore in dir or around it. Outside of projects
// package-lock.json is ignored as well.
//
// A pattern of .hsignore counts from the folder it stands in. It also counts
// from dir, because HubSpot's CLI reads it so when it is run where .hsignore
// lies: "app/old" and "src/app/old" both mean src/app/old.
func Load(dir string, inProject bool) (*Set, error) {
	s := &Set{rules: parse(builtin)}
	if !inProject {
		s.rules = append(s.rules, parse("package-lock.json")...)
	}
	for up := dir; ; up = filepath.Dir(up) {
		file := filepath.Join(up, FileName)
		text, err := os.ReadFile(file)
		switch {
		case err == nil:
			s.File = file
			for _, r := range parse(string(text)) {
				r.custom = true
				s.rules = append(s.rules, r)
			}
			rel, err := filepath.Rel(up, dir)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			if rel != "." {
				s.above = filepath.ToSlash(rel) + "/"
			}
			return s, nil
		case !errors.Is(err, fs.ErrNotExist) && !isDir(file):
			return nil, fmt.Errorf("the ignore rules can't be read: %w", err)
		}
		if up == filepath.Dir(up) {
			return s, nil
		}
	}
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// Ignores reports whether a file or folder is left out. path counts from the
// folder of Load, with slashes. What lies in an ignored folder is ignored, and no
// rule brings it back.
func (s *Set) Ignores(path string, isDir bool) bool {
	for i, c := range path {
		if c == '/' && s.decides(path[:i], true) {
			return true
		}
	}
	return s.decides(path, isDir)
}

// Matches reports whether the last rule that fits a path alone, whatever holds for
// the folders around it, is one without "!".
func (s *Set) Matches(path string, isDir bool) bool { return s.decides(path, isDir) }

// decides applies the rules to one path, without looking at the folders around
// it: the last rule that matches counts.
func (s *Set) decides(path string, isDir bool) bool {
	for i := len(s.rules) - 1; i >= 0; i-- {
		r := s.rules[i]
		if r.matches(path, isDir) || r.custom && s.above != "" && r.matches(s.above+path, isDir) {
			return !r.keep
		}
	}
	return false
}

// Rules gives a Set of the patterns in text alone, for paths from the folder that
// they count from.
func Rules(text string) *Set { return &Set{rules: parse(text)} }
