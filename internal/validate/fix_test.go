package validate_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/validate"
)

// mend applies fixes until there are none.
func mend(t *testing.T, dir string) {
	t.Helper()
	for range 10 {
		changes, err := validate.Fixes(findings(t, dir, validate.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		if len(changes) == 0 {
			return
		}
		for _, c := range changes {
			if err := c.Write(); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Error("there is always one more to fix")
}

func TestFixesKeepWhatTheyDoNotTouch(t *testing.T) {
	t.Parallel()
	const manifest, meta = "my.functions/serverless.json", "src/app/functions/hello-hsmeta.json"
	for name, tc := range map[string]struct{ base, file, before, after string }{
		"comments and commas": {
			"design-manager", manifest,
			"\ufeff{\r\n\t\"runtime\": \"nodejs20.x\", // ours\r\n\t// alone\r\n\t\"version\": \"1.0\", /* why */\r\n\t\"endpoints\": { \"hello\": { \"file\": \"hello.js\", }, },\r\n}\r\n",
			"\ufeff{\r\n\t\"runtime\": \"nodejs20.x\",\r\n\t\"version\": \"1.0\",\r\n\t\"endpoints\": { \"hello\": { \"file\": \"hello.js\" } }\r\n}\r\n",
		},
		"spelling": {
			"design-manager", manifest,
			"{ \"runtime\": \"nodejs20.x\", \"version\": \"1.0\",\n  \"enviroment\": {  \"N\":1 },\n  \"endpoints\": { \"hello\": { \"file\": \"hello.js\", \"method\": [\"get\" ,\"POST\"] } } }",
			"{ \"runtime\": \"nodejs20.x\", \"version\": \"1.0\",\n  \"environment\": {  \"N\":\"1\" },\n  \"endpoints\": { \"hello\": { \"file\": \"hello.js\", \"method\": [\"GET\" ,\"POST\"] } } }",
		},
		"keys of another generation": {
			"platform", meta,
			"{ \"uid\": \"hello\", \"type\": \"app-function\",\n  \"config\": { \"entrypoint\": \"/app/functions/hello.js\",\n    \"secrets\": [\"PRIVATE_APP_ACCESS_TOKEN\"],\n    \"endpoint\": { \"path\": \"hello\", \"method\": \"get\" } } }\n",
			"{ \"uid\": \"hello\", \"type\": \"app-function\",\n  \"config\": { \"entrypoint\": \"/app/functions/hello.js\",\n    \"secretKeys\": [],\n    \"endpoint\": { \"path\": \"hello\", \"methods\": [\"GET\"] } } }\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := lay(t, tc.base, map[string]string{tc.file: tc.before})
			mend(t, dir)
			got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(tc.file)))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tc.after, string(got)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestAFileThatChangedMeanwhileIsLeftAlone(t *testing.T) {
	t.Parallel()
	const manifest = "my.functions/serverless.json"
	dir := lay(t, "design-manager", map[string]string{manifest: strings.Replace(bases["design-manager"][manifest], `"GET" }`, `"get", }`, 1)})
	changes, err := validate.Fixes(findings(t, dir, validate.Options{}))
	if err != nil || len(changes) != 1 || changes[0].Fixed != 2 {
		t.Fatalf("changes: %+v, %v", changes, err)
	}
	file := filepath.Join(dir, filepath.FromSlash(manifest))
	if err := os.WriteFile(file, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := changes[0].Write(); err == nil {
		t.Error("it was written over")
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != "mine" {
		t.Errorf("the file holds %q, %v", got, err)
	}
}

func TestADiffIsOneThatGitTakes(t *testing.T) {
	t.Parallel()
	c := validate.Change{File: "/repo/a/b.json", Before: []byte("{\n  \"a\": 1,\n}\n"), After: []byte("{\n  \"a\": 1\n}\n")}
	want := "diff a/a/b.json b/a/b.json\n--- a/a/b.json\n+++ b/a/b.json\n@@ -1,3 +1,3 @@\n {\n-  \"a\": 1,\n+  \"a\": 1\n }\n"
	if d := cmp.Diff(want, c.Diff("/repo")); d != "" {
		t.Error(d)
	}
}
