package handlers

import (
	"context"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// documentFamily are the documents of one order, as far as the reader may see them.
type documentFamily []billing.Document

// mostDocuments is more than one order ever has.
const mostDocuments = 200

func (s *Site) familyOf(ctx context.Context, scope access.Scope, doc billing.Document) (documentFamily, error) {
	docs, _, err := billing.Documents(ctx, s.db, scope, billing.DocumentFilter{Order: &doc.Order, PerPage: mostDocuments})
	return docs, err
}

// links lead from a document to its relatives: a credit note to its invoice, an invoice to what it replaces, to its credit notes and
// to what replaced it.
func (f documentFamily) links(doc billing.Document, url func(code string) string) []templates.DocumentLink {
	var all []templates.DocumentLink
	add := func(label, code string) {
		all = append(all, templates.DocumentLink{Label: label, Code: code, URL: url(code)})
	}
	if doc.Credits != nil {
		add("This credit note is for invoice", doc.Credits.Code)
	}
	if doc.Replaces != nil {
		add("This invoice replaces", doc.Replaces.Code)
	}
	for i := len(f) - 1; i >= 0; i-- {
		switch d := f[i]; {
		case d.Credits != nil && d.Credits.ID == doc.ID:
			add(d.Gross.String()+" was credited with", d.Code)
		case d.Replaces != nil && d.Replaces.ID == doc.ID:
			add("It was replaced by invoice", d.Code)
		}
	}
	return all
}

// correctable says that something is left of an invoice, which can be credited and issued anew.
func correctable(doc billing.Document) bool {
	return doc.Kind == billing.Invoice && doc.Credited < doc.Gross
}

// replacing is the invoice that was issued in the place of a document; nil when none was.
func (f documentFamily) replacing(doc billing.Document) *billing.Document {
	for i, d := range f {
		if d.Replaces != nil && d.Replaces.ID == doc.ID {
			return &f[i]
		}
	}
	return nil
}

func documentTitle(doc billing.Document) string {
	if doc.Kind == billing.CreditNote {
		return "Credit note " + doc.Code
	}
	return "Invoice " + doc.Code
}

// creditStory says what became of the money of a credit note, in sentences for the customer, or for the office, which is told what it
// is to pay by bank transfer.
func creditStory(d billing.Document, office bool, toPay []billing.RefundToDo) []string {
	var story []string
	add := func(pence models.Pence, words string) {
		if pence > 0 {
			story = append(story, pence.String()+words)
		}
	}
	to := creditWay(d)
	if d.Credits != nil {
		add(d.SetOff, " was taken off invoice "+d.Credits.Code+".")
	}
	sent, onItsWay, toSend := d.Plainly()
	add(sent, " has gone back"+to)
	var byUs models.Pence
	for _, r := range toPay {
		byUs += r.Gross
	}
	for _, c := range d.Came {
		if add(c.Gross, cameWords(c, office)); c.How == billing.CameOnItsWay {
			byUs -= c.Gross
		}
	}
	byUs = min(onItsWay, max(byUs, 0))
	add(byUs, " is to be sent back by bank transfer: pay it from Money.")
	add(onItsWay-byUs, " is on its way back"+to)
	add(toSend, " is still to go back"+to)
	return story
}

// cameWords says what became of money that did not simply go back, after its sum.
func cameWords(c billing.Came, office bool) string {
	switch c.How {
	case billing.CameByDispute:
		if office {
			return " went back through the customer’s bank (dispute) on " + c.On.String() + "."
		}
		return " went back through your bank (dispute) on " + c.On.String() + "."
	case billing.CameInstead:
		return " went back by bank transfer on " + c.On.String() + "."
	case billing.CameOnItsWay:
		if office {
			return " did not reach the card. It is to be sent by bank transfer: pay it from Money."
		}
		return " did not reach the card. It is on its way by bank transfer."
	case billing.CameElse:
		return " did not reach the card. It has gone another way since."
	case billing.CameReturned, billing.CameUnsent:
	}
	return " did not reach the card. We send it another way."
}

// creditWay says how the money of a credit note goes back, at the end of a sentence; nothing when it goes in several ways or in none.
func creditWay(d billing.Document) string {
	ways := map[billing.PaymentMethod]bool{}
	for _, p := range d.Parts {
		if p.Method != "" && p.Method != billing.ByDispute {
			ways[p.Method] = true
		}
	}
	switch {
	case len(ways) != 1:
		return "."
	case ways[billing.ByCard]:
		return " to the card."
	}
	return " by bank transfer."
}

// officeCreditStory tells the office what became of the money of a credit note, with links to what it is to pay by bank transfer.
func (s *Site) officeCreditStory(c echo.Context, note billing.Document) (story []string, links []templates.Action, err error) {
	wanted, err := billing.BankRefunds(c.Request().Context(), s.db, actorOf(c))
	if err != nil {
		return nil, nil, err
	}
	var toPay []billing.RefundToDo
	for _, r := range wanted {
		if r.CreditID != nil && *r.CreditID == note.ID {
			toPay = append(toPay, r)
			links = append(links, templates.Action{Label: "Pay " + r.Gross.String() + " from Money", URL: moneyRefundURL(r.ID)})
		}
	}
	return creditStory(note, true, toPay), links, nil
}
