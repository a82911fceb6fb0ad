package account

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/browsertest"
	"github.com/fns-dev/fns/internal/wire"
)

// page connects to the inbox as a page of this origin.
func page(t *testing.T, url, origin string) (*websocket.Conn, error) {
	t.Helper()
	conn, resp, err := websocket.Dial(t.Context(), url, &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {origin}}})
	if resp != nil && resp.Body != nil {
		_ = resp.Body.Close()
	}
	if err == nil {
		t.Cleanup(func() { _ = conn.CloseNow() })
	}
	return conn, err
}

func inboxAt(t *testing.T) (k *keyInbox, url string, arrived context.Context) {
	t.Helper()
	arrived, stop := context.WithCancel(t.Context())
	k = newKeyInbox("1.2.3", stop)
	server := httptest.NewServer(k)
	t.Cleanup(server.Close)
	return k, server.URL, arrived
}

func TestThePageSendsTheKey(t *testing.T) {
	t.Parallel()
	k, url, arrived := inboxAt(t)
	conn, err := page(t, url, "https://app-eu1.hubspot.com")
	if err != nil {
		t.Fatal(err)
	}
	type message = map[string]any
	send := func(m message) {
		if err := wsjson.Write(t.Context(), conn, m); err != nil {
			t.Fatal(err)
		}
	}
	hears := func(want message) {
		t.Helper()
		var got message
		if err := wsjson.Read(t.Context(), conn, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
	key := func(key, token string) message {
		return message{"type": "client:personalAccessKey", "data": message{"personalAccessKey": key, "cliCallbackToken": token}}
	}
	hears(message{"type": "server:cliMetadata", "data": message{"cliVersion": "1.2.3", "accountAuthWebsocketServerVersion": 1.0}})
	send(message{"type": "client:other"})
	send(message{"type": "client:personalAccessKey"})
	send(key("", k.token))
	send(key("evil", k.token+"x"))
	hears(message{"type": "server:authFailed", "data": message{"reason": "cliCallbackTokenMismatch"}})
	if arrived.Err() != nil {
		t.Error("a key without the token was taken")
	}
	send(key("pat-acme", k.token))
	hears(message{"type": "server:authReceived"})
	<-arrived.Done()
	if got := <-k.key; got != "pat-acme" {
		t.Errorf("got %q", got)
	}
}

func TestOnlyPagesOfHubSpotMaySendAKey(t *testing.T) {
	t.Parallel()
	_, url, _ := inboxAt(t)
	for _, origin := range []string{"", "null", "https://evil.example", "http://app.hubspot.com", "https://app.hubspot.com:8443", "https://app.hubspot.com.evil.example", url} {
		if _, err := page(t, url, origin); err == nil || !strings.Contains(err.Error(), "403") {
			t.Errorf("a page of %q: %v", origin, err)
		}
	}
}

func TestBrokenMessagesEndTheConnectionAlone(t *testing.T) {
	t.Parallel()
	_, url, arrived := inboxAt(t)
	for _, text := range []string{"{", `{"type":7}`, strings.Repeat("x", maxKey+1)} {
		conn, err := page(t, url, "https://app.hubspot.com")
		if err != nil {
			t.Fatal(err)
		}
		if err := conn.Write(t.Context(), websocket.MessageText, []byte(text)); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		for err == nil {
			_, _, err = conn.Read(ctx)
		}
		cancel()
		if websocket.CloseStatus(err) == -1 {
			t.Errorf("%.20q: %v", text, err)
		}
	}
	if arrived.Err() != nil {
		t.Error("something was taken for a key")
	}
}

func TestInABrowserHubSpotsPageReachesThisMachine(t *testing.T) {
	t.Parallel()
	k := newKeyInbox("1.2.3", func() {})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, end := serve(t.Context(), l, k)
	t.Cleanup(end)
	v := browsertest.VisitSecure(t, "app.hubspot.com", wire.KeyPage+"?"+k.query(l.Addr()).Encode(), `<script>
const query = new URLSearchParams(location.search);
const socket = new WebSocket('ws://localhost:' + query.get('cliCallbackPort'));
const types = [];
socket.onopen = () => socket.send(JSON.stringify({
  type: 'client:personalAccessKey',
  data: { personalAccessKey: 'pat-acme', cliCallbackToken: query.get('cliCallbackToken') },
}));
socket.onmessage = (event) => types.push(JSON.parse(event.data).type);
socket.onclose = (event) => fetch('/saw?' + new URLSearchParams({ types, code: event.code }));
</script>`)
	if got := v.Next(t); got.Get("types") != "server:cliMetadata,server:authReceived" || got.Get("code") != "1000" {
		t.Errorf("the page saw %v", got)
	}
	if got := <-k.key; got != "pat-acme" {
		t.Errorf("got %q", got)
	}
}
