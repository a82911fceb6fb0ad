package jsonpos

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// str reads a string at its opening quote and gives its content. Bytes that are
// not UTF-8 become replacement characters, as in Node.
func (p *parser) str() string {
	start := p.pos
	p.pos++
	var b strings.Builder
	for {
		plain := p.pos
		for p.pos < len(p.text) && p.text[p.pos] != '"' && p.text[p.pos] != '\\' && p.text[p.pos] >= ' ' {
			p.pos++
		}
		b.WriteString(strings.ToValidUTF8(p.text[plain:p.pos], string(utf8.RuneError)))
		switch {
		case p.pos == len(p.text) || p.text[p.pos] == '\n' || p.text[p.pos] == '\r':
			p.fail(start, p.pos, "a string is not closed on its line", `end it with "; a line break inside is written \n`)
			return ""
		case p.text[p.pos] == '"':
			p.pos++
			return b.String()
		case p.text[p.pos] == '\\':
			if !p.escape(&b) {
				return ""
			}
		case p.text[p.pos] == '\t':
			p.fail(p.pos, p.pos+1, "a tab inside a string", `write \t`)
			return ""
		default:
			p.fail(p.pos, p.pos+1, fmt.Sprintf("%s inside a string", p.here()), fmt.Sprintf(`write \u%04x`, p.text[p.pos]))
			return ""
		}
	}
}

// escape reads an escape sequence at its backslash; false after an error.
func (p *parser) escape(b *strings.Builder) bool {
	if p.pos+1 == len(p.text) {
		p.fail(p.pos, p.pos+1, "the file ends inside a string", "")
		return false
	}
	c := p.text[p.pos+1]
	if c == 'u' {
		return p.unicodeEscape(b)
	}
	i := strings.IndexByte(`"\/bfnrt`, c)
	if i < 0 {
		_, n := utf8.DecodeRuneInString(p.text[p.pos+1:])
		p.fail(p.pos, p.pos+1+n, fmt.Sprintf(`\%s is not an escape sequence`, strings.ToValidUTF8(p.text[p.pos+1:p.pos+1+n], "?")), `a backslash is written \\; paths take / on every system`)
		return false
	}
	b.WriteByte("\"\\/\b\f\n\r\t"[i])
	p.pos += 2
	return true
}

// unicodeEscape reads \uXXXX, and a second one that completes a surrogate pair.
func (p *parser) unicodeEscape(b *strings.Builder) bool {
	r, ok := hex4(p.text[p.pos+2:])
	if !ok {
		p.fail(p.pos, min(p.pos+6, len(p.text)), `\u needs four hexadecimal digits`, "")
		return false
	}
	p.pos += 6
	if utf16.IsSurrogate(r) {
		low := rune(0)
		if strings.HasPrefix(p.text[p.pos:], `\u`) {
			low, _ = hex4(p.text[p.pos+2:])
		}
		if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
			p.pos += 6
			r = pair
		} else {
			r = utf8.RuneError // Go strings hold no lone surrogate
		}
	}
	b.WriteRune(r)
	return true
}

func hex4(s string) (rune, bool) {
	if len(s) < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(s[:4], 16, 16)
	return rune(n), err == nil
}

// number reads a number and gives it as written.
func (p *parser) number() string {
	start := p.pos
	for p.pos < len(p.text) && (isWord(p.text[p.pos]) || '0' <= p.text[p.pos] && p.text[p.pos] <= '9' || strings.IndexByte("+-.", p.text[p.pos]) >= 0) {
		p.pos++
	}
	s := p.text[start:p.pos]
	if !validNumber(s) {
		p.fail(start, p.pos, shorten(s)+" is not a JSON number", "numbers are decimal, without leading + or 0; anything else is a string in quotes")
	}
	return s
}

// validNumber reports whether s is a number by RFC 8259.
func validNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole := s
	n, s := digits(s)
	if n == 0 || n > 1 && whole[0] == '0' {
		return false
	}
	if rest, ok := strings.CutPrefix(s, "."); ok {
		if n, s = digits(rest); n == 0 {
			return false
		}
	}
	if s != "" && (s[0] == 'e' || s[0] == 'E') {
		s = s[1:]
		if s != "" && (s[0] == '+' || s[0] == '-') {
			s = s[1:]
		}
		if n, s = digits(s); n == 0 {
			return false
		}
	}
	return s == ""
}

// digits counts the digits s begins with and gives the rest.
func digits(s string) (int, string) {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n, s[n:]
}

// word reads true, false or null, and explains every other bare word.
func (p *parser) word(v *Value) {
	start := p.pos
	for p.pos < len(p.text) && (isWord(p.text[p.pos]) || '0' <= p.text[p.pos] && p.text[p.pos] <= '9') {
		p.pos++
	}
	v.Text = p.text[start:p.pos]
	switch v.Text {
	case "true", "false":
		v.Kind = Bool
	case "null":
		v.Kind = Null
	default:
		hint := "put it in double quotes"
		switch lower := strings.ToLower(v.Text); lower {
		case "true", "false", "null":
			hint = "write " + lower
		case "none", "nil", "undefined":
			hint = "write null, or leave the key out"
		}
		p.fail(start, p.pos, shorten(v.Text)+" is not a JSON value", hint)
	}
}
