package tool

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"hub.salford.ac.uk/ssph/models"
)

type caseRow struct {
	ID             int64
	OrganisationID *int64
	OwnerID        *int64
	Reference      string
	ReferenceKey   string
	OpenedBy       int64
	HeldBy         *int64 // to whom it was handed last; nil while it is with the one who opened it
	State          State
	PackDigest     string
	Changes        int64
	FactorsVersion int // goes up with each save of the eighteen factors
	Demonstration  bool
	CreatedAt      time.Time
	ChangedAt      time.Time
}

func (caseRow) TableName() string { return "cases" }

// heldBy is the person who has a case, as a column.
const heldBy = "COALESCE(cases.held_by, cases.opened_by)"

// holder is the person who has the case.
func (r caseRow) holder() int64 {
	if r.HeldBy != nil {
		return *r.HeldBy
	}
	return r.OpenedBy
}

// cases narrows a query over the cases table to what this person may see: their own, and those of the organisation they work for.
// When their licence no longer allows the tool, of the organisation's only those they have. Nobody else sees any, the Hub included.
func (v visit) cases(q *gorm.DB) *gorm.DB {
	switch me := v.actor.PersonID; {
	case v.organisation == nil:
		return q.Where("cases.owner_id = ?", me)
	case v.pass.Allowed:
		return q.Where("(cases.owner_id = ? OR cases.organisation_id = ?)", me, *v.organisation)
	default:
		return q.Where("(cases.owner_id = ? OR cases.organisation_id = ? AND "+heldBy+" = ?)", me, *v.organisation, me)
	}
}

func noSuchCase() *models.Error {
	return models.NotFound("We have no case with that number that you can see")
}

func caseByID(ctx context.Context, db models.DB, v visit, id int64) (caseRow, error) {
	var row caseRow
	err := models.Translate(v.cases(db.SQL(ctx)).Where("cases.id = ?", id).Take(&row).Error)
	if errors.Is(err, models.ErrNoRow) {
		return caseRow{}, noSuchCase()
	}
	return row, err
}

// lockCase makes others who change the same case wait until this transaction ends.
func lockCase(ctx context.Context, tx models.DB, id int64) error {
	res := tx.SQL(ctx).Exec("UPDATE cases SET changes = changes + 1, changed_at = ? WHERE id = ?", tx.Now(), id)
	return models.Affected(res, 1, noSuchCase())
}

// insertCase writes a new case. Error: invalid with field "reference" when the organisation, or the person, has one called so.
func insertCase(ctx context.Context, tx models.DB, row caseRow) (caseRow, error) {
	taken, err := referenceTaken(ctx, tx, row)
	if err != nil {
		return caseRow{}, err
	}
	if taken {
		return caseRow{}, referenceInUse(row.Reference)
	}
	err = models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("tool: the case was not written"))
	if errors.Is(err, models.ErrDuplicate) { // somebody else was quicker
		return caseRow{}, referenceInUse(row.Reference).Because(err)
	}
	return row, err
}

func referenceInUse(reference string) *models.Error {
	return models.Invalid("reference", "There is a case %s already. Open it, or give this one another reference", reference)
}

func referenceTaken(ctx context.Context, tx models.DB, row caseRow) (bool, error) {
	q := tx.SQL(ctx).Model(&caseRow{}).Where("reference_key = ?", row.ReferenceKey)
	if row.OrganisationID != nil {
		q = q.Where("organisation_id = ?", *row.OrganisationID)
	} else {
		q = q.Where("owner_id = ?", row.OwnerID)
	}
	var n int64
	err := q.Count(&n).Error
	return n > 0, models.Translate(err)
}

// setState moves a case that is still in the state it was seen in.
func setState(ctx context.Context, tx models.DB, row caseRow, to State) error {
	res := tx.SQL(ctx).Model(&caseRow{}).Where("id = ? AND state = ?", row.ID, row.State).Update("state", to)
	return models.Affected(res, 1, models.Fail(models.KindConflict, "This case changed meanwhile. Look at it again"))
}

type eventRow struct {
	CaseID     int64 `gorm:"primaryKey;autoIncrement:false"`
	Ordinal    int   `gorm:"primaryKey;autoIncrement:false"`
	FromState  State
	ToState    State
	PackDigest string
	MovedBy    int64
	MovedAt    time.Time
}

func (eventRow) TableName() string { return "case_events" }

// insertEvent writes the next event of a case and returns its number.
func insertEvent(ctx context.Context, tx models.DB, row eventRow) (int, error) {
	var last int
	if err := tx.SQL(ctx).Raw("SELECT COALESCE(MAX(ordinal), 0) FROM case_events WHERE case_id = ?", row.CaseID).Scan(&last).Error; err != nil {
		return 0, fmt.Errorf("events: %w", err)
	}
	row.Ordinal = last + 1
	return row.Ordinal, models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("tool: the event was not written"))
}

func eventsOf(ctx context.Context, db models.DB, caseIDs ...int64) ([]eventRow, error) {
	var rows []eventRow
	err := db.SQL(ctx).Where("case_id IN ?", caseIDs).Order("case_id, ordinal").Find(&rows).Error
	return rows, models.Translate(err)
}

type closingRow struct {
	CaseID  int64 `gorm:"primaryKey;autoIncrement:false"`
	Ordinal int   `gorm:"primaryKey;autoIncrement:false"`
	Outcome string
	Message Message
	Rating  *int
}

func (closingRow) TableName() string { return "case_closings" }

func insertClosing(ctx context.Context, tx models.DB, row closingRow) error {
	return models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("tool: the closing was not written"))
}

// lastClosing is how a case was last closed, and whether it ever was.
func lastClosing(ctx context.Context, db models.DB, caseID int64) (closingRow, bool, error) {
	var rows []closingRow
	err := db.SQL(ctx).Where("case_id = ?", caseID).Order("ordinal DESC").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return closingRow{}, false, models.Translate(err)
	}
	return rows[0], true, nil
}
