package project

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/suggest"
)

// methods reads one method or a list of them; nil stands for GET, HubSpot's
// default.
func (m *manifest) methods(v *jsonpos.Value, where, key string) ([]string, bool) {
	if v == nil {
		return []string{"GET"}, true
	}
	items := []*jsonpos.Value{v}
	switch v.Kind {
	case jsonpos.String:
	case jsonpos.List:
		items = v.Items
		if len(items) == 0 {
			m.fail(diag.UnknownMethod, m.doc.Range(v), "name at least one of "+strings.Join(Methods(), ", "), "%s%q is empty", where, key)
			return nil, false
		}
	default:
		m.wrongType(v, fmt.Sprintf("%s%q", where, key), "a method or a list of methods")
		return nil, false
	}
	var methods []string
	ok := true
	for _, item := range items {
		method, good := m.method(item, where, key)
		if !good {
			ok = false
			continue
		}
		if !slices.Contains(methods, method) {
			methods = append(methods, method)
		}
	}
	return methods, ok
}

// method reads one method and gives it in upper case.
func (m *manifest) method(v *jsonpos.Value, where, key string) (string, bool) {
	text, ok := m.text(v, fmt.Sprintf("%seach method in %q", where, key))
	if !ok {
		return "", false
	}
	known := Methods()
	method := strings.ToUpper(strings.TrimSpace(text))
	if slices.Contains(known, method) {
		if method != text {
			m.warn(diag.MethodSpelling, m.doc.Range(v), fmt.Sprintf("write %q", method), "%smethod %q is not in upper case", where, text).
				Fix = m.rewrite(v, jsonpos.Quote(method))
		}
		return method, true
	}
	hint := "use one of " + strings.Join(known, ", ")
	if parts := strings.FieldsFunc(method, func(r rune) bool { return strings.ContainsRune(", |/;", r) }); len(parts) > 1 {
		hint = `write a list: ["` + strings.Join(parts, `", "`) + `"]`
	} else if near := suggest.Closest(method, known); near != "" {
		hint = didYouMean(near)
	}
	m.fail(diag.UnknownMethod, m.doc.Range(v), hint, "%smethod %q is not supported", where, text)
	return "", false
}

// path checks an endpoint's path and gives it without slashes at either end.
func (m *manifest) path(text string, at diag.Range, where string) (string, bool) {
	path := strings.Trim(text, "/")
	refuse := func(hint, why string) (string, bool) {
		m.fail(diag.InvalidPath, at, hint, "%spath %q %s", where, text, why)
		return "", false
	}
	switch {
	case path == "":
		return refuse("name the part of the URL after /_hcms/api/ or /hs/serverless/", "is empty")
	case strings.Contains(path, "://"):
		return refuse("write only the part of the URL after /_hcms/api/ or /hs/serverless/", "is a URL")
	case strings.ContainsAny(path, "?#"):
		return refuse("leave the query out; the function gets it in context.params", "has a query or a fragment")
	case strings.ContainsFunc(path, func(r rune) bool { return r <= ' ' || r == 0x7f }):
		return refuse("use - or _ instead", "has white space in it")
	case strings.Contains(path, `\`):
		return refuse("write / instead", "has a backslash in it")
	}
	for part := range strings.SplitSeq(path, "/") {
		if part == "" || part == "." || part == ".." {
			return refuse("write it without empty parts, . and ..", fmt.Sprintf("has the part %q, which clients remove", part))
		}
	}
	for _, prefix := range []string{"_hcms/api/", "hs/serverless/"} {
		if rest, ok := strings.CutPrefix(path, prefix); ok {
			m.warn(diag.InvalidPath, at, fmt.Sprintf("write %q", rest), "%spath %q holds the prefix that HubSpot puts before it", where, text)
		}
	}
	return path, true
}
