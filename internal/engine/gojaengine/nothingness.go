package gojaengine

import (
	"reflect"
	"sort"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// failing is the instruction that a message is about.
type failing struct {
	name    string // goja's name for its type
	src     string
	at      int // where in src V8 would point
	earlier int // patterns that were already taken apart at the same place
	count   int // its number, such as of the arguments of a call
	member  string
}

// failingAt looks at the program that a frame runs.
func failingAt(f *goja.StackFrame) (failing, bool) {
	src, at, ok := sourceAt(f)
	if !ok {
		return failing{}, false
	}
	frame := reflect.ValueOf(f).Elem()
	program := frame.FieldByName("prg").Elem()
	code, items := program.FieldByName("code"), program.FieldByName("srcMap")
	pc := int(frame.FieldByName("pc").Int())
	if code.Kind() != reflect.Slice || pc < 0 || pc >= code.Len() {
		return failing{}, false
	}
	name := func(i int) string {
		v := code.Index(i).Elem()
		if own, ok := ownNames()[v.Type()]; ok {
			return own
		}
		return strings.TrimPrefix(v.Type().Name(), "_")
	}
	here := failing{name: name(pc), src: src, at: at}
	switch v := code.Index(pc).Elem(); v.Kind() {
	case reflect.Uint32:
		here.count = int(v.Uint())
	case reflect.String:
		here.member = v.String()
	}
	item := sort.Search(items.Len(), func(i int) bool { return items.Index(i).FieldByName("pc").Int() > int64(pc) }) - 1
	for i := int(items.Index(item).FieldByName("pc").Int()); i < pc; i++ {
		if n := name(i); n == "checkObjectCoercible" || n == "createDestructSrc" {
			here.earlier++
		}
	}
	return here, true
}

// ownNames gives goja's names for the instructions that ours stand for.
func ownNames() map[reflect.Type]string {
	return map[reflect.Type]string{
		reflect.TypeFor[*spread](): "pushArraySpread", reflect.TypeFor[*deletion](): "deleteElem", reflect.TypeFor[*addition](): "add",
		reflect.TypeFor[*loopStep](): "iterNext", reflect.TypeFor[*patternStep](): "iterGetNextOrUndef",
	}
}

// expression gives the whole of the expression that V8 quotes of what stands at
// an offset, which for a member is the member's name, and where it begins.
func (f failing) expression() (text string, begin int) {
	if f.at < len(f.src) && f.src[f.at] == '(' {
		return expressionBefore(f.src, f.at) + "(...)", -1
	}
	end := f.at + len(identifierAt(f.src, f.at))
	if end == f.at && f.src[f.at] == '[' {
		if n := closeAfter(f.src, f.at); n > 0 {
			end = n + 1
		}
	}
	text = expressionBefore(f.src, end)
	begin = end - len(text)
	if begin < 0 || f.src[begin:end] != text {
		begin = -1
	}
	return text, begin
}

// closeAfter finds the bracket that closes the one at open.
func closeAfter(src string, open int) int {
	depth := 0
	for i := open; i < len(src); i++ {
		switch c := src[i]; c {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 {
				return i
			}
		case '"', '\'', '`':
			n := strings.IndexByte(src[i+1:], c)
			if n < 0 {
				return -1
			}
			i += n + 1
		}
	}
	return -1
}

// patternKey is the first member that an object pattern takes.
type patternKey struct {
	name   string // "" if it is no plain name
	nested bool
}

// patternKeys gives those of the object patterns from begin to end, in the order
// in which they are taken apart.
func patternKeys(src string, begin, end, outer int) []patternKey {
	var keys []patternKey
	depth := 0
	for i := begin; i < end; i++ {
		switch src[i] {
		case '{':
			rest := strings.TrimLeft(src[i+1:end], " \t\r\n")
			name := identifierAt(rest, 0)
			if after := strings.TrimLeft(rest[len(name):], " \t\r\n"); after != "" && strings.IndexByte(",:}=", after[0]) < 0 {
				name = ""
			}
			keys = append(keys, patternKey{name, depth > outer})
			depth++
		case '[':
			depth++
		case '}', ']':
			depth--
		}
	}
	return keys
}

// awaited finds the one pattern of the function at the place that takes apart what
// was awaited, for goja knows only of the function where it went on; -1 stands for
// none, or several.
func (f failing) awaited() int {
	rest := f.src[f.at:]
	if !strings.HasPrefix(rest, "async") {
		return -1
	}
	open := strings.IndexByte(rest, '{')
	if arrow := strings.Index(rest, "=> {"); arrow >= 0 && !strings.HasPrefix(rest, "async function") {
		open = arrow + 3
	}
	if open < 0 {
		return -1
	}
	end := closeAfter(rest, open)
	if end < 0 {
		return -1
	}
	const pattern = "} = await "
	at := strings.Index(rest[open:end], pattern)
	if at < 0 || strings.LastIndex(rest[open:end], pattern) != at || openBefore(rest, open+at) < 0 {
		return -1
	}
	return f.at + open + at
}

// takenApart words the pattern { a } = nothing.
func (f failing) takenApart(nothing string) string {
	quoted := nothing
	var keys []patternKey
	assigned := strings.LastIndex(f.src[:f.at], "} =")
	if assigned >= 0 && !strings.ContainsAny(f.src[assigned:f.at], ";\n") && !strings.HasPrefix(f.src[assigned:], "} =>") {
		quoted, _ = f.expression()
		if strings.HasPrefix(strings.TrimLeft(f.src[assigned+3:], " "), "await ") || quoted == "" {
			quoted = intermediate
		}
		if open := openBefore(f.src, assigned); open >= 0 {
			keys = patternKeys(f.src, open, assigned+1, 0)
		}
	} else if at := f.awaited(); at >= 0 {
		quoted, keys = intermediate, patternKeys(f.src, openBefore(f.src, at), at+1, 0)
	} else if open := strings.IndexByte(f.src[f.at:], '('); open >= 0 {
		// At the beginning of a function: one of its parameters.
		open += f.at
		if end := closeAfter(f.src, open); end > 0 {
			keys = patternKeys(f.src, open+1, end, 0)
		}
		if nothing == "null" {
			quoted = "object null"
		}
	}
	if f.earlier < len(keys) {
		switch key := keys[f.earlier]; {
		case key.name != "" && key.nested:
			return "Cannot read properties of " + nothing + " (reading '" + key.name + "')"
		case key.name != "":
			return "Cannot destructure property '" + key.name + "' of '" + quoted + "' as it is " + nothing + "."
		}
	}
	return "Cannot destructure '" + quoted + "' as it is " + nothing + "."
}

// notIterable words a loop, pattern or spread over v.
func (f failing) notIterable(v goja.Value) (string, bool) {
	const unread = " is not iterable (cannot read property Symbol(Symbol.iterator))"
	nothing := v == nil || goja.IsUndefined(v) || goja.IsNull(v)
	rest := f.src[f.at:]
	text, begin := "", -1
	switch {
	case strings.HasPrefix(rest, "for"):
		if of := strings.Index(rest, " of "); of > 0 && of < 200 {
			text = expressionAfter(rest, of+4)
		}
	case strings.HasPrefix(rest, "{}"):
		return "{} is not iterable", true
	case f.name == "iterate" && (strings.HasPrefix(rest, "() =>") || strings.HasPrefix(rest, "async () =>") || strings.HasPrefix(rest, "function")):
		// goja remembers the place of the function only: a value that is written down.
		return shown(v) + " is not iterable", true
	default:
		text, begin = f.expression()
	}
	if strings.HasPrefix(text, "(...)") {
		text = ""
	}
	if callee, ok := strings.CutSuffix(text, "(...)"); ok && callee != "" {
		text = callee + " is not a function or its return value"
	}
	switch f.name {
	case "pushSpread":
		if nothing {
			return text + " is not iterable (cannot read property undefined)", text != ""
		}
		return "Spread syntax requires ...iterable[Symbol.iterator] to be a function", true
	case "new", "call":
		return callSite(v) + unread, true
	case "iterate":
		if loop := strings.LastIndex(f.src[:f.at], "for ("); loop >= 0 && !strings.ContainsAny(f.src[loop:f.at], ";\n") && strings.Contains(f.src[loop:f.at+1], " of ") {
			return ".for is not iterable", true // for (const [a, b] of list), V8's words
		}
		// A pattern. What it comes from is only quoted as a plain name or a call.
		assigned := begin >= 0 && strings.HasSuffix(strings.TrimRight(f.src[:begin], " \t\r\n"), "=")
		switch {
		case !assigned && begin >= 0 || text == "":
			return callSite(v) + unread, true
		case nothing && (strings.ContainsAny(text, ".[") || goja.IsNull(v)):
			return callSite(v) + unread, true
		}
	}
	if _, isObject := v.(*goja.Object); !isObject && (text == "" || text == intermediate) {
		text = callSite(v)
		if _, rest, ok := strings.Cut(text, " "); ok {
			text = rest
		}
	}
	return text + " is not iterable", text != ""
}

// callSite is how V8 quotes a value that it has no source text for.
func callSite(v goja.Value) string {
	switch x := v.(type) {
	case nil:
		return "undefined"
	case goja.String:
		return "string " + strconv.Quote(x.String())
	case *goja.Symbol:
		return "symbol"
	case *goja.Object:
		if _, callable := goja.AssertFunction(x); callable {
			return "function"
		}
		return "object"
	}
	switch v.Export().(type) {
	case nil:
		if goja.IsNull(v) {
			return "object null"
		}
		return "undefined"
	case bool:
		return "boolean " + v.String()
	case int64, float64:
		return "number " + v.String()
	}
	return "bigint"
}

// shown is how V8 shows a value in a message: text as it is, objects by their
// class, functions by their source.
func shown(v goja.Value) string {
	switch x := v.(type) {
	case nil:
		return "undefined"
	case *goja.Symbol:
		return "Symbol(" + x.String() + ")"
	case *goja.Object:
		if _, callable := goja.AssertFunction(x); callable {
			return x.String()
		}
		switch class := x.ClassName(); class {
		case "Object":
			name := "Object"
			if c, ok := x.Get("constructor").(*goja.Object); ok {
				if n := c.Get("name"); n != nil && n.String() != "" {
					name = n.String()
				}
			}
			return "#<" + name + ">"
		case "Error":
			return x.String()
		case "Array":
			return "[object Array]"
		default:
			return "#<" + class + ">"
		}
	}
	return v.String()
}
