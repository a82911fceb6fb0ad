package gojaengine

import (
	"fmt"
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
)

// A regular expression that is applied to one text again and again, as in
// while ((m = re.exec(text))), keeps what it made of the text. Before it uses
// that, goja compares the two texts, and where one has characters beyond ASCII it
// does so unit by unit each time: the loop is quadratic. So the kept text is put
// into sameText, which sees first whether it is the very same one.

// matchLayout tells where goja keeps the text.
type matchLayout struct {
	regexp                          unsafe.Pointer // table of self of an expression
	pattern, matcher, cache, target uintptr
	wide                            unsafe.Pointer // table of values that are texts beyond ASCII
}

var matchLayoutOf = sync.OnceValues(func() (*matchLayout, error) {
	objects, err := objectLayoutOf()
	if err != nil {
		return nil, err
	}
	vm := goja.New()
	sample, err := vm.RunString("/a/")
	if err != nil {
		return nil, err
	}
	l := &matchLayout{regexp: objects.inside(sample.ToObject(vm)).table}
	at := insideType(sample.ToObject(vm))
	for _, step := range []struct {
		field  string
		offset *uintptr
	}{{"pattern", &l.pattern}, {"regexp2Wrapper", &l.matcher}, {"cache", &l.cache}} {
		if at.Kind() != reflect.Pointer || at.Elem().Kind() != reflect.Struct {
			return nil, fmt.Errorf("%v is no pointer to a struct", at)
		}
		f, ok := at.Elem().FieldByName(step.field)
		if !ok || len(f.Index) > 1 {
			return nil, fmt.Errorf("%v has no %s", at, step.field)
		}
		*step.offset, at = f.Offset, f.Type
	}
	target, ok := at.Elem().FieldByName("target")
	if !ok || target.Type != reflect.TypeFor[goja.String]() {
		return nil, fmt.Errorf("%v has no text", at)
	}
	l.target = target.Offset
	wide := goja.Value(goja.StringFromUTF16([]uint16{0x100}))
	if t := reflect.TypeOf(wide); t.Kind() != reflect.Slice || t.Elem().Kind() != reflect.Uint16 {
		return nil, fmt.Errorf("goja keeps texts as %v", t)
	}
	l.wide = wordsOf(&wide).table
	return l, nil
})

// kept gives where an expression keeps its text, nil if it keeps none.
func (l *matchLayout) kept(objects *objectLayout, expression goja.Value) *goja.String {
	o, ok := expression.(*goja.Object)
	if !ok {
		return nil
	}
	inside := objects.inside(o)
	if inside.table != l.regexp {
		return nil
	}
	at := inside.data
	for _, offset := range []uintptr{l.pattern, l.matcher, l.cache} {
		if at = *(*unsafe.Pointer)(unsafe.Add(at, offset)); at == nil {
			return nil
		}
	}
	return (*goja.String)(unsafe.Add(at, l.target))
}

// engineText is a text of goja's, under a name that hides none of its methods.
type engineText = goja.String

// sameText is a text that knows itself at once.
type sameText struct {
	engineText
	units []uint16 // those of the text
	wide  unsafe.Pointer
}

// longText is the length, in UTF-16 units, from which it pays.
const longText = 256

// SameAs compares as Object.is does.
func (t *sameText) SameAs(other goja.Value) bool {
	if words := wordsOf(&other); words.table == t.wide {
		units := *(*[]uint16)(words.data)
		if len(units) == len(t.units) && unsafe.SliceData(units) == unsafe.SliceData(t.units) {
			return true
		}
	}
	return t.engineText.SameAs(other)
}

// bindMatching has expressions keep their text so.
func (in *instance) bindMatching() {
	objects, err := objectLayoutOf()
	if err != nil {
		return // it is slow, but right
	}
	layout, err := matchLayoutOf()
	if err != nil {
		return
	}
	body := func(plain func(goja.FunctionCall) goja.Value) func(goja.FunctionCall) goja.Value {
		return func(call goja.FunctionCall) goja.Value {
			answer := plain(call)
			text := layout.kept(objects, call.This)
			if text == nil || *text == nil {
				return answer
			}
			if _, known := (*text).(*sameText); known {
				return answer
			}
			if value := goja.Value(*text); wordsOf(&value).table == layout.wide {
				if units := *(*[]uint16)(wordsOf(&value).data); len(units) >= longText {
					*text = &sameText{*text, units, layout.wide}
				}
			}
			return answer
		}
	}
	objects.rebody(in.vm, "RegExp.prototype.exec", body)
	objects.rebody(in.vm, "RegExp.prototype.test", body)
}
