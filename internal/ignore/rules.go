// Package ignore tells which files are no part of an upload: by the list that
// HubSpot's CLI has built in, and by .hsignore, a file in the syntax of
// .gitignore. Unlike there, the answer does not depend on the current folder.
package ignore

import (
	"regexp"
	"strings"
)

// rule is one line of an ignore file.
type rule struct {
	re      *regexp.Regexp // of a whole path
	keep    bool           // the line begins with "!"
	dirOnly bool           // it ends with "/"
	custom  bool           // it stands in .hsignore
}

func (r rule) matches(path string, isDir bool) bool {
	return (isDir || !r.dirOnly) && r.re.MatchString(path)
}

// parse reads the lines of an ignore file. Lines that can match nothing are
// left out, as Git does.
func parse(text string) []rule {
	var rules []rule
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		if r, ok := parseLine(strings.TrimRight(line, "\r\n")); ok {
			rules = append(rules, r)
		}
	}
	return rules
}

func parseLine(line string) (rule, bool) {
	pattern := withoutTrailingSpace(line)
	if strings.HasPrefix(pattern, "#") {
		return rule{}, false
	}
	var r rule
	if pattern, r.keep = strings.CutPrefix(pattern, "!"); pattern == "" || pattern == "/" {
		return rule{}, false
	}
	if pattern, r.dirOnly = strings.CutSuffix(pattern, "/"); strings.HasSuffix(pattern, `\`) && !strings.HasSuffix(pattern, `\\`) {
		return rule{}, false // ends in a backslash that escapes nothing
	}
	expr, ok := translate(pattern)
	if !ok {
		return rule{}, false
	}
	re, err := regexp.Compile(expr)
	if err != nil {
		return rule{}, false
	}
	r.re = re
	return r, true
}

// withoutTrailingSpace removes spaces at the end that no backslash escapes.
func withoutTrailingSpace(line string) string {
	cut := strings.TrimRight(line, " ")
	if len(cut) < len(line) && (len(cut)-len(strings.TrimRight(cut, `\`)))%2 == 1 {
		cut += " "
	}
	return cut
}

// translate turns a pattern, without "!" and the slash at its end, into a regular
// expression for paths with slashes. HubSpot's CLI does not tell upper from lower
// case.
func translate(pattern string) (string, bool) {
	anchored := strings.Contains(pattern, "/")
	segments := strings.Split(strings.TrimPrefix(pattern, "/"), "/")
	var b strings.Builder
	b.WriteString("(?is)^")
	if !anchored {
		b.WriteString("(?:.*/)?")
	}
	for i, s := range segments {
		last := i == len(segments)-1
		switch {
		case isGlobstar(s) && last:
			b.WriteString(".+") // whatever lies inside
		case isGlobstar(s):
			b.WriteString("(?:[^/]+/)*")
		default:
			if !segment(&b, s) {
				return "", false
			}
			if !last {
				b.WriteByte('/')
			}
		}
	}
	b.WriteByte('$')
	return b.String(), true
}

func isGlobstar(s string) bool { return len(s) > 1 && strings.Trim(s, "*") == "" }

// segment translates what stands between two slashes.
func segment(b *strings.Builder, s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '*':
			if strings.Trim(s, "*") == "" {
				b.WriteString("[^/]+")
				return true
			}
			b.WriteString("[^/]*")
		case '?':
			b.WriteString("[^/]")
		case '\\':
			if i++; i == len(s) {
				return false
			}
			b.WriteString(regexp.QuoteMeta(s[i : i+1]))
		case '[':
			class, n, ok := bracket(s[i:])
			if !ok {
				return false
			}
			b.WriteString(class)
			i += n - 1
		default:
			if c < 0x80 {
				b.WriteString(regexp.QuoteMeta(s[i : i+1]))
			} else {
				b.WriteByte(c)
			}
		}
	}
	return true
}

// bracket translates a bracket expression at the start of s and tells its
// length. One that does not end makes the whole pattern match nothing.
func bracket(s string) (class string, length int, ok bool) {
	var b strings.Builder
	i := 1
	negated := i < len(s) && (s[i] == '!' || s[i] == '^')
	if negated {
		i++
	}
	previous := rune(-1) // the member that a range may begin with
	for first := true; ; first = false {
		if i >= len(s) {
			return "", 0, false
		}
		rest := []rune(s[i:])
		r := rest[0]
		size := len(string(r))
		switch {
		case r == ']' && !first:
			return enclosed(negated, b.String()), i + 1, true
		case r == '\\':
			if len(rest) < 2 {
				return "", 0, false
			}
			previous, size = rest[1], 1+len(string(rest[1]))
			b.WriteString(member(previous))
		case r == '-' && previous >= 0 && len(rest) > 1 && rest[1] != ']':
			to, skip := rest[1], 1
			if to == '\\' && len(rest) > 2 {
				to, skip = rest[2], 2
			}
			size = len(string(rest[:skip+1]))
			if previous <= to {
				b.WriteString("-" + member(to))
			}
			previous = -1
		case r == '[' && len(rest) > 1 && rest[1] == ':':
			end := strings.Index(s[i:], ":]")
			if end < 2 || !posixClass(s[i+2:i+end]) {
				return "", 0, false
			}
			size = end + 2
			b.WriteString(s[i : i+size])
			previous = -1
		default:
			previous = r
			b.WriteString(member(r))
		}
		i += size
	}
}

// enclosed gives the class; it never matches a slash.
func enclosed(negated bool, members string) string {
	if negated {
		return "[^/" + members + "]"
	}
	if re, err := regexp.Compile("[" + members + "]"); err != nil || !re.MatchString("/") {
		return "[" + members + "]"
	}
	return "(?:" + withoutSlash(members) + ")"
}

// withoutSlash lists a class that a slash is in or between, member by member.
// Such patterns are rare, and their classes are of single bytes.
func withoutSlash(members string) string {
	re := regexp.MustCompile("[" + members + "]")
	var all []string
	for r := rune(0); r < 0x250; r++ {
		if r != '/' && re.MatchString(string(r)) {
			all = append(all, regexp.QuoteMeta(string(r)))
		}
	}
	if len(all) == 0 {
		return `[^\x00-\x{10FFFF}]`
	}
	return strings.Join(all, "|")
}

func member(r rune) string {
	if strings.ContainsRune(`\]^-[`, r) {
		return `\` + string(r)
	}
	return string(r)
}

func posixClass(name string) bool {
	switch name {
	case "alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper", "xdigit":
		return true
	}
	return false
}
