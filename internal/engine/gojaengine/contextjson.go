package gojaengine

import (
	"errors"
	"math"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// keys are the property names of contexts, which are the same in every call.
type keys map[string]string

// keysMost bounds what is kept of names that come with requests.
const keysMost = 256

// of gives the name without making a new string of it.
func (k keys) of(name []byte) string {
	if s, ok := k[string(name)]; ok {
		return s
	}
	s := string(name)
	if len(k) < keysMost && len(s) <= 64 {
		k[s] = s
	}
	return s
}

// decodeJSON makes JavaScript values of valid JSON, several times faster than a
// call of JSON.parse: every invocation begins with it.
func decodeJSON(vm *goja.Runtime, names keys, src []byte) (goja.Value, error) {
	d := jsonDecoder{vm: vm, names: names, src: src}
	v, err := d.value(0)
	if err != nil {
		return nil, err
	}
	d.space()
	if d.pos != len(src) {
		return nil, errJSON
	}
	return v, nil
}

var errJSON = errors.New("the context is not JSON")

// maxJSONDepth keeps deep nesting off Go's stack limit.
const maxJSONDepth = 10000

type jsonDecoder struct {
	vm    *goja.Runtime
	names keys
	src   []byte
	pos   int
}

func (d *jsonDecoder) space() {
	for d.pos < len(d.src) {
		switch d.src[d.pos] {
		case ' ', '\t', '\n', '\r':
			d.pos++
		default:
			return
		}
	}
}

// peek skips space and gives the next byte, 0 at the end.
func (d *jsonDecoder) peek() byte {
	d.space()
	if d.pos < len(d.src) {
		return d.src[d.pos]
	}
	return 0
}

func (d *jsonDecoder) value(depth int) (goja.Value, error) {
	if depth > maxJSONDepth {
		return nil, errors.New("the context is nested too deeply")
	}
	switch c := d.peek(); c {
	case '{':
		return d.object(depth)
	case '[':
		return d.array(depth)
	case '"':
		return d.string()
	case 't':
		return d.word("true", d.vm.ToValue(true))
	case 'f':
		return d.word("false", d.vm.ToValue(false))
	case 'n':
		return d.word("null", goja.Null())
	default:
		return d.number()
	}
}

func (d *jsonDecoder) word(text string, v goja.Value) (goja.Value, error) {
	if len(d.src)-d.pos < len(text) || string(d.src[d.pos:d.pos+len(text)]) != text {
		return nil, errJSON
	}
	d.pos += len(text)
	return v, nil
}

func (d *jsonDecoder) object(depth int) (goja.Value, error) {
	obj := d.vm.NewObject()
	d.pos++
	if d.peek() == '}' {
		d.pos++
		return obj, nil
	}
	for {
		if d.peek() != '"' {
			return nil, errJSON
		}
		name, err := d.key()
		if err != nil {
			return nil, err
		}
		if d.peek() != ':' {
			return nil, errJSON
		}
		d.pos++
		v, err := d.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if name == "__proto__" {
			// A property like any other in JSON, the prototype in an assignment.
			err = obj.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
		} else {
			err = obj.Set(name, v)
		}
		if err != nil {
			return nil, err
		}
		switch d.peek() {
		case ',':
			d.pos++
		case '}':
			d.pos++
			return obj, nil
		default:
			return nil, errJSON
		}
	}
}

func (d *jsonDecoder) array(depth int) (goja.Value, error) {
	var items []any
	d.pos++
	if d.peek() == ']' {
		d.pos++
		return d.vm.NewArray(), nil
	}
	for {
		v, err := d.value(depth + 1)
		if err != nil {
			return nil, err
		}
		items = append(items, v)
		switch d.peek() {
		case ',':
			d.pos++
		case ']':
			d.pos++
			return d.vm.NewArray(items...), nil
		default:
			return nil, errJSON
		}
	}
}

// key reads the name of a property.
func (d *jsonDecoder) key() (string, error) {
	for i := d.pos + 1; i < len(d.src); i++ {
		switch c := d.src[i]; {
		case c == '"':
			name := d.names.of(d.src[d.pos+1 : i])
			d.pos = i + 1
			return name, nil
		case c == '\\', c < ' ':
			v, err := d.string()
			if err != nil {
				return "", err
			}
			return v.String(), nil
		}
	}
	return "", errJSON
}

// string reads a string literal. Escaped lone surrogates survive: JavaScript's
// strings can hold them, Go's cannot.
func (d *jsonDecoder) string() (goja.Value, error) {
	d.pos++
	start := d.pos
	for d.pos < len(d.src) {
		switch c := d.src[d.pos]; {
		case c == '"':
			s := string(d.src[start:d.pos])
			d.pos++
			return d.vm.ToValue(s), nil
		case c == '\\':
			return d.escaped(start)
		case c < ' ':
			return nil, errJSON
		default:
			d.pos++
		}
	}
	return nil, errJSON
}

func (d *jsonDecoder) escaped(start int) (goja.Value, error) {
	units := make([]uint16, 0, 2*(d.pos-start)+16)
	appendUTF8 := func(b []byte) {
		for len(b) > 0 {
			r, n := utf8.DecodeRune(b)
			units = utf16.AppendRune(units, r)
			b = b[n:]
		}
	}
	from := start
	for d.pos < len(d.src) {
		c := d.src[d.pos]
		switch {
		case c == '"':
			appendUTF8(d.src[from:d.pos])
			d.pos++
			return goja.StringFromUTF16(units), nil
		case c < ' ':
			return nil, errJSON
		case c != '\\':
			d.pos++
			continue
		}
		appendUTF8(d.src[from:d.pos])
		if d.pos+1 >= len(d.src) {
			return nil, errJSON
		}
		e := d.src[d.pos+1]
		d.pos += 2
		if e == 'u' {
			if d.pos+4 > len(d.src) {
				return nil, errJSON
			}
			u, err := strconv.ParseUint(string(d.src[d.pos:d.pos+4]), 16, 16)
			if err != nil {
				return nil, errJSON
			}
			units = append(units, uint16(u))
			d.pos += 4
		} else {
			u, ok := escapes(e)
			if !ok {
				return nil, errJSON
			}
			units = append(units, u)
		}
		from = d.pos
	}
	return nil, errJSON
}

func escapes(c byte) (uint16, bool) {
	switch c {
	case '"', '\\', '/':
		return uint16(c), true
	case 'b':
		return '\b', true
	case 'f':
		return '\f', true
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 't':
		return '\t', true
	}
	return 0, false
}

func (d *jsonDecoder) number() (goja.Value, error) {
	start := d.pos
	integer := true
	for d.pos < len(d.src) {
		c := d.src[d.pos]
		if c == '.' || c == 'e' || c == 'E' || c == '+' {
			integer = false
		} else if c != '-' && (c < '0' || c > '9') {
			break
		}
		d.pos++
	}
	text := string(d.src[start:d.pos])
	if integer && len(text) < 16 && text != "-0" {
		i, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, errJSON
		}
		return d.vm.ToValue(i), nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil && !math.IsInf(f, 0) {
		return nil, errJSON
	}
	return d.vm.ToValue(f), nil
}
