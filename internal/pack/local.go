package pack

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/diag"
	"github.com/fns-dev/fns/internal/ignore"
	"github.com/fns-dev/fns/internal/jsonpos"
)

// A package.json may name packages that lie on disk: "file:../../shared", "link:…",
// or workspaces. Those outside of the source folder are packed too, in a folder of
// their own, and the package.json and package-lock.json that are sent lead there, as
// with HubSpot's CLI (npm @hubspot/cli 8.14.0, lib/projects/workspaces.js). There the
// folder's name has a hash of the absolute path in it, which is another one on each
// machine; here, of the path from the source folder on.

// localFolder is that folder.
const localFolder = "_workspaces"

// local is a package on disk, outside of what is sent.
type local struct {
	dir string // absolute, without links; of a tarball the file
	to  string // from the root on
}

// localPackages packs the packages that a package.json in the upload leads to.
func (b *builder) localPackages(rules *ignore.Set) {
	var manifests []string
	for name, f := range b.files {
		if path.Base(name) == "package.json" && f.Source != "" {
			manifests = append(manifests, name)
		}
	}
	slices.Sort(manifests)
	packed := map[string]bool{}
	for _, name := range manifests {
		source := b.files[name].Source
		doc, _ := jsonpos.Read(source)
		if doc.Root == nil {
			continue // HubSpot and fns validate say so
		}
		var edits []diag.Edit
		var found []local
		edits, found = b.fileDependencies(doc, filepath.Dir(source), path.Dir(name))
		more, others := b.workspaces(doc, filepath.Dir(source), path.Dir(name))
		edits, found = append(edits, more...), append(found, others...)
		for _, l := range found {
			if !packed[l.dir] {
				packed[l.dir] = true
				b.packLocal(l, rules)
			}
		}
		b.rewrite(name, edits)
		b.lockfile(name, found)
	}
}

// fileDependencies finds the packages of "dependencies" that are files.
func (b *builder) fileDependencies(doc *jsonpos.Document, dir, at string) (edits []diag.Edit, found []local) {
	deps := doc.Root.Get("dependencies")
	if !deps.Is(jsonpos.Object) {
		return nil, nil
	}
	for _, m := range deps.Members {
		protocol, spec, ok := strings.Cut(m.Value.Text, ":")
		if !m.Value.Is(jsonpos.String) || !ok || protocol != "file" && protocol != "link" {
			continue
		}
		if rest, isURL := strings.CutPrefix(spec, "//"); isURL {
			if plain, err := url.PathUnescape(rest); err == nil {
				spec = plain
			}
		}
		target := filepath.FromSlash(spec)
		if !filepath.IsAbs(target) {
			target = filepath.Join(dir, target)
		}
		l, outside, reason := b.local(target)
		switch {
		case reason != "":
			b.out.Findings = append(b.out.Findings, diag.Diagnostic{
				Code: diag.LocalPackage, Severity: diag.Error, Range: doc.Range(m.Value),
				Summary: fmt.Sprintf("package %q can't be packed: %s %s", m.Key, m.Value.Text, reason), Hint: "correct the path",
			})
		case outside:
			found = append(found, l)
			edits = append(edits, doc.Replace(m.Value, jsonpos.Quote(protocol+":"+relativeTo(at, l.to))))
		}
	}
	return edits, found
}

// local looks at a package on disk. reason says why there is none.
func (b *builder) local(target string) (l local, outside bool, reason string) {
	info, err := os.Stat(target)
	switch {
	case err != nil:
		return l, false, "does not exist"
	case isTarball(target) && !info.Mode().IsRegular():
		return l, false, "is not a file"
	case isTarball(target):
	case !info.IsDir():
		return l, false, "is neither a folder nor a .tgz file"
	default:
		if _, err := os.Stat(filepath.Join(target, "package.json")); err != nil {
			return l, false, "has no package.json"
		}
	}
	target = real(target)
	root := real(b.out.Root)
	if within(root, target) {
		return l, false, ""
	}
	rel, err := filepath.Rel(root, target)
	if err != nil {
		rel = target // on another drive
	}
	sum := sha256.Sum256([]byte(filepath.ToSlash(rel)))
	name := filepath.Base(target)
	folder := path.Join(localFolder, withoutTar(name)+"-"+hex.EncodeToString(sum[:4]))
	if isTarball(target) {
		folder = path.Join(folder, name)
	}
	return local{dir: target, to: folder}, true, ""
}

func isTarball(name string) bool { return withoutTar(name) != name }

func withoutTar(name string) string {
	lower := strings.ToLower(name)
	for _, ext := range []string{".tar.gz", ".tgz", ".tar"} {
		if strings.HasSuffix(lower, ext) {
			return name[:len(name)-len(ext)]
		}
	}
	return name
}

// relativeTo gives the way from a folder of the upload to a file of it.
func relativeTo(from, to string) string {
	if from == "." {
		return to
	}
	return strings.Repeat("../", strings.Count(from, "/")+1) + to
}

// workspaces finds the packages of "workspaces". Where one of them lies outside,
// the list is written anew, with each by its name.
func (b *builder) workspaces(doc *jsonpos.Document, dir, at string) (edits []diag.Edit, found []local) {
	list := doc.Root.Get("workspaces")
	if list.Is(jsonpos.Object) {
		list = list.Get("packages")
	}
	if !list.Is(jsonpos.List) {
		return nil, nil
	}
	matched := map[string]bool{}
	for _, item := range list.Items {
		if !item.Is(jsonpos.String) {
			continue
		}
		pattern, not := strings.CutPrefix(item.Text, "!")
		folders, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(strings.TrimSuffix(pattern, "/**"))))
		if err != nil {
			continue
		}
		for _, folder := range folders {
			if _, err := os.Stat(filepath.Join(folder, "package.json")); err != nil {
				continue
			}
			if not {
				delete(matched, folder)
			} else {
				matched[folder] = true
			}
		}
	}
	var names []string
	for folder := range matched {
		l, outside, reason := b.local(folder)
		switch rel, err := filepath.Rel(dir, folder); {
		case reason != "":
		case outside:
			found = append(found, l)
			names = append(names, relativeTo(at, l.to))
		case err == nil:
			names = append(names, filepath.ToSlash(rel))
		}
	}
	if len(found) == 0 {
		return nil, nil
	}
	slices.Sort(names)
	slices.SortFunc(found, func(x, y local) int { return cmp.Compare(x.to, y.to) })
	for i, name := range names {
		names[i] = jsonpos.Quote(name)
	}
	return []diag.Edit{doc.Replace(doc.Root.Get("workspaces"), "["+strings.Join(names, ", ")+"]")}, found
}

// rewrite makes edits in a file of the upload.
func (b *builder) rewrite(name string, edits []diag.Edit) {
	if len(edits) == 0 {
		return
	}
	data, err := content(b.files[name])
	if err != nil {
		b.unreadable(b.files[name].Source, err)
		return
	}
	slices.SortFunc(edits, func(x, y diag.Edit) int { return cmp.Compare(y.Start, x.Start) }) // from the end on
	for _, e := range edits {
		data = apply(data, e)
	}
	b.files[name] = File{Path: name, Data: data}
}

// lockfile has the package-lock.json beside a package.json lead to the packages
// that were packed.
func (b *builder) lockfile(manifest string, found []local) {
	name := path.Join(path.Dir(manifest), "package-lock.json")
	f, ok := b.files[name]
	if !ok || len(found) == 0 {
		return
	}
	data, err := content(f)
	if err != nil {
		b.unreadable(f.Source, err)
		return
	}
	doc, _ := jsonpos.Parse(f.Source, data)
	packages := doc.Root.Get("packages")
	if !packages.Is(jsonpos.Object) {
		return
	}
	dir := real(filepath.Dir(f.Source))
	moved := map[string]string{}
	for _, l := range found {
		if rel, err := filepath.Rel(dir, l.dir); err == nil {
			moved[filepath.ToSlash(rel)] = relativeTo(path.Dir(name), l.to)
		}
	}
	var edits []diag.Edit
	for _, m := range packages.Members {
		if to, ok := moved[m.Key]; ok {
			edits = append(edits, doc.Rename(m, to))
		}
		resolved := m.Value.Get("resolved")
		if resolved.Is(jsonpos.String) {
			bare, isFile := strings.CutPrefix(resolved.Text, "file:")
			if to, ok := moved[bare]; ok {
				if isFile {
					to = "file:" + to
				}
				edits = append(edits, doc.Replace(resolved, jsonpos.Quote(to)))
			}
		}
	}
	own := packages.Get("")
	if list := own.Get("workspaces"); list.Is(jsonpos.List) {
		for _, item := range list.Items {
			if to, ok := moved[item.Text]; ok {
				edits = append(edits, doc.Replace(item, jsonpos.Quote(to)))
			}
		}
	}
	if deps := own.Get("dependencies"); deps.Is(jsonpos.Object) {
		for _, m := range deps.Members {
			protocol, spec, _ := strings.Cut(m.Value.Text, ":")
			if to, ok := moved[path.Clean(spec)]; ok && (protocol == "file" || protocol == "link") {
				edits = append(edits, doc.Replace(m.Value, jsonpos.Quote(protocol+":"+to)))
			}
		}
	}
	b.rewrite(name, edits)
}
