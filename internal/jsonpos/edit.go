package jsonpos

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
)

// Quote gives text as a JSON string.
func Quote(text string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(text) // a string always has a form
	return strings.TrimSuffix(b.String(), "\n")
}

func (d *Document) edit(start, end int, text string) diag.Edit {
	return diag.Edit{File: d.File(), Start: start + d.mark, End: end + d.mark, Text: text}
}

// Replace is the edit that writes text, which is JSON, in place of a value.
func (d *Document) Replace(v *Value, text string) diag.Edit { return d.edit(v.start, v.end, text) }

// Insert is the edit that adds a member at the end of an object. text is its value,
// JSON, indented as if it stood at the left margin; the edit indents it like the
// members before it, or with two spaces more than the object's own line.
func (d *Document) Insert(object *Value, key, text string) diag.Edit {
	src := d.source.Text()
	member := Quote(key) + ": " + text
	if n := len(object.Members); n > 0 {
		last := object.Members[n-1]
		indent, alone := indentOf(src, last.start)
		if !alone { // on the line of the one before
			return d.edit(last.Value.end, last.Value.end, ", "+member)
		}
		return d.edit(last.Value.end, last.Value.end, ",\n"+indent+strings.ReplaceAll(member, "\n", "\n"+indent))
	}
	start := object.start
	if i := strings.LastIndexByte(src[:start], '\n'); i >= 0 {
		start = i + 1
	} else {
		start = 0
	}
	line := src[start:]
	outer := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	indent := outer + "  "
	return d.edit(object.start, object.end, "{\n"+indent+strings.ReplaceAll(member, "\n", "\n"+indent)+"\n"+outer+"}")
}

// indentOf gives the white space before an offset on its line; alone is false
// where something else stands there too.
func indentOf(src string, at int) (indent string, alone bool) {
	line := src[strings.LastIndexByte(src[:at], '\n')+1 : at]
	return line, strings.Trim(line, " \t") == "" && strings.ContainsRune(src[:at], '\n')
}

// Rename is the edit that gives a member another key.
func (d *Document) Rename(m Member, key string) diag.Edit {
	return d.edit(m.start, m.end, Quote(key))
}

// Remove is the edit that takes an item out of a list, with its comma.
func (d *Document) Remove(list, item *Value) diag.Edit {
	i := slices.Index(list.Items, item)
	switch {
	case i+1 < len(list.Items):
		return d.edit(item.start, list.Items[i+1].start, "")
	case i > 0:
		return d.edit(list.Items[i-1].end, item.end, "")
	default:
		return d.edit(item.start, item.end, "")
	}
}

// cut is the edit that takes a comment out of text, with the blanks before it,
// and with its line where nothing else stands there.
func (d *Document) cut(text string, start, end int) diag.Edit {
	before := strings.TrimRight(text[:start], " \t")
	rest := strings.TrimLeft(text[end:], " \t")
	if alone := before == "" || strings.HasSuffix(before, "\n"); alone {
		for _, lineBreak := range []string{"\r\n", "\n"} {
			if strings.HasPrefix(rest, lineBreak) {
				return d.edit(len(before), len(text)-len(rest)+len(lineBreak), "")
			}
		}
	}
	return d.edit(len(before), end, "")
}
