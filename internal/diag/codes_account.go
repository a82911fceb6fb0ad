package diag

// Codes of what one account can hold.
const (
	TooManyEndpoints = "FNS6001"
	TooManySecrets   = "FNS6002"
	EnvironmentSize  = "FNS6003"
)

func accountRules() []Rule {
	return []Rule{
		{
			Code: TooManyEndpoints, Slug: "too-many-endpoints", Severity: Warning,
			Title:   "more endpoints than an account can have",
			Why:     "HubSpot refuses what goes beyond the account's limit.",
			Fix:     "Serve several methods or actions from one endpoint.",
			Example: Example{Bad: "101 endpoints, one for each action", Good: "one endpoint with the action in the path of the request"},
		},
		{
			Code: TooManySecrets, Slug: "too-many-secrets", Severity: Warning,
			Title:   "more secrets than an account can have",
			Why:     "Beyond the limit HubSpot's CLI reports success but the secret is not stored.",
			Fix:     "Put related values into one secret, as JSON.",
			Example: Example{Bad: `"secrets": ["SMTP_HOST", "SMTP_USER", "SMTP_PASSWORD"]`, Good: `"secrets": ["SMTP"] with {"host": "…", "user": "…", "password": "…"}`},
		},
		{
			Code: EnvironmentSize, Slug: "environment-too-large", Severity: Error,
			Title: "the environment of a function is too large", Source: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
			Why:     "Lambda takes a limited number of bytes for all names and values together, secrets included.",
			Fix:     "Move constants into the code, and large values into a file.",
			Example: Example{Bad: `"environment": { "TEMPLATE": "<html>…" }`, Good: "const template = require('./template.json');"},
		},
	}
}
