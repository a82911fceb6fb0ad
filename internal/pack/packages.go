package pack

import (
	"bytes"
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/bundle"
)

// Duplicate is a package of which a bundle holds several versions.
type Duplicate struct {
	Name     string   `json:"name"`
	Versions []string `json:"versions"` // sorted
	Bytes    int      `json:"bytes"`    // of all together
}

// installed is a package in a bundle.
type installed struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Licence any    `json:"license"`
	dir     string
	bytes   int
}

// packages lists the installed packages that modules belong to, by folder.
func packages(modules []bundle.Module) []installed {
	size := map[string]int{}
	for _, m := range modules {
		if dir, ok := packageDir(m.File); ok {
			size[dir] += m.Bytes
		}
	}
	var list []installed
	for dir, bytes := range size {
		p := installed{}
		if data, err := os.ReadFile(filepath.Join(dir, "package.json")); err == nil {
			_ = json.Unmarshal(data, &p) // what it does not tell stays empty
		}
		if p.Name == "" {
			_, name, _ := cutLast(filepath.ToSlash(dir), "/node_modules/")
			p.Name = name
		}
		p.dir, p.bytes = dir, bytes
		list = append(list, p)
	}
	slices.SortFunc(list, func(x, y installed) int {
		return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.Version, y.Version), cmp.Compare(x.dir, y.dir))
	})
	return list
}

// packageDir is the folder of the package that a file belongs to.
func packageDir(file string) (string, bool) {
	before, after, ok := cutLast(filepath.ToSlash(file), "/node_modules/")
	if !ok {
		return "", false
	}
	parts := strings.SplitN(after, "/", 3)
	name := parts[0]
	if strings.HasPrefix(name, "@") && len(parts) > 1 {
		name += "/" + parts[1]
	}
	return filepath.FromSlash(before + "/node_modules/" + name), true
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// duplicates finds packages that are there more than once.
func duplicates(modules []bundle.Module) []Duplicate {
	var list []Duplicate
	all := packages(modules)
	for i := 0; i < len(all); {
		d := Duplicate{Name: all[i].Name}
		for ; i < len(all) && all[i].Name == d.Name; i++ {
			d.Versions = append(d.Versions, all[i].Version)
			d.Bytes += all[i].bytes
		}
		if len(d.Versions) > 1 {
			list = append(list, d)
		}
	}
	return list
}

var licenceFile = pattern(`(?i)^(?:licen[cs]e|copying|notice)(?:[.-].*)?$`)

// maxLicence is the longest text of a licence that goes into a bundle.
const maxLicence = 64 << 10

// withLicences appends the licences of the packages in a bundle, each text once.
func withLicences(code []byte, modules []bundle.Module) []byte {
	list := packages(modules)
	if len(list) == 0 {
		return code
	}
	var texts []string
	names := map[string][]string{}
	for _, p := range list {
		text := licence(p)
		if names[text] == nil {
			texts = append(texts, text)
		}
		if name := strings.TrimSpace(p.Name + " " + p.Version); !slices.Contains(names[text], name) {
			names[text] = append(names[text], name)
		}
	}
	var b bytes.Buffer
	b.Write(bytes.TrimRight(code, "\n"))
	b.WriteString("\n/*! Packages in this file, and their licences\n")
	for _, text := range texts {
		b.WriteString("\n" + comment(strings.Join(names[text], ", ")) + "\n" + comment(text) + "\n")
	}
	b.WriteString("*/\n")
	return b.Bytes()
}

// comment makes text fit for the inside of a comment.
func comment(text string) string { return strings.ReplaceAll(text, "*/", "* /") }

// licence is the text of a package's licence, or the name of it.
func licence(p installed) string {
	var texts []string
	entries, err := os.ReadDir(p.dir)
	if err == nil {
		for _, e := range entries {
			if !e.Type().IsRegular() || !licenceFile().MatchString(e.Name()) {
				continue
			}
			if info, err := e.Info(); err != nil || info.Size() > maxLicence {
				continue
			}
			if data, err := os.ReadFile(filepath.Join(p.dir, e.Name())); err == nil {
				texts = append(texts, strings.TrimSpace(strings.ReplaceAll(string(data), "\r\n", "\n")))
			}
		}
	}
	if len(texts) > 0 {
		return strings.Join(texts, "\n\n")
	}
	switch l := p.Licence.(type) {
	case string:
		return "Licence: " + l
	case map[string]any:
		if t, ok := l["type"].(string); ok {
			return "Licence: " + t
		}
	}
	return "The package names no licence"
}
