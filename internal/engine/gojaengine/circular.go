package gojaengine

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// circularMessage is what V8 says of a value that JSON.stringify cannot write
// because it contains itself.
func circularMessage(value *goja.Object) string {
	const head = "Converting circular structure to JSON"
	var path []step
	if !findCircle(value, "", &path, 0) {
		return head
	}
	last := path[len(path)-1]
	first := 0
	for first < len(path)-1 && path[first].object != last.object {
		first++
	}
	lines := []string{"\n    --> starting at object with constructor " + constructorOf(path[first].object)}
	circle := path[first+1 : len(path)-1]
	for i, s := range circle {
		// V8 shows the first two steps of a long way and its last.
		if i >= 2 && i < len(circle)-1 {
			if i == 2 {
				lines = append(lines, "\n    |     ...")
			}
			continue
		}
		lines = append(lines, "\n    |     "+s.key+" -> object with constructor "+constructorOf(s.object))
	}
	return head + strings.Join(lines, "") + "\n    --- " + last.key + " closes the circle"
}

// step is an object on the way and how the one before reaches it.
type step struct {
	object *goja.Object
	key    string
}

func constructorOf(o *goja.Object) string {
	if c, ok := o.Get("constructor").(*goja.Object); ok {
		return "'" + c.Get("name").String() + "'"
	}
	return "'Object'"
}

// findCircle walks an object until the way meets itself.
func findCircle(o *goja.Object, key string, path *[]step, depth int) bool {
	met := false
	for _, s := range *path {
		met = met || s.object == o
	}
	*path = append(*path, step{o, key})
	if met {
		return true
	}
	if depth < 200 {
		isList := o.ClassName() == "Array"
		for _, k := range o.Keys() {
			child, ok := o.Get(k).(*goja.Object)
			if !ok {
				continue
			}
			if _, isFunction := goja.AssertFunction(child); isFunction {
				continue
			}
			name := "property '" + k + "'"
			if _, err := strconv.Atoi(k); isList && err == nil {
				name = "index " + k
			}
			if findCircle(child, name, path, depth+1) {
				return true
			}
		}
	}
	*path = (*path)[:len(*path)-1]
	return false
}
