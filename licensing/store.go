package licensing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

type licenceRow struct {
	ID            int64
	PersonID      int64
	Standing      Standing
	StandingSince time.Time
	Grounds       Grounds
	Claims        int64
	Demonstration bool
	CreatedAt     time.Time
}

func (licenceRow) TableName() string { return "licences" }

type periodRow struct {
	ID             int64
	LicenceID      int64
	Number         int
	AnchorOn       models.Date
	Years          int
	StartsOn       models.Date
	LastDay        models.Date
	OrganisationID *int64
	CauseKind      CauseKind
	CauseID        int64
	ReplacesID     *int64
	MadeAt         time.Time
	MadeBy         *int64
}

func (periodRow) TableName() string { return "licence_periods" }

type voidRow struct {
	PeriodID int64 `gorm:"primaryKey;autoIncrement:false"`
	VoidedAt time.Time
	VoidedBy *int64
	Reason   string
}

func (voidRow) TableName() string { return "licence_period_voids" }

type eventRow struct {
	ID        int64
	LicenceID int64
	Standing  Standing
	Grounds   Grounds
	Reason    string
	At        time.Time
	ActorID   *int64
}

func (eventRow) TableName() string { return "licence_events" }

// live are the standings of which a person has one licence at most.
var live = []Standing{StandingLive, StandingSuspended}

// claimLicence takes the lock of the person's live licence, making it when there is none, and reads it whole. Of two that would make it
// at once, one does, and the other gets the same.
func claimLicence(ctx context.Context, tx models.DB, personID int64, demonstration bool) (Licence, error) {
	there, err := lockLive(ctx, tx, personID)
	if err != nil {
		return Licence{}, err
	}
	if !there {
		row := licenceRow{
			PersonID: personID, Standing: StandingLive, StandingSince: tx.Now(), Demonstration: demonstration, CreatedAt: tx.Now(),
		}
		res := tx.SQL(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if res.Error != nil {
			return Licence{}, models.Translate(res.Error)
		}
		if there, err = lockLive(ctx, tx, personID); err != nil || !there {
			return Licence{}, errors.Join(err, fmt.Errorf("person %d has no live licence to lock", personID))
		}
	}
	all, err := readLicences(ctx, tx, tx.SQL(ctx).Where("person_id = ? AND standing IN ?", personID, live))
	if err == nil && len(all) != 1 {
		err = fmt.Errorf("person %d has %d live licences", personID, len(all))
	}
	if err != nil {
		return Licence{}, err
	}
	return all[0], nil
}

// lockLive takes the lock of the person's live licence and says whether there is one.
func lockLive(ctx context.Context, tx models.DB, personID int64) (bool, error) {
	res := tx.SQL(ctx).Exec("UPDATE licences SET claims = claims + 1 WHERE person_id = ? AND standing IN ?", personID, live)
	return res.RowsAffected > 0, models.Translate(res.Error)
}

// lockLicence takes the lock of one licence and reads it whole.
func lockLicence(ctx context.Context, tx models.DB, id int64) (Licence, error) {
	res := tx.SQL(ctx).Exec("UPDATE licences SET claims = claims + 1 WHERE id = ?", id)
	if err := models.Affected(res, 1, noSuchLicence()); err != nil {
		return Licence{}, err
	}
	return licenceByID(ctx, tx, access.System().Scope(), id)
}

func licenceByID(ctx context.Context, db models.DB, scope access.Scope, id int64) (Licence, error) {
	all, err := readLicences(ctx, db, inScope(scope, db.SQL(ctx)).Where("licences.id = ?", id))
	if err != nil {
		return Licence{}, err
	}
	if len(all) == 0 {
		return Licence{}, noSuchLicence()
	}
	return all[0], nil
}

// inScope narrows a query over licences: one's own, and those with a period that one's organisation bought.
func inScope(scope access.Scope, q *gorm.DB) *gorm.DB {
	switch {
	case scope.All:
		return q
	case len(scope.OrganisationIDs) > 0:
		return q.Where("(licences.person_id = ? OR "+boughtBy+")", scope.PersonID, scope.OrganisationIDs)
	}
	return q.Where("licences.person_id = ? AND licences.person_id <> 0", scope.PersonID)
}

// boughtBy selects the licences with a period, not taken back, that one of the organisations bought.
const boughtBy = `EXISTS (SELECT 1 FROM licence_periods p WHERE p.licence_id = licences.id AND p.organisation_id IN ?
	AND NOT EXISTS (SELECT 1 FROM licence_period_voids v WHERE v.period_id = p.id))`

// insertPeriod adds a period to a licence that is locked.
func insertPeriod(ctx context.Context, tx models.DB, actor access.Actor, l Licence, p Period, replaces *int64) (Period, error) {
	row := periodRow{
		LicenceID: l.ID, Number: p.No, AnchorOn: p.AnchorOn, Years: p.Years, StartsOn: p.StartsOn, LastDay: p.LastDay,
		OrganisationID: p.OrganisationID, CauseKind: p.Cause.Kind, CauseID: p.Cause.ID, ReplacesID: replaces, MadeAt: tx.Now(), MadeBy: personOf(actor),
	}
	err := models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("licensing: the period was not written"))
	p.ID = row.ID
	return p, err
}

func insertVoid(ctx context.Context, tx models.DB, actor access.Actor, periodID int64, reason string) error {
	row := voidRow{PeriodID: periodID, VoidedAt: tx.Now(), VoidedBy: personOf(actor), Reason: reason}
	return models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("licensing: the period was not taken back"))
}

// setStanding changes what people decided about a licence that is locked, and keeps the reason. It returns the event's id.
func setStanding(ctx context.Context, tx models.DB, actor access.Actor, l Licence, to Standing, grounds Grounds, reason string) (int64, error) {
	if to == StandingLive {
		grounds = ""
	}
	res := tx.SQL(ctx).Model(&licenceRow{}).Where("id = ? AND standing = ?", l.ID, l.Standing).
		Updates(map[string]any{"standing": to, "standing_since": tx.Now(), "grounds": grounds})
	if err := models.Affected(res, 1, models.Fail(models.KindConflict, "This licence changed meanwhile. Look at it again")); err != nil {
		return 0, err
	}
	row := eventRow{LicenceID: l.ID, Standing: to, Grounds: grounds, Reason: reason, At: tx.Now(), ActorID: personOf(actor)}
	err := models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("licensing: the event was not written"))
	return row.ID, err
}

// personOf is the person an actor is, for the columns that say who did something; nil for the program itself.
func personOf(actor access.Actor) *int64 {
	if !actor.SignedIn() || actor.System {
		return nil
	}
	return &actor.PersonID
}
