package tool

import (
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

// The reason why a plan goes on without the person's agreement is kept in place of the reason for going; with it, that stands.
func TestMove_KeepsTheReasonThatCounts(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		r := newRoom(t, db, clock)
		for reference, c := range map[string]struct {
			m    Move
			want string
		}{
			"IWN-1": {Move{To: Planning, Agreed: true, Reason: "Chose the choir", AgreedOther: "left over"}, "Chose the choir"},
			"IWN-2": {Move{To: Planning, Reason: "Chose the choir", AgreedOther: "Best interests"}, "Best interests"},
			"IWN-3": {Move{To: Analysing, Reason: "Something new", AgreedOther: "left over"}, "Something new"},
		} {
			id := r.begin(t, r.hannah, reference)
			r.toMatching(t, r.hannah, id)
			r.move(t, r.hannah, id, c.m)
			events := r.open(t, r.hannah, id).Events
			if got := events[len(events)-1].Reason; got != c.want {
				t.Errorf("%+v: %q is kept, want %q", c.m, got, c.want)
			}
		}
		id := r.begin(t, r.hannah, "IWN-4")
		err := r.try(t, func(tx models.DB) error {
			return r.desk.Move(t.Context(), tx, r.hannah, id, Move{To: Contacting, Reason: strings.Repeat("a", longestNote+1)})
		})
		if models.ProblemsOf(err).For("reason") == "" {
			t.Errorf("a reason longer than a note can be: %v", err)
		}
	})
}
