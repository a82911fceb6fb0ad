package gojaengine

import (
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// goja keeps the names of an object's members in a list, and delete looks through
// it from the front and moves the rest up. In an object that is a cache or an
// index of thousands, that is what takes the time. Here the search begins where
// the last one ended, and the shorter side of the list moves.

// manyNames is how many members an object has for that to be worth while.
const manyNames = 64

// nearby is how far from the last place the search looks before it begins at the
// front.
const nearby = 16

// deletion is the instruction delete a[b].
type deletion struct {
	*instructionLayout
	*objectLayout
	last  *int // where the name before this one was
	plain instruction
}

func (d *deletion) exec(machine unsafe.Pointer) {
	stack := *(*[]goja.Value)(unsafe.Add(machine, d.stack))
	sp := *(*int)(unsafe.Add(machine, d.top))
	if o, ok := stack[sp-2].(*goja.Object); ok && d.remove(o, stack[sp-1]) {
		stack[sp-2] = d.yes
		*(*int)(unsafe.Add(machine, d.top)) = sp - 1
		*(*int)(unsafe.Add(machine, d.next))++
		return
	}
	d.plain.exec(machine)
}

// remove leaves to the engine whatever is not a simple member of a big, simple
// object.
func (d *deletion) remove(o *goja.Object, key goja.Value) bool {
	words := d.inside(o)
	if words.table != d.objectLayout.plain {
		return false
	}
	at := d.namesOf(words.data)
	names := *at
	if len(names) < manyNames || shared(names) {
		return false
	}
	var name unistring.String
	switch k := wordsOf(&key); k.table {
	case d.ascii:
		name = unistring.String(*(*string)(k.data))
	case d.integer:
		name = unistring.String(key.String())
	default:
		return false
	}
	members := *d.membersOf(words.data)
	if v, ok := members[name]; !ok || wordsOf(&v).table == d.property {
		return false
	}
	i := d.find(names, name)
	if i < 0 {
		return false
	}
	delete(members, name)
	if i < len(names)/2 {
		copy(names[1:i+1], names[:i])
		names[0] = ""
		*at = names[1:]
	} else {
		copy(names[i:], names[i+1:])
		names[len(names)-1] = ""
		*at = names[:len(names)-1]
	}
	// How many names at the front are in order, and how many of them are numbers.
	if sorted := (*int)(unsafe.Add(words.data, d.sorted)); i < *sorted {
		*sorted--
		if indexes := (*int)(unsafe.Add(words.data, d.indexes)); i < *indexes {
			*indexes--
		}
	}
	*d.last = i
	return true
}

func (d *deletion) find(names []unistring.String, name unistring.String) int {
	if names[0] == name {
		return 0
	}
	if names[len(names)-1] == name {
		return len(names) - 1
	}
	for i := max(0, *d.last-nearby); i < min(len(names), *d.last+nearby); i++ {
		if names[i] == name {
			return i
		}
	}
	for i, n := range names {
		if n == name {
			return i
		}
	}
	return -1
}

// shared reports whether goja goes through the names at the moment and has marked
// them so that they are copied before a change. The mark is no name.
func shared(names []unistring.String) bool {
	return cap(names) > len(names) && names[:cap(names)][cap(names)-1] != ""
}
