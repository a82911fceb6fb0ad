package diag

// Codes of a function's code and of the packages it needs.
const (
	BuildError          = "FNS3001"
	UnresolvedImport    = "FNS3002"
	TopLevelAwait       = "FNS3003"
	PackageMissing      = "FNS3004"
	PackageNotInstalled = "FNS3005"
	PreloadNotInstalled = "FNS3006"
	PackagePath         = "FNS3007"
	UnknownFileType     = "FNS3008"
	NoSuchExport        = "FNS3009"
	BuildWarning        = "FNS3010"
)

func bundleRules() []Rule {
	return []Rule{
		{
			Code: BuildError, Slug: "build-error", Severity: Error,
			Title:   "the code can't be read",
			Why:     "The function can't be loaded, here or on HubSpot.",
			Fix:     "Correct the code at the place shown.",
			Example: Example{Bad: "exports.main = async (context => {};", Good: "exports.main = async (context) => {};"},
		},
		{
			Code: UnresolvedImport, Slug: "unresolved-import", Severity: Error,
			Title:   "an imported file does not exist",
			Why:     "The function fails when it is loaded. Upper and lower case count on HubSpot, also where your disk does not care.",
			Fix:     "Correct the path, or create the file.",
			Example: Example{Bad: "require('./lib/price')", Good: "require('./lib/prices')"},
		},
		{
			Code: TopLevelAwait, Slug: "top-level-await", Severity: Error,
			Title:   "a file with await outside a function is required",
			Why:     "require answers at once and can't wait. An ES module that others import may await anything.",
			Fix:     "Import the file instead, or keep the promise in a variable and await that in main.",
			Example: Example{Bad: "const { data } = require('./data.mjs');", Good: "import { data } from './data.mjs';"},
		},
		{
			Code: PackageMissing, Slug: "package-missing", Severity: Warning,
			Title:   "a package is neither listed nor installed",
			Why:     "require throws MODULE_NOT_FOUND as soon as the function reaches it; on HubSpot only the packages of package.json exist.",
			Fix:     "Run the install command shown.",
			Example: Example{Bad: "require('left-pad') without a package.json", Good: "npm install left-pad"},
		},
		{
			Code: PackageNotInstalled, Slug: "package-not-installed", Severity: Warning,
			Title:   "a package of package.json is not installed",
			Why:     "require throws MODULE_NOT_FOUND as soon as the function reaches it.",
			Fix:     "Run the install command shown.",
			Example: Example{Bad: `"dependencies": { "dayjs": "^1.11.0" } without node_modules`, Good: "npm ci"},
		},
		{
			Code: PreloadNotInstalled, Slug: "preload-not-installed", Severity: Warning,
			Title:   "a package that the design manager preloads is not in the cache",
			Why:     "On HubSpot it is there without a package.json; locally it is installed once for all folders.",
			Fix:     "Run fns packages install.",
			Example: Example{Bad: "require('axios') before the first fns packages install", Good: "fns packages install"},
		},
		{
			Code: PackagePath, Slug: "package-path", Severity: Warning,
			Title:   "a package has no such file, or does not export it",
			Why:     "require throws as soon as the function reaches it.",
			Fix:     "Look up the path in the package's documentation, or install the version that has it.",
			Example: Example{Bad: "require('dayjs/plugins/utc')", Good: "require('dayjs/plugin/utc')"},
		},
		{
			Code: UnknownFileType, Slug: "unknown-file-type", Severity: Error,
			Title:   "an imported file is of a type that can't be loaded",
			Why:     "Functions are made of JavaScript, TypeScript, JSON and text; native addons (.node) can't be loaded by the embedded engine.",
			Fix:     "Read the file with fs at run time, use a package without native code, or run the function with --engine node.",
			Example: Example{Bad: "import logo from './logo.png';", Good: "import data from './data.json';"},
		},
		{
			Code: NoSuchExport, Slug: "no-such-export", Severity: Error,
			Title:   "an imported name is not exported",
			Why:     "The function can't be loaded.",
			Fix:     "Correct the name, or export it from the other file.",
			Example: Example{Bad: "import { pirce } from './lib/price.js';", Good: "import { price } from './lib/price.js';"},
		},
		{
			Code: BuildWarning, Slug: "build-warning", Severity: Warning,
			Title:   "the code is legal but probably not meant so",
			Why:     "The function runs; what it does at this place may surprise.",
			Fix:     "Correct the code at the place shown.",
			Example: Example{Bad: "if (x === NaN) {}", Good: "if (Number.isNaN(x)) {}"},
		},
	}
}
