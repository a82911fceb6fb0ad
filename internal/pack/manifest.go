package pack

import (
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/ir"
	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/project"
)

// rename is the entry point of an -hsmeta.json file, before and after.
type rename struct{ from, to string }

// manifests writes the manifests of functions whose file has another name now.
func (b *builder) manifests(list []*built) {
	for _, e := range list {
		if !e.renamed {
			continue
		}
		for _, fn := range e.functions {
			b.manifest(fn)
		}
	}
}

// manifest has the manifest of a function name a .js file. It may have been
// written before for another function.
func (b *builder) manifest(fn *project.Function) {
	name, ok := b.rel(fn.Manifest)
	if !ok {
		return
	}
	file, ok := b.files[name]
	if !ok {
		return // the manifest is ignored, and with it the function
	}
	data, err := content(file)
	if err != nil {
		b.unreadable(fn.Manifest, err)
		return
	}
	doc, list := jsonpos.Parse(fn.Manifest, data)
	if doc.Root == nil {
		b.out.Findings = append(b.out.Findings, list...)
		return
	}
	v := entryValue(doc, fn)
	ext := filepath.Ext(fn.Entry)
	if v == nil || !strings.HasSuffix(v.Text, ext) {
		b.out.Findings = append(b.out.Findings, diag.Diagnostic{
			Code: diag.EntryExtension, Severity: diag.Error, Range: fn.EntryRange,
			Summary: "function " + jsonpos.Quote(fn.Name) + ": the manifest can't be made to name the .js file, because a variable holds the name",
			Hint:    "write the file's extension into the manifest",
		})
		return
	}
	to := strings.TrimSuffix(v.Text, ext) + ".js"
	b.files[name] = File{Path: name, Data: apply(data, doc.Replace(v, jsonpos.Quote(to)))}
	if fn.Generation == project.Platform {
		b.out.entries[name] = rename{from: ext, to: ".js"}
	}
}

// entryValue finds where a manifest names the file of a function.
func entryValue(doc *jsonpos.Document, fn *project.Function) *jsonpos.Value {
	var named *jsonpos.Value
	switch fn.Generation {
	case project.Platform:
		return doc.Root.Get("config").Get("entrypoint")
	case project.ProjectServerless:
		named = doc.Root.Get("appFunctions").Get(fn.Name)
	case project.DesignManager:
		if endpoints := doc.Root.Get("endpoints"); endpoints != nil {
			for _, m := range endpoints.Members { // the key may have slashes that the path has not
				if fn.Endpoint != nil && strings.Trim(m.Key, "/") == fn.Endpoint.Path {
					named = m.Value
				}
			}
		}
	}
	return named.Get("file")
}

// apply makes one edit.
func apply(data []byte, e diag.Edit) []byte {
	return slices.Concat(data[:e.Start], []byte(e.Text), data[e.End:])
}

// content reads a file of the upload.
func content(f File) ([]byte, error) {
	if f.Source == "" {
		return f.Data, nil
	}
	return os.ReadFile(f.Source)
}

// commonJS gives a package.json with "type": "module" another type.
func commonJS(f File) ([]byte, bool) {
	data, err := content(f)
	if err != nil {
		return nil, false // check reports it
	}
	doc, _ := jsonpos.Parse(f.Path, data)
	v := doc.Root.Get("type")
	if !v.Is(jsonpos.String) || v.Text != "module" {
		return nil, false
	}
	return apply(data, doc.Replace(v, `"commonjs"`)), true
}

// Represent has a representation of the project name the files that are sent,
// where they have other names than on disk.
func (c *Contents) Represent(r *ir.Representation) {
	for i, node := range r.Nodes {
		change, ok := c.entries[path.Clean(node.MetaFilePath)]
		if !ok {
			continue
		}
		doc, _ := jsonpos.Parse(node.MetaFilePath, node.Config)
		v := doc.Root.Get("entrypoint")
		if !v.Is(jsonpos.String) {
			continue
		}
		to := strings.TrimSuffix(v.Text, change.from) + change.to
		r.Nodes[i].Config = json.RawMessage(apply(node.Config, doc.Replace(v, jsonpos.Quote(to))))
	}
}
