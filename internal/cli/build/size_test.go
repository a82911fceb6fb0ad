package build

import "testing"

func TestSizesAreRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Size{
		"500kb": 500 << 10, "1.5mb": 3 << 19, "1 MB": 1 << 20, "100": 100, "100b": 100, "2KiB": 2 << 10, "3k": 3 << 10, "1m": 1 << 20,
		"": 0, "kb": 0, "-1": 0, "0": 0, "1e9999": 0, "nan": 0, "inf": 0, "0x10": 0, "1gb": 0, "1_0": 0, "999999999mb": 0,
	} {
		var got Size
		if err := got.Set(text); (err == nil) != (want > 0) || got != want {
			t.Errorf("%q gives %d, %v; want %d", text, got, err, want)
		}
	}
}

func TestSizesAreShownInTheirUnits(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0 B", 1023: "1023 B", 1024: "1 KB", 1536: "1.5 KB", 500 << 10: "500 KB", 3 << 19: "1.5 MB"} {
		if got := size(n); got != want {
			t.Errorf("%d is shown as %s, want %s", n, got, want)
		}
	}
}
