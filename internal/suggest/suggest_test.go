package suggest_test

import (
	"testing"

	"github.com/fns-dev/fns/internal/suggest"
)

func TestClosest(t *testing.T) {
	t.Parallel()
	candidates := []string{"dev", "invoke", "version", "packages"}
	for word, want := range map[string]string{
		"dve": "dev", "DEV": "dev", "invok": "invoke", "vresoin": "version", "packagse": "packages", "x": "", "logs": "", "": "",
	} {
		if got := suggest.Closest(word, candidates); got != want {
			t.Errorf("Closest(%q) = %q, want %q", word, got, want)
		}
	}
}
