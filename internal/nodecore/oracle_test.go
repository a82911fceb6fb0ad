package nodecore_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/fns-dev/fns/internal/engine/enginetest"
)

// TestMain gives the tests the time zone that workers have.
func TestMain(m *testing.M) {
	time.Local = time.UTC
	os.Exit(m.Run())
}

// TestModulesDoAsNodeDoes runs every case of testdata/cases under Node and in the
// embedded engine.
func TestModulesDoAsNodeDoes(t *testing.T) {
	t.Parallel()
	dir, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	enginetest.Run(t, enginetest.Suite{Cases: filepath.Join(dir, "cases"), Known: filepath.Join(dir, "known.json"), Changes: filepath.Join(dir, "node-changes.json")})
}
