package gojaengine

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/dop251/goja"
)

func FuzzContextJSONAgreesWithJSONParse(f *testing.F) {
	for _, s := range []string{`{"a":[1,-0,2.5e3,true,null,"x\n\u00e9\ud83d\ude00"],"__proto__":{"b":1},"1":2}`, `"\ud800"`, `[[[]]]`, `1e999`, `{"":""}`, ` [ ] `, `{"a":1,"a":2}`, "\"\xff\""} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		vm := goja.New()
		got, err := decodeJSON(vm, keys{}, src)
		if !json.Valid(src) {
			return // callers give valid JSON; anything else must only not panic
		}
		if err != nil {
			t.Fatalf("%q: %v", src, err)
		}
		parse, _ := goja.AssertFunction(vm.Get("JSON").ToObject(vm).Get("parse"))
		want, err := parse(goja.Undefined(), vm.ToValue(string(src)))
		if err != nil {
			return
		}
		write, _ := goja.AssertFunction(vm.Get("JSON").ToObject(vm).Get("stringify"))
		a, _ := write(goja.Undefined(), got)
		b, _ := write(goja.Undefined(), want)
		// Go strings cannot carry a lone surrogate to JSON.parse.
		if a.String() != b.String() && !bytes.Contains(bytes.ToLower(src), []byte(`\ud`)) {
			t.Errorf("%q: %s, JSON.parse gives %s", src, a, b)
		}
	})
}
