package native

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// feed gives a parser text in pieces of size bytes, then the end of the
// connection if end is set, and lists the events, neighbouring bodies joined.
func feed(method, text string, size int, end bool) []string {
	p := newResponseParser(method, 0)
	var list []string
	add := func(events []any) {
		for _, e := range events {
			event, _ := e.([]any)
			if body, ok := event[len(event)-1].([]byte); ok {
				if n := len(list); n > 0 && strings.HasPrefix(list[n-1], "body ") {
					list[n-1] += string(body)
				} else {
					list = append(list, "body "+string(body))
				}
				continue
			}
			list = append(list, strings.TrimSuffix(fmt.Sprintln(event...), "\n"))
		}
	}
	for len(text) > 0 {
		piece := text[:min(size, len(text))]
		events, n := p.parse([]byte(piece))
		add(events)
		if n < len(piece) {
			list = append(list, "left "+text[n:])
			return list
		}
		text = text[len(piece):]
	}
	if end {
		add(p.finish())
	}
	return list
}

func TestResponsesAreReadWhateverTheirPieces(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		method, text string
		end          bool
		want         []string
	}{
		"a body with a length": {text: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: 1\r\nx-a: 2\r\n\r\nhello", want: []string{
			"headers 1 1 200 OK [Content-Length 5 X-A 1 x-a 2] true false", "body hello", "end []",
		}},
		"chunks and trailers": {text: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nT: v\r\n\r\n", want: []string{
			"headers 1 1 200 OK [Transfer-Encoding chunked] true false", "body abcde", "end [T v]",
		}},
		"a body up to the end": {text: "HTTP/1.0 200\r\n\r\nall of it", end: true, want: []string{
			"headers 1 0 200  [] false false", "body all of it", "end []",
		}},
		"an answer to HEAD": {method: "HEAD", text: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", want: []string{
			"headers 1 1 200 OK [Content-Length 5] true false", "end []",
		}},
		"no content": {text: "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n", want: []string{
			"headers 1 1 204 No Content [Connection close] false false", "end []",
		}},
		"early hints first": {text: "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", want: []string{
			"headers 1 1 103 Early Hints [Link x] true false", "headers 1 1 200 OK [Content-Length 0] true false", "end []",
		}},
		"an upgrade": {text: "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nraw", want: []string{
			"headers 1 1 101 Switching Protocols [Upgrade x] true true", "left raw",
		}},
		"a tunnel": {method: "CONNECT", text: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", want: []string{
			"headers 1 1 200 OK [Content-Length 5] true true",
		}},
		"a folded value and bytes beyond ASCII": {text: "HTTP/1.1 200 \xfc\r\nA: b\r\n c\r\nB: \xe9 \r\nContent-Length: 0\r\n\r\n", want: []string{
			"headers 1 1 200 ü [A b c B é Content-Length 0] true false", "end []",
		}},
		"lines that end with LF alone": {text: "HTTP/1.1 200 OK\nContent-Length: 1\n\nx", want: []string{
			"headers 1 1 200 OK [Content-Length 1] true false", "body x", "end []",
		}},
		"HTTP/1.0 kept alive": {text: "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n", want: []string{
			"headers 1 0 200 OK [Connection keep-alive Content-Length 0] true false", "end []",
		}},
		"not HTTP":                {text: "garbage\r\n\r\n", want: []string{"error HPE_INVALID_CONSTANT Parse Error: Expected HTTP/, RTSP/ or ICE/"}},
		"a bad version":           {text: "HTTP/x.1 200 OK\r\n\r\n", want: []string{"error HPE_INVALID_VERSION Parse Error: Invalid HTTP version"}},
		"a bad status":            {text: "HTTP/1.1 2x0 OK\r\n\r\n", want: []string{"error HPE_INVALID_STATUS Parse Error: Invalid status code"}},
		"a header without a name": {text: "HTTP/1.1 200 OK\r\n: x\r\n\r\n", want: []string{"error HPE_INVALID_HEADER_TOKEN Parse Error: Invalid header token"}},
		"a bad length":            {text: "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", want: []string{"error HPE_INVALID_CONTENT_LENGTH Parse Error: Invalid character in Content-Length"}},
		"two lengths":             {text: "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", want: []string{"error HPE_UNEXPECTED_CONTENT_LENGTH Parse Error: Content-Length already present"}},
		"a bad chunk size": {text: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n", want: []string{
			"headers 1 1 200 OK [Transfer-Encoding chunked] true false", "error HPE_INVALID_CHUNK_SIZE Parse Error: Invalid character in chunk size",
		}},
		"an end inside a header": {text: "HTTP/1.1 200 OK\r\nA: ", end: true, want: []string{"error HPE_INVALID_EOF_STATE Parse Error: Invalid EOF state"}},
		"an end inside a body": {text: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe", end: true, want: []string{
			"headers 1 1 200 OK [Content-Length 5] true false", "body he", "error HPE_INVALID_EOF_STATE Parse Error: Invalid EOF state",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, size := range []int{1, 2, 3, 7, len(tc.text)} {
				got := feed(tc.method, tc.text, size, tc.end)
				// How much is left after an event depends on the pieces; what
				// comes before does not.
				want := tc.want
				for len(want) > 0 && strings.HasPrefix(want[len(want)-1], "left ") {
					want = want[:len(want)-1]
				}
				for len(got) > 0 && strings.HasPrefix(got[len(got)-1], "left ") {
					got = got[:len(got)-1]
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("in pieces of %d (-want +got):\n%s", size, diff)
				}
			}
		})
	}
}

func TestAHeaderMayNotGrowWithoutEnd(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"many lines":    "HTTP/1.1 200 OK\r\n" + strings.Repeat("A: b\r\n", 5000),
		"one long line": "HTTP/1.1 200 OK\r\nA: " + strings.Repeat("b", 40000),
		"long trailers": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + strings.Repeat("A: b\r\n", 5000),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := feed("GET", text, 100, false)
			found := false
			for _, e := range got {
				found = found || e == "error HPE_HEADER_OVERFLOW Parse Error: Header overflow"
			}
			if !found {
				t.Errorf("got %d events, none says that the header is too long", len(got))
			}
		})
	}
}

func FuzzResponsesInPiecesReadAsWhole(f *testing.F) {
	f.Add("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 3)
	f.Add("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 2)
	f.Fuzz(func(t *testing.T, text string, size int) {
		if size < 1 || size > 1<<16 || len(text) == 0 || len(text) > 8<<10 {
			t.Skip()
		}
		trim := func(list []string) []string {
			if n := len(list); n > 0 && strings.HasPrefix(list[n-1], "left ") {
				return list[:n-1]
			}
			return list
		}
		whole, pieces := trim(feed("GET", text, len(text), true)), trim(feed("GET", text, size, true))
		if diff := cmp.Diff(whole, pieces); diff != "" {
			t.Errorf("pieces of %d differ (-whole +pieces):\n%s", size, diff)
		}
	})
}
