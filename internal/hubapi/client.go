// Package hubapi is the client of HubSpot's REST API: one method for each call
// that fns makes, over one transport with authorisation, retries, time limits,
// cancellation and tracing. The paths and shapes of the calls are those of
// internal/wire.
//
// An answer that is no success is an *Error, no answer at all a *NetworkError;
// both say what to do.
package hubapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/fns-dev/fns/internal/wire"
)

// The times that one call may take, its answer included; those of hs.
const (
	DefaultTimeout = 15 * time.Second
	uploadTimeout  = 60 * time.Second
	fileTimeout    = 60 * time.Second
)

// maxAnswer bounds the answers that are read, in bytes: far above any that
// HubSpot sends, and low enough that a broken server does not fill the memory.
const maxAnswer = 1 << 30

// accept is what HubSpot's own client accepts unless a call says otherwise.
const accept = "application/json, text/plain, */*"

const contentJSON = "application/json"

// TokenSource gives the access tokens of one account. Its methods may be called
// from any goroutine.
type TokenSource interface {
	// Token gives a token that is thought to be valid.
	Token(ctx context.Context) (string, error)
	// Renew gives another token than stale, which HubSpot has refused.
	Renew(ctx context.Context, stale string) (string, error)
}

// Options are what a Client needs. Only Origins is required.
type Options struct {
	Origins   Origins
	AccountID int64             // sent as portalId, 0 for none
	Tokens    TokenSource       // nil: calls are not authorised
	APIKey    string            // instead of Tokens, for accounts of that kind
	UserAgent string            // "fns/1.2.3"
	Timeout   time.Duration     // of calls that have none of their own, 0 for DefaultTimeout
	Transport http.RoundTripper // nil: http.DefaultTransport without its proxy
	Trace     *Tracer           // nil: no tracing
	// Sleep waits between attempts; nil takes the clock. Tests set it.
	Sleep func(ctx context.Context, d time.Duration) error
}

// Client makes calls for one account, or for none. Its methods may be called
// from any goroutine.
type Client struct {
	opts Options
	http *http.Client
}

// New makes a Client. It connects to nothing.
func New(opts Options) *Client {
	if opts.Timeout <= 0 {
		opts.Timeout = DefaultTimeout
	}
	if opts.Sleep == nil {
		opts.Sleep = sleep
	}
	if opts.Transport == nil {
		opts.Transport = &http.Transport{}
	}
	return &Client{opts: opts, http: &http.Client{Transport: opts.Transport}}
}

// AccountID gives the account that the calls are for, 0 for none.
func (c *Client) AccountID() int64 { return c.opts.AccountID }

// Origins gives where the calls go, and the website that belongs to it.
func (c *Client) Origins() Origins { return c.opts.Origins }

// Page gives the address of a page of the account's website.
func (c *Client) Page(path string) string { return c.opts.Origins.Web + path }

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// call is one call as the typed methods describe it.
type call struct {
	what      string // what it does, for errors: "list the secrets"
	method    string
	path      string // encoded, below the origin
	query     wire.Query
	body      *payload
	accept    string        // "" for the usual
	jsonType  bool          // send Content-Type: application/json although there is no body
	timeout   time.Duration // 0 for the client's
	repeat    bool          // a POST or PATCH that does no harm when it arrives twice
	anonymous bool          // without authorisation and portalId
	auth      bool          // goes to the origin of logins
	portalID  int64         // of an anonymous call, 0 for none
	absolute  bool          // path is a whole URL
}

// answer is what came back, read to its end.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// safe reports whether the call may arrive twice without harm.
func (k *call) safe() bool {
	switch k.method {
	case http.MethodGet, http.MethodHead, http.MethodPut, http.MethodDelete:
		return true
	default:
		return k.repeat
	}
}

// do makes the call until it has an answer that counts. Statuses other than
// 2xx become *Error.
func (c *Client) do(ctx context.Context, k *call) (*answer, error) {
	token, err := c.token(ctx, k)
	if err != nil {
		return nil, err
	}
	renewed, uncertain := false, false
	for attempt := 1; ; attempt++ {
		ans, err := c.once(ctx, k, token)
		if ctx.Err() != nil {
			return nil, fmt.Errorf("%s: %w", k.what, ctx.Err())
		}
		if err == nil && ans.status == http.StatusUnauthorized && token != "" && !renewed {
			// The token expired early or was taken back: get another one, once.
			renewed = true
			again, renewErr := c.opts.Tokens.Renew(ctx, token)
			if renewErr != nil {
				return nil, renewErr
			}
			token = again
			continue
		}
		if err == nil && ans.status == http.StatusNotFound && k.method == http.MethodDelete && uncertain {
			return &answer{status: http.StatusNoContent, header: ans.header}, nil // an attempt whose answer was lost did it
		}
		wait, why := c.retry(k, ans, err, attempt)
		if why == "" {
			return c.finish(k, ans, err, attempt)
		}
		uncertain = uncertain || err != nil || ans.status >= 500
		c.opts.Trace.retry(k, why, wait, attempt)
		if err := c.opts.Sleep(ctx, wait); err != nil {
			return nil, fmt.Errorf("%s: %w", k.what, err)
		}
	}
}

func (c *Client) token(ctx context.Context, k *call) (string, error) {
	if k.anonymous || k.absolute || c.opts.Tokens == nil {
		return "", nil
	}
	return c.opts.Tokens.Token(ctx)
}

// finish turns the last attempt into the result of the call.
func (c *Client) finish(k *call, ans *answer, err error, attempts int) (*answer, error) {
	if err != nil {
		var network *NetworkError
		if errors.As(err, &network) {
			network.Attempts = attempts
		}
		return nil, err
	}
	if ans.status < 200 || ans.status > 299 {
		return nil, c.errorFrom(k, ans, attempts)
	}
	return ans, nil
}

// url gives the address of a call, with portalId behind its own parameters.
func (c *Client) url(k *call) string {
	if k.absolute {
		return k.path
	}
	query := append(wire.Query{}, k.query...)
	portal := c.opts.AccountID
	if k.anonymous {
		portal = k.portalID
	}
	if portal != 0 {
		query.Add(wire.PortalID, strconv.FormatInt(portal, 10))
	}
	if c.opts.APIKey != "" && !k.anonymous {
		query.Add(wire.APIKey, c.opts.APIKey)
	}
	origin := c.opts.Origins.API
	if k.auth {
		origin = c.opts.Origins.Auth
	}
	u := strings.TrimSuffix(origin, "/") + k.path
	if len(query) > 0 {
		u += "?" + query.Encode()
	}
	return u
}

// once makes one attempt. The error of one that got no answer, or only part of
// one, is a *NetworkError.
func (c *Client) once(ctx context.Context, k *call, token string) (*answer, error) {
	timeout := k.timeout
	if timeout == 0 || c.opts.Timeout > timeout {
		timeout = c.opts.Timeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	var body io.ReadCloser
	var size int64
	if k.body != nil {
		var err error
		if body, size, err = k.body.open(); err != nil {
			return nil, fmt.Errorf("%s: %w", k.what, err)
		}
	}
	req, err := http.NewRequestWithContext(ctx, k.method, c.url(k), nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", k.what, err)
	}
	if body != nil {
		req.Body, req.ContentLength = body, size
	}
	c.headers(req, k, token)
	c.opts.Trace.request(req, k)
	started := time.Now()
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, c.networkError(k, err, timeout)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return nil, c.networkError(k, err, timeout)
	}
	if len(data) > maxAnswer {
		return nil, fmt.Errorf("%s: the answer is larger than %d bytes", k.what, int64(maxAnswer))
	}
	ans := &answer{status: resp.StatusCode, header: resp.Header, body: data}
	c.opts.Trace.answer(ans, time.Since(started))
	return ans, nil
}

func (c *Client) headers(req *http.Request, k *call, token string) {
	h := req.Header
	h.Set("Accept", accept)
	if k.accept != "" {
		h.Set("Accept", k.accept)
	}
	h.Set("User-Agent", c.opts.UserAgent)
	if token != "" {
		h.Set("Authorization", "Bearer "+token)
	}
	switch {
	case k.body != nil:
		h.Set("Content-Type", k.body.contentType)
	case k.jsonType:
		h.Set("Content-Type", contentJSON)
	}
}
