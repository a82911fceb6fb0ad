package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/cli/cmdutil"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/ui"
	"github.com/fns-dev/fns/internal/wire"
)

// keyFromPage opens the page of personal access keys in the browser, and takes the
// key that the user pastes here or that the page sends, whichever comes first.
func (o *authOptions) keyFromPage(ctx context.Context, c *account.Config, client *hubapi.Client) (string, error) {
	page := client.Page(wire.KeyPage)
	if o.accountID != 0 {
		page = client.Page(wire.Path(wire.AccountKeyPage, strconv.FormatInt(o.accountID, 10)))
	}
	typing, stop := context.WithCancel(ctx)
	defer stop()
	inbox := newKeyInbox(o.f.Build.Version, stop)
	if o.f.IO.Interactive() {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return "", fmt.Errorf("wait for the browser: %w", err)
		}
		_, end := serve(ctx, l, inbox) // without it the key can be pasted still
		defer end()
		page += "?" + inbox.query(l.Addr()).Encode()
	}
	o.show(c, page, "your personal access key")
	if o.f.IO.Interactive() {
		fmt.Fprintln(o.f.IO.Err, "the page can send it here, or paste it")
	}
	key, err := o.f.IO.AskHidden(typing, "Personal access key")
	select {
	case key = <-inbox.key:
		fmt.Fprintln(o.f.IO.Err, "the browser has sent the key")
		return key, nil
	default:
	}
	if errors.Is(err, ui.ErrNoAnswer) {
		return "", cmdutil.Usagef("no personal access key: pass --stdin or --personal-access-key")
	}
	return key, err
}

// keyInbox is the WebSocket that the page of personal access keys sends the key to,
// as hs 8 has it. Only HubSpot's own pages may connect, and a key counts only with
// the token that the address of the page had.
type keyInbox struct {
	version string
	token   string
	key     chan string // holds the first key
	arrived func()      // called once it is there
}

func newKeyInbox(version string, arrived func()) *keyInbox {
	return &keyInbox{version: version, token: rand.Text(), key: make(chan string, 1), arrived: arrived}
}

// query is what the page has to know.
func (k *keyInbox) query(at net.Addr) url.Values {
	_, port, _ := net.SplitHostPort(at.String()) // of a TCP listener, so there is one
	return url.Values{wire.QueryCallbackPort: {port}, wire.QueryCallbackToken: {k.token}}
}

// ServeHTTP talks to one page.
func (k *keyInbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !slices.Contains(wire.LoginOrigins(), r.Header.Get("Origin")) {
		http.Error(w, "Only pages of HubSpot may connect.", http.StatusForbidden)
		return
	}
	// The origin is checked above; the library would also take a call without one.
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		return // Accept has answered
	}
	defer func() { _ = conn.CloseNow() }() // in vain if it is closed already
	conn.SetReadLimit(maxKey)
	if k.talk(r.Context(), conn) == nil {
		_ = conn.Close(websocket.StatusNormalClosure, "") // the page may have gone
	}
}

func (k *keyInbox) talk(ctx context.Context, conn *websocket.Conn) error {
	hello := wire.LoginMessage[wire.LoginMetadata]{Type: wire.MessageMetadata, Data: &wire.LoginMetadata{Version: k.version, Server: wire.LoginServer}}
	if err := wsjson.Write(ctx, conn, hello); err != nil {
		return err
	}
	for {
		var message wire.LoginMessage[wire.LoginKey]
		if err := wsjson.Read(ctx, conn, &message); err != nil {
			return err
		}
		if message.Type != wire.MessageKey || message.Data == nil || strings.TrimSpace(message.Data.Key) == "" {
			continue
		}
		if subtle.ConstantTimeCompare([]byte(message.Data.Token), []byte(k.token)) != 1 {
			refusal := wire.LoginMessage[wire.LoginFailure]{Type: wire.MessageAuthFailed, Data: &wire.LoginFailure{Reason: wire.TokenMismatch}}
			if err := wsjson.Write(ctx, conn, refusal); err != nil {
				return err
			}
			continue
		}
		err := wsjson.Write(ctx, conn, wire.LoginMessage[struct{}]{Type: wire.MessageAuthReceived})
		select {
		case k.key <- message.Data.Key:
			k.arrived()
		default: // there is one already
		}
		return err
	}
}
