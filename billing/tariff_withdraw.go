package billing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/models"
)

// TariffEntry is one entry of the tariff, whatever its kind.
type TariffEntry struct {
	Kind  TariffKind
	ID    int64
	From  models.Date
	Words string // "Open access, online: £225.00 a person before VAT"

	content any // everything it says, kept when it is taken back
}

// notYet refuses an entry whose day has come.
func (e TariffEntry) notYet(today models.Date) error {
	if today.Before(e.From) {
		return nil
	}
	return models.Fail(models.KindConflict, "It counts since %s, so it cannot be taken back. Enter what should count instead", e.From)
}

// PreviewWithdrawal says what taking an entry back would change, and refuses what Withdraw refuses; it writes nothing. Only the
// office may ask. Errors: not found; conflict when its day has come.
func PreviewWithdrawal(ctx context.Context, db models.DB, actor access.Actor, kind TariffKind, id int64) (TariffEntry, Changes, error) {
	book, e, err := findEntry(ctx, db, actor, kind, id)
	if err != nil {
		return e, Changes{}, err
	}
	if err := e.notYet(db.Today()); err != nil {
		return e, Changes{}, err
	}
	if s, is := e.content.(access.SettingValue); is {
		return e, book.withoutSetting(s), nil
	}
	if kind == KindSupplier {
		return e, book.withoutSupplier(e), nil
	}
	now, err := tariffOn(ctx, db, e.From)
	if err != nil {
		return e, Changes{}, err
	}
	c, err := WhatChanges(now, book.without(now, e), e.From)
	return e, c, err
}

// without is the tariff of the entry's first day as if it had not been entered.
func (b TariffBook) without(now Tariff, e TariffEntry) Tariff {
	then := now
	then.Prices, then.VAT = nil, nil
	for _, p := range b.Prices {
		if e.Kind != KindPrice || p.ID != e.ID {
			then.Prices = append(then.Prices, p)
		}
	}
	for _, v := range b.VAT {
		if e.Kind != KindVAT || v.ID != e.ID {
			then.VAT = append(then.VAT, v.VATRate)
		}
	}
	for _, l := range b.Ladders {
		if e.Kind == KindLadder && l.From.Before(e.From) {
			then.Ladder = l.Steps
		}
	}
	return then
}

// withoutSetting says what counts again on the day from which the dropped value would have.
func (b TariffBook) withoutSetting(dropped access.SettingValue) Changes {
	before := ""
	for _, v := range b.Settings {
		if v.Name == dropped.Name && v.From.Before(dropped.From) {
			before = v.Value
		}
	}
	return settingChanges(dropped, dropped.Value, before, dropped.From)
}

func (b TariffBook) withoutSupplier(e TariffEntry) Changes {
	var before, dropped Supplier
	for _, s := range b.Suppliers {
		switch {
		case s.ID == e.ID:
			dropped = s.Supplier
		case s.From.Before(e.From):
			before = s.Supplier
		}
	}
	return supplierChanges(dropped, before, e.From)
}

// findEntry finds an entry among all there are.
func findEntry(ctx context.Context, db models.DB, actor access.Actor, kind TariffKind, id int64) (TariffBook, TariffEntry, error) {
	book, err := ReadTariffBook(ctx, db, actor)
	if err != nil {
		return book, TariffEntry{}, err
	}
	for _, e := range book.Entries() {
		if e.Kind == kind && e.ID == id {
			return book, e, nil
		}
	}
	return book, TariffEntry{}, models.NotFound("There is no such entry")
}

// Entries are all entries of the book, kind by kind.
func (b TariffBook) Entries() (all []TariffEntry) {
	for _, p := range b.Prices {
		words := NewPrice{Route: p.Route, Format: p.Format, Net: p.Net}.words()
		all = append(all, TariffEntry{KindPrice, p.ID, p.From, words, p})
	}
	for _, v := range b.VAT {
		all = append(all, TariffEntry{KindVAT, v.ID, v.From, v.words(), v})
	}
	for _, l := range b.Ladders {
		all = append(all, TariffEntry{KindLadder, l.ID, l.From, l.Name + ": " + l.Steps.Words(), l})
	}
	for _, s := range b.Suppliers {
		all = append(all, TariffEntry{KindSupplier, s.ID, s.From, s.LegalName + ", VAT number " + s.VATNumber, s})
	}
	for _, s := range b.Settings {
		all = append(all, TariffEntry{KindSetting, s.ID, s.From, s.Note + ": " + s.Value, s})
	}
	return all
}

// Withdraw takes back an entry whose day has not come: what it was is written down with the reason, then it is deleted. One that
// was taken back already changes nothing. Only the office may. Errors: invalid with field "reason"; not found; conflict when its
// day has come, or a quote stands on it.
func Withdraw(ctx context.Context, tx models.DB, actor access.Actor, kind TariffKind, id int64, reason string) error {
	if err := lockSuppliers(ctx, tx); err != nil {
		return err
	}
	if gone, err := withdrawn(ctx, tx, kind, id); gone || err != nil {
		return errors.Join(err, actor.Require(access.RoleOffice))
	}
	_, e, err := findEntry(ctx, tx, actor, kind, id)
	if err != nil {
		return err
	}
	if err := e.notYet(tx.Today()); err != nil {
		return err
	}
	var found models.Problems
	checkText(&found, "reason", reason, "Enter why it is taken back", "The reason", mostReason)
	if err := found.Err(); err != nil {
		return err
	}
	content, err := json.Marshal(e.content)
	if err != nil {
		return fmt.Errorf("what is taken back: %w", err)
	}
	if err := insertWithdrawal(ctx, tx, withdrawalRow{
		RowKind: string(kind), RowID: id, Content: string(content), Reason: reason, WithdrawnAt: tx.Now(), WithdrawnBy: actor.PersonID,
	}); err != nil {
		return err
	}
	if err := drop(ctx, tx, actor, e); err != nil {
		return err
	}
	subject := kind.subject(id)
	return access.Record(ctx, tx, actor, access.Entry{
		Action: "tariff entry taken back", SubjectKind: subject.Kind, SubjectID: id,
		Detail: map[string]any{"words": e.Words, "effective_from": e.From.ISO(), "reason": reason},
	})
}

// drop deletes the row of an entry that has been written down as taken back.
func drop(ctx context.Context, tx models.DB, actor access.Actor, e TariffEntry) error {
	if e.Kind == KindSetting {
		return access.DropSetting(ctx, tx, actor, e.ID)
	}
	if err := deleteEntry(ctx, tx, e.Kind, e.ID); err != nil {
		return err
	}
	if s, is := e.content.(SupplierEntry); is {
		return closeUnused(ctx, tx, s.LegalName)
	}
	return nil
}
