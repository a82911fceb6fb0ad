package ui

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/muesli/termenv"

	"github.com/fns-dev/fns/internal/report"
)

// StepState is how far a step is.
type StepState int

// The states, in the order a step goes through them.
const (
	StepWaiting StepState = iota
	StepRunning
	StepDone
	StepFailed
)

// Step is one line of a Progress.
type Step struct {
	Key   string    // unique among the steps, "" where Label is
	Label string    // what it is: "function hello"
	State StepState // how far it is
	Word  string    // of the state: "building", "failed"
	Note  string    // changes often, such as "42%"; shown while it runs, on terminals only
	Depth int       // how far it is indented
}

func (s Step) key() string {
	if s.Key != "" {
		return s.Key
	}
	return s.Label
}

// Progress shows steps that take a while. On a terminal their lines are drawn
// again in place; elsewhere each change of a state is a line of its own. A nil
// Progress shows nothing. Its methods may be called from any goroutine.
type Progress struct {
	out  *Stream
	live bool

	mu      sync.Mutex
	steps   []Step
	began   map[string]time.Time // when a step was first seen to run
	took    map[string]time.Duration
	said    map[string]string // what was printed about a step
	drawn   int               // lines that stand on the terminal
	frame   int
	stopped chan struct{}
	done    chan struct{}
}

// redraw is how often a terminal is drawn anew while nothing changes.
const redraw = 150 * time.Millisecond

// fewLines is the height assumed where a terminal does not tell its own.
const fewLines = 24

// Progress makes a Progress on the stream. Call Stop when all is done; what is
// printed before goes through Say or Aside.
func (s *Stream) Progress() *Progress {
	return s.progress(s.TTY && !s.dumb && movable(s.Writer))
}

// Lines makes a Progress that is a line for each change on terminals as well,
// for where others print in between.
func (s *Stream) Lines() *Progress { return s.progress(false) }

func (s *Stream) progress(live bool) *Progress {
	p := &Progress{out: s, live: live, began: map[string]time.Time{}, took: map[string]time.Duration{}, said: map[string]string{}, stopped: make(chan struct{}), done: make(chan struct{})}
	if !p.live {
		close(p.done)
		return p
	}
	go func() {
		defer close(p.done)
		tick := time.NewTicker(redraw)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				p.mu.Lock()
				p.frame++
				p.draw("")
				p.mu.Unlock()
			case <-p.stopped:
				return
			}
		}
	}()
	return p
}

// movable prepares a terminal for being drawn on, which consoles of Windows need.
func movable(w io.Writer) bool {
	_, err := termenv.EnableVirtualTerminalProcessing(termenv.NewOutput(w))
	return err == nil
}

// Set shows steps in the place of those shown before.
func (p *Progress) Set(steps ...Step) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.steps = append([]Step(nil), steps...)
	for _, s := range steps {
		began, known := p.began[s.key()]
		switch _, ended := p.took[s.key()]; {
		case !known && s.State == StepRunning:
			p.began[s.key()] = time.Now()
		case known && !ended && s.State > StepRunning:
			p.took[s.key()] = time.Since(began)
		}
	}
	if p.live {
		p.draw("")
		return
	}
	var b strings.Builder
	for _, s := range p.steps {
		if s.State != StepWaiting && p.said[s.key()] != s.Word {
			p.said[s.key()] = s.Word
			b.WriteString(p.line(s, 0) + "\n")
		}
	}
	p.write(b.String())
}

// Say prints a line above the steps.
func (p *Progress) Say(text string) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	text = report.Clean(text) + "\n"
	if p.live {
		p.draw(text)
	} else {
		p.write(text)
	}
}

// Aside lets f print or ask something. The steps stand below it afterwards.
func (p *Progress) Aside(f func()) {
	if p == nil {
		f()
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.live && p.drawn > 0 {
		p.write(fmt.Sprintf("\x1b[%dA\r\x1b[J", p.drawn))
		p.drawn = 0
	}
	f()
	if p.live {
		p.draw("")
	}
}

// Stop leaves the steps as they stand. It may be called again.
func (p *Progress) Stop() {
	if p == nil {
		return
	}
	p.mu.Lock()
	select {
	case <-p.stopped:
	default:
		close(p.stopped)
	}
	p.mu.Unlock()
	<-p.done
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.live {
		p.draw("")
	}
	p.steps, p.drawn = nil, 0
}

// draw puts the cursor where the steps begin, prints text and the steps.
func (p *Progress) draw(text string) {
	var b strings.Builder
	if p.drawn > 0 {
		fmt.Fprintf(&b, "\x1b[%dA", p.drawn)
	}
	b.WriteString("\r\x1b[J" + text)
	shown := p.steps
	width, height := p.out.dimensions()
	if most := height - 2; len(shown) > most {
		shown = shown[:most]
	}
	for _, s := range shown {
		b.WriteString(p.line(s, width) + "\n")
	}
	p.drawn = len(shown)
	if len(shown) < len(p.steps) {
		fmt.Fprintf(&b, "  and %d more\n", len(p.steps)-len(shown))
		p.drawn++
	}
	p.write(b.String())
}

// line shows a step in one line; where a terminal is drawn on, it fits into width.
func (p *Progress) line(s Step, width int) string {
	t := p.out.Theme
	mark, paint := " ", t.Quiet
	switch s.State {
	case StepWaiting:
	case StepRunning:
		mark, paint = ">", t.Accent
		if p.live {
			mark = string(`|/-\`[p.frame%4])
		}
	case StepDone:
		mark, paint = "+", t.Good
	case StepFailed:
		mark, paint = "x", t.Bad
	}
	label := strings.ReplaceAll(report.Clean(s.Label), "\n", " ")
	word := s.Word
	if s.State == StepRunning && p.live && s.Note != "" {
		word += " " + s.Note
	}
	took := p.took[s.key()]
	if s.State == StepRunning && p.live {
		took = time.Since(p.began[s.key()])
	}
	if took = took.Round(time.Second); took > 0 {
		word += " " + took.String()
	}
	word = strings.ReplaceAll(report.Clean(word), "\n", " ")
	margin := strings.Repeat("  ", s.Depth)
	if p.live {
		label = cut(label, width-len(margin)-columns(word)-5)
	}
	return strings.TrimRight(margin+paint(mark)+" "+label+"  "+paint(word), " ")
}

// cut shortens a text to a number of columns.
func cut(text string, most int) string {
	if columns(text) <= most {
		return text
	}
	var b strings.Builder
	n := 0
	for _, r := range text {
		if n += columns(string(r)); n > most-2 {
			break
		}
		b.WriteRune(r)
	}
	return b.String() + ".."
}

func (p *Progress) write(text string) {
	// If the stream is gone, the exit code still tells.
	_, _ = io.WriteString(p.out, text)
}
