package gojaengine_test

import (
	"testing"
	"time"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/engine/gojaengine"
)

func BenchmarkWarmInvoke(b *testing.B) {
	fn := &engine.Function{Name: "f", Entry: "/p/f.js", Dir: "/p", Contract: engine.Return,
		Code: []byte(`exports.main = async (c) => ({ statusCode: 200, body: { hello: c.params.name[0] } })`)}
	inst, err := gojaengine.New(noPackages{}).Start(b.Context(), fn)
	if err != nil {
		b.Fatal(err)
	}
	defer inst.Close()
	ctx := []byte(`{"accountId":123456,"body":{},"params":{"name":["you"]},"headers":{"host":"localhost:3000","user-agent":"bench","accept":"*/*"},"method":"GET","limits":{"executionsRemaining":60,"timeRemaining":600000}}`)
	inv := engine.Invocation{ID: "1", Context: ctx, Time: 10 * time.Second}
	for b.Loop() {
		if res := inst.Invoke(b.Context(), inv, func(engine.LogRecord) {}); res.Error != nil {
			b.Fatal(res.Error)
		}
	}
}

func BenchmarkStart(b *testing.B) {
	fn := &engine.Function{Name: "f", Entry: "/p/f.js", Dir: "/p", Contract: engine.Return, Code: []byte(`exports.main = () => 1`)}
	e := gojaengine.New(noPackages{})
	for b.Loop() {
		inst, err := e.Start(b.Context(), fn)
		if err != nil {
			b.Fatal(err)
		}
		_ = inst.Close()
	}
}
