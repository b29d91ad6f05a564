package models

import "strconv"

// Count writes a number with its noun: 1 place, 3 places. The noun is regular and given in the singular.
func Count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}
