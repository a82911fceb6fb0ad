package diag

// Codes of what an account says.
const (
	SecretMissing   = "FNS5001"
	SecretsFull     = "FNS5002"
	RouteTaken      = "FNS5003"
	EndpointsFull   = "FNS5004"
	ComponentSchema = "FNS5005"
)

func remoteRules() []Rule {
	return []Rule{
		{
			Code: SecretMissing, Slug: "secret-missing", Severity: Error,
			Title: "the account does not have a secret that the manifest declares", Source: sourceAppFunctions,
			Why:     "The deploy of a project fails as a whole; functions of the design manager find nothing under that name.",
			Fix:     "Add it with fns secrets add, or remove it from the manifest.",
			Example: Example{Bad: `"secretKeys": ["API_KEY"] in an account without it`, Good: "fns secrets add API_KEY"},
		},
		{
			Code: SecretsFull, Slug: "secrets-full", Severity: Error,
			Title: "the account has no room for the secrets that are missing", Source: sourceOverview,
			Why:     "Beyond the limit HubSpot's CLI reports success but the secret is not stored.",
			Fix:     "Delete secrets that nobody uses: fns secrets list, fns secrets delete.",
			Example: Example{Bad: "two secrets to add in an account with 49", Good: "fns secrets delete OLD_KEY"},
		},
		{
			Code: RouteTaken, Slug: "route-taken", Severity: Warning,
			Title: "another project or folder of the account answers the same path", Source: sourceProjects,
			Why:     "Paths are shared by the whole account: the one that is deployed last is served, the other is cut off.",
			Fix:     "Choose another path, or remove the other endpoint first.",
			Example: Example{Bad: `"path": "contact" in two projects`, Good: `"path": "shop/contact"`},
		},
		{
			Code: EndpointsFull, Slug: "endpoints-full", Severity: Error,
			Title: "the account has no room for the endpoints that are new", Source: sourceOverview,
			Why:     "HubSpot refuses what goes beyond the account's limit.",
			Fix:     "Serve several methods or actions from one endpoint, or delete others.",
			Example: Example{Bad: "two new endpoints in an account with 99", Good: "one endpoint for both actions"},
		},
		{
			Code: ComponentSchema, Slug: "component-schema", Severity: Error,
			Title:   "a component's config does not fit HubSpot's own schema",
			Why:     "HubSpot checks every component of a project against the schema of the platform version; the upload is refused.",
			Fix:     "Write the value as the message says.",
			Example: Example{Bad: `"config": { "entrypoint": 1 }`, Good: `"config": { "entrypoint": "/app/functions/hello.js" }`},
		},
	}
}
