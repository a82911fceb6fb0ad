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
		text = "top-level await can't run on the embedded engine, which loads every file as CommonJS"
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

func quoted(s string) string {
	text, _ := json.Marshal(s) // a string always can be
	return string(text)
}
