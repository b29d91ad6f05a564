package licensing

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"hub.salford.ac.uk/ssph/models"
)

// readLicences runs a query over licences and completes what it finds with periods, causes and terms: three statements, however
// many rows.
func readLicences(ctx context.Context, db models.DB, query *gorm.DB) ([]Licence, error) {
	var rows []licenceRow
	if err := query.Order("licences.id").Find(&rows).Error; err != nil {
		return nil, models.Translate(err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	licences, at := make([]Licence, len(rows)), map[int64]*Licence{}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		licences[i] = Licence{
			ID: r.ID, PersonID: r.PersonID, Standing: r.Standing, StandingSince: r.StandingSince.UTC(), Grounds: r.Grounds, Demonstration: r.Demonstration,
		}
		at[r.ID], ids[i] = &licences[i], r.ID
	}
	views, err := periodViews(ctx, db, ids)
	if err != nil {
		return nil, err
	}
	terms, err := loadTerms(ctx, db)
	if err != nil {
		return nil, err
	}
	for _, v := range views {
		p, err := v.period(terms)
		if err != nil {
			return nil, err
		}
		l := at[v.LicenceID]
		l.Periods = append(l.Periods, p)
	}
	return licences, nil
}

// periodView is a period with what its cause says.
type periodView struct {
	ID             int64
	LicenceID      int64
	Number         int
	AnchorOn       models.Date
	Years          int
	StartsOn       models.Date
	LastDay        models.Date
	OrganisationID *int64
	Unknown        bool
	CauseKind      CauseKind
	CauseID        int64
	LastAttended   models.Date
	Code           Code
	Course         string
	Facts          string
}

// periodViews reads the periods that count, in order.
func periodViews(ctx context.Context, db models.DB, licenceIDs []int64) ([]periodView, error) {
	var views []periodView
	err := db.SQL(ctx).Raw(`SELECT p.id, p.licence_id, p.number, p.anchor_on, p.years, p.starts_on, p.last_day, p.organisation_id,
		EXISTS (SELECT 1 FROM door_names d WHERE d.place_id = co.place_id AND d.person_id = co.person_id AND d.answer <> 'works-with-us') AS unknown,
		p.cause_kind, p.cause_id, co.last_attended, ce.code, ce.course, ce.facts
		FROM licence_periods p
		JOIN completions co ON p.cause_kind = 'completion' AND co.id = p.cause_id
		JOIN certificates ce ON ce.completion_id = co.id AND NOT EXISTS (SELECT 1 FROM certificates next WHERE next.replaces_id = ce.id)
		WHERE p.licence_id IN ? AND NOT EXISTS (SELECT 1 FROM licence_period_voids v WHERE v.period_id = p.id)
		ORDER BY p.licence_id, p.starts_on, p.id`, licenceIDs).Scan(&views).Error
	return views, models.Translate(err)
}

func (v periodView) period(terms termBook) (Period, error) {
	facts, err := parseFacts(v.Course, v.Facts)
	if err != nil {
		return Period{}, fmt.Errorf("period %d: %w", v.ID, err)
	}
	t, err := terms.on(v.LastDay)
	return Period{
		ID: v.ID, No: v.Number, AnchorOn: v.AnchorOn, Years: v.Years, StartsOn: v.StartsOn, LastDay: v.LastDay, OrganisationID: v.OrganisationID, Unknown: v.Unknown,
		Cause: Cause{Kind: v.CauseKind, ID: v.CauseID, On: v.LastAttended, Certificate: v.Code, Facts: facts}, Terms: t,
	}, err
}

// periodExists says whether a period was ever made for a cause.
func periodExists(ctx context.Context, db models.DB, kind CauseKind, id int64) (bool, error) {
	var n int64
	err := db.SQL(ctx).Model(&periodRow{}).Where("cause_kind = ? AND cause_id = ?", kind, id).Count(&n).Error
	return n > 0, models.Translate(err)
}

// licenceOfCause finds the licence that has a period of this cause; 0 when none has.
func licenceOfCause(ctx context.Context, db models.DB, kind CauseKind, id int64) (int64, error) {
	var found []int64
	err := db.SQL(ctx).Raw("SELECT licence_id FROM licence_periods WHERE cause_kind = ? AND cause_id = ? ORDER BY id LIMIT 1", kind, id).Scan(&found).Error
	if err != nil || len(found) == 0 {
		return 0, models.Translate(err)
	}
	return found[0], nil
}
