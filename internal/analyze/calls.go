package analyze

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/dop251/goja/ast"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/env"
	"github.com/fns-dev/fns/internal/nodecore"
)

// designManagerPath is where endpoints of the design manager lie.
const designManagerPath = "/_hcms/api/"

// checkCalls looks at calls that end the process, at modules that are not there,
// and at addresses that will not answer.
func (f *check) checkCalls() {
	for _, at := range f.code.sites {
		switch n := at.node.(type) {
		case *ast.CallExpression:
			callee := f.code.of(n.Callee, at.scope)
			switch {
			case isExit(callee.name) && callee.kind == packageV:
				f.reportNode(diag.ExitCall, n, callee.name+" ends the instance in the middle of the call", "Return, or throw an Error")
			case callee.kind == requireV && len(n.ArgumentList) == 1:
				if name := f.code.of(n.ArgumentList[0], at.scope); name.kind == constant {
					f.checkModule(n, name.name)
				}
			}
		case *ast.StringLiteral:
			f.checkAddress(n, n.Value.String())
		case *ast.TemplateLiteral:
			for _, part := range n.Elements {
				f.checkAddress(n, part.Parsed.String())
			}
		}
	}
}

// isExit recognises what ends the process.
func isExit(name string) bool {
	return name == "process.exit" || name == "process.abort" || name == "process.reallyExit"
}

func (f *check) checkAddress(n ast.Node, text string) {
	if f.opt.Ends.IsZero() || !strings.Contains(text, designManagerPath) {
		return
	}
	date := f.opt.Ends.Format("2006-01-02")
	summary := fmt.Sprintf("endpoints below %s stop answering on %s", designManagerPath, date)
	ended := !f.opt.Now.Before(f.opt.Ends)
	if ended {
		summary = fmt.Sprintf("endpoints below %s have not answered since %s", designManagerPath, date)
	}
	d := f.reportNode(diag.DesignManagerCall, n, summary, "Move the called function to a project, where its path is /hs/serverless/…")
	if ended {
		d.Severity = diag.Error
	}
}

// newer are the modules of Node that came after Node 20, by the major version that
// brought them (nodejs.org/api: "Added in").
func newer() map[string]int { return map[string]int{"sqlite": 22} }

// nodeOnly says of a module of Node that the embedded engine lacks why that is so,
// "" for others.
func nodeOnly(specifier string) string {
	name, prefixed := strings.CutPrefix(specifier, "node:")
	switch name {
	case "wasi", "trace_events", "inspector/promises":
		return "the embedded engine does not have it"
	case "test", "test/reporters", "sqlite", "sea":
		if prefixed {
			return "the embedded engine does not have it"
		}
	}
	return ""
}

// checkModule looks at a module of Node that is required.
func (f *check) checkModule(n ast.Node, specifier string) {
	name := strings.TrimPrefix(specifier, "node:")
	if since := newer()[name]; since > 0 && isBuiltin(specifier) && f.nodeMajor() < since {
		f.reportNode(diag.MissingModule, n, fmt.Sprintf("%s came with Node %d; this function runs on Node %d", specifier, since, f.nodeMajor()), "Use another module, or a package")
		return
	}
	if why := nodeOnly(specifier); why != "" {
		f.reportNode(diag.LimitedModule, n, specifier+": "+why, "Run the function with --engine node")
		return
	}
	for _, m := range nodecore.Modules() {
		if m.Name == name && m.Status == nodecore.Refused && isBuiltin(specifier) {
			f.reportNode(diag.LimitedModule, n, specifier+" can't do its work here: "+m.Note, "Do the work in the function itself, or call a service")
		}
	}
}

// nodeMajor is the version of Node that HubSpot runs the function on.
func (f *check) nodeMajor() int {
	version := strings.TrimPrefix(env.Runtime(f.Function), "nodejs")
	major, _, _ := strings.Cut(version, ".")
	n, err := strconv.Atoi(major)
	if err != nil {
		return 0
	}
	return n
}
