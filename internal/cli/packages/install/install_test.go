package install

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/sysx"
	"github.com/fns-dev/fns/internal/ui"
)

func options(out, err *bytes.Buffer) *Options {
	return &Options{
		IO:       ui.New(&sysx.System{Stdout: out, Stderr: err}),
		CacheDir: func() (string, error) { return "/cache", nil },
	}
}

func TestInstallListsWhatItInstalled(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	opts := options(&stdout, &stderr)
	opts.Install = func(_ context.Context, cacheDir string, progress io.Writer) (string, error) {
		_, err := io.WriteString(progress, "npm at work\n")
		return cacheDir + "/node_modules", err
	}
	if err := installRun(t.Context(), opts); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(stdout.String(), "axios ") {
		t.Errorf("stdout: %q", stdout.String())
	}
	if want := "npm at work\ninstalled in /cache/node_modules\n"; stderr.String() != want {
		t.Errorf("stderr: %q, want %q", stderr.String(), want)
	}
}

func TestInstallFailsWithItsCause(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	cause := errors.New("npm is not on PATH")
	opts := options(&stdout, &stderr)
	opts.Install = func(context.Context, string, io.Writer) (string, error) { return "", cause }
	if err := installRun(t.Context(), opts); !errors.Is(err, cause) {
		t.Errorf("error = %v", err)
	}
	if stdout.Len() > 0 {
		t.Errorf("stdout: %q", stdout.String())
	}
}
