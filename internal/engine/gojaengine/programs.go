package gojaengine

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"

	"github.com/fns-dev/fns/internal/nodecore"
)

// programs caches compiled programs. A goja.Program is immutable, so all
// runtimes of the process share it.
type programs struct {
	pieces       map[string]*goja.Program
	files        map[string]fileProgram
	instructions *instructions // nil if goja is not as expected
}

type fileProgram struct {
	modified time.Time
	size     int64
	program  *goja.Program
}

func newPrograms() *programs {
	return &programs{pieces: map[string]*goja.Program{}, files: map[string]fileProgram{}, instructions: newInstructions()}
}

// piece compiles a piece of the Node layer.
func (p *programs) piece(name string) (*goja.Program, error) {
	if prg, ok := p.pieces[name]; ok {
		return prg, nil
	}
	src, ok := nodecore.Source(name)
	if !ok {
		return nil, fmt.Errorf("no piece %s in the Node layer", name)
	}
	prg, err := p.compile("node:"+name, src, nil)
	if err != nil {
		return nil, fmt.Errorf("piece %s of the Node layer: %w", name, err)
	}
	p.pieces[name] = prg
	return prg, nil
}

// file compiles a file of a package, wrapped as CommonJS modules are.
func (p *programs) file(path string, format Format, transform func(string, []byte) ([]byte, []byte, error)) (*goja.Program, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if c, ok := p.files[path]; ok && c.modified.Equal(info.ModTime()) && c.size == info.Size() {
		return c.program, nil
	}
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var prg *goja.Program
	if format != Module {
		prg, err = p.compile(path, wrap(stripHashbang(src)), nil)
	}
	if format == Module || err != nil {
		// Most files of packages are CommonJS that goja takes as it is; only
		// the others pay for esbuild.
		code, sourceMap, terr := transform(path, src)
		if terr != nil {
			return nil, terr
		}
		prg, err = p.compile(path, wrap(code), sourceMap)
	}
	if err != nil {
		return nil, err
	}
	p.files[path] = fileProgram{info.ModTime(), info.Size(), prg}
	return prg, nil
}

// wrap makes a function expression of a CommonJS module, on the module's first
// line so that positions stay true.
func wrap(src []byte) string {
	return wrapHead + string(src) + "\n})"
}

const wrapHead = "(function (exports, require, module, __filename, __dirname) { "

func stripHashbang(src []byte) []byte {
	if len(src) > 1 && src[0] == '#' && src[1] == '!' {
		out := append([]byte("//"), src[2:]...)
		return out
	}
	return src
}

// compile makes a program that is ready to run; sourceMap may be nil.
func (p *programs) compile(name, src string, sourceMap []byte) (*goja.Program, error) {
	program, err := compile(name, src, sourceMap)
	if err == nil {
		p.instructions.exchange(program)
	}
	return program, err
}

// compile parses and compiles; sourceMap may be nil.
func compile(name, src string, sourceMap []byte) (*goja.Program, error) {
	var opts []parser.Option
	if sourceMap == nil {
		opts = append(opts, parser.WithDisableSourceMaps)
	} else {
		sourceMap = oneBased(sourceMap)
		src += "\n//# sourceMappingURL=" + name + ".map"
		opts = append(opts, parser.WithSourceMapLoader(func(string) ([]byte, error) { return sourceMap, nil }))
	}
	tree, err := goja.Parse(name, src, opts...)
	if err != nil {
		return nil, err
	}
	return compileTree(tree, src)
}

// compileTree compiles what was parsed of src.
func compileTree(tree *ast.Program, src string) (*goja.Program, error) {
	var written map[string]string
	if needsExpansion(src) {
		written = expandLiterals(tree)
	}
	program, err := goja.CompileAST(tree, false)
	if err != nil && strings.Contains(err.Error(), "already been declared") && dropRepeated(tree) {
		program, err = goja.CompileAST(tree, false)
	}
	if err != nil {
		return nil, err
	}
	keepSources(program, written)
	return program, nil
}

// SyntaxError says why the engine can't take a bundle.
type SyntaxError struct {
	Message string
	Offset  int // in the bundle, in bytes
}

// Check compiles a bundle without running it; nil means that it can be run.
func Check(code []byte) *SyntaxError {
	_, err := compile("", wrap(code), nil)
	var list parser.ErrorList
	var inParser *parser.Error
	var inCompiler *goja.CompilerSyntaxError
	src := wrap(code)
	switch {
	case err == nil:
		return nil
	case errors.As(err, &list) && len(list) > 0:
		inParser = list[0]
	case errors.As(err, &inParser):
	case errors.As(err, &inCompiler):
		return &SyntaxError{Message: inCompiler.Message, Offset: max(0, inCompiler.Offset-len(wrapHead))}
	default:
		return &SyntaxError{Message: err.Error()}
	}
	offset := 0
	for range inParser.Position.Line - 1 {
		offset += strings.IndexByte(src[offset:], '\n') + 1
	}
	return &SyntaxError{Message: inParser.Message, Offset: max(0, offset+inParser.Position.Column-1-len(wrapHead))}
}
