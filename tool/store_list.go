package tool

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"hub.salford.ac.uk/ssph/models"
)

// listedRow is a case with what the list shows beside it.
type listedRow struct {
	Row        caseRow `gorm:"embedded"`
	HeldByName string
	RedWaits   int
	Overdue    int
}

// listed are the columns of the list. A flag waits while nothing is recorded about it.
const listed = `cases.*, COALESCE(NULLIF(people.name, ''), people.email) AS held_by_name,
	(SELECT COUNT(*) FROM case_flags f WHERE f.case_id = cases.id AND f.level = 'red'
		AND NOT EXISTS (SELECT 1 FROM case_flag_actions a WHERE a.flag_id = f.id)) AS red_waits,
	(SELECT COUNT(*) FROM case_flags f WHERE f.case_id = cases.id AND f.due_at < ?
		AND NOT EXISTS (SELECT 1 FROM case_flag_actions a WHERE a.flag_id = f.id)) AS overdue`

func searchCases(ctx context.Context, db models.DB, v visit, filter CaseFilter) ([]listedRow, int64, error) {
	matching := func() *gorm.DB {
		q := v.cases(db.SQL(ctx).Model(&caseRow{}))
		if filter.Closed {
			q = q.Where("cases.state = ?", Closed)
		} else {
			q = q.Where("cases.state <> ?", Closed)
		}
		if filter.Mine {
			q = q.Where(heldBy+" = ?", v.actor.PersonID)
		}
		if part := strings.TrimSpace(filter.Search); part != "" {
			like := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(referenceKey(part)) + "%"
			q = q.Where(`cases.reference_key LIKE ? ESCAPE '\'`, like)
		}
		return q
	}
	var total int64
	if err := matching().Count(&total).Error; err != nil {
		return nil, 0, models.Translate(err)
	}
	var rows []listedRow
	err := matching().Select(listed, db.Now()).Joins("JOIN people ON people.id = " + heldBy).
		Order("cases.changed_at DESC, cases.id DESC").
		Limit(CasesPerPage).Offset((max(filter.Page, 1) - 1) * CasesPerPage).Scan(&rows).Error
	return rows, total, models.Translate(err)
}
