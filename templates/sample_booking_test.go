package templates

import (
	"time"

	"hub.salford.ac.uk/ssph/models"
)

func bookingSamples() map[string]any {
	return map[string]any{
		"book-places":       sampleBookPlaces(),
		"book-people":       sampleBookPeople(),
		"book-people-wrong": sampleBookPeopleWrong(),
		"book-billing":      sampleBookBilling(),
		"book-check":        sampleBookCheck(),
		"book-check-free":   sampleBookCheckFree(),
		"booking":           sampleBooking(),
		"booking-waits":     sampleBookingWaits(),
		"booking-order":     sampleBookingOrder(),
		"booking-done":      sampleBookingDone(),
		"booking-long":      sampleBookingLong(),
	}
}

func sampleBookPlaces() BookPlacesPage {
	p := BookPlacesPage{Page: samplePage("How many places?", "dates"), Steps: BookingSteps(StepPlaces), Session: sampleFace(14, time.January, 6), Places: "3", Max: 6}
	p.Background = Mist
	return p
}

func sampleBookPeople() BookPeoplePage {
	p := BookPeoplePage{
		Page: sampleSigned("Who is coming?", "bookings"), Steps: BookingSteps(StepPeople, "/book/1/places"), Sum: sampleSum(), Places: "3", MoreFree: 3,
		BackURL: "/sessions/1", URL: "/bookings/BK-01882/people", GiveUpURL: "/bookings/BK-01882/give-up",
		People: []PersonFields{
			{N: 1, Name: "Tom Ashworth", Email: "tom.ashworth@irwellwellbeing.example"},
			{N: 2, Name: "Grace Okafor", Email: "grace.okafor@irwellwellbeing.example"},
			{N: 3, Later: true},
		},
	}
	p.Background = Mist
	return p
}

func sampleBookPeopleWrong() BookPeoplePage {
	p := sampleBookPeople()
	p.Places = "11"
	p.People[0].Email = "tom.ashworth.irwellwellbeing.example"
	p.Problems.Add("places", "Choose 9 places or fewer. 10 to 15 people is your own group, £2,440 + VAT")
	p.Problems.Add("person-1-email", "Tom Ashworth’s email is missing the @")
	return p
}

func sampleBookBilling() BookBillingPage {
	p := BookBillingPage{
		Page: sampleSigned("Who pays?", "bookings"), Steps: BookingSteps(StepBilling, "/book/1/places", "/book/1/people"), Sum: sampleSum(),
		Form:    BillingFields{Payer: "organisation", Name: "Priya Nair", Email: "priya@irwellwellbeing.example", Organisation: "Irwell Wellbeing Network", Line1: "14 Quay Street", Town: "Salford", Postcode: "M50 0AA", Country: "GB", PurchaseOrder: "IWN-20417"},
		BackURL: "/bookings/BK-01882/people", URL: "/bookings/BK-01882/billing", GiveUpURL: "/bookings/BK-01882/give-up",
	}
	p.Background = Mist
	return p
}

func sampleBookCheck() BookCheckPage {
	return BookCheckPage{
		Page: sampleSigned("Check your booking", "bookings"), Steps: BookingSteps(StepCheck, "/a", "/b", "/c"), Sum: sampleSum(),
		Rows: []SummaryRow{
			{Key: "Session", Lines: []string{"Thursday 14 January 2027"}, Notes: []string{"9:30am to 4:30pm, with Alan", "Frederick Road campus, Salford"}, Change: "/sessions"},
			{Key: "People", Lines: []string{"Tom Ashworth", "Grace Okafor"}, Notes: []string{"1 person to name by 7 January"}, Change: "/b"},
			{Key: "Invoice to", Lines: []string{"Irwell Wellbeing Network"}, Notes: []string{"14 Quay Street, Salford M50 0AA"}, Change: "/c"},
			{Key: "Purchase order", Lines: []string{"IWN-20417"}, Change: "/c"},
			{Key: "To pay", Lines: []string{"£820.80"}, Notes: []string{"3 places at £228.00 is £684.00", "VAT at 20% is £136.80"}, Strong: true},
		},
		Ladder: sampleLadder(), Pay: "invoice", CanInvoice: true, CanCard: true, Shown: "82080", InvoiceEmail: "accounts@irwellwellbeing.example", InvoiceDays: 30, TestPayments: true, URL: "/bookings/BK-01882/pay", GiveUpURL: "/bookings/BK-01882/give-up",
	}
}

func sampleBooking() BookingPage {
	p := BookingPage{
		Page: sampleSigned("Booking BK-01882", "bookings"), Heading: "3 places, Thursday 14 January 2027", Reference: "BK-01882", State: Tag{TagInfo, "Booked"},
		Sum: sampleSum(), NameBy: models.Date{Year: 2027, Month: time.January, Day: 7}, Ladder: sampleLadder(),
		Places: []PlaceRow{
			{N: 1, Of: 3, Name: "Tom Ashworth", Email: "tom.ashworth@irwellwellbeing.example", State: Tag{TagInfo, "Booked"}, Action: &Action{"Swap", "/bookings/BK-01882/places/1"}, Cancel: &Action{"Cancel", "/bookings/BK-01882/places/1/cancel"}},
			{N: 2, Of: 3, Name: "Grace Okafor", Email: "grace.okafor@irwellwellbeing.example", State: Tag{TagInfo, "Booked"}, Action: &Action{"Swap", "/bookings/BK-01882/places/2"}},
			{N: 3, Of: 3, State: Tag{TagWait, "To name"}, Action: &Action{"Name this person", "/bookings/BK-01882/places/3"}},
		},
		Documents: []DocumentRow{{Number: "INV-000437", URL: "/invoices/INV-000437", PDFURL: "/invoices/INV-000437.pdf", Date: models.Date{Year: 2026, Month: time.November, Day: 23}, For: "3 places, 14 January 2027", PO: "IWN-20417", State: Tag{TagInfo, "Sent"}, Note: "Due 23 December 2026", Total: 82080}},
		Pay: &PayPanel{
			Amount: 82080, By: models.Date{Year: 2026, Month: time.December, Day: 23}, Reference: "INV-000437",
			Why: []string{"Your bank took back your card payment of £820.80 on 30 November 2026."}, CardURL: "/bookings/BK-01882/pay",
			Lines: []Fact{{"Account", "University of Salford"}, {"Sort code", "00-00-00 (demonstration)"}, {"Account number", "00000000 (demonstration)"}},
		},
	}
	p.Sum.HeldUntil = time.Time{}
	p.Background = Mist
	return p
}

func sampleBookingDone() BookingPage {
	p := sampleBooking()
	p.Done, p.Heading = true, "Your 3 places are booked"
	p.Lead = "We have emailed the confirmation to priya@irwellwellbeing.example."
	p.Next = []string{"Tom Ashworth and Grace Okafor get a calendar invitation each.", "Name 1 more person by Thursday 7 January 2027.", "We email the VAT invoice today."}
	p.DemoNotice, p.Pay = true, nil
	return p
}

// sampleBookingLong is what must not break a page: a sixty-letter organisation, fifteen people, an address without a place to break.
func sampleBookingLong() BookingPage {
	p := sampleBooking()
	p.Who = &Who{Name: "Wilhelmina Featherstonehaugh-Cholmondeley", Line: "The Greater Manchester Federation of Neighbourhood Wellbeing"}
	p.Places = nil
	for n := 1; n <= 15; n++ {
		p.Places = append(p.Places, PlaceRow{N: n, Of: 15, Name: "Wilhelmina Featherstonehaugh-Cholmondeley", Email: "wilhelmina.featherstonehaugh-cholmondeley@neighbourhoodwellbeingfederation.example", State: Tag{TagInfo, "Booked"}, Action: &Action{"Swap", "/bookings/BK-01882/places/1"}})
	}
	p.Documents[0].PO = "PO/2026/NEIGHBOURHOODWELLBEINGFEDERATION/000000000000000001"
	return p
}

// sampleBookCheckFree is a booking whose whole price an agreed discount covers: 3 × £228.00 = £684.00 off.
func sampleBookCheckFree() BookCheckPage {
	p := sampleBookCheck()
	p.Sum.Discount, p.Sum.Net, p.Sum.VAT, p.Sum.Gross, p.Sum.Percent, p.Sum.Why = 68400, 0, 0, 0, models.HundredPercent, "Research partner"
	p.Shown = "0"
	return p
}

// sampleBookingWaits is a booking whose purchase order is to follow.
func sampleBookingWaits() BookingPage {
	p := sampleBooking()
	p.Documents, p.Pay = nil, nil
	p.Order = &OrderPanel{By: models.Date{Year: 2026, Month: time.December, Day: 7}, VATNote: "VAT is that of the day on which we invoice.", URL: "/bookings/BK-01882/purchase-order"}
	return p
}

func sampleBookingOrder() BookingOrderPage {
	p := BookingOrderPage{
		Page: sampleSigned("Send your purchase order number", "bookings"), Reference: "BK-01882", By: models.Date{Year: 2026, Month: time.December, Day: 7},
		Number: "20417", Example: "IWN-20417", InvoiceTo: "accounts@irwellwellbeing.example", Sum: sampleSum(), URL: "/bookings/BK-01882/purchase-order",
		BackURL: "/bookings/BK-01882",
	}
	p.Background = Mist
	p.Problems.Add("purchase-order", "Your organisation’s purchase order numbers look like IWN-20417. Check the number and type it again")
	return p
}
