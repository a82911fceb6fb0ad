package project

import "fmt"

// didYouMean is the hint for a word that looks like another one.
func didYouMean(word string) string { return fmt.Sprintf("did you mean %q?", word) }
