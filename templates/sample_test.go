package templates

import (
	"fmt"
	"time"

	"hub.salford.ac.uk/ssph/models"
)

// The samples are the people and figures of the design: 3 places at £228.00, VAT at 20 %, £820.80 to pay.

func at(day, hour, minute int, month time.Month) time.Time {
	return models.Date{Year: 2027, Month: month, Day: day}.At(hour, minute)
}

func sampleFace(day int, month time.Month, left int) Session {
	s := Session{
		Ref: "S-1042", URL: "/sessions/S-1042", BookURL: "/sessions/S-1042/book", Format: "face-to-face",
		Parts: []Part{{at(day, 9, 30, month), at(day, 16, 30, month)}}, Trainers: []string{"Alan"},
		Town: "Salford", Venue: "Frederick Road campus", Access: "step-free",
		State: SessionOpen, PlacesLeft: left, Net: 22800, Gross: 27360, VATRate: 20 * 1000,
	}
	if left == 0 {
		s.State = SessionFull
	}
	return s
}

func sampleMornings(month time.Month, left int, days ...int) Session {
	s := Session{
		Ref: "S-1043", URL: "/sessions/S-1043", BookURL: "/sessions/S-1043/book", Format: "online", Trainers: []string{"Rowan"},
		Joining: "By video call, link sent a week before", State: SessionOpen, PlacesLeft: left, Net: 21500, Gross: 25800, VATRate: 20 * 1000,
	}
	for _, d := range days {
		s.Parts = append(s.Parts, Part{at(d, 9, 30, month), at(d, 13, 0, month)})
	}
	return s
}

func sampleOnline(day int, month time.Month, left int) Session {
	s := sampleMornings(month, left, day)
	s.Parts[0].End = at(day, 16, 30, month)
	return s
}

func sampleSum() CostSummary {
	return CostSummary{
		Session: sampleFace(14, time.January, 6), Places: 3, Unit: 22800, Net: 68400, VAT: 13680, VATRate: 20 * 1000, Gross: 82080,
		HeldUntil: models.Date{Year: 2026, Month: time.November, Day: 23}.At(10, 42),
	}
}

func samplePage(title, section string) Page {
	return Page{Title: title, Section: section, CSRF: "csrf-token", Accreditation: "Our training programme is accredited by the Personalised Care Institute until 31 August 2027."}
}

func sampleSigned(title, section string) Page {
	p := samplePage(title, section)
	p.Area, p.Who = AreaOrganisation, &Who{Name: "Priya Nair", Line: "Irwell Wellbeing Network"}
	return p
}

func sampleLadder() []LadderRow {
	return []LadderRow{{"Up to 17 December 2026", "Nothing", 27360}, {"18 to 31 December 2026", "50%", 13680}, {"From 1 January 2027, or no-show", "100%", 0}}
}

// samples is every page with data, by a name that begins with the page's; each is drawn by the tests and by the gallery.
func samples() map[string]any {
	all := map[string]any{
		"home":          sampleHome(),
		"sessions":      sampleSessions(),
		"sessions-none": SessionsPage{Page: samplePage("Training dates", "dates"), Room: 7, Filter: SessionFilter{People: "7"}, GroupFrom: 230000},
		"session":       SessionPage{Page: samplePage("Face to face, Salford, 14 January", "dates"), Session: sampleFace(14, time.January, 6), Address: []string{"Allerton Building", "Frederick Road", "Salford M6 6PU"}, Travel: "Ten minutes’ walk from Salford Crescent station", Ladder: sampleLadder()},
		"session-full":  SessionPage{Page: samplePage("Face to face, Salford, 11 February", "dates"), Session: sampleFace(11, time.February, 0), Others: []Session{sampleFace(14, time.January, 6), sampleMornings(time.January, 3, 26, 27)}},
		"course":        sampleCourse(),
		"tool":          ToolPage{samplePage("The tool", "tool")},
		"error":         ErrorPage{Page: samplePage("Page not found", ""), Heading: "There is no page here", Lines: []string{"The address may be mistyped, or the page has moved."}, Reference: "7K3M", Actions: []Action{{"See training dates", "/sessions"}, {"Write to the Hub", "/contact"}}},
		"place":         PlacePage{Page: sampleSigned("Who is coming?", "bookings"), Session: sampleFace(14, time.January, 6), N: 3, Of: 3, BackURL: "/bookings/BK-01882", Deadline: "You can change the name until the session starts, on Thursday 14 January 2027 at 9:30am."},
	}
	for n, r := range map[int][]RoutePrice{12: samplePrices12(), 3: samplePrices3(), 16: nil} {
		all[fmt.Sprintf("prices-%d", n)] = samplePrices(n, r)
	}
	for name, page := range bookingSamples() {
		all[name] = page
	}
	for name, page := range accountSamples() {
		all[name] = page
	}
	for name, page := range plainSamples() {
		all[name] = page
	}
	for name, page := range certificateSamples() {
		all[name] = page
	}
	for name, page := range trainerSamples() {
		all[name] = page
	}
	for name, page := range officeSamples() {
		all[name] = page
	}
	for name, page := range quoteSamples() {
		all[name] = page
	}
	for name, page := range cancelSamples() {
		all[name] = page
	}
	for name, page := range moneySamples() {
		all[name] = page
	}
	for name, page := range tariffSamples() {
		all[name] = page
	}
	for name, page := range toolSamples() {
		all[name] = page
	}
	return all
}

func sampleHome() HomePage {
	return HomePage{
		Page: samplePage("", ""), Statement: "This training programme is accredited by the Personalised Care Institute (PCI).",
		OpenFace: 22800, OpenOnline: 21500, OwnFace: 244000, OwnOnline: 230000, VATRate: 20 * 1000, DatesCount: 9,
		Next: []Session{sampleFace(14, time.January, 6), sampleMornings(time.January, 3, 26, 27), sampleFace(11, time.February, 0)},
	}
}

func sampleSessions() SessionsPage {
	return SessionsPage{
		Page: samplePage("Training dates", "dates"), Count: 5, Room: 3, GroupFrom: 230000,
		Filter: SessionFilter{People: "3", Months: []Choice{{"2027-01", "January 2027"}, {"2027-02", "February 2027"}}, Towns: []string{"Bolton", "Salford"}},
		Months: []SessionMonth{
			{"January 2027", []Session{sampleFace(14, time.January, 6), sampleMornings(time.January, 3, 26, 27)}},
			{"February 2027", []Session{sampleFace(11, time.February, 0), sampleOnline(24, time.February, 12)}},
			{"March 2027", []Session{sampleMornings(time.March, 14, 23, 30)}},
		},
		Pages: Pages{Next: "/sessions?page=2", Now: 1, Of: 2},
	}
}

func sampleCourse() CoursePage {
	return CoursePage{
		Page: samplePage("Social Prescribing Tool training", "training"), OpenFace: 22800, OpenOnline: 21500, Next: []Session{sampleFace(14, time.January, 6)},
		Programme: &Accreditation{
			Statement: "This training programme is accredited by the Personalised Care Institute (PCI).", Reference: "PCI-EXAMPLE",
			From: models.Date{Year: 2025, Month: time.September, Day: 1}, To: models.Date{Year: 2027, Month: time.August, Day: 31}, Demonstration: true,
			Components: []string{"Shared decision making", "Personalised care and support planning", "Enabling choice, including legal rights to choice", "Social prescribing and community-based support", "Supported self-management", "Personal health budgets and integrated personal budgets"},
		},
	}
}

func samplePrices12() []RoutePrice {
	return []RoutePrice{
		{Route: "bespoke", People: 12, Format: "face-to-face", Fits: true, Unit: 244000, Net: 244000, VAT: 48800, VATRate: 20 * 1000, Gross: 292800, PerPerson: 20333, MaxPeople: 9, MinPeople: 10, TopPeople: 15, ActionURL: "/contact?people=12&format=face-to-face"},
		{Route: "open-access", People: 12, Format: "face-to-face", Unit: 22800, Net: 273600, VAT: 54720, VATRate: 20 * 1000, Gross: 328320, PerPerson: 22800, More: 35520, MaxPeople: 9, MinPeople: 10, TopPeople: 15, ActionURL: "/sessions?format=face-to-face"},
	}
}

func samplePrices3() []RoutePrice {
	return []RoutePrice{
		{Route: "open-access", People: 3, Format: "face-to-face", Fits: true, Unit: 22800, Net: 68400, VAT: 13680, VATRate: 20 * 1000, Gross: 82080, PerPerson: 22800, MaxPeople: 9, MinPeople: 10, TopPeople: 15, ActionURL: "/sessions?people=3&format=face-to-face"},
		{Route: "bespoke", People: 3, Format: "face-to-face", Unit: 244000, Net: 244000, VAT: 48800, VATRate: 20 * 1000, Gross: 292800, PerPerson: 81333, More: 210720, MaxPeople: 9, MinPeople: 10, TopPeople: 15, ActionURL: "/contact?people=3&format=face-to-face"},
	}
}

func samplePrices(people int, routes []RoutePrice) PricesPage {
	p := PricesPage{Page: samplePage("Prices", "prices"), People: fmt.Sprint(people), Format: "face-to-face", Result: &PriceResult{People: people, Routes: routes}}
	var points []PricePoint
	for n := 1; n <= 15; n++ {
		point := PricePoint{People: n, Net: models.Pence(n) * 22800}
		if n >= 10 {
			point.Net, point.Own = 244000, true
		}
		points = append(points, point)
		if n == 1 || n == 5 || n == 9 || n == 10 || n == 15 || n == people {
			p.Table = append(p.Table, PriceRow{People: n, Net: point.Net, Each: models.MulDiv(point.Net, 1, int64(n)), Yours: n == people})
		}
	}
	p.Chart = PriceChart(points, 22800, 244000, people)
	return p
}
