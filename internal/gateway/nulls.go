package gateway

import (
	"bytes"
	"fmt"
	"strings"
)

// nullDepth is how deep objects are searched for null properties; nobody nests
// an answer deeper.
const nullDepth = 200

// dropNulls gives a body object or array without the properties that are null,
// as the platform's gateway sends it (a field report; a body that the function
// has turned into a string keeps them), and the paths of what was dropped.
// Elements of arrays stay.
func dropNulls(body []byte) (out []byte, dropped []string) {
	if !bytes.Contains(body, []byte("null")) {
		return body, nil
	}
	n := nulls{out: make([]byte, 0, len(body))}
	n.value(body, "body", 0)
	if len(n.dropped) == 0 {
		return body, nil
	}
	return n.out, n.dropped
}

type nulls struct {
	out     []byte
	dropped []string
}

func (n *nulls) value(raw []byte, path string, depth int) {
	if depth > nullDepth || len(raw) == 0 || raw[0] != '{' && raw[0] != '[' || !bytes.Contains(raw, []byte("null")) {
		n.out = append(n.out, raw...)
		return
	}
	first := true
	comma := func() {
		if !first {
			n.out = append(n.out, ',')
		}
		first = false
	}
	if raw[0] == '[' {
		n.out = append(n.out, '[')
		i := 0
		elements(raw, func(v []byte) {
			comma()
			n.value(v, fmt.Sprintf("%s[%d]", path, i), depth+1)
			i++
		})
		n.out = append(n.out, ']')
		return
	}
	n.out = append(n.out, '{')
	members(raw, func(key, v []byte) bool {
		if string(v) == "null" {
			n.dropped = append(n.dropped, path+"."+string(unquote(key)))
			return true
		}
		comma()
		n.out = append(append(n.out, key...), ':')
		n.value(v, path+"."+string(unquote(key)), depth+1)
		return true
	})
	n.out = append(n.out, '}')
}

// nullWarning says what dropNulls did.
func nullWarning(dropped []string) string {
	const most = 3
	names := strings.Join(dropped[:min(most, len(dropped))], ", ")
	if more := len(dropped) - most; more > 0 {
		names += fmt.Sprintf(" and %d more", more)
	}
	return "null properties of an object body are dropped (" + names + "); return body: JSON.stringify(…) to keep them"
}
