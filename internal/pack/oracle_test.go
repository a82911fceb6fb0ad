package pack_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/ir"
	"github.com/fns-dev/fns/internal/pack"
	"github.com/fns-dev/fns/internal/project"
)

// What is uploaded beside the zip must be what HubSpot's own library makes of the
// files in it.
func TestTheOfficialLibraryReadsWhatWasBuilt(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node on PATH")
	}
	modules, err := filepath.Abs("../../testdata/hs")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(modules, "node_modules")); err != nil {
		t.Skip("run npm ci in testdata/hs first")
	}
	root := tree(t, platform)
	p, _ := project.Discover(root)
	c := good(t, packProject(t, root, pack.Options{}))
	r, list := ir.Of(p.Developer[0], "")
	if list.HasErrors() {
		t.Fatal(list)
	}
	c.Represent(r)
	built := filepath.Join(root, "built")
	if err := c.Write(built); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "--input-type=module", "-e", `
		import { translate } from '@hubspot/project-parsing-lib/translate';
		const r = await translate({ projectSourceDir: process.argv[1], platformVersion: '2026.03', accountId: 1 }, { skipValidation: true });
		console.log(JSON.stringify(r.intermediateRepresentation.intermediateNodesIndexedByUid));`, built)
	cmd.Dir = modules
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var want, got any
	if err := json.Unmarshal(out, &want); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := json.Unmarshal(r.NodesJSON(), &got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("the representation (-official +fns):\n%s", d)
	}
}
