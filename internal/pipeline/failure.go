package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fns-dev/fns/internal/wire"
)

// FailedError is a build or deploy that has ended badly, with what HubSpot says
// about the components.
type FailedError struct {
	Status Status
	Causes []Cause
	// Log are the errors of the log, for where the causes say nothing.
	Log []string
	// Page is where HubSpot shows it, "" for nowhere.
	Page string
}

// Cause is why one component failed.
type Cause struct {
	Name    string
	Type    string // as HubSpot has it: APP_FUNCTION
	Message string
	Details []string
}

// BuildError gives the FailedError of a build, nil unless it has failed.
func BuildError(project string, b *wire.Build, page string) error {
	if b.Status != wire.StateFailure {
		return nil
	}
	e := &FailedError{Status: Status{Kind: Build, Project: project, ID: b.BuildID, BuildID: b.BuildID, State: b.Status}, Page: page}
	for _, s := range b.Subbuilds {
		e.add(s.Name, s.Type, s.Status, s.ErrorMessage, s.StandardError)
	}
	return e
}

// DeployError gives the FailedError of a deploy of a build, nil unless it has
// failed.
func DeployError(project string, buildID int64, d *wire.Deploy, page string) error {
	if d.Status != wire.StateFailure {
		return nil
	}
	e := &FailedError{Status: Status{Kind: Deploy, Project: project, ID: d.DeployID, BuildID: buildID, State: d.Status}, Page: page}
	for _, s := range d.Subdeploys {
		e.add(s.Name, s.Type, s.Status, s.ErrorMessage, s.StandardError)
	}
	return e
}

// add takes a component that failed by itself, not because of another one.
func (e *FailedError) add(name, kind, state, message string, standard *wire.Error) {
	if state != wire.StateFailure {
		return
	}
	c := Cause{Name: name, Type: kind, Message: strings.TrimSpace(message)}
	if standard != nil {
		if standard.SubCategory == wire.DependentSubbuildFailed || standard.SubCategory == wire.DependentSubdeployFailed {
			return
		}
		if c.Message == "" {
			c.Message = strings.TrimSpace(standard.Message)
		}
		for _, d := range standard.Errors {
			if d.Message != "" && d.Message != c.Message {
				c.Details = append(c.Details, d.Message)
			}
		}
	}
	e.Causes = append(e.Causes, c)
}

// Error says what failed, and below it why, component by component.
func (e *FailedError) Error() string {
	var b strings.Builder
	b.WriteString(e.Status.what() + " failed")
	for _, c := range e.Causes {
		fmt.Fprintf(&b, "\n  %s: %s", TypeName(c.Type)+" "+c.Name, indent(c.Message))
		for _, d := range c.Details {
			b.WriteString("\n    - " + indent(d))
		}
	}
	for _, line := range e.Log {
		b.WriteString("\n  " + indent(line))
	}
	return b.String()
}

// Mute reports whether HubSpot says of no component why it failed.
func (e *FailedError) Mute() bool {
	return !slices.ContainsFunc(e.Causes, func(c Cause) bool { return c.Message != "" || len(c.Details) > 0 })
}

// Hint says where more stands.
func (e *FailedError) Hint() string {
	if e.Page == "" {
		return ""
	}
	return "HubSpot shows it at " + e.Page
}

func indent(text string) string {
	if text == "" {
		text = "HubSpot says nothing about it"
	}
	return strings.ReplaceAll(text, "\n", "\n      ")
}

// TypeName gives the type of a component in the words of people: "function".
func TypeName(kind string) string {
	switch kind {
	case "APP_FUNCTION", "SERVERLESS_FUNCTION":
		return "function"
	case "APPLICATION", "APP":
		return "app"
	case "CRM_CARD_V2", "CARD_V2", "CARD":
		return "card"
	case "SERVERLESS_PKG":
		return "package"
	case "SERVERLESS_ROUTE":
		return "endpoint"
	}
	return strings.ReplaceAll(strings.ToLower(kind), "_", " ")
}
