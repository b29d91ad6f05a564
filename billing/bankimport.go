package billing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// BankFile is a bank statement as it was uploaded.
type BankFile struct {
	Name    string
	Content []byte
}

// BankPreview is what a bank statement would record.
type BankPreview struct {
	New      []BankMatch         // money that came, with what it would pay
	ByHand   map[int]models.Date // by the number of a new line: the day of a payment of the same sum that the office typed in
	Known    []BankFileLine      // recorded by an earlier import
	Outgoing []BankFileLine      // money that went out, or nothing: never recorded
}

// mostNewLines bounds how many payments one import records: a page on which a person can still look at each.
const mostNewLines = 300

// PreviewBankFile reads a statement and matches its lines with what is owed, and writes nothing. Only the office may. Errors: invalid
// with field "file".
func PreviewBankFile(ctx context.Context, db models.DB, actor access.Actor, f BankFile) (BankPreview, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return BankPreview{}, err
	}
	lines, err := ReadBankFile(f.Content)
	if err != nil {
		return BankPreview{}, err
	}
	fresh, preview, err := sortLines(ctx, db, lines)
	if err != nil {
		return BankPreview{}, err
	}
	open, err := dueDocuments(ctx, db, DocumentFilter{Unpaid: true})
	if err != nil {
		return BankPreview{}, err
	}
	known, stands, err := namedBeside(ctx, db, fresh, open)
	if err != nil {
		return BankPreview{}, err
	}
	preview.New = MatchBankLines(fresh, known, stands)
	preview.ByHand, err = typedByHand(ctx, db, preview.New)
	return preview, err
}

// sortLines tells what is new from what was recorded before and from what went out.
func sortLines(ctx context.Context, db models.DB, lines []BankFileLine) (fresh []BankFileLine, preview BankPreview, err error) {
	prints, former := fingerprints(lines), formerPrints(lines)
	known, err := knownLines(ctx, db, slices.Concat(prints, former))
	if err != nil {
		return nil, preview, err
	}
	for i, l := range lines {
		switch {
		case l.Gross <= 0:
			preview.Outgoing = append(preview.Outgoing, l)
		case known[prints[i]] || known[former[i]]:
			preview.Known = append(preview.Known, l)
		case db.Today().Before(l.On):
			return nil, preview, models.Invalid("file", "Line %d has a day that is to come: %s", l.Number, l.On)
		default:
			fresh = append(fresh, l)
		}
	}
	switch {
	case len(fresh) > mostNewLines:
		err = models.Invalid("file", "The file has %d new payments, and at most %d can be looked at together. Save a shorter period", len(fresh), mostNewLines)
	case len(fresh) == 0 && len(preview.Known) > 0:
		err = models.Invalid("file", "All payments of this file have been recorded before, so nothing is new")
	case len(fresh) == 0:
		err = models.Invalid("file", "No money came in this file, so there is nothing to record")
	}
	return fresh, preview, err
}

// fingerprints tell the lines of statements apart: two that say the same on one day are its first and its second, in every file.
func fingerprints(lines []BankFileLine) []string {
	prints, seen := make([]string, len(lines)), map[string]int{}
	for i, l := range lines {
		said := fmt.Sprintf("%s\x00%d\x00%s\x00%s", l.On.ISO(), l.Gross, l.Payer, l.Reference)
		seen[said]++
		hash := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", said, seen[said]))
		prints[i] = hex.EncodeToString(hash[:])
	}
	return prints
}

// formerPrints are the fingerprints that lines had while a description beside a reference was not read: imports of that time are known
// by them.
func formerPrints(lines []BankFileLine) []string {
	former := slices.Clone(lines)
	for i := range former {
		if former[i].told {
			former[i].Payer = ""
		}
	}
	return fingerprints(former)
}

// BankChoice is what the office says about one new line of a statement.
type BankChoice struct {
	Leave  bool              // it is not the Hub's money: not recorded
	Shares []AllocationShare // onto invoices; the rest stays to be decided about
}

// BankImported is what an import did.
type BankImported struct {
	Payments int
	Sum      models.Pence
	OnInvoices,
	Free models.Pence
}

// ImportBankFile records every new line of a statement as a payment, in one transaction, and puts it on the invoices that were chosen
// for it, by its line number; lines without a choice stay free. What an earlier import recorded is passed over. Only the office may.
// Errors: invalid with field "file", or "put-" and a line number; conflict when the very same file was imported before.
func ImportBankFile(ctx context.Context, tx models.DB, actor access.Actor, f BankFile, choices map[int]BankChoice) (BankImported, error) {
	if err := actor.Require(access.RoleOffice); err != nil {
		return BankImported{}, err
	}
	lines, err := ReadBankFile(f.Content)
	if err != nil {
		return BankImported{}, err
	}
	if err := lockSeries(ctx, tx, Invoice); err != nil {
		return BankImported{}, err
	}
	fresh, _, err := sortLines(ctx, tx, lines)
	if err != nil {
		return BankImported{}, err
	}
	into, err := insertImport(ctx, tx, actor, f)
	if err != nil {
		return BankImported{}, err
	}
	prints, wanted := fingerprints(lines), map[int]bool{}
	for _, l := range fresh {
		wanted[l.Number] = !choices[l.Number].Leave
	}
	var done BankImported
	for i, l := range lines {
		if !wanted[l.Number] {
			continue
		}
		if err := importLine(ctx, tx, actor, into, l, prints[i], choices[l.Number].Shares, &done); err != nil {
			return BankImported{}, err
		}
	}
	if done.Payments == 0 {
		return done, models.Invalid("file", "Every payment of this file is left out, so nothing is recorded")
	}
	return done, access.Record(ctx, tx, actor, access.Entry{
		Action: "bank statement imported", SubjectKind: "bank import", SubjectID: into,
		Detail: map[string]any{"payments": done.Payments, "gross_pence": done.Sum, "free_pence": done.Free},
	})
}

func importLine(ctx context.Context, tx models.DB, actor access.Actor, into int64, l BankFileLine, print string, shares []AllocationShare, done *BankImported) error {
	id, err := RecordBankMoney(ctx, tx, actor, BankMoney{
		Gross: l.Gross, On: l.On, Reference: l.Reference, Shares: shares, RequestKey: "statement/" + print,
	})
	if err != nil {
		var e *models.Error
		if errors.As(err, &e) && e.Field != "" {
			return models.Invalid(fmt.Sprintf("put-%d", l.Number), "%s", e.Msg).Because(err)
		}
		return err
	}
	done.Payments, done.Sum, done.Free = done.Payments+1, done.Sum+l.Gross, done.Free+l.Gross
	for _, share := range shares {
		done.OnInvoices, done.Free = done.OnInvoices+share.Gross, done.Free-share.Gross
	}
	return insertBankLine(ctx, tx, into, l, print, id)
}
