// Package ui writes to people: the standard streams with what is known about
// their terminals, colours, and the printers that show a running dev server. It
// is the only package that knows lipgloss.
package ui

import (
	"io"
	"strconv"

	"golang.org/x/term"

	"github.com/fns-dev/fns/internal/sysx"
)

// DefaultWidth is the width in columns of what is not a terminal.
const DefaultWidth = 80

// IOStreams are the standard streams of one run. Out is for what a command was
// asked for, Err for talk around it.
type IOStreams struct {
	In  io.Reader
	Out *Stream
	Err *Stream

	lookupEnv  func(string) (string, bool)
	unanswered chan answer // of a question that was given up; see await
}

// Stream is one output.
type Stream struct {
	io.Writer
	TTY   bool // is a terminal
	Width int  // in columns
	Theme Theme

	dumb bool // a terminal that can't move its cursor
	// size asks a terminal for its size, which changes; nil where there is none.
	size func() (width, height int)
}

// dimensions are the columns and lines that a terminal shows now.
func (s *Stream) dimensions() (width, height int) {
	if s.size != nil {
		width, height = s.size()
	}
	if width <= 0 {
		width = s.Width
	}
	if height <= 2 {
		height = fewLines
	}
	return min(width, s.Width), height
}

// New looks at the streams of sys and decides on colours by its environment.
func New(sys *sysx.System) *IOStreams {
	s := &IOStreams{
		In:        sys.Stdin,
		Out:       newStream(sys.Stdout, sys),
		Err:       newStream(sys.Stderr, sys),
		lookupEnv: sys.LookupEnv,
	}
	s.SetColor(ColorAuto)
	return s
}

func newStream(w io.Writer, sys *sysx.System) *Stream {
	s := &Stream{Writer: w, Width: DefaultWidth}
	if f, ok := w.(interface{ Fd() uintptr }); ok && term.IsTerminal(int(f.Fd())) {
		s.TTY = true
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			s.Width = width
		}
		s.size = func() (width, height int) {
			width, height, err := term.GetSize(int(f.Fd()))
			if err != nil {
				return 0, 0
			}
			return width, height
		}
	}
	s.dumb = sys.Getenv("TERM") == "dumb"
	if n, err := strconv.Atoi(sys.Getenv("COLUMNS")); err == nil && n > 0 {
		s.Width = n
	}
	return s
}

// SetColor decides anew on the colours of both streams.
func (s *IOStreams) SetColor(mode ColorMode) {
	for _, out := range []*Stream{s.Out, s.Err} {
		out.Theme = newTheme(out, colored(mode, s.lookupEnv, out.TTY))
	}
}
