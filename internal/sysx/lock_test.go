package sysx_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/fns-dev/fns/internal/sysx"
)

func TestALockIsHeldByOne(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.lock")
	first, err := sysx.TryLock(path)
	if err != nil || first == nil {
		t.Fatal(first, err)
	}
	if second, err := sysx.TryLock(path); err != nil || second != nil {
		t.Errorf("taken twice: %v, %v", second, err)
	}
	if err := first.Remove(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the file is still there: %v", err)
	}
	again, err := sysx.TryLock(path)
	if err != nil || again == nil {
		t.Fatalf("not to be had afterwards: %v", err)
	}
	if err := again.Remove(); err != nil {
		t.Error(err)
	}
	if _, err := sysx.TryLock(filepath.Join(path, "x")); err == nil {
		t.Error("a folder that is not there is no error")
	}
}
