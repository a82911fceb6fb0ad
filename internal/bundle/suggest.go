package bundle

import (
	"os"
	"path"
	"path/filepath"
	"strings"
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
		d := min(typos(want, name), typos(want, stem))
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

// typos counts the letters to insert, delete, change or swap between a and b.
func typos(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}
