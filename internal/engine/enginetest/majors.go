package enginetest

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// majors are the major versions of Node that a case is for, from its first line:
//
//	// node >= 22     this one and later ones
//	// node <= 20     this one and earlier ones
//	// node 20 22     these
//
// A case without such a line is for all.
type majors struct {
	from, to int // 0 for no bound
	only     []int
}

func majorsOf(src []byte) (m majors, err error) {
	first, _, _ := bytes.Cut(src, []byte("\n"))
	text, ok := strings.CutPrefix(strings.TrimSpace(string(first)), "// node ")
	if !ok {
		return m, nil
	}
	words := strings.Fields(text)
	if len(words) == 0 || (words[0] == ">=" || words[0] == "<=") && len(words) != 2 {
		return m, fmt.Errorf("first line %q: want versions, or >= or <= and one", first)
	}
	op := ""
	if words[0] == ">=" || words[0] == "<=" {
		op, words = words[0], words[1:]
	}
	for _, w := range words {
		n, err := strconv.Atoi(w)
		if err != nil {
			return m, fmt.Errorf("first line %q: %q is no major version of Node", first, w)
		}
		switch op {
		case ">=":
			m.from = n
		case "<=":
			m.to = n
		default:
			m.only = append(m.only, n)
		}
	}
	return m, nil
}

func (m majors) include(n int) bool {
	return n >= m.from && (m.to == 0 || n <= m.to) && (len(m.only) == 0 || slices.Contains(m.only, n))
}
