package ignore

// Matches applies rules alone, without the built-in ones.
func Matches(rules, path string) bool { return (&Set{rules: parse(rules)}).Ignores(path, false) }
