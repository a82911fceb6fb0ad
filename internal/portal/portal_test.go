package portal_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/archive"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/pipeline"
	"github.com/fns-dev/fns/internal/portal"
	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/wire"
)

// bench is a portal and a client of it.
type bench struct {
	*portal.Portal
	store  *store.Store
	client *hubapi.Client
	token  string
}

func newBench(t testing.TB, change ...func(*portal.Options)) *bench {
	t.Helper()
	dir := t.TempDir()
	s, err := store.Open(t.Context(), store.Options{Dir: filepath.Join(dir, ".fns"), Keys: store.Keys{Dir: filepath.Join(dir, "keys")}})
	if err != nil {
		t.Fatal(err)
	}
	o := portal.Options{Store: s, WorkDir: filepath.Join(dir, "work")}
	for _, f := range change {
		f(&o)
	}
	p := portal.New(o)
	t.Cleanup(func() { p.Close(); _ = s.Close() })
	token, err := p.Token(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return &bench{p, s, clientOf(p, token), token}
}

func clientOf(p *portal.Portal, token string) *hubapi.Client {
	return hubapi.New(hubapi.Options{
		Origins: hubapi.Origins{API: portal.Origin, Auth: portal.Origin}, AccountID: portal.AccountID, Transport: p.InProcess(),
		Tokens: account.FixedToken{Key: account.NewKey(token)},
	})
}

// status makes a call by hand.
func (b *bench) status(t testing.TB, req *http.Request) (int, wire.Error) {
	t.Helper()
	w := httptest.NewRecorder()
	b.ServeHTTP(w, req)
	var e wire.Error
	if w.Code >= 400 {
		if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil || e.Status != "error" || e.CorrelationID == "" || e.Category == "" {
			t.Errorf("%s %s: %d without HubSpot's form of an error: %s", req.Method, req.URL, w.Code, w.Body)
		}
	}
	return w.Code, e
}

func request(method, path, token string, body string) *http.Request {
	req := httptest.NewRequest(method, "http://localhost:4500"+path, strings.NewReader(body))
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return req
}

func TestCallsNeedATokenOfThisPortal(t *testing.T) {
	t.Parallel()
	b, other := newBench(t), newBench(t)
	for token, want := range map[string]int{b.token: 200, "": 401, "x": 401, "a.b": 401, other.token: 401, b.token + "x": 401} {
		if got, _ := b.status(t, request("GET", wire.Secrets, token, "")); got != want {
			t.Errorf("token %.10s…: %d, want %d", token, got, want)
		}
	}
	if got, _ := b.status(t, request("GET", wire.Secrets+"?portalId=123", b.token, "")); got != 403 {
		t.Errorf("another account: %d", got)
	}
	if got, e := b.status(t, request("POST", wire.AuthRefresh, "", `{"encodedOAuthRefreshToken":"wrong"}`)); got != 401 || e.Category != wire.CategoryAuthentication {
		t.Errorf("a wrong key: %d %v", got, e)
	}
	key, err := b.store.AccessKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, err := b.client.ExchangeKey(t.Context(), key, portal.AccountID)
	if err != nil || got.HubID != portal.AccountID || time.UnixMilli(got.ExpiresAtMillis).Before(time.Now()) {
		t.Fatalf("%+v, %v", got, err)
	}
	if code, _ := b.status(t, request("GET", wire.Path(wire.AccessTokenInfo, got.Token), "", "")); code != 200 {
		t.Errorf("the token is not known: %d", code)
	}
	grant, err := b.client.RefreshOAuth(t.Context(), "id", "secret", key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.client.RefreshOAuth(t.Context(), "id", "secret", grant.RefreshToken); err != nil {
		t.Error(err)
	}
	if code, _ := b.status(t, request("GET", wire.Secrets, grant.RefreshToken, "")); code != 401 {
		t.Errorf("a refresh token as access token: %d", code)
	}
	if code, _ := b.status(t, request("GET", wire.Secrets+"?hapikey="+key, "", "")); code != 200 {
		t.Errorf("an API key: %d", code)
	}
}

func TestTokensExpire(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	now := time.Now()
	b := newBench(t, func(o *portal.Options) {
		o.Now = func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	})
	mu.Lock()
	now = now.Add(25 * time.Hour)
	mu.Unlock()
	if got, e := b.status(t, request("GET", wire.Secrets, b.token, "")); got != 401 || e.Category != "EXPIRED_AUTHENTICATION" {
		t.Errorf("%d %v", got, e)
	}
}

func TestForeignHostsAndPagesAreKeptOut(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, host := range []string{"evil.test", "localhost.evil.test:80", "127.0.0.1.nip.io", "169.254.1.1", "", "[::2]:80"} {
		req := request("GET", wire.Secrets, b.token, "")
		req.Host = host
		if got, _ := b.status(t, req); got != 403 {
			t.Errorf("host %q: %d", host, got)
		}
	}
	for origin, want := range map[string]int{"https://evil.test": 403, "null": 403, "http://localhost:3000": 200, "http://127.0.0.1": 200, "http://localhost.evil.test": 403} {
		req := request("GET", wire.Secrets, b.token, "")
		req.Header.Set("Origin", origin)
		if got, _ := b.status(t, req); got != want {
			t.Errorf("origin %q: %d", origin, got)
		}
	}
}

func TestWhatThePortalDoesNotKnowIsCountedAsAGap(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for range 2 {
		if got, e := b.status(t, request("POST", "/crm/v3/objects/contacts?x=secret", b.token, "{}")); got != 501 || !strings.Contains(e.Message, "/crm/v3/objects/contacts") {
			t.Errorf("%d %v", got, e)
		}
	}
	if got, _ := b.status(t, request("PATCH", "/x.com"+wire.Secrets, b.token, "")); got != 501 {
		t.Errorf("an unknown method: %d", got)
	}
	if got, _ := b.status(t, request("GET", "/nobody/knows", "", "")); got != 401 {
		t.Errorf("without a token: %d", got)
	}
	gaps, err := b.store.Gaps(t.Context())
	var got []string
	for _, g := range gaps {
		got = append(got, fmt.Sprintf("%s %s %d", g.Method, g.Path, g.Count))
	}
	slices.Sort(got)
	if diff := cmp.Diff([]string{"PATCH " + wire.Secrets + " 1", "POST /crm/v3/objects/contacts 2"}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestSecretsAreKeptWithinTheLimit(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	most := int(limits.All().Max(limits.Secrets, nil, false))
	for i := range most {
		if err := b.client.AddSecret(ctx, fmt.Sprintf("S%02d", i), "value"); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.client.AddSecret(ctx, "MORE", "value"); hubapi.StatusOf(err) != 400 {
		t.Errorf("one more than the limit: %v", err)
	}
	if err := b.client.AddSecret(ctx, "S00", "value"); hubapi.StatusOf(err) != 409 {
		t.Errorf("twice: %v", err)
	}
	if err := b.client.DeleteSecret(ctx, "S00"); err != nil {
		t.Error(err)
	}
	if err := b.client.UpdateSecret(ctx, "S00", "value"); !hubapi.IsNotFound(err) {
		t.Errorf("one that is gone: %v", err)
	}
	for _, name := range []string{"", "a b", "a/b", "a\n"} {
		if err := b.client.AddSecret(ctx, name, "value"); hubapi.StatusOf(err) != 400 {
			t.Errorf("the name %q: %v", name, err)
		}
	}
	names, err := b.client.Secrets(ctx)
	if err != nil || len(names) != most-1 {
		t.Errorf("%d, %v", len(names), err)
	}
}

func TestTooManyCallsAreRefused(t *testing.T) {
	t.Parallel()
	b := newBench(t, func(o *portal.Options) { o.RateLimit = 3 })
	for i := range 5 {
		w := httptest.NewRecorder()
		b.ServeHTTP(w, request("GET", wire.Secrets, b.token, ""))
		if refused := w.Code == 429 && w.Header().Get("Retry-After") != ""; refused != (i >= 3) {
			t.Errorf("call %d: %d %s", i+1, w.Code, w.Body)
		}
	}
}

const (
	hello    = `exports.main = (context, sendResponse) => sendResponse({statusCode: 200, body: {}});`
	manifest = `{"runtime":"nodejs20.x","version":"1.0","environment":{},"secrets":[],"endpoints":{"%s":{"method":"GET","file":"hello.js"}}}`
)

func (b *bench) put(t *testing.T, path, text string) error {
	t.Helper()
	return b.client.UploadFile(t.Context(), path, hubapi.BytesContent(filepath.Base(path), []byte(text)), hubapi.FileOptions{})
}

func TestFilesAreStoredAndGiveEndpoints(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	for path, text := range map[string]string{"shop/a.functions/serverless.json": fmt.Sprintf(manifest, "up/here"), "shop/a.functions/hello.js": hello, "shop/x.css": "a{}"} {
		if err := b.put(t, path, text); err != nil {
			t.Fatal(err)
		}
	}
	routes, err := b.client.Routes(ctx)
	if err != nil || len(routes) != 1 || routes[0].Route != "up/here" || routes[0].RawAssetPath != "shop/a.functions/hello.js" {
		t.Errorf("%+v, %v", routes, err)
	}
	if err := b.put(t, "b.functions/hello.js", hello); err != nil {
		t.Fatal(err)
	}
	if err := b.put(t, "b.functions/serverless.json", fmt.Sprintf(manifest, "up/here")); hubapi.StatusOf(err) != 400 {
		t.Errorf("the same path in another folder: %v", err)
	}
	if err := b.put(t, "b.functions/serverless.json", `{"endpoints":{"x":{"method":"NONE","file":7}}}`); hubapi.StatusOf(err) != 400 {
		t.Errorf("a broken manifest: %v", err)
	}
	info, err := b.client.FileInfo(ctx, "shop", hubapi.FileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a.functions", "x.css"}, info.Children); diff != "" || !info.Folder {
		t.Error(diff)
	}
	file, err := b.client.FetchFile(ctx, "shop/x.css", hubapi.FileOptions{})
	if err != nil || string(file.Content) != "a{}" {
		t.Errorf("%+v, %v", file, err)
	}
	if err := b.client.MoveFile(ctx, "shop/a.functions", "moved.functions"); err != nil {
		t.Fatal(err)
	}
	if routes, err = b.client.Routes(ctx); err != nil || len(routes) != 1 || routes[0].RawAssetPath != "moved.functions/hello.js" {
		t.Errorf("after a move: %+v, %v", routes, err)
	}
	if err := b.client.MoveFile(ctx, "moved.functions", "shop/x.css"); hubapi.StatusOf(err) != 409 {
		t.Errorf("a move onto a file: %v", err)
	}
	if err := b.client.DeleteFile(ctx, "moved.functions"); err != nil {
		t.Fatal(err)
	}
	if routes, err = b.client.Routes(ctx); err != nil || len(routes) != 0 {
		t.Errorf("after a deletion: %+v, %v", routes, err)
	}
	if err := b.client.DeleteFile(ctx, "moved.functions"); !hubapi.IsNotFound(err) {
		t.Errorf("twice: %v", err)
	}
}

func TestPathsOfFilesCanNotLeadElsewhere(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, path := range []string{"../a.js", "a/../../b.js", `a\b.js`, "C:/a.js", "a//b.js", "./a.js", "a\x00.js", "con.js", "a/..", "@hubspot/x.js", "x.exe", strings.Repeat("a", 2000) + ".js"} {
		if err := b.put(t, path, "x"); hubapi.StatusOf(err) != 400 && hubapi.StatusOf(err) != 403 {
			t.Errorf("upload to %.40q: %v", path, err)
		}
	}
	if err := b.put(t, "ok.js", "x"); err != nil {
		t.Fatal(err)
	}
	if err := b.client.MoveFile(t.Context(), "ok.js", "../x.js"); hubapi.StatusOf(err) != 400 {
		t.Errorf("a move: %v", err)
	}
	for _, path := range []string{"/content/filemapper/v1/stream/..%2F..%2Fetc%2Fpasswd", "/content/filemapper/v1/meta/a/../../x", "/content/filemapper/v1/stream/%zz"} {
		req := request("GET", "/", b.token, "")
		req.URL.Opaque = ""
		req.URL.Path, req.URL.RawPath = path, path
		if got, _ := b.status(t, req); got != 400 && got != 404 {
			t.Errorf("%s: %d", path, got)
		}
	}
}

// files are a project of one function.
func projectFiles(route, secrets, code string) []archive.File {
	return []archive.File{
		{Name: "app/app-hsmeta.json", Data: []byte(`{"uid":"my_app","type":"app","config":{"name":"A","distribution":"private","auth":{"type":"static"}}}`)},
		{Name: "app/functions/hello-hsmeta.json", Data: []byte(fmt.Sprintf(`{"uid":"hello","type":"app-function","config":{"entrypoint":"/app/functions/hello.js","secretKeys":[%s],"endpoint":{"path":"%s","methods":["GET"]}}}`, secrets, route))},
		{Name: "app/functions/hello.js", Data: []byte(code)},
		{Name: "app/functions/package.json", Data: []byte(`{"name":"x","version":"1.0.0"}`)},
	}
}

const goodCode = `exports.main = async () => ({ statusCode: 200, body: {} });`

func zip(t *testing.T, files []archive.File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := archive.Write(&b, files); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func upload(project string, skip bool) wire.UploadRequest {
	nodes := `{"hubspot-serverless-package-uid":{"uid":"hubspot-serverless-package-uid","componentType":"SERVERLESS_PACKAGE","config":{},"componentDeps":{"app":"my_app"},"metaFilePath":"app/functions/package.json","files":{}},
		"my_app":{"uid":"my_app","componentType":"APPLICATION","config":{"name":"A","distribution":"private","auth":{"type":"static"}},"componentDeps":{},"metaFilePath":"app/app-hsmeta.json","files":{}},
		"hello":{"uid":"hello","componentType":"APP_FUNCTION","config":{"entrypoint":"/app/functions/hello.js"},"componentDeps":{"app":"my_app"},"metaFilePath":"app/functions/hello-hsmeta.json","files":{}}}`
	return wire.UploadRequest{ProjectName: project, Nodes: json.RawMessage(nodes), ProfileData: wire.ProfileData{Vars: wire.ProfileVars{Variables: map[string]wire.ProfileVariable{}}}, SkipAutoDeploy: skip}
}

// follower looks at the builds and deploys of a project without pauses worth the name.
func (b *bench) follower(project string) *pipeline.Follower {
	return &pipeline.Follower{Client: b.client, Project: project, Sleep: func(ctx context.Context, _ time.Duration) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
			return nil
		}
	}}
}

// send uploads and waits for the build and the deploy that it starts.
func (b *bench) send(t *testing.T, project string, files []archive.File, skip bool) (*wire.Build, *wire.Deploy) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if _, err := b.client.CreateProject(ctx, project); err != nil && hubapi.StatusOf(err) != 409 {
		t.Fatal(err)
	}
	id, err := b.client.UploadProject(ctx, hubapi.BytesContent("x.zip", zip(t, files)), "2026.03", upload(project, skip))
	if err != nil {
		t.Fatal(err)
	}
	build, err := b.follower(project).Build(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if build.AutoDeployID == 0 {
		return build, nil
	}
	deploy, err := b.follower(project).Deploy(ctx, build.AutoDeployID, id)
	if err != nil {
		t.Fatal(err)
	}
	return build, deploy
}

func TestUploadsAreBuiltAndDeployed(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	build, deploy := b.send(t, "one", projectFiles("hi", "", goodCode), false)
	if build.Status != wire.StateSuccess || deploy == nil || deploy.Status != wire.StateSuccess {
		t.Fatalf("%+v\n%+v", build, deploy)
	}
	structure, err := b.client.BuildStructure(ctx, "one", build.BuildID)
	if err != nil || len(structure.TopLevel) != 1 {
		t.Errorf("%v, %v", structure, err)
	}
	apps, err := b.client.Apps(ctx)
	if err != nil || len(apps) != 1 || apps[0].SourceID != "my_app" || apps[0].Name != "A" {
		t.Errorf("%+v, %v", apps, err)
	}

	broken, none := b.send(t, "one", projectFiles("hi", "", "exports.main = ("), false)
	if broken.Status != wire.StateFailure || none != nil {
		t.Fatalf("a syntax error: %+v", broken)
	}
	var failed []string
	for _, s := range broken.Subbuilds {
		if s.Status == wire.StateFailure && s.StandardError.SubCategory != wire.DependentSubbuildFailed {
			failed = append(failed, s.Name)
		}
	}
	if diff := cmp.Diff([]string{"hello"}, failed); diff != "" {
		t.Error(diff)
	}

	if build, deploy = b.send(t, "one", projectFiles("hi2", "", goodCode), true); build.Status != wire.StateSuccess || deploy != nil {
		t.Errorf("without automatic deploy: %+v %+v", build, deploy)
	}
	pr, err := b.client.Project(ctx, "one")
	if err != nil || pr.DeployedBuildID != 1 || pr.LatestBuild.BuildID != 3 || pr.DeployedBuild.BuildID != 1 {
		t.Fatalf("%+v, %v", pr, err)
	}
	b.deploy(t, "one", 3, wire.StateSuccess)
	b.deploy(t, "one", 1, wire.StateSuccess) // back
	if _, err := b.client.QueueDeploy(ctx, wire.DeployRequest{ProjectName: "one", TargetBuildID: 2}); hubapi.StatusOf(err) != 400 {
		t.Errorf("a failed build: %v", err)
	}
	if _, err := b.client.QueueDeploy(ctx, wire.DeployRequest{ProjectName: "one", TargetBuildID: 1}); hubapi.StatusOf(err) != 400 {
		t.Errorf("what is deployed: %v", err)
	}
	zipped, err := b.client.ProjectArchive(ctx, "one", 1)
	if err != nil {
		t.Fatal(err)
	}
	files, err := archive.Read(zipped, archive.DefaultBounds())
	inner, root := archive.WithoutRoot(files)
	if err != nil || root != "one" || inner[0].Name != "hsproject.json" {
		t.Errorf("%v %q %v", err, root, inner)
	}
	if err := b.store.SetAutoDeploy(ctx, "one", false); err != nil {
		t.Fatal(err)
	}
	if build, deploy = b.send(t, "one", projectFiles("hi", "", goodCode), false); build.AutoDeployEnabled || deploy != nil {
		t.Errorf("with the switch off: %+v", build)
	}
	page, err := b.client.Builds(ctx, "one", 3, "")
	if err != nil || len(page.Results) != 3 || page.Results[0].BuildID != 4 || page.Paging.After() != "2" {
		t.Errorf("%+v, %v", page, err)
	}
}

func (b *bench) deploy(t *testing.T, project string, build int64, want string) *wire.Deploy {
	t.Helper()
	queued, err := b.client.QueueDeploy(t.Context(), wire.DeployRequest{ProjectName: project, TargetBuildID: build})
	if err != nil || queued.Result != wire.DeployIsQueued {
		t.Fatalf("%+v, %v", queued, err)
	}
	d, err := b.follower(project).Deploy(t.Context(), queued.ID.Int(), build)
	if err != nil || d.Status != want {
		t.Fatalf("%+v, %v", d, err)
	}
	return d
}

func TestDeploysFailWhereSomethingStandsInTheWay(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	build, deploy := b.send(t, "one", projectFiles("hi", `"TOKEN"`, goodCode), false)
	if build.Status != wire.StateSuccess || deploy.Status != wire.StateFailure {
		t.Fatalf("%+v\n%+v", build, deploy)
	}
	text := ""
	for _, s := range deploy.Subdeploys {
		if s.Name == "hello" {
			text = s.ErrorMessage
		}
	}
	if !strings.Contains(text, "TOKEN") {
		t.Errorf("the secret is not named: %q", text)
	}
	apps, err := b.client.Apps(t.Context())
	if err != nil || len(apps) != 1 {
		t.Fatal(apps, err)
	}
	if err := b.client.AddAppSecret(t.Context(), apps[0].ID, "TOKEN", "value"); err != nil {
		t.Fatal(err)
	}
	b.deploy(t, "one", 1, wire.StateSuccess)
	if _, deploy = b.send(t, "two", projectFiles("hi", "", goodCode), false); deploy.Status != wire.StateFailure {
		t.Errorf("the path of another project: %+v", deploy)
	}
}

func TestRemovalsNeedAWord(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.send(t, "one", projectFiles("hi", "", goodCode), false)
	ctx := t.Context()
	less := upload("one", true)
	less.Nodes = json.RawMessage(`{"my_app":{"uid":"my_app","componentType":"APPLICATION","config":{"name":"A"},"componentDeps":{},"metaFilePath":"app/app-hsmeta.json","files":{}}}`)
	id, err := b.client.UploadProject(ctx, hubapi.BytesContent("x.zip", zip(t, projectFiles("hi", "", goodCode)[:1])), "2026.03", less)
	if err != nil {
		t.Fatal(err)
	}
	if build, err := b.follower("one").Build(ctx, id); err != nil || build.Status != wire.StateSuccess {
		t.Fatalf("%+v, %v", build, err)
	}
	queued, err := b.client.QueueDeploy(ctx, wire.DeployRequest{ProjectName: "one", TargetBuildID: id})
	if err != nil || queued.Result != wire.DeployIsBlocked || len(queued.Issues) == 0 {
		t.Errorf("%+v, %v", queued, err)
	}
	if queued, err = b.client.QueueDeploy(ctx, wire.DeployRequest{ProjectName: "one", TargetBuildID: id, IgnoreWarnings: true}); err != nil || queued.Result != wire.DeployIsQueued {
		t.Errorf("%+v, %v", queued, err)
	}
}

func TestHostileUploadsAreRefused(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	if _, err := b.client.CreateProject(ctx, "one"); err != nil {
		t.Fatal(err)
	}
	good := zip(t, projectFiles("hi", "", goodCode))
	for name, c := range map[string]struct {
		zip     []byte
		version string
		change  func(*wire.UploadRequest)
		want    int
	}{
		"no zip":              {zip: []byte("PK no"), want: 400},
		"a name upwards":      {zip: bytes.ReplaceAll(good, []byte("app/functions/hello.js"), []byte("../functions/hello.xx")), want: 400},
		"an unknown version":  {zip: good, version: "1999.1", want: 400},
		"no version":          {zip: good, version: " ", want: 400},
		"an unknown project":  {zip: good, change: func(r *wire.UploadRequest) { r.ProjectName = "none" }, want: 404},
		"nodes that are none": {zip: good, change: func(r *wire.UploadRequest) { r.Nodes = json.RawMessage(`[1]`) }, want: 400},
		"nodes without files": {zip: zip(t, nil), want: 400},
	} {
		req := upload("one", true)
		if c.change != nil {
			c.change(&req)
		}
		version := "2026.03"
		if c.version != "" {
			version = strings.TrimSpace(c.version)
		}
		if _, err := b.client.UploadProject(ctx, hubapi.BytesContent("x.zip", c.zip), version, req); hubapi.StatusOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if pr, err := b.store.Project(ctx, "one"); err != nil || pr.LastBuild != 0 {
		t.Errorf("%+v, %v", pr, err)
	}
}

func TestABuildWhoseProcessDiedIsTakenUp(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	if _, err := b.client.CreateProject(ctx, "one"); err != nil {
		t.Fatal(err)
	}
	req := upload("one", false)
	// Closed right after the upload, as if killed: the build is not done.
	p2 := portal.New(portal.Options{Store: b.store, WorkDir: t.TempDir()})
	id, err := clientOf(p2, b.token).UploadProject(ctx, hubapi.BytesContent("x.zip", zip(t, projectFiles("hi", "", goodCode))), "2026.03", req)
	if err != nil {
		t.Fatal(err)
	}
	p2.Close()
	build, err := b.follower("one").Build(ctx, id)
	if err != nil || build.Status != wire.StateSuccess {
		t.Errorf("%+v, %v", build, err)
	}
}

func TestFollowingTheLogShowsEachRunOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	if _, err := b.client.FunctionLogs(ctx, "a/b", hubapi.LogPageOptions{}); !hubapi.IsNotFound(err) {
		t.Errorf("an unknown endpoint: %v", err)
	}
	if _, err := b.client.LatestFunctionLog(ctx, "a/b"); !hubapi.IsNotFound(err) {
		t.Errorf("an unknown endpoint: %v", err)
	}
	begun := time.Now().UnixMilli()
	add := func(from, to int) {
		t.Helper()
		var runs []store.Run
		for i := from; i <= to; i++ {
			runs = append(runs, store.Run{ID: fmt.Sprintf("id/%d+?", i), At: time.UnixMilli(begun + int64(i)), Route: "a/b", Status: wire.LogSuccess})
		}
		if err := b.store.AddRuns(ctx, runs); err != nil {
			t.Fatal(err)
		}
	}
	add(1, 3)
	latest, err := b.client.LatestFunctionLog(ctx, "a/b")
	if err != nil || latest.CreatedAt != begun+3 {
		t.Fatalf("%+v, %v", latest, err)
	}
	add(4, 15)
	var got []int64
	cursor := hubapi.FollowCursor(string(latest.ID)) // encoded twice, as by hs
	for range 5 {
		page, err := b.client.FunctionLogs(ctx, "a/b", hubapi.LogPageOptions{Limit: 5, After: cursor, Follow: true})
		if err != nil || page.Paging.After() == "" {
			t.Fatalf("%+v, %v", page, err)
		}
		for _, r := range page.Results {
			got = append(got, r.CreatedAt-begun)
		}
		cursor = page.Paging.After()
	}
	if diff := cmp.Diff([]int64{4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, got); diff != "" {
		t.Error(diff)
	}
	page, err := b.client.FunctionLogs(ctx, "a/b", hubapi.LogPageOptions{Limit: 2})
	if err != nil || len(page.Results) != 2 || page.Results[0].CreatedAt != begun+15 {
		t.Errorf("%+v, %v", page, err)
	}
}

func FuzzCalls(f *testing.F) {
	f.Add("GET", "/content/filemapper/v1/meta//", "")
	f.Add("PUT", "/content/filemapper/v1/rename/a?path=b", "")
	f.Add("POST", wire.Secrets, `{"key":"AB","secret":"b"}`)
	f.Add("POST", "/developers/logs/search/1", `{"query":{"limit":1}}`)
	f.Add("GET", "/cms/v3/functions/results/by-route/a%2Fb?after=YQ%253D%253D&limit=5", "")
	f.Add("POST", wire.DeployQueue, `{"projectName":"a","targetBuildId":1}`)
	f.Add("GET", "/x.com/dfs/v1/projects/a/builds?limit=3&after=1", "")
	b := newBench(f)
	f.Fuzz(func(t *testing.T, method, path, body string) {
		req, err := http.NewRequestWithContext(t.Context(), method, "http://localhost"+path, strings.NewReader(body))
		if err != nil || req.URL.Host != "localhost" {
			return
		}
		req.Header.Set("Authorization", "Bearer "+b.token)
		w := httptest.NewRecorder()
		b.ServeHTTP(w, req)
		if w.Code == 500 && !errors.Is(req.Context().Err(), context.Canceled) {
			t.Errorf("%s %s: %s", method, path, w.Body)
		}
	})
}

func FuzzMultipart(f *testing.F) {
	var ok bytes.Buffer
	w := multipart.NewWriter(&ok)
	_ = w.SetBoundary("b")
	part, _ := w.CreateFormFile("file", "a.js")
	_, _ = io.WriteString(part, "x")
	_ = w.Close()
	f.Add("multipart/form-data; boundary=b", ok.String())
	f.Add("multipart/mixed; boundary=\"\"", "--")
	b := newBench(f)
	f.Fuzz(func(t *testing.T, kind, body string) {
		for _, path := range []string{"/content/filemapper/v1/upload/a.functions%2Fserverless.json", wire.ProjectUpload, wire.Path(wire.ProjectUploadOld, "p")} {
			req := request("POST", path, b.token, body)
			req.Header.Set("Content-Type", kind)
			w := httptest.NewRecorder()
			b.ServeHTTP(w, req)
			if w.Code == 500 {
				t.Errorf("%s: %s", path, w.Body)
			}
		}
	})
}
