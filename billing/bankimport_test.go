package billing_test

import (
	"fmt"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
)

func statement(lines string) billing.BankFile {
	return billing.BankFile{Name: "november.csv", Content: []byte("Date,Payer,Reference,Amount\n" + lines)}
}

// The same line twice on one day is two payments, in this file and in any later one that has both.
func TestImportBankFile_TheSameLineTwiceADayIsTwoPayments(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		line := "20/11/2026,IWN,fees,10.00\n"
		bring := func(f billing.BankFile) (done billing.BankImported, err error) {
			err = inTx(t, db, func(tx models.DB) (err error) {
				done, err = billing.ImportBankFile(t.Context(), tx, office, f, nil)
				return err
			})
			return done, err
		}
		for _, c := range []struct {
			lines string
			want  int
		}{{line + line, 2}, {line + line + line, 1}, {"21/11/2026,IWN,fees,10.00\n" + line, 1}} {
			if done, err := bring(statement(c.lines)); err != nil || done.Payments != c.want || done.Free != models.Pence(c.want)*1000 {
				t.Errorf("%q recorded %+v, %v; want %d", c.lines, done, err, c.want)
			}
		}
		if _, err := bring(statement(line + line)); len(models.ProblemsOf(err)) != 1 {
			t.Errorf("the same file again: %v", err)
		}
		if found := unmatched(t, db); len(found) != 4 || found[0].Payer != "IWN" {
			t.Errorf("%d payments: %+v", len(found), found)
		}
		sound(t, db)
	})
}

// A description beside a reference names the payer: on the check page and on the payment. £40.00 that was imported when descriptions were
// not read stays known; a second payer with the same words is another payment.
func TestImportBankFile_TheDescriptionNamesThePayer(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		bring := func(content string) (done billing.BankImported, err error) {
			err = inTx(t, db, func(tx models.DB) (err error) {
				done, err = billing.ImportBankFile(t.Context(), tx, office, billing.BankFile{Name: "november.csv", Content: []byte(content)}, nil)
				return err
			})
			return done, err
		}
		const heading, swinton = "Date,Description,Reference,Money out,Money in\n", "20/11/2026,SWINTON SURGERY,fees,,40.00\n"
		if _, err := bring("Date,Reference,Money out,Money in\n20/11/2026,fees,,40.00\n"); err != nil { // as it was read then
			t.Fatal(err)
		}
		if _, err := bring(heading + swinton); len(models.ProblemsOf(err)) != 1 {
			t.Errorf("known, and recorded again: %v", err)
		}
		for _, lines := range []string{swinton + "20/11/2026,ECCLES CARE,fees,,40.00\n", "20/11/2026,ECCLES CARE,fees,,40.00\n21/11/2026,SWINTON SURGERY,fees,,40.00\n"} {
			if done, err := bring(heading + lines); err != nil || done.Payments != 1 {
				t.Errorf("%q recorded %+v, %v", lines, done, err)
			}
		}
		var payers []string
		for _, p := range unmatched(t, db) {
			payers = append(payers, p.Payer+"/"+p.Reference)
		}
		if got := strings.Join(payers, ", "); got != "/fees, ECCLES CARE/fees, SWINTON SURGERY/fees" {
			t.Error(got)
		}
		sound(t, db)
	})
}

// Trap 29: over- and underpayment, one receipt for several invoices of different customers, and money for an invoice that is
// credited. 273.60 + 273.60 are owed; 600.00 comes for both, then 10.00 for the second, which by then is credited in full.
func TestTrap29_BankMoneyThatDoesNotFitIsNeitherLostNorForced(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		first, second := issue(t, db, 1), issue(t, db, 1)
		part := receipt(first, "part", db.Today())
		part.Gross = 20000 // £73.60 is left
		if _, err := receive(t, db, office, part); err != nil {
			t.Fatal(err)
		}
		if open := find(t, db, first.Code).Outstanding(); open != 7360 {
			t.Errorf("underpaid: %s is left", open)
		}
		file := statement(fmt.Sprintf("20/11/2026,NHS SHARED SERVICES,%s %s,600.00\n", first.Code, second.Code))
		preview, err := billing.PreviewBankFile(t.Context(), db, office, file)
		if err != nil || len(preview.New) != 1 || preview.New[0].Left != 60000-7360-27360 {
			t.Fatalf("%+v, %v", preview, err)
		}
		err = inTx(t, db, func(tx models.DB) error {
			_, err := billing.ImportBankFile(t.Context(), tx, office, file, map[int]billing.BankChoice{2: {Shares: preview.New[0].Shares}})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if found := unmatched(t, db); len(found) != 1 || found[0].Left != 25280 || find(t, db, second.Code).Outstanding() != 0 {
			t.Errorf("overpaid: %+v", found)
		}
		err = inTx(t, db, func(tx models.DB) error {
			_, err := billing.CreditWhole(t.Context(), tx, office, second.ID, "Not wanted")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		late := statement("21/11/2026,IWN," + second.Code + ",10.00\n")
		preview, err = billing.PreviewBankFile(t.Context(), db, office, late)
		if err != nil || preview.New[0].Left != 1000 || preview.New[0].Closed != second.Code {
			t.Errorf("for a credited invoice: %+v, %v", preview, err)
		}
		err = inTx(t, db, func(tx models.DB) error {
			_, err := billing.ImportBankFile(t.Context(), tx, office, late, map[int]billing.BankChoice{2: {Shares: []billing.AllocationShare{{DocumentID: second.ID, Gross: 1000}}}})
			return err
		})
		if problems := models.ProblemsOf(err); len(problems) != 1 || problems[0].Field != "put-2" {
			t.Errorf("forced onto a credited invoice: %v", err)
		}
		if found := unmatched(t, db); len(found) != 1 {
			t.Errorf("a refused import recorded something: %+v", found)
		}
		sound(t, db)
	})
}

// £26.40 too much goes back by bank; that fails; another stands in its place, once.
func TestPayByBankInstead_OnceForEachFailedRefund(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, _ *modelstest.Clock) {
		office := accesstest.Office(t, db)
		over := receipt(issue(t, db, 1), "over", db.Today())
		over.Gross = 30000
		if _, err := receive(t, db, office, over); err != nil {
			t.Fatal(err)
		}
		wish := billing.RefundWish{PaymentID: unmatched(t, db)[0].ID, Gross: 2640, Cause: billing.CauseOverpaid, Method: billing.ByBank, RequestKey: "k"}
		var id int64
		err := inTx(t, db, func(tx models.DB) (err error) {
			id, err = billing.RequestRefund(t.Context(), tx, office, wish)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		instead := func() (next int64, err error) {
			err = inTx(t, db, func(tx models.DB) (err error) {
				next, err = billing.PayByBankInstead(t.Context(), tx, office, id)
				return err
			})
			return next, err
		}
		if _, err := instead(); models.KindOf(err) != models.KindConflict {
			t.Errorf("in the place of one that has not failed: %v", err)
		}
		err = inTx(t, db, func(tx models.DB) error {
			return tx.SQL(t.Context()).Exec("UPDATE refunds SET status = 'failed' WHERE id = ?", id).Error
		})
		if err != nil {
			t.Fatal(err)
		}
		if failed, err := billing.FailedRefunds(t.Context(), db, office); err != nil || len(failed) != 1 || failed[0].Gross != 2640 {
			t.Errorf("failed: %+v, %v", failed, err)
		}
		next, err := instead()
		again, err2 := instead()
		if err != nil || err2 != nil || next != again || next == id {
			t.Errorf("%d then %d: %v, %v", next, again, err, err2)
		}
		failed, _ := billing.FailedRefunds(t.Context(), db, office)
		wanted, err := billing.BankRefunds(t.Context(), db, office)
		if err != nil || len(failed) != 0 || len(wanted) != 1 || wanted[0].ID != next {
			t.Errorf("failed %+v, wanted %+v, %v", failed, wanted, err)
		}
		sound(t, db)
	})
}

// What the office typed in for a transfer is set against one line of the statement with the same sum within five days: that line is not
// matched, so that the money is not counted twice. A second such line, and one six days on, are money of their own.
func TestPreviewBankFile_ATransferTypedInByHandIsSeen(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, db models.DB, clock *modelstest.Clock) {
		office := accesstest.Office(t, db)
		clock.Set(models.Date{Year: 2026, Month: 11, Day: 28}.At(9, 0))
		doc := issue(t, db, 9)
		typed := receipt(doc, "typed", models.Date{Year: 2026, Month: 11, Day: 20})
		typed.Gross = 50000
		if _, err := receive(t, db, office, typed); err != nil {
			t.Fatal(err)
		}
		line := func(day int) string { return fmt.Sprintf("%d/11/2026,IWN,%s,500.00\n", day, doc.Code) }
		for _, c := range []struct {
			lines string
			want  []bool // matched
		}{{line(22) + line(22), []bool{false, true}}, {line(26), []bool{true}}, {line(25), []bool{false}}} {
			preview, err := billing.PreviewBankFile(t.Context(), db, office, statement(c.lines))
			if err != nil || len(preview.New) != len(c.want) {
				t.Fatalf("%+v, %v", preview, err)
			}
			for i, m := range preview.New {
				_, byHand := preview.ByHand[m.Line.Number]
				if matched := len(m.Shares) > 0; matched != c.want[i] || byHand == matched {
					t.Errorf("%q, line %d: matched %v, by hand %v", c.lines, i, matched, byHand)
				}
			}
		}
	})
}
