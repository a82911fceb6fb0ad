package worker

import (
	"context"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/engine/gojaengine"
)

// memoryCases keep data of a kind alive; docs/memory.md shows the figures.
func memoryCases() map[string]string {
	return map[string]string{
		"integers":      `const a = []; for (let i = 0; i < 1e6; i++) a.push(i); return a`,
		"floats":        `const a = []; for (let i = 0; i < 1e6; i++) a.push(i + 0.5); return a`,
		"objects-3":     `const a = []; for (let i = 0; i < 1e5; i++) a.push({ id: i, name: 'n' + i, ok: true }); return a`,
		"objects-10":    `const a = []; for (let i = 0; i < 3e4; i++) a.push({ a: i, b: i, c: i, d: i, e: i, f: i, g: i, h: i, i: i, j: i }); return a`,
		"JSON":          `const row = JSON.stringify({ id: 123456, properties: { email: 'someone@example.com', firstname: 'Some', lastname: 'One', createdate: '2026-01-01T00:00:00Z' }, associations: [1, 2, 3] }); return JSON.parse('[' + new Array(40000).fill(row).join(',') + ']')`,
		"closures":      `const a = []; for (let i = 0; i < 1e5; i++) a.push(() => i); return a`,
		"instances":     `class P { constructor(i) { this.i = i; this.s = 'x' } get v() { return this.i } } const a = []; for (let i = 0; i < 1e5; i++) a.push(new P(i)); return a`,
		"Map":           `const m = new Map(); for (let i = 0; i < 1e5; i++) m.set('k' + i, i); return m`,
		"short-strings": `const a = []; for (let i = 0; i < 2e5; i++) a.push('string number ' + i); return a`,
		"long-strings":  `const a = []; for (let i = 0; i < 30; i++) a.push(new Array(1e6).fill('x').join('')); return a`,
		"buffers":       `const a = []; for (let i = 0; i < 30; i++) a.push(new Uint8Array(1e6).fill(1)); return a`,
	}
}

// BenchmarkMemoryModel measures what the same data takes in Node and in goja,
// and what the model makes of the latter.
func BenchmarkMemoryModel(b *testing.B) {
	for name, body := range memoryCases() {
		b.Run(name, func(b *testing.B) {
			var node, live, scan int64
			for b.Loop() {
				node = nodeRetains(b, body)
				live, scan = gojaRetains(b, body)
			}
			mb := func(n int64) float64 { return float64(n) / (1 << 20) }
			b.ReportMetric(mb(node), "node-MB")
			b.ReportMetric(mb(live), "goja-MB")
			b.ReportMetric(mb(scan), "scanned-MB")
			b.ReportMetric(mb(nodeBytes(live, scan)-nodeBaseline), "model-MB")
			b.ReportMetric(float64(nodeBytes(live, scan)-nodeBaseline)/float64(node), "model/node")
		})
	}
}

func nodeRetains(b *testing.B, body string) int64 {
	b.Helper()
	script := `const keep = () => {` + body + `}; const size = () => { gc(); const m = process.memoryUsage(); return m.heapUsed + m.external }; const before = size(); globalThis.kept = keep(); console.log(size() - before)`
	out, err := exec.Command("node", "--expose-gc", "-e", script).Output()
	if err != nil {
		b.Skip("needs node: ", err)
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(out)), 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

func gojaRetains(b *testing.B, body string) (live, scan int64) {
	b.Helper()
	fn := &engine.Function{Name: "f", Entry: "/p/f.js", Dir: "/p", Contract: engine.Return,
		Code: []byte(`const keep = () => {` + body + `}; exports.main = () => { globalThis.kept = keep() }`)}
	inst, err := gojaengine.New(newPackages()).Start(context.Background(), fn)
	if err != nil {
		b.Fatal(err)
	}
	defer inst.Close()
	g := newMemoryGuard(0, nil)
	size := func() (int64, int64) {
		runtime.GC()
		runtime.GC()
		_, l, s := g.read()
		return l, s
	}
	l0, s0 := size()
	if res := inst.Invoke(context.Background(), engine.Invocation{Context: []byte(`{}`)}, func(engine.LogRecord) {}); res.Error != nil {
		b.Fatal(res.Error)
	}
	l1, s1 := size()
	runtime.KeepAlive(inst)
	return l1 - l0, s1 - s0
}
