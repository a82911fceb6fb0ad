package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/fns-dev/fns/internal/wire"
)

// hubspot: hubspot start|fail|saw|unseen|log|applog|state … A small HubSpot for
// scripts; README.md explains the words.
func hubspot(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: hubspot start|fail|saw|unseen|log|applog|secrets ...")
	}
	s := state(ts)
	if args[0] == "start" {
		s.hub = newFakeHub()
		s.hub.server = httptest.NewServer(s.hub.handler)
		ts.Setenv("FNS_API_ORIGIN", s.hub.server.URL)
		return
	}
	h, rest := s.hub, args[1:]
	switch {
	case args[0] == "fail" && len(rest) >= 2:
		times := 1
		if len(rest) > 2 {
			var err error
			times, err = strconv.Atoi(rest[2])
			ts.Check(err)
		}
		h.inject(rest[0], rest[1], times)
	case args[0] == "saw" && len(rest) == 1:
		ts.Check(h.await(regexp.MustCompile(rest[0])))
	case args[0] == "unseen" && len(rest) == 1:
		if line := h.find(regexp.MustCompile(rest[0]), 0); line >= 0 {
			ts.Fatalf("HubSpot was asked: %s", h.calls[line])
		}
	case args[0] == "log" && len(rest) == 2:
		h.addLog(rest[0], ts.ReadFile(rest[1]))
	case args[0] == "applog" && len(rest) == 2:
		h.addAppLog(rest[0], ts.ReadFile(rest[1]))
	case args[0] == "secrets" && len(rest) >= 1:
		h.fillSecrets(ts, rest[0], rest[1:])
	case args[0] == "cms" && len(rest) >= 1:
		h.scriptFiles(ts, rest)
	case args[0] == "project" && len(rest) >= 1:
		h.addProject(ts, rest[0], rest[1:])
	case args[0] == "file" && len(rest) == 2:
		text, err := os.ReadFile(ts.MkAbs(rest[1]))
		ts.Check(err)
		h.serveFile(rest[0], text)
	default:
		ts.Fatalf("hubspot %v: unknown or incomplete", args)
	}
}

// fault is an answer in the place of the real one.
type fault struct {
	call  *regexp.Regexp // on "METHOD /path?query"
	what  string         // a status, "status {json}", or a word that record knows
	times int
}

// fakeHub is a HubSpot with the accounts 123 (key pat-acme) and 456 (pat-beta).
// It refuses what the real one would: calls without a token, with that of
// another account, or without portalId at the end of the query.
type fakeHub struct {
	server  *httptest.Server // nil for one that is served by others
	handler http.Handler

	mu      sync.Mutex
	calls   []string // "METHOD /path?query body"
	heads   []http.Header
	bodies  [][]byte
	passed  int // calls that an await has passed over
	faults  []*fault
	tokens  map[string]int64 // token to account
	secrets map[string][]string
	values  map[string]string
	logs    map[string][]json.RawMessage // route, oldest first
	appLogs map[string][]json.RawMessage // system, oldest first
	files   map[string][]byte
	limit   int // of secrets; above it they are silently not stored

	projects map[string]*fakeProject
	cms      *fakeDesignManager
}

func newFakeHub() *fakeHub {
	h := &fakeHub{
		tokens: map[string]int64{}, secrets: map[string][]string{}, values: map[string]string{},
		logs: map[string][]json.RawMessage{}, appLogs: map[string][]json.RawMessage{}, files: map[string][]byte{}, limit: 50,
		projects: map[string]*fakeProject{}, cms: newDesignManager(),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+wire.AuthRefresh, h.refresh)
	mux.HandleFunc("POST "+wire.OAuthToken, h.oauth)
	mux.HandleFunc("GET "+wire.Secrets, h.authorized(h.listSecrets))
	mux.HandleFunc("POST "+wire.Secrets, h.authorized(h.putSecret))
	mux.HandleFunc("PUT "+wire.Secrets, h.authorized(h.putSecret))
	mux.HandleFunc("DELETE "+wire.SecretByName, h.authorized(h.deleteSecret))
	mux.HandleFunc("GET "+wire.AppSecretKeys, h.authorized(h.listAppSecrets))
	mux.HandleFunc("POST "+wire.AppSecret, h.authorized(h.putAppSecret))
	mux.HandleFunc("PATCH "+wire.AppSecret, h.authorized(h.putAppSecret))
	mux.HandleFunc("DELETE "+wire.AppSecret, h.authorized(h.deleteAppSecret))
	mux.HandleFunc("GET "+wire.Apps, h.authorized(func(w http.ResponseWriter, _ *http.Request, _ string) {
		fmt.Fprint(w, `{"results":[{"id":9,"name":"Cards"},{"id":10,"name":"Other"}]}`)
	}))
	mux.HandleFunc("GET "+wire.FunctionLogs, h.authorized(h.functionLogs))
	mux.HandleFunc("GET "+wire.LatestFunctionLog, h.authorized(h.latestLog))
	mux.HandleFunc("POST "+wire.AppLogSearch, h.authorized(h.searchLogs))
	mux.HandleFunc("GET "+wire.AppLogDetails, h.authorized(h.logDetails))
	h.handleProjects(mux)
	h.handleFiles(mux)
	mux.HandleFunc("GET /", h.authorized(h.file))
	mux.HandleFunc("GET "+wire.FireAlarm, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "[]") })
	mux.HandleFunc("POST "+wire.Usage, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) })
	h.handler = h.record(h.uncleaned(mux))
	return h
}

// record notes each call and answers with a fault where one is set.
func (h *fakeHub) record(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		call := r.Method + " " + r.RequestURI
		what := h.fault(call)
		if what == "cut" { // in the middle of the body
			_, _ = io.CopyN(io.Discard, r.Body, 10)
			hangUp(w)
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		h.mu.Lock()
		h.calls = append(h.calls, strings.TrimSpace(call+" "+string(body)))
		h.heads = append(h.heads, r.Header.Clone())
		h.bodies = append(h.bodies, body)
		h.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		switch {
		case what == "":
			next.ServeHTTP(w, r)
		case what == "hang":
			<-r.Context().Done()
		case what == "reset":
			hangUp(w)
		case what == "lost": // done, but nobody hears of it
			next.ServeHTTP(httptest.NewRecorder(), r)
			hangUp(w)
		case what == "html":
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<h1>Log in to the network</h1>")
		default:
			status, text, _ := strings.Cut(what, " ")
			code, err := strconv.Atoi(status)
			if err != nil {
				panic(err)
			}
			w.WriteHeader(code)
			_, _ = io.WriteString(w, text)
		}
	})
}

// fault gives the answer that is to take the place of the real one, "" for none.
func (h *fakeHub) fault(call string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, f := range h.faults {
		if f.times > 0 && f.call.MatchString(call) {
			f.times--
			return f.what
		}
	}
	return ""
}

// hangUp breaks the connection.
func hangUp(w http.ResponseWriter) {
	if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
		_ = conn.Close()
	}
}

func (h *fakeHub) inject(call, what string, times int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.faults = append(h.faults, &fault{regexp.MustCompile(call), what, times})
}

func (h *fakeHub) find(re *regexp.Regexp, from int) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := from; i < len(h.calls); i++ {
		if re.MatchString(h.calls[i]) {
			return i
		}
	}
	return -1
}

// await waits for a call after those that earlier waits have passed.
func (h *fakeHub) await(re *regexp.Regexp) error {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if i := h.find(re, h.passed); i >= 0 {
			h.passed = i + 1
			return nil
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return fmt.Errorf("no call matches %v; there were:\n%s", re, strings.Join(h.calls[h.passed:], "\n"))
}

// refuse answers as HubSpot does with an error.
func refuse(w http.ResponseWriter, status int, category, message string) {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(wire.Error{Status: "error", Category: category, Message: message, CorrelationID: "c0ffee"})
}

func (h *fakeHub) refresh(w http.ResponseWriter, r *http.Request) {
	var req wire.AuthRefreshRequest
	if err := json.NewDecoder(r.Body).Decode(&req); err != nil || r.Header.Get("Authorization") != "" {
		refuse(w, 400, wire.CategoryValidation, "not a refresh")
		return
	}
	answer := wire.AccessToken{ScopeGroups: []string{"cms.functions.read_write", "a.scope"}, UserID: 1, ExpiresAtMillis: time.Now().Add(time.Hour).UnixMilli()}
	switch req.Key {
	case "pat-acme":
		answer.HubID, answer.HubName, answer.AccountType = 123, "Acme Dev", wire.AccountStandard
	case "pat-beta":
		answer.HubID, answer.HubName, answer.AccountType = 456, "Beta", wire.AccountDeveloperTest
	default:
		refuse(w, 401, wire.CategoryAuthentication, "unknown key")
		return
	}
	if portal := r.URL.Query().Get("portalId"); portal != "" && portal != fmt.Sprint(answer.HubID) {
		refuse(w, 401, wire.CategoryAuthentication, "key of another account")
		return
	}
	h.mu.Lock()
	answer.Token = fmt.Sprintf("token-%d-%d", answer.HubID, len(h.tokens)+1)
	h.tokens[answer.Token] = answer.HubID
	h.mu.Unlock()
	_ = json.NewEncoder(w).Encode(answer)
}

// oauth renews the login of account 789.
func (h *fakeHub) oauth(w http.ResponseWriter, r *http.Request) {
	want := map[string]string{wire.GrantType: wire.GrantRefresh, wire.FieldClientID: "cid", wire.FieldClientSecret: "csec", wire.GrantRefresh: "ref"}
	for name, value := range want {
		if r.PostFormValue(name) != value {
			refuse(w, 400, wire.CategoryValidation, "bad "+name)
			return
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	token := fmt.Sprintf("token-789-%d", len(h.tokens)+1)
	h.tokens[token] = 789
	_ = json.NewEncoder(w).Encode(wire.OAuthGrant{RefreshToken: "ref", AccessToken: token, ExpiresIn: 1800})
}

// authorized lets calls pass that have a token of the account in portalId.
func (h *fakeHub) authorized(next func(w http.ResponseWriter, r *http.Request, portal string)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		portal := r.URL.Query().Get("portalId")
		h.mu.Lock()
		defer h.mu.Unlock()
		owner := h.tokens[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")]
		switch {
		case owner == 0:
			refuse(w, 401, wire.CategoryAuthentication, "no valid token")
		case !strings.HasSuffix(r.URL.RawQuery, "portalId="+portal) || portal != fmt.Sprint(owner):
			refuse(w, 400, wire.CategoryValidation, "portalId is missing, wrong or not the last parameter")
		case r.Method == http.MethodGet && h.files[r.URL.Path] != nil: // those of the script go first
			h.file(w, r, portal)
		default:
			next(w, r, portal)
		}
	}
}

// body reads a JSON body strictly.
func body(w http.ResponseWriter, r *http.Request, into any) bool {
	dec := json.NewDecoder(r.Body)
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil || r.Header.Get("Content-Type") != "application/json" {
		refuse(w, 400, wire.CategoryValidation, "bad body")
		return false
	}
	return true
}

func (h *fakeHub) fillSecrets(ts *testscript.TestScript, owner string, names []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(names) == 1 {
		if n, err := strconv.Atoi(names[0]); err == nil { // so many
			names = nil
			for i := range n {
				names = append(names, fmt.Sprintf("FILLER_%02d", i))
			}
		}
	}
	ts.Logf("%s holds %v", owner, names)
	h.secrets[owner] = names
}

func (h *fakeHub) listSecrets(w http.ResponseWriter, _ *http.Request, portal string) {
	_ = json.NewEncoder(w).Encode(wire.SecretNames{Results: append([]string{}, h.secrets[portal]...)})
}

func (h *fakeHub) putSecret(w http.ResponseWriter, r *http.Request, portal string) {
	var s wire.Secret
	if !body(w, r, &s) {
		return
	}
	h.store(w, portal, s.Name, s.Value, r.Method == "POST")
}

func (h *fakeHub) store(w http.ResponseWriter, owner, name, value string, add bool) {
	there := slices.Contains(h.secrets[owner], name)
	switch {
	case name == "" || value == "":
		refuse(w, 400, wire.CategoryValidation, "empty")
	case add && there:
		refuse(w, 409, wire.CategoryValidation, "exists")
	case !add && !there:
		refuse(w, 404, wire.CategoryNotFound, "no such secret")
	default:
		if add && len(h.secrets[owner]) < h.limit { // at the limit HubSpot says nothing
			h.secrets[owner] = append(h.secrets[owner], name)
		}
		h.values[owner+"/"+name] = value
		w.WriteHeader(204)
	}
}

func (h *fakeHub) remove(w http.ResponseWriter, owner, name string) {
	i := slices.Index(h.secrets[owner], name)
	if i < 0 {
		refuse(w, 404, wire.CategoryNotFound, "no such secret")
		return
	}
	h.secrets[owner] = slices.Delete(h.secrets[owner], i, i+1)
	w.WriteHeader(204)
}

func (h *fakeHub) deleteSecret(w http.ResponseWriter, r *http.Request, portal string) {
	h.remove(w, portal, r.PathValue("name"))
}

func (h *fakeHub) listAppSecrets(w http.ResponseWriter, r *http.Request, _ string) {
	var out wire.AppSecrets
	for _, name := range h.secrets["app"+r.PathValue("appId")] {
		out.Keys = append(out.Keys, wire.AppSecretName{Name: name})
	}
	_ = json.NewEncoder(w).Encode(out)
}

func (h *fakeHub) putAppSecret(w http.ResponseWriter, r *http.Request, _ string) {
	var s wire.AppSecretValue
	if body(w, r, &s) {
		h.store(w, "app"+r.PathValue("appId"), s.Name, s.Value, r.Method == "POST")
	}
}

func (h *fakeHub) deleteAppSecret(w http.ResponseWriter, r *http.Request, _ string) {
	var s wire.AppSecretKey
	if body(w, r, &s) {
		h.remove(w, "app"+r.PathValue("appId"), s.Name)
	}
}

func (h *fakeHub) serveFile(path string, text []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.files[path] = text
}

// file answers what a script has put at a path.
func (h *fakeHub) file(w http.ResponseWriter, r *http.Request, _ string) {
	text, ok := h.files[r.URL.Path]
	if !ok {
		refuse(w, 404, wire.CategoryNotFound, "no such thing")
		return
	}
	if !json.Valid(text) {
		w.Header().Set("Content-Type", "application/zip")
	}
	_, _ = w.Write(text)
}
