package hubapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// request is one call as the server saw it.
type request struct {
	method, target, auth, contentType, body string
}

// stage is a HubSpot that answers with its acts in order, the last one again
// and again, and keeps what it was asked.
type stage struct {
	server *httptest.Server

	mu       sync.Mutex
	acts     []http.HandlerFunc
	requests []request
	waits    []time.Duration // that the client took between attempts
}

func newStage(t *testing.T, acts ...http.HandlerFunc) *stage {
	t.Helper()
	s := &stage{acts: acts}
	s.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		act := s.acts[min(len(s.requests), len(s.acts)-1)]
		s.requests = append(s.requests, request{r.Method, r.RequestURI, r.Header.Get("Authorization"), r.Header.Get("Content-Type"), string(body)})
		s.mu.Unlock()
		act(w, r)
	}))
	t.Cleanup(s.server.Close)
	return s
}

func (s *stage) seen() []request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]request(nil), s.requests...)
}

// client makes a client of account 123 that does not really wait between
// attempts; change may be nil.
func (s *stage) client(change func(*Options)) *Client {
	o := Options{
		Origins:   Origins{API: s.server.URL, Auth: s.server.URL, Web: "https://app.hubspot.com"},
		AccountID: 123, Tokens: &tokens{}, UserAgent: "fns/test", Timeout: 20 * time.Second,
		Sleep: func(ctx context.Context, d time.Duration) error {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.waits = append(s.waits, d)
			return ctx.Err()
		},
	}
	if change != nil {
		change(&o)
	}
	return New(o)
}

// tokens gives "t0", and after each renewal the next.
type tokens struct {
	mu sync.Mutex
	n  int
}

func (k *tokens) Token(context.Context) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return fmt.Sprintf("t%d", k.n), nil
}

func (k *tokens) Renew(_ context.Context, stale string) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if stale == fmt.Sprintf("t%d", k.n) {
		k.n++
	}
	return fmt.Sprintf("t%d", k.n), nil
}

func answers(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// resets breaks the connection without an answer.
func resets(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// breaksOff announces more than it sends.
func breaksOff(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", "1000")
	_, _ = io.WriteString(w, `{"results":["A`)
}

// hangs does not answer until the client has gone.
func hangs(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

var secretNames = answers(200, `{"results":["A","B"]}`)

func TestReadingSurvivesWhatPasses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		fault http.HandlerFunc
	}{
		{"a reset connection", resets},
		{"an answer that breaks off", breaksOff},
		{"JSON that ends in the middle", answers(200, `{"results":["A`)},
		{"429", answers(429, `{"message":"slow down"}`)},
		{"502", answers(502, `<html>`, "Content-Type", "text/html")},
		{"503", answers(503, ``)},
		{"504", answers(504, ``)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, tt.fault, secretNames)
			names, err := s.client(nil).Secrets(t.Context())
			if err != nil || strings.Join(names, " ") != "A B" {
				t.Fatalf("got %v, %v", names, err)
			}
			if n := len(s.seen()); n != 2 {
				t.Errorf("%d calls, want 2", n)
			}
		})
	}
}

func TestFailuresThatStayAreGivenUpAndExplained(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		fault http.HandlerFunc
		calls int
		want  []string // parts of the error, or of its hint
	}{
		{"resets", resets, 4, []string{"list the secrets: no answer from 127.0.0.1", "tried 4 times"}},
		{"JSON that always ends in the middle", answers(200, `{"results":["A`), 2, []string{"the answer ended in the middle"}},
		{"a page in place of JSON", answers(200, "<h1>Sign in</h1>", "Content-Type", "text/html"), 1, []string{"answered with text/html", "Sign in", "login page"}},
		{"nothing in place of JSON", answers(200, ""), 1, []string{"answered with nothing"}},
		{"another shape", answers(200, `{"results":{"a":1}}`), 1, []string{"JSON of another shape"}},
		{"400", answers(400, `{"message":"bad","errors":[{"message":"x is wrong","errorTokens":{"line":3}}]}`), 1, []string{"bad (HTTP 400)", "- line 3: x is wrong"}},
		{"403 for a scope", answers(403, `{"category":"MISSING_SCOPES","errors":[{"context":{"requiredScopes":["cms.functions.read_write"]}}]}`), 1,
			[]string{"lacks the scope cms.functions.read_write", "HTTP 403", "/personal-access-key/123"}},
		{"403 for the edition", answers(403, `{"message":"no"}`), 1, []string{"Content Hub Enterprise", "HubSpot says: no"}},
		{"404", answers(404, `{"message":"gone","correlationId":"c-1"}`), 1, []string{"gone", "HTTP 404", "correlation id c-1"}},
		{"409", answers(409, ``), 1, []string{"in the way", "HTTP 409"}},
		{"429", answers(429, `{}`), 4, []string{"too many calls", "tried 4 times"}},
		{"429 with a long wait", answers(429, `{}`, "Retry-After", "3600"), 1, []string{"too many calls", "wait 1h0m0s"}},
		{"429 of the day", answers(429, `{"message":"You have reached your daily limit."}`), 4, []string{"calls of the day"}},
		{"500", answers(500, `{"correlationId":"c-2"}`), 1, []string{"problem of its own", "correlation id c-2", "status.hubspot.com"}},
		{"503", answers(503, `down`, "Content-Type", "text/plain"), 4, []string{"down", "HTTP 503", "tried 4 times"}},
		{"a wrong hublet", answers(400, `{"message":"Portal 123 is unknown to this hublet"}`), 1, []string{"another data centre", "--api-origin"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, tt.fault)
			_, err := s.client(nil).Secrets(t.Context())
			if err == nil {
				t.Fatal("no error")
			}
			text := err.Error()
			var hinted interface{ Hint() string }
			if errors.As(err, &hinted) {
				text += "\n" + hinted.Hint()
			}
			for _, want := range tt.want {
				if !strings.Contains(text, want) {
					t.Errorf("%q is not in:\n%s", want, text)
				}
			}
			if n := len(s.seen()); n != tt.calls {
				t.Errorf("%d calls, want %d", n, tt.calls)
			}
		})
	}
}

func TestWritingIsRepeatedOnlyWhereItCanNotHaveHappened(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		fault http.HandlerFunc
		calls int
	}{
		{"429 was refused", answers(429, `{}`), 4},
		{"503 may have been stored", answers(503, ``), 1},
		{"a reset may have been stored", resets, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, tt.fault)
			if err := s.client(nil).AddSecret(t.Context(), "A", "value"); err == nil {
				t.Error("no error")
			}
			if n := len(s.seen()); n != tt.calls {
				t.Errorf("%d calls, want %d", n, tt.calls)
			}
		})
	}
}

func TestADeletionWhoseAnswerWasLostSucceedsWhenTheSecretIsGone(t *testing.T) {
	t.Parallel()
	s := newStage(t, resets, answers(404, `{}`))
	if err := s.client(nil).DeleteSecret(t.Context(), "A"); err != nil {
		t.Error(err)
	}
	s = newStage(t, answers(404, `{}`))
	if err := s.client(nil).DeleteSecret(t.Context(), "A"); !IsNotFound(err) {
		t.Errorf("a first 404 gave %v", err)
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
	t.Parallel()
	s := newStage(t, answers(429, `{}`, "Retry-After", "7"), answers(503, ``), secretNames)
	if _, err := s.client(nil).Secrets(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(s.waits) != 2 || s.waits[0] != 7*time.Second || s.waits[1] < time.Second || s.waits[1] > 1500*time.Millisecond {
		t.Errorf("waited %v, want 7s, then 1s to 1.5s", s.waits)
	}
}

func TestRetryAfterTakesSecondsAndDates(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"0": 0, " 2 ": 2 * time.Second, "0.5": 500 * time.Millisecond, "Sun, 01 Nov 2026 12:00:30 GMT": 30 * time.Second, "Sun, 01 Nov 2026 11:00:00 GMT": 0,
		"": -1, "soon": -1, "-3": -1, "NaN": -1, "1e300": -1,
	} {
		got, ok := retryAfter(http.Header{"Retry-After": {text}}, at)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%q gives %v, %v", text, got, ok)
		}
	}
}

func TestAnExpiredTokenIsRenewedOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t, answers(401, `{}`), secretNames)
	if _, err := s.client(nil).Secrets(t.Context()); err != nil {
		t.Fatal(err)
	}
	seen := s.seen()
	if len(seen) != 2 || seen[0].auth != "Bearer t0" || seen[1].auth != "Bearer t1" {
		t.Errorf("calls: %+v", seen)
	}

	s = newStage(t, answers(401, `{}`))
	_, err := s.client(nil).Secrets(t.Context())
	if StatusOf(err) != 401 || len(s.seen()) != 2 {
		t.Errorf("%v after %d calls", err, len(s.seen()))
	}
}

func TestASlowAnswerHasALimitThatTheErrorNames(t *testing.T) {
	t.Parallel()
	s := newStage(t, hangs)
	_, err := s.client(func(o *Options) { o.Timeout = 30 * time.Millisecond }).Secrets(t.Context())
	var network *NetworkError
	if !errors.As(err, &network) || network.Limit != 30*time.Millisecond || !strings.Contains(network.Hint(), "httpTimeout") {
		t.Fatalf("%v", err)
	}
}

func TestCancellingEndsACallAtOnce(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := newStage(t, func(w http.ResponseWriter, r *http.Request) {
		cancel()
		hangs(w, r)
	})
	_, err := s.client(nil).Secrets(ctx)
	if !errors.Is(err, context.Canceled) || len(s.seen()) != 1 {
		t.Errorf("%v after %d calls", err, len(s.seen()))
	}
}

func TestCancellingEndsAWait(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := newStage(t, func(w http.ResponseWriter, r *http.Request) {
		answers(429, `{}`, "Retry-After", "50")(w, r)
		cancel()
	})
	_, err := s.client(func(o *Options) { o.Sleep = nil }).Secrets(ctx)
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestARefusedConnectionIsTriedAgainWhateverTheCall(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close()
	s := newStage(t, secretNames)
	c := s.client(func(o *Options) { o.Origins.API = "http://" + address })
	err = c.AddSecret(t.Context(), "A", "value")
	var network *NetworkError
	if !errors.As(err, &network) || network.Attempts != maxAttempts || !strings.Contains(err.Error(), "refused") {
		t.Errorf("%v", err)
	}
}

func TestAServerWithoutTLSIsNamedAsSuch(t *testing.T) {
	t.Parallel()
	s := newStage(t, secretNames)
	c := s.client(func(o *Options) { o.Origins.API = strings.Replace(o.Origins.API, "http:", "https:", 1) })
	_, err := c.Secrets(t.Context())
	var network *NetworkError
	if !errors.As(err, &network) || network.Attempts != 1 || !strings.Contains(network.Hint(), "speaks no TLS") {
		t.Errorf("%v", err)
	}
}

func TestAnUnknownCertificateIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(secretNames)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // of handshakes that the client breaks off
	server.StartTLS()
	t.Cleanup(server.Close)
	s := newStage(t, secretNames)
	_, err := s.client(func(o *Options) { o.Origins.API = server.URL }).Secrets(t.Context())
	var network *NetworkError
	if !errors.As(err, &network) || network.Attempts != 1 || !strings.Contains(network.Hint(), "NODE_EXTRA_CA_CERTS") {
		t.Errorf("%v", err)
	}
}

// TestMisleadingAnswersAreTranslated has the answers of HubSpot that name another
// cause than the real one, or none that helps.
func TestMisleadingAnswersAreTranslated(t *testing.T) {
	t.Parallel()
	upload := func(c *Client) error {
		return c.UploadFile(t.Context(), "web/x.functions/a.js", BytesContent("a.js", []byte("x")), FileOptions{})
	}
	look := func(c *Client) error {
		_, err := c.Project(t.Context(), "shop")
		return err
	}
	secrets := func(c *Client) error {
		_, err := c.Secrets(t.Context())
		return err
	}
	tests := []struct {
		name   string
		call   func(*Client) error
		status int
		body   string
		want   []string // parts of error and hint
	}{
		{"the name of a folder for a missing edition", upload, 400, `{"message":"Folder name cannot end with .functions"}`, []string{"no Content Hub Enterprise", "the name of the folder is right", "/personal-access-key/123", "2027-02-01"}},
		{"no permission for functions", upload, 403, `{"message":"You cannot edit this"}`, []string{"You cannot edit this", "2027-02-01"}},
		{"a locked project", look, 400, `{"message":"locked","subCategory":"BuildPipelineErrorType.PROJECT_LOCKED"}`, []string{"the project is locked", "project dev", "/developer-projects/123"}},
		{"a retired platform version", look, 400, `{"message":"no","subCategory":"PlatformVersionErrorType.PLATFORM_VERSION_RETIRED","context":{"RETIRED_PLATFORM_VERSION":["2025.1"]}}`, []string{"no more builds and deploys of platform version 2025.1", "set platformVersion"}},
		{"no platform version", look, 400, `{"message":"no","subCategory":"PlatformVersionErrorType.PLATFORM_VERSION_NOT_SPECIFIED"}`, []string{"hsproject.json has no platformVersion"}},
		{"an unknown platform version", look, 400, `{"message":"no","subCategory":"PlatformVersionErrorType.PLATFORM_VERSION_SPECIFIED_DOES_NOT_EXIST","context":{"PLATFORM_VERSION":"2031.1"}}`, []string{"does not know platform version 2031.1"}},
		{"a feature that the account has not", look, 403, `{"message":"no","category":"GATED"}`, []string{"its subscription does not include it"}},
		{"an unknown hublet", secrets, 404, `{"message":"Hub 123 is unknown to this Hublet"}`, []string{"account 123 lives in another data centre"}},
		{"scopes that a detail names", secrets, 403, `{"message":"no","category":"MISSING_SCOPES","errors":[{"message":"x","context":{"requiredScopes":["b","a"]}}]}`, []string{"lacks the scopes b, a"}},
		{"scopes that nothing names", secrets, 403, `{"message":"no","category":"MISSING_SCOPES"}`, []string{"most likely cms.functions.read_write"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, answers(tt.status, tt.body))
			err := tt.call(s.client(nil))
			var api *Error
			if !errors.As(err, &api) {
				t.Fatalf("got %v", err)
			}
			text := err.Error() + "\n" + api.Hint()
			for _, want := range append(tt.want, fmt.Sprintf("HTTP %d", tt.status)) {
				if !strings.Contains(text, want) {
					t.Errorf("%q is not in:\n%s", want, text)
				}
			}
		})
	}
}
