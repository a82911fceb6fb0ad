// Package native is the Go half of the Node layer: the functions that the
// JavaScript in package nodecore reaches as properties of its free variable
// `native`. It knows no JavaScript engine: values cross the border in the
// neutral forms that Func lists, so every embedded engine binds the same table.
package native

import (
	"context"
	"fmt"
	"time"
)

// Func is one native function. It runs on the event loop's goroutine and must
// not block; work that waits uses Host.Hold and a goroutine.
//
// Arguments arrive as nil (undefined and null), bool, int64, float64, string,
// *big.Int, []byte (the memory of a Buffer, typed array or ArrayBuffer itself,
// not a copy), Callback, Handle, []any and map[string]any. The same forms may
// be returned; a returned []byte becomes a Uint8Array that owns it, a []uint16
// (UTF-16, which may hold what no Go string can) becomes a string. A returned
// error is thrown as an Error; *Error chooses its class, code and properties.
type Func func(h Host, args Args) (any, error)

// Callback calls a JavaScript function. It must be called on the event loop,
// that is inside a Func or inside a function given to Host.Hold's done.
// Arguments take the forms of Func; an error becomes an Error object.
type Callback func(args ...any)

// Handle carries a Go value through JavaScript, which sees an opaque object.
type Handle struct{ V any }

// Host is what a native may ask of the runtime it runs in.
type Host interface {
	// Context ends when the instance is closed.
	Context() context.Context
	// Hold keeps the event loop alive until done is called, exactly once and
	// from any goroutine; fn (may be nil) then runs on the loop.
	Hold() (done func(fn func()))
	// Post runs fn on the loop soon, without keeping it alive meanwhile. It
	// may be called from any goroutine.
	Post(fn func())
	// StartTimer calls cb once after d on the loop; the timer keeps the loop
	// alive unless ref is false.
	StartTimer(d time.Duration, ref bool, cb Callback) Timer
	// Log writes one console record; level is one of engine.Level's values.
	Log(level, message string)
	// Exit ends the sandbox as process.exit does.
	Exit(code int)
	// Config is what the function was started with.
	Config() *Config
}

// Timer is a running timer.
type Timer interface {
	Stop()
	SetRef(ref bool)
}

// Config is the part of a function's surroundings that natives need.
type Config struct {
	Dir     string            // the read-only folder of the functions
	TmpDir  string            // the private folder served as /tmp
	Vars    map[string]string // process.env
	Entry   string
	Started time.Time // of the instance
	// TmpBytes is how much TmpDir may hold; 0 means Lambda's default.
	TmpBytes int64
	// PackageDirs are further node_modules folders that may be read.
	PackageDirs []string
}

// Error is an error that JavaScript sees with a class, a code and further
// properties, as Node's own errors have them.
type Error struct {
	Name    string // constructor: "Error", "TypeError", "RangeError"; "" is "Error"
	Code    string // "ERR_INVALID_ARG_TYPE", "ECONNREFUSED"; "" for none
	Message string
	Props   map[string]any // errno, syscall, address, port, path, …
	Hint    string         // what the user can do; not visible to JavaScript
}

// Error gives Message.
func (e *Error) Error() string { return e.Message }

// Errorf makes an Error with a code.
func Errorf(code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// TypeErrorf makes a TypeError with a code.
func TypeErrorf(code, format string, args ...any) *Error {
	return &Error{Name: "TypeError", Code: code, Message: fmt.Sprintf(format, args...)}
}

// RangeErrorf makes a RangeError with a code.
func RangeErrorf(code, format string, args ...any) *Error {
	return &Error{Name: "RangeError", Code: code, Message: fmt.Sprintf(format, args...)}
}

// Args are a Func's arguments; its methods give zero values for what is
// missing or of another type, because the JavaScript half has checked already.
type Args []any

// Any gives argument i, nil if missing.
func (a Args) Any(i int) any {
	if i < len(a) {
		return a[i]
	}
	return nil
}

// String gives argument i if it is a string, else "".
func (a Args) String(i int) string { s, _ := a.Any(i).(string); return s }

// Bool gives argument i if it is a boolean, else false.
func (a Args) Bool(i int) bool { b, _ := a.Any(i).(bool); return b }

// Bytes gives argument i if it is binary, else nil.
func (a Args) Bytes(i int) []byte { b, _ := a.Any(i).([]byte); return b }

// Int gives argument i as an integer, truncating; 0 if it is no number.
func (a Args) Int(i int) int64 {
	switch v := a.Any(i).(type) {
	case int64:
		return v
	case float64:
		return int64(v)
	}
	return 0
}

// Float gives argument i as a number, 0 if it is none.
func (a Args) Float(i int) float64 {
	switch v := a.Any(i).(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	}
	return 0
}

// Callback gives argument i if it is a function, else one that does nothing.
func (a Args) Callback(i int) Callback {
	if cb, ok := a.Any(i).(Callback); ok {
		return cb
	}
	return func(...any) {}
}

// Map gives argument i if it is a plain object, else nil.
func (a Args) Map(i int) map[string]any { m, _ := a.Any(i).(map[string]any); return m }

// HandleOf gives the Go value of type T that argument i carries.
func HandleOf[T any](a Args, i int) (T, bool) {
	h, _ := a.Any(i).(Handle)
	v, ok := h.V.(T)
	return v, ok
}

// Table maps the names that JavaScript uses to functions.
type Table map[string]Func

// All gives every native, made anew so that no state is shared between
// runtimes. Each area of Node adds its own in a file of its own.
func All() Table {
	t := Table{}
	for _, add := range areas() {
		for name, f := range add() {
			if _, dup := t[name]; dup {
				panic("native " + name + " is defined twice")
			}
			t[name] = f
		}
	}
	return t
}
