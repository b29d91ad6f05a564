package billing

import (
	"testing"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// Training on 14 January 2027: the 14th day after it is 28 January.
func TestTrap21_AnInvoiceUpTo14DaysAfterTheTrainingMovesTheTaxPoint(t *testing.T) {
	day := func(month time.Month, d int) models.Date { return models.Date{Year: 2027, Month: month, Day: d} }
	training := day(1, 14)
	for _, c := range []struct{ issued, want models.Date }{
		{day(1, 4), day(1, 4)},   // before: the day of issue
		{training, training},     // on the day
		{day(1, 15), day(1, 15)}, // the day after
		{day(1, 28), day(1, 28)}, // the 14th day
		{day(1, 29), training},   // the 15th
		{day(6, 1), training},
	} {
		if got := TaxPoint(c.issued, training); got != c.want {
			t.Errorf("issued %s: tax point %s, want %s", c.issued, got, c.want)
		}
	}
	if got := TaxPoint(training, models.Date{}); got != training {
		t.Errorf("without a day of completion: %s", got)
	}
}
