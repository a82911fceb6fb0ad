package worker

import (
	"unicode/utf8"

	"github.com/fns-dev/fns/internal/engine"
)

// logTail applies the log limit: HubSpot keeps the last bytes of a log, as
// Lambda's log tail does, so what is over the limit goes missing at the front.
type logTail struct {
	limit   int64
	emit    func(engine.LogRecord)
	records []engine.LogRecord
	kept    int64
	lost    int64
}

func newLogTail(limit int64, emit func(engine.LogRecord)) *logTail {
	return &logTail{limit: limit, emit: emit}
}

// add takes one record; without a limit it passes on at once.
func (t *logTail) add(r engine.LogRecord) {
	if t.limit <= 0 {
		t.emit(r)
		return
	}
	t.records = append(t.records, r)
	t.kept += int64(len(r.Message))
	for t.kept > t.limit {
		first := &t.records[0]
		over := t.kept - t.limit
		if n := int64(len(first.Message)); over < n {
			for over < n && !utf8.RuneStart(first.Message[over]) {
				over++ // whole characters only
			}
			first.Message = first.Message[over:]
			t.kept -= over
			t.lost += over
			break
		}
		n := int64(len(first.Message))
		t.kept -= n
		t.lost += n
		t.records = t.records[1:]
	}
}

// flush passes on what was held back and gives the number of bytes lost.
func (t *logTail) flush() int64 {
	for _, r := range t.records {
		t.emit(r)
	}
	t.records = nil
	return t.lost
}
