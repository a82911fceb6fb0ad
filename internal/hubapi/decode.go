package hubapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
)

// json makes a call whose answer is JSON and decodes it into out, which may be
// nil where nothing of it is wanted.
func (c *Client) json(ctx context.Context, k *call, out any) error {
	_, err := c.raw(ctx, k, out)
	return err
}

// raw is json that also gives the answer as it came. A JSON text that ends in
// the middle counts as a broken connection: where the call may be repeated it
// is, once.
func (c *Client) raw(ctx context.Context, k *call, out any) (json.RawMessage, error) {
	for attempt := 1; ; attempt++ {
		ans, err := c.do(ctx, k)
		if err != nil {
			return nil, err
		}
		if out == nil {
			return nil, c.stranger(k, ans)
		}
		err = c.decode(k, ans, out)
		var network *NetworkError
		if err == nil || attempt > 1 || !k.safe() || !errors.As(err, &network) {
			return ans.body, err
		}
	}
}

// stranger is an error where a page for people has come in the place of an answer
// that nothing is wanted of: the call may never have reached HubSpot.
func (c *Client) stranger(k *call, ans *answer) error {
	typ := ans.header.Get("Content-Type")
	if media, _, err := mime.ParseMediaType(typ); err == nil && media == "text/html" {
		return &FormError{What: k.what, Host: hostOf(c.url(k)), Got: typ, Sample: sample(bytes.TrimSpace(ans.body))}
	}
	return nil
}

func (c *Client) decode(k *call, ans *answer, out any) error {
	body := bytes.TrimSpace(ans.body)
	if typ := ans.header.Get("Content-Type"); typ != "" && !isJSON(typ) {
		return &FormError{What: k.what, Host: hostOf(c.url(k)), Got: typ, Sample: sample(body)}
	}
	if len(body) == 0 {
		return &FormError{What: k.what, Host: hostOf(c.url(k)), Got: "nothing"}
	}
	err := json.Unmarshal(body, out)
	switch {
	case err == nil:
		return nil
	case truncated(body):
		return c.networkError(k, fmt.Errorf("the answer ended in the middle: %w", io.ErrUnexpectedEOF), 0)
	default:
		return &FormError{What: k.what, Host: hostOf(c.url(k)), Got: "JSON of another shape", Sample: sample(body), Err: err}
	}
}

// truncated reports whether data is the beginning of a JSON text.
func truncated(data []byte) bool {
	dec := json.NewDecoder(bytes.NewReader(data))
	var v json.RawMessage
	return errors.Is(dec.Decode(&v), io.ErrUnexpectedEOF)
}

// isJSON reports whether a media type is JSON, or one that servers give to JSON
// they know nothing about.
func isJSON(typ string) bool {
	media, _, err := mime.ParseMediaType(typ)
	return err != nil || media == contentJSON || strings.HasSuffix(media, "+json") || media == "text/json" || media == "text/plain" || media == "application/octet-stream"
}

// sample gives the beginning of an answer in one line.
func sample(body []byte) string {
	const most = 120
	text := strings.Join(strings.Fields(string(bytes.ToValidUTF8(body[:min(len(body), 2*most)], nil))), " ")
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

// FormError is a success whose body is not what HubSpot sends: something else
// answered in its place.
type FormError struct {
	What   string // what the call was for
	Host   string // who answered
	Got    string // a media type, or words
	Sample string // the beginning of the body
	Err    error  // of decoding, may be nil
}

// Error says what came instead.
func (e *FormError) Error() string {
	text := fmt.Sprintf("%s: %s answered with %s instead of HubSpot's JSON", e.What, e.Host, e.Got)
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	if e.Sample != "" {
		text += fmt.Sprintf(" (%q)", e.Sample)
	}
	return text
}

// Unwrap gives the error of decoding.
func (e *FormError) Unwrap() error { return e.Err }

// Hint says who may have answered.
func (e *FormError) Hint() string {
	if strings.Contains(e.Got, "html") {
		return "a proxy, a login page of the network or a wrong --api-origin may answer in HubSpot's place"
	}
	return "run again with --debug to see the whole answer"
}

func get(what, path string) *call { return &call{what: what, method: http.MethodGet, path: path} }

func withJSON(what, method, path string, body any) (*call, error) {
	p, err := jsonPayload(body)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return &call{what: what, method: method, path: path, body: p}, nil
}

// send makes a call with a JSON body.
func (c *Client) send(ctx context.Context, what, method, path string, body, out any) error {
	k, err := withJSON(what, method, path, body)
	if err != nil {
		return err
	}
	return c.json(ctx, k, out)
}
