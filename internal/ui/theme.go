package ui

import (
	"fmt"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"github.com/fns-dev/fns/internal/report"
)

// ColorMode is the value of the --color flag.
type ColorMode string

// The modes.
const (
	ColorAuto   ColorMode = "auto"
	ColorAlways ColorMode = "always"
	ColorNever  ColorMode = "never"
)

// Set parses a mode; with String and Type it makes ColorMode a flag.
func (m *ColorMode) Set(s string) error {
	switch mode := ColorMode(s); mode {
	case ColorAuto, ColorAlways, ColorNever:
		*m = mode
		return nil
	default:
		return fmt.Errorf("%q is not one of auto, always, never", s)
	}
}

// String gives the mode as it is written.
func (m *ColorMode) String() string { return string(*m) }

// Type names the values in help texts.
func (*ColorMode) Type() string { return "when" }

// colored decides: the flag, then NO_COLOR (no-color.org: any value but the
// empty one), then CLICOLOR_FORCE and FORCE_COLOR, then TERM=dumb, then whether
// the stream is a terminal. CLICOLOR=0 turns colours off on a terminal.
func colored(mode ColorMode, lookupEnv func(string) (string, bool), tty bool) bool {
	get := func(name string) string { v, _ := lookupEnv(name); return v }
	forced := func(name string) bool { v := get(name); return v != "" && v != "0" && v != "false" }
	switch {
	case mode == ColorAlways:
		return true
	case mode == ColorNever:
		return false
	case get("NO_COLOR") != "":
		return false
	case forced("CLICOLOR_FORCE") || forced("FORCE_COLOR"):
		return true
	case get("TERM") == "dumb" || get("CLICOLOR") == "0":
		return false
	default:
		return tty
	}
}

// Theme paints parts of one line. Its colours are of the sixteen that a user's
// terminal theme defines, so they suit light and dark backgrounds without
// asking the terminal for its own.
type Theme struct {
	Bold, Quiet, Good, Warn, Bad, Accent, Name func(string) string
}

func newTheme(s *Stream, color bool) Theme {
	if !color {
		plain := func(s string) string { return s }
		return Theme{plain, plain, plain, plain, plain, plain, plain}
	}
	r := lipgloss.NewRenderer(s.Writer)
	r.SetColorProfile(termenv.ANSI)
	r.SetHasDarkBackground(true) // never asked for: the colours do not adapt
	if s.TTY {
		// Needed by consoles of Windows; without one there is nothing to restore.
		_, _ = termenv.EnableVirtualTerminalProcessing(r.Output())
	}
	style := func(change func(lipgloss.Style) lipgloss.Style) func(string) string {
		st := change(r.NewStyle().Inline(true).TabWidth(lipgloss.NoTabConversion))
		return func(s string) string { return st.Render(s) }
	}
	fg := func(c string) func(string) string {
		return style(func(s lipgloss.Style) lipgloss.Style { return s.Foreground(lipgloss.Color(c)) })
	}
	return Theme{
		Bold:   style(func(s lipgloss.Style) lipgloss.Style { return s.Bold(true) }),
		Quiet:  fg("8"),
		Good:   fg("2"),
		Warn:   fg("3"),
		Bad:    fg("1"),
		Accent: fg("6"),
		Name:   style(func(s lipgloss.Style) lipgloss.Style { return s.Bold(true).Foreground(lipgloss.Color("6")) }),
	}
}

// Paint is the theme for diagnostics.
func (t Theme) Paint() report.Paint {
	return report.Paint{Place: t.Bold, Error: t.Bad, Warning: t.Warn, Note: t.Accent, Hint: t.Accent, Quiet: t.Quiet}
}
