package enginetest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestZZDump(t *testing.T) {
	pat := os.Getenv("DUMP")
	if pat == "" {
		t.Skip()
	}
	b := newBench(t, Suite{})
	p := <-b.free
	dir := os.Getenv("DUMPDIR")
	if dir == "" {
		dir = "../../../testdata/npm/cases"
	}
	dir, _ = filepath.Abs(dir)
	cases, _ := List(dir)
	for _, c := range cases {
		if !strings.Contains(c.Name, pat) {
			continue
		}
		var r runner = p.node
		if os.Getenv("SIDE") == "goja" {
			r = p.embedded
		}
		o := b.outcome(t, r, c)
		var v any
		json.Unmarshal(o.Answer, &v)
		x, _ := json.MarshalIndent(v, "", " ")
		fmt.Println("==", c.Name, string(x), o.Logs)
		if o.Error != nil {
			fmt.Println(*o.Error, o.Error.Stack)
		}
	}
}
