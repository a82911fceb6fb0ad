package dotenv_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fns-dev/fns/internal/dotenv"
)

type vars = map[string]string

// facts are what npm dotenv 16.6.1 makes of a text, as its parse function
// answered under Node 20.
func facts() []struct {
	text string
	want vars
} {
	return []struct {
		text string
		want vars
	}{
		{"A=1", vars{"A": "1"}},
		{"A = 1", vars{"A": "1"}},
		{"  A=1  ", vars{"A": "1"}},
		{"A=", vars{"A": ""}},
		{"A", nil},
		{"A=\nB=2", vars{"A": "", "B": "2"}},
		{"A\n=1", vars{"A": "1"}},
		{"export A=1", vars{"A": "1"}},
		{"export\tA=1", vars{"A": "1"}},
		{"export=1", vars{"export": "1"}},
		{"export A", nil},
		{"export\nA=1", vars{"A": "1"}},
		{"A: 1", vars{"A": "1"}},
		{"A:1", nil},
		{"A:\nB=1", vars{"A": "B=1"}},
		{"A=a b c", vars{"A": "a b c"}},
		{"A= a b  # c", vars{"A": "a b"}},
		{"A=a#b", vars{"A": "a"}},
		{"A=a #b", vars{"A": "a"}},
		{"A=#b", vars{"A": ""}},
		{"A='a#b' # c", vars{"A": "a#b"}},
		{"A='a' b", vars{"A": "'a' b"}},
		{"A='it's'", vars{"A": "it's"}},
		{"A='it\\'s'", vars{"A": "it\\'s"}},
		{"A=\"a\\nb\"", vars{"A": "a\nb"}},
		{"A='a\\nb'", vars{"A": "a\\nb"}},
		{"A=a\\nb", vars{"A": "a\\nb"}},
		{"A=`a\\nb`", vars{"A": "a\\nb"}},
		{"A=\"a\\\"b\"", vars{"A": "a\\\"b"}},
		{"A=\"a\\\"", vars{"A": "a\\"}},
		{"A=\"a\\\"\nB=\"x\"", vars{"A": "a\\", "B": "x"}},
		{"A=\"x\nB=\"y\"", vars{"A": "\"x", "B": "y"}},
		{"A='x\nB=1\nC='", vars{"A": "x\nB=1\nC="}},
		{"A=\"l1\nl2\" # c\nB=2", vars{"A": "l1\nl2", "B": "2"}},
		{"A=\"l1\r\nl2\"\r\nB=2\r\n", vars{"A": "l1\nl2", "B": "2"}},
		{"A=1\rB=2", vars{"A": "1", "B": "2"}},
		{"\ufeffA=1", vars{"A": "1"}},
		{"A=$B\nB=2", vars{"A": "$B", "B": "2"}},
		{"A=${B}", vars{"A": "${B}"}},
		{"A=\"$B\"", vars{"A": "$B"}},
		{"A='x", vars{"A": "'x"}},
		{"A=\"a # b", vars{"A": "\"a"}},
		{"A=\"a\\tb\"", vars{"A": "a\\tb"}},
		{"A=\"a\\\\nb\"", vars{"A": "a\\\nb"}},
		{"A=\"a\\rb\"", vars{"A": "a\rb"}},
		{"A=1\nA=2", vars{"A": "2"}},
		{"a.b-c=1", vars{"a.b-c": "1"}},
		{"A B=1", nil},
		{"1=2", vars{"1": "2"}},
		{"# A=1", nil},
		{"A=\n'x'", vars{"A": "x"}},
		{"A=\n# c\n'x'", vars{"A": ""}},
		{"A=\"\"", vars{"A": ""}},
		{"A=''", vars{"A": ""}},
		{"A='", vars{"A": "'"}},
		{"A=\"a\\nb\" c", vars{"A": "\"a\nb\" c"}},
		{"A=`a'b\"c`", vars{"A": "a'b\"c"}},
		{"A=' a '", vars{"A": " a "}},
		{"=1", nil},
		{"A==1", vars{"A": "=1"}},
		{"A=b=c", vars{"A": "b=c"}},
		{"A='a'\n\n\nB='b'", vars{"A": "a", "B": "b"}},
		{"A=\u00a0x\u00a0", vars{"A": "x"}},
		{"A=é", vars{"A": "é"}},
		{"A-=1", vars{"A-": "1"}},
		{"A=1 # x\n#B=2\nC=3", vars{"A": "1", "C": "3"}},
		{"A=\"x\" # it's\nB='y'", vars{"A": "x", "B": "y"}},
		{"A='a''b'", vars{"A": "a''b"}},
		{"A=\"a\\\" # b\nC=1\nD=\"\n", vars{"A": "a\\\" # b\nC=1\nD="}},
		{"A=\"p\\\" q \\\"\nB=1", vars{"A": "p\\\" q \\", "B": "1"}},
		{"A: 'x'", vars{"A": "x"}},
		{"A :1", nil},
		{"A : 1", nil},
		{"export A: 1", vars{"A": "1"}},
		{"A=1;B=2", vars{"A": "1;B=2"}},
		{"A=\"a\"b\"", vars{"A": "a\"b"}},
		{"A= \"a\" ", vars{"A": "a"}},
		{"\tA=1", vars{"A": "1"}},
		{"A=\"\\\"\"", vars{"A": "\\\""}},
		{"A= ", vars{"A": ""}},
		{"A=`x\ny`", vars{"A": "x\ny"}},
		{"A='x\ny'z\nB=1", vars{"A": "'x", "B": "1"}},
	}
}

func TestValuesAreThoseOfNodesDotenv(t *testing.T) {
	t.Parallel()
	for _, f := range facts() {
		file, _ := dotenv.Parse("/p/.env", []byte(f.text))
		want := f.want
		if want == nil {
			want = vars{}
		}
		if diff := cmp.Diff(want, file.Map()); diff != "" {
			t.Errorf("%q (-dotenv +fns):\n%s", f.text, diff)
		}
	}
}
