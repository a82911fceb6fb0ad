package sysx

import (
	"os/exec"
	"runtime"
)

// OpenBrowser shows a page in the user's browser and does not wait for it. With
// BROWSER=none it does nothing, as in npm's world.
func (s *System) OpenBrowser(url string) error {
	if s.Getenv("BROWSER") == "none" {
		return nil
	}
	var cmd *exec.Cmd
	switch runtime.GOOS {
	case "darwin":
		cmd = exec.Command("open", url)
	case "windows":
		cmd = exec.Command("rundll32", "url.dll,FileProtocolHandler", url)
	default:
		cmd = exec.Command("xdg-open", url)
	}
	cmd.Env = s.Environ
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }() // leaves no zombie; how it ended is the browser's affair
	return nil
}
