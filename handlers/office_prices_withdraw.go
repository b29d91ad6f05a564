package handlers

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"hub.salford.ac.uk/ssph/access"
	"hub.salford.ac.uk/ssph/billing"
	"hub.salford.ac.uk/ssph/models"
	"hub.salford.ac.uk/ssph/templates"
)

// tariffWithdrawAsk says what taking an entry back would change, before it is.
func (s *Site) tariffWithdrawAsk(kind billing.TariffKind) echo.HandlerFunc {
	return func(c echo.Context) error { return s.tariffWithdrawPage(c, http.StatusOK, kind, "", nil) }
}

func (s *Site) tariffWithdrawPage(c echo.Context, status int, kind billing.TariffKind, reason string, problems models.Problems) error {
	id, err := number(c, "entry")
	if err != nil {
		return err
	}
	entry, changes, err := billing.PreviewWithdrawal(c.Request().Context(), s.db, actorOf(c), kind, id)
	if err != nil {
		return s.tariffStands(c, err)
	}
	page := templates.TariffWithdrawPage{
		Page: s.officePage(c, "Take an entry back", "prices"), URL: withdrawURL(kind, id), Reason: reason,
		Rows:    []templates.SummaryRow{{Key: "Entry", Lines: []string{entry.Words}}, {Key: "First day", Lines: []string{entry.From.Long()}}},
		Changes: tariffChanges(changes, "As entered", "Without it"),
	}
	page.Background, page.Problems = templates.White, problems
	return s.render(c, status, "office-prices-withdraw", page)
}

// tariffWithdraw takes an entry back before its day. A second press of the button changes nothing.
func (s *Site) tariffWithdraw(kind billing.TariffKind) echo.HandlerFunc {
	return func(c echo.Context) error {
		id, err := number(c, "entry")
		if err != nil {
			return err
		}
		typed, err := posted(c)
		if err != nil {
			return err
		}
		ctx, reason := c.Request().Context(), lines(typed, "reason")
		problems, err := refused(s.db.InTx(ctx, func(tx models.DB) error { return billing.Withdraw(ctx, tx, actorOf(c), kind, id, reason) }))
		if err != nil {
			return s.tariffStands(c, err)
		}
		if problems != nil {
			return s.tariffWithdrawPage(c, http.StatusUnprocessableEntity, kind, reason, problems)
		}
		return s.done(c, officePricesURL, "The entry is taken back.")
	}
}

// tariffStands leads back to the prices when an entry cannot be taken back: the sentence says why. Every other error is returned.
func (s *Site) tariffStands(c echo.Context, err error) error {
	var e *models.Error
	if !errors.As(err, &e) || e.Kind != models.KindConflict {
		return err
	}
	return s.done(c, officePricesURL, e.Msg+".")
}

// tariffEvent says in a sentence what was entered or taken back.
func tariffEvent(e access.Event) string {
	var d struct {
		Words  string `json:"words"`
		From   string `json:"effective_from"`
		Reason string `json:"reason"`
	}
	_ = json.Unmarshal([]byte(e.Detail), &d) // what another version wrote: the action alone still says what happened
	said := d.Words
	if day, err := models.ParseDate(d.From); err == nil {
		said += ", from " + day.String()
	}
	if e.Action == "tariff entry taken back" {
		return "Taken back: " + said + ". " + d.Reason
	}
	return "Entered: " + said
}
