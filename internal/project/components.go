package project

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/jsonpos"
)

// Component is an -hsmeta.json file of a developer project, whatever it declares.
type Component struct {
	File string // absolute
	// Doc is its content with the variables of the profile filled in; its Root is
	// nil where the file can't be read.
	Doc *jsonpos.Document
	// Problems are what is wrong with the file and its variables.
	Problems diag.List
}

// Profile is a profile that is in force.
type Profile struct {
	Name      string
	AccountID int64          // to upload to, 0 where the file names none
	Variables *jsonpos.Value // an object, or nil
}

// Components reads all -hsmeta.json files below the source folder of p, in the
// order in which HubSpot's CLI finds them: folder by folder, by name, links and
// node_modules left out. profile is the name of one, "" for the only one there
// is. The Profile is nil where none is in force. The list is about the rest: the
// profile, and folders that can't be read.
func Components(p Developer, profile string) ([]Component, *Profile, diag.List) {
	l := &loader{project: &Project{Root: filepath.Dir(p.File)}, reported: map[string]bool{}}
	c := &config{file: p.File, dir: filepath.Dir(p.File), srcDir: p.SourceDir, version: p.Version}
	l.configs = []*config{c}
	l.chooseProfiles(profile)
	var used *Profile
	if c.profile != nil {
		name, _ := ProfileName(c.profile.file)
		used = &Profile{Name: name, AccountID: c.profile.account, Variables: c.profile.variables}
	}
	var all []Component
	left := maxEntries
	var walk func(dir string)
	walk = func(dir string) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			l.add(diag.Diagnostic{
				Code: diag.FileUnreadable, Severity: diag.Error,
				Summary: fmt.Sprintf("the folder can't be read: %v", err), Range: diag.Range{File: dir},
			})
			return
		}
		for _, e := range entries {
			path := filepath.Join(dir, e.Name())
			if left--; left < 0 {
				return
			}
			switch {
			case e.IsDir() && e.Name() != "node_modules":
				walk(path)
			case e.Type().IsRegular() && strings.HasSuffix(e.Name(), metaSuffix):
				before := len(l.list)
				m := l.open(path)
				m.fill(c)
				all = append(all, Component{File: path, Doc: m.doc, Problems: slices.Clone(l.list[before:])})
				l.list = l.list[:before]
			}
		}
	}
	walk(p.SourceDir)
	l.list.Sort()
	return all, used, l.list
}
