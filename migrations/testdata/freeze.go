package e2e_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/access/accesstest"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/booking/bookingtest"
	"hub.salford.ac.uk/ssph/handlers"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/models/modelstest"
	"hub.salford.ac.uk/ssph/scheduling/schedulingtest"
)

// This file is no part of the tree: it made the frozen databases beside it, and makes those of the next release. In a working tree of
// the release (git worktree add --detach FOLDER RELEASE; make assets there), copy it to e2e/freeze_test.go and run
//
//	SSPH_FREEZE=$PWD/migrations/testdata/NNNN go test -count=1 ./e2e -run '^TestFreeze$'
//
// where NNNN is the release's last step and the folder is there. It needs sqlite3 and pg_dump. Then name NNNN in
// cmd/ssph/app/frozen_test.go, which migrates the databases forward.

// TestFreeze plays a short life of the release on both engines and writes down the databases that it leaves, as text, into the folder
// that SSPH_FREEZE names.
func TestFreeze(t *testing.T) {
	into := os.Getenv("SSPH_FREEZE")
	if into == "" {
		t.Fatal("set SSPH_FREEZE to the folder for the dumps")
	}
	for _, dialect := range modelstest.Dialects {
		t.Run(string(dialect), func(t *testing.T) {
			p := start(t, dialect, handlers.Development)
			f := frozen{p, t}
			f.live()
			f.p.sound()
			f.dump(filepath.Join(into, string(dialect)+".sql.gz"))
		})
	}
}

type frozen struct {
	p *program
	*testing.T
}

// live: an organisation books and pays by bank; Lena books and pays by card, and her certificate, licence and case follow; a third
// payment comes when the session is full and goes back.
func (f frozen) live() {
	db, ctx := f.p.DB(), f.Context()
	office := accesstest.Office(f, db)
	day := schedulingtest.OpenAccess(f, db, schedulingtest.Capacity(6))
	full := schedulingtest.OpenAccess(f, db, schedulingtest.Capacity(1), schedulingtest.OnDay(schedulingtest.Day.AddDays(70)), schedulingtest.With("Rowan"))
	onAccount := bookingtest.OnAccount(f, db, day.ID, "Irwell Wellbeing Network", bookingtest.Named("Tom Ashworth", "", ""))
	f.must(db.InTx(ctx, func(tx models.DB) error {
		_, err := billing.RecordBankPayment(ctx, tx, office, billing.BankReceipt{
			Code: f.text("SELECT code FROM documents WHERE order_id = ?", onAccount.ID), Gross: 50000, On: tx.Today(), Reference: "IWN 20417", RequestKey: "frozen",
		})
		return err
	}))
	page, _ := f.card("lena@osei.example", "Lena Osei", day.ID)
	f.must(f.p.Double().Pay(page))
	f.until("the payment is settled", "SELECT COUNT(*) FROM payments", 2)

	page, reference := f.card("late@osei.example", "Lee Late", full.ID)
	for _, sql := range []string{
		"UPDATE payment_attempts SET status = 'expired', ended_at = created_at WHERE checkout_id = '" + page + "'",
		"UPDATE places SET status = 'released' WHERE session_id = 2", "UPDATE bookings SET status = 'expired', ended_at = created_at, hold_until = created_at WHERE session_id = 2",
	} { // as it is when the release asked Stripe a moment before the money came
		f.must(db.InTx(ctx, func(tx models.DB) error { return tx.SQL(ctx).Exec(sql).Error }))
	}
	second, _ := f.card("quick@osei.example", "Quinn Quick", full.ID)
	f.must(f.p.Double().Pay(second))
	f.until("the place is sold", "SELECT COUNT(*) FROM payments", 3)
	f.must(f.p.Double().Pay(page))
	f.until("the late payment of "+reference+" goes back", "SELECT COUNT(*) FROM refunds WHERE status = 'succeeded' AND reason = 'late'", 1)

	f.p.attended(day)
	f.until("the licences are there", "SELECT COUNT(*) FROM licences", 2)
	f.works()
	f.until("all mail is sent", "SELECT 1 + COUNT(*) FROM mails WHERE status <> 'sent'", 1)
	f.until("no job is left", "SELECT 1 + COUNT(*) FROM river_job WHERE state NOT IN ('completed', 'cancelled', 'discarded')", 1)
}

func (f frozen) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

func (f frozen) text(query string, args ...any) (s string) {
	f.Helper()
	f.must(f.p.DB().SQL(f.Context()).Raw(query, args...).Scan(&s).Error)
	return s
}

func (f frozen) until(what, query string, want int) {
	f.Helper()
	n := 0
	err := eventually(f.Context(), func() bool {
		return f.p.DB().SQL(f.Context()).Raw(query).Scan(&n).Error == nil && n == want
	})
	if err != nil {
		f.Fatalf("%s: %d, want %d", what, n, want)
	}
}

// card books a place and goes to the payment page, whose id it returns with the booking's reference.
func (f frozen) card(email, name string, session int64) (string, string) {
	f.Helper()
	ctx := f.Context()
	v, err := newVisitor(f.p.URL())
	f.must(err)
	p, err := v.get(ctx, fmt.Sprintf("/sessions/%d/book", session))
	for _, typed := range []map[string]string{
		{"places": "1"},
		{"person-1-name": name, "person-1-email": email, "do": "continue"},
		{"name": name, "email": email, "payer": "individual", "line1": "2 Mill Lane", "town": "Bury", "postcode": "BL9 0AA", "country": "GB"},
		{"pay": "card"},
	} {
		f.must(err)
		p, err = v.submit(ctx, p, "main form", typed)
	}
	f.must(err)
	pages := f.p.Double().Pages()
	last := pages[len(pages)-1]
	if path.Base(p.URL.Path) != last.ID {
		f.Fatalf("no payment page but %s: %s", p.URL, p.Find("main").Text())
	}
	return last.ID, last.Reference
}

// works: Lena begins a case, notes what was said and rates an idea.
func (f frozen) works() {
	ctx := f.Context()
	v, err := newVisitor(f.p.URL())
	f.must(err)
	var token string
	f.must(f.p.DB().InTx(ctx, func(tx models.DB) error {
		token, err = access.IssueLink(ctx, tx, access.LinkRequest{Email: "lena@osei.example"})
		return err
	}))
	through := func(address, form string, typed map[string]string) answered {
		f.Helper()
		p, err := v.get(ctx, address)
		f.must(err)
		p, err = v.submit(ctx, p, form, typed)
		f.must(err)
		if p.Status != 200 {
			f.Fatalf("%s leads to %d %s", address, p.Status, p.Find("main").Text())
		}
		return p
	}
	through(handlers.SignInLink(f.p.URL(), token), "main form", nil)
	begun := through("/tool/cases/new", "main form", map[string]string{"reference": "LO-0147", "name": "Sam"})
	home := begun.URL.JoinPath("../..")
	added := through(home.JoinPath("ideas").String(), "main form.ssph-form", map[string]string{"name": "Repair workshop, Thursdays", "kind": "activity", "physical": "1"})
	through(added.URL.String(), "main form", map[string]string{
		"PO1": "4", "PO2": "3", "PO3": "3", "PO4": "3", "PE1": "3", "PE2": "1", "PE3": "2", "PE4": "3", "EO1": "4", "EO2": "3", "EO3": "4", "EO4": "2",
	})
	through(home.String()+"/conversation/S2", "main form", map[string]string{"text-P1": "I can fix most things"})
}

// dump writes the database as compressed SQL. The files beside mails that have been sent are left out: they fill half of it.
func (f frozen) dump(file string) {
	f.Helper()
	f.must(f.p.DB().InTx(f.Context(), func(tx models.DB) error {
		return tx.SQL(f.Context()).Exec("UPDATE mail_parts SET content = ? WHERE content_type = 'application/pdf'", []byte{}).Error
	}))
	command := []string{"sqlite3"}
	if f.p.DB().Dialect() == models.Postgres {
		command = []string{
			"pg_dump", "--inserts", "--rows-per-insert=50", "--no-owner", "--no-privileges", "--no-comments",
			"--host=" + f.text("SHOW unix_socket_directories"), "--port=" + f.text("SHOW port"), "--username=" + f.text("SELECT current_user"),
			f.text("SELECT current_database()"),
		}
	} else {
		command = append(command, f.text("SELECT file FROM pragma_database_list WHERE name = 'main'"), ".dump")
	}
	plain, err := exec.CommandContext(f.Context(), command[0], command[1:]...).Output()
	f.must(err)
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	f.must(err)
	for line := range strings.Lines(string(plain)) {
		if strings.HasPrefix(line, `\restrict `) || strings.HasPrefix(line, `\unrestrict `) {
			continue // these are for psql
		}
		_, err = z.Write([]byte(line))
		f.must(err)
	}
	f.must(z.Close())
	f.must(os.WriteFile(file, out.Bytes(), 0o600))
}
