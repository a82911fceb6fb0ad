package enginetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
)

// Known is a difference that is accepted: At is a JSON pointer into the Outcome
// ("/answer/3/code", "/logs/0", "/error"; "" for all of it) and stands for
// everything below it too.
type Known struct {
	At     string `json:"at"`
	Reason string `json:"reason"`
	// Node are the major versions of Node that it is a difference to; none
	// stands for all. The embedded engine does as Node 20 does, so what a later
	// version changed stands here with that version.
	Node []int `json:"node,omitempty"`
}

// forMajor gives what is known to differ from one version of Node.
func forMajor(known []Known, major int) []Known {
	major = release(major)
	return slices.DeleteFunc(slices.Clone(known), func(k Known) bool {
		return len(k.Node) > 0 && !slices.Contains(k.Node, major)
	})
}

// ReadKnown reads a file of known differences, a JSON object of lists by the
// case's name. A missing file holds none.
func ReadKnown(path string) (map[string][]Known, error) {
	src, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var known map[string][]Known
	if err := json.Unmarshal(src, &known); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for name, list := range known {
		for _, k := range list {
			if k.Reason == "" {
				return nil, fmt.Errorf("%s: %s at %q has no reason", path, name, k.At)
			}
		}
	}
	return known, nil
}

// split tells the differences that nobody knew of from the known ones that are
// gone.
func split(diffs []Difference, known []Known) (unknown []Difference, gone []Known) {
	used := make([]bool, len(known))
	for _, d := range diffs {
		i := slices.IndexFunc(known, func(k Known) bool { return d.At == k.At || strings.HasPrefix(d.At, k.At+"/") })
		if i < 0 {
			unknown = append(unknown, d)
		} else {
			used[i] = true
		}
	}
	for i, k := range known {
		if !used[i] {
			gone = append(gone, k)
		}
	}
	return unknown, gone
}
