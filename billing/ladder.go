package billing

import (
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// Step is one rung of a cancellation ladder: who gives notice at least so many days before the first part pays the fee.
type Step struct {
	Days int            // whole London dates between the day of notice and the day of the first part
	Fee  models.Percent // of the place's gross price
}

// Ladder is the cancellation terms of a booking, frozen when it is made: steps from most days to 0. It is stored as JSON,
// [{"days":28,"percent":"0"},{"days":14,"percent":"50"},{"days":0,"percent":"100"}].
type Ladder []Step

// Check says why a ladder cannot be used: it must fall in days, never fall in fee, and end at day 0.
func (l Ladder) Check() error {
	if len(l) == 0 || l[len(l)-1].Days != 0 {
		return errors.New("a cancellation ladder ends with a step for 0 days")
	}
	for i, s := range l {
		if s.Fee < 0 || s.Fee > models.HundredPercent {
			return fmt.Errorf("step %d: a fee of %d thousandths is not between 0%% and 100%%", i+1, s.Fee)
		}
		if i > 0 && (s.Days >= l[i-1].Days || s.Fee < l[i-1].Fee) {
			return fmt.Errorf("step %d: days must fall and the fee may not", i+1)
		}
	}
	return nil
}

// At returns the fee for notice given so many days before the first part; 0 is the day itself. After it, and for a no-show, the
// last step holds. An empty ladder charges nothing: it never lost a customer money they had not agreed to.
func (l Ladder) At(daysBefore int) models.Percent {
	for _, s := range l {
		if daysBefore >= s.Days {
			return s.Fee
		}
	}
	if len(l) == 0 {
		return 0
	}
	return l[len(l)-1].Fee
}

type stepJSON struct {
	Days    int    `json:"days"`
	Percent string `json:"percent"`
}

// ParseLadder reads a stored ladder and checks it.
func ParseLadder(text []byte) (Ladder, error) {
	var raw []stepJSON
	if err := json.Unmarshal(text, &raw); err != nil {
		return nil, fmt.Errorf("cancellation ladder: %w", err)
	}
	var l Ladder
	for _, r := range raw {
		fee, err := models.ParsePercent(r.Percent)
		if err != nil {
			return nil, fmt.Errorf("cancellation ladder, %d days: %w", r.Days, err)
		}
		l = append(l, Step{r.Days, fee})
	}
	return l, l.Check()
}

// MarshalJSON writes the stored form.
func (l Ladder) MarshalJSON() ([]byte, error) {
	raw := []stepJSON{}
	for _, s := range l {
		raw = append(raw, stepJSON{s.Days, s.Fee.Decimal()})
	}
	return json.Marshal(raw)
}

// Value stores the ladder as JSON text. A ladder that fails its Check is not stored.
func (l Ladder) Value() (driver.Value, error) {
	if err := l.Check(); err != nil {
		return nil, err
	}
	text, err := json.Marshal(l)
	return string(text), err
}

// Scan reads the stored form from either database.
func (l *Ladder) Scan(src any) (err error) {
	switch v := src.(type) {
	case string:
		*l, err = ParseLadder([]byte(v))
	case []byte:
		*l, err = ParseLadder(v)
	default:
		err = fmt.Errorf("cancellation ladder from %T", src)
	}
	return err
}
