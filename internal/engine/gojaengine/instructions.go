package gojaengine

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
)

// A compiled program is a list of instructions, which goja's machine executes
// one after the other. A few of them are slow in ways that functions notice, such
// as + for strings. They are exchanged for instructions of our own after a
// program was compiled: same place, same operands, same result.
//
// goja exports neither its instructions nor the machine, so both are reached with
// reflection and unsafe. instructionLayoutOf finds out once whether goja still
// looks as expected; if not, programs stay as they were compiled.

// instruction has the shape of goja's interface of that name: one method that is
// given the machine, so the one can be stored where the other is expected.
type instruction interface {
	exec(machine unsafe.Pointer)
}

// interfaceWords is how Go keeps a value in an interface with methods: what tells
// its type, and where it is.
type interfaceWords struct {
	table, data unsafe.Pointer
}

func wordsOf[T any](v *T) *interfaceWords { return (*interfaceWords)(unsafe.Pointer(v)) }

// instructionLayout tells where goja keeps what instructions work on.
type instructionLayout struct {
	code             uintptr // in Program: []instruction
	stack, top, next uintptr // in vm: stack, sp, pc
	runtime          uintptr // in vm: r
	program          reflect.Type
	add, template    unsafe.Pointer // tables of the instructions for a + b and `…${a}…`
	ascii, wide      unsafe.Pointer // tables of strings as values: one byte and two bytes for each unit
	empty            goja.Value     // ''
}

var instructionLayoutOf = sync.OnceValues(newInstructionLayout)

func newInstructionLayout() (*instructionLayout, error) {
	l := &instructionLayout{program: reflect.TypeFor[goja.Program]()}
	code, ok := l.program.FieldByName("code")
	if !ok || code.Type.Kind() != reflect.Slice || code.Type.Elem().Kind() != reflect.Interface {
		return nil, fmt.Errorf("goja.Program has no list of instructions")
	}
	vm, ok := reflect.TypeFor[goja.Runtime]().FieldByName("vm")
	if !ok || vm.Type.Kind() != reflect.Pointer {
		return nil, fmt.Errorf("goja.Runtime has no pointer vm")
	}
	if each := code.Type.Elem(); each.NumMethod() != 1 || each.Method(0).Name != "exec" || each.Method(0).Type != reflect.FuncOf([]reflect.Type{vm.Type}, nil, false) {
		return nil, fmt.Errorf("an instruction of goja is not just exec(*vm)")
	}
	l.code = code.Offset
	for _, f := range []struct {
		name string
		kind reflect.Type
		at   *uintptr
	}{
		{"sp", reflect.TypeFor[int](), &l.top}, {"pc", reflect.TypeFor[int](), &l.next}, {"r", reflect.TypeFor[*goja.Runtime](), &l.runtime},
	} {
		field, ok := vm.Type.Elem().FieldByName(f.name)
		if !ok || field.Type != f.kind {
			return nil, fmt.Errorf("goja's vm has no %v %s", f.kind, f.name)
		}
		*f.at = field.Offset
	}
	stack, ok := vm.Type.Elem().FieldByName("stack")
	if !ok || stack.Type.Kind() != reflect.Slice || stack.Type.Elem() != reflect.TypeFor[goja.Value]() {
		return nil, fmt.Errorf("goja's vm has no stack of values")
	}
	l.stack = stack.Offset

	l.add = l.find("(a, b) => a + b", "_add")
	l.template = l.find("(a) => `${a}x`", "concatStrings")
	if l.add == nil || l.template == nil {
		return nil, fmt.Errorf("goja compiles + and templates to something else")
	}
	l.empty = goja.New().ToValue("")
	wide := goja.Value(goja.StringFromUTF16([]uint16{0x100}))
	if t := reflect.TypeOf(l.empty); t.Kind() != reflect.String {
		return nil, fmt.Errorf("goja keeps strings as %v", t)
	}
	if t := reflect.TypeOf(wide); t.Kind() != reflect.Slice || t.Elem().Kind() != reflect.Uint16 {
		return nil, fmt.Errorf("goja keeps strings as %v", t)
	}
	l.ascii, l.wide = wordsOf(&l.empty).table, wordsOf(&wide).table
	return l, l.try(vm.Type.Elem())
}

// try executes each of our instructions once, on a machine of its own. The calls
// also let the linker see that these methods are used.
func (l *instructionLayout) try(vm reflect.Type) error {
	long := strings.Repeat("a", joinedFrom)
	j := &joiner{instructionLayout: l}
	for _, i := range []instruction{&addition{j, nil}, &templateLiteral{j, 2, nil}} {
		machine := reflect.New(vm).UnsafePointer()
		stack := []goja.Value{nil, goja.New().ToValue("b")}
		*wordsOf(&stack[0]) = interfaceWords{l.ascii, unsafe.Pointer(&long)}
		*(*[]goja.Value)(unsafe.Add(machine, l.stack)) = stack
		*(*int)(unsafe.Add(machine, l.top)) = 2
		i.exec(machine)
		if top, next := *(*int)(unsafe.Add(machine, l.top)), *(*int)(unsafe.Add(machine, l.next)); top != 1 || next != 1 || stack[0].String() != long+"b" {
			return fmt.Errorf("%T does not work on goja's machine", i)
		}
	}
	return nil
}

// find gives the table of an instruction that a text is compiled to, by the name
// of its type, nil if there is none.
func (l *instructionLayout) find(src, name string) unsafe.Pointer {
	table, _ := l.findType(src, name)
	return table
}

// findType gives the type as well, which may be a pointer to the one of the name.
func (l *instructionLayout) findType(src, name string) (table unsafe.Pointer, found reflect.Type) {
	program, err := goja.Compile("", src, false)
	if err != nil {
		return nil, nil
	}
	var look func(program *goja.Program)
	look = func(program *goja.Program) {
		code := *(*[]instruction)(unsafe.Add(unsafe.Pointer(program), l.code))
		for i := range code {
			t := l.typeOf(program, i)
			if t.Name() == name || t.Kind() == reflect.Pointer && t.Elem().Name() == name {
				table, found = wordsOf(&code[i]).table, t
			}
			for _, at := range l.programsIn(t) {
				if inner := *(**goja.Program)(unsafe.Add(wordsOf(&code[i]).data, at)); inner != nil {
					look(inner)
				}
			}
		}
	}
	look(program)
	return table, found
}

// typeOf gives the type of an instruction of goja's.
func (l *instructionLayout) typeOf(program *goja.Program, i int) reflect.Type {
	return reflect.ValueOf(program).Elem().FieldByName("code").Index(i).Elem().Type()
}

// programsIn gives the offsets of the programs in what an instruction points to:
// the body of a function, the constructor and the fields of a class.
func (l *instructionLayout) programsIn(t reflect.Type) []uintptr {
	if t.Kind() != reflect.Pointer || t.Elem().Kind() != reflect.Struct {
		return nil
	}
	var found []uintptr
	var look func(t reflect.Type, base uintptr)
	look = func(t reflect.Type, base uintptr) {
		for i := range t.NumField() {
			switch f := t.Field(i); {
			case f.Type == reflect.PointerTo(l.program):
				found = append(found, base+f.Offset)
			case f.Type.Kind() == reflect.Struct:
				look(f.Type, base+f.Offset)
			}
		}
	}
	look(t.Elem(), 0)
	return found
}

// instructions exchanges instructions. Its programs run on one goroutine at a
// time.
type instructions struct {
	layout    *instructionLayout
	inner     map[unsafe.Pointer][]uintptr // by table: what programsIn gave
	exchanges map[unsafe.Pointer]func(plain instruction) instruction
}

// newInstructions gives nil if goja is not as expected.
func newInstructions() *instructions {
	layout, err := instructionLayoutOf()
	if err != nil {
		return nil
	}
	j := &joiner{instructionLayout: layout}
	x := &instructions{layout: layout, inner: map[unsafe.Pointer][]uintptr{}, exchanges: map[unsafe.Pointer]func(instruction) instruction{
		layout.add: func(plain instruction) instruction { return &addition{j, plain} },
		layout.template: func(plain instruction) instruction {
			return &templateLiteral{j, *(*int)(wordsOf(&plain).data), plain}
		},
	}}
	objects, err := objectLayoutOf()
	if err != nil {
		return x
	}
	last := new(int)
	for _, name := range []string{"_deleteElem", "_deleteElemStrict"} {
		directive := ""
		if name == "_deleteElemStrict" {
			directive = "'use strict'; "
		}
		if table := layout.find("(function (a, b) { "+directive+"return delete a[b]; })", name); table != nil {
			x.exchanges[table] = func(plain instruction) instruction { return &deletion{layout, objects, last, plain} }
		}
	}
	if patterns, err := patternLayoutOf(); err == nil {
		x.exchanges[patterns.literal] = func(plain instruction) instruction { patterns.inLiteral(plain); return plain }
	}
	if iteration, err := iterationLayoutOf(); err == nil {
		it := &iterations{layout, objects, iteration}
		x.exchanges[iteration.loop] = func(plain instruction) instruction { return &loopStep{it, plain} }
		x.exchanges[iteration.pattern] = func(plain instruction) instruction { return &patternStep{it, plain} }
		x.exchanges[iteration.rest] = func(plain instruction) instruction { return &patternRest{it, plain} }
		x.exchanges[iteration.spread] = func(plain instruction) instruction { return &spread{it, plain} }
	}
	return x
}

// exchange does so in a program that was just compiled.
func (x *instructions) exchange(program *goja.Program) {
	if x == nil {
		return
	}
	code := *(*[]instruction)(unsafe.Add(unsafe.Pointer(program), x.layout.code))
	for i := range code {
		words := wordsOf(&code[i])
		at, known := x.inner[words.table]
		if !known {
			if exchange, ok := x.exchanges[words.table]; ok {
				code[i] = exchange(code[i])
				continue
			}
			at = slices.Clip(x.layout.programsIn(x.layout.typeOf(program, i)))
			x.inner[words.table] = at
		}
		for _, at := range at {
			if inner := *(**goja.Program)(unsafe.Add(words.data, at)); inner != nil {
				x.exchange(inner)
			}
		}
	}
}
