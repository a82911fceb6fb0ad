package gojaengine

import (
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/dop251/goja"
)

// propertyCases are patterns with the property names that packages use, less
// Alphabetic and ID_Continue: later versions of Unicode added characters to them
// that were assigned before.
func propertyCases() []string {
	return []string{`\p{L}`, `\p{Letter}`, `\P{L}`, `\p{Lu}`, `\p{N}`, `\p{Nd}`, `\p{P}`, `\p{S}`, `\p{Sc}`, `\p{Zs}`, `\p{M}`, `\p{Mn}`,
		`\p{Script=Greek}`, `\p{sc=Cyrillic}`, `\p{Script=Han}`, `\p{White_Space}`, `\p{ASCII}`, `\p{Any}`,
		`\p{ID_Start}`, `\p{Lowercase}`, `\p{Uppercase}`, `\p{Emoji}`, `\p{Emoji_Presentation}`, `\p{Extended_Pictographic}`,
		`[\p{L}\d_]`, `[^\p{L}\s]`, `[\P{L}]`, `\p{General_Category=Decimal_Number}`}
}

func TestPropertyEscapesMatchAsInNode(t *testing.T) {
	t.Parallel()
	const probe = `(p) => { const re = new RegExp('^' + p + '$', 'u'); let n = 0, h = 0; for (const c of points) if (re.test(String.fromCodePoint(c))) { n++; h = (h * 31 + c) % 1000003 } return n + ':' + h }`
	// Node may know a later Unicode: only what Go's has assigned is compared.
	var known []string
	for _, span := range [][2]rune{{0, 0x3000}, {0x4e00, 0x5000}, {0xac00, 0xb000}, {0x1f300, 0x1f650}} {
		for c := span[0]; c < span[1]; c += 3 {
			if unicode.In(c, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.Cc, unicode.Cf) {
				known = append(known, strconv.Itoa(int(c)))
			}
		}
	}
	points := "const points = [" + strings.Join(known, ",") + "];"
	vm := goja.New()
	for _, p := range propertyCases() {
		expanded, err := expandProperties(p)
		if err != nil {
			t.Errorf("%s: %v", p, err)
			continue
		}
		got, err := vm.RunString(fmt.Sprintf(`(() => { %s return (%s)(%q) })()`, points, probe, expanded))
		if err != nil {
			t.Errorf("%s: %v", p, err)
			continue
		}
		want, err := exec.Command("node", "-p", fmt.Sprintf(`(() => { %s return (%s)(%q) })()`, points, probe, p)).Output()
		if err != nil {
			t.Skip("needs node: ", err)
		}
		if got.String()+"\n" != string(want) {
			t.Errorf("%s: %s, in Node %s", p, got, want)
		}
	}
	if _, err := expandProperties(`\p{Nonsense}`); err == nil {
		t.Error("an unknown property is accepted")
	}
}

func TestRepeatedAsyncDeclarationsCompileAndTheLastCounts(t *testing.T) {
	t.Parallel()
	prg, err := compile("f.js", `(() => { async function f() { return 1 } async function f() { return 2 } function* g() {} function* g() { yield 3 } return [f.toString().includes('2'), g().next().value] })()`, nil)
	if err != nil {
		t.Fatal(err)
	}
	v, err := goja.New().RunProgram(prg)
	if err != nil || v.String() != "true,3" {
		t.Errorf("%v %v", v, err)
	}
}
