package store

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/fns-dev/fns/internal/sysx"
)

// Keyring keeps texts for the user, as the system's own does.
type Keyring interface {
	// Get gives a text; errors.Is(err, fs.ErrNotExist) where there is none.
	Get(name string) (string, error)
	Set(name, text string) error
	Delete(name string) error
}

// Keys is where the keys are kept that secrets are encrypted with: each state has
// its own, outside of the folder that the secrets are in.
type Keys struct {
	Dir     string  // absolute folder of key files
	Keyring Keyring // asked first; nil for none
}

// The values of metaKeyPlace.
const (
	inKeyring = "keyring"
	inFile    = "file"
)

// KeyError is that the key of the secrets can't be had.
type KeyError struct {
	Place string // in words
	Err   error
}

// Error says where the key should be.
func (e *KeyError) Error() string {
	return fmt.Sprintf("the key of the local secrets can't be read from %s: %v", e.Place, e.Err)
}

// Unwrap gives the cause.
func (e *KeyError) Unwrap() error { return e.Err }

// Hint says what to do.
func (e *KeyError) Hint() string {
	return "unlock or restore it; if it is lost, fns portal reset --only secrets begins anew"
}

func (k Keys) file(id string) string { return filepath.Join(k.Dir, id+".key") }

// load reads the key of a state from the place where it was put.
func (k Keys) load(id, place string) ([]byte, error) {
	where, text, err := "the system's keyring", "", errors.New("there is no keyring in use")
	if place == inFile {
		where = k.file(id)
		var data []byte
		data, err = os.ReadFile(where)
		text = string(data)
	} else if k.Keyring != nil {
		text, err = k.Keyring.Get(id)
	}
	var key []byte
	if err == nil {
		key, err = hex.DecodeString(text)
	}
	if err == nil && len(key) != 32 {
		err = fmt.Errorf("it has %d bytes instead of 32", len(key))
	}
	if err != nil {
		return nil, &KeyError{where, err}
	}
	return key, nil
}

// make makes a key: in the keyring, or where that does not work in a file that
// its owner alone can read.
func (k Keys) make(id string) (key []byte, place string, err error) {
	key = make([]byte, 32)
	_, _ = rand.Read(key) // never fails: it ends the program instead
	text := hex.EncodeToString(key)
	if k.Keyring != nil && k.Keyring.Set(id, text) == nil {
		if got, err := k.Keyring.Get(id); err == nil && got == text {
			return key, inKeyring, nil
		}
	}
	if err := os.MkdirAll(k.Dir, 0o700); err != nil {
		return nil, "", err
	}
	if err := sysx.ReplaceFile(k.file(id), []byte(text), 0o600); err != nil {
		return nil, "", err
	}
	return key, inFile, nil
}

// forget deletes a key.
func (k Keys) forget(id, place string) {
	// What is left behind opens nothing any more.
	if place == inKeyring && k.Keyring != nil {
		_ = k.Keyring.Delete(id)
	}
	if err := os.Remove(k.file(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return
	}
}

// sealer encrypts with AES-256-GCM.
type sealer struct{ aead cipher.AEAD }

func newSealer(key []byte) (*sealer, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, err
	}
	return &sealer{aead}, nil
}

// The name of a secret goes into its encryption, so that values can't be swapped.
func bound(scope, name string) []byte { return []byte(scope + "\x00" + name) }

func (s *sealer) seal(scope, name, value string) []byte {
	return s.aead.Seal(nil, nil, []byte(value), bound(scope, name))
}

func (s *sealer) open(scope, name string, sealed []byte) (string, error) {
	value, err := s.aead.Open(nil, nil, sealed, bound(scope, name))
	if err != nil {
		return "", fmt.Errorf("secret %s: it was not written with this key, or was changed", name)
	}
	return string(value), nil
}

// fingerprint tells one key from another without giving it away.
func fingerprint(key []byte) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("fns portal"))
	return hex.EncodeToString(mac.Sum(nil))
}

// unlock gives the sealer of this state. create says that a key is made where
// there is none; without it and without key the sealer is nil.
func (s *Store) unlock(ctx context.Context, create bool) (*sealer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sealer != nil {
		return s.sealer, nil
	}
	place, err := meta(ctx, s.read, metaKeyPlace)
	if err != nil || place == "" && !create {
		return nil, err
	}
	var key []byte
	var check string
	if place == "" {
		err = s.update(ctx, func(tx *sql.Tx) error {
			id, err := onceIn(ctx, tx, metaID)
			if err != nil {
				return err
			}
			if place, err = meta(ctx, tx, metaKeyPlace); err != nil || place != "" {
				return err // another process was faster
			}
			if key, place, err = s.opts.Keys.make(id); err != nil {
				return fmt.Errorf("make a key for the local secrets: %w", err)
			}
			check = fingerprint(key)
			return errors.Join(setMeta(ctx, tx, metaKeyPlace, place), setMeta(ctx, tx, metaKeyCheck, check))
		})
		if err != nil {
			return nil, err
		}
	}
	if key == nil {
		id, err := meta(ctx, s.read, metaID)
		if err != nil {
			return nil, err
		}
		if key, err = s.opts.Keys.load(id, place); err != nil {
			return nil, err
		}
		if check, err = meta(ctx, s.read, metaKeyCheck); err != nil {
			return nil, err
		}
	}
	if !hmac.Equal([]byte(check), []byte(fingerprint(key))) {
		return nil, &KeyError{place, errors.New("it is another key than the secrets were encrypted with")}
	}
	s.sealer, err = newSealer(key)
	return s.sealer, err
}
