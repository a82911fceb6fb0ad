package resolve

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
)

// packageJSON is what resolution needs of a package.json.
type packageJSON struct {
	name, main string
	module     bool // "type": "module"
	exports    any  // see parseOrdered; nil where absent or null
	imports    *object
}

type packageEntry struct {
	pkg *packageJSON
	err error
}

// packageJSON reads the package.json of a folder; nil without error means that
// there is none.
func (d *disk) packageJSON(dir string) (*packageJSON, error) {
	if e, ok := d.packages.Load(dir); ok {
		return e.(*packageEntry).pkg, e.(*packageEntry).err
	}
	e := new(packageEntry)
	path := filepath.Join(dir, "package.json")
	if content, err := os.ReadFile(path); err == nil {
		if e.pkg, err = parsePackage(content); err != nil {
			e.err = &Error{Message: "Error parsing " + path + ": " + err.Error()}
		}
	}
	d.packages.Store(dir, e)
	return e.pkg, e.err
}

func parsePackage(content []byte) (*packageJSON, error) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	// Not a struct: its keys would match in any case.
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(content, &fields); err != nil {
		return nil, err
	}
	text := func(key string) (s string) {
		_ = json.Unmarshal(fields[key], &s) // another type counts as absent, as in Node
		return s
	}
	pkg := &packageJSON{name: text("name"), main: text("main"), module: text("type") == "module"}
	if raw, ok := fields["exports"]; ok {
		pkg.exports = parseOrdered(raw)
	}
	if raw, ok := fields["imports"]; ok {
		pkg.imports, _ = parseOrdered(raw).(*object)
	}
	return pkg, nil
}

// object is a JSON object whose keys keep their order, which decides between
// conditions.
type object struct {
	keys   []string
	values map[string]any
}

// parseOrdered reads valid JSON into string, bool, float64, []any, *object or nil.
func parseOrdered(raw json.RawMessage) any {
	return ordered(json.NewDecoder(bytes.NewReader(raw)))
}

func ordered(dec *json.Decoder) any {
	token, err := dec.Token()
	if err != nil {
		return nil
	}
	switch token {
	case json.Delim('['):
		list := []any{}
		for dec.More() {
			list = append(list, ordered(dec))
		}
		_, _ = dec.Token() // the bracket; raw is known to be valid
		return list
	case json.Delim('{'):
		obj := &object{values: map[string]any{}}
		for dec.More() {
			key, _ := dec.Token()
			name, _ := key.(string)
			if _, twice := obj.values[name]; !twice {
				obj.keys = append(obj.keys, name)
			}
			obj.values[name] = ordered(dec)
		}
		_, _ = dec.Token()
		return obj
	}
	return token
}
