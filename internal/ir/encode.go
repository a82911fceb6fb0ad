package ir

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/wire"
)

// object is a JSON object whose keys stay in their order.
type object struct {
	keys   []string
	values map[string]json.RawMessage
}

// set puts a value where the key is already, or at the end.
func (o *object) set(key string, value json.RawMessage) {
	if o.values == nil {
		o.values = map[string]json.RawMessage{}
	}
	if _, known := o.values[key]; !known {
		o.keys = append(o.keys, key)
	}
	o.values[key] = value
}

// fill puts the members of v in.
func (o *object) fill(v *jsonpos.Value) {
	if v == nil {
		return
	}
	for _, m := range v.Members {
		o.set(m.Key, encoded(m.Value))
	}
}

func (o *object) json() json.RawMessage {
	var b strings.Builder
	b.WriteByte('{')
	for i, key := range o.keys {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(jsonpos.Quote(key))
		b.WriteByte(':')
		b.Write(o.values[key])
	}
	b.WriteByte('}')
	return json.RawMessage(b.String())
}

// encoded writes a value as JavaScript would after reading it.
func encoded(v *jsonpos.Value) json.RawMessage {
	if v == nil {
		return json.RawMessage("null")
	}
	switch v.Kind {
	case jsonpos.Object:
		o := &object{}
		o.fill(v)
		return o.json()
	case jsonpos.List:
		parts := make([]string, len(v.Items))
		for i, item := range v.Items {
			parts[i] = string(encoded(item))
		}
		return json.RawMessage("[" + strings.Join(parts, ",") + "]")
	case jsonpos.String:
		return text(v.Text)
	default:
		return json.RawMessage(v.Text)
	}
}

func text(s string) json.RawMessage { return json.RawMessage(jsonpos.Quote(s)) }

func texts(list []string) json.RawMessage {
	parts := make([]string, len(list))
	for i, s := range list {
		parts[i] = jsonpos.Quote(s)
	}
	return json.RawMessage("[" + strings.Join(parts, ",") + "]")
}

// truthy reports what JavaScript takes for true.
func truthy(v *jsonpos.Value) bool {
	if v == nil || v.Kind == jsonpos.Null {
		return false
	}
	if v.Kind == jsonpos.Number {
		n, err := strconv.ParseFloat(v.Text, 64)
		return err != nil || n != 0
	}
	return v.Kind == jsonpos.List || v.Kind == jsonpos.Object || v.Text != "" && v.Text != "false" || v.Kind == jsonpos.String && v.Text != ""
}

// profileData gives the variables of a profile as they are sent; the map is
// never nil.
func profileData(p *project.Profile) wire.ProfileData {
	all := map[string]wire.ProfileVariable{}
	if p != nil && p.Variables != nil {
		for _, m := range p.Variables.Members {
			if kind := variableType(m.Value); kind != "" {
				all[m.Key] = wire.ProfileVariable{Type: kind, Value: encoded(m.Value)}
			} else {
				delete(all, m.Key) // an earlier one of that name does not count
			}
		}
	}
	return wire.ProfileData{Vars: wire.ProfileVars{Variables: all}}
}

// variableType names the type of a variable, "" for what can't be one.
func variableType(v *jsonpos.Value) string {
	switch v.Kind {
	case jsonpos.String:
		return wire.ProfileString
	case jsonpos.Bool:
		return wire.ProfileBoolean
	case jsonpos.Number:
		// A fraction between the bounds is an "int" to HubSpot's CLI as well.
		if n, err := strconv.ParseFloat(v.Text, 64); err == nil && n >= math.MinInt32 && n <= math.MaxInt32 {
			return wire.ProfileInt
		}
		return wire.ProfileLong
	}
	return ""
}
