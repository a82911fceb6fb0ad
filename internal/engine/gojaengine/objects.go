package gojaengine

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// objectLayout tells where goja keeps what is in arrays, plain objects and
// built-in functions, for the operations on them that it does too slowly.
type objectLayout struct {
	self                              uintptr        // in Object: the interface to the below
	array, plain, arrayIterator, call unsafe.Pointer // tables of self: [], {}, [].values(), a built-in function

	// Of all of them.
	prototype, extensible, members, names, sorted, indexes uintptr
	// Of arrays.
	values, length, filled, properties, lengthProperty, lengthWritable uintptr
	// Of iterators through arrays.
	iterated, position, kind uintptr
	valuesKind               int
	nextCode, valuesCode     uintptr // of the built-in next, and of what makes the iterator
	// Of functions.
	body, construct uintptr

	property unsafe.Pointer // table of a value that stands for a property with a getter, or one that is read only
	integer  unsafe.Pointer // table of integers
	yes      goja.Value
}

var objectLayoutOf = sync.OnceValues(newObjectLayout)

// fieldsAt looks fields up and says which one is not as expected.
type fieldsAt []struct {
	name string
	kind reflect.Type
	at   *uintptr
}

func (list fieldsAt) in(t reflect.Type) error {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return fmt.Errorf("%v is no struct", t)
	}
	for _, want := range list {
		f, ok := t.FieldByName(want.name)
		if !ok || f.Type != want.kind {
			return fmt.Errorf("%v has no %v %s", t, want.kind, want.name)
		}
		*want.at = f.Offset
		// The offset of a promoted field is within what it is promoted from.
		if len(f.Index) > 1 && t.Field(f.Index[0]).Offset != 0 {
			return fmt.Errorf("%v does not begin with what %s is in", t, want.name)
		}
	}
	return nil
}

func newObjectLayout() (*objectLayout, error) {
	l := &objectLayout{}
	object := reflect.TypeFor[*goja.Object]()
	self, ok := object.Elem().FieldByName("self")
	if !ok || self.Type.Kind() != reflect.Interface || self.Type.NumMethod() == 0 {
		return nil, fmt.Errorf("goja.Object has no interface self")
	}
	l.self = self.Offset
	vm := goja.New()
	sample := func(src string) *goja.Object {
		v, err := vm.RunString(src)
		if err != nil {
			return vm.NewObject()
		}
		return v.ToObject(vm)
	}
	array, plain, iterator, next := sample("[1]"), sample("({ get a() {} })"), sample("[1].values()"), sample("[].values().next")
	if err := (fieldsAt{
		{"prototype", object, &l.prototype}, {"extensible", reflect.TypeFor[bool](), &l.extensible},
		{"values", reflect.TypeFor[map[unistring.String]goja.Value](), &l.members},
		{"propNames", reflect.TypeFor[[]unistring.String](), &l.names},
		{"lastSortedPropLen", reflect.TypeFor[int](), &l.sorted}, {"idxPropCount", reflect.TypeFor[int](), &l.indexes},
	}).in(insideType(plain)); err != nil {
		return nil, err
	}
	arrayType := insideType(array)
	if err := (fieldsAt{
		{"values", reflect.TypeFor[[]goja.Value](), &l.values}, {"length", reflect.TypeFor[uint32](), &l.length},
		{"objCount", reflect.TypeFor[int](), &l.filled}, {"propValueCount", reflect.TypeFor[int](), &l.properties},
	}).in(arrayType); err != nil {
		return nil, err
	}
	length, ok := arrayType.Elem().FieldByName("lengthProp")
	if !ok || length.Type.Kind() != reflect.Struct {
		return nil, fmt.Errorf("%v has no struct lengthProp", arrayType)
	}
	l.lengthProperty = length.Offset
	if err := (fieldsAt{{"writable", reflect.TypeFor[bool](), &l.lengthWritable}}).in(length.Type); err != nil {
		return nil, err
	}
	// An array and an iterator begin with what a plain object is.
	for _, t := range []reflect.Type{arrayType, insideType(iterator), insideType(sample("Array.prototype")), insideType(sample("Object.prototype"))} {
		if !beginsWith(t.Elem(), insideType(plain).Elem()) {
			return nil, fmt.Errorf("%v does not begin with %v", t, insideType(plain))
		}
	}
	iteratorType := insideType(iterator).Elem()
	kind, ok := iteratorType.FieldByName("kind")
	if !ok || kind.Type.Kind() != reflect.Int {
		return nil, fmt.Errorf("%v has no int kind", iteratorType)
	}
	l.kind = kind.Offset
	if err := (fieldsAt{{"obj", object, &l.iterated}, {"nextIdx", reflect.TypeFor[int64](), &l.position}}).in(iteratorType); err != nil {
		return nil, err
	}
	if err := (fieldsAt{{"f", reflect.TypeFor[func(goja.FunctionCall) goja.Value](), &l.body}, {"construct", reflect.TypeFor[construct](), &l.construct}}).in(insideType(next)); err != nil {
		return nil, err
	}
	l.array, l.plain, l.arrayIterator, l.call = l.inside(array).table, l.inside(plain).table, l.inside(iterator).table, l.inside(next).table
	l.valuesKind = *(*int)(unsafe.Add(l.inside(iterator).data, l.kind))
	l.nextCode = codeOf((*func(goja.FunctionCall) goja.Value)(unsafe.Add(l.inside(next).data, l.body)))
	values := sample("[].values")
	if l.inside(values).table != l.call {
		return nil, fmt.Errorf("goja makes iterators in another way")
	}
	l.valuesCode = codeOf((*func(goja.FunctionCall) goja.Value)(unsafe.Add(l.inside(values).data, l.body)))
	getter := (*l.membersOf(l.inside(plain).data))["a"]
	one := vm.ToValue(1)
	l.property, l.integer, l.yes = wordsOf(&getter).table, wordsOf(&one).table, vm.ToValue(true)
	if list := *l.valuesOf(l.inside(array).data); len(list) != 1 || list[0] != one || l.property == nil || l.property == l.integer {
		return nil, fmt.Errorf("goja keeps the elements of arrays elsewhere")
	}
	return l, nil
}

// beginsWith reports whether a struct begins with another one.
func beginsWith(t, first reflect.Type) bool {
	for t.Kind() == reflect.Struct && t.NumField() > 0 {
		if t == first {
			return true
		}
		t = t.Field(0).Type
	}
	return false
}

// codeOf tells functions apart by what they execute.
func codeOf(f *func(goja.FunctionCall) goja.Value) uintptr {
	return **(**uintptr)(unsafe.Pointer(f))
}

// inside gives what an object is made of.
func (l *objectLayout) inside(o *goja.Object) *interfaceWords {
	return (*interfaceWords)(unsafe.Add(unsafe.Pointer(o), l.self))
}

func (l *objectLayout) valuesOf(array unsafe.Pointer) *[]goja.Value {
	return (*[]goja.Value)(unsafe.Add(array, l.values))
}

func (l *objectLayout) membersOf(object unsafe.Pointer) *map[unistring.String]goja.Value {
	return (*map[unistring.String]goja.Value)(unsafe.Add(object, l.members))
}

func (l *objectLayout) namesOf(object unsafe.Pointer) *[]unistring.String {
	return (*[]unistring.String)(unsafe.Add(object, l.names))
}

func (l *objectLayout) lengthOf(array unsafe.Pointer) *uint32 {
	return (*uint32)(unsafe.Add(array, l.length))
}

// filledOf counts the elements that are no holes.
func (l *objectLayout) filledOf(array unsafe.Pointer) *int {
	return (*int)(unsafe.Add(array, l.filled))
}

// isDense reports whether an array keeps all elements, and holes, as plain values
// in one list.
func (l *objectLayout) isDense(array unsafe.Pointer) bool {
	return *(*int)(unsafe.Add(array, l.properties)) == 0 && int(*l.lengthOf(array)) == len(*l.valuesOf(array))
}

// mayMove reports whether the elements of an array can be moved without asking
// anybody: it may grow and shrink, and nothing shines through its holes. classes
// are Array.prototype and Object.prototype.
func (l *objectLayout) mayMove(array unsafe.Pointer, classes [2]*goja.Object) bool {
	if !l.isDense(array) || !*(*bool)(unsafe.Add(array, l.extensible)) || !*(*bool)(unsafe.Add(array, l.lengthProperty+l.lengthWritable)) {
		return false
	}
	for _, class := range classes {
		if *(**goja.Object)(unsafe.Add(array, l.prototype)) != class {
			return false
		}
		array = l.inside(class).data
		for _, name := range *l.namesOf(array) {
			if name != "" && '0' <= name[0] && name[0] <= '9' {
				return false
			}
		}
	}
	return true
}

// setElements gives an array other elements.
func (l *objectLayout) setElements(array unsafe.Pointer, values []goja.Value) {
	*l.valuesOf(array) = values
	*l.lengthOf(array) = uint32(len(values))
	filled := 0
	for _, v := range values {
		if v != nil {
			filled++
		}
	}
	*l.filledOf(array) = filled
}

// rebody gives a built-in function, such as Array.prototype.shift, another body,
// which is given the one it had. To scripts it stays the function it was.
func (l *objectLayout) rebody(vm *goja.Runtime, path string, body func(plain func(goja.FunctionCall) goja.Value) func(goja.FunctionCall) goja.Value) {
	if function := l.function(vm, path); function != nil {
		at := (*func(goja.FunctionCall) goja.Value)(unsafe.Add(function, l.body))
		*at = body(*at)
	}
}

// construct is what new does with a built-in class.
type construct = func(args []goja.Value, newTarget *goja.Object) *goja.Object

// reconstruct does the same with what new calls.
func (l *objectLayout) reconstruct(vm *goja.Runtime, path string, body func(plain construct) construct) {
	if function := l.function(vm, path); function != nil {
		if at := (*construct)(unsafe.Add(function, l.construct)); *at != nil {
			*at = body(*at)
		}
	}
}

// function finds the inside of a built-in function by its path from the global
// object, nil if it is none.
func (l *objectLayout) function(vm *goja.Runtime, path string) unsafe.Pointer {
	object := vm.GlobalObject()
	for name := range strings.SplitSeq(path, ".") {
		var next *goja.Object
		var ok bool
		switch name {
		case "@@match":
			next, ok = object.GetSymbol(goja.SymMatch).(*goja.Object)
		case "@@split":
			next, ok = object.GetSymbol(goja.SymSplit).(*goja.Object)
		case "@@replace":
			next, ok = object.GetSymbol(goja.SymReplace).(*goja.Object)
		default:
			next, ok = object.Get(name).(*goja.Object)
		}
		if !ok {
			return nil
		}
		object = next
	}
	if words := l.inside(object); words.table == l.call {
		return words.data
	}
	return nil
}
