package nodecore_test

import (
	"path/filepath"
	"testing"

	"github.com/fns-dev/fns/internal/engine/enginetest"
)

// TestModulesDoAsNodeDoes runs every case of testdata/cases under Node and in the
// embedded engine.
func TestModulesDoAsNodeDoes(t *testing.T) {
	t.Parallel()
	dir, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	enginetest.Run(t, enginetest.Suite{Cases: filepath.Join(dir, "cases"), Known: filepath.Join(dir, "known.json")})
}
