package gojaengine

import (
	"fmt"
	"reflect"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
	"unsafe"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"
)

// goja has two matchers. The one for everything that Go's own can't do takes
// letters of all languages for characters of words in \b and \B, though not in \w,
// so that \bber\b is found in none of "über" by one and behind the ü by the other,
// which ECMAScript wants. So that matcher is given patterns in which \b is written
// with \w.

// spellBoundaries writes the \b and \B of a pattern with \w. Next to something
// that is a character of a word half of it is known, and the matcher can still
// see what a match begins with.
func spellBoundaries(pattern string) string {
	if !hasBoundary(pattern) {
		return pattern
	}
	var out strings.Builder
	before := 0 // where the last atom before i ends that is a character of a word, 0 if none does
	for i := 0; i < len(pattern); {
		switch c := pattern[i]; {
		case c == '[':
			end := classEnd(pattern, i)
			out.WriteString(pattern[i:end])
			i = end
		case c == '\\' && i+1 < len(pattern) && (pattern[i+1] == 'b' || pattern[i+1] == 'B'):
			is, rest := pattern[i+1] == 'b', pattern[i+2:]
			if isOptional(rest) || strings.HasPrefix(rest, "+") {
				out.WriteString(boundary(is, false, false))
			} else {
				out.WriteString(boundary(is, before == i && i > 0, startsWithWord(rest)))
			}
			i += 2
		default:
			size := atomSize(pattern[i:])
			end := i + size
			if isWordAtom(pattern[i:end]) {
				if end < len(pattern) && pattern[end] == '+' {
					end++
				}
				if !isOptional(pattern[end:]) {
					before = end
				}
			}
			out.WriteString(pattern[i:end])
			i = end
		}
	}
	return out.String()
}

// boundary gives what \b (or \B) stands for, where a character of a word is known
// to be before it or after it.
func boundary(is, before, after bool) string {
	switch {
	case before && after && is:
		return `(?!)`
	case before && after:
		return ``
	case before && is:
		return `(?!\w)`
	case before:
		return `(?=\w)`
	case after && is:
		return `(?<!\w)`
	case after:
		return `(?<=\w)`
	case is:
		return `(?:(?<=\w)(?!\w)|(?<!\w)(?=\w))`
	default:
		return `(?:(?<=\w)(?=\w)|(?<!\w)(?!\w))`
	}
}

// startsWithWord reports whether every match of a pattern begins with a character
// of a word, as far as its first atom tells.
func startsWithWord(pattern string) bool {
	if pattern == "" {
		return false
	}
	size := atomSize(pattern)
	return isWordAtom(pattern[:size]) && !isOptional(pattern[size:])
}

// atomSize gives the length of the escape or character that a pattern begins with.
func atomSize(pattern string) int {
	if pattern[0] != '\\' || len(pattern) == 1 {
		return 1
	}
	size, rest := 2, pattern[2:]
	switch c := pattern[1]; {
	case strings.IndexByte("upPk", c) >= 0 && rest != "" && (rest[0] == '{' || rest[0] == '<'):
		if end := strings.IndexAny(rest, "}>"); end >= 0 {
			size += end + 1
		}
	case c == 'u':
		size += 4
	case c == 'x':
		size += 2
	case c == 'c':
		size++
	case c >= '0' && c <= '9':
		size += len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	}
	return min(size, len(pattern))
}

func isWordAtom(atom string) bool {
	switch {
	case atom == `\w`, atom == `\d`:
		return true
	case len(atom) != 1:
		return false
	}
	c := atom[0]
	return c == '_' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// isOptional reports whether a quantifier stands there that may let an atom out.
func isOptional(rest string) bool {
	return rest != "" && strings.IndexByte("*?{", rest[0]) >= 0
}

// hasBoundary reports whether a pattern may have \b or \B.
func hasBoundary(pattern string) bool {
	return strings.Contains(pattern, `\b`) || strings.Contains(pattern, `\B`)
}

// patternShape is goja's regexpPattern: what it keeps of an expression.
type patternShape struct {
	src                                                    string
	global, ignoreCase, multiline, dotAll, sticky, unicode bool
	regexpWrapper                                          unsafe.Pointer
	regexp2Wrapper                                         *matcherShape
}

// matcherShape is goja's regexp2Wrapper.
type matcherShape struct {
	rx *regexp2.Regexp
	_  unsafe.Pointer // cache
}

// patternLayout tells where goja keeps patterns.
type patternLayout struct {
	regexp, literal       unsafe.Pointer // tables of self of an expression, and of the instruction that makes one of a literal
	inObject, instruction uintptr        // where these have the pattern
}

var patternLayoutOf = sync.OnceValues(func() (*patternLayout, error) {
	objects, err := objectLayoutOf()
	if err != nil {
		return nil, err
	}
	instructions, err := instructionLayoutOf()
	if err != nil {
		return nil, err
	}
	sample, err := goja.New().RunString("/a/")
	if err != nil {
		return nil, err
	}
	object := sample.(*goja.Object)
	l := &patternLayout{regexp: objects.inside(object).table}
	pattern, err := pointerIn(insideType(object), "pattern", &l.inObject)
	if err != nil {
		return nil, err
	}
	if err := sameShape(pattern, reflect.TypeFor[*patternShape]()); err != nil {
		return nil, err
	}
	var t reflect.Type
	if l.literal, t = instructions.findType("/a/", "newRegexp"); l.literal == nil {
		return nil, fmt.Errorf("goja makes no instruction of a regular expression")
	}
	if inLiteral, err := pointerIn(t, "pattern", &l.instruction); err != nil || inLiteral != pattern {
		return nil, fmt.Errorf("%v has no pattern", t)
	}
	return l, nil
})

// pointerIn finds the field that a pointer to a struct leads to.
func pointerIn(t reflect.Type, name string, at *uintptr) (reflect.Type, error) {
	if t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct {
		if f, ok := t.Elem().FieldByName(name); ok && len(f.Index) == 1 && f.Type.Kind() == reflect.Pointer {
			*at = f.Offset
			return f.Type, nil
		}
	}
	return nil, fmt.Errorf("%v has no pointer %s", t, name)
}

// sameShape says where a struct of goja's is not what we take it for.
func sameShape(theirs, ours reflect.Type) error {
	switch {
	case theirs == ours, theirs.Kind() == reflect.Pointer && ours.Kind() == reflect.UnsafePointer:
		return nil
	case theirs.Kind() != ours.Kind():
		return fmt.Errorf("%v is no %v", theirs, ours)
	case theirs.Kind() == reflect.Pointer:
		return sameShape(theirs.Elem(), ours.Elem())
	case theirs.Kind() != reflect.Struct || theirs.NumField() != ours.NumField():
		return fmt.Errorf("%v is not like %v", theirs, ours)
	}
	for i := range theirs.NumField() {
		a, b := theirs.Field(i), ours.Field(i)
		if b.Name != "_" && a.Name != b.Name || a.Offset != b.Offset {
			return fmt.Errorf("%v has no %s", theirs, b.Name)
		}
		if err := sameShape(a.Type, b.Type); err != nil {
			return err
		}
	}
	return nil
}

// inLiteral mends the expression that an instruction makes.
func (l *patternLayout) inLiteral(i instruction) {
	(*(**patternShape)(unsafe.Add(wordsOf(&i).data, l.instruction))).mend()
}

// inExpression does so for an object, if it is of the class RegExp.
func (l *patternLayout) inExpression(objects *objectLayout, o *goja.Object) {
	if inside := objects.inside(o); inside.table == l.regexp {
		(*(**patternShape)(unsafe.Add(inside.data, l.inObject))).mend()
	}
}

// mend replaces the pattern that the second matcher is made of, and the matcher
// where it is made already. An expression that will need both has it made.
func (p *patternShape) mend() {
	if p == nil {
		return
	}
	src := spellBoundaries(p.src)
	both := p.global && p.regexpWrapper != nil && p.regexp2Wrapper == nil && canBeEmpty((*regexp.Regexp)(p.regexpWrapper).String())
	if p.regexp2Wrapper == nil && !both {
		p.src = src
		return
	}
	if src == p.src && !both {
		return
	}
	options := regexp2.ECMAScript
	for _, o := range []struct {
		on     bool
		option regexp2.RegexOptions
	}{{p.multiline, regexp2.Multiline}, {p.dotAll, regexp2.Singleline}, {p.ignoreCase, regexp2.IgnoreCase}, {p.unicode, regexp2.Unicode}} {
		if o.on {
			options |= o.option
		}
	}
	// What can't be compiled so stays as it is, which is right for most texts.
	if rx, err := regexp2.Compile(src, options); err == nil {
		p.src, p.regexp2Wrapper = src, &matcherShape{rx: rx}
	}
}

// bindAllMatches has the methods that look for all matches use the second matcher
// where mend has made it.
func (in *instance) bindAllMatches() {
	objects, err := objectLayoutOf()
	if err != nil {
		return
	}
	layout, err := patternLayoutOf()
	if err != nil {
		return
	}
	body := func(plain func(goja.FunctionCall) goja.Value) func(goja.FunctionCall) goja.Value {
		return func(call goja.FunctionCall) goja.Value {
			o, ok := call.This.(*goja.Object)
			if !ok {
				return plain(call)
			}
			inside := objects.inside(o)
			if inside.table != layout.regexp {
				return plain(call)
			}
			p := *(**patternShape)(unsafe.Add(inside.data, layout.inObject))
			if first := p.regexpWrapper; p.global && first != nil && p.regexp2Wrapper != nil {
				p.regexpWrapper = nil
				defer func() { p.regexpWrapper = first }()
			}
			return plain(call)
		}
	}
	objects.rebody(in.vm, "RegExp.prototype.@@match", body)
	objects.rebody(in.vm, "RegExp.prototype.@@replace", body)
}

// canBeEmpty reports whether an expression may match between two characters.
// Go's matcher leaves out such a match where the one before it ends:
// 'abc'.match(/.*/g) is ['abc', ”].
func canBeEmpty(expression string) bool {
	if expression != "" && !strings.ContainsAny(expression, "*?{|^$()") && !hasBoundary(expression) {
		return false
	}
	tree, err := syntax.Parse(expression, syntax.Perl)
	return err == nil && nullable(tree)
}

func nullable(tree *syntax.Regexp) bool {
	switch tree.Op {
	case syntax.OpLiteral:
		return len(tree.Rune) == 0
	case syntax.OpNoMatch, syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return false
	case syntax.OpCapture, syntax.OpPlus:
		return nullable(tree.Sub[0])
	case syntax.OpRepeat:
		return tree.Min == 0 || nullable(tree.Sub[0])
	case syntax.OpConcat:
		return !slices.ContainsFunc(tree.Sub, func(sub *syntax.Regexp) bool { return !nullable(sub) })
	case syntax.OpAlternate:
		return slices.ContainsFunc(tree.Sub, nullable)
	default: // empty, anchors, boundaries, star, quest
		return true
	}
}
