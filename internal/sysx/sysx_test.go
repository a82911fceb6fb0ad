package sysx

import (
	"bytes"
	"context"
	"os"
	"testing"
	"time"
)

func TestTheLastOfSeveralEntriesOfAVariableCounts(t *testing.T) {
	t.Parallel()
	s := &System{Environ: []string{"A=1", "B=x=y", "A=2", "EMPTY="}}
	for name, want := range map[string]string{"A": "2", "B": "x=y", "EMPTY": "", "NONE": ""} {
		if got := s.Getenv(name); got != want {
			t.Errorf("Getenv(%q) = %q, want %q", name, got, want)
		}
	}
	if _, ok := s.LookupEnv("EMPTY"); !ok {
		t.Error("an empty variable counts as not set")
	}
	if _, ok := s.LookupEnv("NONE"); ok {
		t.Error("a missing variable counts as set")
	}
}

func TestTheFirstInterruptCancelsAndTheSecondExits(t *testing.T) {
	t.Parallel()
	signals := make(chan os.Signal, 2)
	exits := make(chan int, 1)
	var stderr bytes.Buffer
	s := &System{
		Stderr:     &stderr,
		Interrupts: func() (<-chan os.Signal, func()) { return signals, func() {} },
		Exit:       func(code int) { exits <- code },
	}
	ctx, stop := s.WithInterrupt(context.Background())
	defer stop()

	signals <- os.Interrupt
	select {
	case <-ctx.Done():
	case <-time.After(10 * time.Second):
		t.Fatal("the first interrupt did not cancel the context")
	}
	if !WasInterrupted(ctx) {
		t.Errorf("cause = %v, want the signal", context.Cause(ctx))
	}
	select {
	case code := <-exits:
		t.Fatalf("exited with %d after one interrupt", code)
	default:
	}

	signals <- os.Interrupt
	select {
	case code := <-exits:
		if code != Interrupted {
			t.Errorf("exit code = %d, want %d", code, Interrupted)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the second interrupt did not exit")
	}
}

func TestStoppingIsNotAnInterrupt(t *testing.T) {
	t.Parallel()
	s := &System{Interrupts: func() (<-chan os.Signal, func()) { return nil, func() {} }}
	ctx, stop := s.WithInterrupt(context.Background())
	stop()
	if ctx.Err() == nil {
		t.Error("stop left the context open")
	}
	if WasInterrupted(ctx) {
		t.Error("stop counts as an interrupt")
	}
}
