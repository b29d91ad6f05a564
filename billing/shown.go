package billing

import (
	"fmt"

	"hub.salford.ac.uk/ssph/models"
)

// ShownChanged is the sentence for a check page whose button would do something else by now than the page says. Nothing is done.
func ShownChanged() *models.Error {
	return models.Invalid("", "This has changed since you looked. Check the new sums below. Nothing is done yet")
}

// AsShown refuses to do something for another sum than the one that was shown; nil when nobody was shown one.
func AsShown(shown *models.Pence, now models.Pence) error {
	if shown != nil && *shown != now {
		return ShownChanged()
	}
	return nil
}

// ReissueAgreed is what a person agrees to who has an invoice issued anew: the sum that is credited and issued, and how much of it is
// paid.
func ReissueAgreed(fresh Document) string {
	return fmt.Sprintf("%d %d", int64(fresh.Gross), int64(fresh.Paid))
}
