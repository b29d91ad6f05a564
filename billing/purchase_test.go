package billing

import (
	"strings"
	"testing"
	"unicode"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func TestTrap22_WhatACopyChangesUnseenIsPutRight(t *testing.T) {
	for typed, want := range map[string]string{
		"  RPCN400012345 ":           "RPCN400012345",
		"P1234567\u00a0":             "P1234567", // no-break space
		"PO\u2003 2026\t/ 17":        "PO 2026 / 17",
		"IWN\u201120417":             "IWN-20417", // non-breaking hyphen
		"IWN\u201320417":             "IWN-20417", // en dash
		"IWN\u221220417":             "IWN-20417", // minus
		"\u200bP12\u00ad34567\ufeff": "P1234567",  // signs without width
		"\uff30\uff11\uff12\uff13":   "P123",      // full width
		"po-a\u0301b":                "po-áb",     // composed
		"AbC/12":                     "AbC/12",    // as finance wrote it
		"&<b>\"":                     "&<b>\"",
		" \u2002 ":                   "",
	} {
		if got, err := TidyPurchaseOrder(typed); err != nil || got != want {
			t.Errorf("%+q: %+q, want %+q: %v", typed, got, want, err)
		}
	}
	for _, bad := range []string{strings.Repeat("7", 51), "PO\x00", "\xff", "采购1", "PO😀"} {
		if got, err := TidyPurchaseOrder(bad); models.ProblemsOf(err).For("purchase-order") == "" {
			t.Errorf("%+q became %+q: %v", bad, got, err)
		}
	}
}

func FuzzTidyPurchaseOrder(f *testing.F) {
	for _, seed := range []string{"RPCN400012345", "P 1234567", "a\u200b-\u2013b", "\xff", "½ №7"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		tidy, err := TidyPurchaseOrder(typed)
		if err != nil {
			return
		}
		again, err := TidyPurchaseOrder(tidy)
		if err != nil || again != tidy {
			t.Errorf("%+q became %+q and then %+q: %v", typed, tidy, again, err)
		}
		if strings.TrimSpace(tidy) != tidy || strings.ContainsFunc(tidy, unicode.IsControl) || strings.Contains(tidy, "  ") {
			t.Errorf("%+q is kept as %+q", typed, tidy)
		}
	})
}

// The two forms that NHS bodies have published.
func TestTrap22_ANumberFollowsItsOrganisationsPattern(t *testing.T) {
	queenVictoria := PurchaseRule{Required: true, Pattern: `RPCN4000[0-9]{5}`, Example: "RPCN400012345"}
	properties := PurchaseRule{Pattern: `P[0-9]{7}`, Example: "P1234567"}
	either := PurchaseRule{Pattern: `A[0-9]|B[0-9]`, Example: "A1"}
	for _, c := range []struct {
		rule   PurchaseRule
		number string
		ok     bool
	}{
		{queenVictoria, "RPCN400012345", true}, {queenVictoria, "RPCN40001234", false}, {queenVictoria, "xRPCN400012345", false},
		{queenVictoria, "RPCN400012345\n", false}, {queenVictoria, "rpcn400012345", false}, {queenVictoria, "", false},
		{properties, "P1234567", true}, {properties, "P123456", false}, {properties, "", true},
		{either, "B2", true}, {either, "A1B2", false}, {either, "B2 ", false},
		{DefaultRule(), "anything", true}, {DefaultRule(), "", false},
	} {
		err := c.rule.Check(c.number)
		if (err == nil) != c.ok {
			t.Errorf("%+v takes %q: %v", c.rule, c.number, err)
		}
		if problem := models.ProblemsOf(err).For("purchase-order"); !c.ok && c.number != "" && !strings.Contains(problem, c.rule.Example) {
			t.Errorf("%q: the sentence %q does not show %s", c.number, problem, c.rule.Example)
		}
	}
}

func TestPurchaseRule_IsRefusedWhenItCannotBeUsed(t *testing.T) {
	for field, bad := range map[string]PurchaseRule{
		"pattern": {Pattern: `P[0-9`, Example: "P1"},
		"example": {Pattern: `P[0-9]{7}`, Example: "P1"},
		"cap":     {Cap: -1},
		"note":    {Note: strings.Repeat("n", 501)},
	} {
		if _, err := bad.tidied(); models.ProblemsOf(err).For(field) == "" {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	if _, err := (PurchaseRule{Pattern: `P[0-9]{7}`}).tidied(); models.ProblemsOf(err).For("example") == "" {
		t.Errorf("a pattern without an example: %v", err)
	}
	if _, err := (PurchaseRule{Example: "P1234567"}).tidied(); models.ProblemsOf(err).For("pattern") == "" {
		t.Errorf("an example without a pattern: %v", err)
	}
	// Go's expressions are matched in linear time, so no pattern can hold the program up.
	slow := PurchaseRule{Pattern: `(a+)+`, Example: "aaa"}
	if err := slow.Check(strings.Repeat("a", 49) + "b"); models.ProblemsOf(err).For("purchase-order") == "" {
		t.Errorf("slow pattern: %v", err)
	}
}

// issueOn invoices an organisation for so many places at £228.00 on a purchase order: £273.60 each with VAT.
func issueOn(t *testing.T, db models.DB, organisation int64, number string, places int) error {
	t.Helper()
	return db.InTx(t.Context(), func(tx models.DB) error {
		if err := CheckPurchaseOrder(t.Context(), tx, organisation, "", number, models.Pence(27360*places)); err != nil {
			return err
		}
		_, err := Issue(t.Context(), tx, access.System(), InvoiceRequest{
			Order: Order{BookingOrder, 1}, OrderReference: "BK-00001", PurchaseOrder: number,
			Customer: Customer{Name: "Irwell Wellbeing Network", Address: "14 Quay Street", OrganisationID: &organisation},
			Lines:    []InvoiceLine{{Description: "Training", Quantity: places, Unit: 22800}},
		})
		return err
	})
}

// A cap of £820.80 is three places: two and one fit, a fourth does not, however its number is spelt.
func TestTrap22_NoMoreIsInvoicedOnANumberThanItsCap(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		manager := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", "Irwell Wellbeing Network")
		joanne := accesstest.Office(t, db)
		id := manager.Organisations[0].OrganisationID
		set := func(actor access.Actor, rule PurchaseRule) error {
			return db.InTx(t.Context(), func(tx models.DB) error { return SetPurchaseRule(t.Context(), tx, actor, id, rule) })
		}
		if err := set(manager, PurchaseRule{}); models.KindOf(err) != models.KindForbidden {
			t.Errorf("a manager sets the rule: %v", err)
		}
		if rule, err := PurchaseRuleOf(t.Context(), db, id); err != nil || rule != DefaultRule() {
			t.Errorf("at first: %+v %v", rule, err)
		}
		want := PurchaseRule{Required: true, Pattern: `IWN-[0-9]+`, Example: "IWN-20417", Cap: 82080}
		if err := set(joanne, PurchaseRule{Required: true}); err != nil {
			t.Fatal(err)
		}
		if err := set(joanne, want); err != nil {
			t.Fatal(err)
		}
		if rule, err := PurchaseRuleOf(t.Context(), db, id); err != nil || rule != want {
			t.Errorf("the latest: %+v %v", rule, err)
		}
		byName, err := PurchaseRuleFor(t.Context(), db, 0, access.NameKey("IRWELL well-being network"))
		if err != nil || byName.Pattern != want.Pattern || byName.Cap != 0 || !byName.Required {
			t.Errorf("by its name: %+v %v", byName, err)
		}
		for i, c := range []struct {
			number string
			places int
			ok     bool
		}{{"IWN-20417", 2, true}, {"IWN-20417", 2, false}, {"IWN-020417", 3, true}, {"IWN-20417", 1, true}, {"IWN-20417", 1, false}, {"IWN-20418", 4, false}, {"X", 1, false}} {
			if err := issueOn(t, db, id, c.number, c.places); (models.ProblemsOf(err).For("purchase-order") == "") != c.ok {
				t.Errorf("%d: %d places on %s: %v", i, c.places, c.number, err)
			}
		}
	})
}

// Three places, £820.80, fill a cap to the penny. Correcting the invoice invoices nothing more: its name, or another spelling of the number,
// always fits, and the number is as full as before. On another number there must be room: £547.20 beside £273.60.
func TestReissue_AnInvoiceAndTheOneThatReplacesItCountOnceForTheCap(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		manager := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", "Irwell Wellbeing Network")
		joanne, id := accesstest.Office(t, db), manager.Organisations[0].OrganisationID
		err := db.InTx(t.Context(), func(tx models.DB) error {
			return SetPurchaseRule(t.Context(), tx, joanne, id, PurchaseRule{Required: true, Cap: 82080})
		})
		if err != nil {
			t.Fatal(err)
		}
		for number, places := range map[string]int{"IWN-20417": 3, "IWN-20418": 1} {
			if err := issueOn(t, db, id, number, places); err != nil {
				t.Fatal(err)
			}
		}
		correct := func(number, name string) error {
			return db.InTx(t.Context(), func(tx models.DB) error {
				order := Order{BookingOrder, 1}
				docs, err := readDocuments(t.Context(), tx, filtered(tx.SQL(t.Context()), DocumentFilter{Order: &order, Unpaid: true}).
					Where("documents.purchase_order <> ?", "IWN-20418").Order("documents.id"))
				if err != nil || len(docs) != 1 {
					t.Fatalf("%d invoices stand: %v", len(docs), err)
				}
				customer := docs[0].Customer
				customer.Name = name
				_, _, err = Reissue(t.Context(), tx, joanne, docs[0].ID, Correction{PurchaseOrder: number, Customer: customer, Reason: "corrected"})
				return err
			})
		}
		for _, c := range []struct{ number, name string }{{"IWN-20417", "Irwell"}, {"iwn 20417", "Irwell"}, {"IWN-20417", "Irwell"}} {
			if err := correct(c.number, c.name); err != nil {
				t.Errorf("%+v: %v", c, err)
			}
		}
		if err := issueOn(t, db, id, "IWN-20417", 1); models.ProblemsOf(err).For("purchase-order") == "" {
			t.Errorf("the number is full: %v", err)
		}
		if err := correct("IWN-20418", "Irwell"); models.ProblemsOf(err).For("purchase-order") == "" {
			t.Errorf("£820.80 beside £273.60 under £820.80: %v", err)
		}
		err = db.InTx(t.Context(), func(tx models.DB) error {
			docs, err := readDocuments(t.Context(), tx, tx.SQL(t.Context()).Where("documents.code = ?", "INV-000005"))
			if err != nil || len(docs) != 1 {
				t.Fatalf("%+v %v", docs, err)
			}
			_, err = Credit(t.Context(), tx, joanne, CreditRequest{InvoiceID: docs[0].ID, Reason: "1 place cancelled", Lines: []CreditLine{{
				Line: 1, Description: "1 place cancelled", Amount: Amount{22800, 4560},
			}}})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := correct("IWN-20418", "Irwell"); err != nil {
			t.Errorf("£547.20 beside £273.60 under £820.80: %v", err)
		}
		if err := issueOn(t, db, id, "IWN-20417", 3); err != nil {
			t.Errorf("nothing is invoiced on the first number any more: %v", err)
		}
	})
}

// Eight invoices of one place at once, with room for three under the cap.
func TestTrap22_InvoicesAtOnceDoNotPassTheCapTogether(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		manager := accesstest.Manager(t, db, "Priya Nair", "priya@irwell.example", "Irwell Wellbeing Network")
		joanne, id := accesstest.Office(t, db), manager.Organisations[0].OrganisationID
		err := db.InTx(t.Context(), func(tx models.DB) error {
			return SetPurchaseRule(t.Context(), tx, joanne, id, PurchaseRule{Required: true, Cap: 82080})
		})
		if err != nil {
			t.Fatal(err)
		}
		answers := make(chan error)
		for range 8 {
			go func() { answers <- issueOn(t, db, id, "IWN 20417", 1) }()
		}
		issued := 0
		for range 8 {
			if err := <-answers; err == nil {
				issued++
			} else if models.KindOf(err) != models.KindInvalid && len(models.ProblemsOf(err)) == 0 {
				t.Error(err)
			}
		}
		if issued != 3 {
			t.Errorf("%d were issued, want 3", issued)
		}
	})
}

func TestSameOrder_IsBlindToCaseSpacesAndDashes(t *testing.T) {
	if sameOrder("iwn 20-417") != sameOrder("IWN20417") || sameOrder("IWN20417") == sameOrder("IWN20418") {
		t.Error(sameOrder("iwn 20-417"))
	}
}
