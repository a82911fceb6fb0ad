package gojaengine

import (
	"strings"
	"testing"

	"github.com/dop251/goja"
)

func TestJSONMessagesAreV8s(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		``:              `Unexpected end of JSON input`,
		`[1,`:           `Unexpected end of JSON input`,
		`{bad`:          `Expected property name or '}' in JSON at position 1`,
		`{"a":1,}`:      `Expected double-quoted property name in JSON at position 7`,
		`{"a" 1}`:       `Expected ':' after property name in JSON at position 5`,
		`{"a":1 "b":2}`: `Expected ',' or '}' after property value in JSON at position 7`,
		`[1 2]`:         `Expected ',' or ']' after array element in JSON at position 3`,
		`<html>`:        `Unexpected token '<', "<html>" is not valid JSON`,
		`undefined`:     `"undefined" is not valid JSON`,
		`{} x`:          `Unexpected non-whitespace character after JSON at position 3`,
		`"a`:            `Unterminated string in JSON at position 2`,
		`"\x"`:          `Bad escaped character in JSON at position 2`,
		`-`:             `No number after minus sign in JSON at position 1`,
	} {
		if got := jsonMessage(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestExpressionBeforeACallReadsAsInV8(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"x = f":                  "f",
		"return o.a.b":           "o.a.b",
		"o?.a":                   "o?.a",
		"list.map(x => x).foo":   "list.map(...).foo",
		"o['x-y']":               "o.x-y",
		"rows[0]":                "rows[0]",
		"(await get()).json":     "(intermediate value).json",
		"(0, import_x.default)":  "(0 , import_x.default)",
		"'s'.foo":                `"s".foo`,
		"[].foo":                 "[].foo",
		"await client.crm.deals": "client.crm.deals",
		"{ a: 1 }":               "",
	} {
		if got := expressionBefore(src, len(src)); got != want {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
}

// The error classes reach into goja; a new version of it must still look as
// expected.
func TestErrorsAreKeptByGojaAsExpected(t *testing.T) {
	t.Parallel()
	vm := goja.New()
	sample, err := vm.New(vm.Get("Error"))
	if err != nil {
		t.Fatal(err)
	}
	l, err := layoutOf(vm, sample)
	if err != nil {
		t.Fatal(err)
	}
	v, err := vm.RunScript("f.js", "function f() { return new Error('x') }\nf()")
	if err != nil {
		t.Fatal(err)
	}
	frames := l.framesOf(v.ToObject(vm))
	if len(frames) == 0 || frames[0].FuncName() != "f" {
		t.Fatalf("frames of an error: %v", frames)
	}
	src, at, ok := sourceAt(&frames[0])
	if !ok || !strings.HasPrefix(src[at:], "new Error") {
		t.Errorf("the source of the frame stands at %q", src[at:])
	}
	if p := positionOf(&frames[0]); p.Line != 1 || p.Column != 23 {
		t.Errorf("position %v", p)
	}
}
