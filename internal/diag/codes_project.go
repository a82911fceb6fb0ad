package diag

// Codes of project and manifest files.
const (
	NoFunctions     = "FNS1001"
	FileUnreadable  = "FNS1002"
	InvalidJSON     = "FNS1003"
	JSONExtension   = "FNS1004"
	DuplicateKey    = "FNS1005"
	NotUTF8         = "FNS1006"
	WrongType       = "FNS1007"
	MissingKey      = "FNS1008"
	UnknownKey      = "FNS1009"
	PlatformVersion = "FNS1010"
	SourceFolder    = "FNS1011"
	Misplaced       = "FNS1012"
	SearchCutShort  = "FNS1013"
	UnknownProfile  = "FNS1014"
	ProfileVariable = "FNS1015"
)

func projectRules() []Rule {
	return []Rule{
		{
			Code: NoFunctions, Slug: "no-functions", Severity: Error,
			Title:   "no functions found",
			Why:     "There is nothing to run: neither a <name>.functions folder with a serverless.json nor an app-function's -hsmeta.json was found.",
			Fix:     "Start in the folder that holds your functions, or name it: fns dev path/to/folder.",
			Example: Example{Bad: "fns validate docs", Good: "fns validate web/my.functions"},
		},
		{
			Code: FileUnreadable, Slug: "file-unreadable", Severity: Error,
			Title:   "a file can't be read",
			Why:     "What the file declares is unknown, so its functions can't be served.",
			Fix:     "Check that the file exists, is an ordinary file of reasonable size, and that you may read it.",
			Example: Example{Bad: "chmod 000 serverless.json", Good: "chmod 644 serverless.json"},
		},
		{
			Code: InvalidJSON, Slug: "invalid-json", Severity: Error,
			Title:   "a file is not valid JSON",
			Why:     "HubSpot refuses the upload, and nothing in the file takes effect.",
			Fix:     "Correct the file at the place shown; the cause is often just before it.",
			Example: Example{Bad: `{ "runtime": "nodejs20.x" "endpoints": {} }`, Good: `{ "runtime": "nodejs20.x", "endpoints": {} }`},
		},
		{
			Code: JSONExtension, Slug: "json-comment-or-comma", Severity: Error,
			Title:   "JSON has no comments and no trailing commas",
			Why:     "Editors accept them, HubSpot does not: the upload is refused.",
			Fix:     "Remove the comment or the comma.",
			Example: Example{Bad: "{\n  // the kitchen\n  \"secrets\": [\"KEY\",]\n}", Good: "{\n  \"secrets\": [\"KEY\"]\n}"},
		},
		{
			Code: DuplicateKey, Slug: "duplicate-key", Severity: Warning,
			Title:   "an object has the same key twice",
			Why:     "Only the last one counts; the first is silently lost.",
			Fix:     "Remove or rename one of the two.",
			Example: Example{Bad: `{ "hello": { "file": "a.js" }, "hello": { "file": "b.js" } }`, Good: `{ "hello": { "file": "a.js" }, "bye": { "file": "b.js" } }`},
		},
		{
			Code: NotUTF8, Slug: "not-utf-8", Severity: Error,
			Title:   "a file is not UTF-8",
			Why:     "HubSpot and Node read these files as UTF-8; other bytes turn into replacement characters.",
			Fix:     "Save the file as UTF-8. PowerShell's > writes UTF-16; use Set-Content -Encoding utf8.",
			Example: Example{Bad: "a serverless.json that an editor saved as UTF-16", Good: "the same file saved as UTF-8"},
		},
		{
			Code: WrongType, Slug: "wrong-type", Severity: Error,
			Title:   "a value has the wrong type",
			Why:     "HubSpot refuses the file, or ignores the value.",
			Fix:     "Write the value as the message says.",
			Example: Example{Bad: `"secrets": "API_KEY"`, Good: `"secrets": ["API_KEY"]`},
		},
		{
			Code: MissingKey, Slug: "missing-key", Severity: Error,
			Title:   "a required key is missing",
			Why:     "Without it the declaration means nothing to HubSpot, and the upload is refused.",
			Fix:     "Add the key.",
			Example: Example{Bad: `{ "type": "app-function", "config": {} }`, Good: `{ "uid": "hello", "type": "app-function", "config": {} }`},
		},
		{
			Code: UnknownKey, Slug: "unknown-key", Severity: Warning,
			Title:   "a key is not known",
			Why:     "It has no effect; for an app function's metadata the upload is refused.",
			Fix:     "Correct the spelling, or remove the key.",
			Example: Example{Bad: `"enviroment": { "REGION": "eu1" }`, Good: `"environment": { "REGION": "eu1" }`},
		},
		{
			Code: PlatformVersion, Slug: "platform-version", Severity: Warning,
			Title:   "the platform version and the functions do not go together",
			Why:     "Each platform version reads its own kind of manifest; 2025.2 runs no functions at all.",
			Fix:     "Set platformVersion in hsproject.json to the version the functions are written for.",
			Example: Example{Bad: `"platformVersion": "2025.2"`, Good: `"platformVersion": "2026.03"`},
		},
		{
			Code: SourceFolder, Slug: "source-folder", Severity: Error,
			Title:   "srcDir is not a folder inside the project",
			Why:     "Only what lies in srcDir is uploaded, and entry points are resolved from it.",
			Fix:     "Set srcDir in hsproject.json to a folder below the file, for instance \"src\".",
			Example: Example{Bad: `"srcDir": "../shared"`, Good: `"srcDir": "src"`},
		},
		{
			Code: Misplaced, Slug: "misplaced", Severity: Warning,
			Title:   "HubSpot does not look for functions in this place",
			Why:     "fns serves the function, but an upload leaves it out or is refused.",
			Fix:     "Move or rename the file or folder as the message says.",
			Example: Example{Bad: "src/functions/hello-hsmeta.json", Good: "src/app/functions/hello-hsmeta.json"},
		},
		{
			Code: SearchCutShort, Slug: "search-cut-short", Severity: Warning,
			Title:   "the search for functions stopped early",
			Why:     "The tree has more files and folders than fns looks through, so functions may be missing.",
			Fix:     "Start nearer to the functions, or name their folder: fns dev path/to/folder.",
			Example: Example{Bad: "fns dev /", Good: "fns dev ~/work/site"},
		},
		{
			Code: UnknownProfile, Slug: "unknown-profile", Severity: Error,
			Title:   "the profile does not exist",
			Why:     "A profile is a file hsprofile.<name>.json in the project's source folder; without it nothing says which account and which values are meant.",
			Fix:     "Name one that exists, or create the file.",
			Example: Example{Bad: "fns dev --profile stagin", Good: "fns dev --profile staging"},
		},
		{
			Code: ProfileVariable, Slug: "profile-variable", Severity: Error,
			Title:   "a ${VARIABLE} in a manifest has no value",
			Why:     "The upload with this profile is refused, and without a profile the text stays as it is.",
			Fix:     "Give it a string, a number, true or false under \"variables\" in the profile, or choose the profile with --profile.",
			Example: Example{Bad: `"uid": "hello-${STAGE}" with { "variables": {} }`, Good: `"uid": "hello-${STAGE}" with { "variables": { "STAGE": "qa" } }`},
		},
	}
}
