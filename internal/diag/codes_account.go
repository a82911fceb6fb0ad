package diag

// Codes of what one account can hold.
const (
	TooManyEndpoints = "FNS6001"
	TooManySecrets   = "FNS6002"
)

func accountRules() []Rule {
	return []Rule{
		{
			Code: TooManyEndpoints, Slug: "too-many-endpoints", Severity: Warning,
			Title: "more endpoints than an account can have",
			Why:   "HubSpot refuses what goes beyond the account's limit.",
			Fix:   "Serve several methods or actions from one endpoint.",
		},
		{
			Code: TooManySecrets, Slug: "too-many-secrets", Severity: Warning,
			Title: "more secrets than an account can have",
			Why:   "Beyond the limit HubSpot's CLI reports success but the secret is not stored.",
			Fix:   "Put related values into one secret, as JSON.",
		},
	}
}
