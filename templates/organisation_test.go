package templates

import (
	"strings"
	"testing"
)

// A bar is as long as its share of the places bought, whatever the figures, and never too short for its number.
func TestFunnel_BarsHaveOneScale(t *testing.T) {
	for _, one := range []struct{ count, of, want int }{{15, 15, 236}, {12, 15, 188}, {1, 100, 40}, {0, 15, 0}, {0, 0, 0}} {
		if got := (FunnelBar{Count: one.count, Of: one.of}).Width(); got != one.want {
			t.Errorf("%d of %d is %d wide, want %d", one.count, one.of, got, one.want)
		}
	}
}

func TestOrganisation_LongListsAreCutWithTheWayToTheRest(t *testing.T) {
	doc, _ := draw(t, renderer(t), "organisation", accountSamples()["organisation-many"])
	if n := doc.Find("table").First().Find("tbody tr").Length(); n != 20 {
		t.Errorf("%d people are shown, want 20", n)
	}
	if got := strings.TrimSpace(doc.Find(".ssph-panel__foot").Text()); got != "Show all 23 places" {
		t.Errorf("the way to the rest says %q", got)
	}
	open := doc.Find(".ssph-todo").First().Find("li").Length()
	if all := doc.Find(".ssph-todo li").Length(); open != 7 || all != 25 {
		t.Errorf("%d of %d things to do stand open, want 7 of 25", open, all)
	}
}
