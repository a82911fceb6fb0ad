package gojaengine

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"github.com/fns-dev/fns/internal/engine"
)

func indexName(i int) string { return strconv.Itoa(i) }

func sortedKeys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }

// stop is what Interrupt carries: why the runtime was stopped.
type stop struct {
	cause   engine.Cause
	message string
}

func (s *stop) Error() string { return s.message }

func (s *stop) record() *engine.FunctionError {
	return &engine.FunctionError{Cause: s.cause, Message: s.message}
}

// gojaFrame matches a stack line as goja writes it: a tab, the position, and the
// program counter behind it.
var gojaFrame = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\tat (.*?)(?:\(\d+\))?(\))?$`)
})

// frames gives the lines of a stack in V8's form, without the leading message
// and without the frames of the Node layer at its end.
func frames(stack string) []string {
	var out []string
	for line := range strings.Lines(stack) {
		line = strings.TrimRight(line, "\n")
		if m := gojaFrame().FindStringSubmatch(line); m != nil {
			line = "    at " + m[1] + m[2]
		}
		if !strings.HasPrefix(line, "    at ") {
			continue
		}
		out = append(out, line)
	}
	for len(out) > 1 && internalFrame(out[len(out)-1]) {
		out = out[:len(out)-1]
	}
	return out
}

func internalFrame(line string) bool {
	return strings.Contains(line, "node:internal/") || strings.HasSuffix(line, "(native)") || strings.HasSuffix(line, "<native>")
}

// failure turns whatever stopped a call into the record that HubSpot would log.
func (in *instance) failure(err error, cause engine.Cause) *engine.FunctionError {
	var own *engine.FunctionError
	if errors.As(err, &own) {
		return own
	}
	var interrupted *goja.InterruptedError
	if errors.As(err, &interrupted) {
		if s, ok := interrupted.Value().(*stop); ok {
			var where []string
			for _, f := range interrupted.Stack() {
				where = append(where, "    at "+position(f))
			}
			fe := &engine.FunctionError{Cause: s.cause, Message: s.message, Stack: where}
			if s.cause == engine.CauseTimeout && len(where) > 0 { // it was computing, not waiting
				fe.Hint = "what computes for long takes the embedded engine 10 to 200 times as long as Node.js (docs/performance.md): see how long it takes there with --engine node"
			}
			return fe
		}
	}
	var overflow *goja.StackOverflowError
	if errors.As(err, &overflow) {
		fe := &engine.FunctionError{Cause: cause, Type: "RangeError", Message: "Maximum call stack size exceeded"}
		for _, f := range overflow.Stack() {
			if len(fe.Stack) == 10 { // V8's Error.stackTraceLimit
				break
			}
			fe.Stack = append(fe.Stack, "    at "+position(f))
		}
		return fe
	}
	var ex *goja.Exception
	if errors.As(err, &ex) {
		return in.thrown(ex.Value(), cause)
	}
	return &engine.FunctionError{Cause: engine.CauseCrash, Type: "Error", Message: err.Error()}
}

func position(f goja.StackFrame) string {
	p := f.Position()
	at := fmt.Sprintf("%s:%d:%d", p.Filename, p.Line, p.Column)
	if name := f.FuncName(); name != "" && name != "<anonymous>" {
		return name + " (" + at + ")"
	}
	return at
}

// lacksAddon reports whether an error comes from a file that asked for a native
// addon, which packages often tell in words of their own.
func (in *instance) lacksAddon(stack []string) bool {
	return slices.ContainsFunc(in.addons, func(file string) bool {
		return slices.ContainsFunc(stack, func(frame string) bool { return strings.Contains(frame, file+":") })
	})
}

// thrown describes a thrown value.
func (in *instance) thrown(v goja.Value, cause engine.Cause) *engine.FunctionError {
	fe := &engine.FunctionError{Cause: cause}
	if obj, ok := v.(*goja.Object); ok {
		fe.Hint = in.hints[obj]
	}
	in.depth++
	described, err := in.hooks.describe(goja.Undefined(), v)
	in.depth--
	if err != nil {
		fe.Message = v.String()
		return fe
	}
	obj := described.ToObject(in.vm)
	fe.Type = obj.Get("name").String()
	fe.Message = obj.Get("message").String()
	fe.Stack = frames(obj.Get("stack").String())
	if fe.Hint == "" && in.lacksAddon(fe.Stack) {
		fe.Hint = "the package needs a native addon: run the function with --engine node"
	}
	if cause == engine.CauseLoad && obj.Get("code").String() == "MODULE_NOT_FOUND" {
		fe.Type = "Runtime.ImportModuleError"
	}
	return fe
}
