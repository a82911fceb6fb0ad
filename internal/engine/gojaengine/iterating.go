package gojaengine

import (
	"fmt"
	"reflect"
	"slices"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
)

// goja goes through an array as through anything iterable: an object for each
// element, made by a call and read by name. The instructions for loops, patterns
// and spreads are exchanged for ones that take the elements of an array, as long
// as its iterator is the built-in one and nobody has put another next into it.

// iterationLayout tells where goja keeps the iterations that are going on.
type iterationLayout struct {
	open          uintptr // in vm: iterStack
	size          uintptr // of one of them
	value, record uintptr // in one of them: val, iter
	iterator      uintptr // in a record
	advance       uintptr // in a record: next

	// Tables of the instructions.
	loop, pattern, rest, spread unsafe.Pointer
}

var iterationLayoutOf = sync.OnceValues(newIterationLayout)

func newIterationLayout() (*iterationLayout, error) {
	instructions, err := instructionLayoutOf()
	if err != nil {
		return nil, err
	}
	l := &iterationLayout{}
	open, ok := machine(goja.New()).Type().FieldByName("iterStack")
	if !ok || open.Type.Kind() != reflect.Slice || open.Type.Elem().Kind() != reflect.Struct {
		return nil, fmt.Errorf("goja's vm has no iterStack")
	}
	l.open, l.size = open.Offset, open.Type.Elem().Size()
	record, ok := open.Type.Elem().FieldByName("iter")
	if !ok || record.Type.Kind() != reflect.Pointer {
		return nil, fmt.Errorf("%v has no record iter", open.Type.Elem())
	}
	l.record = record.Offset
	if err := (fieldsAt{{"val", reflect.TypeFor[goja.Value](), &l.value}}).in(open.Type.Elem()); err != nil {
		return nil, err
	}
	if err := (fieldsAt{{"iterator", reflect.TypeFor[*goja.Object](), &l.iterator}, {"next", reflect.TypeFor[func(goja.FunctionCall) goja.Value](), &l.advance}}).in(record.Type); err != nil {
		return nil, err
	}
	for _, i := range []struct {
		src, name string
		table     *unsafe.Pointer
	}{
		{"(a) => { for (const x of a) x(); }", "iterNext", &l.loop},
		{"(a) => { const [x] = a; return x; }", "iterGetNextOrUndef", &l.pattern},
		{"(a) => { const [...x] = a; return x; }", "_newArrayFromIter", &l.rest},
		{"(a) => [...a]", "_pushArraySpread", &l.spread},
	} {
		if *i.table = instructions.find(i.src, i.name); *i.table == nil {
			return nil, fmt.Errorf("goja has no instruction %s", i.name)
		}
	}
	return l, nil
}

// iterations is what the instructions share.
type iterations struct {
	*instructionLayout
	*objectLayout
	*iterationLayout
}

// current gives the innermost iteration.
func (it *iterations) current(machine unsafe.Pointer) unsafe.Pointer {
	open := (*sliceHeader)(unsafe.Add(machine, it.open))
	return unsafe.Add(open.at, uintptr(open.len-1)*it.size)
}

// step takes the next element of an array; it is for the engine to find out that
// there is none.
func (it *iterations) step(iteration unsafe.Pointer) (goja.Value, bool) {
	record := *(*unsafe.Pointer)(unsafe.Add(iteration, it.record))
	if record == nil {
		return nil, false
	}
	iterator := *(**goja.Object)(unsafe.Add(record, it.iterator))
	next := (*func(goja.FunctionCall) goja.Value)(unsafe.Add(record, it.advance))
	if iterator == nil || *next == nil || codeOf(next) != it.nextCode {
		return nil, false
	}
	words := it.inside(iterator)
	if words.table != it.arrayIterator || *(*int)(unsafe.Add(words.data, it.kind)) != it.valuesKind {
		return nil, false
	}
	through := *(**goja.Object)(unsafe.Add(words.data, it.iterated))
	if through == nil {
		return nil, false
	}
	array := it.inside(through)
	if array.table != it.array {
		return nil, false
	}
	at := (*int64)(unsafe.Add(words.data, it.position))
	values := *it.valuesOf(array.data)
	if *at >= int64(min(len(values), int(*it.lengthOf(array.data)))) {
		return nil, false
	}
	v := values[*at]
	if v == nil || wordsOf(&v).table == it.property {
		return nil, false
	}
	*at++
	return v, true
}

// demandNext throws if an iterator has no next to call, which goja does not expect
// in a loop or pattern.
func (it *iterations) demandNext(machine, iteration unsafe.Pointer) {
	record := *(*unsafe.Pointer)(unsafe.Add(iteration, it.record))
	if record == nil {
		return
	}
	iterator := *(**goja.Object)(unsafe.Add(record, it.iterator))
	if iterator == nil || *(*func(goja.FunctionCall) goja.Value)(unsafe.Add(record, it.advance)) != nil {
		return
	}
	vm := *(**goja.Runtime)(unsafe.Add(machine, it.runtime))
	next := iterator.Get("next")
	if next == nil {
		next = goja.Undefined()
	}
	panic(vm.NewTypeError("%s is not a function", next))
}

// loopStep is the instruction at the head of for (… of a).
type loopStep struct {
	*iterations
	plain instruction
}

func (s *loopStep) exec(machine unsafe.Pointer) {
	iteration := s.current(machine)
	v, ok := s.step(iteration)
	if !ok {
		s.demandNext(machine, iteration)
		s.plain.exec(machine)
		return
	}
	*(*goja.Value)(unsafe.Add(iteration, s.value)) = v
	*(*int)(unsafe.Add(machine, s.next))++
}

// patternStep is the instruction for each place of [a, b] = c.
type patternStep struct {
	*iterations
	plain instruction
}

func (s *patternStep) exec(machine unsafe.Pointer) {
	stack := *(*[]goja.Value)(unsafe.Add(machine, s.stack))
	sp := *(*int)(unsafe.Add(machine, s.top))
	iteration := s.current(machine)
	if sp < len(stack) {
		if v, ok := s.step(iteration); ok {
			stack[sp] = v
			*(*int)(unsafe.Add(machine, s.top)) = sp + 1
			*(*int)(unsafe.Add(machine, s.next))++
			return
		}
	}
	s.demandNext(machine, iteration)
	s.plain.exec(machine)
}

// patternRest is the instruction for the …rest of a pattern. The engine makes the
// array, of what is left at the end.
type patternRest struct {
	*iterations
	plain instruction
}

func (s *patternRest) exec(machine unsafe.Pointer) {
	var values []goja.Value
	for iteration := s.current(machine); ; {
		v, ok := s.step(iteration)
		if !ok {
			break
		}
		values = append(values, v)
	}
	s.plain.exec(machine)
	stack := *(*[]goja.Value)(unsafe.Add(machine, s.stack))
	rest, ok := stack[*(*int)(unsafe.Add(machine, s.top))-1].(*goja.Object)
	if len(values) > 0 && ok {
		array := s.inside(rest).data
		s.setElements(array, append(values, *s.valuesOf(array)...))
	}
}

// spread is the instruction for the …a of an array literal.
type spread struct {
	*iterations
	plain instruction
}

func (s *spread) exec(machine unsafe.Pointer) {
	stack := *(*[]goja.Value)(unsafe.Add(machine, s.stack))
	sp := *(*int)(unsafe.Add(machine, s.top))
	literal, ok := stack[sp-2].(*goja.Object)
	values, known := s.elements(stack[sp-1])
	if !ok || !known {
		s.plain.exec(machine)
		return
	}
	array := s.inside(literal).data
	at := s.valuesOf(array)
	*at = append(*at, values...)
	*s.lengthOf(array) += uint32(len(values))
	*s.filledOf(array) += len(values)
	*(*int)(unsafe.Add(machine, s.top)) = sp - 1
	*(*int)(unsafe.Add(machine, s.next))++
}

// elements gives what an iteration through a value would give, if that is an array
// without holes and iterated as arrays are.
func (it *iterations) elements(v goja.Value) ([]goja.Value, bool) {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil, false
	}
	array := it.inside(o)
	if array.table != it.array || !it.isDense(array.data) {
		return nil, false
	}
	values := *it.valuesOf(array.data)
	if len(values) > 1<<30 || slices.Contains(values, nil) {
		return nil, false
	}
	open, ok := it.builtIn(o.GetSymbol(goja.SymIterator), it.valuesCode)
	if !ok {
		return nil, false
	}
	iterator, ok := open(goja.FunctionCall{This: o}).(*goja.Object)
	if !ok {
		return nil, false
	}
	_, ok = it.builtIn(iterator.Get("next"), it.nextCode)
	return values, ok
}

// builtIn gives the body of a built-in function if it executes what is expected.
func (l *objectLayout) builtIn(v goja.Value, code uintptr) (func(goja.FunctionCall) goja.Value, bool) {
	o, ok := v.(*goja.Object)
	if !ok || l.inside(o).table != l.call {
		return nil, false
	}
	body := (*func(goja.FunctionCall) goja.Value)(unsafe.Add(l.inside(o).data, l.body))
	return *body, codeOf(body) == code
}
