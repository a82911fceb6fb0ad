package gojaengine

import (
	"fmt"
	"os"
	"reflect"
	"sort"

	"github.com/dop251/goja"
)

func (s *errorStacks) message(obj *goja.Object, text string) (string, bool) {
	frames := s.layout.framesOf(obj)
	for i := range frames {
		src, at, ok := sourceAt(&frames[i])
		if !ok {
			continue
		}
		lo := max(0, at-40)
		hi := min(len(src), at+40)
		fmt.Fprintf(os.Stderr, "%-50s %q @ %q\n", text, src[lo:at], src[at:hi])
		break
	}
	return "", false
}

// sourceAt gives the source of a frame and the offset that it stands at.
func sourceAt(f *goja.StackFrame) (src string, offset int, ok bool) {
	frame := reflect.ValueOf(f).Elem()
	prg := frame.FieldByName("prg")
	if !prg.IsValid() || prg.IsNil() {
		return "", 0, false
	}
	file := prg.Elem().FieldByName("src")
	if file.IsNil() {
		return "", 0, false
	}
	src = file.Elem().FieldByName("src").String()
	items := prg.Elem().FieldByName("srcMap")
	pc := frame.FieldByName("pc").Int()
	i := sort.Search(items.Len(), func(i int) bool { return items.Index(i).FieldByName("pc").Int() > pc }) - 1
	if i < 0 {
		return "", 0, false
	}
	offset = int(items.Index(i).FieldByName("srcPos").Int())
	return src, offset, offset <= len(src)
}
