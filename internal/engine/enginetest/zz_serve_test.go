package enginetest

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"
)

func TestZZServe(t *testing.T) {
	if os.Getenv("SERVE") == "" {
		t.Skip()
	}
	s, err := NewServer()
	if err != nil {
		t.Fatal(err)
	}
	c, _ := json.Marshal(s.Context())
	os.WriteFile("/tmp/ctx.json", c, 0o644)
	fmt.Println(string(c))
	time.Sleep(3 * time.Hour)
}
