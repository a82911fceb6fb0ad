package buildinfo

import (
	"strings"
	"testing"
)

func TestStringNamesVersionCommitAndSystem(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		info Info
		want string
	}{
		{"a release", Info{Version: "1.2.3", Commit: "0123456789abcdef", Date: "2026-11-23T10:00:00Z", OS: "linux", Arch: "arm64"},
			"fns 1.2.3 (0123456789ab, 2026-11-23T10:00:00Z) linux/arm64"},
		{"without a commit", Info{Version: "dev", OS: "linux", Arch: "amd64"}, "fns dev linux/amd64"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := tt.info.String(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestReadAlwaysHasAVersion(t *testing.T) {
	t.Parallel()
	if got := Read(); got.Version == "" || !strings.HasPrefix(got.Go, "go") {
		t.Errorf("Read() = %+v", got)
	}
}
