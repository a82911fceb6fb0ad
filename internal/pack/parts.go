package pack

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
)

// maxScan is the largest file that is searched for imports; more is no code that
// somebody wrote.
const maxScan = 4 << 20

var (
	// fileImport finds the imports of files by their path.
	fileImport = pattern("(?:\\bfrom|\\bimport|\\brequire(?:\\.resolve)?)\\s*\\(?\\s*" + "[\"'`](\\.{1,2}(?:/[^\"'`\\n]*)?)[\"'`]")
	// computed finds imports by a name that the bundler does not know.
	computed = pattern("\\b(?:require|import)\\s*\\(\\s*[^\"'\\s)*/]")
	// comments finds those, and a bit of strings with two slashes.
	comments = pattern(`/\*[\s\S]*?\*/|//[^\n]*`)
	// readsFiles finds the import of fs.
	readsFiles = pattern("[\"'](?:node:)?fs(?:/promises)?[\"']")
	// declares finds the files that HubSpot and npm read themselves.
	declares = pattern(`(?:^|/)(?:package(?:-lock)?\.json|serverless\.json|[^/]*-hsmeta\.json)$`)
	// isTest finds tests by their path. They run nowhere on HubSpot.
	isTest = pattern(`(?i)(?:\.|-|_)(?:test|spec)\.[cm]?[jt]sx?$|(?:^|/)__(?:tests|mocks)__/`)
)

// parts takes those files out whose code is in bundles and that nothing else
// needs. In doubt a file stays: one too many does no harm.
func (b *builder) parts(list []*built) {
	candidates := map[string]string{} // the real path of a part → its path in the upload
	byReal := map[string]string{}
	for path, f := range b.files {
		if f.Source != "" {
			byReal[real(f.Source)] = path
		}
	}
	entry := map[string]bool{}
	for _, e := range list {
		if !e.renamed {
			entry[real(e.first.Entry)] = true
		}
	}
	free := map[string]bool{} // must stay after all
	for _, e := range list {
		if e.code == nil || e.out == nil {
			continue
		}
		home := real(e.first.Dir)
		all, data := b.reads(e)
		for _, m := range e.out.Modules {
			path, sent := byReal[m.File]
			if !sent || entry[m.File] || !within(home, m.File) || declares().MatchString(path) {
				continue
			}
			candidates[m.File] = path
			if all || data && !script().MatchString(m.File) {
				free[m.File] = true
			}
		}
	}
	for file := range free {
		delete(candidates, file)
	}
	b.keepImported(candidates, entry, list)
	for _, path := range candidates {
		delete(b.files, path)
		b.skip(path, InBundle)
	}
}

// reads looks at the user's own files in a bundle: whether they import others by
// a computed name, which may be any, and whether they may read data themselves.
func (b *builder) reads(e *built) (any, data bool) {
	for _, m := range e.out.Modules {
		if inPackage(m.File) || !script().MatchString(m.File) {
			continue
		}
		text, err := os.ReadFile(m.File)
		if err != nil {
			any = true
			continue
		}
		if at := computed().FindIndex(comments().ReplaceAllFunc(text, blank)); at != nil {
			if !any {
				b.find(diag.ComputedImport, diag.Note, m.File, "the name of an import is computed, so every file of the function is sent", "")
				b.out.Findings[len(b.out.Findings)-1].Range.Start = position(text, at[0])
			}
			any = true
		}
		data = data || readsFiles().Match(text)
	}
	return any, data
}

// blank gives as much white space, with the same line breaks.
func blank(text []byte) []byte {
	white := bytes.Repeat([]byte{' '}, len(text))
	for i, c := range text {
		if c == '\n' {
			white[i] = c
		}
	}
	return white
}

// position gives the place of an offset.
func position(text []byte, offset int) diag.Position {
	before := string(text[:offset])
	last := strings.LastIndexByte(before, '\n')
	return diag.Position{Line: strings.Count(before, "\n") + 1, Column: len([]rune(before[last+1:])) + 1}
}

// keepImported takes those parts out of the candidates that a file which is sent
// imports, or one that stays because of that.
func (b *builder) keepImported(candidates map[string]string, entry map[string]bool, list []*built) {
	if len(candidates) == 0 {
		return
	}
	bundled := map[string]bool{} // replaced by bundles
	for _, e := range list {
		if e.code != nil {
			bundled[real(e.first.Entry)] = true
		}
	}
	var queue []string
	for path, f := range b.files {
		source := real(f.Source)
		if f.Source == "" || !script().MatchString(path) || isTest().MatchString(path) || bundled[source] {
			continue
		}
		if _, part := candidates[source]; !part {
			queue = append(queue, source)
		}
	}
	for len(queue) > 0 {
		file := queue[0]
		queue = queue[1:]
		info, err := os.Stat(file)
		if err != nil || info.Size() > maxScan {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		for _, found := range fileImport().FindAllSubmatch(text, -1) {
			target := filepath.Join(filepath.Dir(file), filepath.FromSlash(string(found[1])))
			for _, path := range meant(target) {
				if _, part := candidates[path]; part {
					delete(candidates, path)
					queue = append(queue, path)
				}
			}
		}
	}
}

// meant lists the files that an import of path may mean.
func meant(path string) []string {
	extensions := []string{".js", ".json", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"}
	list := []string{path}
	stem := strings.TrimSuffix(path, filepath.Ext(path))
	for _, ext := range extensions {
		list = append(list, path+ext, filepath.Join(path, "index"+ext))
		if stem != path { // TypeScript writes .js for a .ts file
			list = append(list, stem+ext)
		}
	}
	return list
}

func inPackage(path string) bool {
	return strings.Contains(filepath.ToSlash(path), "/node_modules/")
}
