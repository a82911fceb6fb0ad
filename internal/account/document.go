package account

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxFile is the largest config file that is read, in bytes.
const maxFile = 4 << 20

// document is the YAML text of a config file, as nodes: an edit touches the
// nodes it is about, and all others, with their comments, stay as they were.
type document struct{ root *yaml.Node }

// errNoMapping is a file that holds something, but no keys.
var errNoMapping = errors.New("the file holds no keys such as accounts")

// parse reads a text. An empty one gives a document without keys.
func parse(data []byte) (*document, error) {
	if len(data) > maxFile {
		return nil, fmt.Errorf("the file is larger than %d bytes", maxFile)
	}
	doc := &document{root: &yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{mapping()}}}
	dec := yaml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	var root yaml.Node
	err := dec.Decode(&root)
	switch {
	case errors.Is(err, io.EOF):
		return doc, nil
	case err != nil:
		return nil, syntaxError(err)
	}
	if dec.Decode(new(yaml.Node)) == nil {
		return nil, errors.New("the file holds more than one YAML document")
	}
	if root.Kind != yaml.DocumentNode || len(root.Content) != 1 {
		return nil, errNoMapping
	}
	if top := root.Content[0]; top.Kind == yaml.ScalarNode && top.Tag == "!!null" {
		top.Kind, top.Tag, top.Value = yaml.MappingNode, "", "" // comments only
	}
	if root.Content[0].Kind != yaml.MappingNode {
		return nil, errNoMapping
	}
	return &document{root: &root}, duplicates(root.Content[0], 0)
}

// syntaxError gives the parser's message where that can't hold text of the file.
func syntaxError(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	if strings.Contains(text, "anchor") || strings.Contains(text, "`") {
		return errors.New("the file is no valid YAML: it refers to an anchor that is not there")
	}
	return errors.New("the file is no valid YAML: " + text)
}

// duplicates refuses a key that stands twice, as hs does: nobody could say
// which one counts.
func duplicates(n *yaml.Node, depth int) error {
	if depth > 100 {
		return errors.New("the file is nested too deeply")
	}
	seen := map[string]bool{}
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			if child.Kind == yaml.ScalarNode && seen[child.Value] {
				return fmt.Errorf("line %d: the key %s stands there twice", child.Line, child.Value)
			}
			seen[child.Value] = true
			continue
		}
		if err := duplicates(child, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// top is the mapping of all keys.
func (d *document) top() *yaml.Node { return d.root.Content[0] }

// bytes gives the text to write.
func (d *document) bytes() ([]byte, error) {
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	d.top().Style = 0 // an empty "{}" in the source must not put all in one line
	if err := enc.Encode(d.root); err != nil {
		return nil, err
	}
	if err := enc.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func mapping() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode} }

func text(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }

func number(n int64) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: fmt.Sprint(n)}
}

// follow gives what an alias stands for.
func follow(n *yaml.Node) *yaml.Node {
	for range 10 {
		if n == nil || n.Kind != yaml.AliasNode {
			return n
		}
		n = n.Alias
	}
	return nil
}

// find gives the first of several keys of a mapping that is there, and its
// value; nil where none is.
func find(m *yaml.Node, keys ...string) (key, value *yaml.Node) {
	m = follow(m)
	if m == nil || m.Kind != yaml.MappingNode {
		return nil, nil
	}
	for _, name := range keys {
		for i := 0; i+1 < len(m.Content); i += 2 {
			if m.Content[i].Value == name {
				return m.Content[i], follow(m.Content[i+1])
			}
		}
	}
	return nil, nil
}

// scalar gives a value as it is written, "" where there is none or it is null.
func scalar(m *yaml.Node, keys ...string) string {
	_, v := find(m, keys...)
	if v == nil || v.Kind != yaml.ScalarNode || v.Tag == "!!null" {
		return ""
	}
	return strings.TrimSpace(v.Value)
}

// set gives a key of a mapping a value, in the place of the old one or at the
// end. A comment behind the old value stays.
func set(m *yaml.Node, key string, value *yaml.Node) {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value != key {
			continue
		}
		old := m.Content[i+1]
		value.HeadComment, value.LineComment, value.FootComment = old.HeadComment, old.LineComment, old.FootComment
		if value.Kind == yaml.ScalarNode && old.Kind == yaml.ScalarNode && value.Style == 0 && value.Tag == old.Tag {
			value.Style = old.Style &^ (yaml.LiteralStyle | yaml.FoldedStyle)
		}
		m.Content[i+1] = value
		return
	}
	m.Content = append(m.Content, text(key), value)
	m.Style = 0
}

// child gives the mapping below a key, which it makes where there is none.
func child(m *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key && m.Content[i+1].Kind == yaml.MappingNode {
			return m.Content[i+1]
		}
	}
	made := mapping()
	set(m, key, made)
	return made
}

// remove takes a key out of a mapping.
func remove(m *yaml.Node, key string) {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			m.Content = append(m.Content[:i:i], m.Content[i+2:]...)
			return
		}
	}
}
