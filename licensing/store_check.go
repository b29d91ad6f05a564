package licensing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// CheckRecords looks for certificates, licences and completions that do not agree; each finding is a sentence. Empty means sound.
func CheckRecords(ctx context.Context, db models.DB) ([]string, error) {
	var found []string
	for _, rule := range recordRules {
		var ids []int64
		if err := db.SQL(ctx).Raw(rule.query).Scan(&ids).Error; err != nil {
			return nil, fmt.Errorf("%s: %w", rule.sentence, models.Translate(err))
		}
		for _, id := range ids {
			found = append(found, fmt.Sprintf(rule.sentence, id))
		}
	}
	dates, err := checkDates(ctx, db)
	return append(found, dates...), err
}

// recordRules are queries that find nothing while all is well.
var recordRules = []struct{ sentence, query string }{
	{"person %d has two live licences", `SELECT person_id FROM licences WHERE standing IN ('live', 'suspended') GROUP BY person_id HAVING COUNT(*) > 1`},
	{"completion %d has no certificate", `SELECT co.id FROM completions co LEFT JOIN certificates ce ON ce.completion_id = co.id WHERE ce.id IS NULL`},
	{"completion %d has not made exactly one period of a licence", `SELECT co.id FROM completions co WHERE 1 <>
		(SELECT COUNT(*) FROM licence_periods p WHERE p.cause_kind = 'completion' AND p.cause_id = co.id AND p.replaces_id IS NULL)`},
	// The office may withdraw a certificate, and the licence that stands on it, of a completion that stands.
	{"completion %d and its licence do not agree on whether it stands", `SELECT co.id FROM completions co WHERE
		(SELECT COUNT(*) FROM licence_periods p WHERE p.cause_kind = 'completion' AND p.cause_id = co.id
			AND NOT EXISTS (SELECT 1 FROM licence_period_voids v WHERE v.period_id = p.id)) NOT BETWEEN
		CASE WHEN EXISTS (SELECT 1 FROM certificates ce WHERE ce.completion_id = co.id
			AND NOT EXISTS (SELECT 1 FROM certificate_withdrawals cw WHERE cw.certificate_id = ce.id)) THEN 1 ELSE 0 END AND
		CASE WHEN EXISTS (SELECT 1 FROM completion_withdrawals w WHERE w.completion_id = co.id) THEN 0 ELSE 1 END`},
	{"certificate %d stands and its completion does not", `SELECT ce.id FROM certificates ce
		JOIN completion_withdrawals ow ON ow.completion_id = ce.completion_id
		WHERE NOT EXISTS (SELECT 1 FROM certificate_withdrawals cw WHERE cw.certificate_id = ce.id)`},
	{"certificate %d was replaced and stands", `SELECT ce.id FROM certificates ce JOIN certificates n ON n.replaces_id = ce.id
		WHERE NOT EXISTS (SELECT 1 FROM certificate_withdrawals cw WHERE cw.certificate_id = ce.id)`},
	{"certificate %d replaces one of another completion", `SELECT n.id FROM certificates n JOIN certificates ce ON n.replaces_id = ce.id
		WHERE n.completion_id <> ce.completion_id OR n.person_id <> ce.person_id`},
	{"certificate %d is for another person than its completion", `SELECT ce.id FROM certificates ce JOIN completions co ON co.id = ce.completion_id
		WHERE ce.person_id <> co.person_id`},
	{"certificate %d has no name or no file", `SELECT ce.id FROM certificates ce LEFT JOIN certificate_names n ON n.certificate_id = ce.id
		LEFT JOIN certificate_files f ON f.certificate_id = ce.id WHERE n.certificate_id IS NULL OR f.certificate_id IS NULL`},
	{"licence period %d is on the licence of another person", `SELECT p.id FROM licence_periods p JOIN licences l ON l.id = p.licence_id
		JOIN completions co ON p.cause_kind = 'completion' AND co.id = p.cause_id WHERE co.person_id <> l.person_id`},
	{"licence %d does not stand as its last event says", `SELECT l.id FROM licences l WHERE l.standing <> COALESCE(
		(SELECT e.standing FROM licence_events e WHERE e.licence_id = l.id ORDER BY e.id DESC LIMIT 1), 'live')`},
}

// checkDates works out the dates of every period that counts again.
func checkDates(ctx context.Context, db models.DB) ([]string, error) {
	var found []string
	for after := int64(0); ; {
		licences, err := readLicences(ctx, db, db.SQL(ctx).Where("licences.id > ?", after).Limit(200))
		if err != nil || len(licences) == 0 {
			return found, err
		}
		for _, l := range licences {
			after = l.ID
			found = append(found, l.faults()...)
		}
	}
}

// faults are what is wrong with a licence's dates.
func (l Licence) faults() []string {
	var found []string
	for i, p := range l.Periods {
		if p.LastDay != LastDay(p.AnchorOn, p.Years) {
			found = append(found, fmt.Sprintf("%s ends on %s, not on the last day of %s from %s", l.Reference(), p.LastDay.ISO(), models.Count(p.Years, "year"), p.AnchorOn.ISO()))
		}
		if p.No != i+1 {
			found = append(found, fmt.Sprintf("%s numbers period %d as %d", l.Reference(), i+1, p.No))
		}
		goesOn := i > 0 && p.AnchorOn == l.Periods[i-1].AnchorOn
		switch {
		case goesOn && p.StartsOn != l.Periods[i-1].LastDay.AddDays(1):
			found = append(found, fmt.Sprintf("%s has a gap or an overlap on %s", l.Reference(), p.StartsOn.ISO()))
		case !goesOn && p.StartsOn != p.AnchorOn:
			found = append(found, fmt.Sprintf("%s begins on %s but counts from %s", l.Reference(), p.StartsOn.ISO(), p.AnchorOn.ISO()))
		case !goesOn && i > 0 && !l.Periods[i-1].LastDay.Before(p.StartsOn):
			found = append(found, fmt.Sprintf("%s has two periods on %s", l.Reference(), p.StartsOn.ISO()))
		}
	}
	return found
}

// CheckFiles hashes every stored certificate again and compares; files emptied with their name are left out.
func CheckFiles(ctx context.Context, db models.DB) ([]string, error) {
	var found []string
	for after := int64(0); ; {
		var rows []fileRow
		err := db.SQL(ctx).Where("certificate_id > ? AND erased_at IS NULL", after).Order("certificate_id").Limit(50).Find(&rows).Error
		if err != nil || len(rows) == 0 {
			return found, models.Translate(err)
		}
		for _, r := range rows {
			after = r.CertificateID
			if hash := sha256.Sum256(r.Content); hex.EncodeToString(hash[:]) != r.SHA256 {
				found = append(found, fmt.Sprintf("the file of certificate %d is not what was stored at issue", r.CertificateID))
			}
		}
	}
}
