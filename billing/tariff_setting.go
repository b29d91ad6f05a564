package billing

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// PreviewSetting says what a setting would change, and refuses what access.ScheduleSetting refuses; it writes nothing. Only the
// office may ask.
func PreviewSetting(ctx context.Context, db models.DB, actor access.Actor, n access.NewSetting) (Changes, error) {
	stands, next, err := access.CheckSetting(ctx, db, actor, n)
	if err != nil {
		return Changes{}, err
	}
	c := settingChanges(stands, stands.Value, n.Whole(), n.From)
	c.follow(db.Today(), next)
	return c, nil
}

// settingChanges says what another value of a setting means from a day on.
func settingChanges(what access.SettingValue, before, after string, from models.Date) Changes {
	c := Changes{From: from, Values: []ValueChange{{what.Note, what.With(before), what.With(after)}}}
	c.doubtSetting(what.Note, before, after)
	switch what.Name {
	case "payment_terms_days":
		c.say("Invoices issued on %s or later are due after %s days. An invoice already issued keeps the day by which it is to be paid.", from, after)
	case "open_access_most", "group_least", "group_most":
		c.say("It counts for what is booked on %s or later. Bookings already made keep their places and their price.", from)
	case "session_capacity":
		c.say("It counts for sessions opened on %s or later. A session already open keeps its places.", from)
	default:
		c.say("It counts for everything that begins on %s or later. What has begun before keeps its time.", from)
	}
	return c
}
