package store

import (
	"errors"
	"io/fs"
	"time"

	"github.com/zalando/go-keyring"
)

// keyringService is the name that entries have in the system's keyring.
const keyringService = "fns portal"

// keyringPatience is how long the keyring may take: one that waits for a window
// that nobody sees must not stop a command for ever.
const keyringPatience = 20 * time.Second

// SystemKeyring is the keyring of the system: Keychain, Credential Manager,
// Secret Service.
type SystemKeyring struct{}

// Get implements Keyring.
func (SystemKeyring) Get(name string) (string, error) {
	text, err := patiently(func() (string, error) { return keyring.Get(keyringService, name) })
	if errors.Is(err, keyring.ErrNotFound) {
		err = fs.ErrNotExist
	}
	return text, err
}

// Set implements Keyring.
func (SystemKeyring) Set(name, text string) error {
	_, err := patiently(func() (string, error) { return "", keyring.Set(keyringService, name, text) })
	return err
}

// Delete implements Keyring.
func (SystemKeyring) Delete(name string) error {
	_, err := patiently(func() (string, error) { return "", keyring.Delete(keyringService, name) })
	return err
}

func patiently(ask func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		text, err := ask()
		done <- answer{text, err}
	}()
	select {
	case a := <-done:
		return a.text, a.err
	case <-time.After(keyringPatience):
		return "", errors.New("the keyring does not answer")
	}
}
