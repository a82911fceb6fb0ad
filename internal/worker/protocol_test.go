package worker

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/engine"
)

func TestFramesComeBackAsTheyWent(t *testing.T) {
	t.Parallel()
	var pipe bytes.Buffer
	w := frameWriter{w: &pipe}
	fn := &engine.Function{Name: "f", Entry: "/p/f.js", Code: []byte("code\x00\xff"), Map: []byte("{}"), Vars: map[string]string{"A": "ä"}, Limits: engine.Limits{Memory: 1}}
	inv := engine.Invocation{ID: "id", Time: time.Second, Context: []byte(`{"a":1}`)}
	rec := engine.LogRecord{Time: time.Unix(1, 5), Level: engine.Warn, Message: "two\nlines"}
	res := engine.Result{Payload: []byte(`{"b":2}`), Error: &engine.FunctionError{Cause: engine.CauseThrown, Message: "m"}, Stats: engine.Stats{Duration: 3, MaxMemory: 4, Engine: "goja"}}

	start, err := encodeFunction(w.begin(kindStart), fn)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.flush(start); err != nil {
		t.Fatal(err)
	}
	if err := w.flush(encodeInvocation(w.begin(kindInvoke), inv)); err != nil {
		t.Fatal(err)
	}
	if err := w.flush(encodeLog(w.begin(kindLog), rec)); err != nil {
		t.Fatal(err)
	}
	done, err := encodeResult(w.begin(kindDone), res)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.flush(done); err != nil {
		t.Fatal(err)
	}

	r := newFrameReader(&pipe)
	read := func(want kind) []byte {
		k, body, err := r.next()
		if err != nil || k != want {
			t.Fatalf("got %c %v, want %c", k, err, want)
		}
		return body
	}
	gotFn, err := decodeFunction(read(kindStart))
	check(t, fn, gotFn, err)
	gotInv, err := decodeInvocation(read(kindInvoke))
	check(t, inv, gotInv, err)
	gotRec, err := decodeLog(read(kindLog))
	check(t, rec, gotRec, err)
	gotRes, err := decodeResult(read(kindDone))
	check(t, res, gotRes, err)
	if _, _, err := r.next(); !errors.Is(err, io.EOF) {
		t.Errorf("at the end: %v", err)
	}
}

func check[T any](t *testing.T, want, got T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzDecodersRefuseWithoutPanic(f *testing.F) {
	f.Add([]byte{1, 'a', 2, 'b'})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(_ *testing.T, body []byte) {
		_, _ = decodeFunction(body)
		_, _ = decodeInvocation(body)
		_, _ = decodeLog(body)
		_, _ = decodeResult(body)
		r := newFrameReader(bytes.NewReader(body))
		for {
			if _, _, err := r.next(); err != nil {
				return
			}
		}
	})
}
