package analyze

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/dop251/goja/ast"

	"github.com/fns-dev/fns/internal/bundle"
	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/engine/gojaengine"
	"github.com/fns-dev/fns/internal/nodecore"
	"github.com/fns-dev/fns/internal/project"
)

// check is the examination of one function.
type check struct {
	*project.Function
	opt   Options
	files *sources
	out   *bundle.Output
	entry *source
	own   []*source // the user's own code, the entry first
	code  *code     // nil where it can't be read
	main  handler
	list  diag.List
	// preloaded is true where the design manager's packages are there.
	preloaded bool
	// unused are the secrets that the code does not mention.
	unused []project.Secret
}

// report adds a finding with the severity of its rule.
func (f *check) report(code string, at diag.Range, summary, hint string) *diag.Diagnostic {
	rule, _ := diag.RuleFor(code)
	f.list = append(f.list, diag.Diagnostic{Code: code, Severity: rule.Severity, Summary: summary, Range: at, Hint: hint})
	return &f.list[len(f.list)-1]
}

// reportNode is report for a node, or for nothing where the node is not the
// user's own.
func (f *check) reportNode(code string, n ast.Node, summary, hint string) *diag.Diagnostic {
	at, ok := f.place(n)
	if !ok {
		return &diag.Diagnostic{}
	}
	return f.report(code, at, summary, hint)
}

// place gives the range of a node in the user's files.
func (f *check) place(n ast.Node) (diag.Range, bool) {
	if n == nil {
		return diag.Range{}, false
	}
	return f.code.place(n)
}

func checkFunction(ctx context.Context, p *project.Project, fn *project.Function, root string, shared *shared, opt Options) (diag.List, []project.Secret) {
	f := &check{Function: fn, opt: opt, files: shared.files}
	builder, preloaded, err := builder(fn, p, opt)
	if err != nil {
		return diag.List{{Code: diag.BuildError, Severity: diag.Error, Summary: err.Error(), Range: diag.Range{File: fn.Entry}}}, nil
	}
	f.preloaded = preloaded
	defer builder.Close()
	out, list := builder.Build(ctx)
	f.list, f.out = list, out
	if out == nil {
		return f.list, nil // it does not build, which has been said
	}
	f.entry = f.files.get(followed(fn.Entry))
	f.own = append(f.own, f.entry)
	for _, path := range out.Inputs {
		if path != f.entry.path && isCode(path) && !inPackage(path) {
			f.own = append(f.own, f.files.get(path))
		}
	}
	for _, src := range f.own {
		f.list = append(f.list, src.exposed()...)
	}
	f.checkSize()
	f.checkSplit()
	program := parse(out, root, f.files)
	if program == nil {
		return f.list, nil
	}
	if bad := gojaengine.Check(out.Code); bad != nil {
		f.reportSyntax(program, bad)
		return f.list, nil
	}
	if program.body == nil {
		return f.list, nil
	}
	f.code = newCode(program)
	f.findHandler()
	f.code.passArguments()
	f.checkAnswers()
	f.checkNames()
	f.checkExposure()
	f.checkState()
	f.checkParams()
	f.checkCalls()
	f.checkPackages(shared)
	return f.list, f.unused
}

// reportSyntax says that the embedded engine can't read the code.
func (f *check) reportSyntax(p *program, bad *gojaengine.SyntaxError) {
	at := f.entry.shown.Whole()
	if src, start, ok := p.origin(bad.Offset); ok && !inPackage(src.path) {
		at = src.shown.Range(start, src.extent(start))
	}
	f.report(diag.EngineSyntax, at, "the embedded engine can't read this: "+bad.Message, "Run it with --engine node, or write it in another way")
}

// isBuiltin knows Node's own modules, also those that the embedded engine
// lacks.
func isBuiltin(name string) bool { return nodecore.IsBuiltin(name) || nodeOnly(name) != "" }

func isCode(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".js", ".cjs", ".mjs", ".jsx", ".ts", ".cts", ".mts", ".tsx":
		return true
	}
	return false
}

// followed gives a path without symbolic links, where it exists.
func followed(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}
