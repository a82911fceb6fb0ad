package account

import (
	"fmt"
	"strconv"
	"time"

	"go.yaml.in/yaml/v3"
)

// MinTimeout is the shortest time limit of calls that hs takes.
const MinTimeout = 3 * time.Second

// Settings are keys of a config file to change; nil leaves one as it is.
type Settings struct {
	PublishMode        *string // "draft" or "publish"
	Timeout            *time.Duration
	AllowUsageTracking *bool // of hs; fns reports no usage
	AllowAutoUpdates   *bool // of hs
	AutoOpenBrowser    *bool
}

// Configure writes settings into the file.
func (c *Config) Configure(s Settings) error {
	if s.PublishMode != nil && *s.PublishMode != "draft" && *s.PublishMode != "publish" {
		return fmt.Errorf("the publish mode %q is not one of draft, publish", *s.PublishMode)
	}
	if s.Timeout != nil && *s.Timeout < MinTimeout {
		return fmt.Errorf("a time limit of %d ms is too short: at least %d", s.Timeout.Milliseconds(), MinTimeout.Milliseconds())
	}
	return c.edit(func(d *document, k keys) error {
		put := func(key string, value *yaml.Node) {
			// The list of accounts is long: settings go before it.
			if old, _ := find(d.top(), key); old == nil {
				d.before(k.accounts, key, value)
				return
			}
			set(d.top(), key, value)
		}
		if s.PublishMode != nil {
			mode := k.mode
			if key, _ := find(d.top(), "defaultCmsPublishMode", "defaultMode"); key != nil {
				mode = key.Value
			}
			put(mode, text(*s.PublishMode))
		}
		if s.Timeout != nil {
			put("httpTimeout", number(s.Timeout.Milliseconds()))
		}
		for _, one := range []struct {
			key   string
			value *bool
		}{{"allowUsageTracking", s.AllowUsageTracking}, {"allowAutoUpdates", s.AllowAutoUpdates}, {"autoOpenBrowser", s.AutoOpenBrowser}} {
			if one.value != nil {
				put(one.key, boolean(*one.value))
			}
		}
		return nil
	})
}

func boolean(b bool) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: strconv.FormatBool(b)}
}

// before adds a key in front of another one, or at the end where that is missing.
func (d *document) before(other, key string, value *yaml.Node) {
	top := d.top()
	for i := 0; i+1 < len(top.Content); i += 2 {
		if top.Content[i].Value == other {
			top.Content = append(top.Content[:i:i], append([]*yaml.Node{text(key), value}, top.Content[i:]...)...)
			top.Style = 0
			return
		}
	}
	set(top, key, value)
}
