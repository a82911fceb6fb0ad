package bundle

import (
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// Transform turns one file, an ES module, TypeScript, or CommonJS with syntax
// that goja lacks, into CommonJS in which module, exports, require, __filename
// and __dirname are free variables. Imports become require calls and are not
// followed; import.meta has url, dirname and filename.
//
// The first line of code holds no code of the file for ES modules, and may for
// CommonJS. The map is JSON, its only source is path with forward slashes. The
// error says in one line what is wrong and where.
func Transform(path string, src []byte) (code, sourceMap []byte, err error) {
	loader, ok := loaderFor(path)
	if !ok {
		loader = api.LoaderJS
	}
	result := api.Transform(string(src), api.TransformOptions{
		LogLevel: api.LogLevelSilent,
		Loader:   loader,
		Platform: api.PlatformNode, Format: api.FormatCommonJS,
		Target: api.ESNext, Supported: supported(), KeepNames: true,
		Define: place(path), Charset: api.CharsetUTF8, LegalComments: api.LegalCommentsNone,
		Sourcefile: filepath.ToSlash(path), Sourcemap: api.SourceMapExternal, SourcesContent: api.SourcesContentExclude,
	})
	if len(result.Errors) > 0 {
		return nil, nil, transformError(path, result.Errors[0])
	}
	text := string(result.Code)
	if strings.HasPrefix(text, "#!") { // esbuild leaves it, and inside a function it is no syntax
		text = "//" + text
	}
	if strings.Contains(text, "module.exports = __toCommonJS(") {
		text = `"use strict"; ` + exportNamespace(text)
	}
	text = importNamespaces(text)
	if loader == api.LoaderJS || loader == api.LoaderJSX {
		text = importAsNode(text) // a package's ES module may have the extension .js
	}
	return []byte(text), result.Map, nil
}

func transformError(path string, m api.Message) error {
	text := lowerFirst(strings.TrimSuffix(m.Text, "."))
	if isTopLevelAwait(m.Text) {
		text = "top-level await in a package can't run on the embedded engine, which loads its files as CommonJS; try --engine node"
	}
	if m.Location == nil {
		return fmt.Errorf("%s: %s", path, text)
	}
	at := position(m.Location)
	return fmt.Errorf("%s:%d:%d: %s", path, at.Line, at.Column, text)
}

// place gives the parts of import.meta that tell where a file is.
func place(path string) map[string]string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // a drive letter
	}
	return map[string]string{
		"import.meta.url":      quoted((&url.URL{Scheme: "file", Path: slashed}).String()),
		"import.meta.dirname":  quoted(filepath.Dir(path)),
		"import.meta.filename": quoted(path),
	}
}

// placeModule tells uploaded code where a file of it would lie: what is imported
// is this prefix, the file's path from the folder of the entry file on, and an end
// without an extension, which would mean something to esbuild.
const (
	placeModule = "fns-place:"
	placeEnd    = "?"
)

// placeThere is place for uploaded code: names for the parts, and the statement
// that brings them in. They come from a module of their own because the file may
// well declare __dirname or require itself.
func (b *Builder) placeThere(path, text string) (defines map[string]string, statement string) {
	rel, err := filepath.Rel(filepath.Dir(b.entry), path)
	if err != nil {
		rel = filepath.Base(path) // on another drive: there is no way to it
	}
	const dirName, fileName, urlName = "__fns_dirname", "__fns_filename", "__fns_url"
	from := quoted(placeModule + filepath.ToSlash(rel) + placeEnd)
	if strings.Contains(text, "import.meta") { // an ES module
		statement = fmt.Sprintf("import { dirname as %s, filename as %s, url as %s } from %s; ", dirName, fileName, urlName, from)
	} else {
		statement = fmt.Sprintf("var { dirname: %s, filename: %s, url: %s } = require(%s); ", dirName, fileName, urlName, from)
	}
	return map[string]string{
		"__dirname": dirName, "__filename": fileName,
		"import.meta.url": urlName, "import.meta.dirname": dirName, "import.meta.filename": fileName,
	}, statement
}

// placeCode is the content of the module that specifier names.
func placeCode(specifier string) string {
	return fmt.Sprintf(`exports.filename = require("path").join(__dirname, %s);
exports.dirname = require("path").dirname(exports.filename);
exports.url = require("url").pathToFileURL(exports.filename).href;
`, quoted(strings.TrimSuffix(strings.TrimPrefix(specifier, placeModule), placeEnd)))
}

// withStatement puts a statement before the code of a file, behind its
// directives.
func withStatement(code, statement string) string {
	if strings.HasPrefix(code, "#!") {
		code = "//" + code
	}
	const strict = `"use strict";`
	if rest, ok := strings.CutPrefix(code, strict); ok {
		return strict + " " + statement + rest
	}
	return statement + code
}

func quoted(s string) string {
	text, _ := json.Marshal(s) // a string always can be
	return string(text)
}
