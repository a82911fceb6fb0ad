package pack

import (
	"cmp"
	"encoding/json"
	"path/filepath"
	"slices"

	"github.com/fns-dev/fns/internal/bundle"
)

// Part is a file of the user's own or a whole package, as it counts in a bundle.
type Part struct {
	Name  string `json:"name"`  // the file from a folder on, with slashes; or "axios 1.7.2"
	Files int    `json:"files"` // that it is made of
	Bytes int    `json:"bytes"`
}

// Parts are what the function is made of, the largest first. Names of files count
// from dir, an absolute folder.
func (f Function) Parts(dir string) []Part {
	var list []Part
	byDir := map[string]int{}
	for _, p := range packages(f.Modules) {
		name := p.Name
		if p.Version != "" {
			name += " " + p.Version
		}
		byDir[p.dir] = len(list)
		list = append(list, Part{Name: name, Bytes: p.bytes})
	}
	dir = real(dir)
	for _, m := range f.Modules {
		if folder, ok := packageDir(m.File); ok {
			list[byDir[folder]].Files++
			continue
		}
		list = append(list, Part{Name: relative(dir, m), Files: 1, Bytes: m.Bytes})
	}
	slices.SortStableFunc(list, func(x, y Part) int { return cmp.Or(cmp.Compare(y.Bytes, x.Bytes), cmp.Compare(x.Name, y.Name)) })
	return list
}

func relative(dir string, m bundle.Module) string {
	if rel, err := filepath.Rel(dir, m.File); err == nil {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(m.File)
}

// Metafile puts esbuild's reports on the functions into one, in which the outputs
// are the files that are sent.
func (c *Contents) Metafile() ([]byte, error) {
	type report struct {
		Inputs  map[string]json.RawMessage `json:"inputs"`
		Outputs map[string]json.RawMessage `json:"outputs"`
	}
	all := report{Inputs: map[string]json.RawMessage{}, Outputs: map[string]json.RawMessage{}}
	for _, f := range c.Functions {
		if f.Metafile == nil {
			continue
		}
		var one report
		if err := json.Unmarshal(f.Metafile, &one); err != nil {
			return nil, err
		}
		for name, input := range one.Inputs {
			all.Inputs[name] = input
		}
		for _, output := range one.Outputs { // the only one
			all.Outputs[f.Path] = output
		}
	}
	data, err := json.MarshalIndent(all, "", "  ")
	return append(data, '\n'), err
}
