// Command build makes the embedded asset of package nodecore: every file below
// js/ becomes one piece in dist/, with the npm packages it needs inside, and
// asset_gen.go embeds the folder.
//
// Run it through `make asset`, which installs the npm packages first.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	pathpkg "path"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	if err := build("internal/nodecore"); err != nil {
		fmt.Fprintln(os.Stderr, "build the Node layer:", err)
		os.Exit(1)
	}
}

func build(dir string) error {
	src := filepath.Join(dir, "js")
	pieces, err := list(src)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, p := range pieces {
		known[p] = true
	}
	// Built aside and swapped in whole, so that a failed build leaves the asset
	// before it.
	dist, next := filepath.Join(dir, "dist"), filepath.Join(dir, "dist.next")
	if err := os.RemoveAll(next); err != nil {
		return err
	}
	var failed []error
	packages := map[string]bool{}
	for _, p := range pieces {
		if err := bundle(src, next, p, known, packages); err != nil {
			failed = append(failed, err)
		}
	}
	failed = append(failed, writeLicenses(filepath.Join(next, "LICENSES.txt"), packages))
	if err := os.RemoveAll(dist); err != nil {
		return err
	}
	if err := os.Rename(next, dist); err != nil {
		return err
	}
	failed = append(failed, os.WriteFile(filepath.Join(dir, "asset_gen.go"), []byte(generated), 0o644))
	return errors.Join(failed...)
}

// list gives the pieces: paths of js/ files without the extension.
func list(src string) ([]string, error) {
	var pieces []string
	err := filepath.WalkDir(src, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".js" {
			return err
		}
		rel, err := filepath.Rel(src, path)
		pieces = append(pieces, strings.TrimSuffix(filepath.ToSlash(rel), ".js"))
		return err
	})
	sort.Strings(pieces)
	return pieces, err
}

// replaced are files of npm packages that the layer has a piece of its own for:
// a browser's stand-ins for what the layer does as Node does it.
var replaced = map[string]string{
	"readable-stream/lib/ours/errors.js":            "internal/streams/errors",
	"readable-stream/lib/ours/util.js":              "internal/streams/util",
	"readable-stream/lib/internal/shims/process.js": "process",
	"string_decoder/":                               "string_decoder",
}

// replacement gives the piece that stands for what an npm package's file asks
// for, "" if none does.
func replacement(path, importer, piece string) string {
	importer = filepath.ToSlash(importer)
	at := strings.LastIndex(importer, "/node_modules/")
	if at < 0 {
		return ""
	}
	if strings.HasPrefix(path, ".") {
		path = pathpkg.Join(pathpkg.Dir(importer[at+len("/node_modules/"):]), path) + ".js"
	}
	if r := replaced[path]; r != piece {
		return r
	}
	return ""
}

// bundle writes one piece. Other pieces stay require calls; npm packages that
// share a name with a piece are reached with a trailing slash, as in
// require('buffer/'). Their folders are added to packages.
func bundle(src, dist, piece string, known, packages map[string]bool) error {
	var missing []string
	pieces := api.Plugin{Name: "pieces", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: `.`}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			if r := replacement(a.Path, a.Importer, piece); r != "" {
				return api.OnResolveResult{Path: r, External: true}, nil
			}
			return api.OnResolveResult{}, nil
		})
		b.OnResolve(api.OnResolveOptions{Filter: `^[^./]`}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			name := strings.TrimPrefix(a.Path, "node:")
			if a.Kind == api.ResolveEntryPoint {
				return api.OnResolveResult{}, nil
			}
			if known[name] {
				return api.OnResolveResult{Path: name, External: true}, nil
			}
			if strings.HasPrefix(name, "internal/") {
				missing = append(missing, name)
				return api.OnResolveResult{Path: name, External: true}, nil
			}
			return api.OnResolveResult{}, nil
		})
	}}
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{filepath.Join(src, filepath.FromSlash(piece)+".js")},
		Outfile:     filepath.Join(dist, filepath.FromSlash(piece)+".js"),
		Bundle:      true,
		Write:       true,
		// Node's conditions, but the platform of the packages is a browser-like
		// one: no piece may reach for a real Node.
		Platform:   api.PlatformNode,
		MainFields: []string{"main"},
		Conditions: []string{"node", "require"},
		Format:     api.FormatCommonJS,
		Target:     api.ESNext,
		// goja has neither async generators nor for await.
		Supported:        map[string]bool{"async-generator": false, "for-await": false, "dynamic-import": false, "import-meta": false},
		KeepNames:        true,
		MinifyWhitespace: true,
		LegalComments:    api.LegalCommentsNone,
		Plugins:          []api.Plugin{pieces},
		Banner:           map[string]string{"js": "(function(exports,require,module,native){"},
		Footer:           map[string]string{"js": "})"},
		LogLevel:         api.LogLevelWarning,
		Metafile:         true,
	})
	if len(result.Errors) > 0 {
		return fmt.Errorf("piece %s: %s", piece, result.Errors[0].Text)
	}
	if err := notePackages(result.Metafile, packages); err != nil {
		return fmt.Errorf("piece %s: %w", piece, err)
	}
	if len(missing) > 0 {
		return fmt.Errorf("piece %s requires pieces that are not there: %s", piece, strings.Join(missing, ", "))
	}
	return nil
}

// notePackages adds the folders of the npm packages that went into a piece.
func notePackages(metafile string, packages map[string]bool) error {
	var meta struct{ Inputs map[string]any }
	if err := json.Unmarshal([]byte(metafile), &meta); err != nil {
		return err
	}
	const modules = "node_modules/"
	for input := range meta.Inputs {
		at := strings.LastIndex(input, modules)
		if at < 0 {
			continue
		}
		parts := strings.Split(input[at+len(modules):], "/")
		name := parts[0]
		if strings.HasPrefix(name, "@") && len(parts) > 1 {
			name += "/" + parts[1]
		}
		packages[input[:at+len(modules)]+name] = true
	}
	return nil
}

// writeLicenses collects the licences of the packages, which ask to go with every
// copy. A package without one fails the build.
func writeLicenses(file string, packages map[string]bool) error {
	var out strings.Builder
	out.WriteString("fns contains parts of these npm packages.\n")
	for _, dir := range slices.Sorted(maps.Keys(packages)) {
		text, err := license(dir)
		if err != nil {
			return err
		}
		fmt.Fprintf(&out, "\n---- %s\n\n%s\n", dir[strings.LastIndex(dir, "node_modules/")+len("node_modules/"):], strings.TrimSpace(text))
	}
	return os.WriteFile(file, []byte(out.String()), 0o644)
}

func license(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		if name := strings.ToLower(e.Name()); strings.HasPrefix(name, "licen") || strings.HasPrefix(name, "copying") {
			text, err := os.ReadFile(filepath.Join(dir, e.Name()))
			return string(text), err
		}
	}
	// Some say it in package.json alone.
	raw, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if err != nil {
		return "", err
	}
	var p struct {
		License string
		Author  any
	}
	if err := json.Unmarshal(raw, &p); err != nil || p.License == "" {
		return "", fmt.Errorf("%s has no licence", dir)
	}
	return fmt.Sprintf("License: %s\nAuthor: %v", p.License, p.Author), nil
}

const generated = `// Code generated by make asset. DO NOT EDIT.

package nodecore

import "embed"

//go:embed all:dist
var run_make_build_first embed.FS
`
