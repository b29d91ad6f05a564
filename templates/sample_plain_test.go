package templates

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// plainSamples are the pages of signing in, of writing to the Hub, of its terms, and of the demonstration's mailbox.
func plainSamples() map[string]any {
	wrong := ContactPage{Page: samplePage("Contact the Hub", ""), Form: ContactFields{Topic: "group", Name: "Priya Nair", Email: "priya.nair", People: "a dozen", Format: "online", Message: "A day in March.\nMondays are best."}}
	wrong.Problems.Add("email", "Your email is missing the @")
	wrong.Problems.Add("people", "Enter how many people as a number, like 12")
	letter := Letter{URL: "/dev/mailbox/1", To: "Priya Nair, priya.nair@irwellwellbeing.example", ReplyTo: "hub@ssph.example", Subject: "Your link to sign in", State: Tag{TagInfo, "Sent"}, At: models.Date{Year: 2026, Month: time.November, Day: 23}.At(10, 42)}
	return map[string]any{
		"sign-in":         SignInPage{Page: samplePage("Sign in", ""), Email: "priya.nair@irwellwellbeing.example", Next: "/organisation"},
		"sign-in-sent":    SignInSentPage{Page: samplePage("Check your email", ""), Email: "priya.nair@irwellwellbeing.example", Minutes: 30, Mailbox: true},
		"sign-in-confirm": SignInConfirmPage{Page: samplePage("Sign in", ""), Email: "priya.nair@irwellwellbeing.example", URL: "/sign-in/link/abc", Button: "Book 3 places for £820.80", Booking: true, Shown: "82080"},
		"contact":         ContactPage{Page: samplePage("Contact the Hub", "")},
		"contact-wrong":   wrong,
		"contact-sent":    ContactSentPage{Page: samplePage("Your message is on its way", ""), Mailbox: true},
		"cancelling":      CancellingPage{Page: samplePage("Cancelling and moving", ""), Terms: []CancellingTerm{{"28 days or more before the first day", "Nothing"}, {"14 to 27 days before the first day", "50% of the price"}}},
		"privacy":         PrivacyPage{Page: samplePage("Privacy", ""), SessionHours: 12, TestPayments: true},
		"accessibility":   AccessibilityPage{Page: samplePage("Accessibility", "")},
		"mailbox":         MailboxPage{Page: samplePage("The demonstration’s mailbox", ""), Letters: []Letter{letter}},
		"mailbox-none":    MailboxPage{Page: samplePage("The demonstration’s mailbox", "")},
		"mailbox-letter": LetterPage{Page: samplePage("Your link to sign in", ""), Letter: letter, HTMLURL: "/dev/mailbox/1/html",
			Text:  []LetterParagraph{{[][]TextPiece{{{Text: "Hello,"}}}}, {[][]TextPiece{{{Text: "Sign in: "}, {"/sign-in/link/abc", "/sign-in/link/abc"}}}}},
			Parts: []LetterPart{{"invitation.ics", "calendar", "/dev/mailbox/1/parts/1"}}},
	}
}
