package gojaengine

import (
	"regexp"
	"strconv"
	"unsafe"

	"github.com/dop251/goja"
)

// Where a text is split at matches that may be empty, those that lie at the end of
// the match before them do not count: 'a, ä'.split(/,?\s*/) is ['a', 'ä']. goja's
// second matcher finds these too, and goja splits there.

// bindSplitting has such a text split match by match.
func (in *instance) bindSplitting() {
	objects, err := objectLayoutOf()
	if err != nil {
		return
	}
	patterns, err := patternLayoutOf()
	if err != nil {
		return
	}
	matches, err := matchLayoutOf()
	if err != nil {
		return
	}
	var exec func(goja.FunctionCall) goja.Value
	objects.rebody(in.vm, "RegExp.prototype.exec", func(plain func(goja.FunctionCall) goja.Value) func(goja.FunctionCall) goja.Value {
		exec = plain
		return plain
	})
	objects.rebody(in.vm, "RegExp.prototype.@@split", func(plain func(goja.FunctionCall) goja.Value) func(goja.FunctionCall) goja.Value {
		return func(call goja.FunctionCall) goja.Value {
			o, ok := call.This.(*goja.Object)
			if !ok || objects.inside(o).table != patterns.regexp || exec == nil {
				return plain(call)
			}
			p := *(**patternShape)(unsafe.Add(objects.inside(o).data, patterns.inObject))
			text := goja.Value(call.Argument(0).ToString())
			if p.regexpWrapper != nil && (wordsOf(&text).table != matches.wide || !canBeEmpty((*regexp.Regexp)(p.regexpWrapper).String())) {
				return plain(call)
			}
			limit := uint32(1<<32 - 1)
			if l := call.Argument(1); !goja.IsUndefined(l) {
				limit = uint32(l.ToInteger())
			}
			return in.vm.NewArray(in.split(o, p, exec, text, limit)...)
		}
	})
}

// split is RegExp.prototype[Symbol.split] for an expression of our own class.
func (in *instance) split(o *goja.Object, p *patternShape, exec func(goja.FunctionCall) goja.Value, text goja.Value, limit uint32) []any {
	before, global, sticky := o.Get("lastIndex"), p.global, p.sticky
	p.global, p.sticky = true, false
	defer func() {
		p.global, p.sticky = global, sticky
		_ = o.Set("lastIndex", before)
	}()
	next := func(from int) (goja.Value, int, int) {
		_ = o.Set("lastIndex", from)
		m, ok := exec(goja.FunctionCall{This: o, Arguments: []goja.Value{text}}).(*goja.Object)
		if !ok {
			return nil, 0, 0
		}
		return m, int(m.Get("index").ToInteger()), int(o.Get("lastIndex").ToInteger())
	}
	units := text.(goja.String)
	length := units.Length()
	if limit == 0 {
		return nil
	}
	if length == 0 {
		if m, _, _ := next(0); m != nil {
			return nil
		}
		return []any{text}
	}
	var parts []any
	end := 0 // of the match before
	for from := 0; from < length; {
		m, start, stop := next(from)
		if m == nil || start >= length {
			break
		}
		if stop == end { // empty, and at the end of the one before
			from = end + 1
			if p.unicode && end+1 < length && isHigh(units.CharAt(end)) && isLow(units.CharAt(end+1)) {
				from++
			}
			continue
		}
		if parts = append(parts, units.Substring(end, start)); uint32(len(parts)) == limit {
			return parts
		}
		captures := m.ToObject(in.vm)
		for i := range int(captures.Get("length").ToInteger()) - 1 {
			if parts = append(parts, captures.Get(strconv.Itoa(i+1))); uint32(len(parts)) == limit {
				return parts
			}
		}
		end, from = stop, stop
	}
	return append(parts, units.Substring(end, length))
}

func isHigh(unit uint16) bool { return unit&0xFC00 == 0xD800 }

func isLow(unit uint16) bool { return unit&0xFC00 == 0xDC00 }
