package native

import "time"

// timerNatives serve the timers module and the global timers.
func timerNatives() Table {
	return Table{
		// timerStart(ms, ref, callback) → handle
		"timerStart": func(h Host, a Args) (any, error) {
			d := time.Duration(a.Float(0) * float64(time.Millisecond))
			return Handle{h.StartTimer(d, a.Bool(1), a.Callback(2))}, nil
		},
		// timerStop(handle)
		"timerStop": func(h Host, a Args) (any, error) {
			if t, ok := HandleOf[Timer](a, 0); ok {
				t.Stop()
			}
			return nil, nil
		},
		// timerRef(handle, ref)
		"timerRef": func(h Host, a Args) (any, error) {
			if t, ok := HandleOf[Timer](a, 0); ok {
				t.SetRef(a.Bool(1))
			}
			return nil, nil
		},
		// immediate(callback): the callback runs in the loop's next turn.
		"immediate": func(h Host, a Args) (any, error) {
			done := h.Hold()
			cb := a.Callback(0)
			done(func() { cb() })
			return nil, nil
		},
	}
}
