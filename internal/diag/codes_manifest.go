package diag

// Codes of what belongs to a function besides its manifest.
const (
	PackageFile    = "FNS1016"
	NoApp          = "FNS1017"
	AppAuth        = "FNS1018"
	Permissions    = "FNS1019"
	Silence        = "FNS1020"
	RuleFile       = "FNS1021"
	EntryOutside   = "FNS2014"
	EntryExtension = "FNS2015"
)

const sourceAppFunctions = "https://developers.hubspot.com/docs/apps/developer-platform/add-features/serverless-functions/reference"

func manifestRules() []Rule {
	return []Rule{
		{
			Code: PackageFile, Slug: "package-json", Severity: Error,
			Title: "the functions have no package.json", Source: sourceAppFunctions,
			Why:     "The build of a project fails without one in app/functions, also where no package is used.",
			Fix:     "Add a package.json with the dependencies, or with none.",
			Example: Example{Bad: "src/app/functions/hello.js\nsrc/app/functions/hello-hsmeta.json", Good: "src/app/functions/hello.js\nsrc/app/functions/hello-hsmeta.json\nsrc/app/functions/package.json"},
		},
		{
			Code: NoApp, Slug: "no-app", Severity: Error,
			Title: "functions need an app in the project", Source: sourceAppFunctions,
			Why:     "A function is a feature of an app; without the app's own metadata the upload is refused.",
			Fix:     "Add app/app-hsmeta.json of type \"app\" (app/app.json up to platform version 2025.1).",
			Example: Example{Bad: "src/app/functions/hello-hsmeta.json", Good: "src/app/app-hsmeta.json\nsrc/app/functions/hello-hsmeta.json"},
		},
		{
			Code: AppAuth, Slug: "app-cannot-have-functions", Severity: Error,
			Title: "an app with OAuth or for the marketplace can't have functions", Source: sourceAppFunctions,
			Why:     "HubSpot runs functions only for apps with static auth and private distribution.",
			Fix:     "Set auth.type to \"static\" and distribution to \"private\", or move the functions to such an app.",
			Example: Example{Bad: "\"auth\": { \"type\": \"oauth\" }", Good: "\"auth\": { \"type\": \"static\" }"},
		},
		{
			Code: Permissions, Slug: "permissions-too-early", Severity: Error,
			Title:   "permissions are not known to this platform version",
			Why:     "They exist from platform version 2026.09-beta on; earlier ones refuse the file.",
			Fix:     "Set platformVersion to 2026.09, or give the scopes to the app.",
			Example: Example{Bad: "\"platformVersion\": \"2026.03\" with \"permissions\" in an -hsmeta.json", Good: "\"platformVersion\": \"2026.09\""},
		},
		{
			Code: Silence, Slug: "silence", Severity: Warning,
			Title:   "a finding is silenced without a reason, or there is none to silence",
			Why:     "Whoever reads it later can't tell whether it may go.",
			Fix:     "Write the reason behind the code, or remove what silences nothing.",
			Example: Example{Bad: "// fns-ignore FNS3210", Good: "// fns-ignore FNS3210 -- a cache, filled once for all visitors"},
		},
		{
			Code: RuleFile, Slug: "rule-file", Severity: Error,
			Title:   "fns.json names a rule or a severity that does not exist",
			Why:     "A misspelt rule would silently stay as it is.",
			Fix:     "Correct it; fns explain lists the rules.",
			Example: Example{Bad: "{ \"rules\": { \"shared-sate\": \"off\" } }", Good: "{ \"rules\": { \"shared-state\": \"off\" } }"},
		},
		{
			Code: EntryOutside, Slug: "entry-outside", Severity: Error,
			Title:   "a function's file lies outside of what is uploaded",
			Why:     "Only the .functions folder, or srcDir of a project, reaches HubSpot.",
			Fix:     "Move the file into it; what it imports may lie elsewhere if it is bundled.",
			Example: Example{Bad: "\"file\": \"../shared/hello.js\"", Good: "\"file\": \"hello.js\""},
		},
		{
			Code: EntryExtension, Slug: "entry-extension", Severity: Note,
			Title:   "a function's file is not a .js file",
			Why:     "HubSpot runs JavaScript. fns compiles the file, for a run as for an upload, and has the manifest that is sent name the .js file. HubSpot's own CLI sends the file as it is, and it can't run.",
			Fix:     "Upload with fns, or send what fns build writes; then the rule can be switched off in fns.json.",
			Example: Example{Bad: "\"file\": \"hello.ts\"", Good: "\"file\": \"hello.js\""},
		},
	}
}
