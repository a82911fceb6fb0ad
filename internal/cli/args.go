package cli

import "slices"

// hsSwitches are the switches of commands that hs has too.
var hsSwitches = []string{"contact", "watch", "log-output"}

// hsArgs rewrites the two spellings of hs for a switch that our flag parser does
// not know: "--contact false" and "--no-contact" become "--contact=false".
func hsArgs(args []string) []string {
	var out []string
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			return append(out, args[i:]...)
		}
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
