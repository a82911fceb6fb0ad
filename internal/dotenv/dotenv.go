// Package dotenv reads .env files exactly as version 16 of Node's dotenv package
// does, with the place of every entry, and warns of the lines that do not mean
// what their author thinks. It does not expand $NAME (that is dotenv-expand, and
// it corrupts values that hold a dollar sign) and touches no environment.
//
// A Range of this package never carries the text of its line: it may be a
// secret.
package dotenv

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/sysx"
)

// MaxSize is the largest file that is read, in bytes. All variables of a Lambda
// function together have 4 KB.
const MaxSize = 1 << 20

// maxDiags bounds the warnings about one file.
const maxDiags = 20

// Entry is one assignment.
type Entry struct {
	Key, Value string
	Range      diag.Range // of the key
	ValueRange diag.Range // of the value as written, with its quotes; empty where there is none
}

// File is a parsed .env file.
type File struct {
	Path    string
	Entries []Entry // in the file's order, with duplicates
}

// Get gives the entry of a key, the last one where there are several.
func (f *File) Get(key string) (Entry, bool) {
	for i := len(f.Entries) - 1; i >= 0; i-- {
		if f.Entries[i].Key == key {
			return f.Entries[i], true
		}
	}
	return Entry{}, false
}

// Map gives all values by key.
func (f *File) Map() map[string]string {
	m := make(map[string]string, len(f.Entries))
	for _, e := range f.Entries {
		m[e.Key] = e.Value
	}
	return m
}

// Read parses the named file, an absolute path. The File is never nil; where the
// file can't be read, it is empty and the list says why.
func Read(path string) (*File, diag.List) {
	data, err := sysx.ReadRegular(path, MaxSize)
	if err != nil {
		var of *fs.PathError
		if errors.As(err, &of) {
			err = of.Err
		}
		return &File{Path: path}, diag.List{{
			Code: diag.FileUnreadable, Severity: diag.Error,
			Summary: fmt.Sprintf("%s can't be read: %v", filepath.Base(path), err),
			Range:   diag.Range{File: path},
		}}
	}
	return Parse(path, data)
}

// Parse parses the content of the named file. The File is never nil. Every
// finding is a warning: dotenv itself takes any text.
func Parse(path string, data []byte) (*File, diag.List) {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return &File{Path: path}, diag.List{{
			Code: diag.NotUTF8, Severity: diag.Error,
			Summary: filepath.Base(path) + " is UTF-16, not UTF-8",
			Range:   diag.Range{File: path},
			Hint:    "save the file as UTF-8",
		}}
	}
	text := strings.ReplaceAll(string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))), "\r\n", "\n")
	text = string([]rune(strings.ReplaceAll(text, "\r", "\n"))) // bytes that are not UTF-8 become U+FFFD
	s := &scanner{text: text, source: diag.NewSource(path, text), file: &File{Path: path}}
	s.scan()
	return s.file, s.list
}
