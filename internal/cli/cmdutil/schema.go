package cmdutil

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fns-dev/fns/internal/cli/factory"
)

// AddJSONSchema gives cmd the flag --json-schema of hs, which prints the JSON
// Schema of what --json prints, and does nothing else. shape is a value of the
// type that is printed. cmd must have its RunE already.
func AddJSONSchema(cmd *cobra.Command, f *factory.Factory, shape any) {
	run, asked := cmd.RunE, false
	cmd.Flags().BoolVar(&asked, "json-schema", false, "Print the JSON Schema of what --json prints, and do nothing else")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !asked {
			return run(cmd, args)
		}
		schema := schemaOf(reflect.TypeOf(shape))
		return PrintJSON(f.IO.Out, schemaDocument{"https://json-schema.org/draft/2020-12/schema", schema})
	}
}

type schemaDocument struct {
	Schema string `json:"$schema"`
	schemaNode
}

// schemaNode is a JSON Schema as far as it is needed here.
type schemaNode struct {
	Type       string      `json:"type"`
	Items      *schemaNode `json:"items,omitempty"`
	Properties properties  `json:"properties,omitempty"`
	Required   []string    `json:"required,omitempty"`
	Additional *bool       `json:"additionalProperties,omitempty"`
}

// properties are written in their order.
type properties []property

type property struct {
	name string
	node schemaNode
}

// MarshalJSON writes an object.
func (p properties) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	for i, one := range p {
		text, err := json.Marshal(one.node)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:%s", one.name, text)
	}
	return []byte("{" + b.String() + "}"), nil
}

// schemaOf describes what encoding/json writes for a type.
func schemaOf(t reflect.Type) schemaNode {
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem())
	case reflect.Slice:
		item := schemaOf(t.Elem())
		return schemaNode{Type: "array", Items: &item}
	case reflect.Bool:
		return schemaNode{Type: "boolean"}
	case reflect.String:
		return schemaNode{Type: "string"}
	case reflect.Struct:
		if t.Implements(reflect.TypeFor[json.Marshaler]()) { // a time
			return schemaNode{Type: "string"}
		}
	default:
		return schemaNode{Type: "number"}
	}
	closed := false
	node := schemaNode{Type: "object", Additional: &closed}
	for i := range t.NumField() {
		name, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		node.Properties = append(node.Properties, property{name, schemaOf(t.Field(i).Type)})
		if options == "" {
			node.Required = append(node.Required, name)
		}
	}
	return node
}
