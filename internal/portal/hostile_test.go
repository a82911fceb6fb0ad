package portal_test

import (
	stdzip "archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/archive"
	"github.com/fns-dev/fns/internal/hubapi"
	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/portal"
	"github.com/fns-dev/fns/internal/wire"
)

// rawZip makes an archive with one entry that package archive would not write,
// beside a harmless one.
func rawZip(t *testing.T, name string, mode fs.FileMode, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := stdzip.NewWriter(&b)
	for _, e := range []struct {
		name string
		mode fs.FileMode
		data []byte
	}{{"app/app-hsmeta.json", 0o600, []byte("{}")}, {name, mode, data}} {
		h := &stdzip.FileHeader{Name: e.name, Method: stdzip.Deflate}
		h.SetMode(e.mode)
		part, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(e.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestArchivesCanNotLeadElsewhere(t *testing.T) {
	t.Parallel()
	work := filepath.Join(t.TempDir(), "around", "work")
	b := newBench(t, func(o *portal.Options) { o.WorkDir = work })
	if _, err := b.client.CreateProject(t.Context(), "one"); err != nil {
		t.Fatal(err)
	}
	zero := make([]byte, 1<<20)
	for what, zip := range map[string][]byte{
		"upwards":                rawZip(t, "../outside.js", 0o600, nil),
		"upwards in the middle":  rawZip(t, "app/../../outside.js", 0o600, nil),
		"absolute":               rawZip(t, "/outside.js", 0o600, nil),
		"a drive":                rawZip(t, `C:\outside.js`, 0o600, nil),
		"a drive with slashes":   rawZip(t, "C:/outside.js", 0o600, nil),
		"backslashes":            rawZip(t, `..\outside.js`, 0o600, nil),
		"another machine":        rawZip(t, `\\server\share\outside.js`, 0o600, nil),
		"a name of Windows":      rawZip(t, "app/NUL.js", 0o600, nil),
		"a stream of Windows":    rawZip(t, "app/a.js:hidden", 0o600, nil),
		"a link":                 rawZip(t, "app/link", fs.ModeSymlink|0o777, []byte("/etc/passwd")),
		"a device":               rawZip(t, "app/device", fs.ModeDevice|0o600, nil),
		"the same name twice":    rawZip(t, "app/app-hsmeta.json", 0o600, nil),
		"the same in upper case": rawZip(t, "app/APP-hsmeta.json", 0o600, nil),
		"a file as a folder":     rawZip(t, "app/app-hsmeta.json/x.js", 0o600, nil),
		"cut off":                rawZip(t, "app/x.js", 0o600, zero)[:500],
	} {
		if _, err := b.client.UploadProject(t.Context(), hubapi.BytesContent("x.zip", zip), "2026.03", upload("one", true)); hubapi.StatusOf(err) != 400 {
			t.Errorf("%s: %v", what, err)
		}
		if _, err := b.client.UploadLegacyProject(t.Context(), "one", hubapi.BytesContent("x.zip", zip), hubapi.LegacyUpload{PlatformVersion: "2025.1"}); hubapi.StatusOf(err) != 400 {
			t.Errorf("%s, the older way: %v", what, err)
		}
	}
	left, err := os.ReadDir(filepath.Dir(work))
	if err == nil && len(left) > 1 {
		t.Errorf("written beside the folder: %v", left)
	}
	if pr, err := b.store.Project(t.Context(), "one"); err != nil || pr.LastBuild != 0 {
		t.Errorf("%+v, %v", pr, err)
	}
}

func TestBodiesAreBounded(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	long := `{"key":"AB","secret":"` + strings.Repeat("x", 2<<20) + `"}`
	if got, _ := b.status(t, request("POST", wire.Secrets, b.token, long)); got != http.StatusRequestEntityTooLarge {
		t.Errorf("a long JSON: %d", got)
	}
	if got, _ := b.status(t, request("POST", wire.AuthRefresh, "", long)); got != http.StatusRequestEntityTooLarge {
		t.Errorf("a long login: %d", got)
	}
	read, write := io.Pipe()
	form := multipart.NewWriter(write)
	go func() {
		part, err := form.CreateFormFile(wire.FilePart, "a.js")
		chunk := make([]byte, 1<<20)
		for i := 0; err == nil && i < 80; i++ { // until nobody reads any more
			_, err = part.Write(chunk)
		}
		_ = write.CloseWithError(form.Close())
	}()
	req := httptest.NewRequest("POST", "http://localhost/content/filemapper/v1/upload/a.js", read)
	req.Header.Set("Authorization", "Bearer "+b.token)
	req.Header.Set("Content-Type", form.FormDataContentType())
	if got, _ := b.status(t, req); got != http.StatusRequestEntityTooLarge {
		t.Errorf("a long file: %d", got)
	}
	_ = read.Close()
	if got, _ := b.status(t, request("GET", "/content/filemapper/v1/stream/a.js", b.token, "")); got != 404 {
		t.Errorf("the long file is there: %d", got)
	}
}

func TestTokensCanNotBeMade(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	body, mac, _ := strings.Cut(b.token, ".")
	for _, token := range []string{body, body + ".", "." + mac, body + "." + mac[1:], mac + "." + body, body + "x." + mac, strings.Repeat("a", 1<<16), "é.è"} {
		req := request("GET", wire.Secrets, token, "")
		if got, _ := b.status(t, req); got != 401 {
			t.Errorf("%.30q: %d", token, got)
		}
	}
	key, err := b.store.AccessKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := b.status(t, request("GET", wire.Secrets+"?"+wire.APIKey+"="+key, "", "")); got != 200 {
		t.Errorf("as an API key: %d", got)
	}
	if got, _ := b.status(t, request("GET", wire.Secrets+"?"+wire.APIKey+"="+key[1:], "", "")); got != 401 {
		t.Errorf("as a wrong API key: %d", got)
	}
	if got, _ := b.status(t, request("GET", wire.Secrets, key, "")); got != 401 {
		t.Errorf("the key itself is no token: %d", got)
	}
}

func TestAnAccountHasOnlySoManyEndpoints(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	most := int(limits.All().Max(limits.Endpoints, nil, false))
	endpoints := func(n int, prefix string) string {
		all := map[string]any{}
		for i := range n {
			all[fmt.Sprintf("%s%d", prefix, i)] = map[string]any{"method": "GET", "file": "hello.js"}
		}
		text, err := json.Marshal(map[string]any{"runtime": "nodejs20.x", "version": "1.0", "endpoints": all})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if err := b.put(t, "a.functions/hello.js", hello); err != nil {
		t.Fatal(err)
	}
	if err := b.put(t, "a.functions/serverless.json", endpoints(most+1, "e")); hubapi.StatusOf(err) != 400 {
		t.Errorf("one too many: %v", err)
	}
	if err := b.put(t, "a.functions/serverless.json", endpoints(most, "e")); err != nil {
		t.Errorf("as many as there may be: %v", err)
	}
	if routes, err := b.client.Routes(t.Context()); err != nil || len(routes) != most {
		t.Errorf("%d, %v", len(routes), err)
	}
	// A project counts with them.
	if _, deploy := b.send(t, "one", projectFiles("more", "", goodCode), false); deploy.Status != wire.StateFailure {
		t.Errorf("%+v", deploy)
	}
	if err := b.put(t, "a.functions/serverless.json", endpoints(most-1, "e")); err != nil {
		t.Error(err)
	}
	b.deploy(t, "one", 1, wire.StateSuccess)
	b.deployFails(t, most)
}

// deployFails takes the last room away with files, after which the deployed
// project stays.
func (b *bench) deployFails(t *testing.T, most int) {
	t.Helper()
	if err := b.put(t, "b.functions/hello.js", hello); err != nil {
		t.Fatal(err)
	}
	if err := b.put(t, "b.functions/serverless.json", fmt.Sprintf(manifest, "the-last")); hubapi.StatusOf(err) != 400 {
		t.Errorf("there is no room for it: %v", err)
	}
	if routes, err := b.client.Routes(t.Context()); err != nil || len(routes) != most {
		t.Errorf("%d, %v", len(routes), err)
	}
}

func TestTheSettingSaysWhetherBuildsAreDeployed(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	if _, err := b.client.CreateProject(t.Context(), "one"); err != nil {
		t.Fatal(err)
	}
	settings := wire.Path(wire.ProjectSettings, "one")
	if got, e := b.status(t, request("PATCH", settings, b.token, `{"isAutoDeployEnabled":false}`)); got != 200 {
		t.Fatalf("%d %v", got, e)
	}
	if build, deploy := b.send(t, "one", projectFiles("hi", "", goodCode), false); deploy != nil || build.AutoDeployEnabled {
		t.Errorf("%+v %+v", build, deploy)
	}
	if got, e := b.status(t, request("PATCH", settings, b.token, `{"isAutoDeployEnabled":true}`)); got != 200 {
		t.Fatalf("%d %v", got, e)
	}
	if _, deploy := b.send(t, "one", projectFiles("hi", "", goodCode), false); deploy == nil || deploy.Status != wire.StateSuccess {
		t.Errorf("%+v", deploy)
	}
}

func TestErrorsNameNoSecrets(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	const value = "a-value-to-be-hidden"
	for _, body := range []string{`{"key":"A B","secret":"` + value + `"}`, `{"key":7,"secret":"` + value + `"}`, `{"key":"AB","secret":"` + value} {
		w := httptest.NewRecorder()
		b.ServeHTTP(w, request("POST", wire.Secrets, b.token, body))
		if w.Code < 400 || strings.Contains(w.Body.String(), value) {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
}

func FuzzUploads(f *testing.F) {
	var good bytes.Buffer
	if err := archive.Write(&good, projectFiles("hi", "", goodCode)); err != nil {
		f.Fatal(err)
	}
	request := upload("one", true)
	f.Add(good.Bytes(), []byte(request.Nodes), "2026.03", false)
	f.Add(good.Bytes(), []byte(`{"a":{"componentType":"APP_FUNCTION","metaFilePath":"../x"}}`), "2025.1", true)
	f.Add([]byte("PK"), []byte(`[]`), "", false)
	b := newBench(f)
	b.Close() // builds of what gets through would run beside, and confuse the fuzzer
	if _, err := b.store.CreateProject(f.Context(), "one"); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, zip, nodes []byte, version string, legacy bool) {
		body := &bytes.Buffer{}
		form := multipart.NewWriter(body)
		path, name := wire.ProjectUpload, wire.PartZip
		if legacy {
			path, name = wire.Path(wire.ProjectUploadOld, "one"), wire.PartOldZip
		}
		part, err := form.CreateFormFile(name, "x.zip")
		if err == nil {
			_, err = part.Write(zip)
		}
		// Made by hand: encoding/json would refuse nodes that are no JSON.
		text := `{"projectName":"one","skipAutoDeploy":true,"intermediateNodesIndexedByUid":` + string(nodes) + `}`
		err = errors.Join(err, form.WriteField(wire.PartRequest, text), form.WriteField(wire.PartPlatformVersion, version), form.Close())
		if err != nil {
			t.Fatal(err)
		}
		req := httptest.NewRequest("POST", "http://localhost"+path, body)
		req.Header.Set("Authorization", "Bearer "+b.token)
		req.Header.Set("Content-Type", form.FormDataContentType())
		w := httptest.NewRecorder()
		b.ServeHTTP(w, req)
		if w.Code >= 500 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
}

func FuzzTokens(f *testing.F) {
	b := newBench(f)
	body, mac, _ := strings.Cut(b.token, ".")
	f.Add("Bearer " + body + "." + mac[1:])
	f.Add("Bearer " + body + "x." + mac)
	f.Add("Basic " + body)
	f.Fuzz(func(t *testing.T, header string) {
		if header == "Bearer "+b.token {
			return
		}
		req := request("GET", wire.Secrets, "", "")
		req.Header["Authorization"] = []string{header}
		w := httptest.NewRecorder()
		b.ServeHTTP(w, req)
		if w.Code != 401 {
			t.Errorf("%q: %d %s", header, w.Code, w.Body)
		}
		w = httptest.NewRecorder()
		_, text, _ := strings.Cut(header, " ")
		b.ServeHTTP(w, request("GET", "/oauth/v1/access-tokens/"+url.PathEscape(text), "", ""))
		if w.Code == 200 || w.Code >= 500 && w.Code != 501 {
			t.Errorf("%q is a token: %d %s", header, w.Code, w.Body)
		}
	})
}
