package hubapi

import (
	"context"
	"net/http"

	"github.com/fns-dev/fns/internal/wire"
)

// Secrets lists the names of the account's secrets, in HubSpot's order.
func (c *Client) Secrets(ctx context.Context) ([]string, error) {
	var out wire.SecretNames
	err := c.json(ctx, get("list the secrets", wire.Secrets), &out)
	return out.Results, err
}

// AddSecret adds a secret to the account. HubSpot also answers with success
// where it did not store it, at the limit: read the list afterwards. It is not
// repeated when its answer is lost.
func (c *Client) AddSecret(ctx context.Context, name, value string) error {
	c.opts.Trace.Hide("secret "+name, value)
	return c.send(ctx, "add the secret "+name, http.MethodPost, wire.Secrets, wire.Secret{Name: name, Value: value}, nil)
}

// UpdateSecret changes the value of a secret of the account.
func (c *Client) UpdateSecret(ctx context.Context, name, value string) error {
	c.opts.Trace.Hide("secret "+name, value)
	return c.send(ctx, "update the secret "+name, http.MethodPut, wire.Secrets, wire.Secret{Name: name, Value: value}, nil)
}

// DeleteSecret deletes a secret of the account.
func (c *Client) DeleteSecret(ctx context.Context, name string) error {
	k := &call{what: "delete the secret " + name, method: http.MethodDelete, path: wire.Path(wire.SecretByName, name)}
	return c.json(ctx, k, nil)
}

// AppSecrets lists the names of an app's secrets.
func (c *Client) AppSecrets(ctx context.Context, appID int64) ([]string, error) {
	var out wire.AppSecrets
	err := c.json(ctx, get("list the secrets of the app", wire.Path(wire.AppSecretKeys, id(appID))), &out)
	names := make([]string, 0, len(out.Keys))
	for _, k := range out.Keys {
		names = append(names, k.Name)
	}
	return names, err
}

// AddAppSecret adds a secret to an app.
func (c *Client) AddAppSecret(ctx context.Context, appID int64, name, value string) error {
	c.opts.Trace.Hide("secret "+name, value)
	return c.send(ctx, "add the app secret "+name, http.MethodPost, wire.Path(wire.AppSecret, id(appID)), wire.AppSecretValue{Name: name, Value: value}, nil)
}

// UpdateAppSecret changes the value of an app's secret.
func (c *Client) UpdateAppSecret(ctx context.Context, appID int64, name, value string) error {
	c.opts.Trace.Hide("secret "+name, value)
	k, err := withJSON("update the app secret "+name, http.MethodPatch, wire.Path(wire.AppSecret, id(appID)), wire.AppSecretValue{Name: name, Value: value})
	if err != nil {
		return err
	}
	k.repeat = true
	return c.json(ctx, k, nil)
}

// DeleteAppSecret deletes a secret of an app.
func (c *Client) DeleteAppSecret(ctx context.Context, appID int64, name string) error {
	return c.send(ctx, "delete the app secret "+name, http.MethodDelete, wire.Path(wire.AppSecret, id(appID)), wire.AppSecretKey{Name: name}, nil)
}
