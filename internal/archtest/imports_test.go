package archtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
)

const module = "github.com/fns-dev/fns/"

// layers is the package map of docs/architecture.md, lowest first. A package
// imports only from layers above its own line, plus what extra grants.
var layers = [][]string{
	{"internal/sysx", "internal/buildinfo", "internal/diag", "internal/redact", "internal/suggest", "internal/lifecycle", "internal/intl", "internal/archive", "internal/ignore"},
	{"internal/dotenv", "internal/jsonpos", "internal/credential", "internal/wire"},
	{"internal/jsonschema"},
	{"internal/hubapi"},
	{"internal/account", "internal/logs", "internal/pipeline"},
	{"internal/engine", "internal/project", "internal/limits", "internal/event", "internal/env", "internal/ir"},
	{
		"internal/resolve", "internal/bundle", "internal/preload", "internal/native", "internal/nodecore", "internal/engine/gojaengine", "internal/engine/nodeengine",
		"internal/worker", "internal/watch", "internal/analyze",
	},
	{"internal/gateway", "internal/devserver", "internal/pack", "internal/cms", "internal/scaffold"},
	{"internal/report", "internal/validate", "internal/ui"},
	{"internal/portal"},
	{"internal/cli"},
	{"cmd/fns"},
}

// extra are the imports inside one layer; together they must stay free of
// cycles, which the compiler sees to.
var extra = map[string][]string{
	"internal/limits":            {"internal/engine", "internal/project"},
	"internal/event":             {"internal/engine"},
	"internal/env":               {"internal/project", "internal/engine", "internal/limits", "internal/event"},
	"internal/ir":                {"internal/project"},
	"internal/bundle":            {"internal/resolve", "internal/nodecore", "internal/preload"},
	"internal/nodecore/build":    {"internal/nodecore"},
	"internal/engine/gojaengine": {"internal/resolve", "internal/native", "internal/nodecore", "internal/bundle", "internal/preload"},
	"internal/worker":            {"internal/engine/gojaengine", "internal/engine/nodeengine", "internal/bundle", "internal/preload", "internal/resolve", "internal/native", "internal/nodecore"},
	"internal/analyze":           {"internal/bundle", "internal/nodecore", "internal/resolve", "internal/engine/gojaengine"},
	"internal/devserver":         {"internal/gateway"},
	"internal/cms":               {"internal/pack"},
	"internal/validate":          {"internal/report"}, // and what it asks of HubSpot is in the words of internal/wire
	"internal/ui":                {"internal/report"},
}

// owners are the packages that may import a module (by path prefix), and nobody
// else: a change of library stays a change of one package.
var owners = map[string][]string{
	"github.com/spf13/":               {"internal/cli"},
	"github.com/charmbracelet/":       {"internal/ui"},
	"github.com/muesli/termenv":       {"internal/ui"},
	"github.com/evanw/esbuild":        {"internal/bundle", "internal/resolve", "internal/nodecore/build", "internal/engine/gojaengine"},
	"github.com/dop251/goja":          {"internal/engine/gojaengine", "internal/native", "internal/analyze"},
	"github.com/fsnotify/fsnotify":    {"internal/watch"},
	"go.yaml.in/yaml/":                {"internal/account"},
	"github.com/nlnwa/whatwg-url":     {"internal/native", "internal/engine/gojaengine"},
	"github.com/tetratelabs/wazero":   {"internal/native"},
	"github.com/andybalholm/brotli":   {"internal/native", "internal/engine/gojaengine"},
	"github.com/go-sourcemap/":        {"internal/bundle", "internal/engine/gojaengine", "internal/analyze"},
	"github.com/rogpeppe/go-internal": {"internal/validate"},
	"go.uber.org/goleak":              {},
	"modernc.org/":                    {"internal/portal/store"},
	"github.com/zalando/":             {"internal/portal/store"},
	"github.com/santhosh-tekuri/":     {},
	"github.com/coder/websocket":      {"internal/cli"},
	"github.com/google/go-cmp":        {},
}

// pkg is what go list says about a package.
type pkg struct {
	ImportPath   string
	Dir          string
	GoFiles      []string
	CgoFiles     []string
	TestGoFiles  []string
	XTestGoFiles []string
	Imports      []string
}

// name is the path inside the module.
func (p pkg) name() string { return strings.TrimPrefix(p.ImportPath, module) }

var list = sync.OnceValues(func() ([]pkg, error) {
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Dir,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles,Imports", "./...")
	cmd.Dir = "../.."
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, errors.New("go list: " + stderr.String())
	}
	var pkgs []pkg
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs, nil
		} else if err != nil {
			return nil, err
		}
		pkgs = append(pkgs, p)
	}
})

func packages(t *testing.T) []pkg {
	t.Helper()
	pkgs, err := list()
	if err != nil {
		t.Fatal(err)
	}
	if len(pkgs) < 10 {
		t.Fatalf("go list found only %d packages", len(pkgs))
	}
	return pkgs
}

// below reports whether name is dir or lies in it.
func below(name, dir string) bool { return name == dir || strings.HasPrefix(name, dir+"/") }

// layerOf gives the layer of a package and its longest entry, -1 for none.
func layerOf(name string) (layer int, entry string) {
	layer = -1
	for i, l := range layers {
		for _, e := range l {
			if below(name, e) && len(e) > len(entry) {
				layer, entry = i, e
			}
		}
	}
	return layer, entry
}

// exempt are packages outside the layers: tests and the documentation.
func exempt(name string) bool {
	return name == "internal/archtest" || name == "internal/testutil" || strings.HasSuffix(name, "test") || name == "docs" ||
		strings.HasPrefix(name, "bench") || strings.HasPrefix(name, "testdata")
}

func TestPackagesImportOnlyFromLayersBelow(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		if exempt(p.name()) {
			continue
		}
		own, ownEntry := layerOf(p.name())
		if own < 0 {
			t.Errorf("%s stands in no layer: add it to the package map here and in docs/architecture.md", p.name())
			continue
		}
		for _, imp := range p.Imports {
			name, ours := strings.CutPrefix(imp, module)
			if !ours || below(name, ownEntry) {
				continue
			}
			layer, entry := layerOf(name)
			granted := slices.Contains(extra[p.name()], entry) || slices.Contains(extra[ownEntry], entry)
			if layer >= own && !granted {
				t.Errorf("%s imports %s, which is not below it", p.name(), name)
			}
		}
	}
}

func TestCommandsDoNotImportEachOther(t *testing.T) {
	t.Parallel()
	shared := []string{"internal/cli/cmdutil", "internal/cli/factory"}
	for _, p := range packages(t) {
		if !strings.HasPrefix(p.name(), "internal/cli/") {
			continue
		}
		for _, imp := range p.Imports {
			name := strings.TrimPrefix(imp, module)
			if below(name, "internal/cli") && !slices.Contains(shared, name) {
				t.Errorf("command package %s imports %s", p.name(), name)
			}
		}
	}
}

func TestModulesHaveOneOwner(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		if exempt(p.name()) {
			continue
		}
		for _, imp := range p.Imports {
			for prefix, allowed := range owners {
				mayImport := func(dir string) bool { return below(p.name(), dir) }
				if strings.HasPrefix(imp, prefix) && !slices.ContainsFunc(allowed, mayImport) {
					t.Errorf("%s imports %s; only %v may", p.name(), imp, allowed)
				}
			}
		}
	}
}
