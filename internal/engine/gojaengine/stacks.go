package gojaengine

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unsafe"

	"github.com/dop251/goja"
)

// goja gives errors a stack in a form of its own, made inside the engine where
// nothing can be put in front. Functions read err.stack, log it and parse it, so
// it has to read as V8's:
//
//	TypeError: message
//	    at fn (file:line:column)
//
// Therefore the error classes are replaced by ones that give every error an own
// accessor "stack", which writes V8's form when it is first read. The engine's
// own throws must go the same way, so its references to the classes are replaced
// too; these, and the frames that an error keeps, are reached with reflection
// and unsafe. layoutOf finds out once whether goja still looks as expected, and
// what differs is left as it is.

// errorLayout tells where goja keeps what bindErrors needs.
type errorLayout struct {
	self, frames, added uintptr // offsets in Object, errorObject, errorObject
	errorType           reflect.Type
	classes             reflect.Value // the field of the runtime that holds the classes
}

// errorClasses are the error classes of the language; all but the first inherit
// from it.
func errorClasses() []string {
	return []string{"Error", "AggregateError", "TypeError", "ReferenceError", "SyntaxError", "RangeError", "EvalError", "URIError"}
}

// layoutOf looks at a runtime; sample is an error object of it.
func layoutOf(vm *goja.Runtime, sample *goja.Object) (*errorLayout, error) {
	self, ok := reflect.TypeFor[goja.Object]().FieldByName("self")
	if !ok || self.Type.Kind() != reflect.Interface {
		return nil, fmt.Errorf("goja.Object has no interface self")
	}
	inner := insideType(sample)
	if inner.Kind() != reflect.Pointer || inner.Elem().Kind() != reflect.Struct {
		return nil, fmt.Errorf("goja keeps errors as %v", inner)
	}
	frames, ok1 := inner.Elem().FieldByName("stack")
	added, ok2 := inner.Elem().FieldByName("stackPropAdded")
	if !ok1 || !ok2 || frames.Type != reflect.TypeFor[[]goja.StackFrame]() || added.Type.Kind() != reflect.Bool {
		return nil, fmt.Errorf("%v does not have the fields stack and stackPropAdded", inner)
	}
	classes := reflect.ValueOf(vm).Elem().FieldByName("global")
	if !classes.IsValid() || classes.Kind() != reflect.Struct {
		return nil, fmt.Errorf("goja.Runtime has no struct global")
	}
	for _, name := range errorClasses() {
		if f := classes.FieldByName(name); !f.IsValid() || f.Type() != reflect.TypeFor[*goja.Object]() {
			return nil, fmt.Errorf("goja.Runtime's global has no object %s", name)
		}
	}
	return &errorLayout{self: self.Offset, frames: frames.Offset, added: added.Offset, errorType: inner, classes: classes}, nil
}

// inside gives the engine's part of an error object, nil if it is none.
func (l *errorLayout) inside(obj *goja.Object) unsafe.Pointer {
	if insideType(obj) != l.errorType {
		return nil
	}
	// The second word of an interface is the pointer it holds.
	words := (*[2]unsafe.Pointer)(unsafe.Add(unsafe.Pointer(obj), l.self))
	return words[1]
}

func (l *errorLayout) framesOf(obj *goja.Object) []goja.StackFrame {
	if p := l.inside(obj); p != nil {
		return *(*[]goja.StackFrame)(unsafe.Add(p, l.frames))
	}
	return nil
}

// keepFrames drops all but the innermost frames of an error.
func (l *errorLayout) keepFrames(obj *goja.Object, most int) {
	if p := l.inside(obj); p != nil {
		if kept := (*[]goja.StackFrame)(unsafe.Add(p, l.frames)); len(*kept) > most {
			*kept = slices.Clone((*kept)[:most])
		}
	}
}

// ownStack keeps the engine from adding its stack property.
func (l *errorLayout) ownStack(obj *goja.Object) {
	if p := l.inside(obj); p != nil {
		*(*bool)(unsafe.Add(p, l.added)) = true
	}
}

// replaceClass makes the engine throw errors of another class object.
func (l *errorLayout) replaceClass(name string, class *goja.Object) {
	f := l.classes.FieldByName(name)
	reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem().Set(reflect.ValueOf(class))
}

// errorStacks is the state of one runtime.
type errorStacks struct {
	in             *instance
	layout         *errorLayout
	base           *goja.Object // the class Error as scripts see it
	plain          *goja.Object // the engine's own class Error
	nodeError      *goja.Symbol // marks errors of Node's own, whose header has the code
	getter, setter goja.Value
}

// bindErrors replaces the error classes and adds the native nodeErrorSymbol.
func (in *instance) bindErrors() error {
	vm := in.vm
	s := &errorStacks{in: in, plain: vm.Get("Error").ToObject(vm), nodeError: goja.NewSymbol("kIsNodeError")}
	if err := in.natives.Set("nodeErrorSymbol", s.nodeError); err != nil {
		return err
	}
	in.nodeError = s.nodeError
	in.stacks = s
	sample, err := vm.New(s.plain)
	if err != nil {
		return err
	}
	if s.layout, err = layoutOf(vm, sample); err != nil {
		return err
	}
	s.getter, s.setter = vm.ToValue(s.get), vm.ToValue(s.set)
	for _, name := range errorClasses() {
		s.replace(name)
	}
	_ = s.base.Set("captureStackTrace", s.captureStackTrace)
	_ = s.base.Set("stackTraceLimit", 10)
	return nil
}

// replace puts a class of our own in the place of one of the engine's. The engine
// has another one for what it throws itself, whose words become those of V8; what
// a program says stays as it is.
func (s *errorStacks) replace(name string) {
	vm := s.in.vm
	original := vm.Get(name).ToObject(vm)
	prototype := original.Get("prototype").ToObject(vm)
	class := s.class(name, prototype, false)
	own := s.class(name, prototype, true)
	_ = own.DefineDataProperty("prototype", prototype, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	_ = class.DefineDataProperty("name", vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = class.DefineDataProperty("length", original.Get("length"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = class.DefineDataProperty("prototype", prototype, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	_ = prototype.DefineDataProperty("constructor", class, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	if s.base == nil {
		s.base = class
	} else {
		_ = class.SetPrototype(s.base)
	}
	_ = vm.GlobalObject().DefineDataProperty(name, class, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	s.layout.replaceClass(name, own)
}

// class makes a class of errors, for programs or for the engine itself.
func (s *errorStacks) class(name string, prototype *goja.Object, engine bool) *goja.Object {
	vm := s.in.vm
	messages, details := 0, 1 // which argument is what
	if name == "AggregateError" {
		messages, details = 1, 2
	}
	return vm.ToValue(func(call goja.ConstructorCall) *goja.Object {
		obj, err := vm.New(s.plain)
		if err != nil {
			panic(rethrow(err))
		}
		switch {
		case call.NewTarget == nil || engine:
			_ = obj.SetPrototype(prototype)
		case call.This.Prototype() != s.plainPrototype():
			_ = obj.SetPrototype(call.This.Prototype())
		}
		s.attach(obj)
		message := call.Argument(messages)
		if engine {
			message = s.worded(obj, name, message)
		}
		s.fill(obj, message, call.Argument(details))
		if name == "AggregateError" {
			var list []any
			vm.ForOf(call.Argument(0), func(v goja.Value) bool { list = append(list, v); return true })
			_ = obj.DefineDataProperty("errors", vm.NewArray(list...), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
		return obj
	}).ToObject(vm)
}

// worded gives V8's words for what the engine says of an error.
func (s *errorStacks) worded(obj *goja.Object, class string, message goja.Value) goja.Value {
	if goja.IsUndefined(message) || class == "Error" {
		return message
	}
	if v8, ok := s.message(obj, class, message.String()); ok {
		return s.in.vm.ToValue(v8)
	}
	return message
}

func (s *errorStacks) plainPrototype() *goja.Object {
	p, _ := s.plain.Get("prototype").(*goja.Object)
	return p
}

// fill does what the constructor does with its arguments.
func (s *errorStacks) fill(obj *goja.Object, message, options goja.Value) {
	if !goja.IsUndefined(message) {
		text := message
		if _, isText := message.Export().(string); !isText {
			text = message.ToString()
		}
		_ = obj.DefineDataProperty("message", text, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	if o, ok := options.(*goja.Object); ok {
		if cause := o.Get("cause"); cause != nil {
			_ = obj.DefineDataProperty("cause", cause, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
	}
}

// attach gives an object the accessor.
func (s *errorStacks) attach(obj *goja.Object) {
	s.layout.ownStack(obj)
	_ = obj.DefineAccessorProperty("stack", s.getter, s.setter, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// get is the getter of stack: it writes the text once and leaves it behind as a
// plain property.
func (s *errorStacks) get(call goja.FunctionCall) goja.Value {
	obj, ok := call.This.(*goja.Object)
	if !ok {
		return goja.Undefined()
	}
	holder := obj
	for holder != nil && s.layout.inside(holder) == nil {
		holder = holder.Prototype()
	}
	if holder == nil {
		return goja.Undefined()
	}
	text := s.write(obj, s.layout.framesOf(holder))
	if holder == obj {
		_ = obj.DefineDataProperty("stack", text, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return text
}

func (s *errorStacks) set(call goja.FunctionCall) goja.Value {
	if obj, ok := call.This.(*goja.Object); ok {
		_ = obj.DefineDataProperty("stack", call.Argument(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return goja.Undefined()
}

// captureStackTrace(object, above) is Error.captureStackTrace. The frames above
// and including the function above are left out, as far as its name tells.
func (s *errorStacks) captureStackTrace(call goja.FunctionCall) goja.Value {
	vm := s.in.vm
	obj, ok := call.Argument(0).(*goja.Object)
	if !ok {
		panic(vm.NewTypeError("Invalid argument"))
	}
	frames := vm.CaptureCallStack(0, nil)
	if len(frames) > 0 && frames[0].SrcName() == "<native>" {
		frames = frames[1:]
	}
	if above, ok := call.Argument(1).(*goja.Object); ok {
		name := above.Get("name").String()
		for i := range frames {
			if frames[i].FuncName() == name {
				frames = frames[i+1:]
				break
			}
		}
	}
	s.layout.ownStack(obj)
	getter := func(fc goja.FunctionCall) goja.Value {
		text := s.write(obj, frames)
		_ = obj.DefineDataProperty("stack", text, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		return text
	}
	_ = obj.DefineAccessorProperty("stack", vm.ToValue(getter), s.setter, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return goja.Undefined()
}

// write makes the text, or whatever Error.prepareStackTrace makes of it.
func (s *errorStacks) write(obj *goja.Object, frames []goja.StackFrame) goja.Value {
	vm := s.in.vm
	limit := 0
	switch n := s.base.Get("stackTraceLimit").(type) {
	case nil:
	default:
		if _, isNumber := n.Export().(int64); isNumber || n.ExportType().Kind() == reflect.Float64 {
			limit = int(max(0, n.ToInteger()))
		}
	}
	var lines []frameLine
	for i := range frames {
		if len(lines) == limit {
			break
		}
		if line, ok := lineOf(&frames[i]); ok {
			lines = append(lines, line)
		}
	}
	if prepare, ok := goja.AssertFunction(s.base.Get("prepareStackTrace")); ok {
		sites := make([]any, len(lines))
		for i, l := range lines {
			sites[i] = []any{l.function, l.file, l.line, l.column, l.String()}
		}
		mod, err := s.in.core("internal/stack")
		if err != nil {
			panic(rethrow(err))
		}
		callSites, _ := goja.AssertFunction(mod.Get("exports").ToObject(vm).Get("callSites"))
		list, err := callSites(goja.Undefined(), vm.ToValue(sites))
		if err != nil {
			panic(rethrow(err))
		}
		made, err := prepare(s.base, obj, list)
		if err != nil {
			panic(rethrow(err))
		}
		return made
	}
	var b strings.Builder
	b.WriteString(s.header(obj))
	for _, l := range lines {
		b.WriteString("\n    at ")
		b.WriteString(l.String())
	}
	return vm.ToValue(b.String())
}

// header is the first line: name and message as they are now.
func (s *errorStacks) header(obj *goja.Object) string {
	text := func(key, missing string) string {
		v := obj.Get(key)
		if v == nil || goja.IsUndefined(v) {
			return missing
		}
		return v.String()
	}
	name, message := text("name", "Error"), text("message", "")
	if obj.GetSymbol(s.nodeError) != nil {
		name += " [" + text("code", "") + "]"
	}
	switch {
	case name == "":
		return message
	case message == "":
		return name
	}
	return name + ": " + message
}

// frameLine is one line of a stack.
type frameLine struct {
	function, file string
	line, column   int
}

func (l frameLine) String() string {
	at := l.file
	if l.line > 0 {
		at = fmt.Sprintf("%s:%d:%d", l.file, l.line, l.column)
	}
	if l.function == "" {
		return at
	}
	return l.function + " (" + at + ")"
}

// lineOf gives a frame as V8 would show it, false for frames of the Node layer.
func lineOf(f *goja.StackFrame) (frameLine, bool) {
	name := f.FuncName()
	file := f.SrcName()
	if strings.HasPrefix(file, "node:") {
		return frameLine{}, false
	}
	if file == "<native>" {
		if name == "<native>" || name == "" || strings.Contains(name, "github.com/") {
			return frameLine{}, false
		}
		return frameLine{function: name, file: "<anonymous>"}, true
	}
	if name == "<anonymous>" {
		name = ""
	}
	p := positionOf(f)
	if p.Filename != "" {
		file = p.Filename
	}
	return frameLine{function: name, file: file, line: p.Line, column: p.Column}, true
}
