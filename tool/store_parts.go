package tool

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm/clause"

	"hub.salford.ac.uk/ssph/models"
)

type tickRow struct {
	CaseID   int64  `gorm:"primaryKey;autoIncrement:false"`
	Code     string `gorm:"primaryKey"`
	TickedBy int64
	TickedAt time.Time
}

func (tickRow) TableName() string { return "case_ticks" }

// setTick says whether it changed anything.
func (w work) setTick(ctx context.Context, tx models.DB, code string, said bool) (bool, error) {
	row := tickRow{CaseID: w.row.ID, Code: code, TickedBy: w.actor.PersonID, TickedAt: tx.Now()}
	q := tx.SQL(ctx)
	if said {
		q = q.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	} else {
		q = q.Where("case_id = ? AND code = ?", row.CaseID, code).Delete(&tickRow{})
	}
	return q.RowsAffected > 0, models.Translate(q.Error)
}

type factorRow struct {
	CaseID       int64  `gorm:"primaryKey;autoIncrement:false"`
	Code         string `gorm:"primaryKey"`
	Person       Answer
	Practitioner Answer
	Starred      bool
	AnsweredBy   int64
	AnsweredAt   time.Time
}

func (factorRow) TableName() string { return "case_factors" }

func (w work) putFactor(ctx context.Context, tx models.DB, code string, a FactorAnswer) error {
	row := factorRow{
		CaseID: w.row.ID, Code: code, Person: a.Person, Practitioner: a.Practitioner, Starred: a.Starred,
		AnsweredBy: w.actor.PersonID, AnsweredAt: tx.Now(),
	}
	over := clause.OnConflict{
		Columns:   []clause.Column{{Name: "case_id"}, {Name: "code"}},
		DoUpdates: clause.AssignmentColumns([]string{"person", "practitioner", "starred", "answered_by", "answered_at"}),
	}
	return models.Affected(tx.SQL(ctx).Clauses(over).Create(&row), 1, errors.New("tool: the factor was not written"))
}

// countFactors says that the factors were saved once more.
func (w work) countFactors(ctx context.Context, tx models.DB) error {
	res := tx.SQL(ctx).Exec("UPDATE cases SET factors_version = factors_version + 1 WHERE id = ? AND factors_version = ?", w.row.ID, w.row.FactorsVersion)
	return models.Affected(res, 1, errors.New("tool: the version of the factors was not counted"))
}

type candidateRow struct {
	ID       int64
	CaseID   int64
	Kind     CandidateKind
	Physical Answer
	SetAside bool
	AddedBy  int64
	AddedAt  time.Time

	RatingsVersion int // goes up with each save of its answers
}

func (candidateRow) TableName() string { return "case_candidates" }

func (w work) insertCandidate(ctx context.Context, tx models.DB, c Candidate) (int64, error) {
	row := candidateRow{CaseID: w.row.ID, Kind: c.Kind, Physical: c.Physical, AddedBy: w.actor.PersonID, AddedAt: tx.Now()}
	err := models.Affected(tx.SQL(ctx).Create(&row), 1, errors.New("tool: the candidate was not written"))
	return row.ID, err
}

// changeCandidate changes columns of a candidate of this case. Error: not found.
func (w work) changeCandidate(ctx context.Context, tx models.DB, id int64, columns map[string]any) error {
	res := tx.SQL(ctx).Model(&candidateRow{}).Where("id = ? AND case_id = ?", id, w.row.ID).Updates(columns)
	return models.Affected(res, 1, noSuchCandidate())
}

func noSuchCandidate() *models.Error { return models.NotFound("This idea is not in the case") }

type ratingRow struct {
	CandidateID int64  `gorm:"primaryKey;autoIncrement:false"`
	Code        string `gorm:"primaryKey"`
	Answer      Answer
	Planned     Answer
	Adjustment  string
	AnsweredBy  int64
	AnsweredAt  time.Time
}

func (ratingRow) TableName() string { return "case_ratings" }

func (w work) putRatings(ctx context.Context, tx models.DB, candidateID int64, r Ratings) error {
	var rows []ratingRow
	for _, code := range sortedKeys(r) {
		one := r[code]
		rows = append(rows, ratingRow{
			CandidateID: candidateID, Code: code, Answer: one.Answer, Planned: one.Planned, Adjustment: one.Adjustment,
			AnsweredBy: w.actor.PersonID, AnsweredAt: tx.Now(),
		})
	}
	if len(rows) == 0 {
		return nil
	}
	over := clause.OnConflict{
		Columns:   []clause.Column{{Name: "candidate_id"}, {Name: "code"}},
		DoUpdates: clause.AssignmentColumns([]string{"answer", "planned", "adjustment", "answered_by", "answered_at"}),
	}
	return models.Affected(tx.SQL(ctx).Clauses(over).Create(&rows), int64(len(rows)), errors.New("tool: the answers were not written"))
}

type choiceRow struct {
	ID          int64
	CaseID      int64
	CandidateID *int64
	Rule        string
	Accepted    bool
	Low, High   Score
	MadeBy      int64
	MadeAt      time.Time
}

func (choiceRow) TableName() string { return "case_choices" }

type flagRow struct {
	ID        int64
	CaseID    int64
	Code      string
	Level     Level
	DueAt     *time.Time
	NoticedBy int64
	NoticedAt time.Time

	RequestKey string // of the form that was sent; see Noticing
}

func (flagRow) TableName() string { return "case_flags" }

// flagOfRequest is the flag of a code that a form made; 0 for none.
func (w work) flagOfRequest(ctx context.Context, tx models.DB, key, code string) (int64, error) {
	var ids []int64
	if key == "" {
		return 0, nil
	}
	err := tx.SQL(ctx).Model(&flagRow{}).Where("case_id = ? AND request_key = ? AND code = ?", w.row.ID, key, code).Pluck("id", &ids).Error
	if err != nil || len(ids) == 0 {
		return 0, models.Translate(err)
	}
	return ids[0], nil
}

type flagActionRow struct {
	ID            int64
	FlagID        int64
	CaseID        int64
	ToldPerson    bool
	PersonConsent bool
	Closes        bool
	DoneBy        int64
	DoneAt        time.Time
}

func (flagActionRow) TableName() string { return "case_flag_actions" }

type decisionRow struct {
	ID       int64
	CaseID   int64
	Code     string
	Outcome  string
	Known    YesNo
	Worse    YesNo
	Agrees   YesNo
	AdviceOn models.Date
	MadeBy   int64
	MadeAt   time.Time
}

func (decisionRow) TableName() string { return "case_decisions" }

// insertRow writes one row that is never changed.
func insertRow[R any](ctx context.Context, tx models.DB, row *R) error {
	return models.Affected(tx.SQL(ctx).Create(row), 1, errors.New("tool: the row was not written"))
}
