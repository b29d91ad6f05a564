package templates

// CancellingPage is pages/cancelling.html.
type CancellingPage struct {
	Page
	Terms []CancellingTerm
}

// CancellingTerm is one step of the cancellation terms, without a date.
type CancellingTerm struct {
	When string // "28 days or more before the first day"
	Pay  string // "Nothing", "50% of the price"
}

// PrivacyPage is pages/privacy.html.
type PrivacyPage struct {
	Page
	SessionHours int  // how long a browser stays signed in
	TestPayments bool // the demonstration's payment page
}

// AccessibilityPage is pages/accessibility.html.
type AccessibilityPage struct {
	Page
}
