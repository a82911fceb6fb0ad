package diag

// Codes of what a function's code does.
const (
	NoMain            = "FNS3201"
	NeverAnswers      = "FNS3202"
	ReturnedAnswer    = "FNS3203"
	SendInReturn      = "FNS3204"
	MissingModule     = "FNS3205"
	LimitedModule     = "FNS3206"
	UnlistedPackage   = "FNS3207"
	NativePackage     = "FNS3208"
	SplitFunction     = "FNS3209"
	SharedState       = "FNS3210"
	EarlySecret       = "FNS3211"
	UndeclaredName    = "FNS3212"
	UnusedName        = "FNS3213"
	Credential        = "FNS3214"
	SecretExposed     = "FNS3215"
	LargeLog          = "FNS3216"
	ParamIsList       = "FNS3217"
	ExitCall          = "FNS3218"
	DesignManagerCall = "FNS3219"
	LargeFunction     = "FNS3220"
	EngineSyntax      = "FNS3221"
	ContextSecrets    = "FNS3222"
	SlowPackage       = "FNS3223"
)

const (
	sourceDesignManager = "https://developers.hubspot.com/docs/cms/reference/serverless-functions/serverless-functions"
	sourceProjects      = "https://developers.hubspot.com/docs/cms/reference/serverless-functions/serverless-functions-in-projects"
	sourceOverview      = "https://developers.hubspot.com/docs/cms/start-building/features/serverless-functions/overview"
	sourceLambda        = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html"
)

func codeRules() []Rule {
	return []Rule{
		{
			Code: NoMain, Slug: "no-main", Severity: Error,
			Title: "the function exports no main", Source: sourceOverview,
			Why:     "HubSpot calls the export main; without it every call fails.",
			Fix:     "Export the handler as main.",
			Example: Example{Bad: "exports.handler = async (context) => {};", Good: "exports.main = async (context) => {};"},
		},
		{
			Code: NeverAnswers, Slug: "never-answers", Severity: Warning,
			Title: "main ends without calling sendResponse", Source: sourceDesignManager,
			Why:     "A design-manager function answers through its second parameter only. On a path without that call the client waits until the time limit and gets an error.",
			Fix:     "Call sendResponse on every path, also where something failed.",
			Example: Example{Bad: "exports.main = (context, sendResponse) => {\n  if (context.params.id) sendResponse({ statusCode: 200 });\n};", Good: "exports.main = (context, sendResponse) => {\n  sendResponse({ statusCode: context.params.id ? 200 : 400 });\n};"},
		},
		{
			Code: ReturnedAnswer, Slug: "returned-answer", Severity: Warning,
			Title: "main returns its answer where sendResponse is expected", Source: sourceDesignManager,
			Why:     "The design manager and platform 2023.1 ignore what main returns, so the client gets no answer. fns takes it, HubSpot does not.",
			Fix:     "Give the answer to sendResponse.",
			Example: Example{Bad: "exports.main = async () => ({ statusCode: 200 });", Good: "exports.main = (context, sendResponse) => sendResponse({ statusCode: 200 });"},
		},
		{
			Code: SendInReturn, Slug: "send-response-in-project", Severity: Error,
			Title: "main calls sendResponse, which functions of projects do not get", Source: sourceProjects,
			Why:     "Since platform version 2023.2 main has one parameter and its returned value is the answer; the call throws a TypeError.",
			Fix:     "Return the answer.",
			Example: Example{Bad: "exports.main = (context, sendResponse) => sendResponse({ statusCode: 200 });", Good: "exports.main = async (context) => ({ statusCode: 200 });"},
		},
		{
			Code: MissingModule, Slug: "missing-module", Severity: Error,
			Title:   "a module of Node is not there in production",
			Why:     "The runtime of HubSpot's functions does not have it, so require throws.",
			Fix:     "Use another module, or a package.",
			Example: Example{Bad: "const { DatabaseSync } = require('node:sqlite');", Good: "const { readFile } = require('node:fs/promises');"},
		},
		{
			Code: LimitedModule, Slug: "limited-module", Severity: Warning,
			Title:   "a module of Node can't do its work in a function",
			Why:     "A function runs alone in its sandbox: it can't start programs or threads, nor be connected to.",
			Fix:     "Do the work in the function itself, or call a service.",
			Example: Example{Bad: "const { exec } = require('child_process');", Good: "const { createHash } = require('crypto');"},
		},
		{
			Code: UnlistedPackage, Slug: "unlisted-package", Severity: Warning,
			Title: "a package is installed but not in the dependencies of package.json", Source: sourceProjects,
			Why:     "HubSpot installs what package.json lists under dependencies, and nothing else; there the require throws.",
			Fix:     "Add it to dependencies.",
			Example: Example{Bad: "{ \"devDependencies\": { \"axios\": \"^1.7.0\" } }", Good: "{ \"dependencies\": { \"axios\": \"^1.7.0\" } }"},
		},
		{
			Code: NativePackage, Slug: "native-package", Severity: Warning,
			Title:   "a package has compiled parts",
			Why:     "Compiled parts are made for one system and one version of Node: what was installed on your machine may not load on HubSpot, and the embedded engine can't load any.",
			Fix:     "Use a package without native code.",
			Example: Example{Bad: "const sharp = require('sharp');", Good: "const { PNG } = require('pngjs');"},
		},
		{
			Code: SplitFunction, Slug: "split-function", Severity: Note,
			Title: "the function is made of several files", Source: sourceOverview,
			Why:     "On HubSpot a function is one file and can't import its neighbours. fns bundles them, for a run as for an upload. HubSpot's own CLI sends the files as they are.",
			Fix:     "Upload with fns, or send what fns build writes; then the rule can be switched off in fns.json.",
			Example: Example{Bad: "const { greet } = require('./lib/greeting');", Good: "const greet = (name) => `Hello ${name}`;"},
		},
		{
			Code: SharedState, Slug: "shared-state", Severity: Warning,
			Title: "a variable of the module is changed by calls", Source: sourceProjects,
			Why:     "Instances are reused: what one call leaves in a module's variable, the next caller finds, perhaps another person. Several instances do not share it.",
			Fix:     "Keep the value in a variable inside main.",
			Example: Example{Bad: "let total = 0;\nexports.main = async () => ({ body: ++total });", Good: "exports.main = async () => {\n  let total = 0;\n  return { body: ++total };\n};"},
		},
		{
			Code: EarlySecret, Slug: "early-secret", Severity: Warning,
			Title: "a secret is read while the module loads", Source: sourceProjects,
			Why:     "Warm instances keep what the module read when it was loaded, so a changed secret is not noticed until they end.",
			Fix:     "Read process.env inside main.",
			Example: Example{Bad: "const key = process.env.API_KEY;\nexports.main = async () => call(key);", Good: "exports.main = async () => call(process.env.API_KEY);"},
		},
		{
			Code: UndeclaredName, Slug: "undeclared-secret", Severity: Warning,
			Title: "the code reads a variable that the manifest does not declare", Source: sourceAppFunctions,
			Why:     "HubSpot gives a function only the secrets and variables of its manifest; this one is undefined there.",
			Fix:     "Declare it in the manifest, or remove it.",
			Example: Example{Bad: "process.env.API_KEY // \"secretKeys\": []", Good: "process.env.API_KEY // \"secretKeys\": [\"API_KEY\"]"},
		},
		{
			Code: UnusedName, Slug: "unused-secret", Severity: Note,
			Title:   "the manifest declares a name that the code does not mention",
			Why:     "An unused secret is one more value that can leak, and a deploy fails if the account does not have it.",
			Fix:     "Remove it from the manifest, or correct its spelling in the code.",
			Example: Example{Bad: "\"secretKeys\": [\"API_KEY\", \"OLD_KEY\"]", Good: "\"secretKeys\": [\"API_KEY\"]"},
		},
		{
			Code: Credential, Slug: "credential", Severity: Error,
			Title: "a file holds what looks like a credential", Source: sourceOverview,
			Why:     "Whoever can read the repository or the account's files can use it; files of a project are kept in every build.",
			Fix:     "Revoke it, store a new one as a secret, and read it from process.env.",
			Example: Example{Bad: "const token = 'pat-na1-…';", Good: "const token = process.env.HS_TOKEN;"},
		},
		{
			Code: SecretExposed, Slug: "secret-exposed", Severity: Error,
			Title: "a secret is logged or sent to the client", Source: sourceOverview,
			Why:     "Answers reach the browser, and logs are read by everybody with access to the account.",
			Fix:     "Use the secret only in calls to the service it is for.",
			Example: Example{Bad: "console.log(process.env.API_KEY);", Good: "console.log(Boolean(process.env.API_KEY));"},
		},
		{
			Code: LargeLog, Slug: "large-log", Severity: Warning,
			Title: "a whole object of unknown size is logged", Source: sourceOverview,
			Why:     "The log of one call has a limit for design-manager functions, what is over it is lost; headers and contacts also hold personal data.",
			Fix:     "Log the fields that you need.",
			Example: Example{Bad: "console.log(context);", Good: "console.log(context.method, context.params.id);"},
		},
		{
			Code: ParamIsList, Slug: "param-is-list", Severity: Warning,
			Title: "a parameter is used as a string, but every parameter is a list", Source: sourceDesignManager,
			Why:     "context.params gives a list for each name, also for one that stands once in the URL. String methods are undefined on it and comparisons never hold.",
			Fix:     "Take the first element.",
			Example: Example{Bad: "if (context.params.id === '7') …", Good: "if (context.params.id?.[0] === '7') …"},
		},
		{
			Code: ExitCall, Slug: "process-exit", Severity: Warning,
			Title:   "the function ends its process",
			Why:     "process.exit ends the instance in the middle of the call: the client gets an error, and the next call is a cold start.",
			Fix:     "Return, or throw an Error.",
			Example: Example{Bad: "if (!ok) process.exit(1);", Good: "if (!ok) throw new Error('not ok');"},
		},
		{
			Code: DesignManagerCall, Slug: "design-manager-call", Severity: Warning,
			Title: "the code calls an endpoint of the design manager", Source: sourceSunset,
			Why:     "Endpoints below /_hcms/api/ end with the design manager's functions; those of projects are below /hs/serverless/.",
			Fix:     "Move the called function to a project and change the path.",
			Example: Example{Bad: "fetch('/_hcms/api/contact')", Good: "fetch('/hs/serverless/contact')"},
		},
		{
			Code: LargeFunction, Slug: "large-function", Severity: Warning,
			Title:   "the function's own code is large",
			Why:     "A cold start reads and compiles all of it within the time limit, and the memory limit holds for it too.",
			Fix:     "Load data from where it belongs, and put packages into package.json instead of copying them.",
			Example: Example{Bad: "const table = [ /* 2 MB of rows */ ];", Good: "const table = await fetchTable();"},
		},
		{
			Code: EngineSyntax, Slug: "engine-syntax", Severity: Warning,
			Title:   "the embedded engine can't read the code",
			Why:     "HubSpot's Node may take it, but fns dev can't run it as it is.",
			Fix:     "Run it with --engine node, or write it in another way.",
			Example: Example{Bad: "using file = open();", Good: "const file = open();\ntry {\n  work(file);\n} finally {\n  file.close();\n}"},
		},
		{
			Code: ContextSecrets, Slug: "context-secrets", Severity: Error,
			Title: "context.secrets is read where HubSpot puts nothing into it", Source: sourceProjects,
			Why:     "Functions of projects find their secrets in process.env only.",
			Fix:     "Read process.env.",
			Example: Example{Bad: "const key = context.secrets.API_KEY;", Good: "const key = process.env.API_KEY;"},
		},
		{
			Code: SlowPackage, Slug: "slow-package", Severity: Note,
			Title:   "a package computes for long in the embedded engine",
			Why:     "HubSpot's Node compiles JavaScript, the embedded engine interprets it: hashes made in JavaScript to be slow take it a hundred times as long, and run into the time limit here only.",
			Fix:     "Run the function with --engine node, or take fewer rounds while you try it out; with the crypto module, scrypt and pbkdf2 are as fast here as there.",
			Example: Example{Bad: "const hash = await require('bcryptjs').hash(password, 12);", Good: "const key = crypto.scryptSync(password, salt, 32);"},
		},
	}
}
