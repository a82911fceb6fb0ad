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
