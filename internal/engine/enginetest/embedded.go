package enginetest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/fns-dev/fns/internal/bundle"
	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/engine/gojaengine"
	"github.com/fns-dev/fns/internal/native"
	"github.com/fns-dev/fns/internal/nodecore"
	"github.com/fns-dev/fns/internal/resolve"
)

// vars is process.env on both sides.
func vars() map[string]string {
	return map[string]string{"NODE_ENV": "production", "TZ": "UTC", "LANG": "en_US.UTF-8", "CASE": "1"}
}

// build bundles a case as fns dev does.
func build(c Case) (*bundle.Output, error) {
	dir := filepath.Dir(c.Path)
	b, err := bundle.New(bundle.Spec{Name: c.Name, Entry: c.Path, Dir: dir, IsBuiltin: nodecore.IsBuiltin, IsPreloaded: func(string) bool { return true }})
	if err != nil {
		return nil, err
	}
	defer b.Close()
	out, list := b.Build(context.Background())
	if out == nil {
		var lines []string
		for _, d := range list {
			lines = append(lines, fmt.Sprint(d))
		}
		return nil, fmt.Errorf("bundle %s: %s", c.Path, strings.Join(lines, "\n"))
	}
	return out, nil
}

// embedded runs cases on goja.
type embedded struct {
	engine      *gojaengine.Engine
	packageDirs []string
}

func newEmbedded(packageDirs []string) *embedded {
	r := resolve.New(nil)
	r.PackageDirs = packageDirs
	r.IsBuiltin = nodecore.IsBuiltin
	return &embedded{engine: gojaengine.New(packages{r}), packageDirs: packageDirs}
}

// function builds a case as an engine takes it.
func function(c Case, packageDirs []string) (*engine.Function, error) {
	out, err := build(c)
	if err != nil {
		return nil, err
	}
	return &engine.Function{
		Name: c.Name, Entry: c.Path, Dir: filepath.Dir(c.Path), Code: out.Code, Map: out.Map, Hash: out.Hash,
		Contract: engine.Return, Vars: vars(), PackageDirs: packageDirs,
	}, nil
}

// run implements runner.
func (e *embedded) run(c Case, in []byte) (Outcome, error) {
	fn, err := function(c, e.packageDirs)
	if err != nil {
		return Outcome{}, err
	}
	out := newRecorder()
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	instance, err := e.engine.Start(ctx, fn)
	if err != nil {
		var fe *engine.FunctionError
		if errors.As(err, &fe) {
			return out.outcome(fn, nil, fe), nil
		}
		return Outcome{}, err
	}
	defer func() { _ = instance.Close() }()
	res := instance.Invoke(ctx, engine.Invocation{ID: "1", Context: in, Time: deadline}, out.log)
	return out.outcome(fn, res.Payload, res.Error), nil
}

// packages implements gojaengine.Packages over the parts that workers use.
type packages struct{ r *resolve.Resolver }

func (p packages) Resolve(specifier, from string, _ []string) (string, gojaengine.Format, error) {
	found, err := p.r.Resolve(specifier, from)
	var re *resolve.Error
	if errors.As(err, &re) {
		return "", "", &native.Error{Code: string(re.Code), Message: re.Message}
	}
	return found.Path, gojaengine.Format(found.Format), err
}

func (p packages) Transform(path string, src []byte) (code, sourceMap []byte, err error) {
	return bundle.Transform(path, src)
}

func (p packages) Reset() { p.r.Reset() }
