package analyze

import (
	"path/filepath"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"
	"github.com/go-sourcemap/sourcemap"

	"github.com/fns-dev/fns/internal/bundle"
	"github.com/fns-dev/fns/internal/diag"
)

// program is the syntax tree of a bundle, and the way from its nodes back to
// the files that the user wrote.
type program struct {
	root   string // absolute, symbolic links followed: the map's sources count from it
	body   *ast.FunctionLiteral
	code   string
	lines  []int // offset of each line's first byte in code
	places *sourcemap.Consumer
	files  *sources
}

// The code of a module is that of a function: it may return.
const head, tail = "(function(){", "\n})"

// parse reads a bundle, nil where there is nothing to read or too much. What can't
// be parsed, or closes the function around it and so is no module, has no body.
func parse(out *bundle.Output, root string, files *sources) *program {
	if len(out.Code) > maxFile {
		return nil
	}
	p := &program{root: root, code: string(out.Code), files: files}
	p.lines = lineStarts(p.code)
	places, err := sourcemap.Parse("", out.Map)
	if err != nil {
		return nil // an empty function has an empty map
	}
	p.places = places
	tree, err := parser.ParseFile(nil, "", head+p.code+tail, 0, parser.WithDisableSourceMaps)
	if err == nil && len(tree.Body) == 1 {
		if statement, ok := tree.Body[0].(*ast.ExpressionStatement); ok {
			p.body, _ = statement.Expression.(*ast.FunctionLiteral)
		}
	}
	return p
}

// offset gives the offset in code of an index of the tree.
func offset(i file.Idx) int { return int(i) - 1 - len(head) }

// origin gives the file and the offset in it that an offset in code comes from;
// ok is false for what the bundler made.
func (p *program) origin(at int) (src *source, place int, ok bool) {
	if at < 0 || at > len(p.code) {
		return nil, 0, false
	}
	line := sort.SearchInts(p.lines, at+1) - 1
	column := utf16Length(p.code[p.lines[line]:at])
	name, _, originLine, originColumn, ok := p.places.Source(line+1, column)
	if !ok || name == "" {
		return nil, 0, false
	}
	path := filepath.FromSlash(name)
	if !filepath.IsAbs(path) {
		path = filepath.Join(p.root, path)
	}
	src = p.files.get(path)
	if originLine < 1 || originLine > len(src.lines) {
		return nil, 0, false
	}
	start := src.lines[originLine-1]
	return src, start + byteOffset(src.text[start:], originColumn), true
}

// place gives the range of a node in the user's files; ok is false where the
// node is none of the user's. Statements have no place of their own in the map,
// but what is in them has.
func (p *program) place(n ast.Node) (at diag.Range, ok bool) {
	src, start, ok := p.origin(offset(n.Idx0()))
	if !ok {
		children(n, func(child ast.Node) {
			if !ok {
				at, ok = p.place(child)
			}
		})
		return at, ok
	}
	if src.made || inPackage(src.path) {
		return diag.Range{}, false
	}
	return src.shown.Range(start, src.extent(start)), true
}

func inPackage(path string) bool {
	return strings.Contains(filepath.ToSlash(path), "/node_modules/")
}

func utf16Length(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x10000 {
			n++
		}
	}
	return n
}

// byteOffset gives the offset of a column counted in UTF-16 units.
func byteOffset(s string, column int) int {
	for i := 0; i < len(s); {
		if column <= 0 {
			return i
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		column--
		if r >= 0x10000 {
			column--
		}
	}
	return len(s)
}
