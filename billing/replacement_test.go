package billing

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hub.salford.ac.uk/ssph/models"
)

var (
	rateS = VATRate{Category: StandardRated, Rate: 20000, Label: "VAT at 20%"}
	rateZ = VATRate{Category: ZeroRated, Label: "Zero-rated", Reason: "books"}
)

// drafted is an invoice of these lines, priced as any document is.
func drafted(code string, lines ...Line) Document {
	sum := Total(lines)
	doc := Document{ID: 1, Kind: Invoice, Code: code, VATs: sum.VATs, Net: sum.Net, VAT: sum.VAT, Gross: sum.Gross}
	for _, l := range sum.Lines {
		doc.Lines = append(doc.Lines, DocumentLine{
			Description: l.Text, Details: []string{"14 January 2027, online", "Tom Ashworth, 2 people to name"}, Quantity: l.Quantity, Unit: l.Unit,
			Discount: l.Percent, Net: l.Net, Rate: l.Rate, Route: l.Route, Format: l.Format,
		})
	}
	return doc
}

// takes makes a credit note of an invoice, as draftCredit does.
func takes(t rapid.TB, invoice *Document, code string, lines []CreditLine) Document {
	note := Document{Kind: CreditNote, Code: code}
	for _, l := range lines {
		if err := note.addCredit(*invoice, l); err != nil {
			t.Fatal(err)
		}
	}
	invoice.Credited += note.Gross
	if invoice.Credited > invoice.Gross {
		t.Fatalf("%s of %s is credited", invoice.Credited, invoice.Gross)
	}
	return note
}

// Three places online, £645.00 and VAT £129.00, and two books without VAT, £20.00. £214.99 + £43.00 = £257.99 was credited of the places,
// then £10.00 of the books: £430.01 and VAT £86.00 are left of the one, £10.00 of the other, together £526.01.
func TestReplacement_ALineForEachVATRowWithWhatIsLeft(t *testing.T) {
	t.Parallel()
	old := drafted("INV-000001",
		Line{Text: "Training", Quantity: 3, Unit: 21500, Rate: rateS, Route: OpenAccess, Format: Online}, Line{Text: "Book", Quantity: 2, Unit: 1000, Rate: rateZ})
	first := takes(t, &old, "CN-000001", []CreditLine{{Line: 1, Amount: Amount{21499, 4300}}})
	second := takes(t, &old, "CN-000003", []CreditLine{{Line: 2, Amount: Amount{1000, 0}}})
	fresh, req := replacement(old, []Document{first, second}, Correction{PurchaseOrder: "IWN-20418", Customer: Customer{Name: "IWN"}, Reason: " wrong order "})
	want := []DocumentLine{
		{
			Description: "Training", Quantity: 1, Unit: 43001, Net: 43001, Rate: rateS, Route: OpenAccess, Format: Online,
			Details: []string{"14 January 2027, online", "What is left of invoice INV-000001 after credit notes CN-000001 (£257.99) and CN-000003 (£10.00)"},
		},
		{
			Description: "Book", Quantity: 1, Unit: 1000, Net: 1000, Rate: rateZ,
			Details: []string{"14 January 2027, online", "What is left of invoice INV-000001 after credit notes CN-000001 (£257.99) and CN-000003 (£10.00)"},
		},
	}
	if diff := cmp.Diff(want, fresh.Lines); diff != "" {
		t.Error(diff)
	}
	if fresh.Net != 44001 || fresh.VAT != 8600 || fresh.Gross != 52601 || fresh.Replaces.Code != old.Code || fresh.Rest() == "" || old.Rest() != "" {
		t.Errorf("%+v", fresh)
	}
	rest := takes(t, &old, "CN-000004", req.Lines)
	if rest.Gross != fresh.Gross || old.Credited != old.Gross || req.Reason != "wrong order" || !req.MovesOn || len(leftOf(old, []Document{first, second, rest})) != 0 {
		t.Errorf("%+v of %+v", rest, req)
	}
	again, _ := replacement(fresh, nil, Correction{Customer: Customer{Name: "IWN"}})
	if diff := cmp.Diff(fresh.Lines, again.Lines); diff != "" {
		t.Errorf("corrected once more, with nothing credited between:\n%s", diff)
	}
}

// A card payment that a dispute has taken back no longer pays the invoice: its words do not say so either.
func TestReplacement_SaysPaidByCardOnlyWhileItIs(t *testing.T) {
	t.Parallel()
	old := drafted("INV-000001", Line{Text: "Training", Quantity: 1, Unit: 22800, Rate: rateS})
	old.PaidStatement, old.Paid = "Paid by card on 23 November 2026", 27360
	if fresh, _ := replacement(old, nil, Correction{}); fresh.PaidStatement != old.PaidStatement {
		t.Errorf("%q", fresh.PaidStatement)
	}
	old.Paid = 0
	if fresh, _ := replacement(old, nil, Correction{}); fresh.PaidStatement != "" {
		t.Errorf("%q", fresh.PaidStatement)
	}
}

// A rest may be a penny of VAT and nothing else: its line carries it, so it can be credited again.
func TestLineAmounts_VATWithoutNetIsOnTheLastLine(t *testing.T) {
	t.Parallel()
	d := Document{Lines: []DocumentLine{{Rate: rateS}}, VATs: []VATTotal{{Rate: rateS, VAT: 1}}}
	if got := d.LineAmounts(); len(got) != 1 || got[0] != (Amount{0, 1}) {
		t.Errorf("%+v", got)
	}
}

// Places of one line, whatever their number, price and discount, are cancelled in any order with any fee, and the invoice is corrected
// in between as often as something of it is left. No step is refused, and what is left is to the penny what was kept of the places.
func TestReplacement_CancellationsAndCorrectionsInAnyOrderSum(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 15).Draw(t, "places")
		rate := rapid.SampledFrom([]VATRate{rateS, rateZ, {Category: StandardRated, Rate: 5000}, {Category: StandardRated, Rate: 17500}}).Draw(t, "rate")
		first := drafted("INV-1", Line{
			Text: "Training", Quantity: n, Unit: models.Pence(rapid.IntRange(0, 300000).Draw(t, "price")),
			Percent: models.Percent(rapid.IntRange(0, 100000).Draw(t, "discount")), Rate: rate,
		})
		shares := PlaceShares(first.LineAmounts()[0], n)
		standing, notes, kept, issued := first, []Document(nil), Amount{}, first.Gross
		correct := func() {
			if standing.Credited == standing.Gross {
				return
			}
			fresh, req := replacement(standing, notes, Correction{Reason: "wrong order"})
			rest := takes(t, &standing, "CN", req.Lines)
			if standing.Credited != standing.Gross || rest.Net != fresh.Net || rest.VAT != fresh.VAT || fresh.Net+fresh.VAT != fresh.Gross {
				t.Fatalf("%s + %s is credited and %s + %s issued anew", rest.Net, rest.VAT, fresh.Net, fresh.VAT)
			}
			issued += fresh.Gross - rest.Gross
			standing, notes = fresh, nil
		}
		for _, i := range rapid.Permutation(shares).Draw(t, "order") {
			for range rapid.IntRange(0, 2).Draw(t, "corrections") {
				correct()
			}
			split, err := Keep(i, models.Percent(rapid.SampledFrom([]int{0, 25000, 33333, 50000, 100000}).Draw(t, "fee")), rate)
			if err != nil {
				t.Fatal(err)
			}
			if kept = kept.Plus(split.Kept); split.Credit.Gross() > 0 {
				notes = append(notes, takes(t, &standing, "CN", []CreditLine{{Line: 1, Amount: split.Credit}}))
			}
		}
		var left Amount
		for _, v := range leftOf(standing, notes) {
			left = left.Plus(Amount{v.Net, v.VAT})
		}
		if left != kept || issued != first.Gross || standing.Gross-standing.Credited != kept.Gross() {
			t.Fatalf("%+v is left and %+v was kept", left, kept)
		}
	})
}
