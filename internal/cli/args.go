package cli

import (
	"slices"
	"strings"
	"unicode"
)

// hsSwitches are the switches of commands that hs has too.
var hsSwitches = []string{
	"contact", "watch", "log-output", "default", "use-default-name", "force", "json", "debug", "use-env", "latest", "compact", "follow", "tail", "errors-only",
	"skip-auto-deploy", "skip-validation", "skip-npm-audit", "force-create", "deploy-latest-build", "format-output-as-json",
	"clean", "overwrite", "remove", "initial-upload", "convert-fields", "save-output", "staging", "disable-initial", "allow-usage-tracking", "allow-auto-updates", "auto-open-browser",
}

// hsArgs rewrites the spellings of hs that our flag parser does not know:
// "--contact false" and "--no-contact" become "--contact=false", "--useEnv"
// becomes "--use-env".
func hsArgs(args []string) []string {
	var out []string
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			return append(out, args[i:]...)
		}
		arg = kebab(arg)
		for _, name := range hsSwitches {
			switch {
			case arg == "--no-"+name:
				arg = "--" + name + "=false"
			case arg == "--"+name && i+1 < len(args) && slices.Contains([]string{"true", "false"}, args[i+1]):
				arg += "=" + args[i+1]
				i++
			}
		}
		out = append(out, arg)
	}
	return out
}

// kebab gives the name of a long flag the dashes that stand for its capitals.
func kebab(arg string) string {
	name, value, given := strings.Cut(arg, "=")
	if !strings.HasPrefix(name, "--") || name == strings.ToLower(name) {
		return arg
	}
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 2 {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	if given {
		b.WriteString("=" + value)
	}
	return b.String()
}
