package handlers

import (
	"net/url"
	"slices"
	"strings"

	"hub.salford.ac.uk/ssph/templates"
)

// carried are the fields of a form that the page between it and its doing sends along, in the order of their names.
func carried(typed url.Values) []templates.Choice {
	var fields []templates.Choice
	for name, values := range typed {
		if name == "do" || name == "_csrf" || len(values) == 0 {
			continue
		}
		fields = append(fields, templates.Choice{Value: name, Label: values[0]})
	}
	slices.SortFunc(fields, func(a, b templates.Choice) int { return strings.Compare(a.Value, b.Value) })
	return fields
}
