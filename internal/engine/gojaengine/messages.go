package gojaengine

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
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
	case "Must call super constructor in derived class before returning from derived constructor":
		return "Must call super constructor in derived class before accessing 'this' or returning from derived constructor"
	case "The normalization form should be one of NFC, NFD, NFKC, NFKD":
		return "The normalization form should be one of NFC, NFD, NFKC, NFKD."
	case "RegExp doesn't have global flag set":
		return "String.prototype.matchAll called with a non-global RegExp argument"
	case "Promise self-resolution":
		return "Chaining cycle detected for promise #<Promise>"
	case "prototype is not an object":
		return "Function has non-object prototype 'undefined' in instanceof check"
	}
	return ""
}

// message gives V8's words for what the engine says of obj; ok is false if they
// are the same or not known.
func (s *errorStacks) message(obj *goja.Object, class, text string) (v8 string, ok bool) {
	if fixed := fixedMessages(text); fixed != "" {
		return fixed, true
	}
	if strings.HasPrefix(text, "Could not convert &{") && strings.HasSuffix(text, " to primitive") {
		return "Cannot convert object to primitive value", true
	}
	if strings.HasPrefix(text, "Expecting a function in instanceof check, but got ") {
		return "Right-hand side of 'instanceof' is not callable", true
	}
	if rest, ok := strings.CutSuffix(text, " called on incompatible receiver [object Object]"); ok {
		return rest + " called on incompatible receiver #<Object>", true
	}
	for _, begin := range []string{"Byte length of ", "Start offset of "} {
		if strings.HasPrefix(text, begin) && strings.Contains(text, "Array should be a multiple of ") {
			return strings.ToLower(begin[:1]) + text[1:], true
		}
	}
	if n, ok := between(text, "Cannot convert ", " to a BigInt"); ok && class == "RangeError" {
		return "The number " + n + " cannot be converted to a BigInt because it is not an integer", true
	}
	if rest, ok := strings.CutPrefix(text, "SyntaxError: "); ok && class == "SyntaxError" {
		return syntaxMessage(rest), true
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
	here, known := failingAt(inner)
	if !known {
		return s.inNative(inner.FuncName(), text)
	}
	src, at := here.src, here.at
	if key, ok := between(text, "Cannot read property '", "' of undefined"); ok {
		return s.readNothing(src, at, key), true
	}
	if name, ok := between(text, "Object has no member '", "'"); ok {
		if callee := expressionBefore(src, at); callee != "" {
			name = callee
		}
		if strings.HasPrefix(name, loweredLoop) && len(frames) > 1 {
			if outer, ok := failingAt(&frames[1]); ok {
				if open := strings.IndexByte(outer.src[outer.at:], '('); open >= 0 {
					return expressionAfter(outer.src, outer.at+open+1) + " is not async iterable", true
				}
			}
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
		return s.notObject(here, text)
	}
	if key, ok := between(text, "Cannot assign to read only property '", "'"); ok {
		return s.readOnly(here, key), true
	}
	if key, ok := between(text, "Cannot delete property '", "' of "); ok {
		return "Cannot delete property '" + key + "' of " + shown(s.layout.top(s.in.vm, here.operand())), true
	}
	if strings.HasPrefix(text, "Receiver is not an object: ") {
		v := s.layout.top(s.in.vm, here.operand())
		kind, _, _ := strings.Cut(callSite(v), " ")
		return "Cannot create property '" + s.key(here) + "' on " + kind + " '" + shown(v) + "'", true
	}
	if text == "" && strings.HasPrefix(here.name, "setElem") {
		return s.readOnly(here, s.key(here)), true
	}
	return s.atInstruction(here, text)
}

// loweredLoop begins what esbuild's function for "for await" asks of a value that
// cannot be gone through.
const loweredLoop = `obj[__knownSymbol("iterator")]`

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
func (s *errorStacks) atInstruction(here failing, text string) (string, bool) {
	src, at := here.src, here.at
	if strings.HasSuffix(text, " is not a method") && (strings.HasPrefix(here.name, "iterate") || here.name == "pushArraySpread") {
		return here.notIterable(s.layout.top(s.in.vm, here.operand()))
	}
	switch text {
	case "Value is not a constructor":
		if strings.HasPrefix(src[at:], "new ") {
			return constructed(src, at+4) + " is not a constructor", true
		}
	case "Value is not object coercible":
		return here.takenApart(s.layout.nothing(s.in.vm, 1)), true
	case "Cannot convert undefined or null to object":
		return s.convertNothing(here)
	case "object is not iterable":
		return here.notIterable(s.layout.top(s.in.vm, here.operand()))
	case "Class extends value is not a constructor or null":
		return "Class extends value " + shown(s.layout.top(s.in.vm, 1)) + " is not a constructor or null", true
	case "Class constructor cannot be invoked without 'new'":
		if class, ok := s.layout.top(s.in.vm, here.count+1).(*goja.Object); ok && here.name == "call" {
			if name := class.Get("name"); name != nil && name.String() != "" {
				return "Class constructor " + name.String() + " cannot be invoked without 'new'", true
			}
			return "Class constructors cannot be invoked without 'new'", true
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
func (s *errorStacks) notObject(here failing, text string) (string, bool) {
	src, at := here.src, here.at
	rest := src[at:]
	switch here.name {
	case "iterateP", "iterate", "pushArraySpread", "pushSpread":
		return "Result of the Symbol.iterator method is not an object", true
	case "iterNext", "iterGetNextOrUndef":
		return "Iterator result " + strings.TrimPrefix(text, "Value is not an object: ") + " is not an object", true
	case "op_in":
		key, target := s.layout.top(s.in.vm, 2), s.layout.top(s.in.vm, 1)
		return "Cannot use 'in' operator to search for '" + shown(key) + "' in " + shown(target), true
	case "op_instanceof":
		return "Right-hand side of 'instanceof' is not an object", true
	}
	switch {
	case strings.HasPrefix(rest, "("), strings.HasPrefix(rest, "`"):
		if callee := expressionBefore(src, at); callee != "" {
			return callee + " is not a function", true
		}
	case strings.HasPrefix(rest, "new "):
		class := constructed(src, at+4)
		if _, native := s.in.vm.Get(class).(*goja.Object); native {
			return s.inNative("new "+class, text)
		}
		return class + " is not a constructor", true
	}
	return "", false
}

// constructed reads the expression behind new.
func constructed(src string, at int) string {
	end := at
	for end < len(src) {
		switch c := src[end]; {
		case isIdentifier(c) || c == '.' || c == '#':
			end++
			continue
		case c == '[' && end > at:
			if n := closeAfter(src, end); n > 0 {
				end = n + 1
				continue
			}
		}
		break
	}
	if end == at {
		return expressionAfter(src, at)
	}
	return expressionBefore(src, end)
}

// inNative words what a built-in function or class says.
func (s *errorStacks) inNative(function, text string) (string, bool) {
	value, noObject := strings.CutPrefix(text, "Value is not an object: ")
	switch text {
	case "length is not writable":
		return "Cannot assign to read only property 'length' of object '[object Array]'", true
	case "[object Object] is not extensible":
		return "#<Object> is not extensible", true
	case "Constructor TypedArray requires 'new'":
		return "Constructor " + function + " requires 'new'", true
	}
	if key, ok := between(text, "Cannot delete property '", "' of "); ok {
		return "Cannot delete property '" + key + "' of " + shown(s.layout.slot(s.in.vm, int(machine(s.in.vm).FieldByName("sb").Int())-2)), true
	}
	switch function {
	case "sort":
		return "Cannot assign to read only property '0' of object '[object Array]'", text == ""
	case "map", "forEach", "filter", "find", "findIndex", "findLast", "findLastIndex", "some", "every", "flatMap", "reduce", "reduceRight":
		if noObject || strings.HasSuffix(text, " is not a function") {
			return shown(s.layout.given(s.in.vm)) + " is not a function", true
		}
	case "new Promise":
		return "Promise resolver " + value + " is not a function", noObject
	case "new Map", "fromEntries":
		if noObject {
			return "Iterator value " + value + " is not an entry object", true
		}
	case "new WeakMap":
		return "Invalid value used as weak map key", noObject
	case "new WeakSet":
		return "Invalid value used in weak set", noObject
	case "apply":
		return "CreateListFromArrayLike called on non-object", noObject
	}
	switch {
	case text == "Value is not object coercible" && function == "fromEntries":
		return callSite(s.layout.given(s.in.vm)) + " is not iterable", true
	case text == "object is not iterable", text == "Cannot convert undefined or null to object" && slices.Contains([]string{"from", "all", "race", "any", "allSettled"}, function):
		return callSite(s.layout.given(s.in.vm)) + " is not iterable (cannot read property Symbol(Symbol.iterator))", true
	}
	return "", false
}

// given is the first argument of the native function that is running.
func (l *errorLayout) given(vm *goja.Runtime) goja.Value {
	m := machine(vm)
	first := m.FieldByName("sb").Int()
	if first >= m.FieldByName("sp").Int() {
		return goja.Undefined()
	}
	return l.slot(vm, int(first))
}

// operand gives how deep in the machine's stack the value is that an instruction
// works on.
func (f failing) operand() int {
	switch {
	case f.name == "pushSpread": // already taken off
		return 0
	case strings.HasPrefix(f.name, "setElem"):
		return 3
	case strings.HasPrefix(f.name, "setProp"), strings.HasPrefix(f.name, "deleteElem"):
		return 2
	}
	return 1
}

// key gives the name of the member that an instruction sets.
func (s *errorStacks) key(here failing) string {
	if strings.HasPrefix(here.name, "setElem") || strings.HasPrefix(here.name, "deleteElem") {
		return shown(s.layout.top(s.in.vm, here.operand()-1))
	}
	return here.member
}

// readOnly words the assignment to a member that cannot be changed.
func (s *errorStacks) readOnly(here failing, key string) string {
	v := s.layout.top(s.in.vm, here.operand())
	o, isObject := v.(*goja.Object)
	if !isObject {
		kind, _, _ := strings.Cut(callSite(v), " ")
		return "Cannot assign to read only property '" + key + "' of " + kind + " '" + shown(v) + "'"
	}
	if getter, ok := s.accessor(o, key); ok && getter {
		return "Cannot set property " + key + " of " + shown(o) + " which has only a getter"
	}
	kind, _, _ := strings.Cut(callSite(o), " ")
	return "Cannot assign to read only property '" + key + "' of " + kind + " '" + shown(o) + "'"
}

// accessor reports whether a member is one of getter and setter.
func (s *errorStacks) accessor(o *goja.Object, key string) (getter, ok bool) {
	objects, err := objectLayoutOf()
	if err != nil {
		return false, false
	}
	find, callable := goja.AssertFunction(s.in.vm.Get("Object").ToObject(s.in.vm).Get("getOwnPropertyDescriptor"))
	for ; callable && o != nil; o = o.Prototype() {
		if t := objects.inside(o).table; t != objects.plain && t != objects.array {
			return false, false // a proxy would notice
		}
		d, err := find(goja.Undefined(), o, s.in.vm.ToValue(key))
		if err != nil {
			return false, false
		}
		if d, isObject := d.(*goja.Object); isObject {
			get := d.Get("get")
			return get != nil && !goja.IsUndefined(get), true
		}
	}
	return false, false
}

// convertNothing words an assignment to a member of nothing, or a loop over it.
func (s *errorStacks) convertNothing(here failing) (string, bool) {
	switch nothing := s.layout.nothing(s.in.vm, here.operand()); {
	case strings.HasPrefix(here.name, "setProp"), strings.HasPrefix(here.name, "setElem"):
		return "Cannot set properties of " + nothing + " (setting '" + s.key(here) + "')", true
	case strings.HasPrefix(here.name, "iterate"), here.name == "pushArraySpread", here.name == "pushSpread":
		return here.notIterable(s.layout.top(s.in.vm, here.operand()))
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

// syntaxPlace matches what goja adds to a syntax error of eval and Function: where
// it is, in front of the text or behind it, and how many more there are.
var syntaxPlace = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\S*: Line \d+:\d+ | at \S*:\d+:\d+$| \(and \d+ more errors\)$`)
})

// syntaxMessage words what goja's parser says.
func syntaxMessage(text string) string {
	text = syntaxPlace().ReplaceAllString(syntaxPlace().ReplaceAllString(text, ""), "")
	switch {
	case text == "Unexpected token ILLEGAL":
		return "Invalid or unexpected token"
	case strings.HasPrefix(text, "Unexpected token ") && !strings.HasSuffix(text, "'"):
		return "Unexpected token '" + strings.TrimPrefix(text, "Unexpected token ") + "'"
	case strings.HasSuffix(text, " in strict mode"):
		return text + "."
	}
	return text
}

// regexpMessage words what is wrong with a regular expression.
func regexpMessage(text, pattern, flags string) string {
	what := text
	for _, known := range [][2]string{
		{"missing argument to repetition operator", "Nothing to repeat"}, {"invalid nested repetition operator", "Nothing to repeat"},
		{"trailing backslash at end of expression", `\ at end of pattern`}, {"invalid repeat count", "numbers out of order in {} quantifier"},
		{"invalid character class range", "Range out of order in character class"}, {"missing closing )", "Unterminated group"},
		{"missing closing ]", "Unterminated character class"}, {"unexpected )", "Unmatched ')'"}, {"(?< in `", "Invalid capture group name"},
		{"unrecognized grouping construct", "Invalid group"}, {"reference to undefined group", "Invalid named capture referenced"},
		{"invalid escape sequence", "Invalid Unicode escape"}, {"Invalid property name", "Invalid property name"},
	} {
		if strings.Contains(text, known[0]) {
			what = known[1]
			break
		}
	}
	if strings.HasPrefix(what, "Invalid regular expression") || strings.HasPrefix(what, "Invalid flags") {
		return what
	}
	return "Invalid regular expression: /" + pattern + "/" + flags + ": " + what
}
