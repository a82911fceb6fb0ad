package native

import (
	"os"
	"runtime"
	"time"
)

// processNatives serve process and console.
func processNatives() Table {
	return Table{
		// log(level, text): one console record.
		"log": func(h Host, a Args) (any, error) {
			h.Log(a.String(0), a.String(1))
			return nil, nil
		},
		// exit(code): ends the sandbox.
		"exit": func(h Host, a Args) (any, error) {
			h.Exit(int(a.Int(0)))
			return nil, nil
		},
		// env(): the whole of process.env.
		"env": func(h Host, a Args) (any, error) {
			vars := make(map[string]any, len(h.Config().Vars))
			for k, v := range h.Config().Vars {
				vars[k] = v
			}
			return vars, nil
		},
		// config(): {dir, tmpDir, entry, pid, platform, arch}.
		"config": func(h Host, a Args) (any, error) {
			c := h.Config()
			return map[string]any{
				"dir": c.Dir, "tmpDir": c.TmpDir, "entry": c.Entry, "pid": int64(os.Getpid()),
				"arch": map[string]string{"amd64": "x64", "arm64": "arm64"}[runtime.GOARCH],
			}, nil
		},
		// hrtime(): nanoseconds of a monotonic clock, as a number of milliseconds
		// since the instance started.
		"hrtime": func(h Host, a Args) (any, error) {
			return float64(time.Since(h.Config().Started)) / float64(time.Millisecond), nil
		},
		// memory(): {heapUsed, heapTotal} in bytes.
		"memory": func(h Host, a Args) (any, error) {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			return map[string]any{"heapUsed": int64(m.HeapAlloc), "heapTotal": int64(m.HeapSys), "rss": int64(m.Sys)}, nil
		},
	}
}
