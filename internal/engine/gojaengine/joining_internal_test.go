package gojaengine

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/google/go-cmp/cmp"
)

func TestGojaIsAsTheInstructionsExpect(t *testing.T) {
	t.Parallel()
	if _, err := instructionLayoutOf(); err != nil {
		t.Errorf("strings are put together in quadratic time: %v", err)
	}
	if _, err := objectLayoutOf(); err != nil {
		t.Errorf("shift, sort and delete are slow: %v", err)
	}
	if _, err := iterationLayoutOf(); err != nil {
		t.Errorf("going through arrays is slow: %v", err)
	}
	if x := newInstructions(); len(x.exchanges) != 9 {
		t.Errorf("%d kinds of instructions are exchanged, want 9", len(x.exchanges))
	}
}

// runBoth gives what a program ends with as goja compiled it and with our
// instructions.
func runBoth(t *testing.T, src string) (plain, exchanged string) {
	t.Helper()
	collections := 0
	collect := func() {
		if collections++; collections < 3 {
			runtime.GC()
		}
	}
	run := func(exchange bool) string {
		prg, err := compile("program.js", src, nil)
		if err != nil {
			t.Fatalf("%v\n%s", err, src)
		}
		if exchange {
			newInstructions().exchange(prg)
		}
		collections = 0
		vm := goja.New()
		vm.SetMaxCallStackSize(200)
		_ = vm.Set("gc", collect)
		v, err := vm.RunProgram(prg)
		if err != nil {
			return "throws " + err.Error()
		}
		return v.String()
	}
	return run(false), run(true)
}

func TestJoiningIsWhatPlusDoes(t *testing.T) {
	t.Parallel()
	long := "const long = 'x'.repeat(300), wide = 'ü€'.repeat(200);"
	for name, body := range map[string]string{
		"two strings go on from the same one":    "let s = long; s += 'a'; s += 'b'; const t = s + 'c', u = s + 'd'; return [s, t, u, t + 'e', u + 'f', s + 'g']",
		"a substring is gone on from":            "let s = long; for (let i = 0; i < 50; i++) s += i; const t = s.slice(0, 310); return [t + 'a', s + 'b', s.slice(0, 311) + 'c', t + 'd']",
		"a string is appended to itself":         "let s = long; for (let i = 0; i < 5; i++) s += s; return s",
		"nothing is appended":                    "let s = long; s += 'a'; s += 'b'; s += ''; const t = s; s += 'c'; return [s, t]",
		"two bytes come in":                      "let s = long; for (let i = 0; i < 20; i++) s += i % 7 ? 'a' : '€'; return s",
		"a lone surrogate finds its other half":  "let s = long + '\\ud83d'; s += '\\ude00'; s += '\\ude00'; return [[...s].length, s, s.codePointAt(300)]",
		"the left is an object":                  "let s = { toString() { return long } }; s += 'a'; s += 'b'; return s",
		"the right is an object that changes it": "let s = long; s += 'a'; s += { toString() { s += 'inner'; return 'o' } }; const t = s; s += 'b'; return [s, t]",
		"the right prefers valueOf":              "let s = long; s += { valueOf() { return 5 }, toString() { return 'no' } }; s += new Date(0); return s",
		"the right throws":                       "let s = long; try { s += { toString() { throw new Error('no') } } } catch (e) { s += e.message } return s",
		"the right is a symbol":                  "let s = long; try { s += Symbol('q') } catch (e) { s += e.message } return s",
		"the right is anything":                  "let s = long; for (const v of [1, -0, 1.5, NaN, 10n, null, undefined, true, [1, [2]], {}, () => 1]) s += v; return s",
		"the right is a generator that goes on":  "function* g() { let s = long; for (;;) { s += yield s } } const it = g(); it.next(); it.next('a'); const u = it.next('b').value; it.next('c'); return [u, it.next('d').value]",
		"a template begins with it":              "let s = long; for (let i = 0; i < 50; i++) s = `${s}<${i}${wide[0]}>`; let u = wide; for (let i = 0; i < 50; i++) u = `${u}${i}`; return [s, u]",
		"a template has one part":                "return `${long}` + `${wide}`",
		"a member":                               "const o = { p: wide, get q() { return this.p }, set q(v) { this.p = v } }; for (let i = 0; i < 30; i++) { o.q += i; o['p'] += '-' } return o.p",
		"a field, private":                       "class A { #s = long; static t = long; add(x) { this.#s += x; A.t += x; return this.#s } } const a = new A(); for (let i = 0; i < 30; i++) a.add(i); return [a.add(''), A.t]",
		"keys and comparisons":                   "let s = long; s += 'a'; s += 'b'; const t = long + 'ab'; const m = new Map([[s, 1]]); return [s === t, m.get(t), { [s]: 2 }[t], s < t + 'c', t == s, new Set([s, t]).size, s.indexOf('ab'), Object.is(s, t)]",
		"memory that went away":                  "let s = long; for (let i = 0; i < 60; i++) { s += i; if (i % 9 === 0) { s = s.slice(0, 300) + 'q'; gc() } } return s",
		"more of them than are remembered":       "const all = Array.from({ length: 30 }, (_, i) => long + i); for (let n = 0; n < 9; n++) for (let i = 0; i < 30; i++) all[i] += n; return all",
		"reduce":                                 "return Array.from({ length: 500 }, (_, i) => i).reduce((a, x) => a + x + ',', '')",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plain, exchanged := runBoth(t, "(() => {"+long+" const f = () => {"+body+"}; return JSON.stringify(f()) })()")
			if strings.HasPrefix(plain, "throws") {
				t.Fatal(plain)
			}
			if diff := cmp.Diff(plain, exchanged); diff != "" {
				t.Errorf("differs (-goja's own +ours):\n%s", diff)
			}
		})
	}
}

func TestStringsGetNoLongerThanNodes(t *testing.T) {
	t.Parallel()
	plain, exchanged := runBoth(t, "let s = 'x'.repeat(300); let n = 0; try { while (s.length < 2 ** 18) s += s; n = s.length } catch (e) { n = e.message } n")
	if plain != exchanged {
		t.Errorf("%s, want %s", exchanged, plain)
	}
	layout, err := instructionLayoutOf()
	if err != nil {
		t.Fatal(err)
	}
	j := &joiner{instructionLayout: layout}
	vm := goja.New()
	defer func() {
		o, ok := recover().(*goja.Object)
		if !ok || o.Get("name").String() != "RangeError" || o.Get("message").String() != "Invalid string length" {
			t.Errorf("threw %v, want RangeError: Invalid string length", o)
		}
	}()
	j.limit(machine(vm).Addr().UnsafePointer(), longestString+1)
}

// TestGeneratedProgramsJoinAlike runs programs made at random both ways.
func TestGeneratedProgramsJoinAlike(t *testing.T) {
	t.Parallel()
	programs := 600
	if testing.Short() {
		programs = 200
	}
	threw := 0
	for seed := range programs {
		src := generateJoining(rand.New(rand.NewPCG(uint64(seed), 1)))
		if plain, exchanged := runBoth(t, src); plain != exchanged {
			t.Fatalf("seed %d: %.300s\nwant %.300s\n%s", seed, exchanged, plain, src)
		} else if strings.HasPrefix(plain, "throws") {
			threw++
		}
	}
	if threw > programs/10 {
		t.Errorf("%d of %d programs end with an error, too many to tell something", threw, programs)
	}
}

// generateJoining writes a program about four variables, a member, an element and
// a captured variable, all of which go into what it gives.
func generateJoining(r *rand.Rand) string {
	places := []string{"a", "b", "c", "d", "o.p", "o[k]", "list[0]", "box.value"}
	one := func(list ...string) string { return list[r.IntN(len(list))] }
	place := func() string { return places[r.IntN(len(places))] }
	var value func(depth int) string
	value = func(depth int) string {
		if depth > 2 {
			return one("'z'", "i", "name")
		}
		switch r.IntN(16) {
		case 0, 1:
			return fmt.Sprintf("'%s'", strings.Repeat(one("ab", "<li>", " "), r.IntN(12)))
		case 2:
			return one("'é'", "'€'", "'\\ud83d'", "'\\ude00'", "'😀'", "'\\x00'", "''")
		case 3:
			return one("i", "i * 0.5", "-1", "null", "undefined", "true", "12n", "[i, 'q']", "NaN")
		case 4, 5, 6:
			return "part(" + place() + ")"
		case 7:
			return fmt.Sprintf("String(%s).slice(%d, %d)", place(), r.IntN(5), 250+r.IntN(200))
		case 8:
			return fmt.Sprintf("(%s + %s)", value(depth+1), value(depth+1))
		case 9:
			return fmt.Sprintf("`${part(%s)}%s${%s}`", place(), one("", "-", "€"), one("i", "'k'", "part(b)"))
		case 10:
			return fmt.Sprintf("{ toString() { %s += 'side'; return 'o' } }", place())
		case 11:
			return fmt.Sprintf("{ valueOf() { return %s } }", one("i", "'v'", "part("+place()+")"))
		case 12:
			return fmt.Sprintf("part(%s += %s)", place(), value(depth+1))
		case 13:
			return one("seed", "wide", "seed.slice(1)", "wide.slice(0, 299)")
		case 14:
			return one("Symbol('s')", "boom()", "part(box.add('w'))", "gc()")
		}
		return one("'z'", "'€'")
	}
	var statement func(depth int) string
	statement = func(depth int) string {
		switch n := r.IntN(12); {
		case n < 4:
			return fmt.Sprintf("%s += %s;", place(), value(0))
		case n == 4:
			p := place()
			return fmt.Sprintf("%s = %s + %s;", p, p, value(0))
		case n == 5:
			return fmt.Sprintf("%s = %s + %s;", place(), place(), value(0))
		case n == 6:
			return fmt.Sprintf("%s = part(%s);", place(), value(0))
		case n == 7:
			return fmt.Sprintf("{ const t = String(%s); %s = `${t}%s${i}`; %s += t.length; }", place(), place(), one("", "x", "€"), place())
		case n == 8:
			return fmt.Sprintf("box.add(%s);", value(0))
		case n == 9:
			return fmt.Sprintf("try { %s } catch (e) { log.push(e.message) }", fmt.Sprintf("%s += %s;", place(), value(0)))
		case n == 10 && depth < 2:
			return fmt.Sprintf("for (let i = 0; i < %d; i++) { %s %s }", 1+r.IntN(8), statement(depth+1), statement(depth+1))
		default:
			return fmt.Sprintf("if (String(%s).length > 20000) { %s = seed; } else { %s += %s; }", place(), place(), place(), value(1))
		}
	}
	var body strings.Builder
	for range 3 + r.IntN(8) {
		body.WriteString("\n    try { " + statement(0) + " } catch (e) { log.push(e.message) } cut();")
	}
	return `(() => {
  const seed = 'S'.repeat(280), wide = 'Wé€'.repeat(100), log = [], k = 'dyn';
  let a = seed, b = wide, c = '', d = 0; const name = 'p';
  const o = { p: seed + '!', dyn: 1 }, list = [wide];
  const box = (() => { let inner = seed; return { get value() { return inner }, set value(v) { inner = v }, add(x) { inner += x; return inner } } })();
  const part = (v) => typeof v === 'string' ? v.slice(0, 400) : typeof v === 'object' ? 'object' : v;
  const boom = () => { throw new Error('boom') };
  const cut = () => { for (const t of [() => a, () => b, () => c, () => d, () => o.p, () => o.dyn, () => list[0], () => box.value]) if (typeof t() === 'string' && t().length > 50000) { a = seed; b = wide; c = ''; d = 0; o.p = seed; o.dyn = 1; list[0] = wide; box.value = seed; } };
  for (let i = 0; i < 12; i++) {` + body.String() + `
  }
  return JSON.stringify([a, b, c, String(d), o, list, box.value, log], (k, v) => typeof v === 'bigint' ? String(v) : v);
})()`
}
