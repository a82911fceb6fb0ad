package gojaengine

import (
	"reflect"
	"strings"
	"unsafe"

	"github.com/dop251/goja"
)

// What goja says when code goes wrong differs from what V8 says, which users
// know, search for and match in their tests. The commonest messages are
// rewritten as the error is made, when the machine still stands at the
// instruction that failed: its stack holds the value and its position leads to
// the source text that V8 would quote.

// fixedMessages are those that need nothing but other words.
func fixedMessages(text string) string {
	switch text {
	case "toFixed() precision must be between 0 and 100":
		return "toFixed() digits argument must be between 0 and 100"
	case "toExponential() precision must be between 0 and 100":
		return "toExponential() argument must be between 0 and 100"
	case "toPrecision() precision must be between 1 and 100":
		return "toPrecision() argument must be between 1 and 100"
	case "No initial value":
		return "Reduce of empty array with no initial value"
	case "Constructor Promise requires 'new'":
		return "Promise constructor cannot be invoked without 'new'"
	case "Must call super constructor in derived class before accessing 'this'":
		return "Must call super constructor in derived class before accessing 'this' or returning from derived constructor"
	case "Malformed URI":
		return "URI malformed"
	}
	return ""
}

// message gives V8's words for what the engine says of obj; ok is false if they
// are the same or not known.
func (s *errorStacks) message(obj *goja.Object, class, text string) (v8 string, ok bool) {
	if fixed := fixedMessages(text); fixed != "" {
		return fixed, true
	}
	frames := s.layout.framesOf(obj)
	if len(frames) == 0 {
		return "", false
	}
	inner := &frames[0]
	if class == "SyntaxError" {
		if inner.FuncName() == "parse" && inner.SrcName() == "<native>" {
			if arg, ok := s.layout.argument(s.in.vm); ok {
				return jsonMessage(arg), true
			}
		}
		return "", false
	}
	if text == "Converting circular structure to JSON" {
		o, ok := s.layout.slot(s.in.vm, int(machine(s.in.vm).FieldByName("sb").Int())).(*goja.Object)
		if !ok {
			return "", false
		}
		return circularMessage(o), true
	}
	src, at, known := sourceAt(inner)
	if !known {
		return "", false
	}
	if key, ok := between(text, "Cannot read property '", "' of undefined"); ok {
		return s.readNothing(src, at, key), true
	}
	if name, ok := between(text, "Object has no member '", "'"); ok {
		if callee := expressionBefore(src, at); callee != "" {
			name = callee
		}
		return name + " is not a function", true
	}
	if strings.HasPrefix(text, "Not a function: ") {
		if callee := expressionBefore(src, at); callee != "" {
			return callee + " is not a function", true
		}
		return "", false
	}
	if strings.HasPrefix(text, "Value is not an object: ") {
		return s.notObject(src, at)
	}
	if strings.HasPrefix(text, "Cannot assign to read only property '") {
		return text + " of object '#<Object>'", true
	}
	if n, ok := between(text, "Cannot convert ", " to a BigInt"); ok && class == "RangeError" {
		return "The number " + n + " cannot be converted to a BigInt because it is not an integer", true
	}
	return s.atInstruction(src, at, text)
}

// between cuts text after a beginning and before an end; what follows the end is
// dropped.
func between(text, begin, end string) (string, bool) {
	rest, ok := strings.CutPrefix(text, begin)
	if !ok {
		return "", false
	}
	i := strings.LastIndex(rest, end)
	if i < 0 {
		return "", false
	}
	return rest[:i], true
}

// readNothing words the reading of a member of null or undefined.
func (s *errorStacks) readNothing(src string, at int, key string) string {
	depth := 1
	if src[at] == '[' {
		depth = 2
		if sym, ok := s.layout.top(s.in.vm, 1).(*goja.Symbol); ok {
			key = "Symbol(" + sym.String() + ")"
		}
	}
	return "Cannot read properties of " + s.layout.nothing(s.in.vm, depth) + " (reading '" + key + "')"
}

// atInstruction words what the instruction at a place in the source refused.
func (s *errorStacks) atInstruction(src string, at int, text string) (string, bool) {
	switch text {
	case "Value is not a constructor":
		if strings.HasPrefix(src[at:], "new ") {
			return expressionAfter(src, at+4) + " is not a constructor", true
		}
	case "Value is not object coercible":
		nothing := s.layout.nothing(s.in.vm, 1)
		return "Cannot destructure '" + nothing + "' as it is " + nothing + ".", true
	case "Cannot convert undefined or null to object":
		return s.convertNothing(src, at)
	case "object is not iterable":
		if e := iterated(src, at); e != "" {
			return e + " is not iterable", true
		}
	case "Class constructor cannot be invoked without 'new'":
		if callee := expressionBefore(src, at); callee != "" {
			return "Class constructor " + callee + " cannot be invoked without 'new'", true
		}
	case "Cannot access a variable before initialization":
		if name := identifierAt(src, at); name != "" {
			return "Cannot access '" + name + "' before initialization", true
		}
	}
	return "", false
}

// notObject words what the engine says of a value that is called, constructed
// or asked for members and is no object.
func (s *errorStacks) notObject(src string, at int) (string, bool) {
	rest := src[at:]
	switch {
	case strings.HasPrefix(rest, "("), strings.HasPrefix(rest, "`"):
		if callee := expressionBefore(src, at); callee != "" {
			return callee + " is not a function", true
		}
	case strings.HasPrefix(rest, "new "):
		class := expressionAfter(src, at+4)
		if _, native := s.in.vm.Get(class).(*goja.Object); native {
			return "", false // it was one of its arguments
		}
		return class + " is not a constructor", true
	}
	return "", false
}

// convertNothing words an assignment to a member of nothing, or a loop over it.
func (s *errorStacks) convertNothing(src string, at int) (string, bool) {
	if strings.HasSuffix(src[:at], ".") && !strings.HasSuffix(src[:at], "..") {
		return "Cannot set properties of " + s.layout.nothing(s.in.vm, 2) + " (setting '" + identifierAt(src, at) + "')", true
	}
	if e := iterated(src, at); e != "" {
		return e + " is not iterable", true
	}
	return "", false
}

// machine gives the engine's virtual machine; its fields are read only.
func machine(vm *goja.Runtime) reflect.Value {
	return reflect.ValueOf(vm).Elem().FieldByName("vm").Elem()
}

// top gives the value at a depth of the machine's stack, 1 being the top.
func (l *errorLayout) top(vm *goja.Runtime, depth int) goja.Value {
	return l.slot(vm, int(machine(vm).FieldByName("sp").Int())-depth)
}

// argument gives the first argument of the native function that is running.
func (l *errorLayout) argument(vm *goja.Runtime) (string, bool) {
	v := l.slot(vm, int(machine(vm).FieldByName("sb").Int()))
	if v == nil {
		return "undefined", true
	}
	if o, isObject := v.(*goja.Object); isObject {
		return "[object " + o.ClassName() + "]", true
	}
	return v.String(), true
}

func (l *errorLayout) slot(vm *goja.Runtime, i int) goja.Value {
	field := machine(vm).FieldByName("stack")
	stack := *(*[]goja.Value)(unsafe.Pointer(field.UnsafeAddr()))
	if i < 0 || i >= len(stack) {
		return nil
	}
	return stack[i]
}

// nothing says whether a value on the stack is null or undefined.
func (l *errorLayout) nothing(vm *goja.Runtime, depth int) string {
	if v := l.top(vm, depth); v != nil && goja.IsNull(v) {
		return "null"
	}
	return "undefined"
}
