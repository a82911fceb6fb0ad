package ui

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/fns-dev/fns/internal/report"
)

// ErrNoAnswer is that a question had to be asked and nobody is there to answer:
// stdin is no terminal and holds nothing.
var ErrNoAnswer = errors.New("nobody is there to answer: stdin is no terminal")

// maxLine bounds what is read as the answer to a question, in bytes.
const maxLine = 1 << 20

// Interactive reports whether there is somebody to ask: stdin is a terminal, and
// so is stderr, where questions are printed.
func (s *IOStreams) Interactive() bool {
	_, ok := s.terminal()
	return ok && s.Err.TTY
}

// terminal gives the descriptor of stdin if that is a terminal.
func (s *IOStreams) terminal() (fd int, ok bool) {
	f, ok := s.In.(interface{ Fd() uintptr })
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	return int(f.Fd()), true
}

// Ask prints a question on stderr and gives the line that comes back, without
// white space around it; an empty one stands for fallback.
func (s *IOStreams) Ask(ctx context.Context, question, fallback string) (string, error) {
	text := report.Clean(question)
	if fallback != "" {
		text += s.Err.Theme.Quiet(" (" + report.Clean(fallback) + ")")
	}
	fmt.Fprintf(s.Err, "%s %s: ", s.Err.Theme.Accent("?"), text)
	line, err := s.line(ctx)
	if err != nil {
		fmt.Fprintln(s.Err)
		return "", err
	}
	if line = strings.TrimSpace(line); line == "" {
		line = fallback
	}
	return line, nil
}

// AskHidden asks for something secret: the terminal does not show what is typed.
// From a pipe it takes the first line.
func (s *IOStreams) AskHidden(ctx context.Context, question string) (string, error) {
	fmt.Fprintf(s.Err, "%s %s: ", s.Err.Theme.Accent("?"), report.Clean(question))
	defer fmt.Fprintln(s.Err)
	fd, ok := s.terminal()
	if !ok {
		return s.line(ctx)
	}
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	if s.unanswered != nil {
		return "", errors.New("a question before this one is still open, and would show the answer")
	}
	text, err := s.await(ctx, func() (string, error) {
		text, err := term.ReadPassword(fd)
		return string(text), err
	})
	if s.unanswered != nil { // given up, and the reader still waits
		s.awaitSilence(fd, before)
		_ = term.Restore(fd, before)
	}
	return text, err
}

// awaitSilence waits until the reader of a hidden question has changed the terminal,
// which it may not have come to yet; it would do so after the terminal was given back.
func (s *IOStreams) awaitSilence(fd int, before *term.State) {
	for deadline := time.Now().Add(time.Second); time.Now().Before(deadline) && len(s.unanswered) == 0; time.Sleep(time.Millisecond) {
		if now, err := term.GetState(fd); err != nil || !reflect.DeepEqual(now, before) {
			return
		}
	}
}

// answer is what was read for a question.
type answer struct {
	text string
	err  error
}

// await gives what read has read. A question that ctx ends leaves its reader
// behind, as a terminal can't be told to stop reading; the next line that it reads
// is then the answer to the next question.
func (s *IOStreams) await(ctx context.Context, read func() (string, error)) (string, error) {
	done := s.unanswered
	if done == nil {
		done = make(chan answer, 1)
		go func() {
			text, err := read()
			done <- answer{text, err}
		}()
	}
	s.unanswered = done
	select {
	case a := <-done:
		s.unanswered = nil
		return a.text, a.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// Confirm asks a question whose answer is yes or no; nothing typed is no.
func (s *IOStreams) Confirm(ctx context.Context, question string) (bool, error) {
	line, err := s.Ask(ctx, question+" [y/N]", "")
	if err != nil {
		return false, err
	}
	switch strings.ToLower(line) {
	case "y", "yes":
		return true, nil
	default:
		return false, nil
	}
}

// Choose lets one of several options be picked by number or by name, and gives
// its index.
func (s *IOStreams) Choose(ctx context.Context, question string, options []string) (int, error) {
	for i, o := range options {
		fmt.Fprintf(s.Err, "  %s %s\n", s.Err.Theme.Quiet(fmt.Sprintf("%2d", i+1)), report.Clean(o))
	}
	for {
		line, err := s.Ask(ctx, question, "")
		if err != nil {
			return 0, err
		}
		for i, o := range options {
			if line == o || line == fmt.Sprint(i+1) {
				return i, nil
			}
		}
		fmt.Fprintf(s.Err, "  a number from 1 to %d, please\n", len(options))
	}
}

// line reads one line of stdin and no byte more, so that the next question finds
// the next line.
func (s *IOStreams) line(ctx context.Context) (string, error) {
	return s.await(ctx, func() (string, error) { return readLine(s.In) })
}

func readLine(in io.Reader) (string, error) {
	if in == nil {
		return "", ErrNoAnswer
	}
	var line bytes.Buffer
	one := make([]byte, 1)
	for {
		n, err := in.Read(one)
		switch {
		case n == 1 && one[0] == '\n':
			return strings.TrimSuffix(line.String(), "\r"), nil
		case n == 1:
			line.WriteByte(one[0])
			if line.Len() > maxLine {
				return "", bufio.ErrTooLong
			}
		case errors.Is(err, io.EOF) && line.Len() > 0:
			return line.String(), nil
		case errors.Is(err, io.EOF):
			return "", ErrNoAnswer
		case err != nil:
			return "", err
		}
	}
}
