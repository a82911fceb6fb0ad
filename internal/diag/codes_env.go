package diag

// Codes of .env files.
const (
	EnvLine      = "FNS2101"
	EnvValueCut  = "FNS2102"
	EnvQuote     = "FNS2103"
	EnvMock      = "FNS2104"
	EnvDuplicate = "FNS2105"
)

func envRules() []Rule {
	return []Rule{
		{
			Code: EnvLine, Slug: "env-line", Severity: Warning,
			Title:   "a line of a .env file is ignored",
			Why:     "It is neither KEY=value nor a comment, so it sets nothing.",
			Fix:     "Write KEY=value, or start the line with #.",
			Example: Example{Bad: "API_KEY: abc", Good: "API_KEY=abc"},
		},
		{
			Code: EnvValueCut, Slug: "env-value-cut", Severity: Warning,
			Title:   "a value in a .env file ends at a #",
			Why:     "A # outside quotes starts a comment, even inside a word, so the rest of the value is lost.",
			Fix:     "Put the value in single quotes.",
			Example: Example{Bad: "PASSWORD=abc#def", Good: "PASSWORD='abc#def'"},
		},
		{
			Code: EnvQuote, Slug: "env-quote", Severity: Warning,
			Title:   "a quote in a .env file is not closed, or text follows it",
			Why:     "The quotes then belong to the value.",
			Fix:     "Close the quote at the end of the value, or quote the value with another of ' \" `.",
			Example: Example{Bad: `GREETING="hello`, Good: `GREETING="hello"`},
		},
		{
			Code: EnvMock, Slug: "env-mock", Severity: Warning,
			Title:   "a HUBSPOT_ variable in a .env file has a value that can't be used",
			Why:     "These variables fill the context that functions get locally; the default is used instead.",
			Fix:     "Write the value as the message says.",
			Example: Example{Bad: "HUBSPOT_CONTACT_VID=me", Good: "HUBSPOT_CONTACT_VID=12345"},
		},
		{
			Code: EnvDuplicate, Slug: "env-duplicate", Severity: Warning,
			Title:   "a .env file sets a name twice",
			Why:     "The last one counts.",
			Fix:     "Remove one of the two.",
			Example: Example{Bad: "KEY=a\nKEY=b", Good: "KEY=b"},
		},
	}
}
