package enginetest

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/fns-dev/fns/internal/engine"
)

// measured is what testdata/cost.js answers.
type measured struct {
	Name   string          `json:"name"`
	MS     float64         `json:"ms"`
	Answer json.RawMessage `json:"answer"`
}

// nodeCosts times all cases in one Node.
func nodeCosts(tb testing.TB, script string) []measured {
	tb.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		tb.Skip("compares with node, which is not on PATH")
	}
	const drive = `const c = require(process.argv[1]);
		(async () => { const all = []; for (const name of c.names) all.push({ name, ...await c.main({ name }) }); console.log(JSON.stringify(all)); })()`
	cmd := exec.CommandContext(tb.Context(), node, "-e", drive, script)
	cmd.Env = append(os.Environ(), "TZ=UTC")
	out, err := cmd.Output()
	if err != nil {
		tb.Fatalf("node: %v", err)
	}
	var all []measured
	if err := json.Unmarshal(out, &all); err != nil {
		tb.Fatal(err)
	}
	return all
}

// BenchmarkCost runs the cases of testdata/cost.js in the embedded engine, warm,
// and in Node, and reports how many times longer the former takes. They are the
// numbers of docs/performance.md.
func BenchmarkCost(b *testing.B) {
	script, err := filepath.Abs("testdata/cost.js")
	if err != nil {
		b.Fatal(err)
	}
	fn, err := function(Case{Name: "cost", Path: script}, nil)
	if err != nil {
		b.Fatal(err)
	}
	instance, err := newEmbedded(nil).engine.Start(b.Context(), fn)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = instance.Close() }()
	for _, node := range nodeCosts(b, script) {
		b.Run(node.Name, func(b *testing.B) {
			in, err := json.Marshal(map[string]string{"name": node.Name})
			if err != nil {
				b.Fatal(err)
			}
			var goja measured
			for b.Loop() {
				res := instance.Invoke(context.Background(), engine.Invocation{ID: "1", Context: in, Time: time.Minute}, func(engine.LogRecord) {})
				if res.Error != nil {
					b.Fatal(res.Error)
				}
				if err := json.Unmarshal(res.Payload, &goja); err != nil {
					b.Fatal(err)
				}
			}
			if string(goja.Answer) != string(node.Answer) {
				b.Errorf("the answer is %s, Node's %s", goja.Answer, node.Answer)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(goja.MS, "goja-ms")
			b.ReportMetric(node.MS, "node-ms")
			b.ReportMetric(goja.MS/node.MS, "times")
		})
	}
}
