package nodecore

import "sort"

// Status says how much of a module the embedded engines have.
type Status string

// The statuses.
const (
	Full    Status = "full"
	Partial Status = "partial"
	Refused Status = "refused" // loads, but its functions throw and say why
)

// Module is one row of the table of Node's core modules. The loader, the bundler
// and docs/node-compat.md all read this table.
type Module struct {
	Name       string
	Status     Status
	Note       string // what is missing, or why it is refused
	PrefixOnly bool   // only with node:, as node:test
}

// Modules lists the core modules, sorted by name.
func Modules() []Module {
	list := table()
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	return list
}

func lookup(name string) (Module, bool) {
	for _, m := range table() {
		if m.Name == name {
			return m, true
		}
	}
	return Module{}, false
}
