package billing

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/models"
)

// A credit of £273.60 on an invoice of £820.80.
func TestSplitCredit_ByHand(t *testing.T) {
	went := models.Date{Year: 2027, Month: 3, Day: 3}
	card := func(free, room models.Pence, outside ...outsideRefund) creditSource {
		return creditSource{paymentID: 1, method: ByCard, free: free, room: room, outside: outside}
	}
	part := func(kind CreditPartKind, gross models.Pence, on ...models.Date) CreditPart {
		p := CreditPart{Kind: kind, Gross: gross}
		if kind != PartSetOff && kind != PartMissing {
			p.Method = ByCard
		}
		if len(on) > 0 {
			p.On = on[0]
		}
		return p
	}
	for name, c := range map[string]struct {
		setOff  models.Pence
		sources []creditSource
		want    []CreditPart
	}{
		"nothing was paid":            {27360, nil, []CreditPart{part(PartSetOff, 27360)}},
		"all was paid":                {0, []creditSource{card(27360, 27360)}, []CreditPart{part(PartSent, 27360)}},
		"£600.00 of £820.80 paid":     {22080, []creditSource{card(5280, 5280)}, []CreditPart{part(PartSetOff, 22080), part(PartSent, 5280)}},
		"half went at Stripe":         {0, []creditSource{card(13680, 27360, outsideRefund{7, 13680, went})}, []CreditPart{part(PartGone, 13680, went), part(PartSent, 13680)}},
		"half is on its way":          {0, []creditSource{card(13680, 27360, outsideRefund{7, 13680, models.Date{}})}, []CreditPart{part(PartOnItsWay, 13680), part(PartSent, 13680)}},
		"£600.00 went at Stripe":      {0, []creditSource{card(0, 27360, outsideRefund{7, 60000, went})}, []CreditPart{part(PartGone, 27360, went)}},
		"a dispute has it":            {0, []creditSource{card(0, 0)}, []CreditPart{part(PartMissing, 27360)}},
		"a dispute has half":          {0, []creditSource{card(13680, 13680)}, []CreditPart{part(PartSent, 13680), part(PartMissing, 13680)}},
		"it is on another invoice":    {0, []creditSource{card(0, 0, outsideRefund{7, 27360, went})}, []CreditPart{part(PartMissing, 27360)}},
		"two went, one has room":      {0, []creditSource{card(0, 20000, outsideRefund{7, 15000, went}, outsideRefund{8, 15000, went})}, []CreditPart{part(PartGone, 15000, went), part(PartGone, 5000, went), part(PartMissing, 7360)}},
		"the latest payment is first": {0, []creditSource{card(10000, 10000), {paymentID: 2, method: ByBank, free: 82080, room: 82080}}, []CreditPart{part(PartSent, 10000), {Kind: PartSent, Gross: 17360, Method: ByBank}}},
	} {
		if got := partsOf(splitCredit(27360, c.setOff, c.sources)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// Whatever happened before: the parts sum to the credit note, no payment sends more than is free, no refund counts for more than it
// has open, no payment takes more than it has room for, and nothing is missing while something could still pay it.
func TestSplitCredit_AlwaysSumsAndNeverTakesTwice(t *testing.T) {
	pence := rapid.Map(rapid.IntRange(0, 1000), func(n int) models.Pence { return models.Pence(n) })
	rapid.Check(t, func(t *rapid.T) {
		gross := 1 + pence.Draw(t, "gross")
		setOff := min(pence.Draw(t, "set off"), gross)
		var sources []creditSource
		open, next := map[int64]models.Pence{}, int64(1)
		for id := range int64(rapid.IntRange(0, 3).Draw(t, "payments")) {
			s := creditSource{paymentID: id, method: ByCard, free: pence.Draw(t, "free")}
			s.room = s.free
			for range rapid.IntRange(0, 3).Draw(t, "outside") {
				open[next] = 1 + pence.Draw(t, "open")
				s.outside, s.room = append(s.outside, outsideRefund{id: next, open: open[next]}), s.room+open[next]
				next++
			}
			s.room = max(s.room-pence.Draw(t, "used"), s.free)
			sources = append(sources, s)
		}
		sent, counted, sum, missing := map[int64]models.Pence{}, map[int64]models.Pence{}, models.Pence(0), models.Pence(0)
		for _, share := range splitCredit(gross, setOff, sources) {
			if share.Gross <= 0 {
				t.Fatalf("a part of %s", share.Gross)
			}
			sum += share.Gross
			switch share.Kind {
			case PartSent:
				sent[share.paymentID] += share.Gross
			case PartGone, PartOnItsWay:
				counted[share.refundID] += share.Gross
			case PartMissing:
				missing = share.Gross
			case PartSetOff:
				if share.Gross != setOff {
					t.Fatalf("%s set off, want %s", share.Gross, setOff)
				}
			}
		}
		if sum != gross {
			t.Fatalf("the parts sum to %s, want %s", sum, gross)
		}
		for _, s := range sources {
			var outside models.Pence
			for _, r := range s.outside {
				if counted[r.id] > r.open {
					t.Fatalf("refund %d counts for %s of %s", r.id, counted[r.id], r.open)
				}
				outside += counted[r.id]
			}
			if sent[s.paymentID] > s.free || outside > s.room {
				t.Fatalf("payment %d sends %s of %s, and %s of %s count", s.paymentID, sent[s.paymentID], s.free, outside, s.room)
			}
			if missing > 0 && sent[s.paymentID] < s.free {
				t.Fatalf("%s is missing while payment %d has %s left", missing, s.paymentID, s.free-sent[s.paymentID])
			}
		}
	})
}

// £500.00 were paid first and £320.80 then; £400.00 too much is on the invoice: the later payment goes whole, the earlier gives the rest.
func TestTakenBack_TheLatestPaymentFirst(t *testing.T) {
	got := takenBack(40000, []allocationRow{{PaymentID: 3, GrossPence: 50000}, {PaymentID: 8, GrossPence: 32080}})
	if got[8] != 32080 || got[3] != 7920 {
		t.Errorf("%v", got)
	}
}
