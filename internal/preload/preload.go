// Package preload provides the packages that the HubSpot design manager gives a
// function without a package.json: @hubspot/api-client, axios, request and
// requests, in the versions that HubSpot's ranges resolve to. They are
// installed once into the user's cache and shared by all folders; a new version
// of the list makes a new folder beside the old one.
package preload

import (
	"crypto/sha256"
	_ "embed" // the lists below
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
)

// The package list and its lockfile. The lockfile has integrity hashes but no
// addresses, so npm asks the registry that the user has configured.
//
//go:embed package.json
var packageJSON []byte

//go:embed package-lock.json
var packageLock []byte

// Command is what a user runs to install the packages.
const Command = "fns packages install"

// Versions gives the pinned version of every preloaded package by name.
func Versions() map[string]string {
	var p struct{ Dependencies map[string]string }
	if err := json.Unmarshal(packageJSON, &p); err != nil {
		panic("preload: embedded package.json: " + err.Error()) // can't happen: a test reads it
	}
	return p.Dependencies
}

// Provides tells whether the design manager preloads the package of that name.
func Provides(name string) bool {
	_, ok := Versions()[name]
	return ok
}

// Applies tells whether a design manager function in the folder dir, absolute,
// gets the preloaded packages: it does unless it brings a package.json.
func Applies(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "package.json"))
	return err != nil
}

// Dir is where the packages are kept below cacheDir, the absolute folder for
// caches of the user (not of fns), once they are installed.
func Dir(cacheDir string) string {
	sum := sha256.Sum256(packageLock)
	return filepath.Join(cacheDir, "fns", "preload", hex.EncodeToString(sum[:8]))
}

// Installed gives the node_modules folder for engine.Function.PackageDirs, and
// whether it is there.
func Installed(cacheDir string) (dir string, ok bool) {
	dir = filepath.Join(Dir(cacheDir), "node_modules")
	info, err := os.Stat(dir)
	return dir, err == nil && info.IsDir()
}
