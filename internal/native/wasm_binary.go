package native

import (
	"context"
	"slices"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// wasmMember is an import or an export of a module.
type wasmMember struct {
	module, name    string
	kind            string // "function", "table", "memory", "global", "tag"
	params, results []api.ValueType
	value           api.ValueType // of a global
	mutable         bool
	index           uint32
	maximum         *uint32 // pages of a memory; nil if it has no limit
}

var wasmKinds = []string{"function", "table", "memory", "global", "tag"}

// wasmInterface reads the imports and exports of a module that wazero has
// checked. wazero itself lists functions and memories only.
func wasmInterface(src []byte, compiled wazero.CompiledModule) (imports, exports []wasmMember, err error) {
	functions := compiled.ImportedFunctions()
	named := compiled.ExportedFunctions()
	var globals []wasmMember
	var memory *uint32
	for r := (&wasmReader{b: src[8:]}); len(r.b) > 0 && r.err == nil; {
		id := r.byte()
		s := &wasmReader{b: r.bytes(int(r.uint()))}
		switch id {
		case 2:
			for n := s.uint(); n > 0 && s.err == nil; n-- {
				m := wasmMember{module: s.text(), name: s.text(), kind: wasmKinds[min(int(s.byte()), 4)]}
				switch m.kind {
				case "function":
					s.uint()
					m.params, m.results = functions[0].ParamTypes(), functions[0].ResultTypes()
					functions = functions[1:]
				case "table":
					s.byte()
					s.limits()
				case "memory":
					memory = s.limits()
				case "global":
					m.value, m.mutable = s.byte(), s.byte() == 1
					globals = append(globals, m)
				}
				imports = append(imports, m)
			}
		case 5:
			if s.uint() > 0 { // there is at most one
				memory = s.limits()
			}
		case 6:
			for n := s.uint(); n > 0 && s.err == nil; n-- {
				globals = append(globals, wasmMember{value: s.byte(), mutable: s.byte() == 1})
				s.constant()
			}
		case 7:
			for n := s.uint(); n > 0 && s.err == nil; n-- {
				m := wasmMember{name: s.text(), kind: wasmKinds[min(int(s.byte()), 4)], index: s.uint()}
				if d := named[m.name]; m.kind == "function" && d != nil {
					m.params, m.results = d.ParamTypes(), d.ResultTypes()
				}
				if m.kind == "global" && int(m.index) < len(globals) {
					m.value, m.mutable = globals[m.index].value, globals[m.index].mutable
				}
				if m.kind == "memory" {
					m.maximum = memory
				}
				exports = append(exports, m)
			}
		}
		if s.err != nil {
			return nil, nil, s.err
		}
	}
	return imports, exports, nil
}

// wasmReader reads the binary format.
type wasmReader struct {
	b   []byte
	err error
}

func (r *wasmReader) bytes(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.err, r.b = errWasmShort, nil
		return nil
	}
	head := r.b[:n]
	r.b = r.b[n:]
	return head
}

func (r *wasmReader) byte() byte {
	if b := r.bytes(1); b != nil {
		return b[0]
	}
	return 0
}

// uint reads LEB128.
func (r *wasmReader) uint() (n uint32) {
	for shift := 0; shift < 64; shift += 7 {
		b := r.byte()
		n |= uint32(b&0x7f) << min(shift, 31)
		if b < 0x80 {
			break
		}
	}
	return n
}

func (r *wasmReader) text() string { return string(r.bytes(int(r.uint()))) }

// limits reads a size and gives its maximum.
func (r *wasmReader) limits() *uint32 {
	bounded := r.uint()&1 == 1
	r.uint()
	if !bounded {
		return nil
	}
	n := r.uint()
	return &n
}

// constant skips the expression that a global begins with.
func (r *wasmReader) constant() {
	for r.err == nil {
		switch op := r.byte(); op {
		case 0x0b:
			return
		case 0x43:
			r.bytes(4)
		case 0x44:
			r.bytes(8)
		case 0xfd: // v128.const
			r.uint()
			r.bytes(16)
		default: // an integer, an index or a type
			r.uint()
		}
	}
}

// wasmSources lists the modules that are imported from.
func wasmSources(imports []wasmMember) []string {
	var list []string
	for _, m := range imports {
		if !slices.Contains(list, m.module) {
			list = append(list, m.module)
		}
	}
	return list
}

// wasmImport makes the module that others import from: the functions by
// JavaScript; where there is more, a module of WebAssembly that has it and hands
// the functions on, because no other can hold memories and globals.
func wasmImport(ctx context.Context, r *wasmRuntime, imports []wasmMember, from string, values []any, call Callback, out []byte) error {
	name := from
	if slices.ContainsFunc(imports, func(m wasmMember) bool { return m.module == from && m.kind != "function" }) {
		name = from + "\x00functions"
	}
	host, made := r.NewHostModuleBuilder(name), map[string]bool{}
	for i, m := range imports {
		if m.module == from && m.kind == "function" && !made[m.name] {
			made[m.name] = true
			host = host.NewFunctionBuilder().WithGoModuleFunction(hostFunction(i, m.params, m.results, call, out), m.params, m.results).Export(m.name)
		}
	}
	if _, err := host.Instantiate(ctx); err != nil {
		return err
	}
	if name == from {
		return nil
	}
	compiled, err := r.CompileModule(ctx, wasmHolder(imports, from, name, values))
	if err != nil {
		return err
	}
	_, err = r.InstantiateModule(ctx, compiled, wazero.NewModuleConfig().WithName(from).WithStartFunctions())
	return err
}

// wasmHolder writes that module.
func wasmHolder(imports []wasmMember, from, functions string, values []any) []byte {
	var types, taken, tables, memories, globals, exports [][]byte
	index := map[string]uint32{}
	made := map[string]bool{}
	for i, m := range imports {
		if m.module != from || made[m.name] {
			continue
		}
		made[m.name] = true
		exports = append(exports, slices.Concat(leb(uint32(len(m.name))), []byte(m.name), []byte{byte(slices.Index(wasmKinds, m.kind))}, leb(index[m.kind])))
		index[m.kind]++
		size, _ := at(values, i).(map[string]any)
		switch m.kind {
		case "function":
			types = append(types, slices.Concat([]byte{0x60}, leb(uint32(len(m.params))), m.params, leb(uint32(len(m.results))), m.results))
			taken = append(taken, slices.Concat(leb(uint32(len(functions))), []byte(functions), leb(uint32(len(m.name))), []byte(m.name), []byte{0}, leb(uint32(len(types)-1))))
		case "table":
			tables = append(tables, append([]byte{0x70}, wasmLimits(size)...))
		case "memory":
			memories = append(memories, wasmLimits(size))
		case "global":
			mutable := byte(0)
			if m.mutable {
				mutable = 1
			}
			globals = append(globals, slices.Concat([]byte{m.value, mutable}, wasmConstant(toWasm(at(values, i), m.value), m.value), []byte{0x0b}))
		}
	}
	module := []byte("\x00asm\x01\x00\x00\x00")
	for _, s := range []struct {
		id    byte
		items [][]byte
	}{{1, types}, {2, taken}, {4, tables}, {5, memories}, {6, globals}, {7, exports}} {
		if len(s.items) > 0 {
			body := append(leb(uint32(len(s.items))), slices.Concat(s.items...)...)
			module = slices.Concat(module, []byte{s.id}, leb(uint32(len(body))), body)
		}
	}
	return module
}

func at(values []any, i int) any { return Args(values).Any(i) }

func wasmLimits(size map[string]any) []byte {
	initial := Args{size["initial"]}.Int(0)
	if size["maximum"] == nil {
		return append([]byte{0}, leb(uint32(initial))...)
	}
	return slices.Concat([]byte{1}, leb(uint32(initial)), leb(uint32(Args{size["maximum"]}.Int(0))))
}

func wasmConstant(bits uint64, t api.ValueType) []byte {
	switch t {
	case api.ValueTypeI32:
		return append([]byte{0x41}, sleb(int64(int32(bits)))...)
	case api.ValueTypeI64:
		return append([]byte{0x42}, sleb(int64(bits))...)
	case api.ValueTypeF32:
		return append([]byte{0x43}, little(bits, 4)...)
	case api.ValueTypeF64:
		return append([]byte{0x44}, little(bits, 8)...)
	}
	return []byte{0xd0, t} // null
}

func little(bits uint64, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(bits >> (8 * i))
	}
	return b
}

func leb(n uint32) (b []byte) {
	for ; n >= 0x80; n >>= 7 {
		b = append(b, byte(n)|0x80)
	}
	return append(b, byte(n))
}

func sleb(n int64) (b []byte) {
	for {
		last := byte(n & 0x7f)
		n >>= 7
		if n == 0 && last&0x40 == 0 || n == -1 && last&0x40 != 0 {
			return append(b, last)
		}
		b = append(b, last|0x80)
	}
}
