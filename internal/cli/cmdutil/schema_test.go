package cmdutil

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSchemasFollowTheTypes(t *testing.T) {
	t.Parallel()
	type inner struct {
		At time.Time `json:"at,omitzero"`
		ID string    `json:"id"`
	}
	type shape struct {
		N    int64   `json:"n"`
		On   bool    `json:"on,omitempty"`
		List []inner `json:"list"`
		More *inner  `json:"more,omitempty"`
	}
	text, err := json.Marshal(schemaOf(reflect.TypeFor[shape]()))
	if err != nil {
		t.Fatal(err)
	}
	const in = `{"type":"object","properties":{"at":{"type":"string"},"id":{"type":"string"}},"required":["id"],"additionalProperties":false}`
	want := `{"type":"object","properties":{"n":{"type":"number"},"on":{"type":"boolean"},"list":{"type":"array","items":` + in + `},"more":` + in + `},"required":["n","list"],"additionalProperties":false}`
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Error(diff)
	}
}
