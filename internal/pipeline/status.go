package pipeline

import (
	"fmt"
	"slices"

	"github.com/fns-dev/fns/internal/wire"
)

// Kind tells builds from deploys.
type Kind string

// The kinds.
const (
	Build  Kind = "build"
	Deploy Kind = "deploy"
)

// Status is how a build or a deploy stands.
type Status struct {
	Kind    Kind
	Project string // its name
	ID      int64
	BuildID int64  // ID, or of the build that is deployed, 0 for a deploy that takes all down
	State   string // as wire.StateSuccess
	Parts   []Part // those that people see; below each the ones that belong to it
}

// Part is the build or deploy of one component.
type Part struct {
	ID, Name string
	Type     string // as HubSpot has it: APP_FUNCTION
	State    string
	Depth    int // 0, or 1 below another part
}

// Ended reports whether nothing changes any more.
func (s Status) Ended() bool { return wire.Finished(s.State) }

// Failed reports whether it has ended badly.
func (s Status) Failed() bool { return s.State == wire.StateFailure }

// String says it in a few words: "build #5 of shop is BUILDING".
func (s Status) String() string {
	return fmt.Sprintf("%s is %s", s.what(), s.State)
}

// what names it. The deploy of no build takes everything down.
func (s Status) what() string {
	switch {
	case s.Kind == Build:
		return fmt.Sprintf("build #%d of %s", s.BuildID, s.Project)
	case s.BuildID == 0:
		return "the removal of what " + s.Project + " has deployed"
	default:
		return fmt.Sprintf("the deploy of build #%d of %s", s.BuildID, s.Project)
	}
}

// hidden reports whether hs does not show a part: the package of functions,
// which nobody declares.
func hidden(kind string, visible bool) bool { return !visible || kind == wire.ServerlessPackageType }

func ofBuild(project string, id int64, b *wire.Build, l *layout) Status {
	s := Status{Kind: Build, Project: project, ID: id, BuildID: id, State: b.Status}
	var all []Part
	for _, sub := range b.Subbuilds {
		if !hidden(sub.Type, sub.Visible) {
			all = append(all, Part{ID: string(sub.ID), Name: sub.Name, Type: sub.Type, State: sub.Status})
		}
	}
	s.Parts = l.arrange(all)
	return s
}

func ofDeploy(project string, id, buildID int64, d *wire.Deploy, l *layout) Status {
	s := Status{Kind: Deploy, Project: project, ID: id, BuildID: buildID, State: d.Status}
	var all []Part
	for _, sub := range d.Subdeploys {
		if !hidden(sub.Type, sub.Visible) {
			all = append(all, Part{ID: string(sub.ID), Name: sub.Name, Type: sub.Type, State: sub.Status})
		}
	}
	s.Parts = l.arrange(all)
	return s
}

// layout knows which parts belong to which. It asks HubSpot when parts appear, if it
// has load.
type layout struct {
	load   func() (*wire.Structure, error)
	asked  bool
	known  []string // the parts there were when it asked
	parent map[string]string
}

// arrange puts each part behind the one it belongs to.
func (l *layout) arrange(parts []Part) []Part {
	ids := make([]string, len(parts))
	for i, p := range parts {
		ids[i] = p.ID
	}
	if l.load != nil && (!l.asked || !slices.Equal(ids, l.known)) {
		l.asked, l.known = true, ids
		// The order is decoration: without it the parts stand in one list.
		if s, err := l.load(); err == nil {
			l.parent = map[string]string{}
			for top, children := range s.TopLevel {
				for _, c := range children {
					if string(c) != top {
						l.parent[string(c)] = top
					}
				}
			}
		}
	}
	var all []Part
	for _, top := range parts {
		if slices.Contains(ids, l.parent[top.ID]) {
			continue
		}
		all = append(all, top)
		for _, p := range parts {
			if l.parent[p.ID] == top.ID {
				p.Depth = 1
				all = append(all, p)
			}
		}
	}
	return all
}
