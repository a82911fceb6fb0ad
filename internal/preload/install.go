package preload

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// stopDelay is how long npm may take to end after it was asked to.
const stopDelay = 2 * time.Second

// Install installs the packages with npm, unless they are there already, and
// gives their node_modules folder. What npm says goes to progress. It works in a
// folder of its own that gets its name in one step at the end, so an
// interrupted or a second Install does no harm.
func Install(ctx context.Context, cacheDir string, progress io.Writer) (dir string, err error) {
	if dir, ok := Installed(cacheDir); ok {
		return dir, nil
	}
	npm, err := exec.LookPath("npm")
	if err != nil {
		return "", fmt.Errorf("install preloaded packages: npm is not on PATH; install Node.js, or give the folder a package.json and install its packages: %w", err)
	}
	return install(ctx, npm, cacheDir, progress)
}

func install(ctx context.Context, npm, cacheDir string, progress io.Writer) (string, error) {
	final := Dir(cacheDir)
	if err := os.MkdirAll(filepath.Dir(final), 0o755); err != nil {
		return "", fmt.Errorf("install preloaded packages: %w", err)
	}
	temp, err := os.MkdirTemp(filepath.Dir(final), ".installing-")
	if err != nil {
		return "", fmt.Errorf("install preloaded packages: %w", err)
	}
	defer os.RemoveAll(temp) // gone after the rename
	for name, content := range map[string][]byte{"package.json": packageJSON, "package-lock.json": packageLock} {
		if err := os.WriteFile(filepath.Join(temp, name), content, 0o644); err != nil {
			return "", fmt.Errorf("install preloaded packages: %w", err)
		}
	}
	var said bytes.Buffer
	cmd := exec.CommandContext(ctx, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
	cmd.Dir = temp
	out := io.MultiWriter(progress, &said)
	cmd.Stdout, cmd.Stderr = out, out // one writer, so that the two never write at once
	cmd.WaitDelay = stopDelay
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return "", fmt.Errorf("install preloaded packages: %w", ctx.Err())
		}
		return "", fmt.Errorf("install preloaded packages: npm ci: %w%s", err, explain(said.String()))
	}
	if err := os.Chmod(temp, 0o755); err != nil { // MkdirTemp makes it private
		return "", fmt.Errorf("install preloaded packages: %w", err)
	}
	if err := os.Rename(temp, final); err != nil {
		if dir, ok := Installed(cacheDir); ok { // another one was faster
			return dir, nil
		}
		return "", fmt.Errorf("install preloaded packages: %w", err)
	}
	dir, ok := Installed(cacheDir)
	if !ok {
		return "", errors.New("install preloaded packages: npm ci ended well but left no " + dir)
	}
	return dir, nil
}

// explain gives the cause in what npm said, with the remedy.
func explain(said string) string {
	for _, code := range []string{"ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "EHOSTUNREACH", "ERR_SOCKET_TIMEOUT"} {
		if strings.Contains(said, code) {
			return " (" + code + "): the package registry can't be reached; connect to the network, or set npm's registry or proxy (npm config set registry …), and run " + Command + " again"
		}
	}
	switch {
	case strings.Contains(said, "EINTEGRITY"):
		return " (EINTEGRITY): the registry sent another package than the one pinned; run npm cache verify, and " + Command + " again"
	case strings.Contains(said, "E401"), strings.Contains(said, "E403"):
		return ": the package registry refused access; check the settings of npm (npm config list)"
	}
	if line := lastLine(said); line != "" {
		return ": " + line
	}
	return ""
}

func lastLine(said string) string {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		line := strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(lines[i], "npm error"), "npm ERR!"))
		if line != "" && !strings.Contains(line, "complete log of this run") && !strings.HasSuffix(line, "-debug-0.log") {
			return line
		}
	}
	return ""
}
