package gojaengine

import (
	"encoding/json"
	"strings"
)

// oneBased moves the original columns of a source map up by one. Maps count
// columns from 0 and goja hands them on as they are, while a stack line counts
// from 1. The columns of a map are differences, each to the one before, so
// changing the first moves all.
func oneBased(sourceMap []byte) []byte {
	var fields map[string]json.RawMessage
	var mappings string
	if json.Unmarshal(sourceMap, &fields) != nil || json.Unmarshal(fields["mappings"], &mappings) != nil {
		return sourceMap // the parser explains what is wrong with it
	}
	moved, ok := moveFirstColumn(mappings)
	if !ok {
		return sourceMap
	}
	raw, err := json.Marshal(moved)
	if err != nil {
		return sourceMap
	}
	fields["mappings"] = raw
	out, err := json.Marshal(fields)
	if err != nil {
		return sourceMap
	}
	return out
}

// moveFirstColumn adds 1 to the fourth field, the original column, of the first
// segment that has one.
func moveFirstColumn(mappings string) (string, bool) {
	for start := 0; start < len(mappings); {
		end := start + strings.IndexAny(mappings[start:]+";", ",;")
		at := start
		for range 3 {
			at = skipVLQ(mappings, at, end)
		}
		if at < end {
			value, next := readVLQ(mappings, at, end)
			return mappings[:at] + writeVLQ(value+1) + mappings[next:], true
		}
		start = end + 1
	}
	return "", false
}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// A VLQ digit carries five bits, lowest first, and a sixth that says that more
// follow; the lowest bit of the whole is the sign.
func skipVLQ(s string, at, end int) int {
	for at < end {
		d := strings.IndexByte(base64Digits, s[at])
		at++
		if d < 32 {
			break
		}
	}
	return at
}

func readVLQ(s string, at, end int) (value, next int) {
	bits, shift := 0, 0
	for at < end {
		d := strings.IndexByte(base64Digits, s[at])
		at++
		bits |= d & 31 << shift
		shift += 5
		if d < 32 {
			break
		}
	}
	if bits&1 == 1 {
		return -(bits >> 1), at
	}
	return bits >> 1, at
}

func writeVLQ(value int) string {
	bits := value << 1
	if value < 0 {
		bits = -value<<1 | 1
	}
	var out []byte
	for {
		d := bits & 31
		if bits >>= 5; bits > 0 {
			d |= 32
		}
		out = append(out, base64Digits[d])
		if bits == 0 {
			return string(out)
		}
	}
}
