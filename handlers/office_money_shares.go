package handlers

import (
	"context"
	"errors"
	"strings"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// mostShares bounds how many invoices one payment goes on in one form.
const mostShares = 100

// shared is what a text of invoices says: how much goes on which.
type shared struct {
	shares []billing.AllocationShare
	rows   []templates.MoneyShareRow
	sum    models.Pence
	taken  map[int64]models.Pence // by other payments of the same form; nil for none
}

// sharesTyped reads invoices as the office types them, one on each line or with commas between: a number, and the sum when only a
// part goes on it. Without a sum an invoice takes all it asks, as far as the money goes. What cannot be is a problem with that field.
func (s *Site) sharesTyped(ctx context.Context, actor access.Actor, field, text string, money models.Pence) (shared, models.Problems, error) {
	return s.sharesBeside(ctx, actor, field, text, money, nil)
}

// sharesBeside does so for one of several payments: what the others take is not there for it.
func (s *Site) sharesBeside(
	ctx context.Context, actor access.Actor, field, text string, money models.Pence, taken map[int64]models.Pence,
) (shared, models.Problems, error) {
	got := shared{taken: taken}
	var p models.Problems
	var wrong []string // a sentence for each line that cannot be: they are told all at once
	seen := map[int64]bool{}
	entries := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == ';' })
	if len(entries) > mostShares {
		p.Add(field, "Enter %d invoices or fewer", mostShares)
		return got, p, nil
	}
	for _, entry := range entries {
		words := strings.Fields(entry)
		if len(words) == 0 {
			continue
		}
		doc, err := billing.FindDocument(ctx, s.db, actor.Scope(), words[0])
		switch {
		case errors.Is(err, context.Canceled):
			return got, nil, err
		case models.KindOf(err) == models.KindNotFound:
			wrong = append(wrong, "We have no invoice with the number "+words[0])
			continue
		case err != nil:
			return got, nil, err
		}
		now, err := billing.Standing(ctx, s.db, doc)
		if err != nil {
			return got, nil, err
		}
		if why := got.add(doc, now, words[1:], money, seen); why != "" {
			wrong = append(wrong, why)
		}
	}
	if wrong != nil {
		p.Add(field, "%s", strings.Join(wrong, ". "))
	}
	return got, p, nil
}

// add puts a part of the money on the invoice that stands for the one typed, or says why that cannot be.
func (g *shared) add(typed, doc billing.Document, sum []string, money models.Pence, seen map[int64]bool) string {
	open := doc.Outstanding() - g.taken[doc.ID]
	part := min(open, money-g.sum)
	switch {
	case doc.Kind != billing.Invoice:
		return doc.Code + " is a credit note. Enter the invoice that the money is for"
	case seen[doc.ID]:
		return doc.Code + " stands there twice. Enter it once"
	case open == 0 && doc.ID != typed.ID:
		return replacedWords(typed.Code, doc.Code) + ", which has nothing left to pay"
	case open == 0:
		return doc.Code + " has nothing left to pay"
	case len(sum) > 1:
		return "Put each invoice on a line of its own"
	case len(sum) == 1:
		var err error
		if part, err = models.ParsePence(sum[0]); err != nil {
			return "Enter the sum for " + doc.Code + " in pounds and pence, like 273.60"
		}
	}
	switch {
	case part > open:
		return doc.Code + " has " + open.String() + " left to pay, so " + part.String() + " cannot be put on it"
	case part <= 0:
		return "Nothing of the money is left for " + doc.Code
	case g.sum+part > money:
		return "These invoices take more than the " + money.String() + " there is"
	}
	seen[doc.ID] = true
	g.sum += part
	g.shares = append(g.shares, billing.AllocationShare{DocumentID: doc.ID, Gross: part})
	row := templates.MoneyShareRow{Number: doc.Code, URL: officeInvoiceURL(doc.Code), Customer: doc.Customer.Name, Amount: part, Left: open - part}
	if doc.ID != typed.ID {
		row.Note = replacedWords(typed.Code, doc.Code)
	}
	g.rows = append(g.rows, row)
	return ""
}

// replacedWords say that money for an invoice goes on the one that stands for it.
func replacedWords(code, by string) string { return code + " was replaced by " + by }

// restWords says what becomes of money that is on no invoice.
func restWords(rest models.Pence) []string {
	if rest == 0 {
		return nil
	}
	return []string{rest.String() + " is on no invoice. It stays as unmatched money until you decide about it."}
}
