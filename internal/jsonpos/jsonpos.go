// Package jsonpos reads JSON files written by people: it keeps the place of
// every key and value, and explains what is wrong in words instead of stopping
// at "unexpected token". It owns the syntax only; what the values mean is the
// caller's.
//
// The grammar is JSON as JSON.parse takes it. Comments and trailing commas are
// reported as errors, but read, so that one comment does not hide everything
// else that is wrong. Input of any kind is bounded: MaxSize, MaxDepth and
// MaxValues.
package jsonpos

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/sysx"
)

// What a file may have at most. Manifests have a few kilobytes; the bounds keep
// a wrong file from using up memory.
const (
	MaxSize   = 4 << 20 // bytes
	MaxDepth  = 256     // nested objects and lists
	MaxValues = 200_000
	maxDiags  = 50
)

// Document is one JSON file.
type Document struct {
	// Root is nil where the syntax is so wrong that no value could be read.
	Root *Value
	// Duplicates are the keys that an object has more than once; the last one
	// counts. Whether that matters depends on the object, so no diagnostic is
	// made of them here.
	Duplicates []Duplicate

	source *diag.Source
	// mark is the length of the byte order mark before the text.
	mark int
}

// Duplicate is a key that its object had before.
type Duplicate struct {
	Object        *Value
	First, Second Member
}

// Kind is the type of a Value.
type Kind byte

// The kinds.
const (
	Null Kind = iota
	Bool
	Number
	String
	List
	Object
)

// String names the kind with its article, for messages: "a list".
func (k Kind) String() string {
	switch k {
	case Null:
		return "null"
	case Bool:
		return "true or false"
	case Number:
		return "a number"
	case String:
		return "a string"
	case List:
		return "a list"
	case Object:
		return "an object"
	default:
		return fmt.Sprintf("kind %d", byte(k))
	}
}

// Value is a JSON value and its place. The methods of a nil Value answer as for
// a value that is not there.
type Value struct {
	Kind    Kind
	Text    string   // String: decoded; Number, Bool, Null: as written
	Items   []*Value // List
	Members []Member // Object, in the file's order, with duplicates

	start, end int
}

// Member is one key of an object with its value.
type Member struct {
	Key   string
	Value *Value

	start, end int // of the key, with its quotes
}

// Get gives the value of a key of an object, the last one where there are
// several, nil where there is none.
func (v *Value) Get(key string) *Value {
	m, _ := v.Member(key)
	return m.Value
}

// Member gives the member of that key, the last one where there are several.
func (v *Value) Member(key string) (Member, bool) {
	if v == nil {
		return Member{}, false
	}
	for i := len(v.Members) - 1; i >= 0; i-- {
		if v.Members[i].Key == key {
			return v.Members[i], true
		}
	}
	return Member{}, false
}

// Is reports whether the value is there and of that kind.
func (v *Value) Is(k Kind) bool { return v != nil && v.Kind == k }

// Read parses the named file, an absolute path. The Document is never nil; its
// Root is nil where the file can't be read.
func Read(file string) (*Document, diag.List) {
	data, err := sysx.ReadRegular(file, MaxSize)
	if err != nil {
		doc := &Document{source: diag.NewSource(file, "")}
		var path *fs.PathError
		if errors.As(err, &path) {
			err = path.Err
		}
		return doc, diag.List{{
			Code: diag.FileUnreadable, Severity: diag.Error,
			Summary: fmt.Sprintf("%s can't be read: %v", base(file), err),
			Range:   doc.Whole(),
		}}
	}
	return Parse(file, data)
}

// Parse parses the content of the named file. The Document is never nil.
func Parse(file string, data []byte) (*Document, diag.List) {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		doc := &Document{source: diag.NewSource(file, "")}
		return doc, diag.List{{
			Code: diag.NotUTF8, Severity: diag.Error,
			Summary: base(file) + " is UTF-16, not UTF-8",
			Range:   doc.Whole(),
			Hint:    "save the file as UTF-8",
		}}
	}
	text := string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
	p := &parser{
		text: text,
		doc:  &Document{source: diag.NewSource(file, text), mark: len(data) - len(text)},
	}
	if len(data) > MaxSize {
		p.report(0, 0, diag.FileUnreadable, fmt.Sprintf("%s is larger than %d MB", base(file), MaxSize>>20), "")
		return p.doc, p.list
	}
	if i := invalidUTF8(text); i >= 0 {
		p.report(i, i+1, diag.NotUTF8, base(file)+" has a byte that is not UTF-8", "save the file as UTF-8")
	}
	p.document()
	return p.doc, p.list
}

// invalidUTF8 gives the offset of the first byte that is not UTF-8, or -1.
func invalidUTF8(text string) int {
	if utf8.ValidString(text) {
		return -1
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// File is the absolute name of the file.
func (d *Document) File() string { return d.source.File() }

// Whole is the Range of the file as a whole.
func (d *Document) Whole() diag.Range { return d.source.Whole() }

// Range is where the value stands; for nil the file as a whole.
func (d *Document) Range(v *Value) diag.Range {
	if v == nil {
		return d.Whole()
	}
	return d.source.Range(v.start, v.end)
}

// KeyRange is where the key of a member stands, with its quotes.
func (d *Document) KeyRange(m Member) diag.Range {
	if m.Value == nil {
		return d.Whole()
	}
	return d.source.Range(m.start, m.end)
}

// Opening is where an object or list begins: its bracket, for a finding about
// something that is missing inside.
func (d *Document) Opening(v *Value) diag.Range {
	if v == nil {
		return d.Whole()
	}
	return d.source.Range(v.start, min(v.start+1, v.end))
}

// At gives the value that a JSON pointer (RFC 6901) names, nil where there is
// none. "" is the root.
func (d *Document) At(pointer string) *Value {
	v, rest := d.follow(pointer)
	if rest {
		return nil
	}
	return v
}

// Locate gives the Range of the value that a JSON pointer names or, where there
// is none, of the deepest value on the way that is there.
func (d *Document) Locate(pointer string) diag.Range {
	v, _ := d.follow(pointer)
	return d.Range(v)
}

// follow walks a JSON pointer as far as it goes; rest says that it goes further.
func (d *Document) follow(pointer string) (v *Value, rest bool) {
	v = d.Root
	if pointer == "" {
		return v, false
	}
	if pointer[0] != '/' {
		return v, true
	}
	unescape := strings.NewReplacer("~1", "/", "~0", "~")
	for token := range strings.SplitSeq(pointer[1:], "/") {
		next := child(v, unescape.Replace(token))
		if next == nil {
			return v, true
		}
		v = next
	}
	return v, false
}

// child gives the member or item of that name, or nil.
func child(v *Value, token string) *Value {
	if !v.Is(List) {
		return v.Get(token)
	}
	i, err := strconv.Atoi(token)
	if err != nil || i < 0 || i >= len(v.Items) || strconv.Itoa(i) != token {
		return nil
	}
	return v.Items[i]
}

// base is the last part of a path, with either separator.
func base(file string) string {
	return file[strings.LastIndexAny(file, `/\`)+1:]
}
