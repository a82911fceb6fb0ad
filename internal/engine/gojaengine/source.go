package gojaengine

import (
	"reflect"
	"regexp"
	"sort"
	"strings"
	"sync"

	"github.com/dop251/goja"
	"github.com/dop251/goja/file"
)

// sourceAt gives the text of the program that a frame runs and the offset that
// it stands at; ok is false for native frames.
func sourceAt(f *goja.StackFrame) (src string, offset int, ok bool) {
	frame := reflect.ValueOf(f).Elem()
	prg := frame.FieldByName("prg")
	if !prg.IsValid() || prg.Kind() != reflect.Pointer || prg.IsNil() {
		return "", 0, false
	}
	text, items := prg.Elem().FieldByName("src"), prg.Elem().FieldByName("srcMap")
	if !text.IsValid() || text.Kind() != reflect.Pointer || text.IsNil() || !items.IsValid() || items.Kind() != reflect.Slice {
		return "", 0, false
	}
	src = text.Elem().FieldByName("src").String()
	pc := frame.FieldByName("pc").Int()
	i := sort.Search(items.Len(), func(i int) bool { return items.Index(i).FieldByName("pc").Int() > pc }) - 1
	if i < 0 {
		return "", 0, false
	}
	offset = int(items.Index(i).FieldByName("srcPos").Int())
	return src, offset, offset >= 0 && offset < len(src)
}

// positionOf is where V8 says that a frame stands: for a call at the name of
// what is called, where goja says its bracket.
func positionOf(f *goja.StackFrame) file.Position {
	src, at, ok := sourceAt(f)
	if !ok {
		return f.Position()
	}
	text := reflect.ValueOf(f).Elem().FieldByName("prg").Elem().FieldByName("src")
	start := at
	for src[at] == '(' && start > 0 && isIdentifier(src[start-1]) {
		start--
	}
	p := (*file.File)(text.UnsafePointer()).Position(start)
	if p.Line == 1 && strings.HasPrefix(src, wrapHead) && text.Elem().FieldByName("sourceMap").IsNil() {
		p.Column -= len(wrapHead)
	}
	return p
}

func isIdentifier(c byte) bool {
	return c == '_' || c == '$' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// identifierAt reads the identifier that begins at an offset.
func identifierAt(src string, at int) string {
	end := at
	for end < len(src) && (isIdentifier(src[end]) || src[end] == '#') {
		end++
	}
	return src[at:end]
}

// alternatives matches a group that V8 writes out: members with || and the like
// between them.
var alternatives = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[\w$.]+( (\|\||&&|\?\?) [\w$.]+)+$`)
})

const intermediate = "(intermediate value)"

// expressionBefore writes the expression that ends in front of an offset as V8
// would in a message: members by name, the arguments of calls as "...".
func expressionBefore(src string, at int) string {
	var parts []string
	for at > 0 {
		for at > 0 && strings.IndexByte(" \t\n\r", src[at-1]) >= 0 {
			at--
		}
		if at == 0 {
			break
		}
		switch c := src[at-1]; {
		case isIdentifier(c):
			start := at
			for start > 0 && (isIdentifier(src[start-1]) || src[start-1] == '#') {
				start--
			}
			parts = append(parts, src[start:at])
			at = start
		case c == ')':
			open := openBefore(src, at-1)
			if open < 0 {
				return ""
			}
			if open == 0 || !ends(src, open) {
				inside := strings.TrimSpace(src[open+1 : at-1])
				if rest, ok := strings.CutPrefix(inside, "0,"); ok {
					inside = "(0 , " + strings.TrimSpace(rest) + ")"
				} else if alternatives().MatchString(inside) {
					inside = "(" + inside + ")"
				} else {
					inside = intermediate
				}
				return inside + join(parts)
			}
			parts = append(parts, "(...)")
			at = open
			continue
		case c == ']':
			open := openBefore(src, at-1)
			if open < 0 {
				return ""
			}
			inside := strings.TrimSpace(src[open+1 : at-1])
			if !ends(src, open) {
				if inside == "" {
					return "[]" + join(parts)
				}
				return intermediate + join(parts)
			}
			if len(inside) > 1 && (inside[0] == '\'' || inside[0] == '"') {
				inside = "." + inside[1:len(inside)-1]
			} else {
				inside = "[" + inside + "]"
			}
			parts = append(parts, inside)
			at = open
			continue
		case c == '"', c == '\'', c == '`':
			if open := strings.LastIndexByte(src[:at-1], c); open >= 0 {
				return `"` + src[open+1:at-1] + `"` + join(parts)
			}
			return ""
		default:
			if len(parts) == 0 {
				return ""
			}
			return intermediate + join(parts)
		}
		// A name: is it a member of something?
		switch {
		case strings.HasSuffix(src[:at], "?."):
			parts = append(parts, "?.")
			at -= 2
		case strings.HasSuffix(src[:at], ".") && !strings.HasSuffix(src[:at], ".."):
			parts = append(parts, ".")
			at--
		default:
			return join(parts)
		}
	}
	return join(parts)
}

// ends reports whether an expression ends in front of an offset, so that a
// bracket there is a call or a member and not a group or a list.
func ends(src string, at int) bool {
	before := strings.TrimRight(src[:at], " \t\n\r")
	if before == "" {
		return false
	}
	c := before[len(before)-1]
	if c == ')' || c == ']' || c == '"' || c == '\'' {
		return true
	}
	if !isIdentifier(c) {
		return false
	}
	start := len(before)
	for start > 0 && isIdentifier(before[start-1]) {
		start--
	}
	switch before[start:] {
	case "return", "await", "typeof", "in", "of", "new", "yield", "case", "void", "delete", "throw", "else", "if", "while", "for":
		return false
	}
	return true
}

// join puts parts together that were collected from the end.
func join(parts []string) string {
	var b strings.Builder
	for i := len(parts) - 1; i >= 0; i-- {
		b.WriteString(parts[i])
	}
	return b.String()
}

// openBefore finds the bracket that the one at close belongs to.
func openBefore(src string, close int) int {
	depth := 0
	for i := close; i >= 0; i-- {
		switch c := src[i]; c {
		case ')', ']', '}':
			depth++
		case '(', '[', '{':
			depth--
			if depth == 0 {
				return i
			}
		case '"', '\'', '`':
			open := strings.LastIndexByte(src[:i], c)
			if open < 0 {
				return -1
			}
			i = open
		}
	}
	return -1
}

// expressionAfter reads a chain of members from an offset on.
func expressionAfter(src string, at int) string {
	end := at
	for end < len(src) && (isIdentifier(src[end]) || src[end] == '.' || src[end] == '#') {
		end++
	}
	text := strings.Trim(src[at:end], ".")
	if text == "" {
		return intermediate
	}
	return text
}
