package native

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"fmt"
	"strings"
)

// cipherKind is one symmetric cipher as OpenSSL names it.
type cipherKind struct {
	name  string
	mode  string // "cbc", "ecb", "ctr", "cfb", "cfb8", "ofb", "gcm", "stream", "wrap"
	key   int    // bytes
	iv    int    // bytes; gcm takes others too
	block int    // as getCipherInfo tells it
	nid   int    // OpenSSL's number
	new   func([]byte) (cipher.Block, error)
}

// aead reports whether the mode authenticates.
func (k cipherKind) aead() bool { return k.mode == "gcm" || k.mode == "stream" }

// cipherKinds lists the ciphers.
func cipherKinds() []cipherKind {
	var list []cipherKind
	nids := map[string][3]int{
		"ecb": {418, 422, 426}, "cbc": {419, 423, 427}, "ofb": {420, 424, 428}, "cfb": {421, 425, 429},
		"ctr": {904, 905, 906}, "cfb8": {653, 654, 655}, "gcm": {895, 898, 901}, "wrap": {788, 789, 790},
	}
	for i, bits := range []int{128, 192, 256} {
		for _, mode := range []string{"cbc", "cfb", "cfb8", "ctr", "ecb", "gcm", "ofb", "wrap"} {
			k := cipherKind{name: fmt.Sprintf("aes-%d-%s", bits, mode), mode: mode, key: bits / 8, iv: 16, block: 16, nid: nids[mode][i], new: aes.NewCipher}
			switch mode {
			case "ecb":
				k.iv = 0
			case "ctr", "cfb", "cfb8", "ofb":
				k.block = 1
			case "gcm":
				k.iv, k.block = 12, 1
				k.name = fmt.Sprintf("id-aes%d-GCM", bits)
			case "wrap":
				k.iv, k.block = 8, 8
				k.name = fmt.Sprintf("id-aes%d-wrap", bits)
			}
			list = append(list, k)
		}
	}
	return append(list,
		cipherKind{name: "des-ede3-cbc", mode: "cbc", key: 24, iv: 8, block: 8, nid: 44, new: des.NewTripleDESCipher},
		cipherKind{name: "des-ede3", mode: "ecb", key: 24, block: 8, nid: 33, new: des.NewTripleDESCipher},
		cipherKind{name: "chacha20-poly1305", mode: "stream", key: 32, iv: 12, nid: 1018},
	)
}

// cipherByName finds a cipher under any of OpenSSL's names.
func cipherByName(name string) (cipherKind, bool) {
	n := strings.ToLower(name)
	switch n {
	case "aes128", "aes192", "aes256":
		n = "aes-" + n[3:] + "-cbc"
	case "des3":
		n = "des-ede3-cbc"
	case "des-ede3-ecb":
		n = "des-ede3"
	case "aes-128-gcm", "aes-192-gcm", "aes-256-gcm":
		n = "id-aes" + n[4:7] + "-gcm"
	case "aes128-wrap", "aes192-wrap", "aes256-wrap":
		n = "id-" + n
	}
	for _, k := range cipherKinds() {
		if strings.ToLower(k.name) == n {
			return k, true
		}
	}
	return cipherKind{}, false
}

// cipherNatives serve Cipheriv and Decipheriv.
func cipherNatives() Table {
	return Table{
		// cipherInfo(name) → {name, mode, nid, keyLength, ivLength, blockSize},
		// undefined if unknown
		"cipherInfo": func(h Host, a Args) (any, error) {
			k, ok := cipherByName(a.String(0))
			if !ok {
				return nil, nil
			}
			return map[string]any{"name": strings.ToLower(k.name), "mode": strings.TrimSuffix(k.mode, "8"), "nid": int64(k.nid),
				"keyLength": int64(k.key), "ivLength": int64(k.iv), "blockSize": int64(k.block)}, nil
		},
		// cipherNew(name, key, iv or undefined, encrypt, tag length or undefined) → handle
		"cipherNew": func(h Host, a Args) (any, error) {
			tag := -1
			if a.Any(4) != nil {
				tag = int(a.Int(4))
			}
			w, err := newCipher(a.String(0), dataOf(a, 1), dataOf(a, 2), a.Any(2) != nil, a.Bool(3), tag)
			if err != nil {
				return nil, err
			}
			return Handle{w}, nil
		},
		// cipherFromPassword(name, password, encrypt) → handle
		"cipherFromPassword": func(h Host, a Args) (any, error) {
			k, ok := cipherByName(a.String(0))
			if !ok {
				return nil, Errorf("ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher")
			}
			b := bytesToKey(dataOf(a, 1), nil, k.key+k.iv)
			w, err := newCipher(a.String(0), b[:k.key], b[k.key:], k.iv > 0, a.Bool(2), -1)
			if err != nil {
				return nil, err
			}
			return Handle{w}, nil
		},
		// cipherUpdate(handle, data) → bytes
		"cipherUpdate": func(h Host, a Args) (any, error) {
			w, _ := HandleOf[*runningCipher](a, 0)
			return w.update(dataOf(a, 1))
		},
		// cipherFinal(handle) → bytes
		"cipherFinal": func(h Host, a Args) (any, error) {
			w, _ := HandleOf[*runningCipher](a, 0)
			return w.final()
		},
		// cipherSetPadding(handle, on)
		"cipherSetPadding": func(h Host, a Args) (any, error) {
			w, _ := HandleOf[*runningCipher](a, 0)
			if w.done {
				return nil, errCipherState("setAutoPadding")
			}
			w.padding = a.Bool(1)
			return nil, nil
		},
		// cipherSetAAD(handle, bytes)
		"cipherSetAAD": func(h Host, a Args) (any, error) {
			w, _ := HandleOf[*runningCipher](a, 0)
			if w.done || w.started || !w.kind.aead() {
				return nil, errCipherState("setAAD")
			}
			w.aad = append(w.aad, dataOf(a, 1)...)
			return nil, nil
		},
		// cipherSetTag(handle, bytes)
		"cipherSetTag": func(h Host, a Args) (any, error) {
			w, _ := HandleOf[*runningCipher](a, 0)
			return nil, w.setTag(dataOf(a, 1))
		},
		// cipherTag(handle) → bytes
		"cipherTag": func(h Host, a Args) (any, error) {
			w, _ := HandleOf[*runningCipher](a, 0)
			if !w.done || !w.encrypt || !w.kind.aead() {
				return nil, errCipherState("getAuthTag")
			}
			return append([]byte(nil), w.tag...), nil
		},
	}
}

func errCipherState(operation string) error {
	return Errorf("ERR_CRYPTO_INVALID_STATE", "Invalid state for operation %s", operation)
}
