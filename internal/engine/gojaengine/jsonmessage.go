package gojaengine

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// jsonMessage says what V8 says of text that is not JSON.
func jsonMessage(text string) string {
	p := &jsonScanner{src: utf16.Encode([]rune(text))}
	p.space()
	p.value()
	if p.problem == "" {
		p.space()
		if p.pos < len(p.src) {
			p.fail("Unexpected non-whitespace character after JSON")
		}
	}
	if p.problem == "" {
		return "Unexpected end of JSON input"
	}
	return p.problem
}

// jsonScanner walks through JSON up to the first mistake.
type jsonScanner struct {
	src     []uint16
	pos     int
	problem string
}

func (p *jsonScanner) fail(what string) {
	if p.problem == "" {
		p.problem = fmt.Sprintf("%s in JSON at position %d", what, p.pos)
		p.problem = strings.Replace(p.problem, "after JSON in JSON", "after JSON", 1)
	}
}

func (p *jsonScanner) special() bool {
	switch string(utf16.Decode(p.src)) {
	case "NaN", "Infinity", "undefined", "[object Object]":
		return true
	}
	return false
}

// unexpected is about a token that does not belong here at all.
func (p *jsonScanner) unexpected() {
	if p.problem != "" {
		return
	}
	text := func(from, to int) string { return string(utf16.Decode(p.src[from:to])) }
	switch {
	case p.special():
		p.problem = fmt.Sprintf("%q is not valid JSON", text(0, len(p.src)))
		return
	case p.pos >= len(p.src):
		p.problem = "Unexpected end of JSON input"
		return
	}
	c := p.src[p.pos]
	if c == '"' {
		p.fail("Unexpected string")
		return
	}
	if c == '-' || c >= '0' && c <= '9' {
		p.fail("Unexpected number")
		return
	}
	from, to := max(0, p.pos-10), min(len(p.src), p.pos+10)
	context := `"` + text(from, to) + `"`
	switch {
	case len(p.src) <= 40:
		context = `"` + text(0, len(p.src)) + `"`
	case p.pos < 10:
		context = `"` + text(0, to) + `"...`
	case p.pos >= len(p.src)-10:
		context = `..."` + text(from, len(p.src)) + `"`
	default:
		context = "..." + context + "..."
	}
	p.problem = fmt.Sprintf("Unexpected token '%s', %s is not valid JSON", text(p.pos, p.pos+1), context)
}

func (p *jsonScanner) space() {
	for p.pos < len(p.src) && (p.src[p.pos] == ' ' || p.src[p.pos] == '\t' || p.src[p.pos] == '\n' || p.src[p.pos] == '\r') {
		p.pos++
	}
}

// peek gives the next character, 0 at the end.
func (p *jsonScanner) peek() uint16 {
	if p.pos < len(p.src) {
		return p.src[p.pos]
	}
	return 0
}

func (p *jsonScanner) value() {
	switch c := p.peek(); {
	case c == '{':
		p.object()
	case c == '[':
		p.array()
	case c == '"':
		p.string()
	case c == '-' || c >= '0' && c <= '9':
		p.number()
	case c == 't':
		p.word("true")
	case c == 'f':
		p.word("false")
	case c == 'n':
		p.word("null")
	default:
		p.unexpected()
	}
}

func (p *jsonScanner) word(w string) {
	if p.special() {
		p.unexpected()
		return
	}
	for _, c := range w {
		if p.peek() != uint16(c) {
			p.unexpected()
			return
		}
		p.pos++
	}
}

func (p *jsonScanner) object() {
	p.pos++
	p.space()
	if p.peek() == '}' {
		p.pos++
		return
	}
	for first := true; p.problem == ""; first = false {
		p.space()
		switch {
		case p.pos >= len(p.src):
			if first {
				p.fail("Expected property name or '}'")
			} else {
				p.fail("Expected double-quoted property name")
			}
			return
		case p.peek() != '"':
			if first {
				p.fail("Expected property name or '}'")
			} else {
				p.fail("Expected double-quoted property name")
			}
			return
		}
		p.string()
		p.space()
		if p.problem != "" {
			return
		}
		if p.peek() != ':' {
			p.fail("Expected ':' after property name")
			return
		}
		p.pos++
		p.space()
		p.value()
		p.space()
		if p.problem != "" {
			return
		}
		switch p.peek() {
		case ',':
			p.pos++
		case '}':
			p.pos++
			return
		default:
			p.fail("Expected ',' or '}' after property value")
		}
	}
}

func (p *jsonScanner) array() {
	p.pos++
	p.space()
	if p.peek() == ']' {
		p.pos++
		return
	}
	for p.problem == "" {
		p.space()
		p.value()
		p.space()
		if p.problem != "" {
			return
		}
		switch p.peek() {
		case ',':
			p.pos++
		case ']':
			p.pos++
			return
		default:
			p.fail("Expected ',' or ']' after array element")
		}
	}
}

func (p *jsonScanner) string() {
	p.pos++
	for {
		switch c := p.peek(); {
		case p.pos >= len(p.src):
			p.fail("Unterminated string")
			return
		case c == '"':
			p.pos++
			return
		case c < ' ':
			p.fail("Bad control character in string literal")
			return
		case c == '\\':
			p.pos++
			if !p.escape() {
				return
			}
		default:
			p.pos++
		}
	}
}

func (p *jsonScanner) escape() bool {
	c := p.peek()
	switch {
	case p.pos >= len(p.src):
		p.fail("Unterminated string")
		return false
	case c == 'u':
		p.pos++
		for range 4 {
			if h := p.peek(); h > 'f' || !strings.ContainsRune("0123456789abcdefABCDEF", rune(h)) || h == 0 {
				p.fail("Bad Unicode escape")
				return false
			}
			p.pos++
		}
	case c < 0x80 && strings.ContainsRune(`"\/bfnrt`, rune(c)):
		p.pos++
	default:
		p.fail("Bad escaped character")
		return false
	}
	return true
}

func (p *jsonScanner) digits() int {
	from := p.pos
	for p.peek() >= '0' && p.peek() <= '9' {
		p.pos++
	}
	return p.pos - from
}

func (p *jsonScanner) number() {
	if p.peek() == '-' {
		p.pos++
		if c := p.peek(); c < '0' || c > '9' {
			p.fail("No number after minus sign")
			return
		}
	}
	if p.peek() == '0' {
		p.pos++
		if c := p.peek(); c >= '0' && c <= '9' {
			p.fail("Unexpected number")
			return
		}
	} else {
		p.digits()
	}
	if p.peek() == '.' {
		p.pos++
		if p.digits() == 0 {
			p.fail("Unterminated fractional number")
			return
		}
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		p.pos++
		if s := p.peek(); s == '+' || s == '-' {
			p.pos++
		}
		if p.digits() == 0 {
			p.fail("Exponent part is missing a number")
		}
	}
}
