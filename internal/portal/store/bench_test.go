package store_test

import (
	"crypto/rand"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/fns-dev/fns/internal/portal/store"
)

// BenchmarkAddRuns writes runs as a busy server does, 500 at once.
func BenchmarkAddRuns(b *testing.B) {
	dir := b.TempDir()
	s, err := store.Open(b.Context(), store.Options{Dir: filepath.Join(dir, ".fns"), Keys: store.Keys{Dir: filepath.Join(dir, "keys")}})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	const batch = 500
	runs := make([]store.Run, batch)
	written := 0
	for b.Loop() {
		for i := range runs {
			runs[i] = store.Run{
				ID: rand.Text(), At: time.Now(), Route: "hello", Function: "hello", Method: "GET", Path: "/_hcms/api/hello?name=you",
				Status: "SUCCESS", HTTP: 200, Duration: 1.25, MemoryMB: 43, MemoryOf: 128, Log: fmt.Sprintf("2026-11-24T01:10:59.370Z\tINFO\tgreeting %d\n", i),
			}
		}
		if err := s.AddRuns(b.Context(), runs); err != nil {
			b.Fatal(err)
		}
		written += batch
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(written), "µs/run")
}
