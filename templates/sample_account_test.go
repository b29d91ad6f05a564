package templates

import (
	"fmt"
	"time"
)

// accountSamples are the ends of booking, and the pages of a person and of an organisation.
func accountSamples() map[string]any {
	organisation := sampleOrganisation()
	several := organisation
	several.People = nil
	for n := 1; n <= 23; n++ {
		several.People = append(several.People, organisation.People[0])
		several.ToDo = append(several.ToDo, ToDo{What: fmt.Sprintf("Pay invoice INV-%06d", n), By: "£820.80, due on 23 December 2026", Link: &Action{"See how", "/invoices/INV-000437"}})
	}
	several.Cut(20)
	return map[string]any{
		"book-ended": BookEndedPage{Page: samplePage("Your places are no longer held", "dates"), Heading: "Your places are no longer held", Lines: []string{"We could hold your places only until 10:42am."}, URL: "/bookings/BK-01882/again", Request: "once", Places: 3, Session: sampleFace(14, time.January, 6), Others: []Session{sampleMornings(time.January, 3, 26, 27)}},
		"book-sent":  BookSentPage{Page: samplePage("Check your email", "dates"), Email: "priya@irwellwellbeing.example", Places: 3, Gross: 82080, Shown: "82080", HeldUntil: "10:42am", AgainURL: "/bookings/BK-01882/pay", ChangeURL: "/bookings/BK-01882/billing", Mailbox: true, Sum: sampleSum()},
		"book-waiting": BookWaitingPage{
			Page: samplePage("We are confirming your payment", "dates"), Reference: "BK-01882", Email: "priya@irwellwellbeing.example",
			ReloadURL: "/bookings/BK-01882/return", CheckURL: "/bookings/BK-01882/check", Sum: sampleSum(),
		},
		"account":                    sampleAccount(),
		"account-empty":              AccountPage{Page: sampleSigned("Your account", "bookings"), Email: "tom@irwellwellbeing.example"},
		"organisations":              OrganisationsPage{Page: sampleSigned("Your organisations", "bookings"), Organisations: []Action{{"Irwell Wellbeing Network", "/organisation/1"}, {"Quays Primary Care", "/organisation/2"}}},
		"organisation":               organisation,
		"organisation-many":          several,
		"organisation-empty":         OrganisationPage{Page: sampleSigned("Irwell Wellbeing Network", "bookings"), Name: "Irwell Wellbeing Network", Funnel: []FunnelBar{{Label: "Bought"}, {Label: "Named"}, {Label: "Trained"}, {Label: "Licensed"}}},
		"organisation-invoices":      OrganisationInvoicesPage{Page: sampleSigned("Invoices", "invoices"), Documents: sampleBooking().Documents, Pages: Pages{Now: 1, Of: 1}},
		"organisation-invoices-none": OrganisationInvoicesPage{Page: sampleSigned("Invoices", "invoices")},
	}
}

func sampleAccount() AccountPage {
	face, card := sampleFace(14, time.January, 6), sampleLicence()
	return AccountPage{
		Page: sampleSigned("Your account", "bookings"), Name: "Priya Nair", Email: "priya@irwellwellbeing.example",
		Organisations: []Action{{"Irwell Wellbeing Network", "/organisation/1"}}, Licence: &card, Certificates: sampleCertificateRows(),
		Places:   []MyPlace{{Session: face, State: Tag{TagInfo, "Booked"}}, {Session: sampleMornings(time.January, 3, 26, 27), State: Tag{TagOK, "Trained"}, JoinURL: "/call"}},
		Bookings: []BookingRow{{Reference: "BK-01882", URL: "/bookings/BK-01882", Session: face, Places: 3, State: Tag{TagInfo, "Booked"}, Note: "1 person to name"}},
	}
}

func sampleOrganisation() OrganisationPage {
	p := OrganisationPage{
		Page: sampleSigned("Irwell Wellbeing Network", "bookings"), Name: "Irwell Wellbeing Network", Documents: sampleBooking().Documents,
		Funnel: []FunnelBar{
			{Label: "Bought", Count: 15, Of: 15, Why: "In 2 bookings"}, {Label: "Named", Count: 14, Of: 15, Why: "1 to name"},
			{Label: "Trained", Count: 11, Of: 15, Why: "3 booked, 1 missed"}, {Label: "Licensed", Count: 11, Of: 15, Why: "10 end on 11 December 2026"},
		},
		ToDo: []ToDo{
			{What: "Renew 10 licences", By: "All end on 11 December 2026", Link: &Action{"Ask the Hub", "/contact"}},
			{What: "Name 1 person for 14 January", By: "By 7 January 2027", Link: &Action{"Name", "/bookings/BK-01882"}},
		},
		People: []OrganisationPlace{{
			PlaceRow: PlaceRow{N: 1, Of: 12, Name: "Hannah Whitworth", Email: "hannah.whitworth@irwellwellbeing.example", State: Tag{TagOK, "Trained"}, Action: &Action{"Certificate", "/certificates/7K3M-Q9TX-2HVB-4WN8"}},
			Session:  sampleMornings(time.January, 3, 26, 27), Reference: "BK-00917", BookingURL: "/bookings/BK-00917", Licence: Tag{TagWait, "Ends soon"},
			LicenceNotes: []string{"Last day 11 December 2026", "Attended 4 and 11 December 2025, both parts, online"},
		}},
	}
	for _, row := range sampleBooking().Places {
		p.People = append(p.People, OrganisationPlace{PlaceRow: row, Session: sampleFace(14, time.January, 6), Reference: "BK-01882", BookingURL: "/bookings/BK-01882", Licence: Tag{TagQuiet, "After training"}})
	}
	p.Door = []DoorView{
		{Name: "Grace Okafor", Email: "grace.okafor@delegate.example", Came: "14 January 2027", URL: "/organisation/1/door/4"},
		{Name: "Sam Reid", Email: "sam.reid@delegate.example", Came: "14 January 2027", No: "15 January 2027", URL: "/organisation/1/door/5"},
	}
	return p
}
