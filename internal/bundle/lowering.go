package bundle

import (
	"strings"
)

// supported names the syntax that goja lacks, so that esbuild rewrites exactly
// that. A language level as target would rewrite classes, async functions and
// much else that goja runs as it stands, and make them slow.
func supported() map[string]bool {
	return map[string]bool{
		"async-generator":      false,
		"for-await":            false,
		"decorators":           false,
		"using":                false,
		"dynamic-import":       false,
		"import-meta":          false,
		"import-attributes":    false,
		"hashbang":             false,
		"regexp-set-notation":  false,
		"regexp-match-indices": false,
	}
}

// firstLine stands alone on the first line of a bundle, where the header of the
// module's function goes; see Output.Code.
const firstLine = "/* bundled by fns */"

// mainOfDefault gives a module whose only export is the default one a main: the
// function itself, or the main of an object.
const mainOfDefault = `;(m=>{const e=m.exports,d=e&&e.__esModule?e.default:null;if(d==null||"main"in e)return;` +
	`const f=typeof d==="function"?d:typeof d.main==="function"?d.main.bind(d):d.main;` +
	`if(f!==undefined)Object.defineProperty(e,"main",{value:f,enumerable:true,configurable:true,writable:true})})(module);`

// The parts of esbuild's helpers that are replaced, as they stand in code with
// and without white space.
const (
	toESM           = "(mod, isNodeMode, target) => ("
	toESMMin        = "(mod,isNodeMode,target)=>("
	toESMTest       = "isNodeMode || !mod || !mod.__esModule"
	toESMTestAsNode = "true || !mod || !mod.__esModule"
	isNamespace     = `mod && Object.getPrototypeOf(mod) === null && mod[Symbol.toStringTag] === "Module"`
	toCommonJS      = `__defProp({}, "__esModule", { value: true })`
	toNamespace     = `__defProp(Object.create(null, { [Symbol.toStringTag]: { value: "Module" } }), "__esModule", { value: true })`
)

// importNamespaces mends what is imported in files that Node takes for ES
// modules. There, the default of a CommonJS module is module.exports whatever
// __esModule says, but the default of an ES module is its default, and at run
// time both arrive through require. They are told apart as in Node itself: the
// namespace of an ES module has no prototype and the tag "Module", and it is
// taken as it is.
func importNamespaces(code string) string {
	code = strings.Replace(code, toESM, "(mod, isNodeMode, target) => "+isNamespace+" ? mod : (", 1)
	return strings.Replace(code, toESMMin, "(mod,isNodeMode,target)=>"+isNamespace+"?mod:(", 1)
}

// importAsNode makes every import in a file one of Node's, whatever the file's
// extension.
func importAsNode(code string) string { return strings.Replace(code, toESMTest, toESMTestAsNode, 1) }

// exportNamespace makes the exports of an ES module look like its namespace.
func exportNamespace(code string) string { return strings.Replace(code, toCommonJS, toNamespace, 1) }
