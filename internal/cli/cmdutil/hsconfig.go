package cmdutil

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/fns-dev/fns/internal/account"
	"github.com/fns-dev/fns/internal/portal"
	"github.com/fns-dev/fns/internal/portal/host"
	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/sysx"
)

// varPortalKey holds the personal access key of the portal.
const varPortalKey = "FNS_PORTAL_KEY"

// hsHome is the home folder that hs gets, so that it leaves the real one alone.
func hsHome(place portal.Place) string { return filepath.Join(place.Dir, "hs") }

// HSVariables gives the variables that lead hs to the portal, and writes the config
// file that one of them names.
func HSVariables(i store.Instance, place portal.Place, key string) ([]string, error) {
	config := filepath.Join(hsHome(place), ".hscli", "config.yml")
	if err := writeHSConfig(config, key); err != nil {
		return nil, fmt.Errorf("write the config of hs: %w", err)
	}
	return []string{
		"HUBAPI_DOMAIN_OVERRIDE=" + host.Domain(i),
		"NODE_EXTRA_CA_CERTS=" + i.CA,
		"HUBSPOT_CONFIG_PATH=" + config,
		"DISABLE_USAGE_TRACKING=true",
		"SKIP_HUBSPOT_CLI_AUTO_UPDATES=true",
		"NO_UPDATE_NOTIFIER=1",
		portal.VarDir + "=" + place.Dir,
		portal.VarData + "=" + place.Data,
		"FNS_PORTAL_URL=" + i.HTTP,
		varPortalKey + "=" + key,
	}, nil
}

// writeHSConfig writes the config with the account, unless hs has one there that
// works.
func writeHSConfig(path, key string) error {
	if data, err := os.ReadFile(path); err == nil && strings.Contains(string(data), key) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	a := account.NewLocal()
	text := fmt.Sprintf(`defaultAccount: %d
allowUsageTracking: false
autoOpenBrowser: false
accounts:
  - name: %s
    accountId: %d
    env: prod
    authType: %s
    accountType: %s
    personalAccessKey: %s
    auth:
      tokenInfo: {}
`, a.ID, a.Name, a.ID, a.AuthType, a.Type, key)
	return sysx.ReplaceFile(path, []byte(text), 0o600)
}
