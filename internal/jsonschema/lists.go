package jsonschema

import "fmt"

func (e *element) items() {
	e.size(len(e.v.Items), e.n.minItems, e.n.maxItems, "item")
	first := map[string]int{}
	if e.n.unique {
		for i, item := range e.v.Items {
			form := canonical(item)
			if j, there := first[form]; there {
				e.reportf("items %d and %d are the same", j+1, i+1)
				break
			}
			first[form] = i
		}
	}
	for i, item := range e.v.Items {
		switch {
		case i < len(e.n.prefix):
			e.below(e.n.prefix[i], item, fmt.Sprint(i))
		case e.n.items != nil:
			e.below(e.n.items, item, fmt.Sprint(i))
		default:
			continue
		}
		e.seen.item(i)
	}
	if e.n.contains != nil {
		e.contains()
	}
}

func (e *element) contains() {
	count := 0
	for i, item := range e.v.Items {
		if list, _ := e.check.fits(e.n.contains, item, "", e.depth); len(list) == 0 {
			count++
			e.seen.item(i)
		}
	}
	least := 1
	if e.n.minContains != nil {
		least = *e.n.minContains
	}
	if count < least {
		e.report(Misfit{Text: fmt.Sprintf("must have at least %d items of a certain form, not %d", least, count), Missing: true})
	}
	if most := e.n.maxContains; most != nil && count > *most {
		e.reportf("must have at most %d items of a certain form, not %d", *most, count)
	}
}

func (e *element) unevaluatedItems() {
	if e.n.unevalItems == nil || e.seen.all {
		return
	}
	for i, item := range e.v.Items {
		if !e.seen.items[i] {
			e.below(e.n.unevalItems, item, fmt.Sprint(i))
		}
	}
	e.seen.all = true
}

// size checks how many there are of something.
func (e *element) size(n int, least, most *int, what string) {
	many := func(n int) string {
		if n == 1 {
			return "1 " + what
		}
		return fmt.Sprintf("%d %ss", n, what)
	}
	if least != nil && n < *least {
		e.report(Misfit{Text: fmt.Sprintf("must have at least %s, not %d", many(*least), n), Missing: true})
	}
	if most != nil && n > *most {
		e.reportf("must have at most %s, not %d", many(*most), n)
	}
}
