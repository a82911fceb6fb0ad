package bundle

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
)

// metafile is what is needed of esbuild's report on a build.
type metafile struct {
	Inputs map[string]struct {
		Format  string `json:"format"` // "esm", "cjs", or "" for data
		Imports []struct {
			Path string `json:"path"`
			Kind string `json:"kind"`
		} `json:"imports"`
	} `json:"inputs"`
	Outputs map[string]struct {
		Inputs map[string]struct {
			Bytes int `json:"bytesInOutput"`
		} `json:"inputs"`
	} `json:"outputs"`
}

// modules lists what the code is made of.
func (b *Builder) modules(meta metafile) []Module {
	var list []Module
	there := map[string]bool{}
	for _, out := range meta.Outputs {
		for name, input := range out.Inputs {
			if path := b.absolute(name); path != "" {
				there[name] = true
				list = append(list, Module{File: path, Bytes: input.Bytes, ESM: meta.Inputs[name].Format == "esm"})
			}
		}
	}
	// Of a file of constants that were put where they are used no code is left, yet
	// it is part of the bundle.
	for name, input := range meta.Inputs {
		if path := b.absolute(name); path != "" && !there[name] && !strings.Contains(filepath.ToSlash(path), "/node_modules/") {
			list = append(list, Module{File: path, ESM: input.Format == "esm"})
		}
	}
	slices.SortFunc(list, func(x, y Module) int { return cmp.Or(cmp.Compare(y.Bytes, x.Bytes), cmp.Compare(x.File, y.File)) })
	return list
}

// output makes an Output of a build without errors.
func (b *Builder) output(result api.BuildResult) (*Output, error) {
	out := &Output{}
	for _, f := range result.OutputFiles {
		switch filepath.Ext(f.Path) {
		case ".map":
			out.Map = f.Contents
		case ".js":
			out.Code = f.Contents
		}
	}
	if out.Code == nil {
		return nil, errNoCode
	}
	var meta metafile
	if err := json.Unmarshal([]byte(result.Metafile), &meta); err != nil {
		return nil, fmt.Errorf("metafile of esbuild: %w", err)
	}
	strict := true
	for name, input := range meta.Inputs {
		path := b.absolute(name)
		if input.Format == "cjs" && path != "" {
			strict = false
		}
		if path != "" {
			out.Inputs = append(out.Inputs, path)
		}
	}
	out.Code = finishCode(out.Code, strict)
	if b.spec.Node != "" {
		out.Code = withoutFooter(out.Code)
	}
	out.Modules, out.Metafile = b.modules(meta), []byte(result.Metafile)
	linked := b.rec.linkedFiles()
	out.Inputs = append(out.Inputs, b.configs(out.Inputs)...)
	out.Inputs = append(out.Inputs, linked...)
	slices.Sort(out.Inputs)
	out.Inputs = slices.Compact(out.Inputs)
	out.Packages = b.imports(result.Warnings)
	out.Hash = hash(out, linked)
	return out, nil
}

// finishCode mends esbuild's helpers, and makes the bundle strict where all of
// it was an ES module and so strict before.
func finishCode(code []byte, strict bool) []byte {
	text := string(code)
	if strings.Contains(text, "__toESM") {
		text = importNamespaces(text)
	}
	if strict {
		text = strings.Replace(text, firstLine, `"use strict"; `+firstLine, 1)
	}
	return []byte(text)
}

// exportsMain finds the note that esbuild writes on what a bundled ES module
// exports, where main is among it.
var exportsMain = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`0 ?&& ?\(module\.exports ?= ?\{[^{}]*\bmain\b[^{}]*\}\);?\s*$`)
})

// withoutFooter takes mainOfDefault out of code that has no use for it.
func withoutFooter(code []byte) []byte {
	body, found := bytes.CutSuffix(bytes.TrimRight(code, "\n"), []byte(mainOfDefault))
	if found && (exportsMain().Match(body) || !bytes.Contains(body, []byte("__esModule"))) {
		return body
	}
	return code
}

// absolute gives the path of a name in esbuild's reports, "" for what is no
// file.
func (b *Builder) absolute(name string) string {
	if name == "" || strings.HasPrefix(name, "<") {
		return ""
	}
	name = filepath.FromSlash(name)
	if filepath.IsAbs(name) {
		return name
	}
	if space, _, ok := strings.Cut(name, ":"); ok && len(space) > 1 && !strings.ContainsAny(space, `/\.`) {
		return "" // in a namespace of esbuild's own, such as "(disabled)"
	}
	return filepath.Join(b.root, name)
}

// configs finds the files that rule how others are built, from their folders
// upwards to the root.
func (b *Builder) configs(files []string) []string {
	var found []string
	seen := map[string]bool{}
	for _, file := range files {
		for dir := filepath.Dir(file); !seen[dir]; dir = filepath.Dir(dir) {
			seen[dir] = true
			for _, name := range []string{"package.json", "tsconfig.json"} {
				path := filepath.Join(dir, name)
				if _, err := os.Stat(path); err == nil {
					found = append(found, path)
				}
			}
			if dir == b.root {
				break
			}
		}
	}
	return found
}

func (b *Builder) imports(warnings []api.Message) []Import {
	var list []Import
	for _, m := range warnings {
		if ext, ok := m.Detail.(external); ok && m.Location != nil {
			list = append(list, Import{Specifier: ext.specifier, File: b.absolute(m.Location.File), Line: m.Location.Line, Missing: ext.err != nil})
		}
	}
	slices.SortFunc(list, func(x, y Import) int {
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line), cmp.Compare(x.Specifier, y.Specifier))
	})
	return list
}

func hash(out *Output, linked []string) string {
	h := sha256.New()
	part := func(content []byte) {
		fmt.Fprintf(h, "%d:", len(content))
		h.Write(content)
	}
	part(out.Code)
	part(out.Map)
	for _, path := range linked {
		content, err := os.ReadFile(path)
		if err == nil {
			part(content)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}
