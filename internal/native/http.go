package native

// httpNatives serve the parser below http and fetch.
func httpNatives() Table {
	return Table{
		// httpParser(method, maxHeaderSize) → parser of the response to a request.
		"httpParser": func(h Host, a Args) (any, error) {
			return Handle{newResponseParser(a.String(0), int(a.Int(1)))}, nil
		},
		// httpParse(parser, bytes) → [events…, consumed]; bytes undefined is the end
		// of the connection. An event is a list: ["headers", major, minor, status,
		// reason, [name, value…], keepAlive, upgrade], ["body", bytes],
		// ["end", [name, value…]], ["error", code, message].
		"httpParse": func(h Host, a Args) (any, error) {
			p, ok := HandleOf[*responseParser](a, 0)
			if !ok {
				return []any{int64(0)}, nil
			}
			data, more := a.Any(1).([]byte)
			if !more {
				return append(p.finish(), int64(0)), nil
			}
			events, n := p.parse(data)
			return append(events, int64(n)), nil
		},
	}
}
