package enginetest_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/fns-dev/fns/internal/engine/enginetest"
	"github.com/fns-dev/fns/internal/worker"
)

// TestMain gives the tests the time zone that workers have.
func TestMain(m *testing.M) {
	worker.MaybeMain()
	time.Local = time.UTC
	os.Exit(m.Run())
}

// TestPackagesDoAsUnderNode runs the cases of testdata/npm, which use packages as
// functions do.
func TestPackagesDoAsUnderNode(t *testing.T) {
	t.Parallel()
	dir, err := filepath.Abs("../../../testdata/npm")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules", ".package-lock.json")); err != nil {
		t.Fatalf("the packages are not installed: cd testdata/npm && npm ci (%v)", err)
	}
	enginetest.Run(t, enginetest.Suite{
		Cases: filepath.Join(dir, "cases"), Known: filepath.Join(dir, "known.json"), Changes: filepath.Join(dir, "node-changes.json"),
		Context: enginetest.Databases(t),
	})
}
