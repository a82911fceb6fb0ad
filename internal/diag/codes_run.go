package diag

// Codes of runs.
const (
	NodeMajor = "FNS4001"
)

func runRules() []Rule {
	return []Rule{
		{
			Code: NodeMajor, Slug: "node-major", Severity: Warning,
			Title:   "the local Node.js is of another major version than the function's runtime",
			Why:     "Messages, defaults and parts of Node's own modules differ between major versions, so an answer here may not be the one on HubSpot.",
			Fix:     "Name a Node.js of that version with --node PATH, or leave out --engine node.",
			Example: Example{Bad: `"runtime": "nodejs20.x" with Node.js 24 on PATH`, Good: "fns dev --engine node --node ~/.nvm/versions/node/v20.20.2/bin/node"},
		},
	}
}
