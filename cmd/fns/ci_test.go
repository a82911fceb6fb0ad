package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// goodProject lays a project without findings.
func goodProject(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"hsproject.json":                      `{ "name": "p", "srcDir": "src", "platformVersion": "2026.03" }`,
		"src/app/app-hsmeta.json":             `{ "uid": "app", "type": "app", "config": { "name": "App", "distribution": "private", "auth": { "type": "static" } } }`,
		"src/app/functions/package.json":      `{ "name": "functions", "version": "1.0.0" }`,
		"src/app/functions/hello-hsmeta.json": `{ "uid": "hello", "type": "app-function", "config": { "entrypoint": "/app/functions/hello.js" } }`,
		"src/app/functions/hello.js":          "exports.main = async () => ({ statusCode: 200 });\n",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// shell runs a script with bash.
func shell(t *testing.T, dir, script string, env ...string) (output string, code int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "bash", "-c", script)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

func TestTheCIFilesOfTheDocsWork(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("they are for shells")
	}
	text, err := os.ReadFile("../../docs/ci.md")
	if err != nil {
		t.Fatal(err)
	}
	files := regexp.MustCompile("(?s)```yaml\n# (\\S+)\n(.*?)```").FindAllSubmatch(text, -1)
	if len(files) < 5 {
		t.Fatalf("only %d files in docs/ci.md", len(files))
	}
	for _, file := range files {
		t.Run(string(file[1]), func(t *testing.T) {
			t.Parallel()
			var value any
			if err := yaml.Unmarshal(file[2], &value); err != nil {
				t.Fatal(err)
			}
			commands := 0
			each(value, func(command string) {
				_, command, found := strings.Cut("\n"+command, "fns validate")
				if !found {
					return
				}
				commands++
				dir := goodProject(t)
				if err := os.Mkdir(filepath.Join(dir, "test-results"), 0o755); err != nil {
					t.Fatal(err)
				}
				if out, code := shell(t, dir, "fns validate"+command); code != 0 {
					t.Errorf("fns validate%s exits with %d:\n%s", command, code, out)
				}
			})
			uses := strings.Contains(string(file[2]), "actions/validate@") || strings.Contains(string(file[2]), "fns-validate")
			if commands == 0 && !uses {
				t.Error("it does not run fns validate")
			}
		})
	}
}

// each calls f for every string in a YAML value.
func each(value any, f func(string)) {
	switch v := value.(type) {
	case string:
		f(v)
	case []any:
		for _, item := range v {
			each(item, f)
		}
	case map[string]any:
		for _, item := range v {
			each(item, f)
		}
	}
}

// release serves this binary as GitHub serves a release.
func release(t *testing.T, sum string) *httptest.Server {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	binary, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	var archive bytes.Buffer
	zip, err := gzip.NewWriterLevel(&archive, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	files := tar.NewWriter(zip)
	err = errors.Join(
		files.WriteHeader(&tar.Header{Name: "fns", Mode: 0o755, Size: int64(len(binary))}),
		func() error { _, err := files.Write(binary); return err }(), files.Close(), zip.Close())
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("fns_%s_%s.tar.gz", runtime.GOOS, runtime.GOARCH)
	if sum == "" {
		sum = fmt.Sprintf("%x", sha256.Sum256(archive.Bytes()))
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/releases/latest/download/"+name, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(archive.Bytes()) })
	mux.HandleFunc("/releases/latest/download/checksums.txt", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, "%s  %s\n", sum, name) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

func TestTheActionDownloadsAReleaseAndRunsIt(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("bash and curl are not a given")
	}
	action, err := filepath.Abs("../../.github/actions/validate")
	if err != nil {
		t.Fatal(err)
	}
	inputs := struct {
		Runs struct {
			Steps []struct{ Env map[string]string }
		}
	}{}
	text, err := os.ReadFile(filepath.Join(action, "action.yml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, &inputs); err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile(filepath.Join(action, "validate.sh"))
	if err != nil {
		t.Fatal(err)
	}
	for name := range inputs.Runs.Steps[0].Env {
		if !strings.Contains(string(script), "$"+name) {
			t.Errorf("validate.sh does not use %s", name)
		}
	}
	good := release(t, "")
	run := func(dir, releases string, env ...string) (string, int) {
		return shell(t, dir, "bash "+filepath.Join(action, "validate.sh"), append([]string{
			"FNS_VERSION=latest", "FNS_RELEASES=" + releases + "/releases", "RUNNER_TEMP=" + t.TempDir(), "NO_PROXY=*",
			"FNS_PATHS=", "FNS_STRICT=false", "FNS_RULES=", "FNS_SARIF=", "FNS_JUNIT=",
		}, env...)...)
	}
	dir := goodProject(t)
	if out, code := run(dir, good.URL, "FNS_PATHS=src hsproject.json", "FNS_STRICT=true", "FNS_RULES=shared-state=off large-log=error", "FNS_SARIF=out.sarif"); code != 0 {
		t.Errorf("a good project: exit %d\n%s", code, out)
	}
	if _, err := os.Stat(filepath.Join(dir, "out.sarif")); err != nil {
		t.Error(err)
	}
	if err := os.Remove(filepath.Join(dir, "src/app/functions/package.json")); err != nil {
		t.Fatal(err)
	}
	if out, code := run(dir, good.URL); code != 2 || !strings.Contains(out, "::error file=") {
		t.Errorf("a bad project: exit %d\n%s", code, out)
	}
	if out, code := run(dir, release(t, strings.Repeat("0", 64)).URL); code != 1 || !strings.Contains(out, "checksum") {
		t.Errorf("a wrong checksum: exit %d\n%s", code, out)
	}
	if out, code := run(dir, good.URL+"/nowhere"); code == 0 || code == 2 {
		t.Errorf("no such release: exit %d\n%s", code, out)
	}
}
