package diag

// Codes of what is packed for an upload.
const (
	OutputTaken    = "FNS3101"
	LeftOut        = "FNS3102"
	UploadName     = "FNS3103"
	UploadSize     = "FNS3104"
	EmptyUpload    = "FNS3105"
	ComputedImport = "FNS3106"
	LocalPackage   = "FNS3107"
)

func packRules() []Rule {
	return []Rule{
		{
			Code: OutputTaken, Slug: "output-taken", Severity: Error,
			Title:   "two files would become the same file of an upload",
			Why:     "A function in TypeScript is compiled and sent as a .js file. If that file is there already, one of the two would be lost.",
			Fix:     "Remove or rename the .js file, or name it in the manifest.",
			Example: Example{Bad: "functions/hello.ts, named in the manifest, beside functions/hello.js", Good: "functions/hello.ts alone"},
		},
		{
			Code: LeftOut, Slug: "left-out", Severity: Warning,
			Title:   "a file is not uploaded because it is a link or no ordinary file",
			Why:     "HubSpot's CLI does not follow links, and so what they lead to is missing after the upload. What functions import through links is bundled all the same.",
			Fix:     "Put the file itself there, or keep the link out with .hsignore.",
			Example: Example{Bad: "src/app/shared -> ../../shared", Good: "src/app/shared/"},
		},
		{
			Code: UploadName, Slug: "upload-name", Severity: Error,
			Title:   "a file can't be uploaded under its name",
			Why:     "The name means another file, or none, on other systems, or can't stand in a zip.",
			Fix:     "Rename the file, or keep it out with .hsignore.",
			Example: Example{Bad: "src/app/what:ever.js", Good: "src/app/whatever.js"},
		},
		{
			Code: UploadSize, Slug: "upload-size", Severity: Error,
			Title:   "an upload is too large",
			Why:     "Uploads are made in memory; what is this large was hardly meant to be sent.",
			Fix:     "Keep large files out with .hsignore.",
			Example: Example{Bad: "src/app/functions/dump.sql with 800 MB", Good: "dump.sql in .hsignore"},
		},
		{
			Code: EmptyUpload, Slug: "empty-upload", Severity: Error,
			Title:   "there is nothing to upload",
			Why:     "Every file of the folder is ignored, or there is none. HubSpot's CLI uploads an empty project without a word in some of these cases.",
			Fix:     "Look at srcDir in hsproject.json and at .hsignore.",
			Example: Example{Bad: "an .hsignore with *", Good: "an .hsignore with *.md"},
		},
		{
			Code: ComputedImport, Slug: "computed-import", Severity: Note,
			Title:   "a file is imported by a name that is computed",
			Why:     "The bundler can't know which file is meant, so no file of the function is left out of the upload; whether it finds the file there is decided when it runs.",
			Fix:     "Import files by fixed names, for instance in an object of functions that each require one.",
			Example: Example{Bad: "require(path.join(dir, name))", Good: "const handlers = { a: () => require('./a'), b: () => require('./b') };"},
		},
		{
			Code: LocalPackage, Slug: "local-package", Severity: Error,
			Title:   "a package of package.json that lies on disk can't be packed",
			Why:     "HubSpot installs what package.json names. A package that is named by its path is uploaded along, and this one is not there.",
			Fix:     "Correct the path; it counts from the folder of package.json.",
			Example: Example{Bad: "\"shared\": \"file:../../shard\"", Good: "\"shared\": \"file:../../shared\""},
		},
	}
}
