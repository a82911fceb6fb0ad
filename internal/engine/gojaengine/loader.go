package gojaengine

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/dop251/goja"

	"github.com/fns-dev/fns/internal/native"
	"github.com/fns-dev/fns/internal/nodecore"
)

// boot runs the boot piece and keeps its hooks.
func (in *instance) boot() error {
	if err := in.bindErrors(); err != nil {
		return err
	}
	if err := in.bindRecursion(); err != nil {
		return err
	}
	in.bindArrays()
	in.bindMatching()
	in.bindAllMatches()
	in.bindSplitting()
	in.bindBuffers()
	if err := in.bindLanguage(); err != nil {
		return err
	}
	mod, err := in.core(nodecore.BootPiece)
	if err != nil {
		return err
	}
	exports := mod.Get("exports").ToObject(in.vm)
	for name, hook := range map[string]*goja.Callable{
		"coreRequire": &in.hooks.coreRequire, "task": &in.hooks.task, "hasTicks": &in.hooks.hasTicks,
		"tick": &in.hooks.tick, "start": &in.hooks.start, "describe": &in.hooks.describe, "uncaught": &in.hooks.uncaught,
	} {
		fn, ok := goja.AssertFunction(exports.Get(name))
		if !ok {
			return fmt.Errorf("the boot piece does not export %s", name)
		}
		*hook = in.framed(fn)
	}
	// What createRequire and module.builtinModules need of the loader.
	return in.natives.Set("requireFrom", func(call goja.FunctionCall) goja.Value {
		return in.requireFunction(call.Argument(0).String(), goja.Undefined())
	})
}

// core gives the module object of a piece, running it at first use.
func (in *instance) core(name string) (*goja.Object, error) {
	if mod, ok := in.cores[name]; ok {
		return mod, nil
	}
	prg, err := in.eng.programs.piece(name)
	if err != nil {
		return nil, err
	}
	mod := in.vm.NewObject()
	exports := in.vm.NewObject()
	_ = mod.Set("exports", exports)
	in.cores[name] = mod // before it runs: pieces may be cyclic
	require := in.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		m, err := in.core(call.Argument(0).String())
		if err != nil {
			panic(in.throwable(err))
		}
		return m.Get("exports")
	})
	if err := in.runWrapped(prg, exports, exports, require, mod, in.natives); err != nil {
		delete(in.cores, name)
		return nil, err
	}
	return mod, nil
}

// runWrapped evaluates a program that is a function expression and calls it.
func (in *instance) runWrapped(prg *goja.Program, this goja.Value, args ...goja.Value) error {
	if in.recursion.nearlyFull() {
		panic(in.recursion.rangeError())
	}
	v, err := in.vm.RunProgram(prg)
	if err != nil {
		return err
	}
	fn, ok := goja.AssertFunction(v)
	if !ok {
		return errors.New("a module is not a function expression")
	}
	_, err = in.framed(fn)(this, args...)
	return err
}

// evaluate runs a CommonJS file and gives its module object. A file that fails
// is forgotten, as in Node, so that a later require tries again.
func (in *instance) evaluate(path string, prg *goja.Program) (*goja.Object, error) {
	mod := in.newModule(path)
	in.modules[path] = mod
	exports := mod.Get("exports")
	err := in.runWrapped(prg, exports, exports, mod.Get("require"), mod,
		in.vm.ToValue(path), in.vm.ToValue(filepath.Dir(path)))
	if err != nil {
		delete(in.modules, path)
		return nil, err
	}
	_ = mod.Set("loaded", true)
	return mod, nil
}

// newModule makes the object that CommonJS code sees as module.
func (in *instance) newModule(path string) *goja.Object {
	mod := in.vm.NewObject()
	_ = mod.Set("id", path)
	_ = mod.Set("filename", path)
	_ = mod.Set("path", filepath.Dir(path))
	_ = mod.Set("loaded", false)
	_ = mod.Set("children", in.vm.NewArray())
	_ = mod.Set("paths", in.vm.NewArray())
	_ = mod.Set("exports", in.vm.NewObject())
	_ = mod.Set("require", in.requireFunction(path, mod))
	return mod
}

// requireFunction makes the require of the file from.
func (in *instance) requireFunction(from string, main goja.Value) *goja.Object {
	require := in.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		id, ok := call.Argument(0).Export().(string)
		if !ok {
			panic(in.errorToJS(native.TypeErrorf("ERR_INVALID_ARG_TYPE", `The "id" argument must be of type string. Received %v`, call.Argument(0))))
		}
		v, err := in.require(id, from)
		if err != nil {
			panic(in.throwable(err))
		}
		return v
	}).ToObject(in.vm)
	_ = require.Set("resolve", func(call goja.FunctionCall) goja.Value {
		id := call.Argument(0).String()
		if nodecore.IsBuiltin(id) {
			return in.vm.ToValue(id)
		}
		path, _, err := in.eng.packages.Resolve(id, from, in.fn.PackageDirs)
		if err != nil {
			panic(in.throwable(in.withRequireStack(err, from)))
		}
		return in.vm.ToValue(path)
	})
	_ = require.Set("cache", in.vm.NewDynamicObject(moduleCache{in}))
	_ = require.Set("extensions", in.vm.NewObject())
	entry, ok := in.modules[in.fn.Entry]
	if ok {
		_ = require.Set("main", entry)
	} else {
		_ = require.Set("main", main)
	}
	return require
}

// require loads id as the file from asks for it.
func (in *instance) require(id, from string) (goja.Value, error) {
	if nodecore.IsBuiltin(id) {
		mod, err := in.core(strings.TrimPrefix(id, "node:"))
		if err != nil {
			return nil, err
		}
		return mod.Get("exports"), nil
	}
	path, format, err := in.eng.packages.Resolve(id, from, in.fn.PackageDirs)
	if err != nil {
		if strings.HasSuffix(id, ".node") { // installed for another system than Linux
			in.addons = append(in.addons, from)
		}
		return nil, in.withRequireStack(err, from)
	}
	if format == Builtin {
		return in.require("node:"+strings.TrimPrefix(path, "node:"), from)
	}
	in.noteParent(path, from)
	if mod, ok := in.modules[path]; ok {
		return mod.Get("exports"), nil
	}
	switch format {
	case JSON:
		return in.requireJSON(path)
	case Addon:
		in.addons = append(in.addons, from)
		return nil, native.Errorf("ERR_DLOPEN_FAILED", "%s is a native addon, compiled for Node, which the embedded engine cannot load: run the function with --engine node, or use a package without native code", path)
	}
	prg, err := in.eng.programs.file(path, format, in.eng.packages.Transform)
	if err != nil {
		return nil, syntaxError(path, err)
	}
	mod, err := in.evaluate(path, prg)
	if err != nil {
		return nil, err
	}
	return mod.Get("exports"), nil
}

// noteParent remembers which file asked for path first.
func (in *instance) noteParent(path, from string) {
	if _, known := in.parents[path]; !known && path != in.fn.Entry {
		in.parents[path] = from
	}
}

// withRequireStack adds what Node adds to a module that was not found: the files
// that required each other, innermost first.
func (in *instance) withRequireStack(err error, from string) error {
	var ne *native.Error
	if !errors.As(err, &ne) || ne.Code != "MODULE_NOT_FOUND" {
		return err
	}
	stack := []any{from}
	text := "\nRequire stack:\n- " + from
	for file, ok := in.parents[from]; ok && len(stack) < 32; file, ok = in.parents[file] {
		stack = append(stack, file)
		text += "\n- " + file
	}
	with := *ne
	with.Message += text
	with.Props = map[string]any{"requireStack": stack}
	return &with
}

func (in *instance) requireJSON(path string) (goja.Value, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	src = []byte(strings.TrimPrefix(string(src), "\ufeff"))
	if !json.Valid(src) {
		var v any
		err := json.Unmarshal(src, &v)
		return nil, &native.Error{Name: "SyntaxError", Message: fmt.Sprintf("%s: %v", path, err)}
	}
	parse, _ := goja.AssertFunction(in.vm.Get("JSON").ToObject(in.vm).Get("parse"))
	v, err := parse(goja.Undefined(), in.vm.ToValue(string(src)))
	if err != nil {
		return nil, err
	}
	mod := in.newModule(path)
	_ = mod.Set("exports", v)
	in.modules[path] = mod
	return v, nil
}

func syntaxError(path string, err error) error {
	var ne *native.Error
	if errors.As(err, &ne) || errors.Is(err, os.ErrNotExist) {
		return err
	}
	return &native.Error{Name: "SyntaxError", Message: fmt.Sprintf("%v (in %s)", err, path)}
}

// throwable makes a value to panic with of any error of the loader.
func (in *instance) throwable(err error) any {
	var ex *goja.Exception
	var interrupted *goja.InterruptedError
	var overflow *goja.StackOverflowError
	switch {
	case errors.As(err, &interrupted), errors.As(err, &overflow):
		return err
	case errors.As(err, &ex):
		return ex.Value()
	}
	return in.errorToJS(err)
}

// moduleCache is require.cache: the loaded files by path.
type moduleCache struct{ in *instance }

func (c moduleCache) Get(key string) goja.Value {
	if mod, ok := c.in.modules[key]; ok {
		return mod
	}
	return nil
}

func (c moduleCache) Set(key string, val goja.Value) bool {
	c.in.modules[key] = val.ToObject(c.in.vm)
	return true
}

func (c moduleCache) Has(key string) bool { _, ok := c.in.modules[key]; return ok }

func (c moduleCache) Delete(key string) bool {
	delete(c.in.modules, key)
	return true
}

func (c moduleCache) Keys() []string {
	keys := make([]string, 0, len(c.in.modules))
	for k := range c.in.modules {
		keys = append(keys, k)
	}
	return keys
}
