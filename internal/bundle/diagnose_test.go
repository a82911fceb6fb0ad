package bundle

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/diag"
)

// lines gives diagnostics one a line, with paths relative to root.
func lines(list diag.List, root string) string {
	var b strings.Builder
	for _, d := range list {
		b.WriteString(strings.ReplaceAll(d.String(), root+string(filepath.Separator), "") + "\n")
		if d.Hint != "" {
			b.WriteString("  hint: " + d.Hint + "\n")
		}
		for _, r := range d.Related {
			b.WriteString("  " + strings.ReplaceAll(diag.Diagnostic{Summary: r.Message, Range: r.Range, Severity: "related"}.String(), root+string(filepath.Separator), "") + "\n")
		}
	}
	return b.String()
}

func TestMistakesAreShownWhereTheyAreWithWhatToDo(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a syntax error counts columns in code points": {
			map[string]string{"main.js": "const ü = '😀'; const = 1"},
			"main.js:1:22: error FNS3001: expected identifier but found \"=\"\n",
		},
		"a wrong case": {
			map[string]string{"main.js": "require('./lib/Helper')", "lib/helper.js": ""},
			"main.js:1:9: error FNS3002: \"./lib/Helper\" does not exist\n  hint: Did you mean ./lib/helper.js?\n",
		},
		"a missing extension": {
			map[string]string{"main.mjs": "import x from './data'", "data.mjs": ""},
			"main.mjs:1:15: error FNS3002: \"./data\" does not exist\n  hint: Did you mean ./data.mjs?\n",
		},
		"a typing mistake": {
			map[string]string{"main.js": "require('../x/uitls.js')", "utils.js": ""},
			"main.js:1:9: error FNS3002: \"../x/uitls.js\" does not exist\n  hint: The folder ../x does not exist\n",
		},
		"letters swapped": {
			map[string]string{"main.js": "require('./uitls.js')", "utils.js": ""},
			"main.js:1:9: error FNS3002: \"./uitls.js\" does not exist\n  hint: Did you mean ./utils.js?\n",
		},
		"a folder without index": {
			map[string]string{"main.js": "require('./lib')", "lib/a.js": ""},
			"main.js:1:9: error FNS3002: \"./lib\" is a folder without an index file\n",
		},
		"an unknown #import": {
			map[string]string{"main.js": "require('#a')", "package.json": `{"imports":{"#b":"./main.js"}}`},
			"main.js:1:9: error FNS3002: \"#a\" is not defined in the imports of a package.json, or leads to no file\n",
		},
		"top-level await in a required file, once a file": {
			map[string]string{"main.js": "exports.main = () => require('./a.mjs')", "a.mjs": "export const a = await 1;\nawait 2"},
			"a.mjs:1:18: error FNS3003: a file with top-level await can't be required, in Node neither\n" +
				"  hint: Import it, or keep the promise in a variable and await that in main\n",
		},
		"a name that is not exported": {
			map[string]string{"main.mjs": "import { b } from './a.mjs'; export const main = b", "a.mjs": "export const a = 1"},
			"main.mjs:1:10: error FNS3009: no matching export in \"a.mjs\" for import \"b\"\n",
		},
		"a file of unknown type": {
			map[string]string{"main.js": "require('./a.png')", "a.png": ""},
			"main.js:1:9: error FNS3008: no loader is configured for \".png\" files: a.png\n  hint: Read the file with fs at run time\n",
		},
		"a native addon": {
			map[string]string{"main.js": "require('./a.node')", "a.node": ""},
			"main.js:1:9: error FNS3008: native addons can't be loaded by the embedded engine: a.node\n  hint: Use a package without native code, or run the function with --engine node\n",
		},
		"a name declared twice points to both": {
			map[string]string{"main.js": "let a = 1;\nlet a = 2;"},
			"main.js:2:5: error FNS3001: the symbol \"a\" has already been declared\n  main.js:1:5: related: the symbol \"a\" was originally declared here\n",
		},
		"broken JSON": {
			map[string]string{"main.js": "require('./a.json')", "a.json": "{\n  x}"},
			"a.json:2:3: error FNS3001: expected string in JSON but found \"x\"\n",
		},
		"no entry": {
			map[string]string{"mian.js": ""},
			"main.js: error FNS3002: the entry file does not exist\n  hint: Did you mean mian.js?\n",
		},
		"a warning": {
			map[string]string{"main.js": "exports.main = a => typeof a === 'nul'"},
			"main.js:1:34: warning FNS3010: the \"typeof\" operator will never evaluate to \"nul\"\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := tree(t, tc.files)
			entry := "main.js"
			if _, ok := tc.files["main.mjs"]; ok {
				entry = "main.mjs"
			}
			_, list := builder(t, root, entry).Build(context.Background())
			if diff := cmp.Diff(tc.want, lines(list, root)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAMissingPackageGivesOneWarningWithItsInstallCommand(t *testing.T) {
	t.Parallel()
	const main = "const a = require('axios');\nconst b = require('axios/lib/x');\nrequire('./lib'); require('fs'); require('node:path');\nexports.main = () => { try { require.resolve('optional') } catch {} }"
	for name, tc := range map[string]struct {
		files map[string]string
		spec  func(*Spec)
		want  string
	}{
		"no package.json": {
			nil, nil,
			"warning FNS3004: package \"axios\" is not installed\n  hint: Run: npm install --prefix a/x.functions axios\n",
		},
		"listed but not installed": {
			map[string]string{"a/x.functions/package.json": `{"dependencies":{"axios":"^1.0.0"}}`}, nil,
			"warning FNS3005: package \"axios\" is in package.json but not installed\n  hint: Run: npm install --prefix a/x.functions\n",
		},
		"package.json at the root, yarn": {
			map[string]string{"package.json": `{}`, "yarn.lock": ""}, nil,
			"warning FNS3004: package \"axios\" is not installed\n  hint: Run: yarn add axios\n",
		},
		"pnpm in a workspace": {
			map[string]string{"a/x.functions/package.json": `{}`, "pnpm-lock.yaml": ""}, nil,
			"warning FNS3004: package \"axios\" is not installed\n  hint: Run: pnpm --dir a/x.functions add axios\n",
		},
		"preloaded on HubSpot": {
			nil, func(s *Spec) { s.IsPreloaded = func(name string) bool { return name == "axios" } },
			"warning FNS3006: package \"axios\", which the design manager preloads, is not installed locally\n  hint: Run: fns packages install\n",
		},
		"command from another folder": {
			nil, func(s *Spec) { s.WorkDir = filepath.Join(s.Root, "b c") },
			"warning FNS3004: package \"axios\" is not installed\n  hint: Run: npm install --prefix ../a/x.functions axios\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{"a/x.functions/main.js": main, "a/x.functions/lib/index.js": "require('axios')", "b c/readme": ""}
			for k, v := range tc.files {
				files[k] = v
			}
			root := tree(t, files)
			spec := tc.spec
			if spec == nil {
				spec = func(*Spec) {}
			}
			b := builder(t, root, "a/x.functions/main.js", spec)
			out, list := b.Build(context.Background())
			if out == nil {
				t.Fatalf("a missing package failed the build: %v", list)
			}
			got := lines(list, root)
			if !strings.HasPrefix(got, "a/x.functions/lib/index.js:1:9: ") {
				t.Errorf("the place is missing: %s", got)
			}
			if diff := cmp.Diff(tc.want, strings.TrimPrefix(got, "a/x.functions/lib/index.js:1:9: ")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if !contains(b.Watch().Dirs, filepath.Join(root, "a/x.functions")) {
				t.Errorf("an install would not be noticed: %q", b.Watch().Dirs)
			}
			write(t, filepath.Join(root, "a/x.functions/node_modules/axios/index.js"), "")
			write(t, filepath.Join(root, "a/x.functions/node_modules/axios/lib/x.js"), "")
			if _, list := b.Build(context.Background()); len(list) != 0 {
				t.Errorf("after the install: %v", list)
			}
		})
	}
}

func TestAPathThatAPackageDoesNotHaveIsToldFromAMissingPackage(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{
		"main.js":                    "require('open/lib/none'); require('closed/lib/x')",
		"node_modules/open/index.js": "", "node_modules/open/package.json": "{}",
		"node_modules/closed/package.json": `{"exports":"./index.js"}`, "node_modules/closed/index.js": "",
	})
	_, list := builder(t, root, "main.js").Build(context.Background())
	want := "main.js:1:9: warning FNS3007: cannot find module 'open/lib/none'\n" +
		"main.js:1:35: warning FNS3007: package subpath './lib/x' is not defined by \"exports\" in node_modules/closed/package.json\n"
	if diff := cmp.Diff(want, lines(list, root)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
