package diag

// Codes of what HubSpot has ended or will end.
const (
	DesignManagerSunset = "FNS1101"
	PlatformSunset      = "FNS1102"
	RuntimeSunset       = "FNS1103"
)

const (
	sourceSunset   = "https://developers.hubspot.com/changelog/sunsetting-design-manager-serverless-functions-and-older-node.js-runtimes-for-custom-code-actions"
	sourceVersions = "https://developers.hubspot.com/docs/developer-tooling/platform/versioning"
)

func lifecycleRules() []Rule {
	return []Rule{
		{
			Code: DesignManagerSunset, Slug: "design-manager-sunset", Severity: Warning,
			Title: "functions of the design manager end", Source: sourceSunset,
			Why:     "HubSpot takes no new ones, takes no changes of those there are, and stops running them; nothing is migrated by itself. The finding names the dates.",
			Fix:     "Move the functions to a developer project.",
			Example: Example{Bad: "my.functions/serverless.json with \"endpoints\"", Good: "src/app/functions/hello-hsmeta.json of type \"app-function\""},
		},
		{
			Code: PlatformSunset, Slug: "platform-sunset", Severity: Warning,
			Title: "the project's platform version has ended or runs no functions", Source: sourceVersions,
			Why:     "Builds and deploys of a version that has ended are refused.",
			Fix:     "Set platformVersion to the current one and follow HubSpot's migration guide.",
			Example: Example{Bad: "\"platformVersion\": \"2025.1\"", Good: "\"platformVersion\": \"2026.03\""},
		},
		{
			Code: RuntimeSunset, Slug: "runtime-sunset", Severity: Warning,
			Title: "the runtime of the functions has ended or is not known", Source: sourceDesignManager,
			Why:     "HubSpot refuses new uploads with a version of Node that it no longer supports.",
			Fix:     "Name a runtime that is supported.",
			Example: Example{Bad: "\"runtime\": \"nodejs14.x\"", Good: "\"runtime\": \"nodejs20.x\""},
		},
	}
}
