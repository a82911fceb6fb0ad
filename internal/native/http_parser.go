package native

import (
	"bytes"
	"strconv"
	"strings"
)

// responseParser reads HTTP/1 responses from the pieces of a connection, one
// after another, as llhttp does for Node: names keep their case, values their
// order and duplicates.
type responseParser struct {
	method    string
	maxHeader int
	state     parserState
	line      []byte // an unfinished line
	size      int    // of the header so far
	major     int64
	minor     int64
	status    int
	reason    string
	headers   []any // name, value, name, value…
	trailers  []any
	left      int64 // of the body or chunk
	chunked   bool
	keepAlive bool
	upgraded  bool
}

type parserState int

const (
	atStart parserState = iota
	atHeader
	atBody      // left bytes
	atBodyToEnd // until the connection ends
	atChunkSize
	atChunk
	atChunkEnd
	atTrailer
	atOver   // the message is complete
	atFailed // nothing more is read
)

func newResponseParser(method string, maxHeader int) *responseParser {
	if maxHeader <= 0 {
		maxHeader = 16 << 10
	}
	return &responseParser{method: method, maxHeader: maxHeader}
}

// parseFailure is a breach of the protocol, by llhttp's name of it.
type parseFailure struct{ code, message string }

func (e *parseFailure) Error() string { return "Parse Error: " + e.message }

// parse takes the next bytes. It stops after a complete message, and reports how
// much it took.
func (p *responseParser) parse(data []byte) (events []any, n int) {
	for n < len(data) && p.state != atOver && p.state != atFailed {
		var err error
		switch p.state {
		case atBody, atChunk:
			take := int64(len(data) - n)
			if take > p.left {
				take = p.left
			}
			end := n + int(take)
			events = append(events, []any{"body", data[n:end:end]})
			n = end
			if p.left -= take; p.left == 0 {
				if p.state == atChunk {
					p.state = atChunkEnd
				} else {
					events = append(events, p.complete())
				}
			}
		case atBodyToEnd:
			events = append(events, []any{"body", data[n:]})
			n = len(data)
		default:
			used, line, whole := p.takeLine(data[n:])
			n += used
			if p.state == atStart || p.state == atHeader || p.state == atTrailer {
				if p.size += used; p.size > p.maxHeader {
					err = &parseFailure{"HPE_HEADER_OVERFLOW", "Header overflow"}
					break
				}
			} else if len(p.line) > 16<<10 {
				err = &parseFailure{"HPE_CHUNK_EXTENSIONS_OVERFLOW", "Chunk extensions overflow"}
				break
			}
			if p.state == atStart && !whole {
				err = p.checkStart(p.line)
			}
			if whole {
				var event []any
				event, err = p.takeWhole(line)
				if event != nil {
					events = append(events, event)
				}
				if p.state == atOver && !p.upgraded && event != nil && event[0] == "headers" {
					events = append(events, p.complete())
				}
			}
		}
		if err != nil {
			events = append(events, p.fail(err))
		}
	}
	return events, n
}

// finish tells the parser that the connection ended.
func (p *responseParser) finish() []any {
	switch p.state {
	case atBodyToEnd:
		return []any{p.complete()}
	case atStart, atOver, atFailed:
		if p.state != atStart || len(p.line) == 0 {
			return nil
		}
	}
	return []any{p.fail(&parseFailure{"HPE_INVALID_EOF_STATE", "Invalid EOF state"})}
}

func (p *responseParser) fail(err error) []any {
	p.state = atFailed
	code := "HPE_USER"
	if f, ok := err.(*parseFailure); ok { //nolint:errorlint // made in this file, never wrapped
		code = f.code
	}
	return []any{"error", code, err.Error()}
}

func (p *responseParser) complete() []any {
	p.state = atOver
	return []any{"end", p.trailers}
}

// takeLine takes bytes up to a line's end; whole tells that line is one, without
// its end.
func (p *responseParser) takeLine(data []byte) (used int, line []byte, whole bool) {
	i := bytes.IndexByte(data, '\n')
	if i < 0 {
		p.line = append(p.line, data...)
		return len(data), nil, false
	}
	line = data[:i]
	if len(p.line) > 0 {
		line = append(p.line, line...)
		p.line = nil
	}
	return i + 1, bytes.TrimSuffix(line, []byte("\r")), true
}

// takeWhole acts on a complete line.
func (p *responseParser) takeWhole(line []byte) ([]any, error) {
	switch p.state {
	case atStart:
		if len(line) == 0 {
			return nil, nil // an empty line before a message is allowed
		}
		return nil, p.takeStatus(line)
	case atHeader:
		if len(line) == 0 {
			return p.takeHead()
		}
		return nil, p.takeHeader(line, &p.headers)
	case atTrailer:
		if len(line) == 0 {
			return p.complete(), nil
		}
		return nil, p.takeHeader(line, &p.trailers)
	case atChunkSize:
		return nil, p.takeChunkSize(line)
	case atChunkEnd:
		if len(line) != 0 {
			return nil, &parseFailure{"HPE_STRICT", "Expected LF after chunk data"}
		}
		p.state = atChunkSize
	}
	return nil, nil
}

// checkStart looks at the beginning of a status line, so that what is no HTTP is
// noticed before its first line ends.
func (*responseParser) checkStart(line []byte) error {
	n := min(len(line), len(startOfStatus))
	if string(line[:n]) != startOfStatus[:n] && string(line) != "\r" {
		return notHTTP()
	}
	return nil
}

const startOfStatus = "HTTP/"

func notHTTP() error {
	return &parseFailure{"HPE_INVALID_CONSTANT", "Expected HTTP/, RTSP/ or ICE/"}
}

func (p *responseParser) takeStatus(line []byte) error {
	if !strings.HasPrefix(string(line), startOfStatus) {
		return notHTTP()
	}
	version, rest, _ := strings.Cut(string(line), " ")
	number := strings.TrimPrefix(version, "HTTP/")
	if len(number) != 3 || number[1] != '.' || number[0] < '0' || number[0] > '9' || number[2] < '0' || number[2] > '9' {
		return &parseFailure{"HPE_INVALID_VERSION", "Invalid HTTP version"}
	}
	p.major, p.minor = int64(number[0]-'0'), int64(number[2]-'0')
	if !(p.major == 1 && p.minor <= 1 || p.major == 0 && p.minor == 9 || p.major == 2 && p.minor == 0) {
		return &parseFailure{"HPE_INVALID_VERSION", "Invalid HTTP version"}
	}
	digits, reason, _ := strings.Cut(rest, " ")
	status, err := strconv.Atoi(digits)
	if err != nil || len(digits) != 3 || status < 0 {
		return &parseFailure{"HPE_INVALID_STATUS", "Invalid status code"}
	}
	p.status, p.reason, p.state = status, latin1Header(reason), atHeader
	return nil
}

func (p *responseParser) takeHeader(line []byte, into *[]any) error {
	if line[0] == ' ' || line[0] == '\t' {
		// A folded value: llhttp joins it with what stands before.
		if len(*into) == 0 {
			return &parseFailure{"HPE_INVALID_HEADER_TOKEN", "Unexpected space after start line"}
		}
		last := len(*into) - 1
		value, _ := (*into)[last].(string)
		(*into)[last] = value + " " + latin1Header(strings.Trim(string(line), " \t"))
		return nil
	}
	name, value, ok := bytes.Cut(line, []byte(":"))
	if !ok || len(name) == 0 || !isToken(name) {
		return &parseFailure{"HPE_INVALID_HEADER_TOKEN", "Invalid header token"}
	}
	for _, c := range value {
		if c < ' ' && c != '\t' || c == 0x7f {
			return &parseFailure{"HPE_INVALID_HEADER_TOKEN", "Invalid header value char"}
		}
	}
	*into = append(*into, string(name), latin1Header(strings.Trim(string(value), " \t")))
	return nil
}

// takeHead decides, at the end of a header, how the body is framed.
func (p *responseParser) takeHead() ([]any, error) {
	length, hasLength := int64(0), false
	connection, encoding := "", ""
	for i := 0; i < len(p.headers); i += 2 {
		name, _ := p.headers[i].(string)
		value, _ := p.headers[i+1].(string)
		switch strings.ToLower(name) {
		case "content-length":
			n, err := strconv.ParseUint(value, 10, 63)
			if err != nil {
				return nil, &parseFailure{"HPE_INVALID_CONTENT_LENGTH", "Invalid character in Content-Length"}
			}
			if hasLength {
				return nil, &parseFailure{"HPE_UNEXPECTED_CONTENT_LENGTH", "Content-Length already present"}
			}
			length, hasLength = int64(n), true
		case "transfer-encoding":
			encoding = strings.ToLower(value)
		case "connection", "proxy-connection":
			connection += "," + strings.ToLower(value)
		}
	}
	if encoding != "" && hasLength {
		return nil, &parseFailure{"HPE_INVALID_TRANSFER_ENCODING", "Content-Length can't be present with Transfer-Encoding"}
	}
	p.chunked = lastWord(encoding) == "chunked"
	p.upgraded = p.method == "CONNECT" || p.status == 101
	bodyless := p.status/100 == 1 || p.status == 204 || p.status == 304
	empty := p.method == "HEAD" || bodyless
	p.keepAlive = p.minor == 1 && !hasWord(connection, "close") || p.minor == 0 && hasWord(connection, "keep-alive")
	if !bodyless && !p.chunked && !hasLength { // as llhttp: HEAD makes no difference here
		p.keepAlive = false
	}
	event := []any{"headers", p.major, p.minor, int64(p.status), p.reason, p.headers, p.keepAlive, p.upgraded}
	switch {
	case p.upgraded, empty:
		p.state = atOver
		if p.status/100 == 1 && p.status != 101 {
			p.again()
		}
	case p.chunked:
		p.state = atChunkSize
	case hasLength:
		p.left, p.state = length, atBody
		if length == 0 {
			p.state = atOver
		}
	default:
		p.state = atBodyToEnd
	}
	return event, nil
}

// again makes the parser ready for the answer that follows an informational one.
func (p *responseParser) again() {
	p.state, p.size, p.headers, p.trailers, p.chunked = atStart, 0, nil, nil, false
}

func (p *responseParser) takeChunkSize(line []byte) error {
	digits, _, _ := bytes.Cut(line, []byte(";"))
	size, err := strconv.ParseUint(strings.TrimRight(string(digits), " \t"), 16, 63)
	if err != nil {
		return &parseFailure{"HPE_INVALID_CHUNK_SIZE", "Invalid character in chunk size"}
	}
	p.left, p.state = int64(size), atChunk
	if size == 0 {
		p.state = atTrailer
		p.size = 0
	}
	return nil
}

func lastWord(list string) string {
	return strings.TrimSpace(list[strings.LastIndexByte(list, ',')+1:])
}

func hasWord(list, word string) bool {
	for w := range strings.SplitSeq(list, ",") {
		if strings.TrimSpace(w) == word {
			return true
		}
	}
	return false
}

func isToken(name []byte) bool {
	for _, c := range name {
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`"(),/:;<=>?@[\]{}`, c) >= 0 {
			return false
		}
	}
	return true
}

// latin1Header reads bytes as Node reads headers: each is one character.
func latin1Header(s string) string {
	for i := range len(s) {
		if s[i] >= 0x80 {
			runes := make([]rune, len(s))
			for j := range len(s) {
				runes[j] = rune(s[j])
			}
			return string(runes)
		}
	}
	return s
}
