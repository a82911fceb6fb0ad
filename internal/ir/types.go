package ir

import (
	"slices"
	"strings"
)

// The types of components that others depend on.
const (
	typeApp      = "app"
	typeObject   = "app-object"
	typeFunction = "app-function"
)

// kind is what HubSpot's CLI knows about a type of component (npm
// @hubspot/project-parsing-lib 0.23.0, lib/constants.js).
type kind struct {
	dir    string // the only folder that its files are read from, below srcDir
	single bool   // a project has one at most
}

// kinds gives all types by the name that "type" has.
func kinds() map[string]kind {
	return map[string]kind{
		typeApp:                  {"app", true},
		"api-client":             {"app/api-client", true},
		typeObject:               {"app/app-objects", false},
		"app-object-association": {"app/app-object-associations", false},
		"app-event":              {"app/app-events", false},
		typeFunction:             {"app/functions", false},
		"calling":                {"app/calling", true},
		"card":                   {"app/cards", false},
		"crm-bulk-action":        {"app/actions", false},
		"marketing-event":        {"app/marketing-events", false},
		"mcp-client":             {"app/mcp-client", true},
		"mcp-server":             {"app/mcp-server", true},
		"media-bridge":           {"app/media-bridge", false},
		"page":                   {"app/pages", true},
		"pages":                  {"app/pages", true},
		"scim":                   {"app/scim", true},
		"settings":               {"app/settings", true},
		"telemetry":              {"app/telemetry", true},
		"video-conferencing":     {"app/video-conferencing", false},
		"webhooks":               {"app/webhooks", true},
		"webhooks-journal":       {"app/webhooks-journal", true},
		"workflow-action":        {"app/workflow-actions", false},
		"theme":                  {"theme", false},
		"cms-assets":             {"cms-assets", false},
	}
}

// feature reports whether components of that type belong to an app.
func (k kind) feature() bool { return strings.HasPrefix(k.dir, typeApp+"/") }

// ComponentType gives the name of a type on the wire: "APP_FUNCTION" for
// "app-function".
func ComponentType(name string) string {
	switch name {
	case typeApp:
		return "APPLICATION"
	case "scim":
		return "SCIM_INTEGRATION"
	case "telemetry":
		return "TELEMETRY_CONFIG"
	case "cms-assets":
		return "REACT_THEME"
	case "pages":
		return "PAGE"
	}
	return strings.ReplaceAll(strings.ToUpper(name), "-", "_")
}

// ComponentTypes gives the names that all types have on the wire, without doubles.
func ComponentTypes() []string {
	seen := map[string]bool{}
	var names []string
	for name := range kinds() {
		if t := ComponentType(name); !seen[t] {
			seen[t] = true
			names = append(names, t)
		}
	}
	slices.Sort(names)
	return names
}
