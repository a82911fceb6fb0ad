package bundle

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestTheNewestOfSeveralBuildsAtOnceWins(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	var main strings.Builder
	for i := range 60 {
		files[fmt.Sprintf("lib/f%d.js", i)] = strings.Repeat(fmt.Sprintf("exports.v%d = () => %d;\n", i, i), 50)
		fmt.Fprintf(&main, "require('./lib/f%d.js');\n", i)
	}
	files["main.js"] = main.String()
	root := tree(t, files)
	b := builder(t, root, "main.js")
	for range 5 {
		var wg sync.WaitGroup
		var mu sync.Mutex
		built, none := 0, 0
		for range 8 {
			wg.Go(func() {
				out, list := b.Build(context.Background())
				mu.Lock()
				defer mu.Unlock()
				switch {
				case out != nil:
					built++
				case len(list) == 0:
					none++
				default:
					t.Errorf("diagnostics: %v", list)
				}
			})
		}
		wg.Wait()
		if built == 0 {
			t.Error("no build came to an end")
		}
	}
}

func TestAnEndedContextAndAClosedBuilderGiveNothing(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{"main.js": "exports.main = 1"})
	b := builder(t, root, "main.js")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if out, list := b.Build(ctx); out != nil || list != nil {
		t.Errorf("after cancel: %v %v", out, list)
	}
	build(t, b)
	b.Close()
	if out, list := b.Build(context.Background()); out != nil || list != nil {
		t.Errorf("after Close: %v %v", out, list)
	}
}

func TestTheSameInputGivesTheSameBytesWhereverItLies(t *testing.T) {
	t.Parallel()
	files := map[string]string{"f/main.ts": "import a from './a'; export const main = () => a", "f/a.ts": "export default 1 as number"}
	var hashes []string
	for range 3 {
		hashes = append(hashes, build(t, builder(t, tree(t, files), "f/main.ts")).Hash)
	}
	if hashes[0] != hashes[1] || hashes[1] != hashes[2] {
		t.Errorf("hashes differ: %q", hashes)
	}
}

func TestAFileElsewhereUsesThePackagesBesideIt(t *testing.T) {
	t.Parallel()
	root := tree(t, map[string]string{
		"f/main.js":                        "const d = require('dep'); exports.main = () => [d, require('../shared/lib').d]",
		"shared/lib.js":                    "exports.d = require('dep')",
		"f/node_modules/dep/index.js":      "module.exports = 'of f'",
		"shared/node_modules/dep/index.js": "module.exports = 'of shared'",
	})
	out := build(t, builder(t, root, "f/main.js"))
	if got := run(t, out.Code, filepath.Join(root, "f/main.js")); got != `["of f","of shared"]` {
		t.Errorf("main gave %s", got)
	}
}
