package bundle

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/fns-dev/fns/internal/suggest"
)

// didYouMean is a hint that names the file that was probably meant by a
// specifier for path, "" where nothing is close. from is the folder that
// relative specifiers start in, "" for an absolute one.
func didYouMean(specifier, file, from string) string {
	dir, want := filepath.Dir(file), filepath.Base(file)
	entries, err := os.ReadDir(dir)
	if err != nil {
		if up := existing(dir); up != dir && from != "" {
			if rel, err := filepath.Rel(from, filepath.Join(up, firstBelow(up, dir))); err == nil {
				return "The folder " + dotted(rel) + " does not exist"
			}
		}
		return ""
	}
	best, distance := "", 3 // more than two typing mistakes is another name
	for _, e := range entries {
		name := e.Name()
		if name == want {
			continue
		}
		stem := strings.TrimSuffix(name, filepath.Ext(name))
		wantStem := strings.TrimSuffix(want, filepath.Ext(want))
		d := min(suggest.Distance(want, name), suggest.Distance(want, stem))
		switch {
		case strings.EqualFold(want, name), strings.EqualFold(want, stem), strings.EqualFold(wantStem, stem):
			d = 0
		case len(want) <= 4 && d > 1:
			continue
		}
		if d < distance {
			best, distance = name, d
		}
	}
	if best == "" {
		return ""
	}
	prefix, _ := path.Split(specifier)
	if strings.HasSuffix(specifier, "/") {
		prefix, _ = path.Split(strings.TrimSuffix(specifier, "/"))
	}
	return "Did you mean " + prefix + best + "?"
}

// existing is the nearest folder of path that is there, path itself included.
func existing(path string) string {
	for {
		if info, err := os.Stat(path); err == nil && info.IsDir() || filepath.Dir(path) == path {
			return path
		}
		path = filepath.Dir(path)
	}
}

func firstBelow(up, dir string) string {
	rel, err := filepath.Rel(up, dir)
	if err != nil {
		return ""
	}
	first, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
	return first
}

func dotted(rel string) string {
	rel = filepath.ToSlash(rel)
	if !strings.HasPrefix(rel, "../") {
		rel = "./" + rel
	}
	return rel
}
