package devserver

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/engine/gojaengine"
	"github.com/fns-dev/fns/internal/env"
	"github.com/fns-dev/fns/internal/project"
)

// Engine describes what runs the functions; the zero value is the embedded
// engine.
type Engine struct {
	Name    string // as in verdicts
	Version string // of Node; "" for the embedded engine
	Major   int    // of Version
	// Debugger gives the address of a function's debugger, "" for none; may be
	// nil.
	Debugger func(function string) string
}

func (e Engine) name() string {
	if e.Name == "" {
		return gojaengine.Name
	}
	return e.Name
}

// findings are what the user should know about running p in this engine: one
// finding for each runtime that is another major version of Node, at the first
// function that has it.
func (e Engine) findings(p *project.Project) diag.List {
	if e.Major == 0 {
		return nil
	}
	first := map[string]*project.Function{} // by runtime
	count := map[string]int{}
	for _, fn := range p.Functions {
		runtime := env.Runtime(fn)
		if major := majorOf(runtime); major == 0 || major == e.Major {
			continue
		}
		if count[runtime]++; count[runtime] == 1 {
			first[runtime] = fn
		}
	}
	var list diag.List
	for _, runtime := range slices.Sorted(maps.Keys(first)) {
		who := first[runtime].Name + " runs"
		if more := count[runtime] - 1; more > 0 {
			who = fmt.Sprintf("%s and %d more run", first[runtime].Name, more)
		}
		list = append(list, diag.Diagnostic{
			Code: diag.NodeMajor, Severity: diag.Warning, Range: first[runtime].Range,
			Summary: fmt.Sprintf("%s on %s at HubSpot, but here on Node.js %s", who, runtime, e.Version),
			Hint:    fmt.Sprintf("name a Node.js %d with --node PATH", majorOf(runtime)),
		})
	}
	return list
}

// majorOf reads the major version of a runtime, 0 for one it can't read.
func majorOf(runtime string) int {
	m := regexp.MustCompile(`^nodejs(\d+)\.x$`).FindStringSubmatch(runtime)
	if m == nil {
		return 0
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return 0
	}
	return n
}
