package gojaengine

import (
	"unsafe"
	"weak"

	"github.com/dop251/goja"
)

// goja copies both operands of a + b for strings, so a text that is built piece
// by piece costs the square of its length; V8 does not copy at all. Here a string
// that is appended to a second time gets room behind it, and further pieces are
// written there. The strings themselves stay what they were: nothing is ever
// changed that a string can see, and only one string may go on where another
// ends, the last one made.

// joinedFrom is the length, in bytes or in units of two, from which on a string
// on the left is worth the look.
const joinedFrom = 256

// longestString is V8's String::kMaxLength; more is a RangeError.
const longestString = 1<<29 - 24

// joiner is the state that the instructions of an engine share.
type joiner struct {
	*instructionLayout
	bytes tails[byte]
	units tails[uint16]
}

// addition is the instruction a + b.
type addition struct {
	*joiner
	plain instruction
}

func (a *addition) exec(machine unsafe.Pointer) {
	stack := *(*[]goja.Value)(unsafe.Add(machine, a.stack))
	sp := *(*int)(unsafe.Add(machine, a.top))
	if !a.isLong(stack[sp-2]) {
		a.plain.exec(machine)
		return
	}
	left := stack[sp-2]
	if joined, ok := a.join(machine, left, stack[sp-1]); ok {
		stack[sp-2] = joined
		*(*int)(unsafe.Add(machine, a.top)) = sp - 1
		*(*int)(unsafe.Add(machine, a.next))++
		return
	}
	if wordsOf(&stack[sp-1]).table == a.wide {
		a.plain.exec(machine) // from one byte to two: all is copied
		return
	}
	// '' + right makes a string of whatever is there, exactly as left + right would.
	stack[sp-2] = a.empty
	a.plain.exec(machine)
	stack = *(*[]goja.Value)(unsafe.Add(machine, a.stack))
	joined, ok := a.join(machine, left, stack[sp-2])
	if !ok {
		joined = left.(goja.String).Concat(stack[sp-2].(goja.String))
	}
	stack[sp-2] = joined
}

// templateLiteral is the instruction that puts the parts of a template together.
type templateLiteral struct {
	*joiner
	parts int
	plain instruction
}

func (t *templateLiteral) exec(machine unsafe.Pointer) {
	stack := *(*[]goja.Value)(unsafe.Add(machine, t.stack))
	sp := *(*int)(unsafe.Add(machine, t.top))
	parts := stack[sp-t.parts : sp]
	if t.parts < 2 || !t.isLong(parts[0]) {
		t.plain.exec(machine)
		return
	}
	joined := parts[0]
	for _, part := range parts[1:] {
		var ok bool
		if joined, ok = t.join(machine, joined, part); !ok {
			t.plain.exec(machine)
			return
		}
	}
	parts[0] = joined
	*(*int)(unsafe.Add(machine, t.top)) = sp - t.parts + 1
	*(*int)(unsafe.Add(machine, t.next))++
}

// isLong reports whether a value is a string that is worth more than a copy.
func (j *joiner) isLong(v goja.Value) bool {
	words := wordsOf(&v)
	switch words.table {
	case j.ascii:
		return len(*(*string)(words.data)) >= joinedFrom
	case j.wide:
		return len(*(*[]uint16)(words.data)) >= joinedFrom
	}
	return false
}

// join appends one string to another. It leaves to the engine what is no string
// or needs the left one to be converted.
func (j *joiner) join(machine unsafe.Pointer, left, right goja.Value) (goja.Value, bool) {
	l, r := wordsOf(&left), wordsOf(&right)
	if l.table == j.ascii {
		if r.table != j.ascii {
			return nil, false
		}
		head, tail := *(*string)(l.data), *(*string)(r.data)
		j.limit(machine, len(head)+len(tail))
		if tail == "" {
			return left, true
		}
		joined := j.bytes.join(unsafe.Slice(unsafe.StringData(head), len(head)), unsafe.Slice(unsafe.StringData(tail), len(tail)))
		text := unsafe.String(unsafe.SliceData(joined), len(joined))
		return j.value(j.ascii, unsafe.Pointer(&text)), true
	}
	head := *(*[]uint16)(l.data)
	var joined []uint16
	switch r.table {
	case j.wide:
		tail := (*(*[]uint16)(r.data))[1:] // the first unit is a mark
		j.limit(machine, len(head)+len(tail))
		joined = j.units.join(head, tail)
	case j.ascii:
		tail := *(*string)(r.data)
		j.limit(machine, len(head)+len(tail))
		if tail == "" {
			return left, true
		}
		var few [64]uint16
		units := few[:0]
		for i := range len(tail) {
			units = append(units, uint16(tail[i]))
		}
		joined = j.units.join(head, units)
	default:
		return nil, false
	}
	return j.value(j.wide, unsafe.Pointer(&joined)), true
}

// value makes a value of one of goja's string types, whose table is given.
func (j *joiner) value(table, data unsafe.Pointer) goja.Value {
	var v goja.Value
	*wordsOf(&v) = interfaceWords{table, data}
	return v
}

func (j *joiner) limit(machine unsafe.Pointer, length int) {
	if length <= longestString {
		return
	}
	vm := *(**goja.Runtime)(unsafe.Add(machine, j.runtime))
	tooLong, err := vm.New(vm.Get("RangeError"), vm.ToValue("Invalid string length"))
	if err != nil {
		panic(rethrow(err))
	}
	panic(tooLong)
}

// tails knows the last strings that were made by joining, and the room behind
// them.
type tails[T byte | uint16] struct {
	last [8]tail[T]
	next int // the one to forget
}

// tail is the end of a string.
type tail[T byte | uint16] struct {
	at   uintptr // where the string begins; not more than a guess while memory is empty
	used int
	size int             // what the memory has room for
	kept weak.Pointer[T] // the memory of its own that the string is in, with room behind it
}

// join gives head with more behind it. What head is made of is not changed.
func (t *tails[T]) join(head, more []T) []T {
	begin := unsafe.SliceData(head)
	length := len(head) + len(more)
	for i := range t.last {
		e := &t.last[i]
		if e.used != len(head) || e.at != uintptr(unsafe.Pointer(begin)) {
			continue
		}
		// Without the memory another string may have come to stand there.
		if length <= e.size && e.kept.Value() == begin {
			e.used = length
			joined := unsafe.Slice(begin, e.size)[:length]
			copy(joined[len(head):], more)
			return joined
		}
		joined := make([]T, length, length+max(length/4, min(length, 1<<20)))
		copy(joined, head)
		copy(joined[len(head):], more)
		begin = unsafe.SliceData(joined)
		*e = tail[T]{uintptr(unsafe.Pointer(begin)), length, cap(joined), weak.Make(begin)}
		return joined
	}
	joined := make([]T, length)
	copy(joined, head)
	copy(joined[len(head):], more)
	t.last[t.next] = tail[T]{at: uintptr(unsafe.Pointer(unsafe.SliceData(joined))), used: length}
	t.next = (t.next + 1) % len(t.last)
	return joined
}
