package scheduling_test

import (
	"testing"

	"hub.salford.ac.uk/ssph/scheduling"
)

func TestStatus_WholeMatrix(t *testing.T) {
	const d, p, c = scheduling.Draft, scheduling.Published, scheduling.Cancelled
	allowed := map[[2]scheduling.Status]bool{{d, p}: true, {d, c}: true, {p, c}: true}
	for _, from := range append(scheduling.Statuses(), "", "other") {
		for _, to := range append(scheduling.Statuses(), "", "other") {
			if got := from.CanBecome(to); got != allowed[[2]scheduling.Status{from, to}] {
				t.Errorf("%q to %q: %v", from, to, got)
			}
		}
	}
}

func TestStatus_ListsEachOnce(t *testing.T) {
	if got := scheduling.Statuses(); len(got) != 3 || got[0] != scheduling.Draft || got[2] != scheduling.Cancelled {
		t.Errorf("%v", got)
	}
}
