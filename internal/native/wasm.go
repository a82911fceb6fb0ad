package native

import (
	"context"
	"errors"
	"math"
	"math/big"
	"runtime"
	"strings"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// wasmNatives serve WebAssembly. Each instance has a runtime of its own, because
// a runtime knows its modules by name; what was compiled is shared.
func wasmNatives() Table {
	cache := sync.OnceValue(wazero.NewCompilationCache)
	return Table{
		// wasmCompile(bytes) → {module, imports, exports}; of each import and export
		// its names, its kind and its type, see wasmType.
		"wasmCompile": func(h Host, a Args) (any, error) {
			src := append([]byte(nil), a.Bytes(0)...)
			m := &wasmModule{src: src, cache: cache()}
			r, err := m.compile(h.Context())
			if err != nil {
				return nil, &Error{Code: "WASM_COMPILE", Message: err.Error()}
			}
			m.spare = r
			if m.imports, m.exports, err = wasmInterface(src, r.compiled); err != nil {
				return nil, &Error{Code: "WASM_COMPILE", Message: err.Error()}
			}
			return map[string]any{"module": Handle{m}, "imports": wasmList(m.imports), "exports": wasmList(m.exports)}, nil
		},
		// wasmInstantiate(module, values, call, results) → instance. values holds what
		// is imported, by position: nothing for a function, a number for a global,
		// {initial, maximum} of a memory and a table. call(index, ...args) is called for
		// an imported function; it writes what that returns into results, eight bytes
		// each, and a 1 behind them if it threw.
		"wasmInstantiate": func(h Host, a Args) (any, error) {
			m, ok := HandleOf[*wasmModule](a, 0)
			if !ok {
				return nil, TypeErrorf("ERR_INVALID_ARG_TYPE", "no module")
			}
			values, _ := a.Any(1).([]any)
			in, err := m.instantiate(h.Context(), values, a.Callback(2), a.Bytes(3))
			if err != nil {
				return nil, wasmError(err)
			}
			context.AfterFunc(h.Context(), func() { _ = in.runtime.Close(context.Background()) })
			return Handle{in}, nil
		},
		// wasmCall(instance, name, ...args) → the results.
		"wasmCall": func(h Host, a Args) (any, error) {
			in, ok := HandleOf[*wasmInstance](a, 0)
			if !ok {
				return nil, TypeErrorf("ERR_INVALID_ARG_TYPE", "no instance")
			}
			return in.call(h.Context(), a.String(1), a[2:])
		},
		// wasmMemory(instance, from, name, have) → the memory, if its size is no longer have.
		// from is the name of the imported module, "" for an export.
		"wasmMemory": func(_ Host, a Args) (any, error) {
			mem := wasmMemoryOf(a)
			if mem == nil || int64(mem.Size()) == a.Int(3) {
				return nil, nil
			}
			view, _ := mem.Read(0, mem.Size())
			return view, nil
		},
		// wasmGrow(instance, from, name, pages) → the pages before, -1 if it cannot.
		"wasmGrow": func(_ Host, a Args) (any, error) {
			if mem, pages := wasmMemoryOf(a), a.Float(3); mem != nil && pages >= 0 && pages <= 65536 {
				if before, ok := mem.Grow(uint32(pages)); ok {
					return int64(before), nil
				}
			}
			return int64(-1), nil
		},
		// wasmFill(instance, from, name, bytes): what is 0 in the memory, because the
		// module's data did not write there, becomes what it was before.
		"wasmFill": func(_ Host, a Args) (any, error) {
			if mem := wasmMemoryOf(a); mem != nil {
				now, _ := mem.Read(0, mem.Size())
				for i, b := range a.Bytes(3)[:min(len(a.Bytes(3)), len(now))] {
					if now[i] == 0 {
						now[i] = b
					}
				}
			}
			return nil, nil
		},
		// wasmGlobal(instance, from, name) → its value; with a fourth argument it is set.
		"wasmGlobal": func(_ Host, a Args) (any, error) {
			in, ok := HandleOf[*wasmInstance](a, 0)
			if !ok {
				return nil, nil
			}
			g := in.of(a.String(1)).ExportedGlobal(a.String(2))
			if g == nil {
				return nil, nil
			}
			if mutable, ok := g.(api.MutableGlobal); ok && len(a) > 3 {
				mutable.Set(toWasm(a[3], g.Type()))
			}
			return fromWasm(g.Get(), g.Type()), nil
		},
	}
}

func wasmMemoryOf(a Args) api.Memory {
	in, ok := HandleOf[*wasmInstance](a, 0)
	if !ok {
		return nil
	}
	return in.of(a.String(1)).ExportedMemory(a.String(2))
}

// wasmModule is a compiled module.
type wasmModule struct {
	src              []byte
	cache            wazero.CompilationCache
	spare            *wasmRuntime // of wasmCompile, for the first instance
	imports, exports []wasmMember
}

type wasmRuntime struct {
	wazero.Runtime
	compiled wazero.CompiledModule
}

func (m *wasmModule) compile(ctx context.Context) (*wasmRuntime, error) {
	r := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().WithCompilationCache(m.cache))
	compiled, err := r.CompileModule(experimental.WithCompilationWorkers(ctx, runtime.GOMAXPROCS(0)), m.src)
	if err != nil {
		_ = r.Close(ctx)
		return nil, err
	}
	return &wasmRuntime{r, compiled}, nil
}

// wasmInstance is a module that runs.
type wasmInstance struct {
	runtime   *wasmRuntime
	module    api.Module
	functions map[string]*wasmFunction
}

// of gives the module that holds an export, or that stands for an imported one.
func (in *wasmInstance) of(from string) api.Module {
	if from == "" {
		return in.module
	}
	if m := in.runtime.Module(from); m != nil {
		return m
	}
	return in.module
}

// wasmFunction is an exported function. wazero's can't be called again before it
// returned, which JavaScript that it calls may want.
type wasmFunction struct {
	api.Function
	busy            bool
	params, results []api.ValueType
}

// errWasmThrew ends a call in which JavaScript threw; the JavaScript half knows what.
var errWasmThrew = errors.New("JavaScript threw")

func (m *wasmModule) instantiate(ctx context.Context, values []any, call Callback, results []byte) (*wasmInstance, error) {
	r := m.spare
	if m.spare = nil; r == nil {
		var err error
		if r, err = m.compile(ctx); err != nil {
			return nil, err
		}
	}
	in := &wasmInstance{runtime: r, functions: map[string]*wasmFunction{}}
	for _, from := range wasmSources(m.imports) {
		if err := wasmImport(ctx, r, m.imports, from, values, call, results); err != nil {
			_ = r.Close(ctx)
			return nil, err
		}
	}
	var err error
	// The name is none that a module could import from; wazero's own start
	// functions, such as _start, are left to the caller.
	in.module, err = r.InstantiateModule(ctx, r.compiled, wazero.NewModuleConfig().WithName("").WithStartFunctions())
	if err != nil {
		_ = r.Close(ctx)
		return nil, err
	}
	return in, nil
}

// hostFunction calls the JavaScript function of an import.
func hostFunction(index int, params, results []api.ValueType, call Callback, out []byte) api.GoModuleFunc {
	return func(_ context.Context, _ api.Module, stack []uint64) {
		args := make([]any, len(params)+1)
		args[0] = int64(index)
		for i, t := range params {
			args[i+1] = fromWasm(stack[i], t)
		}
		call(args...)
		if out[len(out)-1] != 0 {
			out[len(out)-1] = 0
			panic(errWasmThrew)
		}
		for i := range results {
			stack[i] = leUint64(out[8*i:])
		}
	}
}

func leUint64(b []byte) (n uint64) {
	for i := range 8 {
		n |= uint64(b[i]) << (8 * i)
	}
	return n
}

func (in *wasmInstance) call(ctx context.Context, name string, args []any) (any, error) {
	f := in.functions[name]
	if f == nil || f.busy {
		fn := in.module.ExportedFunction(name)
		if fn == nil {
			return nil, TypeErrorf("ERR_INVALID_ARG_VALUE", "%s is not exported", name)
		}
		f = &wasmFunction{Function: fn, params: fn.Definition().ParamTypes(), results: fn.Definition().ResultTypes()}
		if in.functions[name] == nil {
			in.functions[name] = f
		}
	}
	f.busy = true
	defer func() { f.busy = false }()
	stack := make([]uint64, max(len(f.params), len(f.results)))
	for i, t := range f.params {
		stack[i] = toWasm(Args(args).Any(i), t)
	}
	if err := f.CallWithStack(ctx, stack); err != nil {
		return nil, wasmError(err)
	}
	out := make([]any, len(f.results))
	for i, t := range f.results {
		out[i] = fromWasm(stack[i], t)
	}
	return out, nil
}

// wasmError tells a trap, which JavaScript sees as a RuntimeError, from another
// failure.
func wasmError(err error) error {
	text := err.Error()
	if _, trap, ok := strings.Cut(text, "wasm error: "); ok { // behind the name of a start function
		text, _, _ = strings.Cut(trap, "\n")
		return &Error{Code: "WASM_TRAP", Message: text}
	}
	if strings.HasPrefix(text, "stack overflow") {
		return &Error{Code: "WASM_TRAP", Message: "stack overflow"}
	}
	return &Error{Code: "WASM_LINK", Message: err.Error()}
}

func toWasm(v any, t api.ValueType) uint64 {
	switch t {
	case api.ValueTypeI32:
		return uint64(uint32(Args{v}.Int(0)))
	case api.ValueTypeI64:
		if n, ok := v.(*big.Int); ok {
			low := new(big.Int).And(n, new(big.Int).SetUint64(math.MaxUint64))
			return low.Uint64()
		}
		return uint64(Args{v}.Int(0))
	case api.ValueTypeF32:
		return uint64(math.Float32bits(float32(Args{v}.Float(0))))
	case api.ValueTypeF64:
		return math.Float64bits(Args{v}.Float(0))
	}
	return 0 // a null reference
}

func fromWasm(bits uint64, t api.ValueType) any {
	switch t {
	case api.ValueTypeI32:
		return int64(int32(bits))
	case api.ValueTypeI64:
		return big.NewInt(int64(bits))
	case api.ValueTypeF32:
		return float64(math.Float32frombits(uint32(bits)))
	case api.ValueTypeF64:
		return math.Float64frombits(bits)
	}
	return nil
}

func wasmList(members []wasmMember) []any {
	list := make([]any, len(members))
	for i, m := range members {
		item := map[string]any{"module": m.module, "name": m.name, "kind": m.kind, "index": int64(m.index)}
		if m.maximum != nil {
			item["maximum"] = int64(*m.maximum)
		}
		if m.kind == "function" {
			item["params"], item["results"] = string(wasmTypeNames(m.params)), string(wasmTypeNames(m.results))
		}
		if m.kind == "global" {
			item["type"], item["mutable"] = string(wasmTypeNames([]api.ValueType{m.value})), m.mutable
		}
		list[i] = item
	}
	return list
}

// wasmTypeNames writes types as letters: i and I are integers of 32 and 64 bits, f
// and F floats, v vectors, r references.
func wasmTypeNames(types []api.ValueType) []byte {
	out := make([]byte, len(types))
	for i, t := range types {
		switch t {
		case api.ValueTypeI32:
			out[i] = 'i'
		case api.ValueTypeI64:
			out[i] = 'I'
		case api.ValueTypeF32:
			out[i] = 'f'
		case api.ValueTypeF64:
			out[i] = 'F'
		case 0x7b:
			out[i] = 'v'
		default:
			out[i] = 'r'
		}
	}
	return out
}

var errWasmShort = errors.New("the module ends in the middle of a section")
