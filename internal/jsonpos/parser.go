package jsonpos

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/fns-dev/fns/internal/diag"
)

// parser reads one document. After the first error of syntax it stops: what
// follows would be guesswork. stopped is set then, and every method returns at
// once.
type parser struct {
	text    string
	pos     int
	depth   int
	values  int
	stopped bool
	doc     *Document
	list    diag.List
}

// report adds a finding; the bound keeps a file full of commas from making a
// million of them.
func (p *parser) report(start, end int, code, summary, hint string, fix ...diag.Edit) {
	if len(p.list) < maxDiags {
		p.list = append(p.list, diag.Diagnostic{
			Code: code, Severity: diag.Error, Summary: summary, Hint: hint, Fix: fix,
			Range: p.doc.source.Range(start, end),
		})
	}
}

// fail reports an error of syntax at a place and stops.
func (p *parser) fail(start, end int, summary, hint string) {
	if p.stopped {
		return
	}
	p.stopped = true
	p.report(start, end, diag.InvalidJSON, summary, hint)
}

func (p *parser) document() {
	p.space()
	if p.pos == len(p.text) && !p.stopped {
		p.fail(p.pos, p.pos, "the file is empty", "write an object: {}")
		return
	}
	root := p.value()
	p.space()
	if !p.stopped && p.pos < len(p.text) {
		p.fail(p.pos, p.pos+1, fmt.Sprintf("unexpected %s after the end of the JSON value", p.here()), "a file holds one value; remove the rest")
	}
	if !p.stopped {
		p.doc.Root = root
	}
}

// space skips white space, and comments with a complaint.
func (p *parser) space() {
	for !p.stopped && p.pos < len(p.text) {
		switch c := p.text[p.pos]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			p.pos++
		case strings.HasPrefix(p.text[p.pos:], "//"):
			end := strings.IndexAny(p.text[p.pos:], "\r\n")
			if end < 0 {
				end = len(p.text) - p.pos
			}
			p.comment(p.pos + end)
		case strings.HasPrefix(p.text[p.pos:], "/*"):
			end := strings.Index(p.text[p.pos+2:], "*/")
			if end < 0 {
				p.fail(p.pos, p.pos+2, "a comment is not closed", "JSON has no comments; remove it")
				return
			}
			p.comment(p.pos + 2 + end + 2)
		case c == '#':
			end := strings.IndexAny(p.text[p.pos:], "\r\n")
			if end < 0 {
				end = len(p.text) - p.pos
			}
			p.comment(p.pos + end)
		default:
			return
		}
	}
}

func (p *parser) comment(end int) {
	p.report(p.pos, end, diag.JSONExtension, "JSON has no comments", "remove the comment", p.doc.cut(p.text, p.pos, end))
	p.pos = end
}

// value reads any value at pos.
func (p *parser) value() *Value {
	if p.stopped {
		return nil
	}
	if p.values++; p.values > MaxValues {
		p.fail(p.pos, p.pos, fmt.Sprintf("the file has more than %d values", MaxValues), "")
		return nil
	}
	if p.pos == len(p.text) {
		p.fail(p.pos, p.pos, "the file ends where a value is expected", "")
		return nil
	}
	v := &Value{start: p.pos}
	switch c := p.text[p.pos]; {
	case c == '{' || c == '[':
		p.nested(v)
	case c == '"':
		v.Kind = String
		v.Text = p.str()
	case c == '-' || '0' <= c && c <= '9' || c == '+' || c == '.':
		v.Kind = Number
		v.Text = p.number()
	case isWord(c):
		p.word(v)
	default:
		p.fail(p.pos, p.pos+1, fmt.Sprintf("unexpected %s where a value is expected", p.here()), p.quoteHint())
	}
	v.end = p.pos
	return v
}

// nested reads an object or a list, at most MaxDepth deep.
func (p *parser) nested(v *Value) {
	if p.depth++; p.depth > MaxDepth {
		p.fail(p.pos, p.pos+1, fmt.Sprintf("objects and lists are nested more than %d deep", MaxDepth), "")
		return
	}
	if p.text[p.pos] == '{' {
		v.Kind = Object
		p.object(v)
	} else {
		v.Kind = List
		p.array(v)
	}
	p.depth--
}

func (p *parser) object(v *Value) {
	seen := map[string]int{}
	p.elements(v, '}', "}", func() {
		m := Member{start: p.pos}
		if p.text[p.pos] != '"' {
			p.badKey()
			return
		}
		m.Key = p.str()
		m.end = p.pos
		p.space()
		if p.stopped {
			return
		}
		if p.pos == len(p.text) || p.text[p.pos] != ':' {
			p.fail(p.pos, p.pos+1, fmt.Sprintf("%s where the : after %q is expected", p.here(), m.Key), "")
			return
		}
		p.pos++
		p.space()
		m.Value = p.value()
		if p.stopped {
			return
		}
		if first, ok := seen[m.Key]; ok {
			p.doc.Duplicates = append(p.doc.Duplicates, Duplicate{Object: v, First: v.Members[first], Second: m})
		}
		seen[m.Key] = len(v.Members)
		v.Members = append(v.Members, m)
	})
}

func (p *parser) array(v *Value) {
	p.elements(v, ']', "]", func() {
		if item := p.value(); !p.stopped {
			v.Items = append(v.Items, item)
		}
	})
}

// elements reads what stands between brackets, separated by commas; element
// reads one, and is called with at least one byte left.
func (p *parser) elements(v *Value, closing byte, name string, element func()) {
	p.pos++
	comma := -1 // offset of the comma before, -1 for none
	for first := true; ; first = false {
		p.space()
		if p.stopped {
			return
		}
		if p.pos == len(p.text) {
			p.unclosed(v, name)
			return
		}
		c := p.text[p.pos]
		switch {
		case c == closing:
			if comma >= 0 {
				p.report(comma, comma+1, diag.JSONExtension, "JSON has no trailing commas", "remove the comma", p.doc.edit(comma, comma+1, ""))
			}
			p.pos++
			return
		case c == ',':
			p.fail(p.pos, p.pos+1, "a comma with nothing before it", "remove the comma")
			return
		case !first && comma < 0:
			p.fail(p.pos, p.pos+1, fmt.Sprintf("unexpected %s where a comma or %s is expected", p.here(), name), "a comma may be missing before it")
			return
		}
		element()
		p.space()
		comma = -1
		if !p.stopped && p.pos < len(p.text) && p.text[p.pos] == ',' {
			comma = p.pos
			p.pos++
		}
	}
}

// unclosed reports the end of the file inside brackets, and shows the opening.
func (p *parser) unclosed(v *Value, closing string) {
	p.fail(p.pos, p.pos, fmt.Sprintf("the file ends before the closing %s", closing), "close what is open, or restore the end of the file")
	last := &p.list[len(p.list)-1]
	last.Related = append(last.Related, diag.Related{
		Message: "opened here",
		Range:   p.doc.source.Range(v.start, v.start+1),
	})
}

// badKey reports a key that does not start with a double quote.
func (p *parser) badKey() {
	if !isWord(p.text[p.pos]) {
		p.fail(p.pos, p.pos+1, fmt.Sprintf("unexpected %s where a key is expected", p.here()), p.quoteHint())
		return
	}
	end := p.pos
	for end < len(p.text) && (isWord(p.text[end]) || '0' <= p.text[end] && p.text[end] <= '9' || p.text[end] == '-') {
		end++
	}
	key := shorten(p.text[p.pos:end])
	p.fail(p.pos, end, fmt.Sprintf("the key %s is not in quotes", key), fmt.Sprintf("write %q", key))
}

// quoteHint explains the quotes that people and word processors write.
func (p *parser) quoteHint() string {
	r, _ := utf8.DecodeRuneInString(p.text[p.pos:])
	if strings.ContainsRune("'`“”‘’«»„", r) {
		return `JSON strings stand in straight double quotes: "…"`
	}
	return ""
}

// here names the character at pos.
func (p *parser) here() string {
	if p.pos >= len(p.text) {
		return "the end of the file"
	}
	r, n := utf8.DecodeRuneInString(p.text[p.pos:])
	switch {
	case r == utf8.RuneError && n == 1:
		return fmt.Sprintf("byte 0x%02x", p.text[p.pos])
	case !unicode.IsPrint(r):
		return fmt.Sprintf("character %U", r)
	default:
		return string(r)
	}
}

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == '$'
}

// shorten bounds what a message quotes from the file.
func shorten(s string) string {
	const most = 40
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
