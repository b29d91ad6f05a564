package licensing

import (
	"context"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

func licencesOfPerson(ctx context.Context, db models.DB, scope access.Scope, personID int64) ([]Licence, error) {
	return readLicences(ctx, db, inScope(scope, db.SQL(ctx)).Where("licences.person_id = ?", personID))
}

func licencesBoughtBy(ctx context.Context, db models.DB, organisationID int64) ([]Licence, error) {
	return readLicences(ctx, db, db.SQL(ctx).Where(boughtBy, []int64{organisationID}))
}

// licencesOfCompletions reads the licences with a period that one of the completions made.
func licencesOfCompletions(ctx context.Context, db models.DB, ids []int64) ([]Licence, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return readLicences(ctx, db, db.SQL(ctx).Where(`EXISTS (SELECT 1 FROM licence_periods p WHERE p.licence_id = licences.id
		AND p.cause_kind = ? AND p.cause_id IN ?)`, CauseCompletion, ids))
}

// certificatesOfCompletions reads certificates by the completion they prove: of several, the one that took the place of the others.
func certificatesOfCompletions(ctx context.Context, db models.DB, ids []int64) (map[int64]Certificate, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	all, err := readCertificates(certificatesQuery(ctx, db).Where("certificates.completion_id IN ? AND "+unreplaced, ids))
	found := make(map[int64]Certificate, len(all))
	for _, c := range all {
		found[c.CompletionID] = c
	}
	return found, err
}

// holdersOf joins licences with their people, by name.
func holdersOf(ctx context.Context, db models.DB, licences []Licence) ([]Holder, error) {
	if len(licences) == 0 {
		return nil, nil
	}
	byPerson, ids := map[int64][]Licence{}, make([]int64, 0, len(licences))
	for _, l := range licences {
		byPerson[l.PersonID] = append(byPerson[l.PersonID], l)
		ids = append(ids, l.PersonID)
	}
	var people []struct {
		ID    int64
		Name  string
		Email string
	}
	err := db.SQL(ctx).Raw("SELECT id, name, email FROM people WHERE id IN ? ORDER BY lower(name), email", ids).Scan(&people).Error
	if err != nil {
		return nil, models.Translate(err)
	}
	var holders []Holder
	for _, p := range people {
		for _, l := range byPerson[p.ID] {
			holders = append(holders, Holder{PersonID: p.ID, Name: p.Name, Email: p.Email, Licence: l, Decision: Decide(l, db.Now())})
		}
	}
	return holders, nil
}

func fileByCertificate(ctx context.Context, db models.DB, certificateID int64) (fileRow, error) {
	var row fileRow
	if err := db.SQL(ctx).Where("certificate_id = ?", certificateID).Take(&row).Error; err != nil {
		return row, fmt.Errorf("file of certificate %d: %w", certificateID, models.Translate(err))
	}
	return row, nil
}

// blankNames removes the name of a person's certificates and empties the files; it says how many had one.
func blankNames(ctx context.Context, tx models.DB, personID int64) (int, error) {
	const theirs = "erased_at IS NULL AND certificate_id IN (SELECT id FROM certificates WHERE person_id = ?)"
	names := tx.SQL(ctx).Model(&nameRow{}).Where(theirs, personID).Updates(map[string]any{"name": "", "erased_at": tx.Now()})
	if names.Error != nil {
		return 0, models.Translate(names.Error)
	}
	files := tx.SQL(ctx).Model(&fileRow{}).Where(theirs, personID).Updates(map[string]any{"content": []byte{}, "erased_at": tx.Now()})
	err := models.Affected(files, names.RowsAffected, fmt.Errorf("person %d: certificates and files do not agree", personID))
	return int(names.RowsAffected), err
}
