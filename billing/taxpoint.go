package billing

import "hub.salford.ac.uk/ssph/models"

// invoicedWithin is how many days after a supply is completed its invoice may still move the tax point to the day of issue
// (VATA 1994 s.6(5)).
const invoicedWithin = 14

// TaxPoint is the time of supply of an invoice that is issued unpaid. Before the supply is completed it is the day of issue, and so
// it is up to 14 days after; from the 15th day on it is the day of completion. Without a day of completion it is the day of issue.
func TaxPoint(issued, completed models.Date) models.Date {
	if !completed.IsZero() && completed.DaysUntil(issued) > invoicedWithin {
		return completed
	}
	return issued
}
