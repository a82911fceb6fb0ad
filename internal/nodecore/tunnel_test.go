package nodecore_test

import (
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/fns-dev/fns/internal/engine"
	"github.com/fns-dev/fns/internal/engine/gojaengine"
)

// noPackages is for functions that need none.
type noPackages struct{}

func (noPackages) Resolve(s, _ string, _ []string) (string, gojaengine.Format, error) {
	return "", "", errors.New("Cannot find module '" + s + "'")
}
func (noPackages) Transform(_ string, src []byte) ([]byte, []byte, error) { return src, nil, nil }
func (noPackages) Reset()                                                 {}

// proxy is an HTTP proxy that opens tunnels and answers an upgrade with an echo.
func proxy(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hijack := func(answer string) (net.Conn, io.Reader) {
			conn, rw, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return nil, nil
			}
			fmt.Fprint(conn, answer)
			return conn, rw
		}
		switch {
		case r.Method == http.MethodConnect:
			target, err := net.Dial("tcp", r.Host)
			if err != nil {
				http.Error(w, err.Error(), http.StatusBadGateway)
				return
			}
			conn, in := hijack("HTTP/1.1 200 Connection established\r\n\r\n")
			if conn == nil {
				return
			}
			go func() { _, _ = io.Copy(conn, target); _ = conn.Close() }()
			_, _ = io.Copy(target, in)
			_ = target.Close()
		case r.Header.Get("Upgrade") != "":
			conn, in := hijack("HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\nhello ")
			if conn != nil {
				_, _ = io.Copy(conn, in)
				_ = conn.Close()
			}
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func TestConnectionsAreHandedOver(t *testing.T) {
	t.Parallel()
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%s over %s", r.URL.Path, r.Proto)
	}))
	t.Cleanup(secure.Close)
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Host) }))
	t.Cleanup(plain.Close)
	in, err := json.Marshal(map[string]string{
		"proxy": proxy(t).URL, "secure": secure.Listener.Addr().String(), "plain": plain.Listener.Addr().String(),
		"ca": string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw})),
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ code, want string }{
		"TLS in a tunnel": {`
			const tunnel = (c, target) => new Promise((resolve, reject) => require('http').request(c.proxy, { method: 'CONNECT', path: target }).on('connect', (res, socket) => resolve(socket)).on('error', reject).end())
			exports.main = async (c) => {
				const socket = await tunnel(c, c.secure)
				return new Promise((resolve, reject) => require('https').get({ host: 'example.com', path: '/inside', socket, agent: false, ca: c.ca }, async (res) => resolve(await require('stream/consumers').text(res))).on('error', reject))
			}`, `"/inside over HTTP/1.1"`},
		"plain HTTP in a tunnel": {`
			exports.main = (c) => new Promise((resolve, reject) => require('http').request(c.proxy, { method: 'CONNECT', path: c.plain }).on('connect', (res, socket) => {
				require('http').get({ host: 'inner', createConnection: () => socket }, async (r) => resolve(await require('stream/consumers').text(r))).on('error', reject)
			}).on('error', reject).end())`, `"inner:80"`},
		"a tunnel that is refused": {`
			exports.main = (c) => new Promise((resolve, reject) => require('http').request(c.proxy, { method: 'CONNECT', path: '127.0.0.1:1' }).on('connect', (res, socket) => { socket.destroy(); resolve(res.statusCode) }).on('error', reject).end())`, `502`},
		"an upgrade": {`
			exports.main = (c) => new Promise((resolve, reject) => require('http').get(c.proxy, { headers: { Connection: 'Upgrade', Upgrade: 'echo' } }).on('upgrade', (res, socket, head) => {
				let text = head.toString()
				socket.setEncoding('utf8')
				socket.on('data', (d) => { text += d; if (text === 'hello world') { socket.destroy(); resolve([res.statusCode, text]) } })
				socket.write('world')
			}).on('error', reject))`, `[101,"hello world"]`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fn := &engine.Function{Name: "f", Entry: "/p/f.js", Dir: "/p", Code: []byte(tc.code), Contract: engine.Return}
			inst, err := gojaengine.New(noPackages{}).Start(t.Context(), fn)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = inst.Close() })
			res := inst.Invoke(t.Context(), engine.Invocation{ID: "1", Context: in}, func(engine.LogRecord) {})
			if res.Error != nil || string(res.Payload) != tc.want {
				t.Errorf("got %s, %v; want %s", res.Payload, res.Error, tc.want)
			}
		})
	}
}

// A connection that is kept for the next request does not keep the function
// running.
func TestAKeptConnectionDoesNotKeepTheLoopAlive(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(server.Close)
	fn := &engine.Function{Name: "f", Entry: "/p/f.js", Dir: "/p", Contract: engine.Return, Code: []byte(`
		exports.main = async (c) => {
			await new Promise((resolve, reject) => require('http').get(c.url, (res) => res.resume().on('end', resolve)).on('error', reject))
			await new Promise(() => {})
		}`)}
	inst, err := gojaengine.New(noPackages{}).Start(t.Context(), fn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = inst.Close() })
	res := inst.Invoke(t.Context(), engine.Invocation{ID: "1", Context: fmt.Appendf(nil, `{"url":%q}`, server.URL)}, func(engine.LogRecord) {})
	if res.Error == nil || res.Error.Cause != engine.CauseNoResponse {
		t.Errorf("got %s, %v; want that nothing is left to run", res.Payload, res.Error)
	}
}
