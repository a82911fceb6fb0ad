package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/pipeline"
	"github.com/fns-dev/fns/internal/wire"
)

// hub answers the looks at builds with its states in order, the last one again
// and again. A state that is a number is a status, "reset" a broken connection.
type hub struct {
	mu        sync.Mutex
	states    []string
	structure string // "" for a 404
	calls     []string
}

var looks = regexp.MustCompile(`/(builds|deploys)/\d+(/status)?$`)

func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.calls = append(h.calls, r.URL.Path)
	w.Header().Set("Content-Type", "application/json")
	if !looks.MatchString(r.URL.Path) {
		if h.structure == "" {
			w.WriteHeader(404)
			return
		}
		_, _ = io.WriteString(w, h.structure)
		return
	}
	state := h.states[0]
	if len(h.states) > 1 {
		h.states = h.states[1:]
	}
	var status int
	switch _, err := fmt.Sscan(state, &status); {
	case state == "reset":
		if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
			_ = conn.Close()
		}
	case err == nil:
		w.WriteHeader(status)
	default:
		_, _ = io.WriteString(w, state)
	}
}

// follower makes a Follower that does not really wait, and a record of what it
// tells.
func (h *hub) follower(t *testing.T) (*pipeline.Follower, *[]string) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	never := func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	client := hubapi.New(hubapi.Options{Origins: hubapi.Origins{API: server.URL}, Sleep: never})
	var told []string
	return &pipeline.Follower{
		Client: client, Project: "shop", Sleep: never,
		Status: func(s pipeline.Status) {
			line := s.String()
			for _, p := range s.Parts {
				line += fmt.Sprintf("; %d %s %s %s", p.Depth, pipeline.TypeName(p.Type), p.Name, p.State)
			}
			told = append(told, line)
		},
		Lost: func(error) { told = append(told, "lost") },
		Back: func() { told = append(told, "back") },
	}, &told
}

func build(state string, parts ...string) string {
	return fmt.Sprintf(`{"buildId":5,"status":%q,"subbuildStatuses":[%s]}`, state, strings.Join(parts, ","))
}

func part(id, kind, state string) string {
	return fmt.Sprintf(`{"id":%q,"buildName":%q,"buildType":%q,"status":%q,"visible":true}`, id, "n"+id, kind, state)
}

func TestBuildTellsEachChangeOnce(t *testing.T) {
	t.Parallel()
	h := &hub{
		structure: `{"topLevelComponentsWithChildren":{"1":["3"],"9":[]}}`,
		states: []string{
			build("ENQUEUED"),
			build("BUILDING", part("3", "APP_FUNCTION", "BUILDING"), part("1", "APPLICATION", "BUILDING"), part("9", "SERVERLESS_PACKAGE", "BUILDING"), `{"id":"4","status":"BUILDING","visible":false}`),
			build("BUILDING", part("3", "APP_FUNCTION", "BUILDING"), part("1", "APPLICATION", "BUILDING"), part("9", "SERVERLESS_PACKAGE", "SUCCESS"), `{"id":"4","status":"SUCCESS","visible":false}`),
			build("BUILDING", part("3", "APP_FUNCTION", "SUCCESS"), part("1", "APPLICATION", "BUILDING")),
			build("SUCCESS", part("3", "APP_FUNCTION", "SUCCESS"), part("1", "APPLICATION", "SUCCESS")),
		},
	}
	f, told := h.follower(t)
	b, err := f.Build(t.Context(), 5)
	if err != nil || b.Status != wire.StateSuccess {
		t.Fatal(b, err)
	}
	want := []string{
		"build #5 of shop is ENQUEUED",
		"build #5 of shop is BUILDING; 0 app n1 BUILDING; 1 function n3 BUILDING",
		"build #5 of shop is BUILDING; 0 app n1 BUILDING; 1 function n3 SUCCESS",
		"build #5 of shop is SUCCESS; 0 app n1 SUCCESS; 1 function n3 SUCCESS",
	}
	if diff := cmp.Diff(want, *told); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestWithoutAStructureThePartsStandInAList(t *testing.T) {
	t.Parallel()
	h := &hub{states: []string{build("SUCCESS", part("3", "CARD", "SUCCESS"), part("1", "THEME", "SUCCESS"))}}
	f, told := h.follower(t)
	if _, err := f.Build(t.Context(), 5); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"build #5 of shop is SUCCESS; 0 card n3 SUCCESS; 0 theme n1 SUCCESS"}, *told); diff != "" {
		t.Error(diff)
	}
}

func TestFollowingGoesOnThroughABreak(t *testing.T) {
	t.Parallel()
	states := []string{build("BUILDING")}
	for range 12 { // more than one call repeats by itself
		states = append(states, "reset", "503")
	}
	h := &hub{states: append(states, build("SUCCESS"))}
	f, told := h.follower(t)
	if _, err := f.Build(t.Context(), 5); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"build #5 of shop is BUILDING", "lost", "back", "build #5 of shop is SUCCESS"}, *told); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestFollowingEnds(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]int{"403": 403, "404": 404, "401": 401, "reset": 0, "500": 500, "{": 0} {
		t.Run("with an answer "+name, func(t *testing.T) {
			t.Parallel()
			h := &hub{states: []string{build("BUILDING"), name}}
			f, _ := h.follower(t)
			if _, err := f.Build(t.Context(), 5); err == nil || hubapi.StatusOf(err) != want {
				t.Errorf("got %v", err)
			}
		})
	}
	t.Run("when it is cut off, though the build never ends", func(t *testing.T) {
		t.Parallel()
		h := &hub{states: []string{build("BUILDING")}}
		f, _ := h.follower(t)
		ctx, cancel := context.WithCancel(t.Context())
		f.Status = func(pipeline.Status) { cancel() }
		if _, err := f.Build(ctx, 5); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestTheDeployThatABuildStartsIsAwaited(t *testing.T) {
	t.Parallel()
	started := `{"buildId":5,"status":"SUCCESS","autoDeployId":7,"deployStatusTaskLocator":{"id":"7"}}`
	for _, tt := range []struct {
		name   string
		states []string
		want   int64
	}{
		{"there at once", []string{started}, 7},
		{"there later", []string{build("SUCCESS"), build("SUCCESS"), started}, 7},
		{"never there", []string{build("SUCCESS")}, 0},
		{"skipped", []string{`{"buildId":5,"status":"SUCCESS","autoDeployId":0,"deployStatusTaskLocator":{"id":"7"}}`}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := &hub{states: tt.states}
			f, _ := h.follower(t)
			b, err := f.Build(t.Context(), 5)
			if err != nil {
				t.Fatal(err)
			}
			if id, err := f.AutoDeploy(t.Context(), b); err != nil || id != tt.want {
				t.Errorf("got %d, %v", id, err)
			}
		})
	}
}

func TestAFailureNamesItsCausesAndNotWhatFollowedFromThem(t *testing.T) {
	t.Parallel()
	h := &hub{states: []string{build("FAILURE",
		`{"id":"1","buildName":"hello","buildType":"APP_FUNCTION","status":"FAILURE","visible":true,"errorMessage":"no main","standardError":{"message":"no main","errors":[{"message":"line 3"},{"message":"no main"}]}}`,
		`{"id":"2","buildName":"app","buildType":"APPLICATION","status":"FAILURE","visible":true,"errorMessage":"dependent","standardError":{"subCategory":"BuildPipelineErrorType.DEPENDENT_SUBBUILD_FAILED"}}`,
		`{"id":"3","buildName":"quiet","buildType":"CARD","status":"FAILURE","visible":true}`,
		part("4", "CARD", "SUCCESS"),
	)}}
	f, _ := h.follower(t)
	b, err := f.Build(t.Context(), 5)
	if err != nil {
		t.Fatal(err)
	}
	err = pipeline.BuildError("shop", b, "https://page")
	var failed *pipeline.FailedError
	if !errors.As(err, &failed) {
		t.Fatalf("got %v", err)
	}
	want := "build #5 of shop failed\n  function hello: no main\n    - line 3\n  card quiet: HubSpot says nothing about it"
	if diff := cmp.Diff(want, failed.Error()); diff != "" {
		t.Error(diff)
	}
	if failed.Hint() != "HubSpot shows it at https://page" {
		t.Error(failed.Hint())
	}
}

func TestDeploysAreFollowedTheSameWay(t *testing.T) {
	t.Parallel()
	h := &hub{states: []string{
		`{"deployId":7,"buildId":5,"status":"DEPLOYING","subdeployStatuses":[{"id":1,"deployName":"hello","deployType":"APP_FUNCTION","status":"DEPLOYING","visible":true}]}`,
		`{"deployId":7,"buildId":5,"status":"FAILURE","subdeployStatuses":[{"id":1,"deployName":"hello","deployType":"APP_FUNCTION","status":"FAILURE","visible":true,"errorMessage":"boom"}]}`,
	}}
	f, told := h.follower(t)
	d, err := f.Deploy(t.Context(), 7, 5)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{
		"the deploy of build #5 of shop is DEPLOYING; 0 function hello DEPLOYING", "the deploy of build #5 of shop is FAILURE; 0 function hello FAILURE",
	}, *told); diff != "" {
		t.Error(diff)
	}
	if err := pipeline.DeployError("shop", 5, d, ""); err == nil || err.Error() != "the deploy of build #5 of shop failed\n  function hello: boom" {
		t.Error(err)
	}
	if err := pipeline.DeployError("shop", 5, &wire.Deploy{Status: wire.StateSuccess}, ""); err != nil {
		t.Error(err)
	}
}
