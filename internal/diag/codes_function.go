package diag

// Codes of functions, endpoints and their secrets.
const (
	MissingEntry    = "FNS2001"
	EntryNotFound   = "FNS2002"
	UnknownMethod   = "FNS2003"
	ConflictingPath = "FNS2004"
	DuplicateName   = "FNS2005"
	InvalidUID      = "FNS2006"
	InvalidPath     = "FNS2007"
	SecretName      = "FNS2008"
	ReservedSecret  = "FNS2009"
	ReservedEnv     = "FNS2010"
	EnvAndSecret    = "FNS2011"
	IgnoredEnv      = "FNS2012"
	MethodSpelling  = "FNS2013"
)

func functionRules() []Rule {
	return []Rule{
		{
			Code: MissingEntry, Slug: "missing-entry", Severity: Error,
			Title:   "a function names no file",
			Why:     "HubSpot does not know what to run.",
			Fix:     "Add \"file\" (serverless.json) or \"entrypoint\" (-hsmeta.json).",
			Example: Example{Bad: `"hello": { "method": "GET" }`, Good: `"hello": { "method": "GET", "file": "hello.js" }`},
		},
		{
			Code: EntryNotFound, Slug: "entry-not-found", Severity: Error,
			Title:   "a function's file does not exist",
			Why:     "The function can't run, here or on HubSpot. Upper and lower case count there, also where your disk does not care.",
			Fix:     "Correct the path; it is relative to the .functions folder, or to srcDir for an entrypoint.",
			Example: Example{Bad: `"file": "Hello.js" where the disk has hello.js`, Good: `"file": "hello.js"`},
		},
		{
			Code: UnknownMethod, Slug: "unknown-method", Severity: Error,
			Title:   "an endpoint's method is not supported",
			Why:     "HubSpot routes GET, POST, PUT, PATCH and DELETE to functions.",
			Fix:     "Use one of these, or a list of them.",
			Example: Example{Bad: `"method": "GET, POST"`, Good: `"method": ["GET", "POST"]`},
		},
		{
			Code: ConflictingPath, Slug: "conflicting-path", Severity: Error,
			Title:   "two endpoints answer the same path and method",
			Why:     "Paths are shared by the whole account; which of the two answers on HubSpot depends on what was uploaded last.",
			Fix:     "Give one of them another path or method, or start fns in one of the folders.",
			Example: Example{Bad: `the path "events" in two serverless.json files`, Good: `"events/list" and "events/update"`},
		},
		{
			Code: DuplicateName, Slug: "duplicate-name", Severity: Error,
			Title:   "two functions have the same name",
			Why:     "UI extensions call functions by name, so a name must mean one function.",
			Fix:     "Rename one of them.",
			Example: Example{Bad: `"uid": "hello" in two -hsmeta.json files`, Good: `"uid": "hello" and "uid": "hello-again"`},
		},
		{
			Code: InvalidUID, Slug: "invalid-uid", Severity: Error,
			Title:   "a uid is not valid",
			Why:     "The upload is refused: a uid has 1 to 64 letters, digits, underscores, hyphens or full stops.",
			Fix:     "Choose another uid.",
			Example: Example{Bad: `"uid": "say hello"`, Good: `"uid": "say-hello"`},
		},
		{
			Code: InvalidPath, Slug: "invalid-path", Severity: Error,
			Title:   "an endpoint's path is not valid",
			Why:     "No request can reach it.",
			Fix:     "Write the part after /_hcms/api/ or /hs/serverless/, without a query.",
			Example: Example{Bad: `"events?id=1": { "file": "events.js" }`, Good: `"events": { "file": "events.js" }`},
		},
		{
			Code: SecretName, Slug: "secret-name", Severity: Warning,
			Title:   "a secret can't have this name on HubSpot",
			Why:     "HubSpot refuses to store it: names start with a letter, go on with letters, digits and underscores, and have at least two characters.",
			Fix:     "Rename the secret.",
			Example: Example{Bad: `"secrets": ["api-key"]`, Good: `"secrets": ["API_KEY"]`},
		},
		{
			Code: ReservedSecret, Slug: "reserved-secret", Severity: Warning,
			Title:   "PRIVATE_APP_ACCESS_TOKEN must not be declared as a secret",
			Why:     "HubSpot sets it for the functions of an app by itself and refuses it as a secret.",
			Fix:     "Remove it from the list; for local runs put it into the .env file.",
			Example: Example{Bad: `"secretKeys": ["PRIVATE_APP_ACCESS_TOKEN", "API_KEY"]`, Good: `"secretKeys": ["API_KEY"]`},
		},
		{
			Code: ReservedEnv, Slug: "reserved-variable", Severity: Warning,
			Title:   "an environment variable belongs to AWS Lambda",
			Why:     "Lambda sets it itself and lets no one else do so; the value never reaches the function.",
			Fix:     "Choose another name.",
			Example: Example{Bad: `"environment": { "AWS_REGION": "eu-central-1" }`, Good: `"environment": { "SITE_REGION": "eu-central-1" }`},
		},
		{
			Code: EnvAndSecret, Slug: "variable-and-secret", Severity: Warning,
			Title:   "a name is both an environment variable and a secret",
			Why:     "HubSpot's documentation calls that a conflict; fns gives the value of environment, as HubSpot's local server does.",
			Fix:     "Use the name for one of the two.",
			Example: Example{Bad: `"environment": { "KEY": "x" }, "secrets": ["KEY"]`, Good: `"environment": { "KEY_NAME": "x" }, "secrets": ["KEY"]`},
		},
		{
			Code: IgnoredEnv, Slug: "ignored-in-projects", Severity: Warning,
			Title:   "a key of serverless.json has no effect in a project",
			Why:     "Since platform version 2023.2 functions get no environment, and each function lists its own secrets.",
			Fix:     "Make the values constants in the code or secrets of the functions that use them.",
			Example: Example{Bad: `{ "environment": { "A": "1" }, "appFunctions": {} }`, Good: `{ "appFunctions": {} }`},
		},
		{
			Code: MethodSpelling, Slug: "method-spelling", Severity: Warning,
			Title:   "an endpoint's methods are spelled in a way that HubSpot may not accept",
			Why:     "fns understands it, an upload may refuse or ignore it.",
			Fix:     "Write methods in upper case: \"method\" in serverless.json, the list \"methods\" in an -hsmeta.json.",
			Example: Example{Bad: `"endpoint": { "path": "hello", "method": "get" }`, Good: `"endpoint": { "path": "hello", "methods": ["GET"] }`},
		},
	}
}
