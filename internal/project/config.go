package project

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/jsonpos"
	"github.com/fns-dev/fns/internal/lifecycle"
	"github.com/fns-dev/fns/internal/suggest"
)

// configName is the file that makes a folder a developer project. HubSpot's CLI
// finds it whatever the case of its letters.
const configName = "hsproject.json"

// config is a developer project's hsproject.json.
type config struct {
	file, dir string // absolute
	name      string
	srcDir    string // absolute
	version   string
	// versionRange is where the version stands, or the file.
	versionRange diag.Range
	// legacy is true for versions before 2025.2, which read serverless.json.
	legacy bool
	// metas and folders count the functions of each kind that were found.
	metas, folders int
	profiles       []string // names
	profile        *profile // in force, nil for none
}

// projectFile gives the hsproject.json directly in dir, or "".
func projectFile(dir string) string {
	exact := filepath.Join(dir, configName)
	if info, err := os.Stat(exact); err == nil && info.Mode().IsRegular() {
		return exact
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return ""
	}
	for _, e := range entries {
		if !e.IsDir() && strings.EqualFold(e.Name(), configName) {
			return filepath.Join(dir, e.Name())
		}
	}
	return ""
}

// readConfig reads an hsproject.json; where it is wrong, defaults take its place
// so that the functions are found all the same.
func (l *loader) readConfig(file string) *config {
	dir := filepath.Dir(file)
	c := &config{file: file, dir: dir, srcDir: defaultSource(dir), versionRange: diag.Range{File: file}}
	m := l.open(file)
	if !m.root("the project's settings") {
		return c
	}
	root := m.doc.Root
	m.duplicates(diag.Warning)
	if v := root.Get("name"); v == nil {
		m.warn(diag.MissingKey, m.doc.Opening(root), `add "name"; HubSpot's CLI does not work without it`, `hsproject.json has no "name"`)
	} else if name, ok := m.text(v, `"name"`); ok {
		c.name = name
	}
	if v := root.Get("srcDir"); v == nil {
		m.warn(diag.MissingKey, m.doc.Opening(root), `add "srcDir", for instance "src"`, `hsproject.json has no "srcDir"; using %q`, l.rel(c.srcDir))
	} else if src, ok := m.text(v, `"srcDir"`); ok {
		m.sourceFolder(c, v, src)
	}
	if v := root.Get("platformVersion"); v == nil {
		m.warn(diag.MissingKey, m.doc.Opening(root), fmt.Sprintf("add \"platformVersion\": %q", lifecycle.Current), `hsproject.json has no "platformVersion"`)
	} else if version, ok := m.text(v, `"platformVersion"`); ok {
		c.version, c.versionRange = version, m.doc.Range(v)
		c.legacy = IsLegacy(version)
		m.knownVersion(v, version)
	}
	return c
}

// defaultSource is where the sources lie if hsproject.json does not say so.
func defaultSource(dir string) string {
	src := filepath.Join(dir, "src")
	if info, err := os.Stat(src); err == nil && info.IsDir() {
		return src
	}
	return dir
}

// sourceFolder checks srcDir and puts it into c.
func (m *manifest) sourceFolder(c *config, v *jsonpos.Value, src string) {
	at := m.doc.Range(v)
	abs := filepath.Join(c.dir, filepath.FromSlash(src))
	if filepath.IsAbs(src) || !within(c.dir, abs) {
		m.fail(diag.SourceFolder, at, `name a folder below hsproject.json, for instance "src"`, "srcDir %q lies outside of the project", src)
		return
	}
	info, err := os.Stat(abs)
	if err != nil || !info.IsDir() {
		hint := "create it, or correct the path"
		if near := nearFile(c.dir, src); near != "" {
			hint = didYouMean(near)
		}
		m.fail(diag.SourceFolder, at, hint, "srcDir %q is not a folder", src)
		return
	}
	c.srcDir = abs
}

// knownVersion warns of a version that HubSpot has not named.
func (m *manifest) knownVersion(v *jsonpos.Value, version string) {
	known := lifecycle.Platforms()
	for _, k := range known {
		if version == k {
			return
		}
	}
	hint := "the current version is " + lifecycle.Current
	if near := suggest.Closest(version, known); near != "" {
		hint = didYouMean(near)
	}
	m.warn(diag.PlatformVersion, m.doc.Range(v), hint, "platform version %q is not known", version)
}

// IsLegacy reports whether a platform version is older than 2025.2. Whatever
// does not look like a version counts as newer than all that do.
func IsLegacy(version string) bool {
	parts := regexp.MustCompile(`^(\d{4})\.(\d{1,2})(-beta)?$`).FindStringSubmatch(version)
	if parts == nil {
		return false
	}
	year, _ := strconv.Atoi(parts[1])
	minor, _ := strconv.Atoi(parts[2])
	return year < 2025 || year == 2025 && (minor < 2 || minor == 2 && parts[3] != "")
}

// checkPlatform warns where a project's version does not read the kind of
// manifest that was found.
func (l *loader) checkPlatform(c *config) {
	warn := func(hint, format string, args ...any) {
		l.add(diag.Diagnostic{
			Code: diag.PlatformVersion, Severity: diag.Warning,
			Summary: fmt.Sprintf(format, args...), Range: c.versionRange, Hint: hint,
		})
	}
	switch {
	case c.version == "":
	case lifecycle.WithoutFunctions(c.version) && c.metas+c.folders > 0:
		warn(fmt.Sprintf("set it to %q", lifecycle.Current), "platform version %s runs no functions on HubSpot", c.version)
	case c.legacy && c.metas > 0:
		warn(fmt.Sprintf("set it to %q", lifecycle.Current), "platform version %s does not read -hsmeta.json files", c.version)
	case !c.legacy && c.folders > 0:
		warn("give each function an -hsmeta.json in app/functions", "platform version %s does not read appFunctions in serverless.json", c.version)
	}
}
