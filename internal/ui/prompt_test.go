package ui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/fns-dev/fns/internal/sysx"
)

func streams(in io.Reader) (*IOStreams, *bytes.Buffer, *bytes.Buffer) {
	var out, errs bytes.Buffer
	return New(&sysx.System{Stdin: in, Stdout: &out, Stderr: &errs}), &out, &errs
}

func TestQuestionsAreAnsweredFromAPipeLineByLine(t *testing.T) {
	t.Parallel()
	s, out, errs := streams(strings.NewReader(" name \r\n\nhush \ny\nno\nz\n2\n"))
	name, err := s.Ask(t.Context(), "Name", "x")
	if err != nil || name != "name" {
		t.Errorf("%q, %v", name, err)
	}
	if empty, err := s.Ask(t.Context(), "Name", "fallback"); err != nil || empty != "fallback" {
		t.Errorf("%q, %v", empty, err)
	}
	if hidden, err := s.AskHidden(t.Context(), "Value"); err != nil || hidden != "hush " {
		t.Errorf("%q, %v", hidden, err)
	}
	if yes, err := s.Confirm(t.Context(), "Sure?"); err != nil || !yes {
		t.Error(yes, err)
	}
	if yes, err := s.Confirm(t.Context(), "Sure?"); err != nil || yes {
		t.Error(yes, err)
	}
	if i, err := s.Choose(t.Context(), "Which?", []string{"a", "b"}); err != nil || i != 1 {
		t.Error(i, err)
	}
	if _, err := s.Ask(t.Context(), "More", ""); !errors.Is(err, ErrNoAnswer) {
		t.Error(err)
	}
	if out.Len() > 0 || !strings.Contains(errs.String(), "? Name (x): ") || strings.Contains(errs.String(), "hush") {
		t.Errorf("stdout %q, stderr %q", out, errs)
	}
	if s.Interactive() {
		t.Error("a pipe counts as interactive")
	}
}

func TestAQuestionEndsWithItsContext(t *testing.T) {
	t.Parallel()
	in, w := io.Pipe()
	t.Cleanup(func() { _ = w.Close() })
	s, _, _ := streams(in)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Ask(ctx, "Name", ""); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestTableAlignsColumns(t *testing.T) {
	t.Parallel()
	s, out, _ := streams(nil)
	if err := s.Out.Table([]string{"Name", "Id"}, [][]string{{"日本", "1"}, {"a\x1b[31m", "22"}, {"long name"}}); err != nil {
		t.Fatal(err)
	}
	want := "Name       Id\n日本       1\na\\x1b[31m  22\nlong name\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
}
