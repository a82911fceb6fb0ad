package bundle

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/resolve"
)

// diagnostics are what esbuild and the resolver complained of, sorted.
func (b *Builder) diagnostics(result api.BuildResult) diag.List {
	var list, packages diag.List
	awaits := map[string]bool{}
	for _, m := range result.Errors {
		d := b.diagnostic(m, diag.Error)
		if d.Code == diag.TopLevelAwait {
			if awaits[d.Range.File] {
				continue
			}
			awaits[d.Range.File] = true
		}
		list = append(list, d)
	}
	for _, m := range result.Warnings {
		ext, ok := m.Detail.(external)
		switch {
		case m.ID == "different-path-case" && b.inOtherCase(m.Location): // said as an error
		case !ok:
			list = append(list, b.diagnostic(m, diag.Warning))
		case ext.err != nil && !ext.optional:
			packages = append(packages, b.packageDiagnostic(ext, m.Location))
		}
	}
	packages.Sort()
	said := map[string]bool{}
	for _, d := range packages { // one for each package, at its first import
		if key := d.Code + d.Summary; !said[key] {
			said[key] = true
			list = append(list, d)
		}
	}
	list.Sort()
	return list
}

func (b *Builder) diagnostic(m api.Message, severity diag.Severity) diag.Diagnostic {
	d := diag.Diagnostic{Code: diag.BuildError, Severity: severity, Range: b.span(m.Location)}
	if severity == diag.Warning {
		d.Code = diag.BuildWarning
	}
	d.Summary = lowerFirst(strings.TrimSuffix(m.Text, "."))
	if m.Location != nil && m.Location.Suggestion != "" {
		d.Hint = "Replace it by " + m.Location.Suggestion
	}
	notes := true
	switch text := m.Text; {
	case severity == diag.Warning:
	case isTopLevelAwait(text):
		d.Code, notes = diag.TopLevelAwait, false
		d.Summary = "a file with top-level await can't be required, in Node neither"
		d.Hint = "Import it, or keep the promise in a variable and await that in main"
	case strings.HasPrefix(text, "Could not resolve "):
		d.Code, notes = diag.UnresolvedImport, false
		b.explainUnresolved(&d, m)
	case strings.HasPrefix(text, "Cannot read file") && m.Location != nil && b.inOtherCase(m.Location):
		d.Code, notes = diag.UnresolvedImport, false
		b.explainUnresolved(&d, m)
	case strings.HasPrefix(text, "No loader is configured for "):
		d.Code, notes = diag.UnknownFileType, false
		d.Hint = "Read the file with fs at run time"
		if strings.Contains(text, `".node" files`) {
			d.Summary = "native addons can't be loaded by the embedded engine" + afterColon(m.Text)
			d.Hint = "Use a package without native code, or run the function with --engine node"
		}
	case strings.HasPrefix(text, "No matching export in "):
		d.Code = diag.NoSuchExport
	}
	for _, note := range m.Notes {
		if note.Location != nil && notes {
			d.Related = append(d.Related, diag.Related{Message: lowerFirst(strings.TrimSuffix(strings.TrimSuffix(note.Text, "."), ":")), Range: b.span(note.Location)})
		} else if notes && d.Detail == "" {
			d.Detail = note.Text
		}
	}
	if d.Range.File == "" {
		d.Range.File = b.entry
	}
	return d
}

// explainUnresolved words "Could not resolve" for a local file, and notes where
// the file may appear.
func (b *Builder) explainUnresolved(d *diag.Diagnostic, m api.Message) {
	specifier, ok := strings.CutPrefix(m.Text, `Could not resolve "`)
	if specifier, _, _ = strings.Cut(specifier, `"`); !ok {
		specifier = imported(m.Location)
	}
	if m.Location == nil {
		d.Summary = "the entry file does not exist"
		d.Range.File = b.entry
		d.Hint = didYouMean(filepath.Base(b.entry), b.entry, "")
		b.rec.add(b.rec.dirs, existing(filepath.Dir(b.entry)))
		return
	}
	d.Summary = fmt.Sprintf("%q does not exist", specifier)
	importer := d.Range.File
	if !strings.HasPrefix(specifier, ".") && !filepath.IsAbs(specifier) {
		if strings.HasPrefix(specifier, "#") {
			d.Summary = fmt.Sprintf("%q is not defined in the imports of a package.json, or leads to no file", specifier)
		}
		return
	}
	path := filepath.FromSlash(specifier)
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(importer), path)
	}
	b.rec.add(b.rec.dirs, existing(filepath.Dir(path)))
	if existing(path) == path { // a folder without index
		b.rec.add(b.rec.dirs, path)
		d.Summary = fmt.Sprintf("%q is a folder without an index file", specifier)
	}
	d.Hint = didYouMean(specifier, path, filepath.Dir(importer))
}

// imported is the specifier that a message points at.
func imported(loc *api.Location) string {
	end := min(loc.Column+loc.Length, len(loc.LineText))
	return strings.Trim(loc.LineText[min(loc.Column, end):end], "\"'`")
}

// inOtherCase tells whether an import failed because only a file in another
// case is there. esbuild finds that one, and then can't read it.
func (b *Builder) inOtherCase(loc *api.Location) bool {
	specifier := imported(loc)
	if !strings.HasPrefix(specifier, ".") {
		return false
	}
	_, err := b.resolver.Resolve(specifier, b.absolute(loc.File))
	return err != nil
}

// packageDiagnostic words why a package import can't be found now. It is a
// warning, because packages are loaded when they are reached, if ever.
func (b *Builder) packageDiagnostic(ext external, at *api.Location) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Warning, Range: b.span(at)}
	name, _ := resolve.Package(ext.specifier)
	var why *resolve.Error
	if !errors.As(ext.err, &why) || name == "" || why.Code != resolve.ModuleNotFound || b.folderOf(name, d.Range.File) {
		d.Code, d.Summary = diag.PackagePath, lowerFirst(ext.err.Error())
		return d
	}
	install := Install{Package: name, From: filepath.Dir(d.Range.File), Dir: b.spec.Dir, Root: b.root, WorkDir: b.spec.WorkDir}
	command, listed := install.Command()
	switch {
	case b.spec.IsPreloaded != nil && b.spec.IsPreloaded(name):
		d.Code = diag.PreloadNotInstalled
		d.Summary = fmt.Sprintf("package %q, which the design manager preloads, is not installed locally", name)
		command = "fns packages install"
	case listed:
		d.Code = diag.PackageNotInstalled
		d.Summary = fmt.Sprintf("package %q is in package.json but not installed", name)
	default:
		d.Code = diag.PackageMissing
		d.Summary = fmt.Sprintf("package %q is not installed", name)
	}
	d.Hint = "Run: " + command
	return d
}

// folderOf tells whether a package is there at all, so that only a path in it
// is missing.
func (b *Builder) folderOf(name, importer string) bool {
	_, err := b.resolver.Resolve(name+"/package.json", importer)
	var why *resolve.Error
	return err == nil || errors.As(err, &why) && why.Code == resolve.PackagePathNotExported
}

func isTopLevelAwait(text string) bool {
	return strings.HasPrefix(text, topLevelAwait) ||
		strings.HasPrefix(text, requiredAwait) && strings.Contains(text, "top-level await")
}

// span gives the place of a message of esbuild.
func (b *Builder) span(loc *api.Location) diag.Range {
	if loc == nil {
		return diag.Range{}
	}
	r := diag.Range{File: b.absolute(loc.File), Start: position(loc), LineText: loc.LineText}
	if end := min(loc.Column+loc.Length, len(loc.LineText)); loc.Length > 0 && end > loc.Column {
		r.End = diag.Position{Line: r.Start.Line, Column: utf8.RuneCountInString(loc.LineText[:end]) + 1}
	}
	return r
}

// position turns esbuild's column, bytes from 0, into code points from 1.
func position(loc *api.Location) diag.Position {
	column := min(loc.Column, len(loc.LineText))
	return diag.Position{Line: loc.Line, Column: utf8.RuneCountInString(loc.LineText[:column]) + 1}
}

// lowerFirst makes a sentence the rest of one, but leaves names and acronyms.
func lowerFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	if !unicode.IsUpper(first) || !unicode.IsLower(second) && second != ' ' {
		return s
	}
	return string(unicode.ToLower(first)) + s[size:]
}

func afterColon(s string) string {
	if i := strings.LastIndex(s, ": "); i >= 0 {
		return s[i:]
	}
	return ""
}
