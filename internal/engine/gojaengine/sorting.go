package gojaengine

import (
	"cmp"
	"slices"

	"github.com/dop251/goja"
)

// sort calls the comparator far less often than goja, and with the same pairs in
// the same order as V8: a comparator that contradicts itself, such as one that
// gives true and false, or chance, leads to the same result as in Node.
func (a *arrays) sort(plain func(goja.FunctionCall) goja.Value) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		o, ok := call.This.(*goja.Object)
		if !ok {
			return plain(call)
		}
		words := a.inside(o)
		compare, ok := comparator(call.Argument(0))
		if !ok || words.table != a.array || !a.mayMove(words.data, a.classes) {
			return plain(call)
		}
		values := *a.valuesOf(words.data)
		work, undefined, _ := sortable(values)
		sortValues(a.vm, work, compare)
		work = append(work, undefined...)
		// The comparator may have done anything to the array.
		if words = a.inside(o); words.table == a.array && a.mayMove(words.data, a.classes) && len(*a.valuesOf(words.data)) == len(values) {
			values = *a.valuesOf(words.data)
			clear(values[copy(values, work):])
			*a.filledOf(words.data) = len(work)
			return o
		}
		for i, v := range work {
			if err := o.Set(indexName(i), v); err != nil {
				panic(rethrow(err))
			}
		}
		for i := len(work); i < len(values); i++ {
			if err := o.Delete(indexName(i)); err != nil {
				panic(rethrow(err))
			}
		}
		return o
	}
}

func (a *arrays) toSorted(plain func(goja.FunctionCall) goja.Value) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		o, ok := call.This.(*goja.Object)
		if !ok {
			return plain(call)
		}
		words := a.inside(o)
		compare, ok := comparator(call.Argument(0))
		if !ok || words.table != a.array || !a.mayMove(words.data, a.classes) {
			return plain(call)
		}
		work, undefined, holes := sortable(*a.valuesOf(words.data))
		sortValues(a.vm, work, compare)
		work = append(append(work, undefined...), holes...)
		sorted := a.vm.NewArray()
		a.setElements(a.inside(sorted).data, work)
		return sorted
	}
}

// sortable takes the values that are compared out of an array, and gives what comes
// behind them: every undefined, and undefined for every hole.
func sortable(values []goja.Value) (work, undefined, holes []goja.Value) {
	work = make([]goja.Value, 0, len(values))
	for _, v := range values {
		switch {
		case v == nil:
			holes = append(holes, goja.Undefined())
		case goja.IsUndefined(v):
			undefined = append(undefined, v)
		default:
			work = append(work, v)
		}
	}
	return work, undefined, holes
}

// comparator gives what a script passes to sort, nil for none; ok is false for
// what cannot be called.
func comparator(v goja.Value) (compare func(goja.FunctionCall) goja.Value, ok bool) {
	if goja.IsUndefined(v) {
		return nil, true
	}
	o, isObject := v.(*goja.Object)
	if !isObject {
		return nil, false
	}
	if _, callable := goja.AssertFunction(o); !callable {
		return nil, false
	}
	// Without the try block of goja.Callable: what it throws passes through here.
	compare, ok = o.Export().(func(goja.FunctionCall) goja.Value)
	return compare, ok
}

// sortValues sorts in place; values has neither holes nor undefined.
func sortValues(vm *goja.Runtime, values []goja.Value, compare func(goja.FunctionCall) goja.Value) {
	if compare != nil {
		// What is thrown leaves the array as it was.
		timSort(values, func(x, y goja.Value) float64 {
			return compare(goja.FunctionCall{This: goja.Undefined(), Arguments: []goja.Value{x, y}}).ToFloat()
		})
		return
	}
	type keyed struct {
		key   string
		text  goja.String
		value goja.Value
	}
	list := make([]keyed, len(values))
	ascii := true
	for i, v := range values {
		text := textOf(vm, v)
		list[i] = keyed{text: text, value: v}
		if list[i].key = text.String(); len(list[i].key) != text.Length() {
			ascii = false
		}
	}
	if ascii {
		slices.SortStableFunc(list, func(x, y keyed) int { return cmp.Compare(x.key, y.key) })
	} else {
		slices.SortStableFunc(list, func(x, y keyed) int { return x.text.CompareTo(y.text) })
	}
	for i := range list {
		values[i] = list[i].value
	}
}

// textOf is the operation ToString of the language.
func textOf(vm *goja.Runtime, v goja.Value) goja.String {
	if o, ok := v.(*goja.Object); ok {
		v = o.ToString()
	}
	switch t := v.(type) {
	case goja.String:
		return t
	case *goja.Symbol:
		panic(vm.NewTypeError("Cannot convert a Symbol value to a string"))
	}
	text, _ := vm.ToValue(v.String()).(goja.String)
	return text
}
