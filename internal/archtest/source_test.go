package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// source is one parsed file without tests.
type source struct {
	pkg  string
	file string // inside the module
	ast  *ast.File
	fset *token.FileSet
}

func (s source) at(n ast.Node) string {
	return fmt.Sprintf("%s:%d", s.file, s.fset.Position(n.Pos()).Line)
}

// sources parses every file but tests and generated ones.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	for _, p := range packages(t) {
		if exempt(p.name()) {
			continue
		}
		for _, name := range p.GoFiles {
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.ParseComments)
			if err != nil {
				t.Errorf("parse: %v", err)
				continue
			}
			if !ast.IsGenerated(f) {
				all = append(all, source{p.name(), p.name() + "/" + name, f, fset})
			}
		}
	}
	return all
}

// process is what belongs to sysx alone, by package.
var process = map[string][]string{
	"os":        {"Args", "Getenv", "LookupEnv", "Environ", "Setenv", "Unsetenv", "ExpandEnv", "Exit", "Stdin", "Stdout", "Stderr", "Getwd", "Executable", "UserCacheDir", "UserHomeDir", "UserConfigDir"},
	"os/signal": {"Notify", "NotifyContext", "Ignore"},
	"fmt":       {"Print", "Printf", "Println", "Scan", "Scanf", "Scanln"},
	"log":       {"Print", "Printf", "Println", "Fatal", "Fatalf", "Fatalln", "Default"},
	"net/http":  {"DefaultClient", "DefaultServeMux", "Get", "Post", "Handle", "HandleFunc", "ListenAndServe"},
	"syscall":   {"Exit"},
	"log/slog":  {"Default", "SetDefault"},
	"flag":      {"Parse", "CommandLine"},
}

// allowed are the exceptions, with the reason.
var allowed = map[string][]string{
	// The only main functions: one hands sysx's code to the system, the other
	// is a build tool.
	"cmd/fns":                 {"os.Exit"},
	"internal/nodecore/build": {"os.Exit", "os.Stderr", "os.Args"},
	// Sockets of any process need a variable of Windows.
	"internal/engine/nodeengine": {"os.Getenv"},
	// The worker is a process of its own. It starts before sysx exists, by an
	// environment variable, and speaks to its parent over stdin and stdout.
	"internal/worker": {"os.Getenv", "os.LookupEnv", "os.Environ", "os.Unsetenv", "os.Exit", "os.Stdin", "os.Stdout", "os.Stderr", "os.Executable", "os/signal.Ignore"},
}

func TestOnlySysxTouchesTheProcess(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.pkg == "internal/sysx" {
			continue
		}
		names := map[string]string{} // local name of an import to its path
		for _, imp := range s.ast.Imports {
			path, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			name := path[strings.LastIndexByte(path, '/')+1:]
			if imp.Name != nil {
				name = imp.Name.Name
			}
			names[name] = path
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := sel.X.(*ast.Ident)
			if !ok || x.Obj != nil { // a local variable hides the package
				return true
			}
			path := names[x.Name]
			use := path + "." + sel.Sel.Name
			if slices.Contains(process[path], sel.Sel.Name) && !slices.Contains(allowed[s.pkg], use) {
				t.Errorf("%s: %s belongs to internal/sysx", s.at(sel), use)
			}
			return true
		})
	}
}

func TestNothingRunsInInit(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, d := range s.ast.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s: func init", s.at(f))
			}
		}
	}
}

// hubspot are numbers that only internal/limits may hold, in the spellings that
// Go allows. Small ones (4 KB, 50, 100) have too many other meanings.
var hubspot = map[string]string{
	"600_000": "the account's budget", "600000": "the account's budget",
	"15_000": "the time of a private app function", "15000": "the time of a private app function",
	"134217728": "the memory limit", "6291456": "the payload limit", "6291556": "the response limit",
}

func TestHubSpotsNumbersLiveInLimits(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.pkg == "internal/limits" {
			continue
		}
		ast.Inspect(s.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if what := hubspot[n.Value]; n.Kind == token.INT && what != "" {
					t.Errorf("%s: %s is %s: take it from internal/limits", s.at(n), n.Value, what)
				}
			case *ast.BinaryExpr:
				a, okA := n.X.(*ast.BasicLit)
				b, okB := n.Y.(*ast.BasicLit)
				if okA && okB && n.Op == token.SHL && b.Value == "20" && (a.Value == "128" || a.Value == "6") {
					t.Errorf("%s: %s << 20 is a limit: take it from internal/limits", s.at(n), a.Value)
				}
			}
			return true
		})
	}
}

func TestEveryPackageHasOneDoc(t *testing.T) {
	t.Parallel()
	docs := map[string]int{}
	for _, s := range sources(t) {
		docs[s.pkg] += 0
		if s.ast.Doc != nil {
			docs[s.pkg]++
			want := "Package " + s.ast.Name.Name + " "
			if s.ast.Name.Name == "main" {
				want = "Command "
			}
			if !strings.HasPrefix(s.ast.Doc.Text(), want) {
				t.Errorf("%s: the package doc does not begin with %q", s.file, want)
			}
		}
	}
	for name, n := range docs {
		if n != 1 {
			t.Errorf("%s has %d package docs, want one", name, n)
		}
	}
}

func TestEveryExportedNameIsDocumented(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		documented, end := false, 0
		for _, d := range s.ast.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				// One comment may stand for a run of functions without a gap.
				line := s.fset.Position(d.Pos()).Line
				documented = d.Doc != nil || documented && line == end+1
				end = s.fset.Position(d.End()).Line
				if d.Name.IsExported() && !documented && (d.Recv == nil || exportedReceiver(d.Recv)) {
					t.Errorf("%s: func %s is not documented", s.at(d), d.Name.Name)
				}
			case *ast.GenDecl:
				checkSpecs(t, s, d)
			}
		}
	}
}

// checkSpecs takes a comment on a group for all of it, and one behind a name.
func checkSpecs(t *testing.T, s source, d *ast.GenDecl) {
	t.Helper()
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if spec.Name.IsExported() && d.Doc == nil && spec.Doc == nil && spec.Comment == nil {
				t.Errorf("%s: type %s is not documented", s.at(spec), spec.Name.Name)
			}
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				if name.IsExported() && d.Doc == nil && spec.Doc == nil && spec.Comment == nil {
					t.Errorf("%s: %s is not documented", s.at(spec), name.Name)
				}
			}
		}
	}
}

func exportedReceiver(recv *ast.FieldList) bool {
	t := recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if generic, ok := t.(*ast.IndexExpr); ok {
		t = generic.X
	}
	id, ok := t.(*ast.Ident)
	return ok && id.IsExported()
}
