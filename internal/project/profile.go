package project

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/suggest"
)

// A profile is a file hsprofile.<name>.json in a project's source folder. It
// names the account that the project goes to, and gives values to the
// ${VARIABLES} in uid and config of the *-hsmeta.json files.
const (
	profilePrefix = "hsprofile."
	profileSuffix = ".json"
)

// profile is a profile that is in force.
type profile struct {
	file      string
	account   int64
	variables *jsonpos.Value // an object; nil where it is missing or wrong
	broken    bool           // what it says is not known
}

// ProfileName gives the name of the profile that a file holds, by the file's
// name.
func ProfileName(file string) (name string, ok bool) {
	name, ok = strings.CutPrefix(filepath.Base(file), profilePrefix)
	if !ok {
		return "", false
	}
	name, ok = strings.CutSuffix(name, profileSuffix)
	return name, ok && name != "" && !strings.Contains(name, ".")
}

// ProfileFile gives the file of a profile of a source folder.
func ProfileFile(src, name string) string {
	return filepath.Join(src, profilePrefix+name+profileSuffix)
}

// Profiles lists the names of the profiles that Discover could be told to use
// for start.
func Profiles(start string) []string {
	p, _ := Discover(start)
	return p.Profiles
}

// profileFiles gives the profiles of a source folder by name, sorted.
func profileFiles(src string) (names []string) {
	entries, err := os.ReadDir(src)
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if name, ok := ProfileName(e.Name()); ok && !e.IsDir() {
			names = append(names, name)
		}
	}
	return names
}

// chooseProfiles gives each project its profile: the one asked for, else the
// only one it has.
func (l *loader) chooseProfiles(wanted string) {
	found := wanted == ""
	for _, c := range l.configs {
		c.profiles = profileFiles(c.srcDir)
		for _, name := range c.profiles {
			if !slices.Contains(l.project.Profiles, name) {
				l.project.Profiles = append(l.project.Profiles, name)
			}
			if name == wanted || wanted == "" && len(c.profiles) == 1 {
				found = true
				c.profile = l.readProfile(ProfileFile(c.srcDir, name))
			}
		}
	}
	if found {
		return
	}
	l.noProfile = true
	d := diag.Diagnostic{
		Code: diag.UnknownProfile, Severity: diag.Error,
		Summary: fmt.Sprintf("there is no profile %q", wanted), Range: diag.Range{File: l.project.Root},
		Hint: fmt.Sprintf("create %s%s%s in the project's source folder, or leave --profile out", profilePrefix, wanted, profileSuffix),
	}
	if len(l.project.Profiles) > 0 {
		d.Hint = "profiles are " + strings.Join(l.project.Profiles, ", ")
		if near := suggest.Closest(wanted, l.project.Profiles); near != "" {
			d.Hint = didYouMean(near)
		}
	}
	l.add(d)
}

func (l *loader) readProfile(file string) *profile {
	p := &profile{file: file, broken: true}
	m := l.open(file)
	if !m.root("a profile") {
		return p
	}
	m.duplicates(diag.Warning)
	m.unknownKeys(m.doc.Root, "", "accountId", "variables")
	p.broken = false
	switch v := m.doc.Root.Get("accountId"); {
	case v == nil:
		m.warn(diag.MissingKey, m.doc.Opening(m.doc.Root), `add "accountId": the account to upload to`, `%s has no "accountId"`, m.base())
	case !v.Is(jsonpos.Number):
		m.wrongType(v, `"accountId"`, "a number")
	default:
		id, err := strconv.ParseInt(v.Text, 10, 64)
		if err != nil || id <= 0 {
			m.fail(diag.WrongType, m.doc.Range(v), "", `"accountId" must be a whole number, not %s`, v.Text)
		}
		p.account = id
	}
	if v := m.doc.Root.Get("variables"); v != nil {
		p.variables, _ = m.object(v, `"variables"`)
	}
	return p
}

// reference is a variable in a string of a manifest.
var reference = regexp.MustCompile(`\$\{([^${}]+)\}`)

// fill puts the values of the profile in place of the variables in uid and
// config. It reports whether all were known.
func (m *manifest) fill(c *config) bool {
	if c == nil {
		return true
	}
	good := true
	var walk func(v *jsonpos.Value, typed bool)
	walk = func(v *jsonpos.Value, typed bool) {
		switch {
		case v == nil:
		case v.Kind == jsonpos.String:
			good = m.substitute(c, v, typed) && good
		default:
			for _, item := range v.Items {
				walk(item, typed)
			}
			for _, member := range v.Members {
				walk(member.Value, typed)
			}
		}
	}
	walk(m.doc.Root.Get("uid"), false)
	walk(m.doc.Root.Get("config"), true)
	return good
}

// substitute fills in one string. Where it is nothing but one variable and typed
// is true, it takes the variable's type.
func (m *manifest) substitute(c *config, v *jsonpos.Value, typed bool) bool {
	found := reference.FindAllStringSubmatchIndex(v.Text, -1)
	if len(found) == 0 {
		return true
	}
	if m.l.noProfile {
		return false
	}
	if c.profile == nil {
		if len(c.profiles) > 1 {
			m.warn(diag.ProfileVariable, m.doc.Range(v), "choose a profile: --profile "+strings.Join(c.profiles, " or --profile "),
				"%s is not filled in: the project has several profiles", v.Text[found[0][0]:found[0][1]])
		}
		return true // as it is, as on HubSpot
	}
	if c.profile.broken {
		return false
	}
	var text strings.Builder
	m.filled[v] = true
	at, good := 0, true
	for _, f := range found {
		name := v.Text[f[2]:f[3]]
		value := c.profile.variables.Get(name)
		switch {
		case value == nil:
			hint := "add it to \"variables\" there"
			if near := suggest.Closest(name, keys(c.profile.variables)); near != "" {
				hint = didYouMean("${" + near + "}")
			}
			m.fail(diag.ProfileVariable, m.doc.Range(v), hint, "${%s} has no value in %s", name, m.l.rel(c.profile.file))
			good = false
			continue
		case value.Kind != jsonpos.String && value.Kind != jsonpos.Number && value.Kind != jsonpos.Bool:
			m.fail(diag.ProfileVariable, m.doc.Range(v), "", "${%s} must be a string, a number, true or false, not %s, in %s", name, value.Kind, m.l.rel(c.profile.file))
			good = false
			continue
		}
		if typed && len(v.Text) == f[1]-f[0] {
			v.Kind, v.Text = value.Kind, value.Text
			return true
		}
		text.WriteString(v.Text[at:f[0]] + value.Text)
		at = f[1]
	}
	if good {
		v.Text = text.String() + v.Text[at:]
	}
	return good
}

func keys(v *jsonpos.Value) []string {
	if v == nil {
		return nil
	}
	var names []string
	for _, m := range v.Members {
		names = append(names, m.Key)
	}
	return names
}
