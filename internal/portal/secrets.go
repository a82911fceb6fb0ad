package portal

import (
	"errors"
	"net/http"

	"github.com/fns-dev/fns/internal/limits"
	"github.com/fns-dev/fns/internal/portal/store"
	"github.com/fns-dev/fns/internal/project"
	"github.com/fns-dev/fns/internal/wire"
)

// maxSecret bounds the value of a secret, in bytes. It is not HubSpot's, whose
// limit is not known.
const maxSecret = 64 << 10

func (p *Portal) secretRoutes() {
	p.closed("GET", wire.Secrets, func(c *call) (any, error) {
		names, err := c.store.SecretNames(c.ctx(), store.AccountScope)
		return wire.SecretNames{Results: names}, err
	})
	p.closed("POST", wire.Secrets, func(c *call) (any, error) {
		var s wire.Secret
		if err := c.json(&s); err != nil {
			return nil, err
		}
		return nil, c.addSecret(store.AccountScope, s.Name, s.Value)
	})
	p.closed("PUT", wire.Secrets, func(c *call) (any, error) {
		var s wire.Secret
		if err := c.json(&s); err != nil {
			return nil, err
		}
		return nil, c.setSecret(store.AccountScope, s.Name, s.Value)
	})
	p.closed("DELETE", wire.SecretByName, func(c *call) (any, error) {
		return nil, secretFault(c.path("name"), c.store.DeleteSecret(c.ctx(), store.AccountScope, c.path("name")))
	})

	p.closed("GET", wire.AppSecretKeys, func(c *call) (any, error) {
		scope, err := c.appScope()
		if err != nil {
			return nil, err
		}
		names, err := c.store.SecretNames(c.ctx(), scope)
		out := wire.AppSecrets{Keys: []wire.AppSecretName{}}
		for _, n := range names {
			out.Keys = append(out.Keys, wire.AppSecretName{Name: n})
		}
		return out, err
	})
	change := func(f func(c *call, scope, name, value string) error) handler {
		return func(c *call) (any, error) {
			scope, err := c.appScope()
			if err != nil {
				return nil, err
			}
			var s wire.AppSecretValue
			if err := c.json(&s); err != nil {
				return nil, err
			}
			return nil, f(c, scope, s.Name, s.Value)
		}
	}
	p.closed("POST", wire.AppSecret, change((*call).addSecret))
	p.closed("PATCH", wire.AppSecret, change((*call).setSecret))
	p.closed("DELETE", wire.AppSecret, change(func(c *call, scope, name, _ string) error {
		return secretFault(name, c.store.DeleteSecret(c.ctx(), scope, name))
	}))
}

// appScope gives the scope of the app that the path names.
func (c *call) appScope() (string, error) {
	app, err := c.app("appId")
	return store.AppScope(app.ID), err
}

func (c *call) addSecret(scope, name, value string) error {
	if err := checkSecret(name, value); err != nil {
		return err
	}
	most := int(limits.All().Max(limits.Secrets, nil, false))
	return secretFault(name, c.store.AddSecret(c.ctx(), scope, name, value, most))
}

func (c *call) setSecret(scope, name, value string) error {
	if err := checkSecret(name, value); err != nil {
		return err
	}
	return secretFault(name, c.store.SetSecret(c.ctx(), scope, name, value))
}

func checkSecret(name, value string) error {
	switch {
	case len(name) > 255 || !project.ValidSecretName(name):
		return invalid("%q can't be the name of a secret: %s", name, project.SecretNameRule)
	case value == "":
		return invalid("secret %s: the value is empty", name)
	case len(value) > maxSecret:
		return invalid("secret %s: the value has more than %d bytes", name, maxSecret)
	}
	return nil
}

func secretFault(name string, err error) error {
	switch {
	case errors.Is(err, store.ErrExists):
		return fail(http.StatusConflict, "CONFLICT", "secret %s exists already", name)
	case errors.Is(err, store.ErrNotFound):
		return missing("secret %s does not exist", name)
	case errors.Is(err, store.ErrFull):
		return invalid("secret %s: there are %d secrets already, and there can't be more", name, limits.All().Max(limits.Secrets, nil, false))
	}
	return err
}
