package billing

import (
	"context"
	"errors"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

type eventRow struct {
	ID         string
	Type       string
	ObjectID   string
	APIVersion string `gorm:"column:api_version"`
	CreatedAt  time.Time
	ReceivedAt time.Time
	Outcome    string
}

func (eventRow) TableName() string { return "stripe_events" }

// checkRow says how far one comparison with the processor has come.
type checkRow struct {
	ID         int64
	Kind       string
	LookedFrom time.Time
	LookedTo   time.Time
	Repaired   int
	Found      int
	FinishedAt time.Time
}

func (checkRow) TableName() string { return "stripe_checks" }

// insertEvent writes down what came of an event; one that is written down already stays as it is.
func insertEvent(ctx context.Context, tx models.DB, event Event, outcome string) error {
	return models.Translate(tx.SQL(ctx).Exec(
		`INSERT INTO stripe_events (id, type, object_id, api_version, created_at, received_at, outcome) VALUES (?, ?, ?, ?, ?, ?, ?)
		 ON CONFLICT (id) DO NOTHING`,
		event.ID, event.Type, event.ObjectID, event.APIVersion, event.Created, tx.Now(), outcome).Error)
}

func eventSeen(ctx context.Context, db models.DB, id string) (bool, error) {
	var count int64
	err := db.SQL(ctx).Model(&eventRow{}).Where("id = ?", id).Count(&count).Error
	return count > 0, models.Translate(err)
}

// unknownEvents lists the events received since an instant that were about money not recorded here, the oldest first.
func unknownEvents(ctx context.Context, db models.DB, since time.Time) ([]Event, error) {
	var rows []eventRow
	err := db.SQL(ctx).Where("outcome = ? AND received_at >= ?", outcomeUnknown, since).Order("created_at").Limit(sweepAtMost).Find(&rows).Error
	events := make([]Event, len(rows))
	for i, r := range rows {
		events[i] = Event{ID: r.ID, Type: r.Type, ObjectID: r.ObjectID, APIVersion: r.APIVersion, Created: r.CreatedAt}
	}
	return events, models.Translate(err)
}

// lastCheck is the latest comparison of a kind, or, before the first, one that ended at an instant.
func lastCheck(ctx context.Context, db models.DB, kind string, orAt time.Time) (checkRow, error) {
	var last checkRow
	err := models.Translate(db.SQL(ctx).Where("kind = ?", kind).Order("looked_to DESC").Take(&last).Error)
	if errors.Is(err, models.ErrNoRow) {
		return checkRow{LookedTo: orAt}, nil
	}
	return last, err
}

func recordCheck(ctx context.Context, tx models.DB, row checkRow) error {
	row.FinishedAt = tx.Now()
	return models.Translate(tx.SQL(ctx).Create(&row).Error)
}
