package preload

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// fakeNPM is a stand-in for npm that does what script says in its folder.
func fakeNPM(t *testing.T, script string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell")
	}
	path := filepath.Join(t.TempDir(), "npm")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheLockfilePinsWhatThePackageListNamesAndHasNoAddresses(t *testing.T) {
	t.Parallel()
	var lock struct {
		Packages map[string]struct{ Version, Integrity, Resolved string }
	}
	if err := json.Unmarshal(packageLock, &lock); err != nil {
		t.Fatal(err)
	}
	for name, version := range Versions() {
		if got := lock.Packages["node_modules/"+name].Version; got != version {
			t.Errorf("%s is %s in the list and %s in the lockfile", name, version, got)
		}
	}
	for path, p := range lock.Packages {
		if path != "" && (p.Integrity == "" || p.Resolved != "") {
			t.Errorf("%s: integrity %q, resolved %q", path, p.Integrity, p.Resolved)
		}
	}
	if bytes.Contains(packageLock, []byte("://")) {
		t.Error("the lockfile has an address")
	}
	if !Provides("axios") || Provides("lodash") {
		t.Error("Provides does not tell preloaded packages")
	}
}

func TestTwoInstallsAtOnceGiveOneWholeFolder(t *testing.T) {
	t.Parallel()
	npm := fakeNPM(t, `[ "$1" = ci ] && [ -f package-lock.json ] && mkdir -p node_modules/axios && echo done`)
	cache := t.TempDir()
	if _, ok := Installed(cache); ok {
		t.Fatal("installed before Install")
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			var progress bytes.Buffer
			dir, err := install(context.Background(), npm, cache, &progress)
			if err != nil {
				t.Error(err)
			} else if _, err := os.Stat(filepath.Join(dir, "axios")); err != nil {
				t.Error(err)
			}
			if progress.String() != "done\n" {
				t.Errorf("progress is %q", progress.String())
			}
		})
	}
	wg.Wait()
	left, _ := os.ReadDir(filepath.Dir(Dir(cache)))
	if len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAFailedInstallSaysWhyAndLeavesNothing(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ said, want string }{
		"offline":   {"npm error code ENOTFOUND", "can't be reached"},
		"integrity": {"npm error code EINTEGRITY", "another package than the one pinned"},
		"forbidden": {"npm error code E403", "refused access"},
		"other":     {"npm error something odd\nnpm error A complete log of this run can be found in: /x", ": something odd"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			npm := fakeNPM(t, "mkdir node_modules; printf '%s\n' '"+tc.said+"' >&2; exit 1")
			cache := t.TempDir()
			_, err := install(context.Background(), npm, cache, new(bytes.Buffer))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error is %v, want one with %q", err, tc.want)
			}
			if left, _ := os.ReadDir(filepath.Dir(Dir(cache))); len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestAnInterruptedInstallEnds(t *testing.T) {
	t.Parallel()
	npm := fakeNPM(t, "exec sleep 60")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := install(ctx, npm, t.TempDir(), new(bytes.Buffer)); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

func TestAFolderWithItsOwnPackageJSONGetsNoPreloadedPackages(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if !Applies(dir) {
		t.Error("a folder without package.json gets none")
	}
	if err := os.WriteFile(filepath.Join(dir, "package.json"), []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	if Applies(dir) {
		t.Error("a folder with package.json gets them")
	}
}

func TestThePackagesInstallFromTheRegistryAndLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("downloads packages")
	}
	t.Parallel()
	if _, err := exec.LookPath("npm"); err != nil {
		t.Skip("npm is not on PATH")
	}
	var progress bytes.Buffer
	dir, err := Install(context.Background(), t.TempDir(), &progress)
	if err != nil {
		if strings.Contains(err.Error(), "can't be reached") {
			t.Skip(err)
		}
		t.Fatalf("%v\n%s", err, progress.String())
	}
	for name, version := range Versions() {
		content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name), "package.json"))
		var p struct{ Version string }
		if err != nil || json.Unmarshal(content, &p) != nil || p.Version != version {
			t.Errorf("%s is installed as %q (%v), want %s", name, p.Version, err, version)
		}
	}
}
