package ui

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shown collects what a stream writes.
type shown struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *shown) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *shown) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

func steps(p *Progress) {
	p.Set(Step{Label: "upload", State: StepRunning, Word: "uploading", Note: "1%"})
	p.Set(Step{Label: "upload", State: StepRunning, Word: "uploading", Note: "99%"})
	p.Set(Step{Label: "upload", State: StepDone, Word: "uploaded"}, Step{Label: "function a\x1b[2J", State: StepWaiting, Word: "waiting", Depth: 1})
	p.Say("warning: slow")
	p.Set(Step{Label: "upload", State: StepDone, Word: "uploaded"}, Step{Label: "function a\x1b[2J", State: StepFailed, Word: "failed", Depth: 1})
	p.Stop()
	p.Stop()
}

func TestProgressIsOneLineForEachChangeWhereThereIsNoTerminal(t *testing.T) {
	t.Parallel()
	var out shown
	s := &Stream{Writer: &out, Width: 80}
	s.Theme = newTheme(s, false)
	steps(s.Progress())
	want := "> upload  uploading\n+ upload  uploaded\nwarning: slow\n  x function a\\x1b[2J  failed\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// screen plays what was written on a terminal that knows what Progress uses.
func screen(text string) string {
	var lines []string
	row := 0
	for text != "" {
		switch {
		case strings.HasPrefix(text, "\x1b[J"):
			lines = lines[:row]
			text = text[3:]
		case strings.HasPrefix(text, "\x1b["):
			n := 0
			text = text[2:]
			for text[0] != 'A' {
				n, text = n*10+int(text[0]-'0'), text[1:]
			}
			row -= n
			text = text[1:]
		case text[0] == '\r':
			text = text[1:]
		default:
			line, rest, _ := strings.Cut(text, "\n")
			lines = append(lines[:row], line)
			row++
			text = rest
		}
	}
	return strings.Join(lines, "\n")
}

func TestProgressIsDrawnInPlaceOnATerminal(t *testing.T) {
	t.Parallel()
	var out shown
	s := &Stream{Writer: &out, Width: 40, TTY: true}
	s.Theme = newTheme(s, false)
	steps(s.Progress())
	if diff := cmp.Diff("warning: slow\n+ upload  uploaded\n  x function a\\x1b[2J  failed", screen(out.String())); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if !strings.Contains(out.String(), "upload  uploading 99%") {
		t.Errorf("no note in %q", out.String())
	}
}

func TestProgressFitsIntoATerminal(t *testing.T) {
	t.Parallel()
	var out shown
	s := &Stream{Writer: &out, Width: 60, TTY: true, size: func() (int, int) { return 20, 5 }}
	s.Theme = newTheme(s, false)
	p := s.Progress()
	p.Set(Step{Label: "a very long name of a step", State: StepRunning, Word: "on"}, Step{Label: "b"}, Step{Label: "c"}, Step{Label: "d"}, Step{Label: "e"})
	p.Stop()
	got := strings.Split(screen(out.String()), "\n")
	if len(got) != 4 || got[3] != "  and 2 more" {
		t.Errorf("got %q", got)
	}
	for _, line := range got {
		if columns(line) >= 20 {
			t.Errorf("%q is too long", line)
		}
	}
}

func TestNoProgressShowsNothing(t *testing.T) {
	t.Parallel()
	steps(nil)
}
