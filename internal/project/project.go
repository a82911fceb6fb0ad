// Package project finds HubSpot functions on disk and loads every generation of
// their manifests into one model. Everything after discovery is blind to the
// generation except through this model.
package project

import (
	"path/filepath"

	"github.com/fns-dev/fns/internal/diag"
)

// Generation is one of the three ways HubSpot has packaged functions.
type Generation string

const (
	// DesignManager is a <name>.functions folder whose serverless.json has
	// endpoints, served at /_hcms/api/.
	DesignManager Generation = "design-manager"
	// ProjectServerless is a developer project of platform 2023.1 to 2025.1: a
	// <name>.functions folder whose serverless.json has appFunctions.
	ProjectServerless Generation = "project-serverless"
	// Platform is a developer project of platform 2025.2 and later: one
	// *-hsmeta.json a function in src/app/functions.
	Platform Generation = "platform"
)

// Project is everything fns found below Root.
type Project struct {
	Root            string // absolute
	Name            string // of hsproject.json, or the folder's name
	PlatformVersion string // of hsproject.json, or ""
	Functions       []*Function
	// Manifests are the absolute paths of all files that discovery read; a
	// change to one of them calls for a new discovery.
	Manifests []string
	// Dirs are the absolute folders that hold functions.
	Dirs []string
	// Developer are the developer projects found, an hsproject.json each.
	Developer []Developer
	// Profiles are the names of the project's profiles, whether in force or not.
	Profiles []string
}

// Developer is a developer project.
type Developer struct {
	File         string // absolute path of its hsproject.json
	Name         string // "" where the file has none
	SourceDir    string // absolute
	Version      string // platform version, "" where the file has none
	VersionRange diag.Range
	// Legacy is true for versions before 2025.2, whose functions are declared in
	// serverless.json.
	Legacy bool
}

// Contains reports whether path lies in the project's folder.
func (d Developer) Contains(path string) bool { return within(filepath.Dir(d.File), path) }

// Function is one function of a project.
type Function struct {
	// Name is unique in the project: the uid, the key in appFunctions, or the
	// endpoint's path for the design manager (with the folder's name in front
	// where two folders share a path).
	Name       string
	Generation Generation
	Platform   string // platform version, "" for the design manager
	AccountID  int64  // of the project's profile in force, 0 without one
	Dir        string // absolute: the .functions folder, or the folder of the hsmeta file
	Entry      string // absolute path of the entry file
	EntryRange diag.Range
	Manifest   string // absolute path of the file that declares it
	Runtime    string // "nodejs20.x"; "" where the manifest has none
	// RuntimeRange is where the manifest says so.
	RuntimeRange diag.Range
	// Environment is the global environment overlaid by the endpoint's own.
	Environment map[string]string
	// Secrets are the declared names, global and endpoint's own, without
	// duplicates, in order of declaration.
	Secrets []Secret
	// Endpoint is nil for a function that only a UI extension calls.
	Endpoint *Endpoint
	// Private is true where the function can be called by name from a UI
	// extension: every function but the design manager's.
	Private bool
	// UsesCallback is true where main gets sendResponse: the design manager
	// and platform 2023.1.
	UsesCallback bool
	Range        diag.Range // where it is declared
}

// Secret is a declared secret name.
type Secret struct {
	Name  string
	Range diag.Range
}

// Endpoint is a public route of a function.
type Endpoint struct {
	// Path is what the manifest says, without slashes at either end.
	Path    string
	Methods []string // upper case, without duplicates
	Range   diag.Range
}

// URLPath is the path part of the endpoint's URL, in production as locally.
func (f *Function) URLPath() string {
	if f.Endpoint == nil {
		return ""
	}
	if f.Generation == DesignManager {
		return "/_hcms/api/" + f.Endpoint.Path
	}
	return "/hs/serverless/" + f.Endpoint.Path
}
