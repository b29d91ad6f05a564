package billing

import (
	"context"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/mail"
	"hub.salford.ac.uk/ssph/models"
)

// statementMail is what an organisation reads with its statement.
type statementMail struct {
	Organisation string
	From, To     models.Date
	Owed         models.Pence // asked for at the end of the period; negative when we owe it
	Credit       models.Pence // what we owe, positive
	Returning    []string     // what goes back separately
	Overdue      models.Pence
	Invoices     []Fact
}

// Fact is one line of the list a mail shows.
type Fact struct{ Name, Value string }

// SendStatement mails an organisation its statement, with the file, to where its invoices go. Only the office may. The same request
// key again sends nothing more. Errors: conflict when the organisation has no address for invoices.
func SendStatement(ctx context.Context, tx models.DB, actor access.Actor, organisation int64, p Period, requestKey string) error {
	if err := actor.Require(access.RoleOffice); err != nil {
		return err
	}
	s, err := StatementOf(ctx, tx, actor.Scope(), organisation, p)
	if err != nil {
		return err
	}
	if s.Organisation.InvoiceEmail == "" {
		return models.Fail(models.KindConflict, "%s has no email address for invoices", s.Organisation.Name)
	}
	data := statementMail{
		Organisation: s.Organisation.Name, From: p.From, To: p.To, Owed: s.Asked(), Credit: max(-s.Asked(), 0), Returning: s.ReturnWords(),
		Overdue: s.OverdueSum(),
	}
	for _, d := range s.Overdue {
		data.Invoices = append(data.Invoices, Fact{d.Code, d.Outstanding().String() + ", due " + d.DueDate.String()})
	}
	m, err := mail.Message{
		Cause: "statement/" + requestKey, Kind: "statement", ToName: s.Organisation.Name, ToEmail: s.Organisation.InvoiceEmail,
		AboutKind: "organisation", AboutID: organisation,
		Parts: []mail.Part{{Filename: s.FileName(), ContentType: "text/csv; charset=utf-8", Content: StatementCSV(s)}},
	}.Draw("statement", data)
	if err != nil {
		return err
	}
	if err := mail.Queue(ctx, tx, m); err != nil {
		return err
	}
	return access.Record(ctx, tx, actor, access.Entry{
		Action: "statement sent", SubjectKind: "organisation", SubjectID: organisation, OrganisationID: &organisation,
		Detail: map[string]any{"from": p.From.ISO(), "to": p.To.ISO(), "closing_pence": s.Closing, "asked_pence": s.Asked()},
	})
}
