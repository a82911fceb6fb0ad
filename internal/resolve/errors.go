package resolve

import "strings"

// Code is the code property of Node's error.
type Code string

// The codes that Resolve gives.
const (
	ModuleNotFound          Code = "MODULE_NOT_FOUND"
	PackagePathNotExported  Code = "ERR_PACKAGE_PATH_NOT_EXPORTED"
	PackageImportNotDefined Code = "ERR_PACKAGE_IMPORT_NOT_DEFINED"
	InvalidPackageTarget    Code = "ERR_INVALID_PACKAGE_TARGET"
	InvalidPackageConfig    Code = "ERR_INVALID_PACKAGE_CONFIG"
	InvalidModuleSpecifier  Code = "ERR_INVALID_MODULE_SPECIFIER"
	InvalidArgValue         Code = "ERR_INVALID_ARG_VALUE"
)

// Error says why a specifier has no file, in Node's words.
type Error struct {
	Code      Code   // "" for a package.json that is not JSON
	Message   string // without the require stack
	Specifier string
	From      string // the importing file
}

// Error gives Message.
func (e *Error) Error() string { return e.Message }

// WithStack gives the message as Node shows it: a module that was not found is
// followed by the files that required each other, innermost first.
func (e *Error) WithStack(files []string) string {
	if e.Code != ModuleNotFound || len(files) == 0 {
		return e.Message
	}
	return e.Message + "\nRequire stack:\n- " + strings.Join(files, "\n- ")
}

func (s *search) notFound() error {
	return &Error{Code: ModuleNotFound, Specifier: s.specifier, From: s.from,
		Message: "Cannot find module '" + s.specifier + "'"}
}
