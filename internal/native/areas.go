package native

// areas lists the parts of the table, one a file.
func areas() []func() Table {
	return []func() Table{
		processNatives,
		timerNatives,
	}
}
