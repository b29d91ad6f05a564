package billing

import "hub.salford.ac.uk/ssph/models"

// IncomeKind is what income is counted by. Both are empty for what is neither a place nor a group: a fee.
type IncomeKind struct {
	Route  Route
	Format Format
}

// IncomeMonth is what one London month earned, net of VAT, credits taken off on the days on which they count for VAT.
type IncomeMonth struct {
	Month models.Date // its first day
	Net   map[IncomeKind]models.Pence
}
