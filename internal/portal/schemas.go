package portal

import (
	"encoding/json"

	"github.com/fns-dev/fns/internal/ir"
	"github.com/fns-dev/fns/internal/wire"
)

// schemas are our own JSON Schemas of the config of components. HubSpot's are
// known to its server alone. What functions need is described, of everything else
// only that it is an object. Nothing is refused here that validation warns of only.
func schemas() wire.Schemas {
	object := json.RawMessage(`{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object"}`)
	out := wire.Schemas{}
	for _, name := range ir.ComponentTypes() {
		out[name] = object
	}
	out[typeApp] = json.RawMessage(appSchema)
	out[typeAppFunction] = json.RawMessage(functionSchema)
	return out
}

const appSchema = `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "required": ["name", "distribution", "auth"],
  "properties": {
    "name": {"type": "string", "minLength": 1},
    "description": {"type": "string"},
    "logo": {"type": "string"},
    "distribution": {"enum": ["private", "marketplace"]},
    "auth": {
      "type": "object",
      "required": ["type"],
      "properties": {
        "type": {"enum": ["static", "oauth"]},
        "redirectUrls": {"type": "array", "items": {"type": "string"}},
        "requiredScopes": {"type": "array", "items": {"type": "string"}},
        "optionalScopes": {"type": "array", "items": {"type": "string"}},
        "conditionallyRequiredScopes": {"type": "array", "items": {"type": "string"}}
      }
    },
    "permittedUrls": {
      "type": "object",
      "properties": {
        "fetch": {"type": "array", "items": {"type": "string"}},
        "iframe": {"type": "array", "items": {"type": "string"}},
        "img": {"type": "array", "items": {"type": "string"}}
      }
    }
  }
}`

const functionSchema = `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "required": ["entrypoint"],
  "properties": {
    "entrypoint": {"type": "string", "minLength": 1},
    "secretKeys": {"type": "array", "items": {"type": "string", "minLength": 1}},
    "endpoint": {
      "type": "object",
      "required": ["path"],
      "properties": {
        "path": {"type": "string", "minLength": 1},
        "methods": {"type": "array", "items": {"type": "string", "pattern": "^([Gg][Ee][Tt]|[Pp][Oo][Ss][Tt]|[Pp][Uu][Tt]|[Pp][Aa][Tt][Cc][Hh]|[Dd][Ee][Ll][Ee][Tt][Ee])$"}},
        "method": {}
      }
    }
  }
}`
