package secrets

import (
	"context"

	"github.com/fns-dev/fns/internal/hubapi"
)

// store is where secrets are kept.
type store interface {
	list(ctx context.Context) ([]string, error)
	add(ctx context.Context, name, value string) error
	update(ctx context.Context, name, value string) error
	remove(ctx context.Context, name string) error
}

// accountStore is the secrets of an account.
type accountStore struct{ client *hubapi.Client }

func (s accountStore) list(ctx context.Context) ([]string, error) { return s.client.Secrets(ctx) }
func (s accountStore) add(ctx context.Context, name, value string) error {
	return s.client.AddSecret(ctx, name, value)
}
func (s accountStore) update(ctx context.Context, name, value string) error {
	return s.client.UpdateSecret(ctx, name, value)
}
func (s accountStore) remove(ctx context.Context, name string) error {
	return s.client.DeleteSecret(ctx, name)
}

// appStore is the secrets of an app.
type appStore struct {
	client *hubapi.Client
	app    int64
}

func (s appStore) list(ctx context.Context) ([]string, error) { return s.client.AppSecrets(ctx, s.app) }
func (s appStore) add(ctx context.Context, name, value string) error {
	return s.client.AddAppSecret(ctx, s.app, name, value)
}
func (s appStore) update(ctx context.Context, name, value string) error {
	return s.client.UpdateAppSecret(ctx, s.app, name, value)
}
func (s appStore) remove(ctx context.Context, name string) error {
	return s.client.DeleteAppSecret(ctx, s.app, name)
}
