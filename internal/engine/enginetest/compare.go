package enginetest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Difference is one place where two outcomes differ.
type Difference struct {
	At        string // a JSON pointer into the Outcome
	Want, Got string // JSON of both sides, cut
}

// Compare finds the differences between two outcomes. The order of the keys of
// objects counts: JSON.stringify writes them in the order they were made in.
func Compare(want, got Outcome) ([]Difference, error) {
	w, err := tree(want)
	if err != nil {
		return nil, err
	}
	g, err := tree(got)
	if err != nil {
		return nil, err
	}
	var out []Difference
	diff(&out, "", w, g)
	return out, nil
}

// object is a JSON object with its keys in order.
type object struct {
	keys   []string
	values map[string]any
}

func tree(o Outcome) (any, error) {
	text, err := encode(o)
	if err != nil {
		return nil, fmt.Errorf("outcome %s: %w", o.Answer, err)
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	v, err := decode(dec)
	if err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("text behind the outcome: %s", text)
	}
	return v, nil
}

func encode(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSpace(buf.Bytes()), err
}

func decode(dec *json.Decoder) (any, error) {
	tok, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch tok {
	case json.Delim('{'):
		o := &object{values: map[string]any{}}
		for dec.More() {
			key, err := dec.Token()
			if err != nil {
				return nil, err
			}
			name := fmt.Sprint(key)
			if _, dup := o.values[name]; !dup {
				o.keys = append(o.keys, name)
			}
			if o.values[name], err = decode(dec); err != nil {
				return nil, err
			}
		}
		_, err = dec.Token()
		return o, err
	case json.Delim('['):
		list := []any{}
		for dec.More() {
			v, err := decode(dec)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err = dec.Token()
		return list, err
	}
	return tok, nil
}

// missing stands for a member that one side lacks.
type missing struct{}

func diff(out *[]Difference, at string, want, got any) {
	switch w := want.(type) {
	case *object:
		if g, ok := got.(*object); ok {
			diffObjects(out, at, w, g)
			return
		}
	case []any:
		if g, ok := got.([]any); ok {
			for i := range max(len(w), len(g)) {
				diff(out, at+"/"+strconv.Itoa(i), item(w, i), item(g, i))
			}
			return
		}
	default:
		if want == got {
			return
		}
	}
	*out = append(*out, Difference{at, show(want), show(got)})
}

func diffObjects(out *[]Difference, at string, w, g *object) {
	before := len(*out)
	for _, k := range w.keys {
		diff(out, at+"/"+pointer(k), w.values[k], member(g, k))
	}
	for _, k := range g.keys {
		if _, ok := w.values[k]; !ok {
			diff(out, at+"/"+pointer(k), missing{}, g.values[k])
		}
	}
	if len(*out) == before && !slices.Equal(w.keys, g.keys) {
		*out = append(*out, Difference{at, "keys " + strings.Join(w.keys, " "), "keys " + strings.Join(g.keys, " ")})
	}
}

func item(list []any, i int) any {
	if i < len(list) {
		return list[i]
	}
	return missing{}
}

func member(o *object, key string) any {
	if v, ok := o.values[key]; ok {
		return v
	}
	return missing{}
}

func pointer(key string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
}

// maxShown is how much of a value a failed test shows.
const maxShown = 600

func show(v any) string {
	text := plain(v)
	if len(text) > maxShown {
		text = text[:maxShown] + "…"
	}
	return text
}

func plain(v any) string {
	switch v := v.(type) {
	case missing:
		return "(missing)"
	case *object:
		parts := make([]string, len(v.keys))
		for i, k := range v.keys {
			parts[i] = k + ": " + plain(v.values[k])
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []any:
		parts := make([]string, len(v))
		for i := range v {
			parts[i] = plain(v[i])
		}
		return "[" + strings.Join(parts, ", ") + "]"
	default:
		text, err := encode(v)
		if err != nil {
			return fmt.Sprint(v)
		}
		return string(text)
	}
}
