package gojaengine

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/fns-dev/fns/internal/native"
)

// bindLanguage adds the natives that the piece internal/language needs to mend
// what goja lacks of the language. They are goja's own, not part of the Node
// layer's table.
func (in *instance) bindLanguage() error {
	err := in.natives.Set("expandPattern", func(call goja.FunctionCall) goja.Value {
		pattern, err := expandProperties(call.Argument(0).String())
		if err != nil {
			// V8's words.
			panic(in.errorToJS(&native.Error{Name: "SyntaxError", Message: "Invalid regular expression: /" + call.Argument(0).String() + "/: Invalid property name"}))
		}
		return in.vm.ToValue(pattern)
	})
	if err != nil {
		return err
	}
	err = in.natives.Set("separateHalves", func(call goja.FunctionCall) goja.Value {
		return in.vm.ToValue(separateHalves(call.Argument(0).String()))
	})
	if err != nil {
		return err
	}
	return in.natives.Set("replaceConstructor", in.replaceConstructor)
}

// replaceConstructor(name, translate) puts a constructor in front of a built-in
// one that passes its arguments through translate. It stays the same class:
// prototype, subclasses, instanceof and Symbol.species work as before.
func (in *instance) replaceConstructor(fc goja.FunctionCall) goja.Value {
	vm := in.vm
	name := fc.Argument(0).String()
	translate, _ := goja.AssertFunction(fc.Argument(1))
	class := vm.Get(name).ToObject(vm)
	construct, _ := goja.AssertFunction(vm.Get("Reflect").ToObject(vm).Get("construct"))
	plain, _ := goja.AssertFunction(class)

	var replacement *goja.Object
	replacement = vm.ToValue(func(call goja.ConstructorCall) *goja.Object {
		arguments := make([]any, len(call.Arguments))
		for i, a := range call.Arguments {
			arguments[i] = a
		}
		args := goja.Value(vm.NewArray(arguments...))
		if len(arguments) > 0 {
			var err error
			if args, err = translate(goja.Undefined(), args); err != nil {
				panic(in.construction(name, call.Arguments, err))
			}
		}
		var made goja.Value
		var err error
		switch {
		case call.NewTarget == nil:
			var list []goja.Value
			vm.ForOf(args, func(v goja.Value) bool { list = append(list, v); return true })
			made, err = plain(goja.Undefined(), list...)
		case call.NewTarget == replacement:
			made, err = construct(goja.Undefined(), class, args)
		default:
			made, err = construct(goja.Undefined(), class, args, call.NewTarget)
		}
		if err != nil {
			panic(in.construction(name, call.Arguments, err))
		}
		if len(call.Arguments) > 0 && name == "RegExp" {
			if objects, err := objectLayoutOf(); err == nil {
				if patterns, err := patternLayoutOf(); err == nil {
					patterns.inExpression(objects, made.ToObject(vm))
				}
			}
			before, isText := call.Arguments[0].Export().(string)
			if o, isObject := call.Arguments[0].(*goja.Object); isObject && o.ClassName() == "RegExp" {
				before, isText = o.Get("source").String(), true
			}
			if isText && (strings.ContainsAny(before, "/\n\r") || args.ToObject(vm).Get("0").String() != before) {
				setSource(made.ToObject(vm), before)
			}
		}
		return made.ToObject(vm)
	}).ToObject(vm)

	prototype := class.Get("prototype").ToObject(vm)
	// Static members are found through the prototype chain of the constructors.
	_ = replacement.SetPrototype(class)
	_ = replacement.DefineDataProperty("name", vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = replacement.DefineDataProperty("length", class.Get("length"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = replacement.DefineDataProperty("prototype", prototype, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	_ = prototype.DefineDataProperty("constructor", replacement, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = vm.GlobalObject().DefineDataProperty(name, replacement, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return goja.Undefined()
}

// construction gives V8's words to what the class RegExp throws.
func (in *instance) construction(class string, args []goja.Value, err error) any {
	thrown := rethrow(err)
	o, ok := thrown.(*goja.Object)
	if !ok || class != "RegExp" || o.Get("name") == nil || o.Get("name").String() != "SyntaxError" {
		return thrown
	}
	text := func(i int) string {
		if i >= len(args) || goja.IsUndefined(args[i]) {
			return ""
		}
		return args[i].String()
	}
	words := regexpMessage(o.Get("message").String(), text(0), text(1))
	_ = o.DefineDataProperty("message", in.vm.ToValue(words), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return thrown
}
