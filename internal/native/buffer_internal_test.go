package native

import (
	"encoding/hex"
	"testing"
)

func TestBrokenUTF8BecomesOneReplacementForEachSequence(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"e282":       "\ufffd",
		"e28241":     "\ufffdA",
		"ff":         "\ufffd",
		"f09f98":     "\ufffd",
		"eda080":     "\ufffd\ufffd\ufffd",
		"c080":       "\ufffd\ufffd",
		"f8888888":   "\ufffd\ufffd\ufffd\ufffd",
		"68c3a9":     "hé",
		"f09f9880ff": "😀\ufffd",
	} {
		b, err := hex.DecodeString(in)
		if err != nil {
			t.Fatal(err)
		}
		if got := utf8Text(b); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestTextThatDoesNotFitIsCutBetweenCharacters(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		encoding string
		room     int
		want     int
	}{
		{"utf8", 4, 3}, {"utf8", 3, 3}, {"utf8", 2, 0}, {"utf16le", 3, 2}, {"latin1", 1, 1},
	} {
		b := encodeText("€€", tt.encoding)
		if got := len(wholeCharacters(b, tt.room, tt.encoding)); got != tt.want {
			t.Errorf("%s in %d bytes: %d, want %d", tt.encoding, tt.room, got, tt.want)
		}
	}
}

func TestDecoderKeepsAnUnfinishedCharacterForTheNextPart(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		parts []string
		want  string
	}{
		{"utf-8", []string{"e2", "82", "ac41"}, "€A"},
		{"utf-8", []string{"efbb", "bf61"}, "a"},
		{"utf-8", []string{"f09f", ""}, "\ufffd"},
		{"utf-16le", []string{"ac", "2041", "00"}, "€A"},
		{"utf-16le", []string{"3dd8", "00de"}, "😀"},
	} {
		d := &textDecoder{name: tt.name}
		got := ""
		for i, p := range tt.parts {
			b, err := hex.DecodeString(p)
			if err != nil {
				t.Fatal(err)
			}
			text, _ := d.decode(b, i < len(tt.parts)-1)
			got += text
		}
		if got != tt.want {
			t.Errorf("%s %v: %q, want %q", tt.name, tt.parts, got, tt.want)
		}
	}
}

func FuzzBase64OfBufferReadsWhatItWrites(f *testing.F) {
	f.Add([]byte("abc"))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, encoding := range []string{"base64", "base64url", "hex"} {
			text, _ := decodeText(b, encoding).(string)
			if got := encodeText(text, encoding); string(got) != string(b) {
				t.Errorf("%s of %x came back as %x", encoding, b, got)
			}
		}
	})
}
