// Package nodecore is the JavaScript half of the Node layer: Node's core modules
// and globals as pieces of JavaScript, made from the sources in js/ and the npm
// packages that package-lock.json pins, bundled at build time into one embedded
// asset (make asset).
//
// A piece is the text of a function (exports, require, module, native). Its
// require knows the other pieces only. An engine runs the piece "internal/boot"
// first; what that exports is the contract between engines and the layer, see
// js/internal/boot.js.
package nodecore

import "strings"

// BootPiece is the piece that an engine runs first.
const BootPiece = "internal/boot"

// Source gives the text of a piece: a parenthesised function expression.
func Source(piece string) (string, bool) {
	b, err := run_make_build_first.ReadFile("dist/" + piece + ".js")
	if err != nil {
		return "", false
	}
	return string(b), true
}

// IsBuiltin reports whether require(specifier) means one of Node's own modules,
// with or without the prefix node:.
func IsBuiltin(specifier string) bool {
	name, prefixed := strings.CutPrefix(specifier, "node:")
	m, ok := lookup(name)
	return ok && (prefixed || !m.PrefixOnly)
}
